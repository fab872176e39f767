"""From records, sums and changes to the bodies that the doors give."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from api.bodies import document_url
from api.schemas import (
    ChangeBody,
    CountBody,
    GroupBody,
    RecordBody,
    RecordList,
    RecordSourceBody,
    TotalBody,
)
from kb.languages import Language
from kb.records.changes import Change
from kb.records.columns import columns_of
from kb.records.query import Group
from kb.records.record import Record
from kb.records.room import Records
from kb.records.sources import Source
from kb.records.totals import Total
from kb.references import cite

_NAMING: Final = frozenset({"name", "names", "unit"})
_PARTY: Final = "party:"
_REMEMBERED: Final = 2_000  # bodies: about 10 MB


class RecordBodies:
    """Makes bodies in one language, with names and quotes from `records`."""

    def __init__(self, records: Records, language: Language) -> None:
        self._records = records
        self._language = language

    def page(self, records: Sequence[Record], next_cursor: str | None) -> RecordList:
        """A page of records."""
        return RecordList(items=self.bodies(records), next_cursor=next_cursor)

    def bodies(self, records: Sequence[Record]) -> list[RecordBody]:
        """The bodies of `records`, in order."""
        sources = self._records.sources(records, self._language)
        names = self._records.names(
            {one for record in records for _, value in _named(record) for one in _ids(value)},
            self._language,
        )
        return [self._body(record, sources[record.id], names) for record in records]

    def changes(self, changes: Sequence[Change]) -> list[ChangeBody]:
        """The bodies of `changes`, in order."""
        both = self.bodies([record for one in changes for record in (one.before, one.after)])
        return [
            ChangeBody(
                before=both[2 * nth],
                after=both[2 * nth + 1],
                difference=None if one.difference is None else number(one.difference),
                direction=one.direction,
                notes=list(one.notes),
            )
            for nth, one in enumerate(changes)
        ]

    def count(self, count: int, groups: Sequence[Group], by: Sequence[str]) -> CountBody:
        """How many there are, and by group."""
        keys = [dict(zip(by, group.key, strict=True)) for group in groups]
        names = self._named_in(keys)
        return CountBody(
            count=count,
            items=[
                GroupBody(key=_bare_all(key), names=_of(key, names), count=group.count)
                for key, group in zip(keys, groups, strict=True)
            ],
        )

    def totals(self, totals: Sequence[Total], by: Sequence[str]) -> list[TotalBody]:
        """The bodies of sums, in order."""
        keys = [dict(zip(by, total.key, strict=True)) for total in totals]
        names = self._named_in([*keys, *(total.of for total in totals)])
        return [
            TotalBody(
                key=_bare_all(key),
                of=_bare_all(total.of),
                names=_of({**key, **total.of}, names),
                value=number(total.value),
                count=total.count,
                records=list(total.records),
                left_out=dict(total.left_out),
                unclear=dict(total.unclear),
                qualifiers=dict(total.qualifiers),
                notes=list(total.notes),
            )
            for key, total in zip(keys, totals, strict=True)
        ]

    def _named_in(self, keys: Iterable[Mapping[str, str | None]]) -> dict[str, str]:
        ids = {one for key in keys for value in key.values() if value for one in _ids(value)}
        return self._records.names(ids, self._language)

    def _body(
        self, record: Record, sources: Sequence[Source], names: Mapping[str, str]
    ) -> RecordBody:
        fields = {
            name: _shown(getattr(record.statement, name))
            for name in columns_of(record.kind)
            if name != "id"
        }
        own = dict(_named(record))
        return RecordBody(
            id=record.id,
            kind=record.kind,
            status=record.status,
            visibility=record.visibility,
            extracted_by=record.extracted_by,
            judged_by=record.judgement.by if record.judgement else None,
            judged_at=record.judgement.at if record.judgement else None,
            names=_of(own, names),
            sources=[self._source(source) for source in sources],
            **fields,
        )

    def _source(self, source: Source) -> RecordSourceBody:
        held = source.standing not in ("not_held", "file")
        named = source.symbol or source.document_id
        label = source.paragraph
        return RecordSourceBody(
            document_id=source.document_id,
            symbol=source.symbol,
            session=source.session,
            paragraph=label,
            anchor=source.anchor,
            quote=source.quote,
            start=source.start,
            end=source.end,
            language=source.language,
            edition=source.edition,
            version=source.version,
            status=source.standing,
            superseded_by=source.superseded_by,
            corrected_by=list(source.corrected_by),
            label=cite(named, label, self._language) if held else None,
            url=f"{document_url(source.document_id)}/paragraphs/{quote(label)}" if held else None,
        )


class RememberedBodies:
    """Bodies of the records of answers, made once in a generation. Any thread may ask."""

    def __init__(self, records: Records, generation: Callable[[], int]) -> None:
        self._records = records
        self._generation = generation
        self._held: tuple[int, dict[tuple[str, Language], tuple[Record, RecordBody]]] = (-1, {})

    def of(self, records: Sequence[Record], language: Language) -> list[RecordBody]:
        """The bodies of `records`, in order."""
        if not records:
            return []
        generation, held = self._held
        if generation != (now := self._generation()) or len(held) > _REMEMBERED:
            _, held = self._held = now, {}

        def body(record: Record) -> RecordBody | None:
            # A record that was read before the last change must not pass for the one of today.
            one = held.get((record.id, language))
            return one[1] if one is not None and one[0] == record else None

        known = [body(record) for record in records]
        missing = [record for record, one in zip(records, known, strict=True) if one is None]
        made = RecordBodies(self._records, language).bodies(missing) if missing else []
        for record, one in zip(missing, made, strict=True):
            held[record.id, language] = record, one
        fresh = iter(made)
        return [next(fresh) if one is None else one for one in known]


def number(value: Decimal) -> int | float:
    """`value` as a JSON number: whole ones as such; others have too few digits to lose any."""
    return int(value) if value == value.to_integral_value() else float(value)


def bare(value: str) -> str:
    """Parties by their ISO code alone: `party:SAU` is SAU. Every other id keeps its kind."""
    if value.startswith("name:"):
        return value
    return " ".join(one.removeprefix(_PARTY) for one in value.split(" "))


def _shown(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number(value)
    return bare(value) if isinstance(value, str) and _PARTY in value else value


def _bare_all(key: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name: value and bare(value) for name, value in key.items()}


def _of(key: Mapping[str, str | None], names: Mapping[str, str]) -> dict[str, str]:
    """The names of the values that have one."""
    return {
        column: "; ".join(names[one] for one in _ids(value) if one in names)
        for column, value in key.items()
        if value and any(one in names for one in _ids(value))
    }


def _named(record: Record) -> list[tuple[str, str]]:
    return [
        (column.name, value)
        for column in columns_of(record.kind).values()
        if column.type in _NAMING and (value := getattr(record.statement, column.name)) is not None
    ]


def _ids(value: str) -> list[str]:
    return [value] if value.startswith("name:") else value.split(" ")
