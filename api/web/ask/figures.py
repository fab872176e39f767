"""The records behind an answer as rows of a small table, and what of them can be drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from api.schemas import RecordBody, RecordSourceBody
from api.web.reference import Reference, cited, short_form
from api.web.words import say
from assistant.brief.words import BriefWords
from kb.errors import LandBriefError
from kb.languages import Language
from kb.records.amounts import amount_in_words, part_of_whole
from kb.records.columns import columns_of
from kb.records.kinds import RecordKind
from kb.records.naming import Names, sentence_case
from kb.records.times import date_in_words, period_in_words
from kb.records.words import word

DRAWN_FROM: Final = 3
"""Fewer numbers than these are read faster than looked at."""
_WORDS: Final = ("stage", "instrument", "role", "progress", "state", "verb")
_PERIODS: Final = (("period_start", "period_end"), ("start", "end"), ("since", "until"))
_DATES: Final = ("as_of", "deadline", "baseline")
_FIGURES: Final = ("amount", "value")
# What makes numbers comparable: all that says what they are amounts of, but not whose.
_ALIKE: Final[dict[RecordKind, tuple[str, ...]]] = {
    "funding": ("currency", "stage", "per"),
    "targets": ("unit", "measure"),
    "observations": ("unit", "measure"),
    "milestones": ("unit", "programme", "progress"),
}
# … and whose they are: what a bar is labelled with.
_WHOSE: Final[dict[RecordKind, tuple[str, ...]]] = {
    "funding": ("provider", "recipient", "initiative"),
    "targets": ("party", "subject"),
    "observations": ("subject",),
    "milestones": ("activity",),
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One record: what it is about, its figure, what else it says, and where it stands."""

    about: str
    figure: str
    more: str
    chip: str
    reference: Reference | None
    quote: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of a chart, as it is drawn and as it is written beside it."""

    label: str
    value: float
    written: str


def records_of(shown: Iterable[dict[str, Any]]) -> tuple[RecordBody, ...]:
    """The records of an answer, as it carries them."""
    return tuple(RecordBody.model_validate(one) for one in shown)


def headings(language: Language) -> tuple[str, str, str, str]:
    """The heads of the four columns."""
    words = BriefWords(language)
    about, value, source = (words.say(key) for key in ("col_what", "col_value", "col_source"))
    return about, value, say(language, "ask.details"), source


def figure_rows(records: Iterable[RecordBody], language: Language) -> tuple[FigureRow, ...]:
    """A row for each record, in their order, in the language of the answer."""
    return tuple(_row(one, language) for one in records)


def bars(records: Sequence[RecordBody], language: Language) -> tuple[Bar, ...]:
    """The numbers that can be laid side by side, the greatest first; none where they are few.

    Of several such groups the largest.
    """
    groups: dict[tuple[object, ...], list[RecordBody]] = {}
    for one in records:
        if one.kind in _ALIKE and _number(one) is not None:
            key = (one.kind, *(one.fields.get(name) for name in _ALIKE[one.kind]))
            groups.setdefault(key, []).append(one)
    largest = max(groups.values(), key=len, default=[])
    if len(largest) < DRAWN_FROM:
        return ()
    drawn = [
        Bar(_whose(one), float(number), _figure(one, language))
        for one in largest
        if (number := _number(one)) is not None
    ]
    return tuple(sorted(drawn, key=lambda bar: -bar.value))


def _row(one: RecordBody, language: Language) -> FigureRow:
    source = _cited(one.sources)
    fields = one.fields
    about = [
        name
        for column in columns_of(one.kind).values()
        if column.type in ("name", "names") and (name := one.names.get(column.name))
    ]
    words = [word(name, fields[name], language) for name in _WORDS if fields.get(name)]
    return FigureRow(
        about=sentence_case(" – ".join(dict.fromkeys(about)) or str(fields.get("decision", ""))),
        figure=_figure(one, language),
        more=" · ".join([*_times(one, language), *words]),
        chip=short_form(
            source.paragraph, source.symbol, source.session, source.document_id, language
        ),
        reference=None if source.url is None else cited(source),
        quote=source.quote or "",
        label=source.label or "",
    )


def _cited(sources: Sequence[RecordSourceBody]) -> RecordSourceBody:
    """The source that can be opened, where there is one."""
    return next((one for one in sources if one.url and one.quote), sources[0])


def _number(one: RecordBody) -> Decimal | None:
    held = next((one.fields[name] for name in _FIGURES if one.fields.get(name) is not None), None)
    return None if held is None else Decimal(str(held))


def _whose(one: RecordBody) -> str:
    named = [one.names[name] for name in _WHOSE[one.kind] if name in one.names]
    return sentence_case(named[0]) if named else one.id


def _figure(one: RecordBody, language: Language) -> str:
    """The number with its unit and qualifier; empty where the record has none."""
    number = _number(one)
    if number is None:
        return ""
    fields = one.fields
    unit = str(fields.get("currency") or fields.get("unit") or "")
    name = one.names.get("unit")
    names = Names({unit: dict.fromkeys((language,), name)} if name else {})
    try:
        if fields.get("of") is not None:
            return part_of_whole(number, Decimal(str(fields["of"])), unit, language, names)
        return amount_in_words(
            number,
            unit,
            language,
            names,
            qualifier=fields.get("qualifier") or "exact",
            per=fields.get("per"),
        )
    except LandBriefError:
        return f"{number} {name or unit}"


def _times(one: RecordBody, language: Language) -> list[str]:
    fields = one.fields
    for first, last in _PERIODS:
        period = period_in_words(fields.get(first), fields.get(last), language)
        if fields.get(first) and period:
            return [period]
        if fields.get(last) and period:
            return [period]
    return [date_in_words(fields[name], language) for name in _DATES[:1] if fields.get(name)] or [
        date_in_words(fields[name], language, "deadline")
        for name in ("deadline",)
        if fields.get(name)
    ]
