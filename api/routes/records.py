"""`/v1/records/{kind}…`: typed questions to the records."""

from collections.abc import Iterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response, StreamingResponse

from api.desk import Desk
from api.readers import Readers
from api.record_requests import request_of
from api.record_sheets import csv_lines
from api.schemas import (
    MAX_RECORDS,
    ChangeList,
    CountBody,
    RecordBody,
    RecordList,
    RecordRequest,
    Text,
    TotalList,
)
from kb.errors import InvalidQuery
from kb.records.kinds import RECORD_KINDS

CSV: Final = "text/csv"
_OWN: Final = frozenset({"group_by", "compare"})
_Kind = Annotated[
    str,
    Path(
        description="Which table",
        examples=["funding"],
        json_schema_extra={"enum": list(RECORD_KINDS)},
    ),
]
_By = Annotated[list[Text] | None, Query(description="One or two columns; `year` is one too")]


def _parameters() -> dict[str, Any]:
    """The filters, for the OpenAPI document: they are read from the URL by hand, because the
    columns of each kind are filters too."""
    schema = RecordRequest.model_json_schema()["properties"]
    return {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": one.get("description", ""),
                "schema": {k: v for k, v in one.items() if k not in ("title", "description")},
            }
            for name, one in schema.items()
            if name not in ("kind", "where")
        ]
    }


def routes(readers: Readers) -> APIRouter:
    """The router."""
    router = APIRouter(tags=["records"])

    @router.get(
        "/v1/records/{kind}",
        response_model=RecordList,
        responses={200: {"content": {CSV: {}}}},
        openapi_extra=_parameters(),
    )
    def records(
        desk: Annotated[Desk, Depends(readers.any)], kind: _Kind, request: Request
    ) -> RecordList | Response:
        """Records of a kind; every column of it is a filter too. With `Accept: text/csv` a file,
        of all of them unless `limit` is given."""
        asked = request_of(kind, _filters(request))
        if not _wants_csv(request):
            return desk.records(asked)
        disposition = {"Content-Disposition": f'attachment; filename="{asked.kind}.csv"'}
        if "limit" in request.query_params:
            page = desk.records(asked)
            link = _next_link(request, page.next_cursor)
            return Response(
                "".join(csv_lines(asked.kind, page.items)),
                media_type=CSV,
                headers=disposition | link,
            )
        first = desk.records(asked.model_copy(update={"limit": MAX_RECORDS}))
        lines = csv_lines(asked.kind, _all(desk, asked, first))
        return StreamingResponse(lines, media_type=CSV, headers=disposition)

    @router.get("/v1/records/{kind}/count", openapi_extra=_parameters())
    def count(
        desk: Annotated[Desk, Depends(readers.any)],
        kind: _Kind,
        request: Request,
        group_by: _By = None,
    ) -> CountBody:
        """How many records there are, in all and by up to two columns."""
        return desk.record_count(request_of(kind, _filters(request)), group_by or [])

    @router.get("/v1/records/{kind}/totals", openapi_extra=_parameters())
    def totals(
        desk: Annotated[Desk, Depends(readers.any)],
        kind: _Kind,
        request: Request,
        group_by: _By = None,
    ) -> TotalList:
        """Sums: one for each currency, stage and period, or unit; nothing is counted twice."""
        return desk.record_totals(request_of(kind, _filters(request)), group_by or [])

    @router.get("/v1/records/{kind}/changes", openapi_extra=_parameters())
    def changes(
        desk: Annotated[Desk, Depends(readers.any)],
        kind: _Kind,
        request: Request,
        compare: Annotated[
            list[Text],
            Query(
                description="Two sessions or documents, in order",
                json_schema_extra={"minItems": 2, "maxItems": 2},
            ),
        ],
    ) -> ChangeList:
        """What two sessions or documents say of the same things."""
        if len(compare) != 2:
            raise InvalidQuery("compare two: compare=COP(16)&compare=CRIC(23)")
        return desk.record_changes(request_of(kind, _filters(request)), *compare)

    return router


def _filters(request: Request) -> list[tuple[str, str]]:
    return [(k, v) for k, v in request.query_params.multi_items() if k not in _OWN]


def _wants_csv(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return any(part.partition(";")[0].strip() == CSV for part in accepted.split(","))


def _next_link(request: Request, cursor: str | None) -> dict[str, str]:
    if cursor is None:
        return {}
    following = request.url.include_query_params(cursor=cursor)
    return {"Link": f'<{following.path}?{following.query}>; rel="next"'}


def _all(desk: Desk, asked: RecordRequest, page: RecordList) -> Iterator[RecordBody]:
    yield from page.items
    while page.next_cursor is not None:
        page = desk.records(
            asked.model_copy(update={"limit": MAX_RECORDS, "cursor": page.next_cursor})
        )
        yield from page.items
