"""`kill -9` at random moments of an ingestion loses nothing and doubles nothing.

`LANDBRIEF_KILLS` sets how often (50 for the figure in the README).
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from kb.knowledge_base import open_knowledge_base
from kb.settings import Settings

FIXTURES = Path(__file__).parent / "fixtures" / "documents"
KILLS = int(os.environ.get("LANDBRIEF_KILLS", "4"))


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "api.cli", *arguments]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "LANDBRIEF_HOME": str(home)}


def held(home: Path) -> list[tuple[str, str, str, int, int]]:
    """Every edition with its version and its number of paragraphs."""
    with open_knowledge_base(Settings(home=home), write=False) as kb:
        return sorted(
            (document.document_id, e.language, e.kind, e.version, e.paragraphs)
            for document in kb.documents()
            for e in document.editions
        )


def test_killing_an_ingestion_loses_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261120)  # noqa: S311
    folder = tmp_path / "documents"
    folder.mkdir()
    for source in FIXTURES.iterdir():
        if source.suffix in {".txt", ".md"}:
            (folder / source.name).write_bytes(source.read_bytes())
    home, calm = tmp_path / "home", tmp_path / "calm"

    for _ in range(KILLS):
        process = subprocess.Popen(
            command("ingest", str(folder)),
            env=environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.6, 3.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        verified = subprocess.run(
            command("verify"), env=environment(home), capture_output=True, text=True
        )
        assert verified.returncode == 0, verified.stdout + verified.stderr

    for place in (home, calm):
        subprocess.run(command("ingest", str(folder)), env=environment(place), capture_output=True)
    assert held(home) == held(calm)
    assert all(version == 1 for _, _, _, version, _ in held(home))
