"""`init`, `ingest`, `remove`, `verify`, `reindex`."""

from pathlib import Path
from typing import Annotated

import typer

from kb.documents import Visibility
from kb.languages import Language

commands = typer.Typer()

_Json = Annotated[bool, typer.Option("--json", help="Print JSON")]


@commands.command()
def init() -> None:
    """Make the stores, load what ships.

    Harmless to repeat.
    """
    from api.cli.opening import open_desk
    from api.cli.paper import counted, standard_output

    with open_desk() as desk:
        held = desk.init()
    standard_output().line(f"{held.home} holds {counted(held.documents, 'document')}.")


@commands.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="PDF, DOCX, HTML, TXT, MD, JSONL; CSV, XLSX, JSON; folders")
    ],
    document: Annotated[str | None, typer.Option(help="Id to give to the document")] = None,
    symbol: Annotated[str | None, typer.Option(help="Its UN document symbol")] = None,
    language: Annotated[
        Language | None, typer.Option("--language", "-l", help="ar, zh, en, fr, ru or es")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its title")] = None,
    visibility: Annotated[
        Visibility | None, typer.Option(help="public (at first) or internal")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Take in files and folders.

    Each file ends added, updated, unchanged or rejected; with one rejected, or a row of a file of
    records not stored, the exit code is 1.
    """
    from api.cli.errors import checked
    from api.cli.ingestion import print_as_done
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output
    from api.schemas import IngestBody, IngestChoices

    choices = checked(
        IngestChoices,
        document_id=document,
        symbol=symbol,
        language=language,
        title=title,
        visibility=visibility,
    )
    paper = standard_output()
    with open_desk(shipped=True) as desk:
        reports = print_as_done(None if as_json else paper, desk, paths, choices)
    if as_json:
        paper.body(IngestBody(files=reports))
    if any(report.status == "rejected" or report.row_errors for report in reports):
        raise typer.Exit(1)


@commands.command()
def remove(
    document: Annotated[str, typer.Argument(help="Id or symbol")],
    version: Annotated[int | None, typer.Option(min=1, help="Only this version")] = None,
) -> None:
    """Withdraw a document or a version.

    It is found and cited no more; its old citations say that it was withdrawn.
    """
    from api.cli.errors import checked_text
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output

    with open_desk() as desk:
        removed = desk.remove(checked_text(document), version)
    what = f"version {removed.version} of " if removed.version is not None else ""
    standard_output().line(f"Withdrawn: {what}{removed.document_id}")


@commands.command()
def verify(as_json: _Json = False) -> None:
    """Check that the stores agree.

    If not, say where and exit with code 1.
    """
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output

    with open_desk() as desk:
        found = desk.verify()
    paper = standard_output()
    if as_json:
        paper.body(found)
    else:
        for line in found.problems or ["The stores agree."]:
            paper.line(line, wrap=False)
    if found.problems:
        raise typer.Exit(1)


@commands.command()
def reindex() -> None:
    """Rebuild the search indexes."""
    from api.cli.opening import open_desk
    from api.cli.paper import counted, standard_output

    with open_desk() as desk:
        rebuilt = desk.reindex()
    standard_output().line(f"Rebuilt the indexes of {counted(rebuilt.documents, 'document')}.")
