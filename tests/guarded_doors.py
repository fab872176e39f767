"""The application's doors as they are, and one request for each of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import httpx2
from api_samples import PLANS_ID
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.readers import Readers

_ROLES: Final = {
    Readers.any: "reader",
    Readers.editor: "editor",
    Readers.admin: "admin",
    Readers.owner: "owner",
}
OPEN: Final = {"/", "/docs", "/openapi.json", "/healthz", "/readyz", "/web/{name}"}
"""Doors that hold nothing of the documents."""
WITHOUT_A_DEPENDENCY: Final = {"/mcp": "reader", "/metrics": "reader"}
"""Doors that the gatekeeper alone keeps, or that ask for their desk by themselves."""
_addresses = count(1)


@dataclass(frozen=True)
class Door:
    method: str
    path: str
    role: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Probe:
    """A request that would tell of an internal document, if anything did."""

    path: str
    body: Any = None
    files: Any = None
    headers: dict[str, str] = field(default_factory=dict)


def doors(app: FastAPI) -> Iterator[Door]:
    """Every route with its role; raises for one that has none."""
    for route in _routes(app.routes):
        for method in sorted(route.methods - {"HEAD"}):
            role = "open" if route.path in OPEN else _role(route)
            yield Door(method, route.path, role)


def _routes(routes: Any) -> Iterator[Any]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _routes(inner.routes)
        elif getattr(route, "methods", None):
            yield route
        else:
            raise AssertionError(f"{route} has no role: say here who may come in")


def _role(route: Any) -> str:
    if route.path in WITHOUT_A_DEPENDENCY:
        return WITHOUT_A_DEPENDENCY[route.path]
    dependant = getattr(route, "dependant", None)
    asked = {
        _ROLES[call.__func__]
        for one in (dependant.dependencies if dependant else ())
        if getattr(call := one.call, "__func__", None) in _ROLES
    }
    assert len(asked) == 1, f"{route.methods} {route.path} asks for no role: {asked}"
    return asked.pop()


_MCP: Final = {
    "Accept": "application/json, text/event-stream",
    "MCP-Protocol-Version": "2025-06-18",
}
QUESTION: Final = "What will be built in 2033, and which water store is planned?"
_CHAT: Final = {"model": "landbrief", "messages": [{"role": "user", "content": QUESTION}]}


def _tool(name: str, **arguments: Any) -> Probe:
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": name, "arguments": arguments},
    }
    return Probe("/mcp", call, headers=_MCP)


def _rpc(method: str, **params: Any) -> Probe:
    return Probe(
        "/mcp", {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}, headers=_MCP
    )


PROBES: Final[dict[str, list[Probe]]] = {
    "POST /v1/ask": [
        Probe("/v1/ask", {"question": QUESTION}),
        Probe("/v1/ask", {"question": QUESTION, "stream": True}),
        Probe("/v1/ask", {"question": QUESTION, "documents": [PLANS_ID]}),
        Probe("/v1/ask", {"question": f"What does paragraph 1 of {PLANS_ID} say?"}),
        Probe("/v1/ask", {"question": "How much did Norway pledge to IDRA?"}),
    ],
    "POST /v1/briefs": [
        Probe("/v1/briefs", {"topic": "water store planned 2033"}),
        Probe("/v1/briefs", {"topic": "Norway funding"}),
    ],
    "GET /v1/conversations": [Probe("/v1/conversations")],
    "GET /v1/conversations/{conversation_id}": [Probe("/v1/conversations/{conversation}")],
    "PATCH /v1/conversations/{conversation_id}": [
        Probe("/v1/conversations/{conversation}", {"title": "mine"})
    ],
    "DELETE /v1/conversations/{conversation_id}": [Probe("/v1/conversations/{conversation}")],
    "GET /v1/search": [
        Probe(f"/v1/search?k=100&q={QUESTION}"),
        Probe(f"/v1/search?q={QUESTION}&document={PLANS_ID}"),
        Probe("/v1/search?k=100&q=Norway pledged IDRA"),
    ],
    "GET /v1/documents": [Probe("/v1/documents?limit=200")],
    "GET /v1/documents/{document_id:path}/paragraphs/{label:path}": [
        Probe(f"/v1/documents/{PLANS_ID}/paragraphs/1"),
        Probe(f"/v1/documents/{PLANS_ID}/paragraphs/1?version=1"),
    ],
    "GET /v1/documents/{document_id:path}": [
        Probe(f"/v1/documents/{PLANS_ID}"),
        Probe(f"/v1/documents/{PLANS_ID}?version=1&language=en"),
    ],
    "POST /v1/documents": [
        Probe("/v1/documents", files={"file": (f"{PLANS_ID}.txt", b"Plans\n\n1. Nothing new.\n")})
    ],
    "DELETE /v1/documents/{document_id:path}": [Probe(f"/v1/documents/{PLANS_ID}")],
    "GET /v1/keys": [Probe("/v1/keys")],
    "POST /v1/keys": [Probe("/v1/keys", {"name": "sly", "role": "reader", "internal": True})],
    "DELETE /v1/keys/{name}": [Probe("/v1/keys/nobody")],
    "GET /v1/records/{kind}": [
        Probe("/v1/records/funding?limit=200"),
        Probe("/v1/records/funding?provider=NOR&status=candidate&status=reviewed"),
        Probe("/v1/records/funding", headers={"Accept": "text/csv"}),
        Probe(f"/v1/records/events?document={PLANS_ID}&status=candidate"),
    ],
    "GET /v1/records/{kind}/count": [Probe("/v1/records/funding/count?group_by=purpose")],
    "GET /v1/records/{kind}/totals": [Probe("/v1/records/funding/totals?group_by=provider")],
    "GET /v1/records/{kind}/changes": [
        Probe(f"/v1/records/funding/changes?compare={PLANS_ID}&compare=ICCD/COP(98)/7")
    ],
    "POST /v1/reviews": [
        Probe("/v1/reviews", {"verdict": "reject", "ids": ["hidden"]}),
        Probe("/v1/reviews", {"verdict": "reject", "all_of": PLANS_ID}),
    ],
    "GET /v1/reviews/findings": [Probe("/v1/reviews/findings?status=open&status=accepted")],
    "POST /v1/chat/completions": [
        Probe("/v1/chat/completions", _CHAT),
        Probe("/v1/chat/completions", {**_CHAT, "stream": True}),
        Probe("/v1/chat/completions", {**_CHAT, "documents": [PLANS_ID]}),
    ],
    "GET /v1/models": [Probe("/v1/models")],
    "GET /v1/models/{model}": [Probe("/v1/models/landbrief")],
    "POST /v1/feedback": [
        Probe("/v1/feedback", {"verdict": "wrong", "conversation_id": "{conversation}"})
    ],
    "GET /metrics": [Probe("/metrics")],
    "POST /mcp": [
        _tool("ask", question=QUESTION),
        _tool("search", query=QUESTION, k=100),
        _tool("get_paragraph", document=PLANS_ID, paragraph="1"),
        _tool("query_records", kind="funding"),
        _tool("draft_brief", topic="water store planned 2033"),
        _rpc("resources/list"),
        _rpc("resources/read", uri="landbrief://documents/Plans%20of%20the%20cabinet"),
        _rpc("resources/read", uri="landbrief://documents/Plans%20of%20the%20cabinet/paragraphs/1"),
    ],
}


def client_of(app: FastAPI, *, host: str | None = None) -> TestClient:
    """A client at an address of its own: limits of one test are not those of another."""
    at = host or f"198.51.{next(_addresses) // 250}.{next(_addresses) % 250 + 1}"
    return TestClient(
        app, base_url="http://127.0.0.1", client=(at, 50_000), raise_server_exceptions=False
    )


def sent(
    client: TestClient,
    method: str,
    probe: Probe,
    key: str | None = None,
    *,
    conversation: str = "none",
) -> httpx2.Response:
    headers = {**probe.headers, **({"Authorization": f"Bearer {key}"} if key else {})}
    body = json.dumps(probe.body) if probe.body is not None else None
    if body is not None:
        headers["Content-Type"] = "application/json"
        body = body.replace("{conversation}", conversation)
    path = probe.path.replace("{conversation}", conversation)
    return client.request(method, path, content=body, files=probe.files, headers=headers)


def told(response: httpx2.Response) -> str:
    """What a reader learns, without the words of the request that a problem repeats."""
    return response.text.casefold()
