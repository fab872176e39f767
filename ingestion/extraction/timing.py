"""Which date belongs to which figure of a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ingestion.extraction.reading import Sentence
from kb.quantities import Quantity
from kb.sentences import Span

_FARTHEST_BEHIND: Final = 26
_FARTHEST_BEFORE: Final = 8  # Chinese: 2025年的310口
_FARTHEST_COMPARED: Final = 45
_STOP: Final = re.compile(r"[,;:،؛，；：。()（）|]")
_HAN_DEADLINE: Final = re.compile(r"\s?(?:年?底|年末)?(?:之|以)?前")


@dataclass(frozen=True, slots=True)
class Timing:
    """The date that a figure is of; `deadline` says that it is to be reached by then."""

    date: Quantity
    deadline: bool

    @property
    def first(self) -> str:
        """The first day, month or year."""
        return (self.date.iso or "").split("/")[0]

    @property
    def last(self) -> str:
        """The last one: of a single date, itself."""
        return (self.date.iso or "").split("/")[-1]


def timings(sentence: Sentence) -> Mapping[int, Timing]:
    """The date of each figure that has one, by where the figure starts.

    A date beside its figure ("9 per cent in 2020"); else the only date of the sentence, for the
    figures behind it and those of its own clause.
    """
    text = sentence.passage.text
    plain = [
        date
        for date in sentence.dates
        if not is_yardstick(sentence, date) and not _is_beginning(sentence, date)
    ]
    found: dict[int, Timing] = {}
    used: set[int] = set()
    han = sentence.passage.language == "zh"
    for amount in sentence.amounts:
        for date in plain:
            gap = _gap(text, date, amount) if han else _gap(text, amount, date)
            most = _FARTHEST_BEFORE if han else _FARTHEST_BEHIND
            between = [a for a in sentence.amounts if _lies_between(a, amount, date)]
            if gap is not None and len(gap) <= most and not between and not _STOP.search(gap):
                if date.start not in used:
                    found[amount.start] = Timing(date, is_deadline(sentence, date))
                    used.add(date.start)
                break
    left = [date for date in plain if date.start not in used]
    if len(left) == 1 and not used:
        date = left[0]
        for amount in sentence.amounts:
            segment = sentence.segment_of(amount)
            if date.start < amount.start or segment.start <= date.start < segment.end:
                found[amount.start] = Timing(date, is_deadline(sentence, date))
    return found


def is_deadline(sentence: Sentence, date: Quantity) -> bool:
    """Whether the words beside `date` say "by"."""
    text = sentence.passage.text
    if sentence.passage.language == "zh" and _HAN_DEADLINE.match(text, date.end):
        return True
    before = text[max(sentence.span.start, date.start - 30) : date.start]
    return sentence.passage.words.ends_with("deadline", before)


def is_before(sentence: Sentence, date: Quantity) -> bool:
    """Whether the words beside `date` say "before": nothing is known of the date itself."""
    text = sentence.passage.text
    if sentence.passage.language == "zh":
        return _HAN_DEADLINE.match(text, date.end) is not None
    before = text[max(sentence.span.start, date.start - 30) : date.start]
    return sentence.passage.words.ends_with("deadline", before, "before")


def is_yardstick(sentence: Sentence, date: Quantity) -> bool:
    """Whether a figure is compared with `date`: "less than in 2036", "over that of 2036"."""
    text = sentence.passage.text
    before = text[max(sentence.span.start, date.start - _FARTHEST_COMPARED) : date.start]
    near = _STOP.split(before)[-1]
    if any(letter.isdecimal() for letter in near):
        near = near[max(n for n, letter in enumerate(near) if letter.isdecimal()) + 1 :]
    return "with" in sentence.passage.words.search("compared", near)


def _is_beginning(sentence: Sentence, date: Quantity) -> bool:
    """Whether something goes on "since" `date`: the figures beside it are of later."""
    before = sentence.passage.text[max(sentence.span.start, date.start - 30) : date.start]
    return sentence.passage.words.ends_with("compared", before)


def _gap(text: str, first: Quantity, then: Quantity) -> str | None:
    return text[first.end : then.start] if first.end <= then.start else None


def _lies_between(one: Quantity, a: Quantity, b: Quantity) -> bool:
    between = Span(min(a.end, b.end), max(a.start, b.start))
    return between.start <= one.start < between.end
