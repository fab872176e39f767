"""The records and phrases that ship with LandBrief: `kb/data/records`.

`sets.csv` says which document each folder is of. A cell is as its column in `kb/records/kinds.py`
says; the column `sources` holds `PARAGRAPH @ ANCHOR`, several between semicolons, and
`DOCUMENT ¶ PARAGRAPH @ ANCHOR` for another document; `note` is for maintainers.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from pydantic import ValidationError

from kb.errors import SettingsError
from kb.languages import LANGUAGES, Language
from kb.records.kinds import RECORD_KINDS, STATEMENTS
from kb.records.record import Anchor, Record

BATCH: Final = "shipped"
_SOURCE: Final = re.compile(r"(?:(?P<document>.+?) ¶ )?(?P<paragraph>.+?) @ (?P<anchor>.+)")
_SPLIT: Final = re.compile(r"\s+;\s+")


def shipped_records(folder: Traversable | None = None) -> Iterator[Record]:
    """Every record that ships, or lies in another `folder` of the same make.

    Raises SettingsError naming the file and line of a wrong one.
    """
    root = folder or _root()
    for one in _rows(root / "sets.csv"):
        for kind in RECORD_KINDS:
            name = f"{one['set']}/{kind}.csv"
            for number, row in enumerate(_rows(root / one["set"] / f"{kind}.csv"), start=2):
                fields = {key: value for key, value in row.items() if value and key != "note"}
                try:
                    sources = anchors(fields.pop("sources", ""), one["document"])
                    yield Record(STATEMENTS[kind].model_validate(fields), sources)
                except ValidationError as error:
                    first = error.errors()[0]
                    column = ".".join(str(part) for part in first["loc"])
                    raise SettingsError(
                        f"{name}, line {number}: {column}: {first['msg']}"
                    ) from error
                except ValueError as error:
                    raise SettingsError(f"{name}, line {number}: {error}") from error


def shipped_version() -> str:
    """Fingerprint of all the files that ship here."""
    digest = hashlib.sha256()
    for file in _files(_root()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def shipped_phrases() -> dict[str, Mapping[Language, str]]:
    """The texts of each `phrase:…` in the six languages."""
    folder = _root() / "phrases"
    found: dict[str, Mapping[Language, str]] = {}
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            for row in _rows(file):
                found[f"phrase:{row['id']}"] = {language: row[language] for language in LANGUAGES}
    return found


def anchors(text: str, document_id: str) -> tuple[Anchor, ...]:
    """The sources that a cell names. Raises ValueError for one that is not of the form."""
    found = []
    for part in _SPLIT.split(text.strip()):
        match = _SOURCE.fullmatch(part.strip())
        if match is None:
            raise ValueError(f'"{part}" is no source: write PARAGRAPH @ ANCHOR')
        found.append(
            Anchor(match["document"] or document_id, match["paragraph"].strip(), match["anchor"])
        )
    return tuple(found)


def _files(folder: Traversable) -> Iterator[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda found: found.name):
        if one.is_dir():
            yield from _files(one)
        elif one.name.endswith(".csv"):
            yield one


def _root() -> Traversable:
    return files("kb").joinpath("data/records")


def _rows(file: Traversable) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
