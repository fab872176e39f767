"""The gate of record and computed statements: they are their records, word for word.

Rendering and computing anew from the records held is the check: whatever figure, name, unit, stage
or qualifier a draft changes, its text is no longer what its records say.
"""

from collections.abc import Sequence

from assistant.drafts import DraftCitation, DraftStatement
from assistant.evidence import Evidence, HeldRecord
from assistant.question import Vocabulary
from assistant.record_claims import in_words, understood
from assistant.record_support import is_of_others, unsupported
from kb.documents import EditionKind
from kb.errors import NotFound
from kb.languages import Language
from kb.records.clauses import Finder, find_anchor
from kb.records.naming import shipped_names
from kb.records.sources import Source as RecordSource
from kb.references import parse_label
from kb.terms import load_terms


class RecordGate:
    """Checks what a draft says of records against those that the evidence holds."""

    def __init__(
        self, evidence: Evidence, language: Language, vocabulary: Vocabulary, question: str = ""
    ) -> None:
        """`question` may name what a statement then leaves unsaid."""
        self._asked = frozenset(vocabulary.concepts(question))
        self._vocabulary = vocabulary
        self._held = {one.record.id: one for one in evidence.records}
        self._language: Language = language
        self._texts = {
            (p.document_id, p.label, p.language, p.edition, p.version): p
            for p in (source.passage for source in evidence.sources)
        }

    def hold(self, statement: DraftStatement) -> bool:
        """Whether its records say the statement, and its citations are theirs and show it."""
        claim = statement.claim
        if claim is not None and not self._asked.issuperset(understood(claim)):
            return False
        if claim is None or (statement.kind == "computed") != (claim.operation is not None):
            return False
        held: list[HeldRecord] = []
        for record in claim.all_records:
            found = self._held.get(record.id)
            if found is None or found.record != record or record.status != "reviewed":
                return False
            held.append(found)
        try:
            said = in_words(claim, self._language, shipped_names())
        except (ValueError, KeyError, NotFound):
            return False
        if statement.text != said or not _are_cited(held, statement.citations):
            return False
        cited = [self._texts[key] for c in statement.citations if (key := _key(c)) in self._texts]
        quotes = [citation.quote for citation in statement.citations]
        return not unsupported(said, claim, self._language, cited) and not is_of_others(
            said, claim, self._language, cited, quotes, self._vocabulary
        )


def _key(c: DraftCitation) -> tuple[str, str, Language, EditionKind, int]:
    return c.document_id, _top(c.paragraph), c.language, c.edition, c.version


def _are_cited(held: Sequence[HeldRecord], citations: Sequence[DraftCitation]) -> bool:
    """Whether every record has a citation that shows it, and every citation is of a record."""
    finder = Finder(load_terms())
    used: set[DraftCitation] = set()
    for one in held:
        own = {
            citation
            for citation in citations
            for source in one.sources
            if _is_of(citation, source) and _shows(one, source, citation, finder)
        }
        if not own:
            return False
        used |= own
    return used == set(citations)


def _is_of(citation: DraftCitation, source: RecordSource) -> bool:
    """Whether it cites the very words in which the source says the record."""
    return (
        source.standing == "current"
        and (citation.document_id, citation.language, citation.edition, citation.version)
        == (source.document_id, source.language, source.edition, source.version)
        and (citation.start, citation.end, citation.quote)
        == (source.start, source.end, source.quote)
        and _top(citation.paragraph) == _top(source.paragraph)
    )


def _shows(one: HeldRecord, source: RecordSource, citation: DraftCitation, finder: Finder) -> bool:
    """Whether the words cited hold the record's figure, date or name."""
    if find_anchor(citation.quote, source.anchor):
        return True
    return finder.find(one.record, source.anchor, citation.quote, citation.language) is not None


def _top(label: str) -> str:
    try:
        return parse_label(label).top
    except ValueError:
        return label
