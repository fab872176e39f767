"""`fetch`."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kb.documents import Visibility
from kb.languages import Language

if TYPE_CHECKING:
    from api.cli.paper import Paper
    from api.schemas import FileReportBody
    from ingestion.ods import DocumentSystem
    from kb.settings import Settings

commands = typer.Typer()


@commands.command()
def fetch(
    symbols: Annotated[list[str], typer.Argument(help="UN document symbols, ICCD/COP(16)/4")],
    language: Annotated[
        Language, typer.Option("--language", "-l", help="ar, zh, en, fr, ru or es")
    ] = "en",
    form: Annotated[
        Literal["pdf", "docx"], typer.Option("--format", help="File to ask for")
    ] = "pdf",
    visibility: Annotated[
        Visibility | None, typer.Option(help="public (at first) or internal")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Download documents by symbol, and take them in.

    From the UN's Official Document System, or what LANDBRIEF_ODS_URL names. Each ends added,
    updated, unchanged or rejected; with one rejected the exit code is 1.
    """
    from api.cli.paper import standard_output
    from api.schemas import IngestBody
    from kb.settings import load_settings

    paper = standard_output()
    system = _system(load_settings())
    reports = _fetched(None if as_json else paper, symbols, language, form, visibility, system)
    if as_json:
        paper.body(IngestBody(files=reports))
    if any(report.status == "rejected" for report in reports):
        raise typer.Exit(1)


def _system(settings: "Settings") -> "DocumentSystem":
    from ingestion.addresses import Border
    from ingestion.download import Bounds
    from ingestion.ods import DocumentSystem, checked_base
    from ingestion.readers.limits import ReadLimits

    url = checked_base(settings.ods_url)
    hosts = [host.strip() for host in settings.fetch_hosts.split(",") if host.strip()]
    limits = ReadLimits(
        max_file_mb=settings.max_file_mb,
        max_pages=settings.max_pages,
        max_unpacked_mb=settings.max_unpacked_mb,
    )
    return DocumentSystem(
        url,
        Border(url, hosts, private=settings.fetch_private_addresses),
        Bounds(limits.max_file_bytes, settings.fetch_seconds),
        limits,
    )


def _fetched(
    paper: "Paper | None",
    symbols: Sequence[str],
    language: Language,
    form: Literal["pdf", "docx"],
    visibility: Visibility | None,
    system: "DocumentSystem",
) -> "list[FileReportBody]":
    """Everything is downloaded before the stores are opened: the network can be slow, and whoever
    holds the stores keeps others waiting."""
    from api.cli.documents import print_report
    from api.cli.opening import open_desk
    from api.schemas import FileReportBody, IngestChoices
    from ingestion.ods import checked_symbol, fetched
    from kb.errors import DownloadFailed

    reports: list[FileReportBody] = []

    def report(one: FileReportBody) -> None:
        reports.append(one)
        if paper is not None:
            print_report(paper, one)

    with ExitStack() as downloads:
        arrived: list[tuple[str, Path]] = []
        for given in symbols:
            try:
                symbol = checked_symbol(given)
                path = downloads.enter_context(fetched(symbol, language, form, system))
            except DownloadFailed as error:
                report(_rejected(given, language, str(error)))
                continue
            arrived.append((symbol, path))
        if not arrived:
            return reports
        with open_desk(shipped=True) as desk:
            for symbol, path in arrived:
                choices = IngestChoices(symbol=symbol, language=language, visibility=visibility)
                for one in desk.ingest([path], choices):
                    report(one.model_copy(update={"path": symbol}))
    return reports


def _rejected(symbol: str, language: Language, reason: str) -> "FileReportBody":
    from api.schemas import FileReportBody

    return FileReportBody(
        path=symbol,
        status="rejected",
        reason=reason,
        document_id=None,
        symbol=None,
        session=None,
        language=language,
        edition=None,
        paragraphs=0,
        footnotes=0,
        tables=0,
        records=0,
    )
