"""The gate: nothing leaves that its source does not say, word for word or clause by clause.

A statement passes whole or is withheld; nothing is repaired.
"""

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote as percent_encoded

from assistant.answer import Answer, Citation, Statement
from assistant.attribution import is_attributed
from assistant.computed_notes import COMPUTED_KEYS, ComputedNotes
from assistant.corrections import is_borne_out
from assistant.counted_lists import items_shown
from assistant.drafts import (
    ELLIPSIS,
    Draft,
    DraftCitation,
    DraftStatement,
    Message,
    note,
    reference_to,
)
from assistant.enumerations import listed_items
from assistant.evidence import Evidence, Source
from assistant.figure_gate import FigureGate
from assistant.notes import is_true
from assistant.question import Vocabulary
from assistant.record_claims import are_apart
from assistant.record_gate import RecordGate
from assistant.record_quotes import is_summed
from assistant.subjects import actors
from assistant.verdict_gate import VERDICT_KEYS, VerdictGate
from assistant.yes_or_no import quoted_within
from kb.languages import Language
from kb.passages import Passage
from kb.records.record import Record
from kb.sentences import Span
from kb.wording import Wording

_TEXT_MESSAGES: Final = frozenset(("digest", "digest_in"))
_SUBJECT_KINDS: Final = ("party", "initiative")
_SourceKey = tuple[str, str, Language, str, int]


def grounded(draft: Draft, evidence: Evidence, vocabulary: Vocabulary) -> Answer:
    """The answer with every statement of the draft that its evidence holds.

    If none with a citation is left of a draft that had some, the answer abstains.
    """
    gate = _Gate(draft, evidence, vocabulary)
    passed = [statement for statement in draft.statements if gate.passes(statement)]
    had = any(s.citations for s in draft.statements)
    if had and not any(s.citations for s in passed) and not draft.abstained:
        wording = Wording(draft.language)
        refusal = note(Message("withheld_by_gate"), wording)
        return Answer(
            draft.question,
            draft.language,
            (Statement(refusal.text, "note"),),
            abstained=True,
            reason="withheld_by_gate",
        )
    return gate.answer(passed)


class _Gate:
    def __init__(self, draft: Draft, evidence: Evidence, vocabulary: Vocabulary) -> None:
        self._draft = draft
        self._evidence = evidence
        self._vocabulary = vocabulary
        self._wording = Wording(draft.language)
        self._records = RecordGate(evidence, draft.language, vocabulary, draft.question)
        self._verdicts = VerdictGate(draft, vocabulary, self._source)
        self._figures = FigureGate(
            evidence, draft.language, self._source, draft.question, vocabulary
        )
        self._sources: dict[_SourceKey, Source] = {s.key: s for s in evidence.sources}
        self._by_label: dict[_SourceKey, Source] = dict(self._sources)
        for source in evidence.sources:
            document_id, _, language, edition, version = source.key
            for label, _, _ in source.parts:
                self._by_label[document_id, label, language, edition, version] = source

    def passes(self, statement: DraftStatement) -> bool:
        """Whether the evidence holds the statement."""
        if not all(self._exists(c) for c in statement.citations):
            return False
        if not statement.citations:
            return statement.kind == "note" and self._is_message(statement)
        match statement.kind:
            case "quote":
                said = statement.message is None and self._is_verbatim(statement, "original")
                return said and not self._is_of_another(statement)
            case "digest":
                said = statement.message is not None and self._is_verbatim(statement, "digest")
                return said and not self._is_of_another(statement)
            case "note" if statement.message is not None:
                return self._is_told(statement, statement.message)
            case "note":
                return self._is_attributed(statement)
            case "computed" if statement.figures is not None:
                said = statement.message is None and self._figures.hold(statement)
                return said and not self._is_of_another(statement)
            case "record" | "computed":
                return statement.message is None and self._records.hold(statement)

    def _source(self, citation: DraftCitation) -> Source | None:
        c = citation
        return self._by_label.get((c.document_id, c.paragraph, c.language, c.edition, c.version))

    def _exists(self, citation: DraftCitation) -> bool:
        source = self._source(citation)
        if source is None:
            return False
        text = source.passage.text
        start, end = citation.start, citation.end
        return (
            0 <= start < end <= len(text)
            and text[start:end] == citation.quote
            and bool(citation.quote.strip())
            and source.deepest(start, end) == citation.paragraph
        )

    def _is_verbatim(self, statement: DraftStatement, edition: str) -> bool:
        """Whether the text is the quotes, in order, inside the message that marks them."""
        if any(c.edition != edition for c in statement.citations):
            return False
        body = self._body(statement)
        if body is None:
            return False
        for citation in statement.citations:
            before, found, body = body.partition(citation.quote)
            if not found or before.strip(f"{ELLIPSIS} "):
                return False
        return not body.strip(f"{ELLIPSIS} ")

    def _is_of_another(self, statement: DraftStatement) -> bool:
        """Whether the words quoted name another Party or initiative and not the one asked about."""
        quote = " ".join(c.quote for c in statement.citations)
        language = statement.citations[0].language
        named = self._vocabulary.concepts(quote, language)
        others = {m.concept_id for m in actors(quote, language, self._vocabulary)}
        return any(
            asked
            and not asked & set(named)
            and any(other.startswith(f"{kind}:") for other in others)
            for kind in _SUBJECT_KINDS
            if (asked := {s for s in self._draft.subjects if s.startswith(f"{kind}:")})
        )

    def _body(self, statement: DraftStatement) -> str | None:
        """What stands inside the statement's message; None if the message is not around it."""
        message = statement.message
        if message is None:
            return statement.text
        if message.key not in _TEXT_MESSAGES or not self._speaks_true(statement):
            return None
        marker = "\ue000"
        before, _, after = message.said(self._wording, text=marker).partition(marker)
        text = statement.text
        if not (text.startswith(before) and text.endswith(after)):
            return None
        return text[len(before) : len(text) - len(after)]

    def _speaks_true(self, statement: DraftStatement) -> bool:
        """Whether a message that names a language names that of the cited text."""
        if statement.message is None or statement.message.key != "digest_in":
            return True
        named = dict(statement.message.values).get("language")
        return all(self._wording.language_name(c.language) == named for c in statement.citations)

    def _is_message(self, statement: DraftStatement) -> bool:
        message = statement.message
        if message is None or message.key in _TEXT_MESSAGES:
            return False
        if message.key in VERDICT_KEYS:
            return statement.text == message.said(self._wording) and self._verdicts.holds(message)
        if message.key == "not_among":
            return statement.text == message.said(self._wording) and self._is_absent(message)
        if message.key == "instead":
            return statement.text == message.said(self._wording) and self._is_instead(message)
        if message.key == "sum_is":
            cited = [(c.quote, c.language) for s in self._draft.statements for c in s.citations]
            right = is_summed(message, cited, self._draft.language)
            return statement.text == message.said(self._wording) and right
        if message.key in COMPUTED_KEYS:
            notes = ComputedNotes(self._draft, self._evidence, self._vocabulary, self.passes)
            return statement.text == message.said(self._wording) and notes.hold(message)
        if message.key == "different_measures":
            return statement.text == message.said(self._wording) and self._are_apart()
        if message.key == "listed_count":
            return statement.text == message.said(self._wording) and self._is_counted(statement)
        if not is_true(message, self._evidence, self._draft.language):
            return False
        return statement.text == message.said(self._wording)

    def _is_told(self, statement: DraftStatement, message: Message) -> bool:
        """Whether the words after a yes or no are quoted, and decide the question so."""
        quoted = quoted_within(statement, self._wording)
        return quoted is not None and self.passes(quoted) and self._verdicts.holds(message)

    def _are_apart(self) -> bool:
        """Whether the records that the draft says one by one give different things."""
        claims = [s.claim for s in self._draft.statements if s.claim is not None]
        return are_apart([record for claim in claims for record in claim.records])

    def _is_counted(self, statement: DraftStatement) -> bool:
        """Whether the statement after it passes and shows as many items as it says, and the text
        that it quotes has no more."""
        said = statement.message and dict(statement.message.values).get("n")
        following = self._draft.statements[self._draft.statements.index(statement) + 1 :]
        if not following or not self.passes(following[0]):
            return False
        shown = items_shown(following[0])
        wholes = [
            len(listed_items(source.passage.text[c.start :]))
            for c in following[0].citations
            if following[0].claim is None and (source := self._source(c)) is not None
        ]
        return shown > 1 and said == str(shown) and all(n == shown for n in wholes)

    def _is_instead(self, message: Message) -> bool:
        """Whether the words cited say what the message says, and not what it denies."""
        cited = [(c.quote, c.language) for s in self._draft.statements for c in s.citations]
        draft = self._draft
        return is_borne_out(message, draft.question, cited, draft.language, self._vocabulary)

    def _is_absent(self, message: Message) -> bool:
        """Whether what the message names is in none of the words cited, and they are a list."""
        named = dict(message.values).get("name", "")
        absent = {m.concept_id for m in self._vocabulary.find(named)}
        cited = [(c.quote, c.language) for s in self._draft.statements for c in s.citations]
        return bool(absent and cited) and not any(
            absent & set(self._vocabulary.concepts(quote, language)) for quote, language in cited
        )

    def _is_attributed(self, statement: DraftStatement) -> bool:
        texts = []
        for citation in statement.citations:
            source = self._source(citation)
            if source is None:
                return False
            texts.append((source.passage, Span(citation.start, citation.end)))
        return is_attributed(statement.text, self._draft.language, texts, self._vocabulary)

    def answer(self, passed: Iterable[DraftStatement]) -> Answer:
        """The statements that passed, their citations numbered from 1."""
        numbers: dict[DraftCitation, int] = {}
        statements = []
        said: list[Record] = []
        for statement in passed:
            said += statement.claim.all_records if statement.claim else ()
            marks = tuple(
                numbers.setdefault(c, len(numbers) + 1) for c in dict.fromkeys(statement.citations)
            )
            statements.append(Statement(statement.text, statement.kind, marks))
        return Answer(
            self._draft.question,
            self._draft.language,
            tuple(statements),
            tuple(self._citation(citation, n) for citation, n in numbers.items()),
            abstained=self._draft.abstained,
            reason=self._draft.reason,
            records=tuple({r.id: r for r in said}.values()),
        )

    def _citation(self, citation: DraftCitation, n: int) -> Citation:
        source = self._by_label[
            citation.document_id,
            citation.paragraph,
            citation.language,
            citation.edition,
            citation.version,
        ]
        passage = source.passage
        return Citation(
            n=n,
            document_id=passage.document_id,
            symbol=passage.symbol,
            session=passage.session,
            paragraph=passage.label,
            language=citation.language,
            edition=citation.edition,
            version=citation.version,
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            label=reference_to(source, self._draft.language, citation.paragraph),
            url=paragraph_url(passage),
        )


def paragraph_url(passage: Passage) -> str:
    """Path of the very text cited in the HTTP interface: its language, edition and version."""
    document, label = (
        percent_encoded(part, safe="") for part in (passage.document_id, passage.label)
    )
    text = f"language={passage.language}&edition={passage.edition}&version={passage.version}"
    return f"/v1/documents/{document}/paragraphs/{label}?{text}"
