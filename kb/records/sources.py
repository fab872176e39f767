"""The paragraphs of a record, each with the words that say it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlmodel import Session, col, select

from kb.corrections import corrections_to
from kb.current_texts import Text, text_of
from kb.documents import EditionKind
from kb.languages import Language
from kb.passage_rows import find_tops, normalized, passages
from kb.passages import Passage
from kb.records.clauses import Finder, Span, clause_around, find_anchor
from kb.records.record import Anchor, Record
from kb.store import chunks
from kb.tables import Document, Edition
from kb.terms import load_terms

Standing = Literal["current", "superseded", "withdrawn", "not_held", "file"]
ROW: Final = "row "  # begins the place of a record in a file of the user's own
ANCHORS: Final[Language] = "zh"  # what anchors of shipped records are printed in


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph that a record rests on.

    `quote` is verbatim `text[start:end]` of that paragraph in that edition and language, and holds
    the figure, date or name; None, with the four after it, where no text at hand says it. For a
    record of the user's own file (`standing` is `file`) it is the row.
    """

    document_id: str
    symbol: str | None
    session: str | None
    paragraph: str
    anchor: str
    quote: str | None
    start: int | None
    end: int | None
    language: Language | None
    edition: EditionKind | None
    version: int | None
    standing: Standing
    superseded_by: str | None = None
    corrected_by: tuple[str, ...] = ()


def sources_of(
    session: Session, records: Sequence[Record], language: Language | None = None
) -> dict[str, tuple[Source, ...]]:
    """The sources of each record by its id, quoted in `language` where an original has it there.

    Else from another original, else from a digest.
    """
    library = _Library(session, [anchor for one in records for anchor in one.sources], language)
    finder = Finder(load_terms())
    return {
        one.id: tuple(library.source(one, anchor, finder) for anchor in one.sources)
        for one in records
    }


class _Library:
    """The texts of the documents that some records rest on."""

    def __init__(
        self, session: Session, anchors: Iterable[Anchor], language: Language | None
    ) -> None:
        self._session = session
        self._language = language
        self._labels: dict[str, dict[str, None]] = {}
        for anchor in anchors:
            self._labels.setdefault(anchor.document_id, {})[normalized(anchor.paragraph)] = None
        self._documents: dict[str, Document] = {}
        self._texts: dict[tuple[str, EditionKind], list[Text]] = {}
        for some in chunks(self._labels):
            for document in session.exec(select(Document).where(col(Document.id).in_(some))):
                self._documents[document.id] = document
        for some in chunks(self._documents):
            for edition in session.exec(
                select(Edition).where(
                    col(Edition.document_id).in_(some), Edition.status == "current"
                )
            ):
                text = text_of(self._documents[edition.document_id], edition)
                self._texts.setdefault((text.document_id, text.kind), []).append(text)
        self._read: dict[tuple[str, EditionKind], Mapping[str, list[Passage]]] = {}

    def source(self, record: Record, anchor: Anchor, finder: Finder) -> Source:
        """What there is of one anchor."""
        document = self._documents.get(anchor.document_id)
        if document is None:
            return _without_document(anchor)
        kinds: tuple[EditionKind, ...] = ("original", "digest")
        for kind in kinds:
            held = self._passages(anchor, kind)
            for passage, span in _said(held, record, anchor, finder, self._language):
                return _quoted(document, anchor, passage, span)
        return Source(
            anchor.document_id,
            document.symbol,
            document.session,
            anchor.paragraph,
            anchor.text,
            *(None, None, None, None, None, None),
            standing=_standing(document),
            superseded_by=document.superseded_by,
        )

    def _passages(self, anchor: Anchor, kind: EditionKind) -> list[Passage]:
        """The paragraph in every text of that kind, the reader's language first."""
        key = (anchor.document_id, kind)
        if key not in self._read:
            self._read[key] = self._all(*key)
        return self._read[key].get(normalized(anchor.paragraph), [])

    def _all(self, document_id: str, kind: EditionKind) -> Mapping[str, list[Passage]]:
        """All paragraphs that any record here rests on in `document_id`, read at once."""
        texts = sorted(
            self._texts.get((document_id, kind), ()),
            key=lambda text: (
                text.language != self._language,
                text.language != ANCHORS if kind == "original" else text.language != "en",
                text.language,
            ),
        )
        labels = self._labels[document_id]
        there = find_tops(self._session, [(text.id, label) for text in texts for label in labels])
        wanted = [(text, label) for label in labels for text in texts if (text.id, label) in there]
        corrections = corrections_to(self._session, [document_id])
        found: dict[str, list[Passage]] = {}
        for passage in passages(self._session, wanted, corrections):
            found.setdefault(passage.label, []).append(passage)
        return found


def _said(
    held: Sequence[Passage],
    record: Record,
    anchor: Anchor,
    finder: Finder,
    language: Language | None,
) -> Iterator[tuple[Passage, Span]]:
    """Where the passages say it, best first: the reader's language, the anchor, other words."""
    wished = [passage for passage in held if passage.language == language]
    for passage in wished:
        span = find_anchor(passage.text, anchor.text) or finder.find(
            record, anchor.text, passage.text, passage.language
        )
        if span:
            yield passage, span
    for passage in held:
        span = find_anchor(passage.text, anchor.text)
        if span:
            yield passage, span
    for passage in held:
        span = finder.find(record, anchor.text, passage.text, passage.language)
        if span:
            yield passage, span


def _quoted(document: Document, anchor: Anchor, passage: Passage, span: Span) -> Source:
    start, end = clause_around(passage.text, span)
    return Source(
        document.id,
        document.symbol,
        document.session,
        anchor.paragraph,
        anchor.text,
        passage.text[start:end],
        passage.start + start,
        passage.start + end,
        passage.language,
        passage.edition,
        passage.version,
        _standing(document),
        document.superseded_by,
        passage.corrected_by,
    )


def _without_document(anchor: Anchor) -> Source:
    own = anchor.paragraph.startswith(ROW)
    return Source(
        anchor.document_id,
        None,
        None,
        anchor.paragraph,
        anchor.text,
        anchor.text if own else None,
        0 if own else None,
        len(anchor.text) if own else None,
        *(None, None, None),
        standing="file" if own else "not_held",
    )


def _standing(document: Document) -> Standing:
    if document.withdrawn:
        return "withdrawn"
    return "superseded" if document.superseded_by else "current"
