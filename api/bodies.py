"""From the values of the house to the bodies that the doors give."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from api.paths import shown
from api.schemas import (
    AmendmentBody,
    AnswerBody,
    CitationBody,
    DocumentBody,
    DocumentItem,
    EditionBody,
    FigureBody,
    FileReportBody,
    FootnoteBody,
    HeadingBody,
    HitBody,
    OutlineParagraph,
    ParagraphBody,
    RowErrorBody,
    StatementBody,
    SubparagraphBody,
    TableBody,
)
from api.schemas.records import RecordBody
from assistant.answer import Answer, Citation, Statement
from kb.documents import Footnote
from kb.languages import Language
from kb.passages import EditionInfo, Hit, Passage
from kb.reading import title_in
from kb.references import cite
from kb.views import DocumentSummary, DocumentView

if TYPE_CHECKING:
    from ingestion.pipeline import FileReport


def document_url(document_id: str) -> str:
    """Path of a document in the HTTP interface; its slashes stay readable."""
    return f"/v1/documents/{quote(document_id)}"


def answer_body(
    answer: Answer, conversation_id: str, records: Sequence[RecordBody] = ()
) -> AnswerBody:
    """`answer` as it is served, with the bodies of its records."""
    return AnswerBody(
        answer=answer.text,
        language=answer.language,
        abstained=answer.abstained,
        reason=answer.reason,
        statements=[statement_body(statement) for statement in answer.statements],
        citations=[citation_body(citation) for citation in answer.citations],
        records=[record.model_dump(mode="json") for record in records],
        conversation_id=conversation_id,
        asked_as=answer.asked_as,
        follow_ups=list(answer.follow_ups),
        timings_ms=dict(answer.timings_ms),
    )


def statement_body(statement: Statement) -> StatementBody:
    """`statement` as it is served."""
    return StatementBody(
        text=statement.text, kind=statement.kind, citations=list(statement.citations)
    )


def citation_body(citation: Citation) -> CitationBody:
    """`citation` as it is served."""
    return CitationBody(
        n=citation.n,
        document_id=citation.document_id,
        symbol=citation.symbol,
        session=citation.session,
        paragraph=citation.paragraph,
        language=citation.language,
        edition=citation.edition,
        version=citation.version,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        label=citation.label,
        url=citation.url,
    )


def hit_body(hit: Hit) -> HitBody:
    """`hit` as it is served."""
    passage = hit.passage
    return HitBody(
        rank=hit.rank,
        score=hit.score,
        document_id=passage.document_id,
        symbol=passage.symbol,
        session=passage.session,
        paragraph=passage.label,
        language=passage.language,
        edition=passage.edition,
        text=passage.text,
        heading_path=list(passage.heading_path),
        via=list(hit.via),
        candidate=hit.candidate,
    )


def edition_body(edition: EditionInfo) -> EditionBody:
    """`edition` as it is served."""
    return EditionBody(
        language=edition.language,
        edition=edition.kind,
        version=edition.version,
        status=edition.status,
        title=edition.title,
        source=edition.source,
        paragraphs=edition.paragraphs,
    )


def item_body(summary: DocumentSummary, language: Language | None) -> DocumentItem:
    """A document in a list, with its title in `language` where one is held."""
    return DocumentItem(
        document_id=summary.document_id,
        symbol=summary.symbol,
        session=summary.session,
        title=title_in(summary, language),
        agenda_item=summary.agenda_item,
        superseded_by=summary.superseded_by,
        corrects=summary.corrects,
        visibility=summary.visibility,
        editions=[edition_body(edition) for edition in summary.editions],
        url=document_url(summary.document_id),
    )


def document_body(view: DocumentView) -> DocumentBody:
    """`view`, whole, as it is served."""
    summary, edition = view.summary, view.edition
    return DocumentBody(
        document_id=summary.document_id,
        symbol=summary.symbol,
        session=summary.session,
        title=edition.title or summary.title,
        agenda_item=summary.agenda_item,
        visibility=summary.visibility,
        corrects=summary.corrects,
        language=edition.language,
        edition=edition.kind,
        version=edition.version,
        status=edition.status,
        superseded_by=summary.superseded_by,
        corrected_by=list(summary.corrected_by),
        editions=[edition_body(held) for held in summary.editions],
        headings=[
            HeadingBody(level=h.level, number=h.number, text=h.text, before=h.before)
            for h in view.headings
        ],
        paragraphs=[
            OutlineParagraph(
                paragraph=p.label,
                text=p.text,
                heading_path=list(p.heading_path),
                footnotes=list(view.footnotes_of(p.label)),
                subparagraphs=[sub.label for sub in p.subparagraphs],
                kind=p.kind,
                spans=[
                    SubparagraphBody(label=s.label, start=s.start, end=s.end, run_in=s.run_in)
                    for s in p.subparagraphs
                ],
            )
            for p in view.paragraphs
        ],
        footnotes=[footnote_body(note) for note in view.footnotes],
        tables=[
            TableBody(
                label=table.label,
                caption=table.caption,
                columns=list(table.columns),
                rows=[list(row) for row in table.rows],
                heading_path=list(table.heading_path),
                note=table.note,
            )
            for table in view.tables
        ],
        figures=[
            FigureBody(
                label=f.label, caption=f.caption, heading_path=list(f.heading_path), legend=f.legend
            )
            for f in view.figures
        ],
        amendments=[
            AmendmentBody(kind=a.kind, paragraph=a.label, printed=a.printed, amended=a.amended)
            for a in view.amendments
        ],
    )


def footnote_body(note: Footnote) -> FootnoteBody:
    """`note` as it is served."""
    return FootnoteBody(label=note.label, text=note.text, anchor=note.anchor, offset=note.offset)


def paragraph_body(passage: Passage, notes: list[FootnoteBody]) -> ParagraphBody:
    """`passage`, with the footnotes that it carries, as it is served."""
    document = passage.symbol or passage.document_id
    return ParagraphBody(
        document_id=passage.document_id,
        symbol=passage.symbol,
        session=passage.session,
        paragraph=passage.label,
        language=passage.language,
        edition=passage.edition,
        version=passage.version,
        status=passage.status,
        text=passage.text,
        start=passage.start,
        heading_path=list(passage.heading_path),
        footnotes=list(passage.footnotes),
        footnote_texts=notes,
        subparagraphs=list(passage.subparagraphs),
        superseded_by=passage.superseded_by,
        corrected_by=list(passage.corrected_by),
        label=cite(document, passage.label, passage.language, section=passage.kind == "section"),
        url=f"{document_url(passage.document_id)}/paragraphs/{quote(passage.label)}",
    )


def report_body(report: "FileReport") -> FileReportBody:
    """`report` as it is served."""
    return FileReportBody(
        path=shown(report.path),
        status=report.status,
        reason=report.reason,
        document_id=report.document_id,
        symbol=report.symbol,
        session=report.session,
        language=report.language,
        edition=report.edition,
        paragraphs=report.paragraphs,
        footnotes=report.footnotes,
        tables=report.tables,
        records=report.records,
        row_errors=[
            RowErrorBody(row=e.row, column=e.column, cause=e.cause, sheet=e.sheet)
            for e in report.row_errors
        ],
    )
