"""The OpenAPI document, with errors as the media type that they are served as."""

from typing import Any, Final

from fastapi import FastAPI

from api.problems import MEDIA_TYPE
from api.schemas import Problem

ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    "4XX": {"model": Problem, "description": "The request cannot be answered"},
    "5XX": {"model": Problem, "description": "LandBrief cannot answer now"},
}


def describe_problems(app: FastAPI) -> None:
    """Make `app.openapi` show errors as problem+json: the framework has no setting for it."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        document = described()
        for operations in document["paths"].values():
            for operation in operations.values():
                for status in ERRORS:
                    content = operation["responses"][status]["content"]
                    if "application/json" in content:
                        content[MEDIA_TYPE] = content.pop("application/json")
        return document

    app.openapi = openapi  # type: ignore[method-assign]
