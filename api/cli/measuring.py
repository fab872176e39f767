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
    without_originals: Annotated[
        bool, typer.Option("--without-originals", help="On the shipped digests alone")
    ] = False,
    bars: Annotated[
        Path | None, typer.Option(help="Your own bars (TOML) instead of those that ship")
    ] = None,
    raise_floors: Annotated[
        bool, typer.Option("--raise-floors", help="Make what is measured the floors of the bars")
    ] = False,
    judge: Annotated[
        str | None,
        typer.Option(
            help="A chat model (openai:…, ollama:…) that marks answers; counts for no bar"
        ),
    ] = None,
) -> None:
    """Measure answers and search on question sets, or on your own questions and documents.

    The embedder and everything else are as the settings say. Exit code 1 below a set's bars.
    """
    from evals.command import run_from_command_line
    from kb.settings import load_settings

    code = run_from_command_line(
        load_settings(),
        tuple(sets or ()),
        questions,
        as_json,
        report,
        compare,
        save=save,
        without_originals=without_originals,
        raise_floors=raise_floors,
        bars=bars,
        judge=judge,
    )
    raise typer.Exit(code)
