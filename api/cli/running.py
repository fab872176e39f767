"""`serve` and `settings`."""

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer()


@commands.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to bind")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to bind; 0 takes a free one")
    ] = None,
    ingest: Annotated[
        list[str] | None,
        typer.Option(help="File or folder to ingest first, if it is there; may be repeated"),
    ] = None,
    api_workers: Annotated[
        int | None,
        typer.Option(min=0, max=64, help="Processes beside this one that answer and search"),
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Serve other machines without asking for a key")
    ] = False,
) -> None:
    """Serve the page and HTTP until stopped."""
    from api.cli.ingestion import print_as_done
    from api.cli.paper import standard_output
    from api.desk import Desk
    from api.operations.logs import log_as_set
    from api.schemas import IngestChoices
    from api.server import run
    from kb.settings import load_settings

    given = {"host": host, "port": port, "api_workers": api_workers}
    settings = load_settings().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    log_as_set(settings.log_format, settings.log_level)
    paper = standard_output()
    wanted = [Path(path) for path in ingest or [] if path]
    if settings.originals is not None:
        wanted.append(settings.originals)

    def prepare(desk: Desk) -> None:
        paths = [path for path in dict.fromkeys(wanted) if path.exists()]
        if paths:
            print_as_done(paper, desk, paths, IngestChoices())

    def ready(url: str) -> None:
        paper.line(f"LandBrief is ready at {url} (Ctrl-C stops it)")

    run(settings, prepare=prepare, ready=ready, insecure=insecure)


@commands.command()
def settings(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Print the settings and their sources.

    Secrets are hidden.
    """
    import json
    import sys

    from api.cli.paper import standard_output
    from api.cli.settings_list import listed
    from kb.settings import load_settings

    rows = listed(load_settings())
    if as_json:
        sys.stdout.write(json.dumps({"settings": rows}, ensure_ascii=False) + "\n")
        return
    paper = standard_output()
    for row in rows:
        value = "(not set)" if row["value"] is None else row["value"]
        paper.line(f"{row['name']} = {value}  ({row['source']})", wrap=False)
        paper.line(row["description"] or "", "dim", indent=4)
