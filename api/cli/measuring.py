"""`eval`."""

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer()


@commands.command("eval")
def evaluate(
    sets: Annotated[
        list[str] | None, typer.Argument(help="Names or splits of sets; all if none is named")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(help="Your own question file, asked of your own documents")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
    report: Annotated[Path | None, typer.Option(help="Write a page (HTML) with plots")] = None,
    compare: Annotated[
        Path | None, typer.Option(help="An earlier result, to see which is better")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Write the result, to compare with")] = None,
) -> None:
    """Measure answers and search on question sets.

    Exit code 1 below a set's bars.
    """
    from evals.command import run_from_command_line
    from kb.settings import load_settings

    code = run_from_command_line(
        load_settings(), tuple(sets or ()), questions, as_json, report, compare, save=save
    )
    raise typer.Exit(code)
