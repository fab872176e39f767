"""Where the rows of a grid leave as a CSV file: page by page, however many they are."""

from collections.abc import AsyncGenerator
from functools import partial
from itertools import islice
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.desk import Desk
from api.operations.lines import Full
from api.record_requests import known_kind
from api.record_sheets import csv_lines
from api.schemas import MAX_RECORDS, RecordList, RecordRequest
from api.web.admission import Admission
from api.web.arriving import refused, visitor_of
from api.web.background import Work
from api.web.records.asked import Asked, asked_of
from api.web.visitor import Visitor
from kb.errors import LandBriefError

_MEDIA: Final = "text/csv"


class FileSent:
    """The handler of `GET /records/{kind}/file`, whose query is that of the grid."""

    def __init__(self, admission: Admission, work: Work) -> None:
        self._admission = admission
        self._work = work

    async def send(self, request: Request) -> Response:
        """Send it, once its first page could be read."""
        visitor = await visitor_of(request, self._admission, self._work)
        try:
            kind = known_kind(request.path_params["kind"])
            asked = asked_of(kind, request.query_params.multi_items())
            first = await page_of(visitor, asked, None)
        except (LandBriefError, Full) as error:
            return refused(visitor, error)
        named = {"Content-Disposition": f'attachment; filename="{kind}.csv"'}
        return StreamingResponse(_lines(visitor, asked, first), media_type=_MEDIA, headers=named)


async def page_of(visitor: Visitor, asked: Asked, cursor: str | None) -> RecordList:
    """A page of the records asked for, as large as there are. Raises what the desk raises."""
    request = asked.request(visitor.language, limit=MAX_RECORDS, cursor=cursor)
    return await visitor.call("reading", partial(_page, request))


async def _lines(visitor: Visitor, asked: Asked, first: RecordList) -> AsyncGenerator[str]:
    # Others are served between the pages, and who reads slowly holds no place in line.
    yield "".join(csv_lines(asked.kind, first.items))
    cursor = first.next_cursor
    while cursor is not None:
        page = await page_of(visitor, asked, cursor)
        yield "".join(islice(csv_lines(asked.kind, page.items), 1, None))
        cursor = page.next_cursor


def _page(request: RecordRequest, desk: Desk) -> RecordList:
    return desk.records(request)
