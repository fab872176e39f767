"""Figures that do not agree, as frozen values: what stands where, and the computation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from babel.numbers import format_decimal

from api.desk import Desk
from api.schemas import FindingBody, FindingsRequest, RecordBody, RecordRequest, RecordSourceBody
from api.schemas.records import MAX_RECORDS
from api.web.records.cells import Reading
from kb.languages import Language
from kb.records.kinds import RecordKind

_FIGURES: Final[tuple[RecordKind, ...]] = ("targets", "milestones", "observations", "funding")
_SOME: Final = 200  # ids of one question


@dataclass(frozen=True, slots=True)
class Side:
    """One of the figures: as written, of what, of when, and where it stands."""

    figure: str
    about: str
    when: str
    sources: tuple[RecordSourceBody, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding. `computation` is "" where there is nothing to compute."""

    id: str
    kind: Literal["contradiction", "scope", "change"]
    status: Literal["open", "accepted", "rejected"]
    title: str
    computation: str
    sides: tuple[Side, ...]
    detail: str


def findings(desk: Desk, language: Language) -> tuple[FindingRow, ...]:
    """All findings, those first that nobody has judged, and contradictions before others."""
    request = FindingsRequest(status=["open", "accepted", "rejected"], language=language)
    found = desk.findings(request).items
    records = _records(desk, {one for finding in found for one in finding.records}, language)
    rows = [_row(one, records, language) for one in found]
    return tuple(sorted(rows, key=lambda row: row.status != "open"))


def _records(desk: Desk, ids: Iterable[str], language: Language) -> dict[str, RecordBody]:
    wanted = sorted(ids)
    found: dict[str, RecordBody] = {}
    for kind in _FIGURES:
        for first in range(0, len(wanted), _SOME):
            request = RecordRequest(
                kind=kind,
                id=wanted[first : first + _SOME],
                status=["reviewed", "candidate"],
                language=language,
                limit=MAX_RECORDS,
            )
            found.update((one.id, one) for one in desk.records(request).items)
    return found


def _row(finding: FindingBody, records: Mapping[str, RecordBody], language: Language) -> FindingRow:
    some = [Reading(records[one], language) for one in finding.records if one in records]
    title = some[0].names("subject", "programme", "initiative", "provider") if some else ""
    return FindingRow(
        id=finding.id,
        kind=finding.kind,
        status=finding.status,
        title=title,
        computation=computation(finding.rule, some, language),
        sides=tuple(_side(one) for one in some),
        detail=finding.detail,
    )


def _side(one: Reading) -> Side:
    match one.record.kind:
        case "funding":
            figure = one.money().plain
            about = one.names("purpose", "stage")
        case "milestones":
            figure = one.part().plain
            about = " · ".join(
                part for part in (one.name("activity"), one.word("progress")) if part
            )
        case _:
            figure = one.figure().plain
            about = one.name("measure")
    when = one.date("as_of") or (one.date("deadline") if one.said("deadline") else "")
    return Side(figure, about, when, tuple(one.record.sources))


def computation(rule: str, some: Sequence[Reading], language: Language) -> str:
    """What shows that the figures do not agree: "54 + 18 + 4 = 76 ≠ 74"; "" for other rules."""

    def said(value: Decimal) -> str:
        return format_decimal(value, locale=language, decimal_quantization=False)

    if not some:
        return ""
    match rule:
        case "parts" if len(some) > 1:
            whole, *parts = (_value(one) for one in some)
            added = sum(parts, Decimal(0))
            terms = " + ".join(said(one) for one in parts)
            left = f"{terms} = {said(added)}" if len(parts) > 1 else terms
            return f"{left} > {said(whole)}" if added > whole else f"{left} ≠ {said(whole)}"
        case "progress":
            values = [_value(one) for one in some]
            terms = " + ".join(said(one) for one in values)
            return f"{terms} = {said(sum(values, Decimal(0)))} ≠ {said(_value(some[0], 'of'))}"
        case "share":
            one = some[0]
            whole, value = _value(one, "of"), _value(one)
            exact = (value * 100 / whole).quantize(Decimal("0.1"))
            printed = said(_value(one, "share"))
            return f"{said(value)} / {said(whole)} = {said(exact)} % ≠ {printed} %"
    return ""


def _value(one: Reading, column: str = "") -> Decimal:
    for name in (column,) if column else ("value", "amount"):
        held = one.fields.get(name)
        if held is not None:
            return Decimal(str(held))
    return Decimal(0)
