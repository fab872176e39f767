"""Questions to begin with, from `starters.csv`: those whose records are held here."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from threading import Lock
from time import monotonic
from typing import Final

from api.desk import Desk
from api.schemas import RecordRequest
from kb.languages import LANGUAGES, Language
from kb.records.kinds import RECORD_KINDS

MOST: Final = 3
_FRESH_SECONDS: Final = 300.0
_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Starter:
    """A question in the six languages, and the records that answer it."""

    wanted: RecordRequest
    texts: tuple[tuple[Language, str], ...]

    def text(self, language: Language) -> str:
        """The question in one language."""
        return dict(self.texts)[language]


@dataclass(frozen=True, slots=True)
class Held:
    """What a question is looked for in, and the questions that it answers."""

    documents: int
    records: int
    starters: tuple[Starter, ...]


class Remembered:
    """What is held, counted once in five minutes. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[bool, tuple[float, Held]] = {}

    def held(self, desk: Desk, *, sees_internal: bool) -> Held:
        """As it was counted at `desk`, or at another one that sees as much."""
        with self._lock:
            known = self._held.get(sees_internal)
        if known is None or monotonic() - known[0] > _FRESH_SECONDS:
            known = monotonic(), held(desk)
            with self._lock:
                self._held[sees_internal] = known
        return known[1]


def held(desk: Desk) -> Held:
    """Documents and reviewed records that are visible at `desk`."""
    documents, cursor = 0, None
    while True:
        page = desk.documents(limit=_PAGE, cursor=cursor)
        documents += len(page.items)
        cursor = page.next_cursor
        if cursor is None:
            break
    records = sum(desk.record_count(RecordRequest(kind=kind), ()).count for kind in RECORD_KINDS)
    answered = (one for one in starters() if records and desk.record_count(one.wanted, ()).count)
    return Held(documents, records, tuple(answered))


@cache
def starters() -> Sequence[Starter]:
    """All of the file, in its order. Raises ValueError for a kind that there is not."""
    source = files("api.web.ask").joinpath("starters.csv").read_text(encoding="utf-8")
    found = []
    for row in csv.DictReader(source.splitlines()):
        conditions = (one.partition("=") for one in row["where"].split(";"))
        where = {name: [value] for name, _, value in conditions}
        texts = tuple((language, row[language]) for language in LANGUAGES)
        wanted = RecordRequest.model_validate({"kind": row["kind"], "where": where})
        found.append(Starter(wanted, texts))
    return tuple(found)
