"""MCP: the official client over both transports, and what the protocol may not do."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

import anyio
import httpx
import pytest
from api_samples import PLANS, PLANS_ID, TOOLS, TOOLS_ID, WELLS, WELLS_ID, home_settings, written
from api_serving import ROOT, environment, serving
from fastapi.testclient import TestClient
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from api.app import app_over
from api.house import open_house
from api.mcp_server.lending import LentDesk
from api.mcp_server.resources import document_uri
from api.mcp_server.server import mcp_server
from api.schemas import DocumentItem, DocumentList, IngestChoices
from kb.errors import StoreBusy
from kb.lease import owner

HOW_MUCH = "How much did Norland grant to the Lumen Wells Partnership?"
FOLLOW_UP = "And Sudria?"
RESERVOIR = "When will the obsidian reservoir be built?"
TOOLS_OF_MCP: Final = {"ask", "search", "get_paragraph", "query_records", "draft_brief"}
Target = str | StdioServerParameters


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home to copy: the shipped knowledge, two public documents and an internal one."""
    home = tmp_path_factory.mktemp("home")
    files = tmp_path_factory.mktemp("files")
    with open_house(home_settings(home)) as house:
        house.own.init()
        for name, text, choices in (
            ("wells.txt", WELLS, IngestChoices()),
            ("tools.txt", TOOLS, IngestChoices(document_id=TOOLS_ID)),
            ("plans.txt", PLANS, IngestChoices(document_id=PLANS_ID, visibility="internal")),
        ):
            list(house.own.ingest([written(files, name, text)], choices))
    return home


@pytest.fixture(scope="module")
def home(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(filled, tmp_path_factory.mktemp("served") / "home"))


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    """A home that nobody owns."""
    return Path(shutil.copytree(filled, tmp_path / "home"))


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with serving(home) as (address, _):
        yield address


def _stdio(home: Path, *options: str) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "api.cli", "mcp", *options],
        env=environment(home),
        cwd=ROOT,
    )


def _with(target: Any, work: Callable[[Client], Awaitable[None]], **options: Any) -> None:
    async def run() -> None:
        with anyio.fail_after(60):
            async with Client(target, **options) as client:
                await work(client)

    anyio.run(run)


async def _called(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    structured = result.structured_content
    assert isinstance(structured, dict)
    assert json.loads(result.content[0].text) == structured  # type: ignore[union-attr]
    return structured


async def _refused(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    text: str = result.content[0].text  # type: ignore[union-attr]
    return text


async def _conversation(client: Client) -> None:
    """Tools are listed, a question and one that leans on it are answered, and a citation opened."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == TOOLS_OF_MCP
    for tool in tools.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.output_schema is not None
        assert tool.description
    first = await _called(client, "ask", question=HOW_MUCH)
    assert "150 million" in first["answer"]
    second = await _called(
        client, "ask", question=FOLLOW_UP, conversation_id=first["conversation_id"]
    )
    assert "20 million" in second["answer"]
    for citation in (*first["citations"], *second["citations"]):
        paragraph = await _called(
            client,
            "get_paragraph",
            document=citation["document_id"],
            paragraph=citation["paragraph"],
        )
        assert paragraph["text"][citation["start"] : citation["end"]] == citation["quote"]


async def _reading(client: Client) -> None:
    """Search, records and documents as resources."""
    hits = (await _called(client, "search", query="camel troughs", k=2))["hits"]
    assert (hits[0]["document_id"], hits[0]["paragraph"]) == (WELLS_ID, "3")

    listed = await client.list_resources()
    uris = {resource.name: str(resource.uri) for resource in listed.resources}
    assert {WELLS_ID, TOOLS_ID} <= set(uris)
    assert PLANS_ID not in uris
    templates = (await client.list_resource_templates()).resource_templates
    assert {template.name for template in templates} == {"document", "paragraph"}
    text = await _text(client, uris[WELLS_ID])
    assert "[3] Norland granted 150 million dollars" in text
    assert "[fn 1] Counted by the Partnership itself." in text
    assert "[2] The zither spade" in await _text(client, uris[TOOLS_ID])
    hits = await _called(client, "search", query="obsidian reservoir")
    assert PLANS_ID not in json.dumps(hits)
    answer = await _called(client, "ask", question=RESERVOIR)
    answer.pop("timings_ms")  # figures of their own
    assert "2033" not in json.dumps(answer)
    part = await _text(client, f"{uris[WELLS_ID]}/paragraphs/2%28b%29%28ii%29")
    assert part.startswith("ICCD/COP(98)/7, para. 2 (b) (ii)\n")


async def _text(client: Client, uri: str) -> str:
    contents = (await client.read_resource(uri)).contents
    assert len(contents) == 1
    assert contents[0].mime_type == "text/plain"
    text: str = contents[0].text  # type: ignore[union-attr]
    return text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("work", [_conversation, _reading])
def test_the_official_client_is_served_over_http(
    url: str, mode: str, work: Callable[[Client], Awaitable[None]]
) -> None:
    _with(f"{url}/mcp", work, mode=mode)


@pytest.mark.parametrize("work", [_conversation, _reading])
def test_the_official_client_is_served_over_stdio_beside_a_server(
    url: str, home: Path, work: Callable[[Client], Awaitable[None]]
) -> None:
    assert url
    _with(_stdio(home), work)


def test_a_document_is_read_in_the_language_asked_for(url: str) -> None:
    async def work(client: Client) -> None:
        uri = document_uri("ICCD/COP(16)/4")
        for language in ("ar", "fr", "zh"):
            text = await _text(client, f"{uri}?language={language}")
            assert f"\n{language}, digest, version 1\n" in text
            assert "not the document's own words" in text
        paragraph = await _text(client, f"{uri}/paragraphs/39?language=es")
        assert paragraph.startswith("ICCD/COP(16)/4, párr. 39\n")

    _with(f"{url}/mcp", work)


def test_records_are_counted_summed_and_paged(url: str) -> None:
    async def work(client: Client) -> None:
        asked = {"kind": "funding", "initiative": ["rgdrp"]}
        body = await _called(client, "query_records", **asked, sum_by=["stage"], limit=1)
        assert body["count"] > 1
        assert len(body["items"]) == 1
        assert body["items"][0]["sources"][0]["paragraph"]
        assert body["totals"]
        assert sum(total["count"] for total in body["totals"]) <= body["count"]
        after = await _called(client, "query_records", **asked, limit=1, cursor=body["next_cursor"])
        assert after["totals"] == []
        assert after["count"] == body["count"]
        assert after["items"][0]["id"] != body["items"][0]["id"]

    _with(f"{url}/mcp", work)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": ""}, "question"),
        ("ask", {"question": "a" * 2001}, "question"),
        ("ask", {"question": "How many?", "language": "xx"}, "language"),
        ("ask", {"question": "How many?", "documents": ["ICCD/COP(98)/8"]}, WELLS_ID),
        ("search", {"query": "a", "k": 0}, "k"),
        ("search", {"query": "a", "document": PLANS_ID}, "no document"),
        ("get_paragraph", {"document": WELLS_ID, "paragraph": "99"}, "99"),
        ("get_paragraph", {"document": PLANS_ID, "paragraph": "1"}, "no document"),
        ("query_records", {"kind": "wells"}, "partnerships"),
        ("query_records", {"kind": "funding", "party": ["Atlantis"]}, "Atlantis"),
        ("query_records", {"kind": "funding", "where": {"colour": ["red"]}}, "colour"),
        ("remove", {"document": WELLS_ID}, "remove"),
    ],
)
def test_what_cannot_be_done_is_told_to_the_model(
    url: str, tool: str, arguments: dict[str, Any], said: str
) -> None:
    async def work(client: Client) -> None:
        try:
            told = await _refused(client, tool, **arguments)
        except MCPError as error:  # an unknown tool
            told = str(error)
        assert said in told
        assert "Traceback" not in told

    _with(f"{url}/mcp", work)


@pytest.mark.parametrize(
    "uri",
    [
        *("landbrief://documents/nothing", document_uri(PLANS_ID)),
        *(f"{document_uri(WELLS_ID)}/paragraphs/99", f"{document_uri(WELLS_ID)}?language=xx"),
        *(f"{document_uri(WELLS_ID)}?edition=none", "landbrief://documents/..%2f..%2fetc"),
        *("file:///etc/passwd", "landbrief://documents/"),
    ],
)
def test_what_is_not_there_is_no_resource(url: str, uri: str) -> None:
    async def work(client: Client) -> None:
        with pytest.raises(MCPError):
            await client.read_resource(uri)

    _with(f"{url}/mcp", work)


def test_the_owner_reads_internal_documents_too(url: str, home: Path) -> None:
    async def own(client: Client) -> None:
        assert "2033" in (await _called(client, "ask", question=RESERVOIR))["answer"]
        assert "2033" in await _text(client, document_uri(PLANS_ID))
        names = [resource.name for resource in (await client.list_resources()).resources]
        assert PLANS_ID in names

    _with(_stdio(home, "--internal"), own)
    held_by = owner(home)
    assert held_by is not None
    headers = {"Authorization": f"Bearer {held_by.token}"}

    async def run() -> None:
        import httpx2

        async with httpx2.AsyncClient(headers=headers, trust_env=False) as http:
            transport = streamable_http_client(f"{url}/mcp", http_client=http)
            async with Client(transport) as client:
                await own(client)

    anyio.run(run)


class _Shelf:
    """A desk that holds more documents than fit on a page."""

    def documents(self, *, limit: int, cursor: str | None) -> DocumentList:
        start = int(cursor or 0)
        items = [
            DocumentItem(
                document_id=f"Note {n}",
                symbol=None,
                session=None,
                title="",
                visibility="public",
                editions=[],
                url="",
            )
            for n in range(start, min(start + limit, 230))
        ]
        after = start + limit
        return DocumentList(items=items, next_cursor=str(after) if after < 230 else None)


def test_documents_are_listed_in_pages() -> None:
    async def work(client: Client) -> None:
        names: list[str] = []
        cursor = None
        pages = 0
        while cursor is not None or not pages:
            page = await client.list_resources(cursor=cursor)
            names += [resource.name for resource in page.resources]
            cursor = page.next_cursor
            pages += 1
        assert names == [f"Note {n}" for n in range(230)]
        assert pages == 3

    lent = LentDesk(lambda: nullcontext(_Shelf()))  # type: ignore[arg-type, return-value]
    _with(mcp_server(lent), work)
    lent.close()


def test_a_note_is_drafted_with_its_sources(url: str) -> None:
    async def work(client: Client) -> None:
        topic = "Riyadh Global Drought Resilience Partnership"
        note = await _called(client, "draft_brief", topic=topic, language="fr")
        assert note["language"] == "fr"
        assert not note["abstained"]
        assert note["sections"]
        assert note["sources"]
        numbers = {citation["n"] for citation in note["citations"]}
        for section in note["sections"]:
            for line in section["lines"]:
                assert set(line["citations"]) <= numbers

    _with(f"{url}/mcp", work)


def _rpc(client: TestClient, method: str, **parameters: Any) -> dict[str, Any]:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
    headers = {"Accept": "application/json, text/event-stream"}
    response = client.post("/mcp", json=body, headers=headers)
    assert response.status_code == 200, response.text
    assert "error" not in response.json(), response.text
    result: dict[str, Any] = response.json()["result"]
    return result


def test_an_application_can_be_started_again(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path)) as house:
        app = app_over(house.public, house.own, home_settings(tmp_path))
        for _ in range(2):
            with TestClient(app, base_url="http://127.0.0.1") as client:
                assert len(_rpc(client, "tools/list")["tools"]) >= len(TOOLS_OF_MCP)
        client = TestClient(app, base_url="http://127.0.0.1")
        assert client.post("/mcp", json={}).status_code == 503


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_session_to_hold_open(url: str, method: str) -> None:
    assert httpx.request(method, f"{url}/mcp", trust_env=False).status_code == 405


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "rebound.example"}]
)
def test_pages_of_other_sites_cannot_call_tools(url: str, headers: dict[str, str]) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    answer = httpx.post(f"{url}/mcp", json=body, headers=headers, trust_env=False)
    assert answer.status_code == 403


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"jsonrpc": "2.0"}', b"\xff"])
def test_what_is_no_message_is_refused(url: str, content: bytes) -> None:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
    }
    answer = httpx.post(f"{url}/mcp", content=content, headers=headers, trust_env=False)
    assert 400 <= answer.status_code < 500


def _initialize(n: int) -> bytes:
    parameters = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    }
    body = {"jsonrpc": "2.0", "id": n, "method": "initialize", "params": parameters}
    return json.dumps(body).encode() + b"\n"


def test_nothing_but_the_protocol_is_said_on_standard_output(own: Path) -> None:
    """Though it is sent what is no message."""
    call = {
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {"name": "search", "arguments": {"query": "drought"}},
    }
    ready = b'{"jsonrpc": "2.0", "method": "notifications/initialized"}\n'
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "mcp"],
        env=environment(own),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(_initialize(1) + ready + b"no message\n")
        process.stdin.write(json.dumps(call).encode() + b"\n")
        process.stdin.flush()
        answers: dict[int, Any] = {}
        while 2 not in answers:
            message = json.loads(process.stdout.readline())
            assert message["jsonrpc"] == "2.0"
            if "id" in message and message["id"] is not None:
                answers[message["id"]] = message
        rest, errors = process.communicate(timeout=30)
    assert rest == b""
    assert answers[2]["result"]["structuredContent"]["hits"]
    assert process.returncode == 0, errors


def test_stdio_leaves_the_home_to_other_commands(own: Path) -> None:
    """An assistant keeps it for days: a server can start meanwhile, and is used from then on."""

    async def work(client: Client) -> None:
        await _called(client, "search", query="wells")
        held_by = owner(own)
        assert held_by is None or held_by.url is None
        with serving(own):
            await _called(client, "search", query="wells")
        await _called(client, "search", query="wells")

    _with(_stdio(own), work)


class _Desks:
    """Opens desks that note when they are open."""

    def __init__(self, *, broken: int = 0) -> None:
        self.opened = 0
        self.open = 0
        self.broken = broken

    @contextmanager
    def __call__(self) -> Iterator[Any]:
        self.opened += 1
        self.open += 1
        try:
            yield self
        finally:
            self.open -= 1

    def work(self, _desk: Any) -> str:
        assert self.open == 1
        if self.broken:
            self.broken -= 1
            raise StoreBusy("the server has left")
        return "done"


def test_a_lent_desk_is_kept_while_it_is_used_and_then_closed() -> None:
    desks = _Desks()
    lent = LentDesk(desks, idle_seconds=0.2)
    assert [lent.call(None, desks.work) for _ in range(3)] == ["done"] * 3
    assert (desks.opened, desks.open) == (1, 1)
    deadline = time.monotonic() + 5
    while desks.open and time.monotonic() < deadline:
        time.sleep(0.02)
    assert desks.open == 0
    assert lent.call(None, desks.work) == "done"
    assert desks.opened == 2
    lent.close()
    assert desks.open == 0


def test_a_lent_desk_whose_server_left_is_opened_again_once() -> None:
    desks = _Desks(broken=1)
    lent = LentDesk(desks)
    assert lent.call(None, desks.work) == "done"
    assert desks.opened == 2
    desks.broken = 2
    with pytest.raises(StoreBusy):
        lent.call(None, desks.work)
    assert desks.open == 0
    lent.close()
