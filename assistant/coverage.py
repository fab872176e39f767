"""How much of what a question speaks of a paragraph holds."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from math import log
from typing import Final

from assistant.evidence import Source
from assistant.items import HARD, Item, is_comparable, is_plain_word, items_in
from assistant.question import Question
from assistant.reading import Reading, ReadText

_OPENING: Final = 0.5  # of what only the beginning of the document speaks of
_COMMON_WEIGHT: Final = 0.5
_UNUSED: Final = 0.5  # rarity of a word that no text found uses
_EVERYWHERE: Final = 0.4  # share of the paragraphs found that makes a name the common subject
_MANY: Final = 4  # paragraphs at least
_TIMES: Final = frozenset(("year", "date", "number"))
_PLACES: Final = frozenset(("session", "decision"))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each item tells the paragraphs found apart, in (0, 1], and what is in most."""

    of: dict[Item, float]
    common: frozenset[Item]

    def weight(self, item: Item) -> float:
        """What it counts that a text holds the item."""
        return item.weight * self.of[item] * (_COMMON_WEIGHT if item in self.common else 1.0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one text holds of a question's items.

    `beside` stand in the text, `above` in its headings, `opening` in how its document begins.
    `weights` are those of the items whose absence would tell something. `share` and `words` are
    weighted shares in [0, 1], of all items and of plain words; `met` and `topics` the bare weights
    of what is held beside years and figures, and beside names too. `lacks` says that a Party, a
    session, a year that the question names is missing.
    """

    weights: dict[Item, float]
    beside: frozenset[Item]
    above: frozenset[Item]
    opening: frozenset[Item]
    share: float
    words: float
    met: float
    topics: float
    lacks: bool

    @property
    def whole(self) -> float:
        """The weight of everything that can be told."""
        return sum(self.weights.values()) or 1.0


def rarity_of(
    question: Question, items: Iterable[Item], spoken: Sequence[frozenset[Item]]
) -> Rarity:
    """How rare the items are among the texts found; `spoken` are those that each speaks of."""
    total = len(spoken)
    held = dict.fromkeys(items, 0)
    for of_one in spoken:
        for item in of_one:
            held[item] += 1
    rarity = {
        item: log(1 + (total + 1) / (n + 0.5)) / log(1 + (total + 1) / 0.5)
        for item, n in held.items()
    }
    for item, n in held.items():
        if item.kind == "word" and not n and item.key not in question.focus:
            # As likely another word for what the texts say as a thing unsaid.
            rarity[item] = _UNUSED
    return Rarity(
        rarity, frozenset(i for i, n in held.items() if n >= max(_MANY, _EVERYWHERE * total))
    )


def coverage_of(
    question: Question,
    items: Sequence[Item],
    rarity: Rarity,
    spoken: frozenset[Item],
    source: Source,
    text: ReadText,
    reading: Reading,
) -> Coverage:
    """What a text, which speaks of the items `spoken`, holds of all with the headings above it."""
    passage = source.passage
    heading = reading.read("\n".join(passage.heading_path), passage.language)
    opening = reading.read(source.opening, passage.language)
    places = {passage.session}
    if question.sessions or question.decisions:
        places |= reading.places(text.text)
    beside = spoken | {i for i in items if i.kind in _PLACES and i.key in places}
    above = items_in(items, heading, question)
    opened = items_in(items, opening, question)
    around = opened - beside - above
    known = beside | above
    told = [i for i in items if i in known or is_comparable(i, text.language, question)]
    weights = {i: rarity.weight(i) for i in told}
    return Coverage(
        weights,
        beside,
        above,
        opened,
        share=(
            sum(weights[i] for i in told if i in known)
            + _OPENING * sum(weights[i] for i in told if i in around)
        )
        / (sum(weights.values()) or 1.0),
        words=_words(items, known, weights),
        met=sum(i.weight for i in known if i.kind not in _TIMES),
        topics=sum(i.weight for i in known if i.topic),
        lacks=any(
            i.kind in HARD and i not in known and i not in around and not _is_understood(i, rarity)
            for i in told
        ),
    )


def _is_understood(item: Item, rarity: Rarity) -> bool:
    """Whether paragraphs are about it without saying so: the programme that a report is on."""
    return item.kind == "name" and item in rarity.common and not item.key.startswith("party:")


def _words(items: Iterable[Item], known: Set[Item], weights: dict[Item, float]) -> float:
    """Share of the plain words that are held: 1 if there is none, 0 if none can be compared."""
    words = [i for i in items if is_plain_word(i)]
    told = [i for i in words if i in weights]
    if not told:
        return 0.0 if words else 1.0
    return sum(weights[i] for i in told if i in known) / sum(weights[i] for i in told)
