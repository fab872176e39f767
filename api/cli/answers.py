"""How an answer and a list of hits look."""

from typing import Final

from api.cli.paper import Paper, shortened
from api.schemas import AnswerBody, CitationBody, HitBody, SearchBody, StatementBody
from kb.documents import EditionKind

EDITION_MARKS: Final[dict[EditionKind, str]] = {
    "original": "original",
    "digest": "summary by LandBrief",
}
_HIT_WIDTH: Final = 400  # columns of a hit that are shown


def print_answer(paper: Paper, answer: AnswerBody) -> None:
    """The statements, each with its kind, then what they cite."""
    for statement in answer.statements:
        _print_statement(paper, statement, answer)
    if answer.citations:
        paper.line()
    said = [statement.text for statement in answer.statements]
    for citation in answer.citations:
        _print_citation(paper, citation, quoted=any(citation.quote in text for text in said))
    if answer.follow_ups:
        paper.line()
        paper.line("You could ask next:", "dim")
        for question in answer.follow_ups:
            paper.line(question, "dim", indent=2)


def _print_statement(paper: Paper, statement: StatementBody, answer: AnswerBody) -> None:
    marks = "".join(f" [{n}]" for n in statement.citations)
    text = statement.text + paper.beside(marks, answer.language)
    match statement.kind:
        case "quote":
            paper.line(text, "italic", indent=2)
        case "computed":
            paper.line(f"Σ {text}")
        case "note":
            paper.line(text, "dim")
        case "record" | "digest":  # a digest says so in its own words
            paper.line(text)


def _print_citation(paper: Paper, citation: CitationBody, *, quoted: bool) -> None:
    mark = EDITION_MARKS[citation.edition]
    version = f", version {citation.version}" if citation.version > 1 else ""
    paper.line(f"[{citation.n}] {citation.label} · {citation.language}, {mark}{version}", "bold")
    if not quoted:
        paper.line(citation.quote, indent=4)


def print_hits(paper: Paper, found: SearchBody) -> None:
    """One block a hit."""
    if not found.hits:
        paper.line("Nothing found.")
    for hit in found.hits:
        _print_hit(paper, hit)


def _print_hit(paper: Paper, hit: HitBody) -> None:
    where = f"{hit.document_id}, {hit.paragraph} · {hit.language}, {EDITION_MARKS[hit.edition]}"
    paper.line(f"{hit.rank}. {where} · {hit.score:.3f} ({', '.join(hit.via)})", "bold")
    if hit.heading_path:
        paper.line(" › ".join(hit.heading_path), "dim", indent=3)
    paper.line(shortened(hit.text, _HIT_WIDTH), indent=3)
    paper.line()
