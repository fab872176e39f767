"""`feedback list`, `feedback export`."""

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer(
    help="What readers think of answers, as candidates for an evaluation set.",
    no_args_is_help=True,
)


@commands.command("list")
def listed(
    verdict: Annotated[str | None, typer.Option(help="Only these: up or down")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Show what readers said, the oldest first."""
    import json
    import sys
    from dataclasses import asdict

    from api.cli.paper import standard_output
    from api.operations.feedback import FeedbackFile
    from kb.settings import load_settings

    settings = load_settings()
    kept = FeedbackFile(settings.home.expanduser(), settings.feedback_most)
    wanted = [one for one in kept.all() if verdict in (None, one.verdict)]
    if as_json:
        items = [asdict(one) | {"on": one.on.isoformat()} for one in wanted]
        sys.stdout.write(json.dumps({"items": items}, ensure_ascii=False) + "\n")
        return
    paper = standard_output()
    for one in wanted:
        cited = ", ".join(f"{place.document_id} {place.paragraph}" for place in one.cited)
        paper.line(f"{one.id}  {one.verdict}  {one.on.isoformat()}  {one.question}")
        for said in (one.answer, one.comment, cited and f"cited: {cited}"):
            if said:
                paper.line(" ".join(said.split()), "dim", indent=4)


@commands.command()
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write (.jsonl)")],
) -> None:
    """Write a question set of what says which answer is right, for `landbrief eval --questions`.

    Read it before you use it: shorten what must be said, and leave out what is not yours to share.
    """
    import json

    from api.cli.paper import standard_output
    from api.operations.feedback import FeedbackFile, as_question
    from kb.errors import SettingsError
    from kb.settings import load_settings

    settings = load_settings()
    kept = list(FeedbackFile(settings.home.expanduser(), settings.feedback_most).all())
    lines = [line for one in kept if (line := as_question(one)) is not None]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{output} cannot be written: {error.strerror}") from error
    standard_output().line(f"{len(lines)} of {len(kept)} verdicts written to {output}")
