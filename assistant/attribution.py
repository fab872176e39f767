"""Whether a sentence says of its subjects only what one clause of its source says of them.

The right figure and the right paragraph are not enough: "the Bank pledged 150 million" is false
where the paragraph gives that pledge to somebody else. So figures are bound to the names in their
own clause, with their qualifier, stage and negation.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from assistant.claim_words import has_role, ids_of, stages
from assistant.question import Vocabulary
from assistant.segments import segments
from kb.languages import Language
from kb.passages import Passage
from kb.quantities import Quantity, agrees, find_quantities
from kb.quantity_words import forms
from kb.sentences import Span, sentences
from kb.terms import Kind as ConceptKind
from kb.word_patterns import alternation

_ACTORS: Final = frozenset[ConceptKind](("party", "organization"))
_PLANNED: Final = "planned"
_SUBJECTS: Final = frozenset[ConceptKind](("party", "organization", "initiative", "convention"))


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause holds. `context` are the initiatives that the text before it is about;
    `shared` says that its figure and the next ones are said of several names together.
    """

    text: str
    quantities: tuple[Quantity, ...]
    actors: frozenset[str]
    topics: frozenset[str]
    context: frozenset[str]
    stages: frozenset[str]
    rates: frozenset[str]
    negated: bool
    shared: bool = False


def is_attributed(
    statement: str,
    language: Language,
    cited: Sequence[tuple[Passage, Span]],
    vocabulary: Vocabulary,
) -> bool:
    """Whether every clause of `statement` is held by one clause of the cited spans.

    Held means: each figure with the same value, unit, qualifier and rate (a year, a day), each
    Party, organization and initiative, the same stages (pledged is not disbursed, nor is what is
    planned), and negation where the source negates.
    """
    if has_role(statement, language, "respectively"):
        # Which figure goes with which name cannot be told clause by clause.
        return False
    sources = [
        clause for passage, span in cited for clause in _source_clauses(passage, span, vocabulary)
    ]
    return all(
        any(_holds(source, clause) for source in sources)
        for clause in clauses_of(statement, language, vocabulary)
    )


def _source_clauses(passage: Passage, span: Span, vocabulary: Vocabulary) -> Iterable[Clause]:
    text = span.of(passage.text)
    if has_role(text, passage.language, "respectively"):
        return []
    before = passage.text[: span.start] + "\n".join(passage.heading_path)
    about = _ids(before, passage.language, vocabulary, frozenset(("initiative", "convention")))
    return clauses_of(text, passage.language, vocabulary, about)


def _holds(source: Clause, stated: Clause) -> bool:
    if source.shared and stated.actors and stated.quantities:
        return False
    return (
        all(any(agrees(q, held) for held in source.quantities) for q in stated.quantities)
        and stated.actors <= source.actors
        and stated.topics <= (source.topics or source.context)
        and _is_as_far(source, stated)
        and (stated.rates == source.rates or not _amounts(stated))
        and stated.negated == source.negated
    )


def _is_as_far(source: Clause, stated: Clause) -> bool:
    """Whether the stage is the source's: one that is left out would be taken for the last."""
    if not stated.stages <= source.stages:
        return False
    if not _amounts(stated):
        return True
    same_plan = (_PLANNED in stated.stages) == (_PLANNED in source.stages)
    return same_plan and bool(stated.stages or not source.stages)


def clauses_of(
    text: str, language: Language, vocabulary: Vocabulary, about: frozenset[str] = frozenset()
) -> list[Clause]:
    """The clauses of `text`, none with two figures that belong to different names."""
    read: list[Clause] = []
    context = about
    quantities = find_quantities(text, language)
    for sentence in sentences(text, language):
        own: list[Clause] = []
        for span in segments(text, sentence, language, quantities):
            own.append(_clause(text, span, language, vocabulary, quantities, context))
            context = own[-1].topics or context
        read += _with_shared(own)
    return read


def _with_shared(read: Sequence[Clause]) -> list[Clause]:
    """Marks "A, B and C gave 5, 3 and 2 million": figures without names after several names."""
    marked = list(read)
    for index, clause in enumerate(marked[:-1]):
        following = marked[index + 1]
        if len(clause.actors) > 1 and not following.actors and _amounts(following):
            marked[index] = replace(clause, shared=True)
    return marked


def _amounts(clause: Clause) -> bool:
    return any(q.iso is None for q in clause.quantities)


def _clause(
    text: str,
    span: Span,
    language: Language,
    vocabulary: Vocabulary,
    quantities: Sequence[Quantity],
    context: frozenset[str],
) -> Clause:
    own = span.of(text)
    return Clause(
        own,
        tuple(q for q in quantities if span.start <= q.start and q.end <= span.end),
        _ids(own, language, vocabulary, _ACTORS),
        _ids(own, language, vocabulary, _SUBJECTS - _ACTORS),
        context,
        stages(own, language),
        ids_of(own, language, "rate"),
        has_role(_bounds(language).sub(" ", own), language, "negation"),
    )


@cache
def _bounds(language: Language) -> re.Pattern[str]:
    """What bounds a figure negates nothing: "no less than", "не менее"."""
    listed = forms(language, "qualifier", "qualifier_after", "qualifier_behind")
    return re.compile(alternation(listed, start=language != "ar"), re.IGNORECASE)


def _ids(
    text: str, language: Language, vocabulary: Vocabulary, kinds: frozenset[ConceptKind]
) -> frozenset[str]:
    return frozenset(m.concept_id for m in vocabulary.find(text, language) if m.kind in kinds)
