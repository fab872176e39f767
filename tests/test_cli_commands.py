"""The commands on a home of their own, with no server."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from api_samples import WELLS, WELLS_CHANGED, WELLS_ID, written
from cli_calls import Landbrief

from kb.lease import acquire

QUESTION = "How many wells has the Lumen Wells Partnership dug?"


@pytest.fixture
def landbrief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Landbrief:
    monkeypatch.setenv("LANDBRIEF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANDBRIEF_LOCK_WAIT_SECONDS", "0.3")
    monkeypatch.chdir(tmp_path)
    return Landbrief(capsys)


@pytest.fixture
def wells(landbrief: Landbrief, tmp_path: Path) -> Path:
    path = written(tmp_path / "files", "wells.txt", WELLS)
    assert landbrief("ingest", path).code == 0
    return path


def test_a_file_gets_one_line_that_says_what_is_in_it(landbrief: Landbrief, tmp_path: Path) -> None:
    path = written(tmp_path, "wells.txt", WELLS)
    added = landbrief("ingest", path)
    assert added.out == f"added      {path}  {WELLS_ID} · en · 3 paragraphs, 1 footnote\n"
    assert added.err == ""
    assert landbrief("ingest", path).out.startswith("unchanged  ")
    path.write_text(WELLS_CHANGED)
    assert landbrief("ingest", path).out.startswith("updated    ")


def test_a_rejected_file_makes_the_exit_code_1_and_stops_no_other(
    landbrief: Landbrief, tmp_path: Path
) -> None:
    written(tmp_path / "files", "empty.txt", "")
    written(tmp_path / "files", "wells.txt", WELLS)
    ended = landbrief("ingest", tmp_path / "files", tmp_path / "missing.txt")
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert [line.split()[0] for line in lines] == ["rejected", "added", "rejected"]
    assert "no such file" in lines[2]


def test_ingest_json_has_the_agreed_fields(landbrief: Landbrief, tmp_path: Path) -> None:
    written(tmp_path / "files", "empty.txt", "")
    written(tmp_path / "files", "wells.txt", WELLS)
    ended = landbrief("ingest", "files", "--json")
    (empty, wells) = json.loads(ended.out)["files"]
    assert ended.code == 1
    assert set(wells) == {
        *("path", "status", "reason", "document_id", "symbol", "session", "language"),
        *("edition", "paragraphs", "footnotes", "tables", "records", "row_errors"),
    }
    assert (wells["path"], wells["status"]) == ("files/wells.txt", "added")
    assert (wells["paragraphs"], wells["footnotes"]) == (3, 1)
    assert (empty["status"], empty["document_id"], empty["paragraphs"]) == ("rejected", None, 0)


@pytest.mark.usefixtures("wells")
def test_an_answer_lists_its_citations_under_it(landbrief: Landbrief) -> None:
    ended = landbrief("ask", QUESTION)
    statement, *_, citation = ended.out.strip().splitlines()
    assert "4,200 wells" in statement
    assert statement.endswith("[1]")
    assert citation == f"[1] {WELLS_ID}, para. 1 · en, original"
    assert "\x1b" not in ended.out


@pytest.mark.usefixtures("wells")
def test_ask_json_is_the_http_body(landbrief: Landbrief) -> None:
    body = json.loads(landbrief("ask", QUESTION, "--json").out)
    assert body["citations"][0]["document_id"] == WELLS_ID
    assert body["answer"].endswith("[1]")
    assert body["conversation_id"]


@pytest.mark.usefixtures("wells")
def test_search_prints_hits(landbrief: Landbrief) -> None:
    ended = landbrief("search", "camel troughs", "-k", "1")
    assert ended.out.startswith(f"1. {WELLS_ID}, 3 · en, original")
    (hit,) = json.loads(landbrief("search", "camel troughs", "-k", "1", "--json").out)["hits"]
    assert hit["paragraph"] == "3"


@pytest.mark.usefixtures("wells")
def test_show_prints_the_outline_with_every_paragraph_under_its_heading(
    landbrief: Landbrief,
) -> None:
    out = landbrief("show", "iccd/cop(98)/7").out
    places = [out.index(part) for part in ("I. Background", "  1  ", "  2  ", "II. Money", "  3  ")]
    assert places == sorted(places)
    assert "en original version 1: current, 3 paragraphs, from wells.txt" in out


@pytest.mark.usefixtures("wells")
def test_show_prints_a_paragraph_with_its_place_and_footnotes(landbrief: Landbrief) -> None:
    out = landbrief("show", WELLS_ID, "--paragraph", "1").out
    assert out.splitlines()[:3] == [
        f"{WELLS_ID}, para. 1",
        "I. Background",
        "en, original, version 1",
    ]
    assert "fn 1  Counted by the Partnership itself." in out
    assert "salaries" in landbrief("show", WELLS_ID, "-p", "2 (b) (ii)").out


def test_show_says_that_a_version_is_superseded(landbrief: Landbrief, wells: Path) -> None:
    wells.write_text(WELLS_CHANGED)
    landbrief("ingest", wells)
    assert "goat fences" in landbrief("show", WELLS_ID, "-p", "3").out
    old = landbrief("show", WELLS_ID, "-p", "3", "--version", "1").out
    assert "This version is superseded." in old


def test_show_marks_a_digest_as_a_summary(landbrief: Landbrief) -> None:
    landbrief("init")
    out = landbrief("show", "ICCD/COP(16)/4", "-p", "1").out
    assert "summary by LandBrief, not the document's own words" in out


@pytest.mark.usefixtures("wells")
def test_an_unknown_document_names_the_near_ones(landbrief: Landbrief) -> None:
    ended = landbrief("show", "ICCD/COP(98)/77")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("landbrief: no document")
    assert WELLS_ID in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.usefixtures("wells")
def test_a_removed_document_is_gone(landbrief: Landbrief) -> None:
    assert landbrief("remove", WELLS_ID).out == f"Withdrawn: {WELLS_ID}\n"
    assert "withdrawn" in landbrief("show", WELLS_ID).err
    assert WELLS_ID not in landbrief("search", "camel troughs").out
    assert landbrief("verify").out == "The stores agree.\n"


@pytest.mark.usefixtures("wells")
def test_reindex_and_verify(landbrief: Landbrief) -> None:
    assert landbrief("reindex").code == 0
    assert landbrief("verify").code == 0
    assert json.loads(landbrief("verify", "--json").out) == {"problems": []}


def test_a_fresh_home_answers_from_what_ships(landbrief: Landbrief) -> None:
    hits = json.loads(landbrief("search", "drought", "--json").out)["hits"]
    assert {hit["edition"] for hit in hits} == {"digest"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ""),
        ("ask", "x" * 2001),
        ("ask", "a\udcff"),
        ("search", "x", "-k", "0"),
        ("search", "x", "-k", "101"),
        ("show", "\udcff"),
        ("remove", "nothing"),
        ("ingest", "x.txt", "--title", "x" * 3000),
    ],
)
def test_an_impossible_wish_is_one_line_and_exit_code_1(
    landbrief: Landbrief, arguments: tuple[str, ...]
) -> None:
    ended = landbrief(*arguments)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("landbrief: ")
    assert ended.err.count("\n") == 1
    assert "unexpected" not in ended.err


def test_a_wrong_setting_is_one_line(landbrief: Landbrief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDBRIEF_PORT", "many")
    ended = landbrief("settings")
    assert ended.code == 1
    assert ended.err.startswith("landbrief: LANDBRIEF_PORT: ")


def test_settings_show_value_and_source_and_hide_secrets(
    landbrief: Landbrief, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LANDBRIEF_API_TOKEN", "do-not-print")
    written(tmp_path, ".env", "LANDBRIEF_PORT=8123\n")
    out = landbrief("settings").out
    assert "LANDBRIEF_PORT = 8123  (.env)" in out
    assert "LANDBRIEF_API_TOKEN = ********  (environment)" in out
    assert "LANDBRIEF_HOST = 127.0.0.1  (default)" in out
    listed = json.loads(landbrief("settings", "--json").out)["settings"]
    assert {"name", "value", "source", "description"} == set(listed[0])
    assert "do-not-print" not in out + json.dumps(listed)


def test_a_home_that_another_process_keeps_is_one_line(
    landbrief: Landbrief, tmp_path: Path
) -> None:
    landbrief("init")
    lease = acquire(tmp_path / "home", 1)
    try:
        ended = landbrief("verify")
    finally:
        lease.release()
    assert ended.code == 1
    assert "is in use by process" in ended.err


def test_control_characters_of_a_document_never_reach_the_terminal(
    landbrief: Landbrief, tmp_path: Path
) -> None:
    line = {
        "document_id": "X/1",
        "paragraph": "1",
        "language": "en",
        "text": "A zebra \x1b[31mred\x07 \u202eback\u202c \x9b2J zebra",
    }
    path = written(tmp_path, "x.jsonl", json.dumps(line) + "\n")
    landbrief("ingest", path)
    out = landbrief("show", "X/1", "-p", "1").out + landbrief("search", "zebra").out
    assert "zebra" in out
    assert not set(out) & set("\x1b\x07\x9b\u202e")


def _landbrief_process(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "api.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
    )


def test_of_two_commands_at_once_the_second_waits(
    landbrief: Landbrief, monkeypatch: pytest.MonkeyPatch
) -> None:
    landbrief("init")
    monkeypatch.setenv("LANDBRIEF_LOCK_WAIT_SECONDS", "30")
    both = [_landbrief_process("search", "drought", "--json") for _ in range(2)]
    for process in both:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert json.loads(out)["hits"]


def test_help_is_instant_because_it_imports_nothing_heavy() -> None:
    code = (
        "import sys, api.cli.app as a\n"
        "a.app(['--help'], standalone_mode=False)\n"
        "heavy = {'chromadb', 'fastapi', 'pydantic', 'sqlalchemy', 'numpy', 'rich', 'httpx'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_a_question_imports_no_torch_and_no_reader(landbrief: Landbrief) -> None:
    landbrief("init")
    code = (
        "import sys\n"
        "from api.cli import main\n"
        "try:\n    main(['ask', 'drought?'])\n"
        "except SystemExit as left:\n    assert not left.code\n"
        "heavy = {'torch', 'transformers', 'pypdfium2', 'fastapi', 'uvicorn', 'langchain'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_a_reader_that_leaves_early_is_no_error(landbrief: Landbrief) -> None:
    landbrief("init")
    process = _landbrief_process("show", "CRIC(23), item 2(a)", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    time.sleep(0)
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
