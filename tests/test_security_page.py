"""The page as somebody meets it who wants more than she may: its addresses and its socket."""

import csv
import io
import os
import re
import select
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from api_serving import landbrief, serving
from page_tab import Tab, opened_tab

_ASKING = {"LANDBRIEF_REQUIRE_KEY": "true", "LANDBRIEF_HOSTS": "brief.example"}
_PLANS = "# Plans of the delegation\n\n1. Obsidian will be stored in 2033 in the moonstone hall.\n"
_HIDDEN_WORDS = ("bsidian", "moonstone", "inner-plans")
_EVIL = "<img src=x onerror=alert(1)>${7*7}`</script><script>alert(2)</script>{{7*7}}"
_PLACES = ("/", "/documents", "/records", "/records/events", "/records/review", "/brief")


@dataclass(frozen=True)
class Inside:
    """A key that sees an internal document, and where that is."""

    key: str
    path: str


@dataclass(frozen=True)
class House:
    """A server that asks for keys, with one internal document."""

    address: str
    home: Path
    log: Callable[[], str]
    """What the server has said since it was last asked."""

    def key(self, name: str, *options: str) -> str:
        """A new key."""
        made = landbrief(self.home, "keys", "add", name, *options)
        found = re.search(r"lb_[0-9a-f]{10}_[\w-]{43}", made.stdout)
        assert found, made.stdout + made.stderr
        return found[0]


Visit = Callable[..., httpx.Client]
"""`visit(key)`: a browser of its own, signed in with `key`."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("guarded-page")
    with serving(home, extra=_ASKING) as (address, process):
        assert process.stdout
        said = process.stdout.fileno()

        def log() -> str:
            found = b""
            while select.select([said], [], [], 0)[0] and (part := os.read(said, 1 << 16)):
                found += part
            return found.decode()

        yield House(address, home, log)


@pytest.fixture
def visit(house: House) -> Iterator[Visit]:
    opened: list[httpx.Client] = []

    def visiting(key: str = "", **headers: str) -> httpx.Client:
        client = _client(house, headers)
        opened.append(client)
        if key:
            client.get("/")
            assert client.post("/sign-in", data={"key": key}).status_code == 303
        return client

    yield visiting
    for one in opened:
        one.close()


@pytest.fixture(scope="module")
def inside(house: House) -> Inside:
    key = house.key("inside", "--role", "editor", "--internal")
    with _client(house) as client:
        client.post("/sign-in", data={"key": key})
        sent = client.post(
            "/documents/upload",
            files={"file": ("inner-plans.en.md", _PLANS.encode())},
            data={"visibility": "internal"},
        )
    told = sent.json()["files"][0]
    assert told["status"] == "added", sent.text
    return Inside(key, told["href"])


def _client(house: House, headers: Mapping[str, str] | None = None) -> httpx.Client:
    # No proxy of the environment; time enough where other tests keep the machine busy.
    return httpx.Client(base_url=house.address, trust_env=False, headers=headers, timeout=60.0)


def _reader(house: House, name: str) -> str:
    return house.key(name, "--role", "reader")


# ---- what is seen ----


def test_nobody_without_a_key_sees_anything_of_the_page_but_the_form(
    visit: Visit, inside: Inside
) -> None:
    stranger = visit()
    for path in (*_PLACES, inside.path, f"{inside.path}?paragraph=1&language=en", "/c/1"):
        page = stranger.get(path)
        assert '"name":"key"' in page.text, path
        assert not any(word in page.text.replace(path, "") for word in _HIDDEN_WORDS[:2]), path
        assert page.headers["cache-control"] == "no-store"
    sent = stranger.post("/documents/upload", files={"file": ("a.md", b"# A\n\n1. B c.\n")})
    assert sent.status_code == 401


def test_an_internal_document_is_unknown_to_a_public_key_on_every_page(
    visit: Visit, house: House, inside: Inside
) -> None:
    own, other = visit(inside.key), visit(_reader(house, "outside"))
    assert "bsidian" in own.get(inside.path).text
    assert "inner-plans" in own.get("/documents").text
    for path in _PLACES:
        assert not any(word in other.get(path).text for word in _HIDDEN_WORDS), path
    named = inside.path.rpartition("/")[2]
    absent = "x" * len(named)
    unknown = opened_tab(other, f"/documents/{absent}").said()
    for query in ("", "?paragraph=1&language=en"):
        told = opened_tab(other, inside.path + query).said()
        assert [one.replace(named, absent) for one in told] == unknown


def test_a_file_of_records_holds_what_its_reader_may_see(
    visit: Visit, house: House, inside: Inside
) -> None:
    own, other = visit(inside.key), visit(_reader(house, "counting"))
    rows = (
        "id,provider,initiative,purpose,amount,currency,stage\n"
        "hidden,Norway,IDRA,moonstone,909090,USD,pledged\n"
    )
    sent = own.post(
        "/documents/upload",
        files={"file": ("inner funding.csv", rows.encode())},
        data={"visibility": "internal"},
    )
    assert sent.json()["files"][0]["status"] == "added", sent.text
    address = "/records/funding/file?provider=NOR"
    mine = own.get(address)
    assert mine.headers["content-disposition"] == 'attachment; filename="funding.csv"'
    (record,) = csv.DictReader(io.StringIO(mine.content.decode("utf-8-sig")))
    assert (record["amount"], record["purpose_name"]) == ("909090", "moonstone")
    theirs = other.get(address)
    assert (theirs.status_code, theirs.text.count("\n")) == (200, 1)
    assert visit().get(address).status_code == 401
    assert own.get("/records/nothing/file").status_code == 422
    assert own.get("/records/funding/file?no_column=1").status_code == 422


def test_a_conversation_of_another_key_is_not_there(
    visit: Visit, house: House, inside: Inside
) -> None:
    key = house.key("asking", "--role", "reader")
    bearer = {"Authorization": f"Bearer {key}"}
    question = {"question": "What is the mandragora of the corridor?"}
    own = visit(key)
    kept = own.post("/v1/ask", json=question, headers=bearer).json()["conversation_id"]
    assert "mandragora" in own.get(f"/c/{kept}").text
    assert "mandragora" not in visit(inside.key).get(f"/c/{kept}").text


# ---- sessions ----


def _asks(tab: Tab) -> None:
    tab.emit(tab.having("data-ask-form"), "ask", "What is held?")


def test_signing_out_ends_every_page_of_the_session(visit: Visit, house: House) -> None:
    browser = visit(_reader(house, "two-tabs"))
    tab = opened_tab(browser).connect()
    _asks(tab)
    tab.listen("landbriefAsk.settled")
    before = dict(browser.cookies)
    browser.post("/sign-out")
    _asks(tab)
    assert tab.received.count("ask-statement") == tab.listen("location.reload").count(
        "ask-statement"
    )
    browser.cookies.clear()
    browser.cookies.update(before)  # whoever kept the old cookie
    assert '"name":"key"' in browser.get("/documents").text


def test_a_revoked_key_ends_pages_that_are_open(visit: Visit, house: House) -> None:
    tab = opened_tab(visit(_reader(house, "short-lent"))).connect()
    landbrief(house.home, "keys", "revoke", "short-lent")
    _asks(tab)
    assert "ask-statement" not in tab.listen("location.reload")


def test_a_session_gets_a_new_name_when_a_key_opens_it(visit: Visit, house: House) -> None:
    planted = visit()
    planted.get("/")
    cookie = dict(planted.cookies)
    key = _reader(house, "planted")
    victim = visit(key)
    victim.cookies.clear()
    victim.cookies.update(cookie)
    victim.post("/sign-in", data={"key": key})
    assert '"name":"key"' not in victim.get("/documents").text
    assert '"name":"key"' in planted.get("/documents").text


def test_a_cookie_that_nobody_signed_opens_nothing(visit: Visit) -> None:
    browser = visit()
    browser.cookies.set("landbrief", "eyJpZCI6ICIxIn0=.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert '"name":"key"' in browser.get("/documents").text


def test_the_cookie_goes_over_tls_alone_where_the_browser_came_by_it(visit: Visit) -> None:
    def cookie(**headers: str) -> str:
        return visit().get("/", headers=headers).headers["set-cookie"].lower()

    fetched = {"Sec-Fetch-Site": "none"}
    assert "; secure" in cookie(Host="brief.example", **fetched)
    assert "; secure" not in cookie(Host="brief.example")
    assert "; secure" not in cookie(**fetched)  # this machine, where there is no TLS


# ---- other sites ----


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/documents/upload"])
def test_no_form_of_another_site_is_taken(visit: Visit, path: str) -> None:
    for origin in ("https://evil.example", "null", "http://[evil"):
        answer = visit().post(path, data={"key": "x"}, headers={"Origin": origin})
        assert answer.status_code == 403, origin


def test_no_page_of_another_site_reads_or_writes_the_socket(visit: Visit) -> None:
    foreign = {"Origin": "https://evil.example"}
    query = {"EIO": "4", "transport": "polling"}
    opened = visit().get("/_nicegui_ws/socket.io/", params=query, headers=foreign)
    assert "access-control-allow-origin" not in opened.headers
    assert opened.headers["cross-origin-resource-policy"] == "same-origin"
    written = visit().post("/_nicegui_ws/socket.io/", params=query, headers=foreign, content="40")
    assert written.status_code == 403
    upgrade = {
        **{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"},
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    query["transport"] = "websocket"
    refused = visit().get("/_nicegui_ws/socket.io/", params=query, headers=foreign | upgrade)
    assert refused.status_code == 403


# ---- the framework's own doors ----


def test_files_make_no_session_and_what_is_not_there_no_page(visit: Visit) -> None:
    stranger = visit()
    version = re.search(r"/_nicegui/([\d.]+)/", stranger.get("/").text)
    assert version
    framework = f"/_nicegui/{version[1]}"
    fresh = visit()
    file = fresh.get(f"{framework}/static/nicegui.js")
    assert "immutable" in file.headers["cache-control"]
    absent = (
        *("/_nicegui/nothing", f"{framework}/static/nothing.js", "/records/a/b", "/c/a/b"),
        *(f"{framework}/resources/a/b", f"{framework}/dynamic_resources/a", "/_nicegui/client/1"),
        *(f"{framework}/esm/landbrief-reader/..%2f..%2f..%2fmount.py", "/_nicegui/on_air"),
    )
    for path in absent:
        answer = fresh.get(path)
        assert answer.status_code in (403, 404), path
        assert answer.headers["content-type"] == "application/problem+json", path
    assert not fresh.cookies


def test_nothing_is_uploaded_by_the_frameworks_own_way(visit: Visit) -> None:
    sent = visit().post("/_nicegui/client/1/upload/1", content=b"x" * (2 << 20))
    assert sent.status_code in (404, 413)


def test_a_browser_writes_nothing_into_the_log_and_keeps_nothing_that_is_no_choice(
    visit: Visit, house: House
) -> None:
    tab = opened_tab(visit()).connect()
    message = {"client_id": tab.client_id, "level": "error", "message": "forged line"}
    tab.send("log", message)
    tab.emit(tab.having("aria-label", "Language"), "change", "x" * 9_000)
    tab.emit(tab.having("aria-label", "Language"), "change", "fr")
    tab.listen("location.reload")
    assert "forged" not in house.log()
    kept = "".join(one.read_text() for one in (house.home / "page").iterdir())
    assert "xxx" not in kept


# ---- markup ----


def test_what_a_document_says_is_text_wherever_it_stands(visit: Visit, inside: Inside) -> None:
    browser = visit(inside.key)
    text = f"# {_EVIL}\n\n1. {_EVIL} will be planted in 2031.\n"
    named = "<svg onload=alert(3)>.en.md"
    sent = browser.post(
        "/documents/upload",
        files={"file": (named, text.encode())},
        data={"visibility": "internal"},
    ).json()["files"][0]
    assert sent["status"] == "added", sent
    pages = [
        *(sent["href"], "/documents", f"/documents?q={_EVIL}", f"/brief?topic={_EVIL}"),
        *(f"/records/events?party={_EVIL}", f"/documents/{_EVIL}", f"/records/{'%3Csvg%3E'}"),
    ]
    for path in pages:
        page = browser.get(path).text
        assert "<img" not in page, path
        assert "<svg onload" not in page, path
        assert "<script>alert" not in page, path
        nonce = re.findall(r"<script nonce=\"[\w-]+\"([^>]*)>", page)
        assert len(nonce) == page.count("<script"), path
        assert "alert" not in "".join(nonce)
        # Within the script that holds the elements, the text can end neither it nor its string.
        assert not re.search(r"(?<!\\)\$\{7", page), path


# ---- last, for it locks the address of all these tests out ----


def test_wrong_keys_at_the_form_are_soon_not_looked_at(visit: Visit, house: House) -> None:
    key = _reader(house, "locked-out")
    browser = visit()
    for _ in range(21):
        browser.post("/sign-in", data={"key": key[:-2] + "!!"})
    browser.post("/sign-in", data={"key": key})
    assert '"name":"key"' in browser.get("/documents").text
