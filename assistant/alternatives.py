"""The two things that a question holds against one another, each as a question of its own."""

import re
from collections.abc import Sequence
from typing import Final

from assistant.question import Question
from assistant.question_words import find_asking, hints
from assistant.reading import ReadText
from assistant.rows import rows_of
from kb.quantities import TIME_KINDS
from kb.sentences import Span
from kb.sessions import find_session_mentions

_DELIMITER: Final = re.compile(r"[,，:：;；،؛?？؟¿!。()（）«»“”\"]|\s[–—-]\s")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_SIDES: Final = 2
_FIGURES: Final = frozenset(("how_much", "how_many", "when"))
_KINDS: Final = frozenset(("which", "who", "yes_no", "how_much", "how_many", "when"))


def is_compared(question: Question) -> bool:
    """Whether the question asks which of two things is more, less, earlier, or how they differ."""
    text, language = question.text, question.language
    if question.is_empty or question.foreign or hints(text, language, "checks"):
        return False
    if question.kind not in _KINDS and "compare" not in question.kinds:
        return False
    if _asked_twice(question):
        return True
    more = bool(hints(text, language, "which_more") or hints(text, language, "orders"))
    if more and hints(text, language, "either"):
        return True
    if question.adds or question.wants_items:
        return False
    return question.weighs or "compare" in question.kinds or (more and "which" in question.kinds)


def asks_twice(question: Question) -> bool:
    """Whether two figures or dates of one kind are asked for."""
    return _asked_twice(question) is not None


def _asked_twice(question: Question) -> Span | None:
    """The second of two figures or dates of one kind that are asked for: "how many …, and how many
    …"."""
    asked = [a for a in find_asking(question.text, question.language) if a.kind in _FIGURES]
    if len(asked) != _SIDES or len({a.kind for a in asked}) > 1 or question.adds:
        return None
    return Span(asked[1].start, asked[1].end)


def is_of_time(question: Question) -> bool:
    """Whether dates are compared."""
    if hints(question.text, question.language, "orders"):
        return True
    return "when" in question.kinds and not question.rates


def sides_of(question: Question, read: ReadText) -> tuple[str, str] | None:
    """The question once for either side, without the other; None where it has no two sides."""
    text = question.text
    second = _asked_twice(question)
    if second is not None:
        return _parts(question, read, second)
    joint = _joint(question, read)
    if joint is None:
        return _by_time(question, read)
    left, right = _left(text, joint.start), _right(text, joint.end)
    if not _is_named(read, right):
        return _by_time(question, read)
    before, after = text[: left.start], text[right.end :]
    one, other = left.of(text), right.of(text)
    if not _WORD.search(one) or not _WORD.search(other):
        return None
    shared = ""
    if not _WORD.search(before) and not _WORD.search(after):
        cut = _parallel(one, other) or _last_spoken(read, left)
        if cut is None:
            return None
        shared = one[:cut]
    return (
        " ".join((before + one + after).split()),
        " ".join((before + shared + " " + other + after).split()),
    )


def _parts(question: Question, read: ReadText, second: Span) -> tuple[str, str] | None:
    """The two parts of a question that asks twice; the second of what the first names."""
    text = question.text
    before = [m.end() for m in _DELIMITER.finditer(text, 0, second.start)]
    cut = before[-1] if before and before[-1] > text.rfind(" ", 0, second.start - 1) else None
    start = cut if cut is not None else second.start
    one, other = text[:start], text[start:]
    if not _is_named(read, Span(0, start)) or not _is_named(read, Span(second.end, len(text))):
        return None
    named = {"party", "organization", "initiative", "convention"}
    theirs = [m for m in question.names if m.kind in named]
    shared = [text[m.start : m.end] for m in theirs if m.end <= start]
    if any(m.start >= start for m in theirs):
        shared = []
    return one, " ".join((*shared, other))


def own_part(whole: str, other: str) -> str:
    """What of one side's question the other's does not have."""
    held = set(_WORD.findall(other.lower()))
    return " ".join(w for w in _WORD.findall(whole) if w.lower() not in held)


def _joint(question: Question, read: ReadText) -> Span | None:
    """The "or" or "than" between the sides, or the "and" of the only row of two."""
    text, language = question.text, question.language
    either = hints(text, language, "either")
    if either:
        return Span(*either[-1])
    compared = [start for start, _ in hints(text, language, "weighs")]
    than = [p for p in hints(text, language, "than") if language == "zh" or compared]
    after = [p for p in than if language == "zh" or p[0] > min(compared)]
    if after:
        return Span(*after[-1])
    if "compare" not in question.kinds and not hints(text, language, "which_more"):
        return None
    gaps = [Span(r[0].end, r[1].start) for r in rows_of(read) if len(r) == _SIDES]
    joined = [gap for gap in gaps if not _DELIMITER.search(gap.of(text))]
    return joined[0] if len(joined) == 1 else None


def _by_time(question: Question, read: ReadText) -> tuple[str, str] | None:
    """The question for each of the two years that it names."""
    years = [q for s in read.sentences for q in s.quantities if q.kind in TIME_KINDS]
    text = question.text
    if len(years) == 1 and "/" in (years[0].iso or ""):
        begun, _, ended = (years[0].iso or "").partition("/")
        before, after = text[: years[0].start], text[years[0].end :]
        return f"{before} {begun[:4]} {after}", f"{before} {ended[:4]} {after}"
    if len(years) != _SIDES:
        return None
    one, other = years
    return (text[: other.start] + text[other.end :], text[: one.start] + text[one.end :])


def without_sessions(text: str) -> str:
    """The question without the meetings that it names."""
    for mention in reversed(find_session_mentions(text)):
        text = text[: mention.start] + text[mention.end :]
    return " ".join(text.split())


def _left(text: str, end: int) -> Span:
    cuts = [m.end() for m in _DELIMITER.finditer(text, 0, end)]
    found = [cut for cut in cuts if _WORD.search(text[cut:end])]
    return Span(found[-1] if found else 0, end)


def _right(text: str, start: int) -> Span:
    found = _DELIMITER.search(text, start)
    while found and not _WORD.search(text[start : found.start()]):
        found = _DELIMITER.search(text, found.end())
    return Span(start, found.start() if found else len(text))


def _parallel(one: str, other: str) -> int | None:
    """Where the left side begins as the right one does: "under NDCs or under plans"."""
    first = _WORD.search(other)
    if first is None:
        return None
    places = [m.start() for m in _WORD.finditer(one) if m[0].lower() == first[0].lower()]
    return places[-1] if places else None


def _is_named(read: ReadText, side: Span) -> bool:
    """Whether the side names something: "rose or fell" are no two things."""
    return any(
        side.start <= start and end <= side.end
        for s in read.sentences
        for start, end in (
            *((m.start, m.end) for m in s.marks if m.kind in ("concept", "word", "noun")),
            *((q.start, q.end) for q in s.quantities if q.kind in TIME_KINDS),
        )
    )


def _last_spoken(read: ReadText, left: Span) -> int | None:
    """Where the last name or word of the left side begins."""
    marks = [
        m
        for s in read.sentences
        for m in s.marks
        if left.start < m.start and m.end <= left.end and m.kind in ("concept", "word")
    ]
    last = max((m.end for m in marks), default=None)
    starts: Sequence[int] = [m.start for m in marks if m.end == last]
    return min(starts) - left.start if starts else None
