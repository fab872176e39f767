"""`brief`."""

from pathlib import Path
from typing import Annotated

import typer

from kb.languages import Language

commands = typer.Typer()


@commands.command()
def brief(
    topic: Annotated[
        str, typer.Argument(help="An initiative, a Party, an agenda item, or free words")
    ],
    language: Annotated[
        Language | None, typer.Option("--language", "-l", help="ar, zh, en, fr, ru or es")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file: .docx, .md, .html or .json"),
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option("--section", "-s", help="Only this section; may be given several times"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the body that HTTP gives")] = False,
) -> None:
    """Write a briefing note.

    Every statement names the paragraph that it rests on; without a file it is printed as Markdown.
    """
    from api.brief_files import brief_file, format_of, markdown, write_file
    from api.cli.errors import checked
    from api.cli.opening import open_desk
    from api.cli.paper import plain, standard_output
    from api.schemas import BriefRequest

    request = checked(BriefRequest, topic=topic, language=language, sections=section or None)
    form = format_of(output) if output is not None else None
    with open_desk(shipped=True) as desk:
        note = desk.brief(request)
    if output is not None and form is not None:
        content = brief_file(note, form)
        write_file(output, content)
        typer.echo(f"{output}: {len(note.sources)} sources")
    elif as_json:
        standard_output().body(note)
    else:
        typer.echo(plain(markdown(note)), nl=False)
