"""The citation chip: which paragraph, its sentence on hover or focus, its source on click."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace

from nicegui.elements.mixins.text_element import TextElement

from api.schemas import CitationBody
from api.web.markup import element
from api.web.reference import Reference, cited, short_document, short_form
from api.web.visitor import Visitor
from kb.languages import Language

OnOpen = Callable[[Reference], Awaitable[None] | None]


@dataclass(frozen=True, slots=True)
class ChipView:
    """A chip as it is shown: what it reads, what it opens, the words cited, the UN form."""

    text: str
    reference: Reference
    sentence: str
    citation: str


def chip_views(
    citations: Iterable[CitationBody], language: Language = "en"
) -> tuple[ChipView, ...]:
    """One chip for each paragraph, in order, for a reader of `language`; spans of one share it.

    After the first chip of a document the next ones name the paragraph alone.
    """
    made: dict[tuple[object, ...], ChipView] = {}
    last = None
    for one in citations:
        reference = cited(one)
        key = (one.document_id, one.paragraph, one.language, one.edition, one.version)
        known = made.get(key)
        if known is not None:
            made[key] = _joined(known, reference, one.quote)
            continue
        text = short_form(one.paragraph, one.symbol, one.session, one.document_id, language)
        if one.document_id == last:
            short = short_document(one.symbol, one.session, one.document_id)
            text = text.removeprefix(short).strip()
        last = one.document_id
        made[key] = ChipView(text, reference, one.quote, one.label)
    return tuple(made.values())


def chip(
    visitor: Visitor,
    text: str,
    reference: Reference,
    open_source: OnOpen,
    *,
    sentence: str = "",
    citation: str = "",
) -> TextElement:
    """A chip that reads `text`, such as `CRIC 23 ¶89`; `citation` is the UN form that C copies.

    `open_source` is `frame.source.show` nearly always.
    """
    made = element("button", text, "lb-chip", type="button", dir="ltr", aria_expanded="false")
    if sentence:
        made.props["data-tip"] = sentence
        made.props["data-tip-lang"] = reference.language or visitor.language
        made.props["data-hint"] = visitor.say("shell.chip_hint")
    if citation:
        made.props["data-citation"] = citation
    made.on("click", lambda: open_source(reference))
    return made


def citation_chip(visitor: Visitor, citation: CitationBody, open_source: OnOpen) -> TextElement:
    """The chip of one citation of an answer."""
    return _chip_of(visitor, chip_views([citation], visitor.language)[0], open_source)


def citation_chips(
    visitor: Visitor, citations: Iterable[CitationBody], open_source: OnOpen
) -> tuple[TextElement, ...]:
    """The chips of the citations of one statement, each after a space that a line breaks at."""
    made = []
    for view in chip_views(citations, visitor.language):
        element("span", " ")
        made.append(_chip_of(visitor, view, open_source))
    return tuple(made)


def _chip_of(visitor: Visitor, view: ChipView, open_source: OnOpen) -> TextElement:
    return chip(
        visitor,
        view.text,
        view.reference,
        open_source,
        sentence=view.sentence,
        citation=view.citation,
    )


def _joined(known: ChipView, reference: Reference, quote: str) -> ChipView:
    before = known.reference
    if reference.start is None or reference.end is None:
        return known
    span = (reference.start, reference.end)
    if span == (before.start, before.end) or span in before.also:
        return known
    return replace(
        known,
        reference=replace(before, also=(*before.also, span)),
        sentence=f"{known.sentence} … {quote}",
    )
