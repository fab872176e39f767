"""Files into the knowledge base: each whole or not at all, and none stops another."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from ingestion.pipeline import FileReport, IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.documents import ParsedDocument
from kb.errors import IdentityConflict, StoreDamaged
from kb.views import Added, Origin, PassageRow

GOOD = "1. The first paragraph says one thing.\n\n2. The second says another.\n"


class FakeShelf:
    """Keeps what it is given; raises `fault` instead when there is one."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.kept: list[str] = []
        self.origins: list[Origin] = []
        self._fault = fault

    def add(self, parsed: ParsedDocument, origin: Origin) -> Added:
        if self._fault:
            raise self._fault
        self.kept.append(origin.source)
        self.origins.append(origin)
        language = parsed.masthead.language
        return Added("added", origin.source, None, None, language, "original", 1)

    def add_passages(self, rows: Iterable[PassageRow], origin: Origin) -> Sequence[Added]:
        self.kept.append(origin.source)
        ids = dict.fromkeys(row.document_id for row in rows)
        return [Added("added", i, None, None, "en", "original", 1) for i in ids]


def ingest(shelf: FakeShelf, *paths: Path, **options: str) -> list[FileReport]:
    chosen = IngestOptions(**options)  # type: ignore[arg-type]
    return list(ingest_paths(shelf, paths, options=chosen, limits=ReadLimits()))


def write(path: Path, text: str = GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rejected_file_stores_nothing_and_stops_no_other(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt", "")
    write(tmp_path / "c.txt")
    shelf = FakeShelf()
    reports = ingest(shelf, tmp_path)
    assert [r.status for r in reports] == ["added", "rejected", "added"]
    assert shelf.kept == ["a.txt", "c.txt"]


@pytest.mark.parametrize("content", ["", "\x00\x01\x02", "   \n\n"])
def test_a_rejection_gives_one_line_with_the_cause(tmp_path: Path, content: str) -> None:
    (report,) = ingest(FakeShelf(), write(tmp_path / "bad.txt", content))
    assert report.status == "rejected"
    assert report.reason
    assert "\n" not in report.reason
    assert report.path.endswith("bad.txt")


def test_folders_are_read_recursively_and_hidden_files_left_out(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "deep" / "a.txt")
    write(tmp_path / ".hidden" / "b.txt")
    write(tmp_path / ".c.txt")
    assert [Path(r.path).name for r in ingest(FakeShelf(), tmp_path)] == ["a.txt"]


@pytest.mark.parametrize("given", ["folder", "link"])
def test_a_link_that_leads_outside_is_not_followed(tmp_path: Path, given: str) -> None:
    outside = write(tmp_path / "outside" / "secret.txt")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.txt").symlink_to(outside)
    shelf = FakeShelf()
    (report,) = ingest(shelf, folder if given == "folder" else folder / "link.txt")
    assert report.status == "rejected"
    assert not shelf.kept


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    (report,) = ingest(FakeShelf(), tmp_path / "none.pdf")
    assert (report.status, report.reason) == ("rejected", "there is no such file")


def test_a_conflict_is_a_rejection_and_a_damaged_store_is_not(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    (report,) = ingest(FakeShelf(IdentityConflict("two claim one id")), path)
    assert report.reason == "two claim one id"
    with pytest.raises(StoreDamaged):
        ingest(FakeShelf(StoreDamaged("broken")), path)


def test_a_defect_of_a_reader_stops_no_other_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    reports = ingest(FakeShelf(RuntimeError("a defect")), tmp_path)
    assert [r.status for r in reports] == ["rejected", "rejected"]
    assert "RuntimeError" in (reports[0].reason or "")
    assert "a defect" in caplog.text  # the log keeps what the one line does not say


def test_what_the_user_says_of_a_file_wins(tmp_path: Path) -> None:
    shelf = FakeShelf()
    (report,) = ingest(shelf, write(tmp_path / "a.txt"), document_id="X/1", language="es")
    assert shelf.origins[0].document_id == "X/1"
    assert report.language == "es"


@pytest.mark.skipif(os.name == "nt", reason="names there are Unicode")
def test_a_name_that_is_not_unicode_is_no_obstacle(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(GOOD, encoding="utf-8")
    shelf = FakeShelf()
    (report,) = ingest(shelf, path)
    assert report.status == "added"
    shelf.kept[0].encode("utf-8")


def test_a_passages_file_counts_its_passages(tmp_path: Path) -> None:
    line = '{"document_id": "X/1", "paragraph": "%d", "language": "en", "text": "Text."}\n'
    path = write(tmp_path / "p.jsonl", line % 1 + line % 2)
    (report,) = ingest(FakeShelf(), path)
    assert (report.status, report.document_id, report.paragraphs) == ("added", "X/1", 2)


def test_progress_names_each_file_before_it_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    seen: list[tuple[int, int, str]] = []
    list(
        ingest_paths(
            FakeShelf(),
            [tmp_path],
            options=IngestOptions(),
            limits=ReadLimits(),
            on_progress=lambda done, total, path: seen.append((done, total, path.name)),
        )
    )
    assert seen == [(0, 2, "a.txt"), (1, 2, "b.txt")]
