"""The pieces of a sentence that hold one figure each: what stands in a piece belongs to it."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.claim_words import role_patterns
from kb.languages import Language
from kb.quantities import Quantity
from kb.sentences import Span, clauses

_HELD: Final = 2_000  # sentences that are remembered: each is asked about again and again
# Between these a sentence says one thing after another: "113 did it; 107 reports came".
_STRONG: Final = re.compile(r"[;；؛|]\s*|[。.!?؟！？](?=\s)\s*")
# A colon too, but not before a list of its items.
_COLON: Final = re.compile(r"[:：](?!\d)\s*(?![(（]?[a-zа-яا-ي0-9]{1,3}[)）.])")


def segments(
    text: str, sentence: Span, language: Language, quantities: Sequence[Quantity]
) -> list[Span]:
    """`sentence` cut between one figure and the next, at the comma or conjunction that parts them.

    Of several the one with a comma and a conjunction, then the last: "113 countries had, with
    support, validated targets, and 107 reports were published". Dates and years part nothing.
    """
    figures = [q for q in quantities if sentence.start <= q.start < sentence.end and q.iso is None]
    if len(figures) < 2:
        return [sentence]
    places = _places(text, sentence, language)
    edges = [sentence.start]
    for one, other in pairwise(figures):
        between = [(strength, p) for p, strength in places.items() if one.end <= p <= other.start]
        if between:
            edges.append(max(between)[1])
    return [Span(a, b) for a, b in pairwise([*edges, sentence.end]) if b > a]


def parts(text: str, sentence: Span) -> Sequence[Span]:
    """`sentence` cut at semicolons and at the bars between the cells of a table row."""
    return _cut_at(_STRONG, text, sentence)


def own_part(text: str, sentence: Span, start: int, *, colon: bool = False) -> Span:
    """The part of `sentence` in which `start` stands; with `colon`, what follows one is a part."""
    found = next((p for p in parts(text, sentence) if p.start <= start < p.end), sentence)
    if colon:
        found = next((p for p in _cut_at(_COLON, text, found) if p.start <= start < p.end), found)
    return found


@lru_cache(maxsize=_HELD)
def _cut_at(pattern: re.Pattern[str], text: str, span: Span) -> tuple[Span, ...]:
    places = [m.end() for m in pattern.finditer(text, span.start, span.end)]
    edges = sorted({span.start, *places, span.end})
    return tuple(Span(a, b) for a, b in pairwise(edges))


@lru_cache(maxsize=_HELD)
def _places(text: str, sentence: Span, language: Language) -> Mapping[int, int]:
    """Where a sentence may be cut, and how strongly: 2 where a part begins, else 1 for a comma
    followed by a conjunction, else 0.
    """
    commas = {clause.start for clause in clauses(text, sentence, language)}
    found = dict.fromkeys(commas, 0)
    for pattern in role_patterns(language)["conjunction"].values():
        for match in pattern.finditer(text, sentence.start, sentence.end):
            found[match.start()] = int(match.start() in commas)
    for part in parts(text, sentence):
        found[part.start] = 2
    return found
