"""Passages files: read whole or refused with all their faults."""

import json
from pathlib import Path

import pytest

from ingestion.readers.limits import ReadLimits
from ingestion.readers.passages import read_passages
from kb.errors import UnreadableFile

GOOD = {
    "document_id": "A/RES/70/1",
    "paragraph": "8 (b) (iii)",
    "language": "en",
    "text": " Text. ",
}


def put(folder: Path, *lines: object) -> Path:
    path = folder / "a.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(written), encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as raised:
        read_passages(path, ReadLimits())
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_passage_has_a_normal_label_and_its_extras(tmp_path: Path) -> None:
    more = {
        **GOOD,
        "paragraph": "第 9 段",
        "language": "zh-CN",
        "title": "T",
        "heading_path": ["A"],
    }
    first, second = read_passages(put(tmp_path, GOOD, "", more), ReadLimits())
    assert (first.document_id, first.paragraph, first.language) == ("A/RES/70/1", "8(b)(iii)", "en")
    assert (first.text, first.title, tuple(first.heading_path)) == ("Text.", None, ())
    assert (second.paragraph, second.language, second.title) == ("9", "zh", "T")
    assert tuple(second.heading_path) == ("A",)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ({**GOOD, "text": " "}, 'has no "text"'),
        ({**GOOD, "document_id": 7}, 'has no "document_id"'),
        ({**GOOD, "paragraph": "see above"}, '"see above" is not a paragraph label'),
        ({**GOOD, "language": "de"}, '"de" is not one of the six languages'),
        ({**GOOD, "title": 3}, '"title" is not a text'),
        ({**GOOD, "heading_path": "A"}, '"heading_path" is not a list of texts'),
        ({**GOOD, "heading_path": [1]}, '"heading_path" is not a list of texts'),
        ({**GOOD, "text": "a\u0000b"}, "NUL"),
        ({**GOOD, "paragraph": "8(b)(iii)"}, "stands twice"),
    ],
)
def test_a_fault_names_its_line_and_cause(line: object, cause: str, tmp_path: Path) -> None:
    told = refusal(put(tmp_path, GOOD, line))
    assert told.startswith("line 2: ")
    assert cause in told


def test_all_faults_are_told_up_to_twenty(tmp_path: Path) -> None:
    told = refusal(put(tmp_path, GOOD, *["x"] * 30))
    assert told.count("line ") == 20
    assert "line 21" in told


def test_the_same_paragraph_in_two_languages_is_no_repetition(tmp_path: Path) -> None:
    rows = read_passages(put(tmp_path, GOOD, {**GOOD, "language": "fr"}), ReadLimits())
    assert [row.language for row in rows] == ["en", "fr"]


def test_what_is_no_utf8_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps(GOOD, ensure_ascii=False).encode("utf-16"))
    assert "UTF-8" in refusal(path)
    path.write_bytes(b"")
    assert refusal(path).startswith("empty")
