"""An ingestion while it runs: a line a file, and a progress bar for who watches."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from api.cli.documents import print_report
from api.cli.paper import Paper
from api.desk import Desk, OnProgress
from api.schemas import FileReportBody, IngestChoices, Progress


def print_as_done(
    paper: Paper | None, desk: Desk, paths: Sequence[Path], choices: IngestChoices
) -> list[FileReportBody]:
    """Ingest `paths`, print each report on `paper` if there is one, and return them all."""
    done = []
    with _bar() as moved, closing(desk.ingest(paths, choices, moved)) as reports:
        for report in reports:
            done.append(report)
            if paper is not None:
                print_report(paper, report)
    if paper is not None and not done:
        paper.line("There is no file to take in.")
    return done


@contextmanager
def _bar() -> Iterator[OnProgress]:
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("ingesting"), BarColumn(), MofNCompleteColumn())
    # Lines printed meanwhile go above the bar, unless they go somewhere else altogether.
    aside = sys.stdout.isatty()
    with Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=aside) as bar:
        task = bar.add_task("ingesting", total=None)

        def moved(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total)

        yield moved
