"""What a question puts in a row: "in Asia and in Latin America"."""

import re
from collections.abc import Sequence
from typing import Final

from assistant.claim_words import places_of
from assistant.reading import ReadText
from kb.languages import Language
from kb.quantities import TIME_KINDS
from kb.sentences import Span

_GAP: Final = 30  # code points between two things that stand in a row
_GAP_HAN: Final = 14
_COMMA: Final = re.compile(r"[,、，،+]")
_STOP: Final = re.compile(r"[:：;；؛?？؟¿.。!—–(（]")


def rows_of(question: ReadText) -> list[tuple[Span, ...]]:
    """The rows of two or more, each as the spans of what stands in it, in order; what follows the
    "and" ends its row."""
    found: list[tuple[Span, ...]] = []
    row: list[Span] = []
    closed = False
    for start, end in _spoken(question):
        if row:
            before = question.text[row[-1].end : start]
            joint = _joint(question.text, row[-1].end, start, question.language)
            if _is_far(before, question.language) or (joint and closed):
                found.append(tuple(row))
                row, closed = [], False
            elif joint:
                closed = joint == "and"
            else:
                row[-1] = Span(row[-1].start, max(end, row[-1].end))
                continue
        row.append(Span(start, end))
    return [one for one in (*found, tuple(row)) if len(one) > 1]


def _spoken(question: ReadText) -> Sequence[tuple[int, int]]:
    """Where names, words and years stand."""
    places = {
        (m.start, m.end)
        for s in question.sentences
        for m in s.marks
        if m.kind in ("concept", "word", "action", "noun")
    }
    places |= {
        (q.start, q.end) for s in question.sentences for q in s.quantities if q.kind in TIME_KINDS
    }
    return sorted(places, key=lambda p: (p[0], -p[1]))


def _is_far(between: str, language: Language) -> bool:
    return len(between) > (_GAP_HAN if language == "zh" else _GAP) or bool(_STOP.search(between))


def _joint(text: str, end: int, start: int, language: Language) -> str | None:
    """ "and", a comma, or nothing between two places; Arabic joins "and" to the next word."""
    between = text[end:start]
    if language == "ar" and "و" in (text[start : start + 1], between[-1:]):
        return "and"
    if places_of(between, language, "conjunction"):
        return "and"
    return "comma" if _COMMA.search(between) else None
