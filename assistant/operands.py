"""Which figures of one text a question computes with: those that it describes apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.claim_words import has_role, places_of
from assistant.items import Item
from assistant.reading import FAMILY, Reading, ReadSentence, ReadText, years_of
from assistant.segments import segments
from kb.quantities import TIME_KINDS, Quantity
from kb.sentences import Span, clauses

TELLING: Final = frozenset(("name", "term", "action", "noun", "word", "year"))
"""Kinds of items by which figures are told apart."""
_COUNTED: Final = frozenset(("count", "number"))
FEW: Final = range(2, 5)
"""Terms of one computation."""
_MOST: Final = 14  # figures of one unit in a text: with more it is a table of its own


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure with its piece of the sentence, and what of the question the piece speaks of.

    `led` is what the words before its clause speak of: they may be said of all that follows.
    `inside` says that it is a part of the figure before ("of which 66"), `apiece` that it is that
    of each of several, `denied` that its piece says what is not.
    """

    quantity: Quantity
    sentence: ReadSentence
    piece: Span
    hits: frozenset[Item]
    led: frozenset[Item]
    inside: bool
    apiece: bool
    denied: bool


def operands(items: Iterable[Item], text: ReadText, reading: Reading) -> list[list[Operand]]:
    """The figures of a text in their order: those of each unit, then all that count something."""
    telling = [i for i in items if i.kind in TELLING]
    found = [o for s in text.sentences for o in _of_sentence(telling, s, text, reading)]
    groups: dict[tuple[str, str | None], list[Operand]] = {}
    for one in found:
        groups.setdefault((one.quantity.kind, one.quantity.unit), []).append(one)
    counted = [o for o in found if o.quantity.kind in _COUNTED]
    every = [*groups.values(), counted]
    return [group for group in every if 2 <= len(group) <= _MOST]


def told_by(group: Sequence[Operand]) -> list[frozenset[Item]]:
    """For each figure of the group what the pieces of no other speak of."""
    return [o.hits.difference(*(p.hits for p in group if p is not o)) for o in group]


def may_combine(terms: Sequence[Operand]) -> bool:
    """Whether the figures differ, and are of one unit."""
    values = {o.quantity.value for o in terms}
    units = {o.quantity.unit for o in terms if o.quantity.unit}
    return len(terms) in FEW and len(values) == len(terms) and len(units) <= 1


def _of_sentence(
    items: Sequence[Item], sentence: ReadSentence, text: ReadText, reading: Reading
) -> list[Operand]:
    quantities = sentence.quantities
    pieces = segments(text.text, sentence.span, text.language, quantities)
    own = clauses(text.text, sentence.span, text.language)
    found: list[Operand] = []
    for quantity in quantities:
        if quantity.kind in TIME_KINDS or _numbers_a_name(text.text, quantity, sentence):
            continue
        piece = next((p for p in pieces if p.start <= quantity.start < p.end), sentence.span)
        before = Span(piece.start, piece.start)
        if not found:
            # What stands before its clause is said of all that follows: "As of 2020, …".
            clause = next((c for c in own if c.start <= quantity.start < c.end), piece)
            piece = Span(max(piece.start, clause.start), piece.end)
            before = Span(sentence.span.start, piece.start)
        said = piece.of(text.text)
        announced = text.text[piece.start : quantity.start]
        found.append(
            Operand(
                quantity,
                sentence,
                piece,
                hits_in(items, piece, sentence, text, reading),
                hits_in(items, before, sentence, text, reading),
                inside=bool(places_of(announced, text.language, "of_them")),
                apiece=has_role(said, text.language, "apiece"),
                denied=has_role(said, text.language, "negation"),
            )
        )
    return _dated(found)


def _dated(found: list[Operand]) -> list[Operand]:
    """The first figure with the year that stands before its clause, where others have theirs."""
    if len(found) < 2 or not any(i.kind == "year" for o in found[1:] for i in o.hits):
        return found
    first = found[0]
    years = frozenset(i for i in first.led if i.kind == "year")
    return [replace(first, hits=first.hits | years), *found[1:]]


def hits_in(
    items: Sequence[Item], piece: Span, sentence: ReadSentence, text: ReadText, reading: Reading
) -> frozenset[Item]:
    """Of what a question speaks that a piece of a sentence speaks of too."""
    marks = [m for m in sentence.marks if piece.start <= m.start and m.end <= piece.end]
    keys = {(m.kind, m.key) for m in marks}
    words = {m.key for m in marks if m.kind == "word"}
    concepts = reading.vocabulary.concepts(piece.of(text.text), text.language)
    inside = (q for q in sentence.quantities if piece.start <= q.start < piece.end)
    years = {year for q in inside for year in years_of(q)}
    found = []
    for item in items:
        if item.kind == "year":
            held = item.key in years
        elif item.kind in ("name", "term"):
            held = item.key in concepts or ("action", item.action) in keys
        elif item.kind == "word":
            held = any(_is_same(item.key, word) for word in words)
        else:
            held = any(m.kind == item.kind and m.key == item.key for m in marks)
        if held:
            found.append(item)
    return frozenset(found)


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= FAMILY and short[0].isalpha() and long.startswith(short)


def _numbers_a_name(text: str, quantity: Quantity, sentence: ReadSentence) -> bool:
    """ "PRAIS 4": a bare number right behind a name counts nothing."""
    return quantity.kind == "number" and any(
        m.kind in ("convention", "initiative") and not text[m.end : quantity.start].strip()
        for m in sentence.mentions
        if m.end <= quantity.start
    )
