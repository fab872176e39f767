"""`records`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from kb.languages import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.desk import Desk
    from api.schemas import RecordBody, RecordRequest

commands = typer.Typer()

_Several = list[str] | None
_INTO_A_FILE: Final = "a workbook goes into a file: add -o records.xlsx"


@commands.command()
def records(
    kind: Annotated[
        str,
        typer.Argument(
            help="targets, milestones, partnerships, participations, funding, observations, "
            "events, decisions; or: template"
        ),
    ],
    form_of: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="For template: the kind")
    ] = None,
    party: Annotated[_Several, typer.Option(help="A Party: name or ISO code; repeatable")] = None,
    organization: Annotated[_Several, typer.Option(help="An organization; repeatable")] = None,
    initiative: Annotated[
        _Several, typer.Option(help="An initiative, programme or fund; repeatable")
    ] = None,
    stage: Annotated[_Several, typer.Option(help="Stage of funding; repeatable")] = None,
    role: Annotated[_Several, typer.Option(help="Role of a partner or Party; repeatable")] = None,
    where: Annotated[
        _Several, typer.Option(help="COLUMN=VALUE; repeatable; year=2024 works everywhere")
    ] = None,
    document: Annotated[
        _Several, typer.Option(help="Only from this document or session; repeatable")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First date: 2024, 2024-06, 2024-06-14")] = None,
    until: Annotated[str | None, typer.Option(help="Last date")] = None,
    minimum: Annotated[str | None, typer.Option(help="The least amount or value")] = None,
    maximum: Annotated[str | None, typer.Option(help="The largest amount or value")] = None,
    also_in: Annotated[
        _Several, typer.Option(help="Who also stands in this initiative; repeatable")
    ] = None,
    not_in: Annotated[
        _Several, typer.Option(help="Who does not stand in this initiative; repeatable")
    ] = None,
    in_role: Annotated[
        _Several, typer.Option(help="Roles that count for --also-in and --not-in")
    ] = None,
    candidates: Annotated[bool, typer.Option(help="Those that wait for review instead")] = False,
    order: Annotated[str, typer.Option(help="A column; -amount for the largest first")] = "id",
    count: Annotated[bool, typer.Option("--count", help="How many there are")] = False,
    total: Annotated[bool, typer.Option("--sum", help="Sum what may be summed")] = False,
    group_by: Annotated[
        _Several, typer.Option(help="A column, for --count and --sum; twice for two")
    ] = None,
    compare: Annotated[
        tuple[str, str] | None, typer.Option(help="Two sessions or documents: what has changed")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most records of a table")] = 50,
    language: Annotated[
        Language, typer.Option("--language", "-l", help="ar, zh, en, fr, ru or es")
    ] = "en",
    form: Annotated[
        Literal["table", "csv", "json", "xlsx"] | None, typer.Option("--format", help="How")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file")] = None,
) -> None:
    """Ask the records: targets, partnerships, funding.

    Exported cells never begin as a formula does: an apostrophe stands before such text.
    """
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output
    from api.cli.record_tables import (
        print_changes,
        print_count,
        print_records,
        print_totals,
    )
    from api.record_requests import known_kind, request_of
    from kb.errors import LandBriefError

    chosen = form or _form_of(output)
    if kind == "template":
        _write_template(form_of, chosen, output)
        return
    if form_of is not None:
        raise typer.BadParameter(f'"{form_of}" is one word too many', param_hint="KIND")
    if chosen == "xlsx" and output is None:
        raise LandBriefError(_INTO_A_FILE)
    known = known_kind(kind)
    given = [
        *(("party", one) for one in party or ()),
        *(("organization", one) for one in organization or ()),
        *(("initiative", one) for one in initiative or ()),
        *(("stage", one) for one in stage or ()),
        *(("role", one) for one in role or ()),
        *(_pair(one) for one in where or ()),
        *(("document", one) for one in document or ()),
        *(("also_in", one) for one in also_in or ()),
        *(("not_in", one) for one in not_in or ()),
        *(("in_role", one) for one in in_role or ()),
        *((name, one) for name, one in (("since", since), ("until", until)) if one),
        *((name, one) for name, one in (("minimum", minimum), ("maximum", maximum)) if one),
        *([("status", "candidate")] if candidates else ()),
        ("order", order),
        ("language", language),
        ("limit", str(min(limit, 1_000))),
    ]
    request = request_of(known, given)
    paper = standard_output()
    by = group_by or []
    with open_desk(shipped=True) as desk:
        if compare is not None:
            changes = desk.record_changes(request, *compare)
            paper.body(changes) if chosen == "json" else print_changes(paper, changes)
        elif total:
            totals = desk.record_totals(request, by)
            paper.body(totals) if chosen == "json" else print_totals(paper, totals)
        elif count or by:
            counted = desk.record_count(request, by)
            paper.body(counted) if chosen == "json" else print_count(paper, counted)
        elif chosen == "table":
            print_records(paper, desk.records(request))
        else:
            _export(_all(desk, request), request, chosen, output)


def _form_of(output: Path | None) -> str:
    if output is None:
        return "table"
    suffix = output.suffix.lower().removeprefix(".")
    return suffix if suffix in ("csv", "json", "xlsx") else "csv"


def _pair(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f'"{text}" is not COLUMN=VALUE', param_hint="--where")
    return f"where.{column.strip()}", value.strip()


def _write_template(kind: str | None, form: str, output: Path | None) -> None:
    from api.record_requests import known_kind
    from api.record_sheets import template

    if kind is None:
        raise typer.BadParameter("say of which kind: template funding", param_hint="KIND")
    content = template(known_kind(kind), "xlsx" if form == "xlsx" else "csv")
    _write(content, form, output)


def _all(desk: "Desk", request: "RecordRequest") -> "Iterator[RecordBody]":
    """Every record asked for, a page at a time."""
    cursor: str | None = None
    while True:
        page = desk.records(request.model_copy(update={"limit": 1_000, "cursor": cursor}))
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _export(
    found: "Iterator[RecordBody]", request: "RecordRequest", form: str, output: Path | None
) -> None:
    from api.record_sheets import csv_lines, xlsx
    from api.schemas import RecordList

    match form:
        case "json":
            body = RecordList(items=list(found), next_cursor=None)
            content = (body.model_dump_json() + "\n").encode()
        case "xlsx":
            content = xlsx(request.kind, found)
        case _:
            content = "".join(csv_lines(request.kind, found)).encode()
    _write(content, form, output)


def _write(content: bytes, form: str, output: Path | None) -> None:
    import sys

    from kb.errors import LandBriefError

    if output is not None:
        try:
            output.write_bytes(content)
        except OSError as error:
            raise LandBriefError(f"{output} cannot be written: {error.strerror}") from error
        return
    if form == "xlsx":
        raise LandBriefError(_INTO_A_FILE)
    sys.stdout.write(content.decode().replace("\r\n", "\n").removeprefix("\ufeff"))
