"""What readers think of answers, kept as candidates for evaluation sets; who they are is not."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal
from uuid import uuid4

from kb.errors import StoreBusy, StoreDamaged

FILE_NAME: Final = "feedback.jsonl"
Verdict = Literal["up", "down"]
_REACHES: Final = (
    re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"\+\d[\d ().-]{6,}\d"),
)
_MASK: Final = "[…]"


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a document."""

    document_id: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on one answer. No name, key or address is part of it, and only the day."""

    id: str
    verdict: Verdict
    question: str
    on: date
    language: str | None = None
    comment: str | None = None
    answer: str | None = None
    reason: str | None = None
    abstained: bool | None = None
    cited: tuple[Place, ...] = ()
    expected: Place | None = None
    expected_words: tuple[str, ...] = field(default=())


def new_id() -> str:
    """An id for a verdict."""
    return f"feedback-{uuid4().hex[:16]}"


def today() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()


def without_reach(text: str) -> str:
    """`text` without e-mail addresses and international telephone numbers."""
    for pattern in _REACHES:
        text = pattern.sub(_MASK, text)
    return text


class FeedbackFile:
    """Verdicts as lines of JSON in a home. One process writes; any thread may call any method."""

    def __init__(self, home: Path, most: int) -> None:
        """At most `most` are kept: what comes later is refused, for it could be a flood."""
        self._path = home / FILE_NAME
        self._most = most
        self._lock = Lock()
        self._held: int | None = None

    def add(self, one: Feedback) -> None:
        """Keeps a verdict. Raises StoreBusy where there is no room, StoreDamaged."""
        line = json.dumps(asdict(one) | {"on": one.on.isoformat()}, ensure_ascii=False) + "\n"
        with self._lock:
            if self._held is None:
                self._held = sum(1 for _ in self.all())
            if self._held >= self._most:
                raise StoreBusy("no more feedback is taken: LANDBRIEF_FEEDBACK_MOST are kept")
            try:
                self._append(line.encode())
            except OSError as error:
                raise StoreDamaged(f"{self._path} cannot be written: {error.strerror}") from error
            self._held += 1

    def all(self) -> Iterator[Feedback]:
        """Every verdict, the oldest first; a line that a crash cut off is passed over."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            raise StoreDamaged(f"{self._path} cannot be read") from error
        for line in lines:
            if (one := _read(line)) is not None:
                yield one

    def _append(self, line: bytes) -> None:
        handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    line = b"\n" + line  # a crash cut the last one off
            file.write(line)
            file.flush()
            os.fsync(file.fileno())


def as_question(one: Feedback) -> dict[str, Any] | None:
    """The verdict as a line of a question set; None where it does not say what is right.

    Praise holds the answer to what it said and cited; blame counts where the reader named the
    right paragraph and words. A reviewer should shorten what must be said.
    """
    if one.language is None:
        return None
    fields: dict[str, Any] = {
        "id": one.id,
        "lang": one.language,
        "topic": "feedback",
        "question": one.question,
        "note": " ".join([f"{one.verdict}, {one.on.isoformat()}.", one.comment or ""]).strip(),
    }
    if one.expected is not None and one.expected_words:
        must = [[word] for word in one.expected_words]
        return fields | {"type": "narrative", "gold": [_gold(one.expected)], "must": must}
    if one.verdict != "up" or one.answer is None:
        return None
    if one.abstained:
        kind = "off_topic" if one.reason == "off_topic" else "unanswerable"
        return fields | {"type": kind, "gold": [], "must": []}
    if not one.cited:
        return None
    first = one.answer.split("\n", 1)[0]
    said = re.sub(r"(?: \[\d+\])+$", "", first)
    gold = [_gold(place) for place in one.cited]
    return fields | {"type": "narrative", "gold": gold, "must": [[said]]}


def _gold(place: Place) -> dict[str, str]:
    return {"doc": place.document_id, "para": place.paragraph}


def _read(line: str) -> Feedback | None:
    try:
        fields: Mapping[str, Any] = json.loads(line)
        expected = fields.get("expected")
        return Feedback(
            **{
                **fields,
                "on": date.fromisoformat(fields["on"]),
                "cited": tuple(Place(**place) for place in fields.get("cited", ())),
                "expected": Place(**expected) if expected else None,
                "expected_words": tuple(fields.get("expected_words", ())),
            }
        )
    except (ValueError, KeyError, TypeError):
        return None
