"""Passages files: one JSON object a line, each a paragraph with its label given."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ingestion.readers.limits import ReadLimits
from ingestion.readers.opening import read_bytes
from kb.errors import UnreadableFile
from kb.languages import as_language
from kb.references import parse_label
from kb.views import PassageRow

_MOST_ERRORS: Final = 20  # named in one refusal
_REQUIRED: Final = ("document_id", "paragraph", "language", "text")


def read_passages(path: Path, limits: ReadLimits) -> tuple[PassageRow, ...]:
    """The passages of the file at `path`, in order.

    Raises UnreadableFile naming the faulty lines and their faults, up to 20 of them: a file with
    one bad line stores nothing.
    """
    rows: list[PassageRow] = []
    faults: list[str] = []
    seen: set[tuple[str, str, str]] = set()
    for number, line in _lines(read_bytes(path, limits)):
        try:
            row = _row(line)
            key = (row.document_id, row.paragraph, row.language)
            if key in seen:
                raise ValueError(f"paragraph {row.paragraph} stands twice in {row.language}")
        except ValueError as fault:
            faults.append(f"line {number}: {fault}")
            if len(faults) == _MOST_ERRORS:
                break
            continue
        seen.add(key)
        rows.append(row)
    if faults:
        raise UnreadableFile("; ".join(faults))
    return tuple(rows)


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UnreadableFile("is not UTF-8; save it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, line


def _row(line: str) -> PassageRow:
    try:
        value: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error.msg})") from error
    if not isinstance(value, dict):
        raise ValueError("is not a JSON object")
    for name in _REQUIRED:
        if not isinstance(value.get(name), str) or not value[name].strip():
            raise ValueError(f'has no "{name}"')
    path = value.get("heading_path") or []
    if not isinstance(path, list) or not all(isinstance(item, str) for item in path):
        raise ValueError('"heading_path" is not a list of texts')
    title = value.get("title")
    if title is not None and not isinstance(title, str):
        raise ValueError('"title" is not a text')
    if "\x00" in line or "\\u0000" in line:
        raise ValueError("holds NUL characters")
    return PassageRow(
        document_id=value["document_id"].strip(),
        paragraph=parse_label(value["paragraph"]).text,
        language=as_language(value["language"]),
        text=value["text"].strip(),
        title=title,
        heading_path=tuple(path),
    )
