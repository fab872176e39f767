"""The documents and paragraphs that rows name as their sources, looked up in what is held."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from ingestion.sheets.reports import RecordFile, RowError, RowPlace
from kb.records.provenance import Held, Place
from kb.records.record import Record
from kb.records.sources import ROW

HeldPlaces = Callable[[Iterable[Place]], Mapping[Place, tuple[str, Held]]]
_NAMED: Final = 3  # documents in the warning


def named_sources(found: RecordFile, held_places: HeldPlaces) -> tuple[RecordFile, str | None]:
    """`found` without the rows whose document is held and has no such paragraph, and a warning.

    Those rows are errors. A document that is named by its symbol is named by its id from now on.
    One that is not held cannot be looked up: its rows are kept, the warning says so, and `verify`
    looks at them once it is held.
    """
    places = {
        (one.document_id, one.paragraph)
        for record in found.records
        for one in record.sources
        if not one.paragraph.startswith(ROW)
    }
    if not places:
        return found, None
    known = held_places(places)
    kept: list[Record] = []
    errors: list[RowError] = []
    unheld: dict[str, int] = {}
    for record in found.records:
        own = [(one.document_id, one.paragraph) for one in record.sources]
        wrong = [place for place in own if place in known and known[place][1] == "no_paragraph"]
        if wrong:
            errors.append(_error(found.places.get(record.id), *wrong[0]))
            continue
        absent = (place for place in own if place in known and known[place][1] == "not_held")
        for document in {place[0] for place in absent}:
            unheld[document] = unheld.get(document, 0) + 1
        sources = tuple(
            replace(one, document_id=known[place][0]) if place in known else one
            for one, place in zip(record.sources, own, strict=True)
        )
        kept.append(replace(record, sources=sources))
    every = sorted([*found.errors, *errors], key=lambda one: (one.sheet or "", one.row))
    return (
        replace(found, records=tuple(kept), errors=tuple(every) if errors else found.errors),
        _warning(unheld),
    )


def _error(place: RowPlace | None, document: str, paragraph: str) -> RowError:
    row = place or RowPlace(0)
    return RowError(row.row, row.column, f'"{document}" has no paragraph {paragraph}', row.sheet)


def _warning(unheld: Mapping[str, int]) -> str | None:
    if not unheld:
        return None
    named = ", ".join(sorted(unheld)[:_NAMED])
    more = f" and {len(unheld) - _NAMED} more" if len(unheld) > _NAMED else ""
    rows = sum(unheld.values())
    rest = "1 row rests" if rows == 1 else f"{rows} rows rest"
    return f"{rest} on texts that are not held ({named}{more}): verify will look at them"
