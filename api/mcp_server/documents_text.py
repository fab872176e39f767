"""A document as plain text that a model reads: every paragraph under its official label."""

from collections.abc import Iterator

from api.schemas import DocumentBody, ParagraphBody


def document_text(document: DocumentBody) -> str:
    """The whole edition: what it is, then headings, paragraphs, tables and footnotes."""
    lines = [document.title or document.document_id, *_identity(document), ""]
    headings = list(document.headings)
    for index, paragraph in enumerate(document.paragraphs):
        while headings and headings[0].before <= index:
            heading = headings.pop(0)
            lines += ["", f"{heading.number} {heading.text}" if heading.number else heading.text]
        lines += ["", f"[{paragraph.paragraph}] {paragraph.text}"]
        lines += [f"  (see {label})" for label in paragraph.footnotes]
    for table in document.tables:
        lines += ["", f"[{table.label}] {table.caption}", " | ".join(table.columns)]
        lines += [" | ".join(row) for row in table.rows]
    if document.footnotes:
        lines += ["", *(f"[{note.label}] {note.text}" for note in document.footnotes)]
    return "\n".join(lines) + "\n"


def paragraph_text(paragraph: ParagraphBody) -> str:
    """One paragraph with its citation and footnotes."""
    lines = [paragraph.label, *_identity(paragraph), "", paragraph.text]
    if paragraph.footnote_texts:
        lines += ["", *(f"[{note.label}] {note.text}" for note in paragraph.footnote_texts)]
    return "\n".join(lines) + "\n"


def _identity(shown: DocumentBody | ParagraphBody) -> Iterator[str]:
    names = (shown.document_id, shown.symbol or "no symbol known", shown.session)
    yield " · ".join(dict.fromkeys(name for name in names if name))
    yield f"{shown.language}, {shown.edition}, version {shown.version}"
    if shown.edition == "digest":
        yield "A summary by LandBrief, not the document's own words."
    if shown.status != "current":
        yield f"This version is {shown.status}."
    if shown.superseded_by:
        yield f"Superseded by {shown.superseded_by}."
    if shown.corrected_by:
        yield f"Corrected by {'; '.join(shown.corrected_by)}."
