"""Sub-paragraphs: marks at line starts and in sentences made into labelled spans.

UN documents nest (a), (i), a., i.; other languages write (أ), а), (一). The degree of a mark
follows from its style and its neighbours, not from the style alone: (i) comes after (h), or opens
the second degree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.enumerators import Degree, degree_position, inline_runs
from kb.documents import Subparagraph
from kb.references import roman


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of a paragraph that starts with a sub-paragraph mark."""

    start: int  # offset in the paragraph's text
    end: int  # where its own text ends, sub-paragraphs below it not counted
    mark: Degree


@dataclass(frozen=True, slots=True)
class _Open:
    style: str
    letter: str
    position: int


def label_subparagraphs(
    label: str, text: str, lines: Sequence[MarkedLine]
) -> tuple[Subparagraph, ...]:
    """Spans of all sub-paragraphs of the paragraph `label`, in reading order."""
    spans: list[Subparagraph] = []
    stack: list[_Open] = []
    starts: list[tuple[int, int, str, int]] = []  # start, own end, label, depth
    for line in lines:
        stack = _placed(stack, line.mark)
        path = "".join(f"({item.letter})" for item in stack)
        starts.append((line.start, line.end, f"{label}{path}", len(stack)))
    for index, (start, own_end, name, depth) in enumerate(starts):
        end = own_end
        for _, later_end, _, later_depth in starts[index + 1 :]:
            if later_depth <= depth:
                break
            end = later_end
        spans.append(Subparagraph(name, start, end))
        spans += _run_in(name, text, start, own_end)
    first = starts[0][0] if starts else len(text)
    return tuple(_unique([*_run_in(label, text, 0, first), *spans]))


def _placed(stack: list[_Open], mark: Degree) -> list[_Open]:
    """The open degrees once `mark` is read."""
    readings = [_read(stack, style, letter) for style, letter in mark.readings]
    for depth in range(len(stack) - 1, -1, -1):  # goes on at the deepest degree that fits
        for item in readings:
            if (item.style, item.position) == (stack[depth].style, stack[depth].position + 1):
                return [*stack[:depth], item]
    for item in readings:
        if item.position == 1:
            return _opened(stack, item)
    for depth in range(len(stack) - 1, -1, -1):  # a gap in the letters stays a sibling
        for item in readings:
            if stack[depth].style == item.style:
                return [*stack[:depth], item]
    return [*stack, readings[0]]


def _read(stack: list[_Open], style: str, letter: str) -> _Open:
    """Digits below an Arabic letter are that language's numerals of the second degree."""
    script = style.split(" ")[0]
    if script == "digit" and any(item.style.startswith("arabic") for item in stack):
        return _Open(style, roman(int(letter)), int(letter))
    return _Open(style, letter, degree_position(letter, script))


def _opened(stack: list[_Open], item: _Open) -> list[_Open]:
    """A first mark opens a degree below; where its style is the last one open, the list starts
    again. Arabic editions use one style for the second degree and the fourth."""
    if stack and stack[-1].style == item.style:
        return [*stack[:-1], item]
    return [*stack, item]


def _run_in(label: str, text: str, start: int, end: int) -> list[Subparagraph]:
    """Enumerations inside `text[start:end]`; each item ends where the next starts."""
    spans: list[Subparagraph] = []
    for run in inline_runs(text[start:end]):
        if run[0][0] == 0 and start > 0:
            continue  # the line's own mark
        offsets = [start + offset for offset, _ in run]
        for (_, letter), item_start, item_end in zip(
            run, offsets, [*offsets[1:], end], strict=True
        ):
            stop = item_start + len(text[item_start:item_end].rstrip())
            spans.append(Subparagraph(f"{label}({letter})", item_start, stop, run_in=True))
    return spans


def _unique(spans: Sequence[Subparagraph]) -> list[Subparagraph]:
    """The first of spans that share a label; a list that starts again keeps its first letters."""
    seen: dict[str, Subparagraph] = {}
    for span in spans:
        seen.setdefault(span.label, span)
    return sorted(seen.values(), key=lambda span: (span.start, -span.end))
