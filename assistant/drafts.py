"""An answer before the gate: statements that say which words of which text they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.answer import Reason, StatementKind
from assistant.evidence import Source
from assistant.record_claims import RecordClaim
from kb.documents import EditionKind
from kb.languages import Language
from kb.mentions import ParagraphReference
from kb.references import cite
from kb.sentences import Span
from kb.wording import CountKey, MessageKey, Wording

if TYPE_CHECKING:
    from assistant.figure_claims import FigureClaim

ELLIPSIS: Final = "…"
LABEL_MARK: Final = "; "  # between citations that a message names


@dataclass(frozen=True, slots=True)
class Message:
    """A message of `kb.wording` with its values; `count` chooses the plural form."""

    key: MessageKey | CountKey
    values: tuple[tuple[str, str], ...] = ()
    count: int | None = None

    def said(self, wording: Wording, **more: str) -> str:
        """The message in the language of `wording`."""
        values = dict(self.values) | more
        if self.key == "further":
            return wording.count(self.key, self.count or 0, **values)
        return wording.say(self.key, **values)


@dataclass(frozen=True, slots=True)
class DraftCitation:
    """A span of one text, with what it is said to be: nothing here is trusted before the gate."""

    document_id: str
    paragraph: str
    language: Language
    edition: EditionKind
    version: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A sentence of the answer.

    A `quote` or `digest` is the words of its citations; `message` is what stands around them. A
    note without citations is a message alone, one with citations is prose that rests on them. A
    `record` or `computed` statement is the words of its `claim`, or of its `figures`.
    """

    text: str
    kind: StatementKind
    citations: tuple[DraftCitation, ...] = ()
    message: Message | None = None
    claim: RecordClaim | None = None
    figures: "FigureClaim | None" = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What may become the answer. `subjects` are the concepts of which it says a figure or date,
    where it does: none of its quotes may be of others.
    """

    question: str
    language: Language
    statements: tuple[DraftStatement, ...]
    abstained: bool = False
    reason: Reason | None = None
    subjects: frozenset[str] = frozenset()


def reference_to(source: Source, language: Language, part: str | None = None) -> str:
    """The citation of a paragraph, or of its `part`, in the UN form of `language`."""
    passage = source.passage
    name = passage.symbol or passage.document_id
    return cite(name, part or passage.label, language, section=passage.kind == "section")


def missing_reference(reference: ParagraphReference, language: Language) -> str:
    """The citation of a paragraph that is not held, with the document as the question named it."""
    document = reference.symbol or reference.session or ""
    return cite(document, reference.label, language).lstrip(",，، ")


def cited(source: Source, span: Span) -> DraftCitation:
    """The citation of a span of a text."""
    passage = source.passage
    return DraftCitation(
        document_id=passage.document_id,
        paragraph=source.deepest(span.start, span.end),
        language=passage.language,
        edition=passage.edition,
        version=passage.version,
        start=span.start,
        end=span.end,
        quote=span.of(passage.text),
    )


def verbatim(
    source: Source, span: Span, sentence: Span, wording: Wording, reader: Language
) -> DraftStatement:
    """A statement that is the words of `span`, marked as a summary where they are one.

    Where the span leaves out the beginning or the end of its sentence, an ellipsis says so.
    """
    return joined(source, (span,), sentence, wording, reader)


def joined(
    source: Source, spans: Sequence[Span], whole: Span, wording: Wording, reader: Language
) -> DraftStatement:
    """As `verbatim`, for spans in order with words left out between them."""
    text = source.passage.text
    body = f" {ELLIPSIS} ".join(span.of(text) for span in spans)
    if text[whole.start : spans[0].start].strip():
        body = f"{ELLIPSIS} {body}"
    if text[spans[-1].end : whole.end].strip(" .,;:，；：。،؛"):
        body = f"{body} {ELLIPSIS}"
    citations = tuple(cited(source, span) for span in spans)
    if source.passage.edition == "original":
        return DraftStatement(body, "quote", citations)
    message = Message("digest")
    if source.passage.language != reader:
        name = wording.language_name(source.passage.language)
        message = Message("digest_in", (("language", name),))
    text = message.said(wording, text=body)
    return DraftStatement(text, "digest", citations, message)


def note(message: Message, wording: Wording) -> DraftStatement:
    """What LandBrief itself says."""
    return DraftStatement(message.said(wording), "note", (), message)
