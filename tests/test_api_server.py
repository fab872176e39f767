"""A real server and commands beside it."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from api_samples import TOOLS, WELLS, WELLS_CHANGED, WELLS_ID, home_settings, written
from api_serving import ROOT, environment, serving
from cli_calls import Landbrief

from api.house import open_house
from api.server import run
from kb.errors import SettingsError
from kb.lease import owner
from kb.settings import Settings


@pytest.fixture(scope="module")
def initialized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home to copy: making one anew takes longer than a test should."""
    home = tmp_path_factory.mktemp("initialized")
    with open_house(home_settings(home)) as house:
        house.own.init()
    return home


@pytest.fixture(scope="module")
def home(initialized: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(initialized, tmp_path_factory.mktemp("served") / "home"))


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    """The server that most tests share; one at a time changes it."""
    with serving(home) as (address, _):
        yield address


@pytest.fixture
def landbrief(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Landbrief:
    """Commands on the home that the shared server owns."""
    monkeypatch.setenv("LANDBRIEF_HOME", str(home))
    return Landbrief(capsys)


@pytest.fixture
def own_home(initialized: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(initialized, tmp_path / "home"))


def _found(url: str, query: str) -> list[tuple[str, str]]:
    hits = httpx.get(f"{url}/v1/search", params={"q": query, "k": 1}, trust_env=False).json()
    return [(hit["document_id"], hit["paragraph"]) for hit in hits["hits"]]


def test_what_a_command_changes_beside_a_server_is_found_at_once(
    url: str, landbrief: Landbrief, tmp_path: Path
) -> None:
    path = written(tmp_path, "wells.txt", WELLS)
    added = landbrief("ingest", path)
    assert (added.code, added.out.split()[0]) == (0, "added"), added.err
    assert _found(url, "camel troughs") == [(WELLS_ID, "3")]

    path.write_text(WELLS_CHANGED)
    assert landbrief("ingest", path).out.split()[0] == "updated"
    assert _found(url, "goat fences") == [(WELLS_ID, "3")]
    assert "camel" not in httpx.get(f"{url}/v1/documents/{WELLS_ID}", trust_env=False).text

    assert landbrief("remove", WELLS_ID).code == 0
    assert (WELLS_ID, "3") not in _found(url, "goat fences")
    assert httpx.get(f"{url}/v1/documents/{WELLS_ID}", trust_env=False).status_code == 410
    assert landbrief("verify").code == 0


def test_a_command_prints_the_body_of_the_server(url: str, landbrief: Landbrief) -> None:
    path = "/v1/search?q=drought&k=3"
    served = httpx.get(url + path, trust_env=False).text
    assert landbrief("search", "drought", "-k", "3", "--json").out == served + "\n"
    document = "CRIC(23), item 2(a)"
    shown = landbrief("show", document, "--json").out
    assert shown == httpx.get(f"{url}/v1/documents/{document}", trust_env=False).text + "\n"


def test_errors_of_the_server_are_one_line_of_the_command(url: str, landbrief: Landbrief) -> None:
    assert url
    ended = landbrief("show", "CRIC(23), item 2(b)")
    assert ended.code == 1
    assert 'did you mean "CRIC(23), item 2(a)"' in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_the_user_can_read_the_token(url: str, home: Path) -> None:
    assert url
    holders = [p for p in home.iterdir() if p.is_file() and b'"token"' in p.read_bytes()]
    assert len(holders) == 1
    assert stat.S_IMODE(holders[0].stat().st_mode) == 0o600


def test_a_second_server_on_the_home_is_refused_at_once(url: str, landbrief: Landbrief) -> None:
    start = time.monotonic()
    ended = landbrief("serve", "--port", "0")
    assert ended.code == 1
    assert f"already served at {url}" in ended.err
    assert time.monotonic() - start < 5


def test_a_request_to_another_name_is_refused(url: str) -> None:
    answer = httpx.get(url, headers={"Host": "rebound.example"}, trust_env=False)
    assert answer.status_code == 403
    port = url.rpartition(":")[2]
    answer = httpx.get(url, headers={"Host": f"localhost:{port}"}, trust_env=False)
    assert answer.status_code == 200


def test_a_command_that_is_killed_leaves_the_server_able_to_write(
    url: str, home: Path, landbrief: Landbrief, tmp_path: Path
) -> None:
    for n in range(40):
        written(tmp_path / "many", f"number-{n:02}.txt", f"1. The number {n} is unlike any other.")
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "ingest", tmp_path / "many"],
        env=environment(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    assert landbrief("verify").code == 0
    assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
    path = written(tmp_path, "last.txt", "1. The yodelling heron came last.")
    assert landbrief("ingest", path).code == 0
    assert _found(url, "yodelling heron")[0][1] == "1"


def test_readers_are_served_while_a_command_ingests(
    url: str, landbrief: Landbrief, tmp_path: Path
) -> None:
    for n in range(20):
        written(tmp_path / "more", f"ledger-{n:02}.txt", f"1. Entry {n} of the ledger of herons.")
    served: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            served.append(httpx.get(f"{url}/v1/search?q=drought", trust_env=False).status_code)

    reader = threading.Thread(target=read)
    reader.start()
    reports = json.loads(landbrief("ingest", tmp_path / "more", "--json").out)["files"]
    done.set()
    reader.join()
    assert [report["status"] for report in reports] == ["added"] * 20
    assert len(served) > 1
    assert set(served) == {200}


def test_serve_ingests_what_is_named_and_there_and_the_originals(
    own_home: Path, tmp_path: Path
) -> None:
    written(tmp_path / "documents", "tools.txt", TOOLS)
    written(tmp_path / "originals", "wells.txt", WELLS)
    missing = tmp_path / "missing"
    arguments = ("--ingest", tmp_path / "documents", "--ingest", missing, "--ingest", "")
    extra = {"LANDBRIEF_ORIGINALS": str(tmp_path / "originals")}
    with serving(own_home, *arguments, extra=extra) as (url, _):
        assert _found(url, "camel troughs") == [(WELLS_ID, "3")]
        assert _found(url, "zither spade")[0][1] == "2"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_told_to_stop_leaves_its_home_free(own_home: Path, how: signal.Signals) -> None:
    with serving(own_home) as (url, process):
        assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
        process.send_signal(how)
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "Traceback" not in said
    _assert_free(own_home)


def _assert_free(home: Path) -> None:
    assert owner(home) is None
    with open_house(home_settings(home)) as house:
        assert house.own.verify().problems == []


def test_a_killed_server_leaves_its_home_free(own_home: Path) -> None:
    with serving(own_home) as (_, process):
        process.kill()
        process.communicate()
    _assert_free(own_home)


def test_a_busy_port_is_one_plain_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = home_settings(tmp_path, port=taken.getsockname()[1])
        with pytest.raises(SettingsError, match="--port") as raised:
            _run(settings)
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])  # noqa: S104
def test_an_address_that_others_reach_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingsError, match="--insecure"):
        _run(home_settings(tmp_path, host=host))


def _run(settings: Settings) -> None:
    run(settings, prepare=lambda _: None, ready=lambda _: None)


def test_insecure_serves_other_machines_too(own_home: Path) -> None:
    with serving(own_home, "--host", "0.0.0.0", "--insecure") as (url, _):  # noqa: S104
        assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
        held_by = owner(own_home)
        assert held_by is not None
        assert held_by.url == url.replace("0.0.0.0", "127.0.0.1")  # noqa: S104


def test_commands_reach_a_server_that_binds_an_address_of_the_network(
    own_home: Path, landbrief: Landbrief, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDBRIEF_HOME", str(own_home))
    # An address that counts as another machine's, on this one.
    with serving(own_home, "--host", "::ffff:127.0.0.1", "--insecure"):
        held_by = owner(own_home)
        assert held_by is not None
        assert held_by.url is not None
        assert held_by.url.startswith("http://127.0.0.1:")
        assert landbrief("search", "drought", "--json").code == 0
