"""Bodies on the wire."""

from collections.abc import Mapping

from starlette.responses import Response

from api import problems
from api.problems import MEDIA_TYPE
from api.schemas import Body, Problem


def problem_response(body: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """`body` as `application/problem+json`."""
    content = body.model_dump_json(exclude=None if body.errors else {"errors"})
    return Response(content, body.status, headers=headers, media_type=MEDIA_TYPE)


def unexpected_response() -> Response:
    """What is told of a fault of the server, which is raised again and logged."""
    return problem_response(
        problems.problem(problems.UNEXPECTED, "the server's log says what happened")
    )


def event(name: str, body: Body) -> str:
    """One server-sent event; JSON holds no bare line break, so `data` is one line."""
    return f"event: {name}\ndata: {body.model_dump_json()}\n\n"
