"""Charts of figures: progress, money, and figures that may stand beside each other."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from api.schemas import RecordBody, TotalBody
from api.web.records.cells import Reading
from api.web.records.charts_view import Chart, Mark, Tone, cut, head, scope, sources_of
from api.web.words import say, say_count
from kb.languages import Language
from kb.records.amounts import amount_in_words
from kb.records.naming import Names, sentence_case
from kb.records.times import date_in_words, period_in_words
from kb.records.words import group, pattern, word

Total = Callable[[Sequence[str]], Sequence[TotalBody]]
"""The sums of the records with these ids, as the desk makes them."""
_TONES: Final[Mapping[str, Tone]] = {
    "completed": "strong",
    "in_progress": "middle",
    "not_started": "pale",
}
_LEAST: Final = 2


def progress_charts(records: Sequence[RecordBody], language: Language) -> Iterator[Chart]:
    """How far each activity of a programme has come: one for each programme, unit and date."""
    order = list(group("progress"))
    for (programme, unit, as_of, _), some in _grouped(
        records, "programme", "unit", "as_of"
    ).items():
        readings = [Reading(one, language) for one in some]
        if len({one.said("activity") for one in readings}) < _LEAST:
            continue
        if max(_number(one, "value") for one in readings) <= 1:  # a list says as much
            continue
        readings.sort(key=lambda one: order.index(one.said("progress") or order[0]))
        by_activity: dict[str, list[Reading]] = defaultdict(list)
        for one in sorted(readings, key=_place):
            by_activity[one.name("activity")].append(one)
        marks = [
            Mark(
                row=activity,
                series=one.word("progress"),
                size=_number(one, "value"),
                text=one.part().plain,
                tone=_TONES.get(one.said("progress") or ""),
                sources=tuple(one.record.sources),
            )
            for activity, several in by_activity.items()
            for one in sorted(several, key=lambda one: order.index(one.said("progress") or ""))
        ]
        name = readings[0].name("programme")
        yield Chart(
            id=_id("progress", programme, unit, as_of),
            form="stacked",
            title=say(language, "charts.progress", name=name),
            scope=scope(some, language, _of_whole(readings), as_of=as_of),
            heads=_heads(language, "activity", "progress", "figure"),
            marks=tuple(marks),
        )


def money_charts(
    records: Sequence[RecordBody], language: Language, total: Total
) -> Iterator[Chart]:
    """Who gives or needs how much, by stage: one for each currency and period that it is per.

    Several figures of one provider, stage and period are added as the desk adds them, and never
    others: not across currencies, stages or periods.
    """
    order = list(group("stage"))
    for (currency, per, _, _), some in _grouped(records, "currency", "per").items():
        bars: dict[tuple[str, ...], list[RecordBody]] = defaultdict(list)
        for one in some:
            bars[_payer(one)].append(one)
        marks = [_bar(several, language, total) for several in bars.values()]
        if len(marks) < _LEAST:
            continue
        stages = {sentence_case(word("stage", one, language)): nth for nth, one in enumerate(order)}
        largest = sorted(marks, key=lambda one: -one.size)
        left, note = cut(language, largest)
        drawn, rest = largest[: len(largest) - left], largest[len(largest) - left :]
        drawn.sort(key=lambda one: (stages.get(one.series, len(stages)), -one.size))
        yield Chart(
            id=_id("money", currency, per),
            form="bars",
            title=say(language, "charts.money", currency=currency or "")
            if per is None
            else pattern(
                "per", per, language, x=say(language, "charts.money", currency=currency or "")
            ),
            scope=scope(some, language),
            heads=_heads(language, "who", "stage", "amount", "when"),
            marks=(*drawn, *rest),
            left=left,
            notes=tuple(one for one in (note, say(language, "charts.money_apart")) if one),
        )


def compared_charts(records: Sequence[RecordBody], language: Language) -> Iterator[Chart]:
    """Figures that may stand beside each other.

    One measure of one subject at several times; parts beside the whole that includes them; one
    measure of several subjects at one time.
    """
    told: set[str] = set()
    for (subject, measure, unit, _), some in _grouped(
        records, "subject", "measure", "unit", by_document=False
    ).items():
        marks = _at_times(some, language)
        if len(marks) >= _LEAST:
            told.update(one.id for one in some)
            first = Reading(some[0], language)
            yield _compared(_id("times", subject, measure, unit), first, some, marks, "when")
    by_id = {one.id: one for one in records}
    parts: dict[str, list[RecordBody]] = defaultdict(list)
    for one in records:
        whole = by_id.get(str(_get(one, "part_of")))
        if whole is not None and _get(whole, "unit") == _get(one, "unit"):
            parts[whole.id].append(one)
    for whole_id, some in parts.items():
        if len(some) >= _LEAST and not told & {one.id for one in some}:
            both = [by_id[whole_id], *some]
            told.update(one.id for one in both)
            marks = [_figure(one, language, Reading(one, language).name("measure")) for one in both]
            first = Reading(both[0], language)
            yield _compared(_id("parts", whole_id), first, both, marks, "what")
    rest = [one for one in records if one.id not in told]
    for (measure, unit, as_of, _), some in _grouped(rest, "measure", "unit", "as_of").items():
        if len({_get(one, "subject") for one in some}) >= _LEAST:
            marks = [_figure(one, language, Reading(one, language).name("subject")) for one in some]
            first = Reading(some[0], language)
            yield _compared(_id("beside", measure, unit, as_of), first, some, marks, "who")


def _compared(
    chart_id: str,
    first: Reading,
    records: Sequence[RecordBody],
    marks: Sequence[Mark],
    first_head: str,
) -> Chart:
    language = first.language
    title = first.name("measure")
    subjects = {_get(one, "subject") for one in records}
    left, note = cut(language, marks)
    return Chart(
        id=chart_id,
        form="bars",
        title=title,
        scope=scope(records, language, first.name("subject") if len(subjects) == 1 else ""),
        heads=_heads(language, first_head, "", "figure", "" if first_head == "when" else "when"),
        marks=tuple(marks),
        left=left,
        notes=(note,) if note else (),
    )


def _at_times(records: Sequence[RecordBody], language: Language) -> list[Mark]:
    """The figures of one thing at several times; none where its times are not known apart."""
    dated = [one for one in records if _get(one, "as_of")]
    days = [str(_get(one, "as_of")) for one in dated]
    if len(set(days)) < _LEAST or len(set(days)) < len(days):
        return []
    return [
        _figure(one, language, sentence_case(date_in_words(str(_get(one, "as_of")), language)))
        for one in sorted(dated, key=lambda one: str(_get(one, "as_of")))
    ]


def _figure(record: RecordBody, language: Language, row: str) -> Mark:
    one = Reading(record, language)
    return Mark(
        row=row,
        size=_number(one, "value"),
        text=one.figure().plain,
        when=one.date("as_of"),
        sources=tuple(record.sources),
    )


def _bar(records: Sequence[RecordBody], language: Language, total: Total) -> Mark:
    one = Reading(records[0], language)
    added = total([record.id for record in records]) if len(records) > 1 else ()
    stage = one.word("stage")
    who = next(
        one.name(column) for column in ("provider", "initiative", "recipient") if one.said(column)
    )
    when = period_in_words(one.said("period_start"), one.said("period_end"), language) or ""
    if not when and one.said("as_of"):
        when = one.date("as_of")
    if len(added) == 1:
        value = added[0].value
        summed = Reading(
            records[0].model_copy(update={"amount": value, "qualifier": "exact"}), language
        )
        count = say_count(language, "charts.figures", added[0].count)
        return Mark(
            row=who,
            series=stage,
            size=float(value),
            text=f"{summed.money().plain} ({count})",
            when=when,
            sources=sources_of(record for record in records if record.id in added[0].records),
        )
    return Mark(
        row=who,
        series=stage,
        size=_number(one, "amount"),
        text=one.money().plain,
        when=when,
        sources=tuple(records[0].sources),
    )


def _payer(record: RecordBody) -> tuple[str, ...]:
    """What figures must share to be added: who, stage and period; else each stands alone."""
    who = _get(record, "provider")
    if who is None or _get(record, "part_of") or _get(record, "perhaps_part_of"):
        return (record.id,)
    names = ("provider", "recipient", "initiative", "stage", "period_start", "period_end", "as_of")
    return tuple(str(_get(record, name)) for name in names)


def _grouped(
    records: Sequence[RecordBody], *names: str, by_document: bool = True
) -> Mapping[tuple[str | None, ...], list[RecordBody]]:
    """Records by the values of up to three columns, and by document; the largest groups first."""
    found: dict[tuple[str | None, ...], list[RecordBody]] = defaultdict(list)
    for one in records:
        values = [_get(one, name) for name in names]
        held = [None if value is None else str(value) for value in values]
        held += [None] * (3 - len(held))
        origin = one.sources[0].session or one.sources[0].document_id if one.sources else ""
        found[(*held, origin if by_document and names[0] != "currency" else None)].append(one)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


def _of_whole(readings: Sequence[Reading]) -> str:
    """Such as "of 18 countries", where all figures are of one whole; else what is counted."""
    first = readings[0]
    wholes = {one.said("of") for one in readings}
    whole, unit = first.said("of"), first.said("unit") or ""
    if len(wholes) > 1 or whole is None:
        return first.name("unit")
    names = Names({unit: {first.language: first.record.names.get("unit", unit)}})
    counted = amount_in_words(Decimal(whole), unit, first.language, names)
    return say(first.language, "charts.of_whole", whole=counted)


def _place(one: Reading) -> tuple[str, int, str]:
    """Where it stands: rows of a table keep their order."""
    if not one.record.sources:
        return ("", 0, one.record.id)
    label = one.record.sources[0].paragraph
    digits = [int(part) for part in label.replace(",", " ").split() if part.isdigit()]
    return (one.record.sources[0].document_id, digits[-1] if digits else 0, label)


def _heads(language: Language, *names: str) -> tuple[str, str, str, str]:
    first, second, third, fourth = (*names, "", "", "")[:4]
    return (
        head(language, first),
        head(language, second),
        head(language, third),
        head(language, fourth),
    )


def _number(one: Reading, column: str) -> float:
    return float(str(one.fields[column]))


def _get(record: RecordBody, name: str) -> object:
    return (record.model_extra or {}).get(name)


def _id(*parts: str | None) -> str:
    return "-".join(part.rpartition(":")[2] for part in parts if part)
