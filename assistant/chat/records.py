"""Statements of records that a chat model asks for: as the gate wants them, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.drafts import Draft, DraftCitation, DraftStatement
from assistant.evidence import Evidence, HeldRecord, Source
from assistant.grounding import grounded
from assistant.plan import Plan
from assistant.question import Vocabulary
from assistant.record_answer import RecordVoice
from assistant.record_claims import RecordClaim, in_words
from assistant.record_index import RecordReader
from kb.errors import NotFound
from kb.languages import Language
from kb.records.kinds import RecordKind
from kb.records.naming import shipped_names
from kb.records.query import RecordQuery

_MOST: Final = 20  # records that one call gives


@dataclass(frozen=True, slots=True)
class RecordStatement:
    """What one record says, and the record and text that it rests on."""

    statement: DraftStatement
    held: tuple[HeldRecord, ...]
    texts: tuple[Source, ...]


class RecordStatements:
    """Finds reviewed records and says them in the reader's language."""

    def __init__(self, reader: RecordReader, voice: RecordVoice, vocabulary: Vocabulary) -> None:
        self._reader = reader
        self._voice = voice
        self._vocabulary = vocabulary

    def find(self, kind: RecordKind, names: Sequence[str], plan: Plan) -> list[RecordStatement]:
        """Up to 20 statements of records that name all of `names`.

        Raises ValueError for a name that is not known.
        """
        groups = []
        for name in names:
            ids = self._vocabulary.concepts(name)
            if not ids:
                raise ValueError(f'no Party, organization or initiative is known as "{name}"')
            groups.append(tuple(ids))
        query = RecordQuery(kind=kind, named=tuple(groups), documents=plan.documents or ())
        language = plan.question.reader
        found = self._voice.held(self._reader.every(query)[:_MOST], language)
        said = (self._said(one, language) for one in found)
        return [one for one in said if one is not None]

    def _said(self, one: HeldRecord, language: Language) -> RecordStatement | None:
        """What a record says, where a paragraph that can be cited bears it out."""
        claim = RecordClaim((one.record,))
        try:
            text = in_words(claim, language, shipped_names())
        except (ValueError, KeyError, NotFound):
            return None
        for source in one.sources:
            if source.standing != "current" or source.start is None or source.end is None:
                continue
            held = self._voice.text(source)
            if held is None or held.passage.text[source.start : source.end] != source.quote:
                continue
            p = held.passage
            citation = DraftCitation(
                p.document_id,
                held.deepest(source.start, source.end),
                p.language,
                p.edition,
                p.version,
                source.start,
                source.end,
                source.quote,
            )
            statement = DraftStatement(text, "record", (citation,), claim=claim)
            evidence = Evidence((), records=(one,), record_texts=(held,))
            checked = grounded(Draft("", language, (statement,)), evidence, self._vocabulary)
            if not checked.abstained:
                return RecordStatement(statement, (one,), (held,))
        return None
