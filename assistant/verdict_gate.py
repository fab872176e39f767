"""Whether what is quoted bears out the words that LandBrief answers by before it."""

from collections.abc import Callable
from typing import Final

from assistant.agreement_voice import is_worked_out, quotes_of, rows_message, same_message
from assistant.drafts import Draft, DraftCitation, Message
from assistant.evidence import Source
from assistant.question import Vocabulary
from assistant.question_reader import read_question
from assistant.reading import Reading
from assistant.table_checks import rows_total
from assistant.two_places import is_one_thing
from assistant.yes_or_no import is_borne_out

VERDICT_KEYS: Final = frozenset(("yes", "same_thing", "worked_out", "same_figure", "rows_add_up"))
"""Messages that stand alone before what is quoted."""


class VerdictGate:
    """Checks the verdicts of one draft against what it quotes."""

    def __init__(
        self,
        draft: Draft,
        vocabulary: Vocabulary,
        source_of: Callable[[DraftCitation], Source | None],
    ) -> None:
        self._draft = draft
        self._vocabulary = vocabulary
        self._source_of = source_of

    def holds(self, message: Message) -> bool:
        """Whether the words cited decide what the message says."""
        cited = [c for s in self._draft.statements for c in s.citations]
        if message.key == "same_thing":
            places = [(f"{c.document_id} {c.paragraph}", c.quote, c.language) for c in cited]
            question = read_question(self._draft.question, self._vocabulary, self._draft.language)
            name = dict(message.values).get("name", "")
            return is_one_thing(name, question, places, self._vocabulary)
        if message.key == "worked_out":
            question = read_question(self._draft.question, self._vocabulary, self._draft.language)
            return is_worked_out(message, question, quotes_of(self._draft))
        if message.key == "same_figure":
            question = read_question(self._draft.question, self._vocabulary, self._draft.language)
            return message == same_message(question, quotes_of(self._draft))
        if message.key == "rows_add_up":
            return self._adds_up(message)
        held = [(source, c) for c in cited if (source := self._source_of(c)) is not None]
        return is_borne_out(message, self._draft, held, Reading(self._vocabulary))

    def _adds_up(self, message: Message) -> bool:
        """Whether every row of the one table that is quoted whole comes to what is said."""
        cited = [c for s in self._draft.statements for c in s.citations]
        source = self._source_of(cited[0]) if len(cited) == 1 else None
        if source is None or source.passage.kind != "table":
            return False
        if cited[0].quote != source.passage.text.rstrip():
            return False
        found = rows_total(cited[0].quote, cited[0].language)
        return found is not None and message == rows_message(found, self._draft.language)
