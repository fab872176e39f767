"""Sentences as a chat model could write them from the shipped digests: faithful, and altered."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant_fakes import passage

from assistant.chat.qualifiers import HEDGES, qualifiers
from assistant.claim_words import places_of
from assistant.content_words import content_words
from kb.documents import EditionKind
from kb.languages import Language
from kb.passages import Passage
from kb.quantities import find_quantities
from kb.sentences import Span, clauses, sentences
from kb.shipped import shipped_rows
from kb.terms import Mention, load_terms

_NO_NEGATION = ("不过", "不仅", "不同", "不断", "无论")  # a negation is part of the word
_NAMED = ("party", "organization", "initiative")


@dataclass(frozen=True)
class Draft:
    """A sentence that cites `sentence` of `source`; `how` says what was done to it."""

    text: str
    source: Passage
    sentence: Span
    how: str


@cache
def digests() -> tuple[tuple[Passage, Span], ...]:
    """Every sentence of the digests, in all languages."""
    found = []
    edition: EditionKind = "digest"
    for one in shipped_rows():
        made = passage(one.text, one.paragraph, document=one.document_id, language=one.language,
                       edition=edition)  # fmt: skip
        found += [(made, span) for span in sentences(made.text, made.language)]
    return tuple(found)


def faithful() -> Iterator[Draft]:
    """Sentences as they stand, and without the last clause where that takes no hedge away."""
    for source, span in digests():
        text = span.of(source.text)
        yield Draft(text, source, span, "whole")
        parts = clauses(source.text, span, source.language)
        if len(parts) > 2:
            cut = source.text[span.start : parts[-2].end].rstrip(" ,;:，；：،؛、")
            if not _loses(cut, text, source.language):
                yield Draft(cut, source, span, "shortened")


def altered(seed: int = 1) -> Iterator[Draft]:
    """Sentences with one thing changed, over and over."""
    chance = random.Random(seed)  # noqa: S311
    every = digests()
    while True:
        source, span = chance.choice(every)
        change = chance.choice(
            (_digits, _figures, _names, _swapped, _negation, _word, _dropped, _elsewhere)
        )
        text = span.of(source.text)
        other = change(text, source.language, chance)
        if other is not None and other != text:
            yield Draft(other, source, span, change.__name__)


def _loses(cut: str, text: str, language: Language) -> bool:
    same = qualifiers(cut, language, HEDGES) == qualifiers(text, language, HEDGES)
    negated = bool(places_of(text, language, "negation"))
    return not same or negated != bool(places_of(cut, language, "negation"))


def _digits(text: str, language: Language, chance: random.Random) -> str | None:
    """Another digit in a figure."""
    quantities = [q for q in find_quantities(text, language) if any(c.isdigit() for c in q.text)]
    if not quantities:
        return None
    q = chance.choice(quantities)
    places = [i for i in range(q.start, q.end) if text[i].isdigit()]
    place = chance.choice(places)
    digit = chance.choice([d for d in "123456789" if int(d) != int(text[place])])
    return text[:place] + digit + text[place + 1 :]


def _figures(text: str, language: Language, chance: random.Random) -> str | None:
    """Two figures in each other's place."""
    quantities = find_quantities(text, language)
    if len({q.value for q in quantities}) < 2:
        return None
    one, other = sorted(chance.sample(quantities, 2), key=lambda q: q.start)
    if one.value == other.value:
        return None
    return _exchanged(text, (one.start, one.end), (other.start, other.end))


def _mentions(text: str, language: Language) -> list[Mention]:
    return [m for m in load_terms().find(text, language) if m.kind in _NAMED]


def _names(text: str, language: Language, chance: random.Random) -> str | None:
    """Another name of the same kind."""
    mentions = _mentions(text, language)
    if not mentions:
        return None
    one = chance.choice(mentions)
    here = {m.concept_id for m in mentions}
    others = [c for c in load_terms().all if c.kind == one.kind and c.id not in here]
    name = chance.choice(others).names[language][0]
    return text[: one.start] + name + text[one.end :]


def _swapped(text: str, language: Language, chance: random.Random) -> str | None:
    """Two names in each other's place."""
    mentions = _mentions(text, language)
    if len({m.concept_id for m in mentions}) < 2:
        return None
    one, other = sorted(chance.sample(mentions, 2), key=lambda m: m.start)
    if one.concept_id == other.concept_id or one.end > other.start:
        return None
    return _exchanged(text, (one.start, one.end), (other.start, other.end))


def _negation(text: str, language: Language, chance: random.Random) -> str | None:
    """A negation left out."""
    places = places_of(text, language, "negation")
    if not places:
        return None
    start, end = chance.choice(places)
    if text[start : end + 1].startswith(_NO_NEGATION):
        return None
    return text[:start] + text[end:].lstrip()


def _word(text: str, language: Language, chance: random.Random) -> str | None:
    """A content word of another sentence in the place of one."""
    words = list(content_words(text, language))
    source, span = chance.choice([d for d in digests() if d[0].language == language])
    other_text = span.of(source.text)
    others = list(content_words(other_text, language))
    if not words or not others:
        return None
    one, other = chance.choice(words), chance.choice(others)
    new = other_text[other.start : other.end]
    if other.stem in {w.stem for w in words} or new.casefold() in text.casefold():
        return None
    return text[: one.start] + new + text[one.end :]


def _dropped(text: str, language: Language, chance: random.Random) -> str | None:
    """A content word left out in the middle of a clause; a name may have a shorter form, and a
    date may be told less precisely."""
    held = [(m.start, m.end) for m in load_terms().find(text, language)]
    held += [(q.start, q.end) for q in find_quantities(text, language)]
    words = []
    for clause in clauses(text, Span(0, len(text)), language):
        inside = [w for w in content_words(text, language) if clause.start <= w.start < clause.end]
        words += inside[1:-1]
    free = [w for w in words if not any(start <= w.start < end for start, end in held)]
    if len(free) < 4:
        return None
    one = chance.choice(free[:-2])
    return text[: one.start] + text[one.end :].lstrip()


def _elsewhere(text: str, language: Language, chance: random.Random) -> str | None:
    """A sentence of another paragraph."""
    whole = next(d.text for d, span in digests() if span.of(d.text) == text)
    source, span = chance.choice([d for d in digests() if d[0].language == language])
    other = span.of(source.text)
    return None if other in whole or text in other else other


def _exchanged(text: str, one: tuple[int, int], other: tuple[int, int]) -> str:
    (a, b), (c, d) = one, other
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
