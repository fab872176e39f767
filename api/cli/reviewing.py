"""`review list`, `review accept`, `review reject`."""

import getpass
from typing import Annotated, Final, Literal

import typer

from kb.languages import Language

commands = typer.Typer(
    help="Judge the records that were found in documents; until then they enter no sum.",
    no_args_is_help=True,
)

_Ids = Annotated[list[str] | None, typer.Argument(help="Ids of records or findings")]
_CLASSES: Final = {
    "contradiction": "Contradiction",
    "scope": "Different measures, no change",
    "change": "Change over time",
}
_By = Annotated[str | None, typer.Option("--by", help="Who judges; your login name if not given")]
_All = Annotated[str | None, typer.Option("--all-of", help="All that waits of this document")]


@commands.command("list")
def waiting(
    kind: Annotated[
        str | None,
        typer.Option(
            help="Only this kind: targets, milestones, partnerships, participations, funding, "
            "observations, events or decisions"
        ),
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option(help="Only from this document or session; repeatable")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="The most records of a kind")] = 50,
    language: Annotated[
        Language, typer.Option("--language", "-l", help="ar, zh, en, fr, ru or es")
    ] = "en",
    judged: Annotated[
        bool, typer.Option("--judged", help="What was judged instead, by whom and when")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Show what waits for review, each with the words that say it."""
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output
    from api.cli.record_tables import print_records
    from api.record_requests import checked_request, known_kind
    from api.schemas import RecordList
    from kb.records.kinds import RECORD_KINDS

    kinds = [known_kind(kind)] if kind else RECORD_KINDS
    items = []
    more = None
    with open_desk(shipped=True) as desk:
        for one in kinds:
            page = desk.records(
                checked_request(
                    kind=one,
                    status=["candidate", "reviewed", "rejected"] if judged else ["candidate"],
                    judged=judged,
                    document=document or [],
                    language=language,
                    limit=limit,
                )
            )
            items += page.items
            more = more or page.next_cursor
    paper = standard_output()
    found = RecordList(items=items, next_cursor=more)
    if as_json:
        paper.body(found)
    elif items:
        print_records(paper, found)
    else:
        paper.line("Nothing was judged." if judged else "Nothing waits for review.")


@commands.command()
def findings(
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were accepted or rejected")
    ] = False,
    language: Annotated[
        Language, typer.Option("--language", "-l", help="ar, zh, en, fr, ru or es")
    ] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Show figures that do not agree, or seem not to; accept or reject them by id."""
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output
    from api.schemas import FindingsRequest

    status = ["open", "accepted", "rejected"] if everything else ["open"]
    with open_desk(shipped=True) as desk:
        found = desk.findings(
            FindingsRequest.model_validate({"status": status, "language": language})
        )
    paper = standard_output()
    if as_json:
        paper.body(found)
        return
    for one in found.items:
        judged = "" if one.status == "open" else f", {one.status}"
        paper.line(f"{_CLASSES[one.kind]}{judged}: {one.detail}", "bold")
        paper.line(f"  {', '.join(source.label for source in one.sources)}")
        paper.line(f"  {one.id}: {' '.join(one.records)}", "dim")
    if not found.items:
        paper.line("All figures agree.")


@commands.command()
def accept(ids: _Ids = None, all_of: _All = None, by: _By = None) -> None:
    """Take records for true: they count from now on."""
    _judge("accept", ids, all_of, by)


@commands.command()
def reject(ids: _Ids = None, all_of: _All = None, by: _By = None) -> None:
    """Take records for wrong: they stay away, also when their document is ingested again."""
    _judge("reject", ids, all_of, by)


def _judge(
    verdict: Literal["accept", "reject"],
    ids: list[str] | None,
    all_of: str | None,
    by: str | None,
) -> None:
    from api.cli.errors import checked
    from api.cli.opening import open_desk
    from api.cli.paper import counted, standard_output
    from api.schemas import JudgeRequest

    if not ids and all_of is None:
        raise typer.BadParameter("give ids, or --all-of DOCUMENT", param_hint="IDS")
    request = checked(
        JudgeRequest, verdict=verdict, ids=ids or [], all_of=all_of, by=by or _login()
    )
    with open_desk() as desk:
        judged = desk.judge(request)
    done = "Accepted" if verdict == "accept" else "Rejected"
    standard_output().line(f"{done}: {counted(judged.changed, 'record')}.")


def _login() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in a container
        return None
