"""Arabic lines of a PDF in reading order, and pages that are read from right to left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingestion.readers.arabic import (
    brackets_are_mirrored,
    has_arabic,
    is_mainly_arabic,
    is_reversed,
    logical_from_visual,
    without_stretching,
)
from ingestion.readers.pdf_lines import Line, Span

_SAMPLE = 400  # lines
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """How a document's Arabic is stored.

    `right_to_left`: it is an Arabic document, whose columns and margins are mirrored too.
    `turn`: its glyphs, taken from left to right, spell words backwards, as they should: a few
    programs draw Arabic from left to right in reading order. `mirror`: brackets are named by
    their shape.
    """

    right_to_left: bool = False
    turn: bool = True
    mirror: bool = True


def reading_order(lines: Sequence[Line]) -> ReadingOrder:
    """What the visual text of `lines` shows about their order."""
    arabic = [line.text for line in lines if has_arabic(line.text)]
    if not arabic:
        return ReadingOrder()
    sample = arabic[:_SAMPLE]
    turned = [logical_from_visual(text, mirror=False) for text in sample]
    turn = not is_reversed("\n".join(turned))
    mirror = brackets_are_mirrored(turned)
    main = is_mainly_arabic("\n".join(line.text for line in lines))
    return ReadingOrder(main, turn, mirror)


def in_reading_order(line: Line, order: ReadingOrder, page_width: float) -> Line:
    """The line with logical text; in a right-to-left document, places count from the right."""
    spans = line.spans
    if has_arabic(line.text) or order.right_to_left:
        spans = tuple(_logical(span, order) for span in spans)
    if not order.right_to_left:
        if is_mainly_arabic(line.text) and len(spans) > 1 and order.turn:
            # One Arabic line in another document: its stretches follow each other leftwards.
            joined = " ".join(span.text for span in reversed(spans))
            spans = (Span(spans[0].left, spans[-1].right, joined),)
        return replace(line, spans=spans)
    mirrored = [
        Span(page_width - s.right, page_width - s.left, s.text, lead=s.lead)
        for s in reversed(spans)
    ]
    return replace(line, spans=tuple(mirrored))


def _logical(span: Span, order: ReadingOrder) -> Span:
    if _LATIN.search(span.text) and not has_arabic(span.text):
        return replace(span, words=())
    text = logical_from_visual(span.text, mirror=order.mirror) if order.turn else span.text
    lead = span.words[-1][1] - span.words[-1][0] if span.words else None
    return Span(span.left, span.right, without_stretching(text), lead=lead)  # its words moved
