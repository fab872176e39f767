"""Files from anybody: read in another process, within bounds, and never half stored."""

import io
import os
import pickle
import random
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import bombs
import httpx
import pytest
from api_samples import WELLS, WELLS_ID, written
from api_serving import landbrief, serving

from ingestion.isolated import IsolatedReading
from ingestion.parsing_values import Bounds, Reply
from ingestion.plain_values import NotPlain, read_value, write_value
from ingestion.readers.limits import ReadLimits
from ingestion.reading import ReadingHere
from kb.errors import UnreadableFile

KILLS = int(os.environ.get("LANDBRIEF_KILLS", "4"))
LIMITS = ReadLimits()
linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
posix = pytest.mark.skipif(os.name != "posix", reason="limits of processes are POSIX")


@pytest.fixture
def apart() -> Iterator[Callable[..., IsolatedReading]]:
    """Makes what reads apart; all of it ends with the test."""
    made: list[IsolatedReading] = []

    def make(**bounds: float) -> IsolatedReading:
        made.append(IsolatedReading(Bounds(**bounds)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_what_is_read_apart_is_what_is_read_here(
    apart: Callable[..., IsolatedReading], tmp_path: Path
) -> None:
    reading, here = apart(), ReadingHere()
    path = written(tmp_path, "wells.txt", WELLS)
    read = reading.document(path, LIMITS, None)
    assert read == here.document(path, LIMITS, None)
    found = reading.candidates(read.parsed, WELLS_ID)
    assert found
    assert found == here.candidates(read.parsed, WELLS_ID)
    rows = '{"document_id": "X", "paragraph": "1", "language": "en", "text": "Wells."}\n'
    passages = written(tmp_path, "some.jsonl", rows)
    assert reading.passages(passages, LIMITS) == here.passages(passages, LIMITS)
    funding = written(tmp_path, "funding.csv", "provider,amount,currency,stage\nNorway,5,USD,odd\n")
    assert reading.records(funding, LIMITS, "funding.csv", "internal") == here.records(
        funding, LIMITS, "funding.csv", "internal"
    )
    with pytest.raises(UnreadableFile) as there:
        reading.document(tmp_path / "wells.pdf", LIMITS, None)
    assert "\n" not in str(there.value)


@posix
def test_a_file_that_takes_too_much_ends_its_own_process_alone(
    apart: Callable[..., IsolatedReading], tmp_path: Path
) -> None:
    good = written(tmp_path, "wells.txt", WELLS)
    large = tmp_path / "large.xlsx"
    large.write_bytes(bombs.xlsx(350))
    reading = apart(memory_mb=320, seconds=60)
    with pytest.raises(UnreadableFile, match="320 MB"):
        reading.records(large, LIMITS, "large.xlsx", "public")
    assert reading.document(good, LIMITS, None).parsed.paragraphs
    slow = apart(seconds=0.3)
    endless = tmp_path / "endless.html"
    endless.write_bytes(bombs.html(20))
    with pytest.raises(UnreadableFile, match=r"longer than 0\.3 s"):
        slow.document(endless, LIMITS, None)
    wordy = written(tmp_path, "wordy.txt", "1. " + "drought " * 400_000)
    with pytest.raises(UnreadableFile, match="more than 1 MB of text"):
        apart(result_mb=1).document(wordy, LIMITS, None)


def test_only_frozen_values_of_ours_come_back() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (os.system, ("true",))

    for value in (Evil(), os.getcwd, subprocess.Popen, eval, IsolatedReading, ReadingHere()):
        try:
            content = pickle.dumps(value)
        except (AttributeError, pickle.PicklingError):
            content = b"cos\nsystem\n(S'true'\ntR."
        stream = io.BytesIO(len(content).to_bytes(8, "big") + content)
        with pytest.raises(NotPlain):
            read_value(stream)
    stream = io.BytesIO()
    write_value(stream, Reply("refused", text="no"))
    stream.seek(0)
    assert read_value(stream) == Reply("refused", text="no")
    with pytest.raises(NotPlain):
        read_value(io.BytesIO((1 << 62).to_bytes(8, "big")), most=100)


@linux
def test_the_process_that_reads_files_holds_no_secret(
    apart: Callable[..., IsolatedReading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDBRIEF_API_TOKEN", "a-secret-token")
    monkeypatch.setenv("OPENAI_API_KEY", "another-secret")
    reading = apart()
    reading.document(written(tmp_path, "wells.txt", WELLS), LIMITS, None)
    process = reading._process
    assert process is not None
    environ = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"secret" not in environ
    assert b"LANDBRIEF" not in environ


HASTY = {
    "LANDBRIEF_PARSE_SECONDS": "10",
    "LANDBRIEF_PARSE_MEMORY_MB": "512",
    "LANDBRIEF_HEADER_SECONDS": "1",
    "LANDBRIEF_BODY_SECONDS": "1",
}


@pytest.fixture(scope="module")
def initialized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("initialized") / "home"
    assert landbrief(home, "init").returncode == 0
    return home


@pytest.fixture(scope="module")
def served(
    initialized: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int]]:
    home = Path(shutil.copytree(initialized, tmp_path_factory.mktemp("served") / "home"))
    with serving(home, extra=HASTY) as (url, process):
        yield url, process.pid


def _upload(url: str, name: str, content: bytes) -> httpx.Response:
    return httpx.post(
        f"{url}/v1/documents", files={"file": (name, content)}, timeout=120, trust_env=False
    )


def _memory(pid: int, field: str) -> int:
    """Megabytes of `VmRSS` now, or `VmHWM` at most."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1]) >> 10


@linux
def test_a_bomb_does_not_move_the_memory_of_the_server(served: tuple[str, int]) -> None:
    url, pid = served
    assert _upload(url, "wells.txt", WELLS.encode()).status_code == 201
    for name, content in (
        ("text.docx", bombs.docx(300)),
        ("bomb.docx", bombs.docx(900)),
        ("entities.docx", bombs.entities()),
        ("bomb.xlsx", bombs.xlsx(350)),
        ("bomb.pdf", bombs.pdf(100)),
        ("endless.html", bombs.html(30)),
    ):
        before = _memory(pid, "VmRSS")
        Path(f"/proc/{pid}/clear_refs").write_text("5")
        answer = _upload(url, name, content)
        assert answer.status_code == 422, (name, answer.text)
        most = _memory(pid, "VmHWM")
        print(f"{name}: {len(content) >> 10} KB, {answer.json()['detail']}; +{most - before} MB")
        assert most - before < 40, name
        assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
    assert _upload(url, "wells.txt", WELLS.encode()).status_code == 200


def test_readers_are_served_while_a_bomb_is_read(served: tuple[str, int]) -> None:
    url, _ = served
    done = threading.Event()

    def bomb() -> None:
        _upload(url, "endless.html", bombs.html(30))
        done.set()

    thread = threading.Thread(target=bomb)
    thread.start()
    times = []
    while not done.is_set():
        start = time.monotonic()
        answer = httpx.get(f"{url}/v1/search?q=drought", trust_env=False, timeout=30)
        assert answer.status_code == 200
        times.append(time.monotonic() - start)
    thread.join()
    assert max(times) < 5


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", b""),
        (b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n", b""),
        (
            b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{",
            b" 408 ",
        ),
    ],
)
def test_who_sends_too_slowly_is_sent_away(
    served: tuple[str, int], sent: bytes, said: bytes
) -> None:
    url, _ = served
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", _port(url)), timeout=20) as client:
        if sent:
            client.sendall(sent)
        answer = b""
        while part := client.recv(4_096):
            answer += part
    assert time.monotonic() - start < 10
    assert said in answer.split(b"\r\n")[0]


def test_a_client_that_goes_on_is_not_sent_away(served: tuple[str, int]) -> None:
    url, _ = served
    with httpx.Client(base_url=url, trust_env=False) as client:
        for _ in range(3):
            assert client.get("/healthz").status_code == 200
            time.sleep(0.7)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killing_a_server_during_uploads_loses_and_halves_nothing(
    initialized: Path, tmp_path: Path
) -> None:
    chance = random.Random(20261120)  # noqa: S311
    home = Path(shutil.copytree(initialized, tmp_path / "home"))
    promised: set[str] = set()
    for round_ in range(KILLS):
        with serving(home) as (url, process):

            def upload(url: str = url, round_: int = round_) -> None:
                for n in range(50):
                    text = (
                        f"A note on sieves {round_}-{n}\n\n1. The sieve {round_}-{n} was mended.\n"
                    )
                    name = f"sieve-{round_}-{n}.txt"
                    try:
                        if _upload(url, name, text.encode()).status_code == 201:
                            promised.add(name)
                    except httpx.HTTPError:
                        return

            thread = threading.Thread(target=upload)
            thread.start()
            time.sleep(chance.uniform(0.05, 3.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
            thread.join()
        verified = landbrief(home, "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
    with serving(home) as (url, _):
        assert not (home / "uploads").exists()
        items, cursor = [], None
        while True:
            page = httpx.get(
                f"{url}/v1/documents",
                params={"limit": 200, **({"cursor": cursor} if cursor else {})},
                trust_env=False,
            ).json()
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        held = {edition["source"]: edition for item in items for edition in item["editions"]}
        assert promised <= set(held)
        mine = [one for name, one in held.items() if name.startswith("sieve-")]
        assert all((one["version"], one["paragraphs"]) == (1, 1) for one in mine)
