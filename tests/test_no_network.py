"""`init`, `ingest`, `ask` and `serve` reach for nothing outside this machine."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from api_samples import WELLS, written
from api_serving import landbrief, serving
from offline.network_guard import LOG_VARIABLE

QUESTION = "How many wells has the Lumen Wells Partnership dug?"


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """Settings under which a child process notes each attempt in `attempts.txt`."""
    folders = [str(Path(__file__).parent / "offline"), os.environ.get("PYTHONPATH", "")]
    return {
        LOG_VARIABLE: str(tmp_path / "attempts.txt"),
        "PYTHONPATH": os.pathsep.join(filter(None, folders)),
    }


def _attempts(guarded: dict[str, str]) -> list[str]:
    log = Path(guarded[LOG_VARIABLE])
    return log.read_text().splitlines() if log.exists() else []


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "socket.getaddrinfo('example.org', 443)",
        "socket.gethostbyname('example.org')",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
    ],
)
def test_the_guard_notes_what_leaves(guarded: dict[str, str], attempt: str) -> None:
    code = f"import socket\ntry:\n    {attempt}\nexcept OSError:\n    pass"
    environment = {**os.environ, **guarded}
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], env=environment, check=True)
    assert _attempts(guarded)


def test_the_guard_lets_loopback_pass(guarded: dict[str, str]) -> None:
    code = (
        "import socket\n"
        "with socket.create_server(('localhost', 0)) as s:\n"
        "    socket.create_connection(s.getsockname()).close()\n"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **guarded}, check=True)
    assert _attempts(guarded) == []


def test_commands_stay_on_this_machine(guarded: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = written(tmp_path, "wells.txt", WELLS)
    for arguments in (("init",), ("ingest", path), ("ask", QUESTION)):
        ended = landbrief(home, *arguments, extra=guarded)
        assert ended.returncode == 0, ended.stderr
    assert _attempts(guarded) == []


def test_a_server_stays_on_this_machine(guarded: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = written(tmp_path, "wells.txt", WELLS)
    with serving(home, extra=guarded) as (url, _):
        assert landbrief(home, "ingest", path, extra=guarded).returncode == 0
        answer = httpx.post(f"{url}/v1/ask", json={"question": QUESTION}, trust_env=False)
        assert "4,200" in answer.text
        for page in ("/", "/docs", "/openapi.json", "/v1/documents"):
            assert httpx.get(url + page, trust_env=False).status_code == 200
    assert _attempts(guarded) == []
