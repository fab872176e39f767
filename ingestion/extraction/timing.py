"""Which date belongs to which figure of a sentence."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ingestion.extraction.reading import Sentence
from ingestion.extraction.standing import is_baseline, standing_of
from kb.quantities import Quantity
from kb.sentences import Span, word_count

_FARTHEST_BEHIND: Final = 26
_LONGEST_LEAD: Final = 14
_FARTHEST_BEFORE: Final = 8  # Chinese: 2025年的310口
_FARTHEST_COMPARED: Final = 45
_STOP: Final = re.compile(r"[,;:،؛，；：。()（）|]")
_MOST_OF_DATE: Final = 4  # words of a clause that only says when: ", on 17 May 2031,"
_FARTHEST_BASELINE: Final = 90
_NEAR_CHANGE: Final = 60
_BESIDE: Final = 16  # between a change and the same in per cent: ", or "
_END: Final = re.compile(r"[;:؛；：。|]")
_OR: Final = re.compile(
    r"[\s\u00a0,،，(（]*(?:or|ou|o|или|أو(?:\sما)?(?:\sنسبت?ه?ة?)?|或|即|增幅)?[\s\u00a0(（]*(?:el|la|le)?\s?"
)
_HAN_OWN: Final = re.compile(r"\s?的\s?(?:百分之|\d)")
_UP_TO_FIGURE: Final = re.compile(r"[\d,;:،؛，；：。()（）|]")
_THAT_IS: Final = re.compile(
    r"\s?[,،，(（]\s?(?:soit|that is|or|i\.e\.|es decir|o sea|то есть|т\.\s?е\.|أي|即)(?!\w)"
)
_FOR: Final = re.compile(r"\spara\s(?:el\s(?:año\s)?)?$")
_HAN_DEADLINE: Final = re.compile(r"\s?(?:年?底|年末)?(?:之|以)?前")

_HAN_END: Final = re.compile(r"\s?年?(?:底|末|终)")


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
        if not is_yardstick(sentence, date)
        and not _is_beginning(sentence, date)
        and standing_of(sentence, date) not in ("after", "start", "price")
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
    for date in plain:
        if standing_of(sentence, date) == "at" and date.start not in used:
            # "As at 30 June 2034, …": whatever stands behind it, up to the next such day
            behind = [a for a in sentence.amounts if a.start > date.end and a.start not in found]
            found |= {a.start: Timing(date, deadline=False) for a in behind}
            used.update([date.start] if behind else [])
    left = [date for date in plain if date.start not in used]
    if len(left) > 1 and not used and left[0].start - sentence.span.start <= _LONGEST_LEAD:
        first = next((a for a in sentence.amounts if left[0].end <= a.start < left[1].start), None)
        if first is not None:  # "By 2034, 2 million hectares …, which is 46 per cent of … by 2040"
            found[first.start] = Timing(left[0], is_deadline(sentence, left[0]))
    if len(left) == 1 and used:
        found |= dict(_led(sentence, left[0], used, found))
    if len(left) == 1 and not used:
        date = left[0]
        for amount in sentence.amounts:
            segment = sentence.segment_of(amount)
            if _is_aside(sentence, date, amount):
                continue
            if date.start < amount.start or segment.start <= date.start < segment.end:
                found[amount.start] = Timing(date, is_deadline(sentence, date))
    return found


def _is_aside(sentence: Sentence, date: Quantity, amount: Quantity) -> bool:
    """Whether the date is of something told by the way: "the oldest, approved on 17 May, spent"."""
    clause = sentence.clause_at(date.start)
    if sentence.passage.language == "zh" or clause.start <= amount.start < clause.end:
        return False
    inside = clause.start > sentence.span.start and clause.end <= amount.start
    return inside and word_count(clause.of(sentence.passage.text)) > _MOST_OF_DATE


def _led(
    sentence: Sentence, date: Quantity, used: Collection[int], found: Mapping[int, Timing]
) -> Iterator[tuple[int, Timing]]:
    """The figures that a date at the head of a sentence leads, up to the next date."""
    if date.start - sentence.span.start > _LONGEST_LEAD:
        return
    until = min((place for place in used if place > date.start), default=sentence.span.end)
    for amount in sentence.amounts:
        if amount.start not in found and date.end <= amount.start < until:
            yield amount.start, Timing(date, is_deadline(sentence, date))


def is_deadline(sentence: Sentence, date: Quantity) -> bool:
    """Whether the words beside `date` say "by"."""
    text = sentence.passage.text
    if sentence.passage.language == "zh" and _HAN_DEADLINE.match(text, date.end):
        return True
    before = text[max(sentence.span.start, date.start - 30) : date.start]
    if sentence.passage.language == "es" and _FOR.search(before):
        return sentence.has("aim") or is_baseline(sentence, date)  # "presupuesto para 2035"
    by = sentence.passage.words.ends_with("deadline", before)
    return by or standing_of(sentence, date) == "due"


def is_before(sentence: Sentence, date: Quantity) -> bool:
    """Whether the words beside `date` say "before": nothing is known of the date itself."""
    text = sentence.passage.text
    if sentence.passage.language == "zh":
        ends = _HAN_END.match(text, date.end)  # 2035年底以前 is by 2035
        asked = sentence.has("aim") or sentence.has("demand")
        return _HAN_DEADLINE.match(text, date.end) is not None and not (ends or asked)
    before = text[max(sentence.span.start, date.start - 30) : date.start]
    return sentence.passage.words.ends_with("deadline", before, "before")


def is_until(sentence: Sentence, date: Quantity) -> bool:
    """Whether the words beside `date` say "until"."""
    before = sentence.passage.text[max(sentence.span.start, date.start - 30) : date.start]
    return sentence.passage.words.ends_with("deadline", before, "until")


def baselines(sentence: Sentence) -> Mapping[int, Quantity]:
    """The date that each change or difference is measured from, by where its figure starts.

    Of "$112,900 (or 1.9 per cent) more than in 2036" it is 2036, for both figures.
    """
    found: dict[int, Quantity] = {}
    text, han = sentence.passage.text, sentence.passage.language == "zh"
    for date in sentence.dates:
        if not is_yardstick(sentence, date):
            continue
        leads = date.start - sentence.span.start <= _FARTHEST_COMPARED
        behind = han or (leads and not any(a.end <= date.start for a in sentence.amounts))
        order = sentence.amounts if behind else tuple(reversed(sentence.amounts))
        near: Quantity | None = None
        for amount in order:
            first, then = (near or date, amount) if behind else (amount, near or date)
            gap = _gap(text, first, then)
            if gap is None:
                continue
            if len(gap) > _FARTHEST_BASELINE or _END.search(gap):
                break
            if near is not None and not _OR.fullmatch(gap):
                break
            if any(_lies_between(other, amount, date) for other in sentence.dates):
                break
            if near is None and not _differs(sentence, amount, date):
                break
            found.setdefault(amount.start, date)
            near = amount
    return found


def _differs(sentence: Sentence, amount: Quantity, date: Quantity) -> bool:
    """Whether the words around the two tell of more or less."""
    start = max(sentence.span.start, min(amount.start, date.start) - _NEAR_CHANGE)
    around = Span(start, max(amount.end + _BESIDE, date.end))
    near = around.of(sentence.passage.text)
    return bool(sentence.passage.words.search("difference", near))


def is_yardstick(sentence: Sentence, date: Quantity) -> bool:
    """Whether a figure is compared with `date`: "less than in 2036", "over that of 2036"."""
    text = sentence.passage.text
    if sentence.passage.language == "zh" and _HAN_OWN.match(text, date.end):
        return False  # 高于2034年的百分之三十一: the figure is of that year
    if _THAT_IS.match(text, date.end):
        return False  # "their level of 2036, that is 11.5 million"
    behind = text[date.end : min(sentence.span.end, date.end + _FARTHEST_BEHIND)]
    if "behind" in sentence.passage.words.search("compared", _UP_TO_FIGURE.split(behind)[0]):
        return True
    before = text[max(sentence.span.start, date.start - _FARTHEST_COMPARED) : date.start]
    near = _STOP.split(before)[-1]
    if any(letter.isdecimal() for letter in near):
        near = near[max(n for n, letter in enumerate(near) if letter.isdecimal()) + 1 :]
    words = sentence.passage.words
    if words.ends_with("compared", near, "than"):
        return bool(words.search("difference", near))
    return "with" in words.search("compared", near)


def _is_beginning(sentence: Sentence, date: Quantity) -> bool:
    """Whether something goes on "since" `date`: the figures beside it are of later."""
    before = sentence.passage.text[max(sentence.span.start, date.start - 30) : date.start]
    return sentence.passage.words.ends_with("compared", before, "from")


def _gap(text: str, first: Quantity, then: Quantity) -> str | None:
    return text[first.end : then.start] if first.end <= then.start else None


def _lies_between(one: Quantity, a: Quantity, b: Quantity) -> bool:
    between = Span(min(a.end, b.end), max(a.start, b.start))
    return between.start <= one.start < between.end
