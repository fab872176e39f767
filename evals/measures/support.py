"""Whether what a statement says stands in what it cites: its figures, and whose they are.

Both are lower bounds, found without a language model: a figure that is right and rightly
attributed can still be misunderstood.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final

from evals.figures import language_of
from evals.matching import Names
from evals.measures.citations import Cited
from kb.languages import Language
from kb.quantities import Quantity, agrees, find_quantities

SUBJECT_KINDS: Final = frozenset(("party", "organization", "initiative"))

_SENTENCE: Final = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])|\n+")
_CLAUSE: Final = re.compile(r"[;；؛，]|[,،:](?=\s)")
_SHORTEST_QUOTE: Final = 6  # code points: "9" stands in many a word
_MOST_TERMS: Final = 12
"""Figures of one statement's sources that are tried as terms of a sum."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure with whom its own part of the sentence names, and whom the sentence does."""

    quantity: Quantity
    subjects: frozenset[str]
    around: frozenset[str]


def unsupported_figures(
    text: str, cited: Sequence[Cited], expected: Language, *, computed: bool = False
) -> tuple[str, ...]:
    """The figures of a statement, as written, that no passage it cites says.

    A figure is said if value, unit and qualifier agree ("up to 10" does not support "10"), a date
    if it is not more precise than the source's. What is quoted word for word supports itself. A
    `computed` statement may also say sums, differences and shares of its sources' figures.
    """
    held = [
        quantity
        for source in cited
        if source.text is not None
        for quantity in find_quantities(source.text, source.language)
    ]
    said = own_words(text, cited)
    language = language_of(said, expected)
    return tuple(
        quantity.text
        for quantity in find_quantities(said, language)
        if not any(agrees(quantity, other) for other in held)
        and not (computed and _follows(quantity.value, held))
    )


def misattributed_figures(
    text: str, cited: Sequence[Cited], expected: Language, names: Names
) -> tuple[str, ...]:
    """The figures of a statement, as written, that its sources say of somebody else.

    The part of a sentence up to and including a figure, since the figure before it, says whose it
    is. A figure is somebody else's if every place that says it names Parties, organizations or
    initiatives (in its part of the sentence, else in the sentence) and none of them is named
    beside the figure in the statement. Words put around a quote count: give `own_words` of a
    statement only where it is meant as a quote.
    """
    sources = [
        claim
        for source in cited
        if source.text is not None
        for claim in claims(source.text, source.language, names)
    ]
    wrong: list[str] = []
    for claim in claims(text, language_of(text, expected), names):
        others = [s.subjects or s.around for s in sources if agrees(claim.quantity, s.quantity)]
        if claim.subjects and others and all(o and not o & claim.subjects for o in others):
            wrong.append(claim.quantity.text)
    return tuple(wrong)


def own_words(text: str, cited: Sequence[Cited]) -> str:
    """A statement without what it quotes word for word from what it cites."""
    for source in cited:
        if source.is_verbatim and len(source.quote) >= _SHORTEST_QUOTE:
            text = text.replace(source.quote, " ")
    return text


def claims(text: str, language: Language, names: Names) -> Iterator[Claim]:
    """The figures of a text, each with whom it may be about."""
    mentions = [m for m in names.find(text, language) if m.kind in SUBJECT_KINDS]
    quantities = find_quantities(text, language)
    for start, end in _spans(_SENTENCE, text, 0, len(text)):
        around = frozenset(m.concept_id for m in mentions if start <= m.start < end)
        begin = start
        for part_start, part_end in _spans(_CLAUSE, text, start, end):
            here = [q for q in quantities if part_start <= q.start < part_end]
            if not here:
                continue
            own = frozenset(m.concept_id for m in mentions if begin <= m.start < part_end)
            yield from (Claim(quantity, own, around) for quantity in here)
            begin = part_end


def _spans(cut: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in cut.finditer(text, start, end):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < end:
        yield at, end


def _follows(value: Decimal, held: Sequence[Quantity]) -> bool:
    """Whether `value` is a sum or a difference of what is held, or a ratio or a share of such."""
    terms = list(dict.fromkeys(q.value for q in held))[:_MOST_TERMS]
    sums = {sum(some, Decimal(0)) for n in range(1, 5) for some in combinations(terms, n)}
    sums.add(sum((q.value for q in held), Decimal(0)))
    if value in sums or any(value == one - other for one in terms for other in terms):
        return True
    return any(
        _rounds_to(one / other, value) or _rounds_to(100 * one / other, value)
        for one in sums
        for other in terms
        if other
    )


def _rounds_to(exact: Decimal, stated: Decimal) -> bool:
    exponent = stated.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return abs(exact - stated) <= Decimal(1).scaleb(-places) / 2
