"""How a document, a paragraph and the report on a file look."""

from collections.abc import Iterator
from typing import Final

from api.cli.answers import EDITION_MARKS
from api.cli.paper import Paper, counted, shortened
from api.schemas import DocumentBody, EditionBody, FileReportBody, HeadingBody, ParagraphBody

_STYLES: Final = {"added": "green", "updated": "green", "unchanged": "dim", "rejected": "red"}
_FIRST_WORDS: Final = 72  # columns of a paragraph that an outline shows


def print_document(paper: Paper, document: DocumentBody) -> None:
    """Names, editions and the outline."""
    paper.line(document.title or document.document_id, "bold")
    names = [document.document_id, document.symbol or "no symbol known", document.session]
    paper.line(" · ".join(dict.fromkeys(name for name in names if name)))
    for warning in _warnings(document):
        paper.line(warning, "yellow")
    paper.line(f"Shown: {_edition_mark(document)}")
    for edition in document.editions:
        paper.line(_held(edition), "dim", indent=2)
    paper.line()
    _print_outline(paper, document)
    for title, lines in _appendices(document):
        paper.line()
        paper.line(title, "bold")
        for line in lines:
            paper.line(line, indent=2)


def _print_outline(paper: Paper, document: DocumentBody) -> None:
    headings = list(document.headings)
    depth = 0
    for index, paragraph in enumerate(document.paragraphs):
        while headings and headings[0].before <= index:
            depth = _print_heading(paper, headings.pop(0))
        first_words = shortened(paragraph.text, _FIRST_WORDS)
        paper.line(f"{paragraph.paragraph}  {first_words}", indent=depth)
    for heading in headings:
        _print_heading(paper, heading)


def _print_heading(paper: Paper, heading: HeadingBody) -> int:
    """Print `heading` and return the depth of what stands under it."""
    title = f"{heading.number} {heading.text}" if heading.number else heading.text
    depth = 2 * heading.level
    paper.line(title, "bold", indent=depth - 2)
    return depth


def _appendices(document: DocumentBody) -> Iterator[tuple[str, list[str]]]:
    if document.tables:
        yield "Tables", [f"{table.label}  {table.caption}" for table in document.tables]
    if document.figures:
        yield "Figures", [f"{figure.label}  {figure.caption}" for figure in document.figures]
    if document.footnotes:
        notes = (
            f"{note.label} (at {note.anchor or 'no mark'})  {shortened(note.text, _FIRST_WORDS)}"
            for note in document.footnotes
        )
        yield "Footnotes", list(notes)
    if document.amendments:
        changes = (
            f"{a.paragraph}  {a.kind.replace('_', ' ')}: {shortened(a.printed, 40)}"
            + (f" → {shortened(a.amended, 40)}" if a.amended and a.amended != a.printed else "")
            for a in document.amendments
        )
        yield "Read otherwise than printed, or odd in print", list(changes)


def print_paragraph(paper: Paper, paragraph: ParagraphBody) -> None:
    """The citation, the headings above, the text, its footnotes."""
    paper.line(paragraph.label, "bold")
    if paragraph.heading_path:
        paper.line(" › ".join(paragraph.heading_path), "dim")
    paper.line(_edition_mark(paragraph), "dim")
    for warning in _warnings(paragraph):
        paper.line(warning, "yellow")
    paper.line()
    paper.line(paragraph.text)
    if paragraph.footnote_texts:
        paper.line()
        for note in paragraph.footnote_texts:
            paper.line(f"{note.label}  {note.text}", "dim")


def _edition_mark(shown: DocumentBody | ParagraphBody) -> str:
    whose = ", not the document's own words" if shown.edition == "digest" else ""
    return f"{shown.language}, {EDITION_MARKS[shown.edition]}{whose}, version {shown.version}"


def _warnings(shown: DocumentBody | ParagraphBody) -> Iterator[str]:
    if shown.status != "current":
        yield f"This version is {shown.status}."
    if shown.superseded_by:
        yield f"Superseded by {shown.superseded_by}."
    if shown.corrected_by:
        yield f"Corrected by {'; '.join(shown.corrected_by)}."


def _held(edition: EditionBody) -> str:
    kind = "digest" if edition.edition == "digest" else "original"
    return (
        f"{edition.language} {kind} version {edition.version}: {edition.status}, "
        f"{counted(edition.paragraphs, 'paragraph')}, from {edition.source}"
    )


def print_report(paper: Paper, report: FileReportBody) -> None:
    """One line for one file."""
    line = f"{report.status:<9}  {report.path}  {_outcome(report)}"
    paper.line(line.replace("\n", " "), _STYLES[report.status], wrap=False)
    for error in report.row_errors:
        sheet = f"{error.sheet}, " if error.sheet else ""
        column = f", {error.column}" if error.column else ""
        paper.line(f"{sheet}row {error.row}{column}: {error.cause}", "red", 11, wrap=False)


def _outcome(report: FileReportBody) -> str:
    if report.status == "rejected":
        return report.reason or "no reason given"
    counts = [
        counted(number, noun)
        for number, noun in (
            (report.paragraphs, "paragraph"),
            (report.footnotes, "footnote"),
            (report.tables, "table"),
            (report.records, "record"),
        )
        if number
    ]
    parts = [report.document_id, report.language, ", ".join(counts) or "no numbered paragraphs"]
    if report.row_errors:
        parts.append(report.reason)
    return " · ".join(part for part in parts if part)
