"""Whose figure it is: a second look at what a record's statement says, clause by clause."""

from collections.abc import Iterable, Iterator
from typing import Final

from assistant.question import Vocabulary
from kb.languages import Language
from kb.passages import Passage
from kb.quantities import Quantity, agrees, find_quantities
from kb.sentences import clauses, sentences

_ACTORS: Final = ("party:", "organization:", "initiative:")


def is_misplaced(
    text: str, language: Language, cited: Iterable[Passage], vocabulary: Vocabulary
) -> bool:
    """Whether a figure of `text` stands in one clause with names of which no place that gives the
    figure in the texts cited names any, though it names others.

    Stricter than the gate of answers, which reads to the end of a longer part of the sentence.
    """
    held = [one for passage in cited for one in _owned(passage.text, passage.language, vocabulary)]
    for figure, own, _ in _owned(text, language, vocabulary):
        others = [near or around for other, near, around in held if agrees(figure, other)]
        if own and others and all(names and not own & names for names in others):
            return True
    return False


def _owned(
    text: str, language: Language, vocabulary: Vocabulary
) -> Iterator[tuple[Quantity, frozenset[str], frozenset[str]]]:
    """Each figure with the actors named since the figure before it to the end of its clause, and
    with those of its sentence."""
    mentions = [m for m in vocabulary.find(text, language) if m.concept_id.startswith(_ACTORS)]
    quantities = find_quantities(text, language)
    for sentence in sentences(text, language):
        around = frozenset(
            m.concept_id for m in mentions if sentence.start <= m.start < sentence.end
        )
        begin = sentence.start
        for clause in clauses(text, sentence, language):
            here = [q for q in quantities if clause.start <= q.start < clause.end]
            if here:
                near = frozenset(m.concept_id for m in mentions if begin <= m.start < clause.end)
                yield from ((figure, near, around) for figure in here)
                begin = clause.end
