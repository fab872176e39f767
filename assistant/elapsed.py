"""How much time lies between two dates, or how long that lasted which has its days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, get_args

from assistant.drafts import Message
from assistant.places import masked
from assistant.question import Question
from assistant.question_words import find_asking, hints
from kb.languages import Language
from kb.quantity_words import find_count_nouns
from kb.records.amounts import amount_in_words
from kb.records.naming import shipped_names
from kb.records.times import date_in_words, period_in_words
from kb.wording import Wording

TimeUnit = Literal["day", "week", "month", "year"]
_UNITS: Final = get_args(TimeUnit)
_DAYS_OF: Final = {"week": Decimal(7), "month": Decimal("30.4369"), "year": Decimal("365.2425")}
_MONTHS: Final = 24  # from which on it is said in years beside
_YEAR: Final = 12
_NEAR: Final = 12  # code points between "how many" and "days"
_DAY, _MONTH = 3, 2  # parts of a date in ISO form
_CLOSED: Final = re.compile(r"[?？؟¿!;；؛]|[,，،](?=\s|[^\d\s])|\.(?=\s|$)")
_WORD: Final = re.compile(r"[^\W\d_]{2,}|[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class SpanAsked:
    """What a question for a span of time asks: its unit, where it says one; the question without
    the words that ask how long; what it lies between, in the ways that the question may be cut;
    whether between the first and the last of several."""

    unit: TimeUnit | None
    event: str
    sides: tuple[tuple[str, str], ...]
    outermost: bool


def span_asked(question: Question) -> SpanAsked | None:
    """What span of time is asked for; None where none is."""
    text, language = question.text, question.language
    counted = list(_counted(text, language))
    strong = hints(text, language, "asks_span")
    weak = hints(text, language, "lasts")
    sides = tuple(_sides(text, language))
    outermost = bool(hints(text, language, "outermost"))
    if question.is_empty or question.foreign or question.kind == "yes_no":
        return None
    if not (counted or strong) or not (strong or weak or sides or outermost):
        return None
    unit: TimeUnit | None = counted[0][0] if counted else _named(text, language, strong)
    taken = [(start, end) for _, start, end in counted]
    event = masked(text, [*taken, *strong, *weak])
    return SpanAsked(unit, " ".join(event.split()), sides, outermost)


def _counted(text: str, language: Language) -> Iterator[tuple[TimeUnit, int, int]]:
    """The units of time that are counted: "how many days"."""
    nouns = [n for n in find_count_nouns(text, language) if n[0] in _UNITS]
    for asking in find_asking(text, language):
        if asking.kind in ("how_many", "how_much"):
            for key, start, end in nouns:
                if (asking.start < end and 0 <= start - asking.end <= _NEAR) or (
                    asking.start <= start and end <= asking.end
                ):
                    yield _unit(key), min(asking.start, start), end


def _unit(key: str) -> TimeUnit:
    return next(one for one in _UNITS if one == key)


def _named(text: str, language: Language, places: tuple[tuple[int, int], ...]) -> TimeUnit | None:
    """The unit that the asking words hold: "años de plazo"."""
    held = [_unit(n[0]) for n in find_count_nouns(text, language) if n[0] in _UNITS
            and any(s <= n[1] and n[2] <= e for s, e in places)]  # fmt: skip
    return held[0] if held else None


def _sides(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """What stands on either side of "and" behind "between", or of "to" behind "from"."""
    for start, end in hints(text, language, "span_between"):
        for joint in _joints(text, language, end):
            yield from _cut(text, end, joint)
        if language == "zh":
            for joint in _joints(text, language, 0):
                if joint[1] <= start:
                    yield from _cut(text, 0, joint, stop=start)
    for _, end in hints(text, language, "span_from"):
        for joint in hints(text, language, "span_to"):
            if joint[0] > end:
                yield from _cut(text, end, joint)


def _joints(text: str, language: Language, after: int) -> Iterator[tuple[int, int]]:
    pattern = _AND[language]
    yield from ((m.start(), m.end()) for m in pattern.finditer(text, after))


_AND: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\band\b", re.IGNORECASE),
    "fr": re.compile(r"\bet\b", re.IGNORECASE),
    "es": re.compile(r"\b[ye]\b", re.IGNORECASE),
    "ru": re.compile(r"\bи\b", re.IGNORECASE),
    "ar": re.compile(r"(?<=\s)و(?=\w)"),
    "zh": re.compile(r"[和与跟及]"),
}


def _cut(
    text: str, end: int, joint: tuple[int, int], *, stop: int | None = None
) -> Iterator[tuple[str, str]]:
    closed = _CLOSED.search(text, joint[1])
    until = stop if stop is not None else closed.start() if closed else len(text)
    one, other = text[end : joint[0]].strip(), text[joint[1] : until].strip()
    if _WORD.search(one) and _WORD.search(other) and not _CLOSED.search(one):
        yield one, other


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A span of time: so many of one unit, and the same told in another."""

    value: int
    unit: TimeUnit
    about: tuple[int, TimeUnit] | None = None
    exactly: tuple[int, int] | None = None  # years and months


def elapsed(first: str, last: str, unit: TimeUnit | None) -> Elapsed | None:
    """What lies between two dates in ISO form, by the coarser of their precisions; None where the
    second is not after the first."""
    precision = min(first.count("-"), last.count("-")) + 1
    one, other = (_parts(iso)[:precision] for iso in (first, last))
    if not one < other:
        return None
    if precision == 1 and (
        unit not in (None, "year") or _DAY in (len(_parts(first)), len(_parts(last)))
    ):
        return None  # a year against a day, or months of which only years are known
    years = other[0] - one[0]
    if precision == 1:
        return Elapsed(years, "year")
    if precision == _MONTH:
        months = _YEAR * years + other[1] - one[1]
        whole = divmod(months, _YEAR) if months >= _MONTHS or unit == "year" else None
        return Elapsed(months, "month", exactly=whole)
    days = (date(*other) - date(*one)).days
    told = unit if unit not in (None, "day") else "month" if days > _DAYS_OF["month"] * 2 else None
    if told is None or told == "day":
        return Elapsed(days, "day")
    rounded = int((Decimal(days) / _DAYS_OF[told]).to_integral_value())
    return Elapsed(days, "day", about=(rounded, told) if rounded else None)


def lasted(first: str, last: str) -> Elapsed | None:
    """How many days there are from the first day through the last."""
    one, other = _parts(first), _parts(last)
    if len(one) < _DAY or len(other) < _DAY or not one < other:
        return None
    return Elapsed((date(*other) - date(*one)).days + 1, "day")


def _parts(iso: str) -> tuple[int, ...]:
    return tuple(int(part) for part in iso.split("-"))


def elapsed_message(
    first: str, last: str, unit: TimeUnit | None, language: Language
) -> Message | None:
    """Such as "12 May 2023 → 3 July 2023: 52 days"."""
    found = elapsed(first, last, unit)
    if found is None:
        return None
    dates = (("first", date_in_words(first, language)), ("last", date_in_words(last, language)))
    return Message("elapsed", (*dates, ("span", _in_words(found, language))))


def lasted_message(first: str, last: str, language: Language) -> Message | None:
    """Such as "20–22 February 2024: 3 days"."""
    found, period = lasted(first, last), period_in_words(first, last, language)
    if found is None or period is None:
        return None
    return Message("lasted", (("period", period), ("span", _in_words(found, language))))


def _in_words(found: Elapsed, language: Language) -> str:
    names, wording = shipped_names(), Wording(language)
    said = amount_in_words(Decimal(found.value), found.unit, language, names)
    beside = ""
    if found.exactly is not None:
        pairs = zip(found.exactly, ("year", "month"), strict=True)
        each = [amount_in_words(Decimal(n), u, language, names) for n, u in pairs if n]
        beside = wording.list(each)
    elif found.about is not None:
        value, unit = found.about
        beside = amount_in_words(Decimal(value), unit, language, names, qualifier="about")
    if not beside:
        return said
    return f"{said}（{beside}）" if language == "zh" else f"{said} ({beside})"
