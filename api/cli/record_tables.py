"""How records, sums and changes look."""

from typing import Any, Final

from api.cli.paper import Paper, counted, shortened
from api.schemas import ChangeList, CountBody, RecordBody, RecordList, RecordSourceBody, TotalList

_QUOTE: Final = 300  # columns of a quote that are shown
_NOTES: Final = {
    "parts_left_out": "parts that a larger figure includes are left out",
    "unclear_left_out": "what a larger figure may include is left out: no text says",
    "repeats_left_out": "what two documents report is counted once",
    "earlier_left_out": "of several dates only the latest counts",
    "mixed_qualifiers": "some figures are exact, others are not",
    "mixed_measures": "different measures are added",
    "possible_repeats": "two documents give different amounts of what may be one contribution",
    "different_measures": "different measures: neither a rise nor a fall",
    "different_units": "different units: neither a rise nor a fall",
    "different_scopes": "different scopes: neither a rise nor a fall",
    "different_qualifiers": "one figure is exact, the other is not",
    "several_figures": "a side gives several figures; the latest is shown",
    "same_date": "both figures are of one date",
}


def print_records(paper: Paper, page: RecordList) -> None:
    """One block a record: what it says, then its sources."""
    if not page.items:
        paper.line("No record found.")
    for record in page.items:
        mark = "" if record.status == "reviewed" else f" · {record.status}"
        hidden = " · internal" if record.visibility == "internal" else ""
        paper.line(f"{record.id}{mark}{hidden}", "bold")
        paper.line(summary(record), indent=2)
        if judged := judgement(record):
            paper.line(judged, "dim", indent=2)
        for source in record.sources:
            paper.line(where(source), "dim", indent=4)
            if source.quote:
                paper.line(shortened(source.quote, _QUOTE), "italic", indent=6)
    if page.next_cursor:
        paper.line("There are more: raise --limit, or write them to a file with -o.", "dim")


def print_count(paper: Paper, body: CountBody) -> None:
    """How many, and by group."""
    paper.line(counted(body.count, "record"), "bold")
    for group in body.items:
        paper.line(f"{group.count:>8,}  {_key(group.key, group.names)}", wrap=False)


def print_totals(paper: Paper, body: TotalList) -> None:
    """One line a sum, then what to know of it."""
    if not body.items:
        paper.line("There is nothing to sum.")
    for total in body.items:
        of = {name: value for name, value in total.of.items() if value}
        paper.line(
            f"{figure(total.value)}  {_key({**total.key, **of}, total.names)}  "
            f"({counted(total.count, 'record')})",
            "bold",
        )
        for note in total.notes:
            paper.line(_NOTES.get(note, note), "yellow", indent=4)
        left = [
            *(f"{one} (in {other})" for one, other in total.left_out.items()),
            *(f"{one} (perhaps in {other})" for one, other in total.unclear.items()),
        ]
        if left:
            paper.line(f"Left out: {', '.join(left)}", "dim", indent=4)
        paper.line(shortened(f"Of: {', '.join(total.records)}", _QUOTE), "dim", indent=4)


def print_changes(paper: Paper, body: ChangeList) -> None:
    """Both figures of each thing, each with its sources."""
    if not body.items:
        paper.line("There is nothing that both speak of.")
    for change in body.items:
        direction = f"{change.direction} " if change.direction else ""
        difference = "" if change.difference is None else figure(abs(change.difference))
        paper.line(f"{change.before.id} → {change.after.id}  {direction}{difference}", "bold")
        for record in (change.before, change.after):
            paper.line(summary(record), indent=2)
            for source in record.sources:
                paper.line(where(source), "dim", indent=4)
        for note in change.notes:
            paper.line(_NOTES.get(note, note), "yellow", indent=4)


def summary(record: RecordBody) -> str:
    """What a record says, on one line."""
    parts = [
        f"{column}: {record.names.get(column) or _text(value)}"
        for column, value in record.fields.items()
        if value is not None and not (column == "qualifier" and value == "exact")
    ]
    return " · ".join(parts)


def judgement(record: RecordBody) -> str | None:
    """Who judged a record, and when; None where nobody did."""
    if record.judged_at is None:
        return None
    verdict = {"reviewed": "accepted", "rejected": "rejected"}.get(record.status, "judged")
    by = f" by {record.judged_by}" if record.judged_by else ""
    return f"{verdict}{by} on {record.judged_at:%Y-%m-%d %H:%M} UTC"


def where(source: RecordSourceBody) -> str:
    """Where a source stands, and what has become of it."""
    place = source.label or f"{source.document_id}, {source.paragraph}"
    digest = "summary by LandBrief" if source.edition == "digest" else None
    fate = source.status.replace("_", " ") if source.status not in ("current", "file") else None
    return " · ".join(part for part in (place, source.language, digest, fate) if part)


def figure(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,}"


def _text(value: Any) -> str:
    return figure(value) if isinstance(value, int | float) else str(value)


def _key(key: dict[str, str | None], names: dict[str, str]) -> str:
    return " · ".join(names.get(name) or value or f"no {name}" for name, value in key.items())
