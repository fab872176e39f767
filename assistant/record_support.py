"""Whether the figures of a statement about records stand in the paragraphs that it cites."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from assistant.question import Vocabulary
from assistant.record_claims import RecordClaim, computed
from kb.languages import Language
from kb.passages import Passage
from kb.quantities import Quantity, agrees, find_quantities
from kb.records.columns import name_columns

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
    """Whether every sentence cited names actors, and none of them, nor of the headings above, is
    named in `text` beside its first figure, nor by the records where it names nobody there.

    Where a sentence names nobody the paragraph speaks on of what was named before.
    """
    first = next(iter(_read(text, language)), None)
    own = _named(text[: first.end], language, vocabulary) if first is not None else frozenset()
    own = own or _ids(claim)
    passages = tuple(cited)
    about = {
        one
        for passage in passages
        for one in _named("\n".join(passage.heading_path), passage.language, vocabulary)
        if one.startswith("initiative:")
    }
    for quote in quotes:
        read_in = next((p.language for p in passages if quote in p.text), None)
        if read_in is None:
            continue
        named = _named(quote, read_in, vocabulary)
        if not named or own & (named | about):
            return False
    return bool(own)


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
