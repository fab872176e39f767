"""All that the rules propose of a document, as candidate records."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from ingestion.extraction.currencies import Currencies
from ingestion.extraction.decisions import cited, operative, own_decision
from ingestion.extraction.events import events
from ingestion.extraction.excerpts import anchor_of
from ingestion.extraction.figures import dates_told, figures
from ingestion.extraction.participations import participations
from ingestion.extraction.partnerships import partnerships
from ingestion.extraction.proposals import Proposal
from ingestion.extraction.reading import Passage, subject_of
from ingestion.extraction.tables import milestones, table_figures, unit_above
from kb.documents import Paragraph, ParsedDocument
from kb.records.kinds import STATEMENTS
from kb.records.record import Anchor, Record
from kb.references import is_corrigendum
from kb.rows import with_unique_labels
from kb.sentences import Span
from kb.terms import Terms, load_terms

RULES: Final = "rules/4"  # a new version reads unchanged documents anew
_TEXTS: Final = frozenset(("paragraph", "section", "summary", "preamble", "ordinal", "footnote"))

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed record and what says it: offsets in the text of the top-level passage `label`."""

    record: Record
    label: str
    focus: Span
    sentence: Span


def candidates_of(
    parsed: ParsedDocument, document_id: str, terms: Terms | None = None
) -> tuple[Record, ...]:
    """The records that `parsed` seems to hold, as candidates of `document_id`.

    Their ids are the same whenever the same document says the same, in whichever language.
    """
    return tuple(one.record for one in find_candidates(parsed, document_id, terms))


def find_candidates(
    parsed: ParsedDocument, document_id: str, terms: Terms | None = None
) -> tuple[Candidate, ...]:
    """As `candidates_of`, each with where it stands."""
    document = with_unique_labels(parsed)
    return tuple(_records(_proposals(document, terms or load_terms()), document_id))


def _proposals(document: ParsedDocument, terms: Terms) -> Iterator[Proposal]:
    rows: dict[str, Passage] = {}
    made = _Passages(document, terms)
    for paragraph in document.passages():
        if paragraph.kind == "table_row":
            rows[paragraph.label] = made.of(paragraph)
        elif paragraph.kind in _TEXTS:
            yield from _of_text(made.of(paragraph), document)
    for table in document.tables:
        own = [rows[table.row_label(index)] for index in range(len(table.rows))]
        found = list(milestones(table, own))
        near = (one.text for one in document.paragraphs if one.heading_path == table.heading_path)
        yield from found or table_figures(table, own, unit_above(table, near))


class _Passages:
    """Passages of one document, whose headings are read once each."""

    def __init__(self, document: ParsedDocument, terms: Terms) -> None:
        self._language = document.masthead.language
        self._title = document.masthead.title
        self._terms = terms
        self._currencies = Currencies(document, terms)
        self._named: dict[str, tuple[str, ...]] = {}

    def of(self, paragraph: Paragraph) -> Passage:
        """The passage that a paragraph is."""
        topics = (one for h in reversed(paragraph.heading_path) for one in self._initiatives(h))
        subject = subject_of(paragraph, self._title, self._language)
        return Passage(
            paragraph, self._language, subject, tuple(topics), self._terms, self._currencies
        )

    def _initiatives(self, heading: str) -> tuple[str, ...]:
        if heading not in self._named:
            found = self._terms.find(heading, self._language)
            self._named[heading] = tuple(m.concept_id for m in found if m.kind == "initiative")
        return self._named[heading]


def _of_text(passage: Passage, document: ParsedDocument) -> Iterator[Proposal]:
    decision = own_decision(passage, document.masthead)
    demands = list(operative(passage, decision)) if decision else []
    yield from demands
    corrects = any(is_corrigendum(symbol) for symbol in document.masthead.symbols)
    for sentence in passage.sentences:
        if corrects and passage.words.search("instead", sentence.text):
            continue  # it prints what is wrong beside what is right
        found = [*figures(sentence), *participations(sentence)]
        yield from found
        yield from events(sentence, dates_told(found, sentence))
        yield from partnerships(sentence)
        if not demands:
            yield from cited(sentence)


def _records(proposals: Iterator[Proposal], document_id: str) -> Iterator[Candidate]:
    seen: Counter[str] = Counter()
    for proposal in proposals:
        passage = proposal.passage
        label = passage.label_at(proposal.focus.start)
        key = _key(proposal, document_id, label)
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:16]
        fields = {**proposal.fields, "id": f"found-{digest}"}
        try:
            statement = STATEMENTS[proposal.kind].model_validate(fields)
        except ValidationError as error:
            _log.debug("no %s in %s: %s", proposal.kind, label, error)
            continue
        anchor = Anchor(document_id, label, anchor_of(passage.text, proposal.focus))
        record = Record(statement, (anchor,), status="candidate", extracted_by=RULES)
        yield Candidate(record, passage.paragraph.label, proposal.focus, proposal.sentence)


def _key(proposal: Proposal, document_id: str, label: str) -> str:
    """What makes a candidate the same one: its figures, dates and names, not its wording."""
    said = sorted(
        f"{name}={value}"
        for name, value in proposal.fields.items()
        if value is not None and not str(value).startswith("name:")
    )
    return "\n".join((document_id, label, proposal.kind, *said))
