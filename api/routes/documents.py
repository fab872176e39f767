"""`/v1/documents…`: what is held, and uploads."""

import pathlib
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, Query, UploadFile
from fastapi.responses import Response

from api import problems
from api.desk import Desk, EditionChoice
from api.readers import Readers
from api.responses import problem_response
from api.schemas import (
    MAX_ITEMS,
    DocumentBody,
    DocumentList,
    FileReportBody,
    IngestBody,
    IngestChoices,
    InvalidPart,
    ParagraphBody,
    Problem,
    RemovedBody,
    Text,
)
from api.uploads import under_its_own_name
from kb.documents import EditionKind, Visibility
from kb.errors import UnreadableFile
from kb.languages import Language

_Edition = Annotated[EditionKind | None, Query(description="Kind of text wanted")]
_Language = Annotated[
    Language | None, Query(description="Language wished for; another is given if it is not held")
]
_Id = Annotated[str, Path(description="Id or symbol, slashes and all", examples=["ICCD/COP(16)/4"])]
_Label = Annotated[str, Path(description="Label of the paragraph", examples=["8(b)(iii)"])]
_Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="An earlier version")]


def routes(readers: Readers, uploads: pathlib.Path | None = None) -> APIRouter:
    """The router; uploads lie in the folder `uploads` until they are read."""
    router = APIRouter(tags=["documents"])

    @router.get("/v1/documents")
    def documents(
        desk: Annotated[Desk, Depends(readers.any)],
        limit: Annotated[
            int, Query(ge=1, le=MAX_ITEMS, description="The most items of one page")
        ] = 50,
        cursor: Annotated[
            Text | None, Query(max_length=1_000, description="`next_cursor` of the page before")
        ] = None,
        language: _Language = None,
    ) -> DocumentList:
        """List the documents held."""
        return desk.documents(language=language, limit=limit, cursor=cursor)

    # Ids hold slashes. The first `path` is greedy: the last "/paragraphs/" splits id from label.
    @router.get("/v1/documents/{document_id:path}/paragraphs/{label:path}")
    def paragraph(
        desk: Annotated[Desk, Depends(readers.any)],
        document_id: _Id,
        label: _Label,
        language: _Language = None,
        edition: _Edition = None,
        version: _Version = None,
    ) -> ParagraphBody:
        """One paragraph by its label, `8(b)(iii)`; also `table 1, row 3`, `fn 16`."""
        return desk.paragraph(document_id, label, EditionChoice(language, edition, version))

    @router.get("/v1/documents/{document_id:path}")
    def document(
        desk: Annotated[Desk, Depends(readers.any)],
        document_id: _Id,
        language: _Language = None,
        edition: _Edition = None,
        version: _Version = None,
    ) -> DocumentBody:
        """One edition of a document: outline, paragraphs, footnotes, tables, figures."""
        return desk.document(document_id, EditionChoice(language, edition, version))

    @router.post(
        "/v1/documents",
        status_code=201,
        response_model=IngestBody,
        responses={200: {"model": IngestBody}},
    )
    def upload(
        desk: Annotated[Desk, Depends(readers.editor)],
        response: Response,
        file: Annotated[UploadFile, File(description="A document, passages or records")],
        document_id: Annotated[
            Text | None, Form(max_length=300, description="Identity to give to the document")
        ] = None,
        symbol: Annotated[
            Text | None, Form(max_length=300, description="UN document symbol")
        ] = None,
        language: Annotated[Language | None, Form(description="Language of the text")] = None,
        title: Annotated[
            Text | None, Form(max_length=2_000, description="Title of the document")
        ] = None,
        visibility: Annotated[
            Visibility | None, Form(description="Who may see it; public at first")
        ] = None,
    ) -> IngestBody | Response:
        """Ingest one file: 201 when it added or updated a document, 200 when nothing changed."""
        choices = IngestChoices(
            document_id=document_id,
            symbol=symbol,
            language=language,
            title=title,
            visibility=visibility,
        )
        with under_its_own_name(file.file, file.filename, uploads) as path:
            reports = [
                report.model_copy(update={"path": path.name})
                for report in desk.ingest([path], choices)
            ]
        for report in reports:
            if report.status == "rejected" and report.row_errors:
                return problem_response(_refused(report))
            if report.status == "rejected":
                raise UnreadableFile(f"{report.path}: {report.reason}")
        if all(report.status == "unchanged" for report in reports):
            response.status_code = 200
        return IngestBody(files=reports)

    @router.delete("/v1/documents/{document_id:path}")
    def remove(
        desk: Annotated[Desk, Depends(readers.admin)], document_id: _Id, version: _Version = None
    ) -> RemovedBody:
        """Withdraw a document or a version: it is cited no more, and old citations say so."""
        return desk.remove(document_id, version)

    return router


def _refused(report: FileReportBody) -> Problem:
    """A file of records without one good row: every row is named."""
    parts = [
        InvalidPart(where=f"row {one.row}, {one.column or 'all'}", message=one.cause)
        for one in report.row_errors
    ]
    kind = problems.ERRORS[UnreadableFile]
    return problems.problem(kind, f"{report.path}: {report.reason}", parts)
