"""The OpenAPI document, with errors as the media type that they are served as."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from fastapi import FastAPI

from api.openapi_examples import EXAMPLES
from api.problems import MEDIA_TYPE
from api.schemas import Problem

ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    "4XX": {"model": Problem, "description": "The request cannot be answered"},
    "5XX": {"model": Problem, "description": "LandBrief cannot answer now"},
}
_TAGGED: Final = (
    "/v1/documents",
    "/v1/documents/{document_id}",
    "/v1/documents/{document_id}/paragraphs/{label}",
)
_TAG: Final = {
    "description": "Names this content: send it as If-None-Match to learn whether it has changed",
    "schema": {"type": "string"},
}
_UNCHANGED: Final = {
    "description": "It has not changed since the answer whose ETag If-None-Match names"
}


def describe_problems(app: FastAPI) -> None:
    """Make `app.openapi` show what the framework has no setting for.

    Errors are problem+json, bodies have whole examples, documents can be asked for by their tag.
    """
    described = app.openapi

    def openapi() -> dict[str, Any]:
        document = described()
        for operations in document["paths"].values():
            for operation in operations.values():
                for status in ERRORS:
                    content = operation["responses"][status]["content"]
                    # Routes of another protocol have errors of its own.
                    if _is_problem(content.get("application/json")):
                        content[MEDIA_TYPE] = content.pop("application/json")
            for one in _forms(operations):
                _forbid_null(document["components"]["schemas"][one])
        for path in _TAGGED:
            responses = document["paths"][path]["get"]["responses"]
            responses["200"]["headers"] = {"ETag": _TAG}
            responses["304"] = _UNCHANGED
        for name, example in EXAMPLES.items():
            if name in document["components"]["schemas"]:
                document["components"]["schemas"][name]["examples"] = [example]
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _is_problem(content: dict[str, Any] | None) -> bool:
    return content is not None and str(content["schema"].get("$ref", "")).endswith("/Problem")


def _forms(operations: Mapping[str, Any]) -> Iterator[str]:
    """Names of the schemas that are sent as forms."""
    for operation in operations.values():
        content = operation.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            yield content["multipart/form-data"]["schema"]["$ref"].rpartition("/")[2]


def _forbid_null(schema: dict[str, Any]) -> None:
    """A field of a form is left out, or text: it cannot be null."""
    for name, field in schema["properties"].items():
        kinds = [one for one in field.get("anyOf", ()) if one.get("type") != "null"]
        if len(kinds) == 1:
            rest = {key: value for key, value in field.items() if key != "anyOf"}
            schema["properties"][name] = kinds[0] | rest
