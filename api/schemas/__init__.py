"""What the doors take and give: one set of models for HTTP and for `--json`."""

from api.schemas.answers import AnswerBody, AskRequest, CitationBody, EvidenceBody, StatementBody
from api.schemas.base import MAX_HITS, MAX_ITEMS, MAX_QUESTION, Body, Text
from api.schemas.documents import (
    AmendmentBody,
    DocumentBody,
    DocumentItem,
    DocumentList,
    EditionBody,
    FigureBody,
    FootnoteBody,
    HeadingBody,
    OutlineParagraph,
    ParagraphBody,
    TableBody,
)
from api.schemas.errors import InvalidPart, Problem
from api.schemas.ingestion import (
    FileReportBody,
    FileStatus,
    IngestBody,
    IngestChoices,
    IngestEvent,
    IngestRequest,
    Progress,
)
from api.schemas.operation import (
    HealthBody,
    InitBody,
    ReindexBody,
    RemovedBody,
    RemoveRequest,
    VerifyBody,
)
from api.schemas.searching import HitBody, SearchBody, SearchRequest

__all__ = [
    "MAX_HITS",
    "MAX_ITEMS",
    "MAX_QUESTION",
    "AmendmentBody",
    "AnswerBody",
    "AskRequest",
    "Body",
    "CitationBody",
    "DocumentBody",
    "DocumentItem",
    "DocumentList",
    "EditionBody",
    "EvidenceBody",
    "FigureBody",
    "FileReportBody",
    "FileStatus",
    "FootnoteBody",
    "HeadingBody",
    "HealthBody",
    "HitBody",
    "IngestBody",
    "IngestChoices",
    "IngestEvent",
    "IngestRequest",
    "InitBody",
    "InvalidPart",
    "OutlineParagraph",
    "ParagraphBody",
    "Problem",
    "Progress",
    "ReindexBody",
    "RemoveRequest",
    "RemovedBody",
    "SearchBody",
    "SearchRequest",
    "StatementBody",
    "TableBody",
    "Text",
    "VerifyBody",
]
