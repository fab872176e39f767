"""Where a sentence speaks of what is asked, and the piece of it that holds all of that."""

from collections.abc import Sequence
from typing import Final

from assistant.items import Item
from assistant.polarity import Sign
from assistant.reading import FAMILY, ReadSentence, years_of
from kb.languages import Language
from kb.mentions import find_sessions
from kb.quantities import TIME_KINDS
from kb.sentences import Span, clauses

_THE_CONVENTION: Final = "convention:unccd"


def anchor_of(met: Sequence[Item], found: dict[Item, list[Span]], opposite: Sequence[Sign]) -> Span:
    """The place around which the rest is looked for: what is done, what decides, the rarest."""
    places = [Span(s.start, s.end) for s in opposite]
    best = min(met, key=lambda i: (i.kind != "action", len(found[i]), -i.weight), default=None)
    if best is not None and (best.kind == "action" or not places):
        places = found[best]
    others = [s for i in met if i is not best for s in found[i]]
    return min(places, key=lambda s: sum(min(abs(o.start - s.start), 400) for o in others))


def nearest(places: Sequence[Span], anchor: Span) -> Span:
    """The place that is nearest to the anchor."""
    return min(places, key=lambda s: abs(s.start - anchor.start))


def piece_of(text: str, part: Span, chosen: Sequence[Span], language: Language) -> Span:
    """The clauses of the part in which anything chosen stands, and those between."""
    first, last = min(s.start for s in chosen), max(s.end for s in chosen)
    held = [c for c in clauses(text, part, language) if c.start < last and first < c.end]
    return Span(held[0].start, held[-1].end) if held else part


def places_of_item(item: Item, sentence: ReadSentence) -> list[Span]:
    """Where the sentence speaks of the item."""
    match item.kind:
        case "name" | "term":
            held = [
                Span(m.start, m.end)
                for m in sentence.marks
                if (m.kind == "concept" and m.key == item.key)
                or (m.kind == "action" and m.key == item.action)
            ]
            return held or ([sentence.span] if item.key in sentence.concepts else [])
        case "word":
            return [
                Span(m.start, m.end)
                for m in sentence.marks
                if m.kind == "word" and _is_same(m.key, item.key)
            ]
        case "session":
            return [sentence.span] if item.key in find_sessions(sentence.text) else []
        case "noun" if item.key == "convention":
            return [
                Span(m.start, m.end) for m in sentence.marks if m.key in (item.key, _THE_CONVENTION)
            ]
        case "year":
            return [Span(q.start, q.end) for q in sentence.quantities if item.key in years_of(q)]
        case "number":
            return [
                Span(q.start, q.end)
                for q in sentence.quantities
                if q.kind not in TIME_KINDS and str(q.value.normalize()) == item.key
            ]
        case _:
            return [
                Span(m.start, m.end)
                for m in sentence.marks
                if m.kind == item.kind and m.key == item.key
            ]


def _is_same(word: str, asked: str) -> bool:
    if word == asked:
        return True
    if min(len(word), len(asked)) < FAMILY or not word[0].isalpha():
        return False
    return word.startswith(asked) or asked.startswith(word)
