"""Whether the figures of a statement about records stand in the paragraphs that it cites."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from assistant.question import Vocabulary
from assistant.record_claims import RecordClaim, computed
from assistant.segments import segments
from kb.languages import Language
from kb.passages import Passage
from kb.quantities import Quantity, agrees, find_quantities
from kb.records.columns import name_columns
from kb.sentences import sentences

_ACTORS: Final = ("party:", "organization:", "initiative:")


def unsupported(
    text: str, claim: RecordClaim, language: Language, cited: Iterable[Passage]
) -> tuple[Quantity, ...]:
    """The figures and dates of `text` that no paragraph cited says; what is computed may be new."""
    held = [q for passage in cited for q in _read(passage.text, passage.language)]
    result = computed(claim) if claim.operation is not None else None
    return tuple(
        q
        for q in _read(text, language)
        if not any(agrees(q, other) for other in held)
        and not (result is not None and q.iso is None and q.value == result)
    )


def is_of_others(
    text: str,
    claim: RecordClaim,
    language: Language,
    cited: Iterable[Passage],
    quotes: Iterable[str],
    vocabulary: Vocabulary,
) -> bool:
    """Whether the paragraphs cited give a figure of `text` to others alone, or every sentence
    quoted names actors and none of those that `text` and its records name.

    Where a sentence names nobody the paragraph speaks on of what was named before.
    """
    passages = tuple(cited)
    held = [one for p in passages for one in _figures(p.text, p.language, vocabulary)]
    for figure, own in _figures(text, language, vocabulary):
        named = [actors for other, actors in held if agrees(figure, other)]
        if own and named and all(actors and not own & actors for actors in named):
            return True
    if claim.operation is None:
        own = _subjects(text, language, vocabulary) or _ids(claim)
    else:
        own = _named(text, language, vocabulary)
    for quote in quotes:
        read_in = next((p.language for p in passages if quote in p.text), None)
        if read_in is None:
            continue
        actors = _named(quote, read_in, vocabulary)
        if not actors or own & actors:
            return False
    return bool(own)


def _subjects(text: str, language: Language, vocabulary: Vocabulary) -> frozenset[str]:
    """Whom `text` names up to its first figure."""
    first = next(iter(_read(text, language)), None)
    return _named(text[: first.end], language, vocabulary) if first is not None else frozenset()


def _figures(
    text: str, language: Language, vocabulary: Vocabulary
) -> Iterator[tuple[Quantity, frozenset[str]]]:
    """Each figure with the actors named since the figure before it, up to the end of its part of
    the sentence; where there are none, with those of the sentence."""
    quantities = _read(text, language)
    for sentence in sentences(text, language):
        begin = sentence.start
        for part in segments(text, sentence, language, quantities):
            here = [q for q in quantities if part.start <= q.start < part.end]
            if here:
                actors = _named(text[begin : part.end], language, vocabulary)
                actors = actors or _named(sentence.of(text), language, vocabulary)
                yield from ((figure, actors) for figure in here)
                begin = part.end


def _ids(claim: RecordClaim) -> frozenset[str]:
    return frozenset(
        one
        for record in claim.all_records
        for column in name_columns(record.kind)
        for one in (getattr(record.statement, column.name) or "").split()
        if one.startswith(_ACTORS)
    )


def _named(text: str, language: Language, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(
        m.concept_id for m in vocabulary.find(text, language) if m.concept_id.startswith(_ACTORS)
    )


@lru_cache(maxsize=2_000)
def _read(text: str, language: Language) -> tuple[Quantity, ...]:
    return tuple(find_quantities(text, language))
