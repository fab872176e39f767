"""The OpenAPI document: other people's programs are written from it."""

import json
import warnings
from typing import Any

import jsonschema_rs
import pytest
from openapi_snapshot import current, snapshot

from api.openapi_examples import EXAMPLES

DOCUMENT = snapshot()
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = [
    pytest.param(one, id=f"{method.upper()} {path}")
    for path, of_one in DOCUMENT["paths"].items()
    for method, one in of_one.items()
]
WITHOUT_EXAMPLE = frozenset({"ChatCompletion"})  # a protocol that others describe
PROBLEM = "application/problem+json"


def test_the_document_is_the_one_that_is_committed() -> None:
    """Where it is not: `python tests/openapi_snapshot.py`, and read the difference."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert json.loads(json.dumps(current())) == DOCUMENT


def test_the_document_holds_the_routes_that_are_agreed() -> None:
    assert set(DOCUMENT["paths"]) >= {
        *("/v1/ask", "/v1/search", "/v1/documents", "/v1/documents/{document_id}"),
        "/v1/documents/{document_id}/paragraphs/{label}",
        *("/v1/records/{kind}", "/v1/briefs", "/v1/feedback", "/healthz", "/readyz", "/metrics"),
        *("/v1/chat/completions", "/v1/models"),
    }


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [one.values[0]["operationId"] for one in OPERATIONS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_is_described_with_its_parameters_and_errors(
    operation: dict[str, Any],
) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    for parameter in operation.get("parameters", ()):
        assert parameter.get("description"), parameter["name"]
        assert parameter["schema"]
    assert {"4XX", "5XX"} <= set(operation["responses"])
    chat = operation["tags"] == ["openai"] or "Chat" in json.dumps(operation["responses"]["4XX"])
    assert chat or set(operation["responses"]["4XX"]["content"]) == {PROBLEM}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_list_has_pages(operation: dict[str, Any]) -> None:
    shown = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
    name = shown.get("schema", {}).get("$ref", "").rpartition("/")[2]
    if "items" not in SCHEMAS.get(name, {}).get("properties", {}):
        return
    following = SCHEMAS[name]["properties"].get("next_cursor")
    if following is None or following.get("type") == "null":
        return  # it is whole
    assert {"limit", "cursor"} <= {one["name"] for one in operation["parameters"]}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_what_it_is_an_example_of(name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    jsonschema_rs.Draft202012Validator(schema).validate(dict(EXAMPLES[name]))
    missing = set(SCHEMAS[name].get("required", ())) - set(EXAMPLES[name])
    assert not missing


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_an_operation_takes_and_gives_has_an_example(operation: dict[str, Any]) -> None:
    given = [operation.get("requestBody", {}), operation["responses"].get("200", {})]
    for one in given:
        schema = one.get("content", {}).get("application/json", {}).get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2]
        if name:
            properties = SCHEMAS[name]["properties"].values()
            shown = name in EXAMPLES or any("examples" in field for field in properties)
            assert shown or name in WITHOUT_EXAMPLE, name


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_field_is_described(name: str) -> None:
    if name.startswith(("HTTPValidationError", "ValidationError")):
        return
    for field, described in SCHEMAS[name].get("properties", {}).items():
        other = described.get("$ref", "").rpartition("/")[2]  # no description stands beside it
        told = described.get("description") or SCHEMAS.get(other, {}).get("description")
        assert told, f"{name}.{field}"
