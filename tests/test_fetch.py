"""`fetch`, against a server on loopback that behaves as document servers do."""

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from api_samples import home_settings
from cli_calls import Ended, Landbrief
from docx import Document
from fpdf import FPDF

from api.house import open_house
from ingestion.addresses import Border, is_public
from ingestion.download import Bounds, Reply, download
from kb.errors import DownloadFailed
from kb.lease import owner

SYMBOL = "ICCD/COP(98)/7"
TEXT = {
    "en": (
        "United Nations",
        SYMBOL,
        "Convention to Combat Desertification",
        "Original: English",
        "Conference of the Parties",
        "Ninety-eighth session",
        "Wells and their keepers",
        "Note by the secretariat",
        "1. The Lumen Wells Partnership has dug 4,200 wells in 17 countries since 2028.",
        "2. Norland granted 150 million dollars to the Partnership in 2029, and the keepers of the "
        "wells elect a council every two years.",
    ),
    "fr": (
        "Nations Unies",
        SYMBOL,
        "Convention sur la lutte contre la desertification",
        "Original: anglais",
        "Conference des Parties",
        "Les puits et leurs gardiens",
        "Note du secretariat",
        "1. Le Partenariat des puits a creuse 4 200 puits dans 17 pays depuis 2028, et chaque "
        "puits est garde par un conseil de voisins qui publie ce qu'il depense.",
        "2. Les gardiens des puits sont elus tous les deux ans par le conseil.",
    ),
}
ERROR_PAGE = (
    b"<!DOCTYPE html><html><head><title>There is no\n document matching</title></head></html>"
)


@cache  # it holds the time at which it was made
def _pdf(lines: Sequence[str]) -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=11)
    for line in lines:
        page.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
        page.ln(4)
    return bytes(page.output())


def _docx(lines: Sequence[str]) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


Answering = Callable[["Handler", dict[str, str]], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test said; every query is noted."""

    server: "Ods"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.asked.append((parts.path, query, dict(self.headers)))
        with suppress(BrokenPipeError, ConnectionResetError):  # the client has seen enough
            self.server.answering(self, query)

    def give(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def send_on(self, to: str, status: int = 302) -> None:
        self.give(b"", status, Location=to)

    def log_message(self, *_: object) -> None:
        pass


class Ods(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.answering: Answering = holding

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/access"

    def handle_error(self, *_: object) -> None:
        pass


def holding(request: Handler, query: dict[str, str]) -> None:
    """It holds one document, in English and French; of others it says so on a page."""
    lines = TEXT.get(query["l"]) if query["s"] == SYMBOL else None
    if lines is None:
        request.give(ERROR_PAGE, Content_Type="text/html")
    elif request.path.startswith("/api/"):
        request.send_on(f"/doc/{query['l']}.file?{urlsplit(request.path).query}")
    else:
        request.give(_pdf(lines) if query["t"] == "pdf" else _docx(lines))


@pytest.fixture
def ods() -> Iterator[Ods]:
    server = Ods()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def initialized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("initialized")
    with open_house(home_settings(home)) as house:
        house.own.init()
    return home


@pytest.fixture
def home(initialized: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(initialized, tmp_path / "home"))


@pytest.fixture
def fetch(
    ods: Ods, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    monkeypatch.setenv("LANDBRIEF_HOME", str(home))
    monkeypatch.setenv("LANDBRIEF_ODS_URL", ods.url)
    monkeypatch.setenv("LANDBRIEF_FETCH_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("LANDBRIEF_FETCH_SECONDS", "20")
    landbrief = Landbrief(capsys)
    return lambda *arguments: landbrief("fetch", *arguments)


@pytest.fixture
def refused(
    ods: Ods,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., str]:
    """The line that a failed download ends with; the stores are not even opened."""
    home = tmp_path / "never-made"
    monkeypatch.setenv("LANDBRIEF_HOME", str(home))
    monkeypatch.setenv("LANDBRIEF_ODS_URL", ods.url)
    monkeypatch.setenv("LANDBRIEF_FETCH_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "temporary").mkdir()

    def line(*arguments: str) -> str:
        ended = Landbrief(capsys)("fetch", *(arguments or (SYMBOL,)))
        assert ended.code == 1
        assert ended.err == ""
        assert ended.out.count("\n") == 1
        assert ended.out.startswith("rejected")
        assert not home.exists()
        assert list((tmp_path / "temporary").iterdir()) == []
        return ended.out

    return line


def _documents(home: Path) -> dict[str, set[str]]:
    with open_house(home_settings(home)) as house:
        return {
            summary.document_id: {one.language for one in summary.editions}
            for summary in house.kb.documents()
        }


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_document_is_downloaded_by_symbol_and_taken_in(
    fetch: Callable[..., Ended], ods: Ods, home: Path, form: str
) -> None:
    ended = fetch(SYMBOL, "--format", form, "--json")
    assert ended.code == 0, ended.out
    report = json.loads(ended.out)["files"][0]
    assert (report["status"], report["document_id"], report["symbol"]) == ("added", SYMBOL, SYMBOL)
    assert (report["path"], report["paragraphs"]) == (SYMBOL, 2)
    path, query, headers = ods.asked[0]
    assert (path, query["s"], query["l"]) == ("/api/access", SYMBOL, "en")
    assert headers["Host"] == f"127.0.0.1:{ods.server_port}"
    assert _documents(home)[SYMBOL] == {"en"}
    assert owner(home) is None


def test_languages_are_editions_of_one_document(fetch: Callable[..., Ended], home: Path) -> None:
    assert fetch(SYMBOL).out.startswith("added")
    assert fetch(SYMBOL, "--language", "fr").out.startswith("added")
    assert fetch(SYMBOL).out.startswith("unchanged")
    assert _documents(home)[SYMBOL] == {"en", "fr"}


def test_one_that_fails_stops_no_other(fetch: Callable[..., Ended], home: Path) -> None:
    ended = fetch("ICCD/COP(98)/404", SYMBOL, "not a symbol")
    assert ended.code == 1
    assert sorted(line.split()[0] for line in ended.out.splitlines()) == [
        *("added", "rejected", "rejected")
    ]
    assert SYMBOL in _documents(home)


def test_an_unknown_symbol_is_told_with_what_the_page_says(refused: Callable[..., str]) -> None:
    line = refused("ICCD/COP(98)/404")
    assert 'has no such document, or not as PDF: it answered with a web page ("There is no' in line


def test_a_language_that_is_not_there_is_told_with_those_that_are(
    refused: Callable[..., str],
) -> None:
    line = refused(SYMBOL, "--language", "ru")
    assert "is not there in Russian as PDF; it is in English and French" in line


@pytest.mark.parametrize("text", ["wells", "https://example.org/x", "../../etc/passwd", "A/1 A/2"])
def test_what_is_no_symbol_is_not_asked_for(
    refused: Callable[..., str], ods: Ods, text: str
) -> None:
    assert "is no UN document symbol" in refused(text)
    assert ods.asked == []


def _status(status: int) -> Answering:
    return lambda request, _: request.give(b"no", status)


def _body(body: bytes, **headers: Any) -> Answering:
    return lambda request, _: request.give(body, **headers)


def _cut(body: bytes) -> Answering:
    """Says that more comes than what comes."""
    return lambda request, _: request.give(body[:-200], Content_Length=str(len(body)))


def _cut_without_a_length(body: bytes) -> Answering:
    def answer(request: Handler, _: dict[str, str]) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(body[:-200])

    return answer


def _cut_between_chunks(body: bytes) -> Answering:
    def answer(request: Handler, _: dict[str, str]) -> None:
        request.protocol_version = "HTTP/1.1"
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"%x\r\n%s\r\n" % (len(body) - 200, body[:-200]))
        request.close_connection = True

    return answer


def _swapped(lines: Sequence[str], symbol: str) -> Answering:
    return _body(_pdf(tuple(symbol if line == SYMBOL else line for line in lines)))


@pytest.mark.parametrize(
    ("answering", "said"),
    [
        (_status(404), "has no such document"),
        (_status(204), "has no such document"),
        (_status(403), "does not give it out (HTTP status 403)"),
        (_status(429), "asks to wait"),
        (_status(503), "is out of order (HTTP status 503)"),
        (_status(418), "HTTP status 418"),
        (_body(ERROR_PAGE), "answered with a web page"),
        (_body(ERROR_PAGE, Content_Type="application/pdf"), "answered with a web page"),
        (_body(b""), "answered with an empty file"),
        (_body(b"%PDF-1.7 and nothing more"), "is cut off"),
        (_body(b"plain words"), "sent a text file where a PDF was asked for"),
        (_body(_docx(TEXT["en"])), "sent a Word document where a PDF was asked for"),
        (_body(_pdf(TEXT["en"]), Content_Encoding="gzip"), "came packed"),
        (_body(b"%PDF-1.7\n" + b"0" * 300 + b"\n%%EOF\n"), "the file that came"),
        (_cut(_pdf(TEXT["en"])), "broke off before the end"),
        (_cut_between_chunks(_pdf(TEXT["en"])), "broke off before the end"),
        (_cut_without_a_length(_pdf(TEXT["en"])), "is cut off"),
        (_swapped(TEXT["en"], "ICCD/COP(98)/8"), "sent ICCD/COP(98)/8 in its place"),
        (_body(_pdf(TEXT["fr"])), "sent it in French instead of English"),
    ],
)
def test_what_is_not_the_document_is_refused_with_a_plain_reason(
    refused: Callable[..., str], ods: Ods, answering: Answering, said: str
) -> None:
    ods.answering = answering
    assert said in refused()


def test_a_redirect_that_goes_round_ends(refused: Callable[..., str], ods: Ods) -> None:
    ods.answering = lambda request, _: request.send_on("/round")
    assert "sent on more than 5 times" in refused()
    assert len(ods.asked) == 6


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://192.0.2.7/x.pdf", 'the host "192.0.2.7", which is not allowed'),
        ("http://127.0.0.1:1/x.pdf", 'the host "127.0.0.1:1", which is not allowed'),
        ("http://127.0.0.1/x.pdf", 'the host "127.0.0.1", which is not allowed'),
        ("http://localhost/x.pdf", 'the host "localhost", which is not allowed'),
        ("//evil.example/x.pdf", 'the host "evil.example", which is not allowed'),
        ("http://127.0.0.1@evil.example/", "with a user name"),
        ("file:///etc/passwd", "is no address of the web"),
        ("ftp://127.0.0.1/x", "is no address of the web"),
        ("http://[::1", "answered wrongly"),
        ("", "without saying where to"),
    ],
)
def test_a_redirect_leads_only_where_it_may(
    refused: Callable[..., str], ods: Ods, to: str, said: str
) -> None:
    ods.answering = lambda request, _: request.send_on(to)
    assert said in refused()
    assert len(ods.asked) == 1


def test_a_server_that_says_too_much_is_left(
    refused: Callable[..., str], ods: Ods, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDBRIEF_MAX_FILE_MB", "1")
    ods.answering = _body(b"%PDF-1.7" + b"0" * (2 << 20))
    assert "is larger than 1 MB" in refused()

    def endless(request: Handler, _: dict[str, str]) -> None:
        request.send_response(200)
        request.end_headers()
        for _n in range(1000):
            request.wfile.write(b"%PDF-1.7" + b"0" * (1 << 16))

    ods.answering = endless
    assert "is larger than 1 MB" in refused()


def _slow_body(request: Handler, _: dict[str, str]) -> None:
    request.send_response(200)
    request.end_headers()
    for _n in range(100):
        request.wfile.write(b"%PDF")
        time.sleep(0.1)


def _slow_headers(request: Handler, _: dict[str, str]) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(100):
        request.wfile.write(b"X-%d: y\r\n" % n)
        time.sleep(0.1)


def _silence(_request: Handler, _: dict[str, str]) -> None:
    time.sleep(3)


@pytest.mark.parametrize("answering", [_slow_body, _slow_headers, _silence])
def test_a_server_that_dawdles_is_left(
    refused: Callable[..., str],
    ods: Ods,
    monkeypatch: pytest.MonkeyPatch,
    answering: Answering,
) -> None:
    monkeypatch.setenv("LANDBRIEF_FETCH_SECONDS", "0.6")
    ods.answering = answering
    start = time.monotonic()
    assert "took longer than 0.6 seconds" in refused()
    assert time.monotonic() - start < 3


def test_a_server_that_is_not_there_is_told(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("LANDBRIEF_ODS_URL", f"http://127.0.0.1:{port}/")
    assert "cannot be reached" in refused()


@pytest.mark.parametrize("address", ["ftp://x/", "nonsense", "http://", "http://a@b/"])
def test_an_impossible_address_is_a_wrong_setting(
    fetch: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("LANDBRIEF_ODS_URL", address)
    ended = fetch(SYMBOL)
    assert ended.code == 1
    assert "LANDBRIEF_ODS_URL" in ended.err
    assert ended.err.count("\n") == 1


def test_private_addresses_are_refused_unless_a_setting_lets_them_pass(
    refused: Callable[..., str], ods: Ods, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANDBRIEF_FETCH_PRIVATE_ADDRESSES")
    assert "has the address 127.0.0.1, which is not a public one" in refused()
    assert ods.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254"),
        "0.0.0.0",  # noqa: S104
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "nothing"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["157.150.185.49", "8.8.8.8", "2a00:1450:4001::1"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


def _download(ods: Ods, tmp_path: Path, name: str, **border: Any) -> Reply:
    url = httpx.URL(f"http://{name}:{ods.server_port}/doc/x?s={SYMBOL}&l=en&t=pdf")
    return download(url, tmp_path / "x.pdf", Border(url, (), **border), Bounds(1 << 20, 5.0))


def test_a_name_is_looked_up_once_and_keeps_its_host(ods: Ods, tmp_path: Path) -> None:
    looked_up = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        looked_up.append((host, port))
        return ("127.0.0.1",)

    assert _download(ods, tmp_path, "ods.example", private=True, resolve=resolve).status == 200
    assert looked_up == [("ods.example", ods.server_port)]
    assert ods.asked[0][2]["Host"] == f"ods.example:{ods.server_port}"


def test_a_name_with_one_private_address_is_refused(ods: Ods, tmp_path: Path) -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ("157.150.185.49", "127.0.0.1")

    with pytest.raises(DownloadFailed, match=r"127\.0\.0\.1, which is not a public one"):
        _download(ods, tmp_path, "ods.example", private=False, resolve=resolve)
    assert ods.asked == []


def test_the_next_address_is_tried_where_one_takes_no_connection(ods: Ods, tmp_path: Path) -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ("127.0.0.9", "127.0.0.1")

    assert _download(ods, tmp_path, "ods.example", private=True, resolve=resolve).status == 200


def test_a_host_that_is_allowed_is_gone_on_to(ods: Ods, tmp_path: Path) -> None:
    """At the usual port of its scheme, which nothing listens at here."""
    ods.answering = lambda request, _: request.send_on("http://files.example/x.pdf")
    asked = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        if host == "files.example":
            raise OSError("unknown")
        return ("127.0.0.1",)

    url = httpx.URL(f"http://ods.example:{ods.server_port}/")
    border = Border(url, ("Files.Example",), private=True, resolve=resolve)
    with pytest.raises(DownloadFailed, match=r'"files\.example" is not known here'):
        download(url, tmp_path / "x.pdf", border, Bounds(1 << 20, 5.0))
    assert asked == ["ods.example", "files.example"]


def test_an_encrypted_start_is_not_sent_on_in_the_clear() -> None:
    import anyio

    border = Border(httpx.URL("https://ods.example/"), ("files.example",), private=True)
    with pytest.raises(DownloadFailed, match="not encrypted"):
        anyio.run(border.checked, httpx.URL("http://files.example/x.pdf"))
