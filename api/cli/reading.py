"""`ask`, `search`, `show`."""

from typing import Annotated

import typer

from kb.documents import EditionKind
from kb.languages import Language

commands = typer.Typer()

_Language = Annotated[
    Language | None, typer.Option("--language", "-l", help="ar, zh, en, fr, ru or es")
]
_Json = Annotated[bool, typer.Option("--json", help="Print the body that HTTP gives")]


@commands.command()
def ask(
    question: Annotated[str, typer.Argument(help="In any of the six languages")],
    language: _Language = None,
    document: Annotated[
        list[str] | None, typer.Option(help="Answer from this document only; may be repeated")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Answer a question from the documents.

    Every statement names the paragraph that it rests on.
    """
    from api.cli.answers import print_answer
    from api.cli.errors import checked
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output
    from api.schemas import AskRequest

    request = checked(
        AskRequest, question=question, language=language, documents=document or None, keep=False
    )
    with open_desk(shipped=True) as desk:
        answer = desk.ask(request)
    paper = standard_output()
    if as_json:
        paper.body(answer)
    else:
        print_answer(paper, answer)


@commands.command()
def search(
    query: Annotated[str, typer.Argument(help="Words or a question")],
    k: Annotated[int, typer.Option("-k", help="The most hits to give")] = 10,
    language: _Language = None,
    document: Annotated[str | None, typer.Option(help="Search this document only")] = None,
    edition: Annotated[EditionKind | None, typer.Option(help="original leaves digests out")] = None,
    as_json: _Json = False,
) -> None:
    """Find paragraphs."""
    from api.cli.answers import print_hits
    from api.cli.errors import checked
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output
    from api.schemas import SearchRequest

    request = checked(
        SearchRequest, q=query, k=k, language=language, document=document, edition=edition
    )
    with open_desk(shipped=True) as desk:
        found = desk.search(request)
    paper = standard_output()
    if as_json:
        paper.body(found)
    else:
        print_hits(paper, found)


@commands.command()
def show(
    document: Annotated[str, typer.Argument(help="Id or symbol, ICCD/COP(16)/4")],
    paragraph: Annotated[
        str | None, typer.Option("--paragraph", "-p", help="A label, 8(b)(iii) or table 1")
    ] = None,
    language: _Language = None,
    edition: Annotated[EditionKind | None, typer.Option(help="original or digest")] = None,
    version: Annotated[int | None, typer.Option(min=1, help="An earlier version")] = None,
    as_json: _Json = False,
) -> None:
    """Print an outline or a paragraph."""
    from api.cli.documents import print_document, print_paragraph
    from api.cli.errors import checked_text
    from api.cli.opening import open_desk
    from api.cli.paper import standard_output
    from api.desk import EditionChoice

    choice = EditionChoice(language, edition, version)
    document, paragraph = checked_text(document), paragraph and checked_text(paragraph)
    paper = standard_output()
    with open_desk(shipped=True) as desk:
        if paragraph is None:
            outline = desk.document(document, choice)
            paper.body(outline) if as_json else print_document(paper, outline)
        else:
            passage = desk.paragraph(document, paragraph, choice)
            paper.body(passage) if as_json else print_paragraph(paper, passage)
