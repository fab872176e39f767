"""Questions that could come next: of what the records hold around an answer, and only such as the
system itself answers from them.
"""

import csv
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from threading import Lock
from typing import Final, Protocol

from assistant.answer import Answer
from assistant.evidence import top_label
from assistant.record_index import RecordReader
from kb.errors import LandBriefError, NotFound
from kb.languages import Language
from kb.records.columns import name_columns
from kb.records.kinds import RECORD_KINDS
from kb.records.naming import shipped_names
from kb.records.query import RecordQuery
from kb.records.record import Record

_CONSIDERED: Final = 8  # questions around one answer that are tried
_MOST_WAITING: Final = 64  # … of all answers together
_HELD: Final = 20_000  # questions of which it is known whether they are answered
_COUNTED: Final = "country"  # of the questions about milestones
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


class Asking(Protocol):
    """An assistant."""

    def ask(self, question: str, *, language: Language | None = None) -> Answer:
        """The answer; abstaining is an ordinary one."""


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question, and the record that answers it."""

    text: str
    language: Language
    record: str


class NextQuestions:
    """Finds questions that could come next. Safe to share between threads.

    Each is first asked of the system in a thread of its own, behind the answers: the first answer
    around a paragraph comes with fewer of them than the next one.
    """

    def __init__(
        self,
        records: RecordReader,
        generation: Callable[[], int],
        assistant: Callable[[], Asking],
        *,
        most: int = 3,
    ) -> None:
        """`assistant` opens one that words nothing with a chat model; it is called once, when the
        first question is tried. `most` is how many are given with one answer, none with 0."""
        self._records = records
        self._generation = generation
        self._open = assistant
        self._most = most
        self._lock = Lock()
        self._read: tuple[int, Mapping[tuple[str, str], Sequence[Record]]] | None = None
        self._answered: OrderedDict[NextQuestion, bool] = OrderedDict()
        self._waiting: set[NextQuestion] = set()
        self._thread: ThreadPoolExecutor | None = None
        self._assistant: Asking | None = None
        self._last: Future[None] | None = None
        self._closed = False

    def after(self, answer: Answer) -> tuple[str, ...]:
        """The questions of which it is known that the system answers them, at most so many."""
        if self._most <= 0 or not answer.citations:
            return ()
        near = list(self._around(answer))[:_CONSIDERED]
        with self._lock:
            known = [one for one in near if self._answered.get(one)]
            unknown = [one for one in near if one not in self._answered]
        if len(known) < self._most:
            for one in unknown:
                self._try(one)
        return tuple(dict.fromkeys(one.text for one in known))[: self._most]

    def settle(self, seconds: float = 30.0) -> None:
        """Waits until what waits to be tried has been."""
        with self._lock:
            last = self._last
        if last is not None:
            wait_for([last], seconds)

    def close(self) -> None:
        """Tries no more; harmless to repeat."""
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.shutdown(wait=True, cancel_futures=True)

    def _around(self, answer: Answer) -> Iterator[NextQuestion]:
        """Questions about the records of the paragraphs cited, without those that are answered."""
        held = self._places()
        said = {record.id for record in answer.records}
        asked = set[tuple[str, str]]()
        places = dict.fromkeys((c.document_id, top_label(c.paragraph)) for c in answer.citations)
        for record in chain.from_iterable(held.get(place, ()) for place in places):
            if record.id in said:
                continue
            text = _worded(record, answer.language)
            key = (record.kind, text or "")
            if text is not None and key not in asked:
                asked.add(key)
                yield NextQuestion(text, answer.language, record.id)

    def _places(self) -> Mapping[tuple[str, str], Sequence[Record]]:
        generation = self._generation()
        with self._lock:
            if self._read is not None and self._read[0] == generation:
                return self._read[1]
        found: dict[tuple[str, str], list[Record]] = {}
        for kind in RECORD_KINDS:
            for record in self._records.every(RecordQuery(kind=kind)):
                for place in {(s.document_id, top_label(s.paragraph)) for s in record.sources}:
                    found.setdefault(place, []).append(record)
        with self._lock:
            if self._read is None or self._read[0] != generation:
                self._answered.clear()
            self._read = generation, found
        return found

    def _try(self, one: NextQuestion) -> None:
        with self._lock:
            if self._closed or one in self._waiting or len(self._waiting) >= _MOST_WAITING:
                return
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="next-questions")
            self._waiting.add(one)
            self._last = self._thread.submit(self._tried, one)

    def _tried(self, one: NextQuestion) -> None:
        try:
            if self._assistant is None:
                self._assistant = self._open()
            answer = self._assistant.ask(one.text, language=one.language)
            good = (
                not answer.abstained
                and answer.reason is None
                and any(record.id == one.record for record in answer.records)
            )
        except LandBriefError:
            good = False
        finally:
            with self._lock:
                self._waiting.discard(one)
        with self._lock:
            self._answered[one] = good
            while len(self._answered) > _HELD:
                self._answered.popitem(last=False)


def _worded(record: Record, language: Language) -> str | None:
    """The question that the record answers; None where it has no such names."""
    columns = {column.name for column in name_columns(record.kind)}
    state = getattr(record.statement, "progress", "")
    unit: str = getattr(record.statement, "unit", "")
    if record.kind == "milestones" and unit.rpartition(":")[2] != _COUNTED:
        return None
    template = _templates().get((record.kind, state))
    if template is None:
        return None
    names = {}
    for column in _PLACEHOLDER.findall(template[language]):
        held = getattr(record.statement, column, None)
        if not held or column not in columns:
            return None
        try:
            names[column] = shipped_names().listed(held, language)
        except NotFound:
            return None
    return _PLACEHOLDER.sub(lambda match: names[match[1]], template[language])


@cache
def _templates() -> Mapping[tuple[str, str], Mapping[Language, str]]:
    source = files("kb").joinpath("data/follow_up_questions.csv").read_text(encoding="utf-8")
    return {
        (row.pop("kind"), row.pop("when")): row  # type: ignore[misc]
        for row in csv.DictReader(source.splitlines())
    }
