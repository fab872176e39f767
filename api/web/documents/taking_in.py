"""Where the page's files come in: one at a time, from editors, and within the limits of uploads.

Not the framework's own upload, which takes files of whoever knows the address of one, before
anybody asks who sends them.
"""

from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from api.desk import Desk
from api.operations.lines import Full
from api.schemas import FileReportBody, IngestChoices
from api.uploads import under_its_own_name
from api.web.admission import Admission, NotAllowed, SignedOut
from api.web.arriving import refused, visitor_of
from api.web.background import Work
from api.web.documents.links import page_of
from api.web.visitor import Visitor
from kb.documents import Visibility
from kb.errors import LandBriefError

_MOST_ROWS: Final = 5
_VISIBILITIES: Final[tuple[Visibility, ...]] = ("public", "internal")


class TakingIn:
    """The handler of `POST /documents/upload`; files lie in `folder` until they are read."""

    def __init__(self, admission: Admission, work: Work, folder: Path) -> None:
        self._admission = admission
        self._work = work
        self._folder = folder

    async def take(self, request: Request) -> JSONResponse:
        """Take one file in, and say what became of it."""
        visitor = await visitor_of(request, self._admission, self._work)
        try:
            # Before a byte of the file is waited for.
            if visitor.caller is None:
                raise SignedOut("this server wants a key")
            if not visitor.may("editor"):
                raise NotAllowed("this wants a key for an editor")
            async with request.form(max_files=1, max_fields=4) as form:
                file = form.get("file")
                if not isinstance(file, UploadFile):
                    return JSONResponse({"error": visitor.say("documents.not_sent")}, 422)
                choices = IngestChoices(
                    visibility=next(
                        (one for one in _VISIBILITIES if one == form.get("visibility")), None
                    )
                )
                job = partial(
                    _taken, file=file.file, sent=file.filename, folder=self._folder, choices=choices
                )
                reports = await visitor.call("writing", job, "editor")
        except (LandBriefError, Full) as error:
            return refused(visitor, error)
        except (HTTPException, BaseExceptionGroup) as error:
            # The framework would make a fault of the server of what the limits of bodies say.
            status = _status_in(error)
            if status is None:
                raise
            key = "documents.too_large" if status == 413 else "documents.not_sent"
            return JSONResponse({"error": visitor.say(key)}, status, {"Connection": "close"})
        return JSONResponse({"files": [told(visitor, report) for report in reports]})


def _status_in(error: BaseException) -> int | None:
    """The HTTP status that an error carries, alone or within a group of one."""
    if isinstance(error, BaseExceptionGroup):
        return _status_in(error.exceptions[0])
    return error.status_code if isinstance(error, HTTPException) else None


def told(visitor: Visitor, report: FileReportBody) -> dict[str, Any]:
    """What became of a file, in words, with the page of its document."""
    rows = [f"{row.row}: {row.cause}" for row in report.row_errors[:_MOST_ROWS]]
    parts = [report.reason] if report.reason else []
    if report.status != "rejected":
        named = report.document_id
        counted = [
            visitor.say_count("documents.paragraphs_of", report.paragraphs)
            if report.paragraphs
            else None,
            visitor.say_count("documents.records_on", report.records) if report.records else None,
        ]
        parts = [*(one for one in (named, *counted) if one), *parts]
    return {
        "status": report.status,
        "word": _word(visitor, report),
        "reason": " · ".join(parts),
        "rows": rows,
        "href": page_of(report.document_id)
        if report.document_id and report.status != "rejected" and report.edition
        else None,
    }


def _word(visitor: Visitor, report: FileReportBody) -> str:
    match report.status:
        case "added":
            return visitor.say("documents.added")
        case "updated":
            return visitor.say("documents.updated")
        case "unchanged":
            return visitor.say("documents.unchanged")
        case "rejected":
            return visitor.say("documents.rejected")


def _taken(
    desk: Desk, *, file: BinaryIO, sent: str | None, folder: Path, choices: IngestChoices
) -> list[FileReportBody]:
    with under_its_own_name(file, sent, folder) as path:
        return list(desk.ingest([path], choices))
