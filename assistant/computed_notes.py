"""The gate of what is computed beside the words quoted: spans of time, averages, yearly amounts,
rows counted by a condition. It reads the question and the words quoted anew, and computes anew."""

from collections.abc import Callable
from typing import Final

from assistant.averages import asks_average, average_in, message_of
from assistant.drafts import Draft, DraftStatement, Message
from assistant.elapsed_gate import is_elapsed
from assistant.evidence import Evidence
from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from assistant.reading import Reading, ReadText
from assistant.record_extremes import met_message
from assistant.record_ratios import said_average
from assistant.record_sums import added_message
from assistant.table_answers import TableReader
from assistant.tables import Table, read_row, table_label
from assistant.yearly import yearly_in
from kb.records.record import Record

COMPUTED_KEYS: Final = frozenset(
    ("elapsed", "lasted", "average_is", "added_is", "met_by", "scaled_is")
)
"""Keys of messages that say what is computed of the words quoted beside them."""


class ComputedNotes:
    """Checks what a draft says that it has computed."""

    def __init__(
        self,
        draft: Draft,
        evidence: Evidence,
        vocabulary: Vocabulary,
        passes: Callable[[DraftStatement], bool],
    ) -> None:
        """`passes` tells whether another statement of the draft is let through."""
        self._draft = draft
        self._evidence = evidence
        self._vocabulary = vocabulary
        self._passes = passes

    def hold(self, message: Message) -> bool:
        """Whether the question asks for it, and just that follows from what is quoted."""
        if message.key in ("elapsed", "lasted"):
            draft = self._draft
            cited = [(c.quote, c.language) for s in draft.statements for c in s.citations]
            return is_elapsed(message, draft.question, cited, draft.language, self._vocabulary)
        question = read_question(self._draft.question, self._vocabulary, self._draft.language)
        if message.key == "met_by":
            held = [one.record for one in self._evidence.records]
            records = self._records()
            if records:
                return message == met_message(question, records, held)
            return self._are_rows(message, question)
        if message.key == "added_is":
            records = self._records()
            named = {m.concept_id for m in question.names}
            given = {getattr(r.statement, "provider", None) for r in records}
            asked = question.adds and given <= named
            return asked and message == added_message(records, self._draft.language)
        reading = Reading(self._vocabulary)
        if message.key == "scaled_is":
            found = (yearly_in(question, text, reading) for text in self._texts(reading))
            return any(one is not None and one.message == message for one in found)
        return self._is_average(message, question, reading)

    def _are_rows(self, message: Message, question: Question) -> bool:
        """Whether the rows quoted are all those of one table, as far as the evidence has it, of
        which the condition of the question holds."""
        quoted = {
            (c.document_id, c.paragraph, c.language, c.edition, c.version)
            for s in self._draft.statements
            for c in s.citations
        }
        rows = [row for s in self._evidence.sources if (row := read_row(s)) is not None]
        said = {row.source.key for row in rows if row.source.key in quoted}
        tables = {(key[0], table_label(key[1]), *key[2:]) for key in said}
        if len(tables) != 1 or len(said) != len(quoted):
            return False
        place = tables.pop()
        own = {
            row.source.key: row
            for row in rows
            if (row.source.key[0], table_label(row.source.key[1]), *row.source.key[2:]) == place
        }
        ordered = sorted(own.values(), key=lambda row: int(row.source.key[1].rpartition(" ")[2]))
        table = Table(place[0], place[1] or "", "", (), tuple(ordered))
        met = TableReader(question, self._vocabulary).meeting(table)
        if met is None or {row.source.key for row in met.rows} != said:
            return False
        return message == Message("met_by", (("n", str(len(met.rows))), ("total", str(met.of))))

    def _is_average(self, message: Message, question: Question, reading: Reading) -> bool:
        if not asks_average(question):
            return False
        if said_average(self._records(), self._draft.language) == message:
            return True
        found = (average_in(question, text, reading) for text in self._texts(reading))
        return any(one and message_of(one, self._draft.language) == message for one in found)

    def _records(self) -> list[Record]:
        """Those that the draft says, one statement each, where the statements pass."""
        said = [s for s in self._draft.statements if s.claim is not None and self._passes(s)]
        return [record for s in said if s.claim is not None for record in s.claim.records]

    def _texts(self, reading: Reading) -> list[ReadText]:
        cited = [c for s in self._draft.statements if s.claim is None for c in s.citations]
        return [reading.read(c.quote, c.language) for c in cited]
