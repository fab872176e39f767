"""Questions that hold statements against one another: the figures that they give, each found again
in the documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from assistant.evidence import gather
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from assistant.polarity import signs
from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from assistant.question_words import hints
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from kb.quantities import TIME_KINDS, Quantity
from kb.sessions import find_session_mentions

_LEAST: Final = 3  # a smaller number is no figure that is held against another
_COUNTERS: Final = frozenset(("time", "paragraph", "document", "report", "table"))
_CUT: Final = re.compile(r"[,;:?!，。；：？！،؛؟]\s*|[.](?=\s|$)|\s[–—-]\s")
_NAMED: Final = frozenset(("initiative", "organization", "convention"))
_AMOUNTS: Final = frozenset(("money", "area", "share"))
_COUNTS: Final = frozenset(("how_many", "how_much", "sum"))
_HITS: Final = 15
_MOST: Final = 4  # sentences that are quoted
_OWN: Final = 0.3  # of what the piece of the question speaks of, in the paragraph
_MANY: Final = 2  # figures found in one sentence tell it apart by themselves
_WRITTEN: Final = 4  # a number up to so many in words counts what the question speaks of


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence, and the figures of the question that stand in it."""

    candidate: Candidate
    figures: tuple[Quantity, ...]


def asks_consistency(question: Question) -> bool:
    """Whether it asks if statements or figures agree."""
    text, language = question.text, question.language
    if question.is_empty or question.foreign or question.kind == "paragraph":
        return False
    if hints(text, language, "checks") or hints(text, language, "tallies"):
        return True
    if hints(text, language, "apart") and not _COUNTS & {*question.kinds}:
        return True
    return any(s.pole == "identity" for s in signs(text, language).of("unsure"))


def given_figures(question: Question) -> tuple[Quantity, ...]:
    """The figures that the question gives, but for small and repeated ones and "two amounts"."""
    found: dict[tuple[object, ...], Quantity] = {}
    for number in question.numbers:
        if number.kind in TIME_KINDS or number.unit in _COUNTERS or number.value < _LEAST:
            continue
        if number.unit is None and number.value <= _WRITTEN and not number.text[0].isdigit():
            continue
        same = [n for n in found.values() if n.value == number.value]
        if number.unit is None and any(n.start < number.start for n in same):
            continue
        found.setdefault((number.value, number.unit), number)
    return tuple(found.values())


def is_figure(asked: Quantity, found: Quantity) -> bool:
    """Whether a figure of a text is the one that the question gives."""
    if asked.value != found.value or found.kind in TIME_KINDS:
        return False
    if asked.unit is None or found.unit is None:
        return asked.kind == found.kind or not {asked.kind, found.kind} & (_AMOUNTS - {"money"})
    return asked.unit == found.unit


def held_figures(
    plan: Plan, rankings: Rankings, kb: Knowledge, vocabulary: Vocabulary
) -> tuple[Held, ...]:
    """The sentences that hold the figures of the question, in its order; none unless each figure
    is found where what is said of it in the question is spoken of."""
    found: list[Held] = []
    for text, figures in _groups(plan.question):
        rest = list(figures)
        for held in found:
            inside = [f for f in rest if _holds(held.candidate, f)]
            if len(inside) == len(rest) and not _repeats(rest, found):
                rest = []
        if not rest:
            continue
        ranked = _ranked(text, rest, plan, rankings, kb, vocabulary)
        while rest:
            best = _best(ranked, rest, [h.candidate for h in found])
            if best is None or len(found) == _MOST:
                return ()
            found.append(best)
            rest = [f for f in rest if f not in best.figures]
    return tuple(sorted(found, key=lambda held: min(f.start for f in held.figures)))


def _repeats(figures: Sequence[Quantity], found: Sequence[Held]) -> bool:
    """Whether a figure is given twice, once of either thing: "the same 18"."""
    held = {f.value for one in found for f in one.figures}
    return any(f.value in held for f in figures)


def _groups(question: Question) -> list[tuple[str, list[Quantity]]]:
    """The pieces of the question that hold figures; what every one of them is said of is added."""
    text, figures = question.text, sorted(given_figures(question), key=lambda q: q.start)
    cuts = [
        m.end() for m in _CUT.finditer(text) if not any(f.start < m.end() <= f.end for f in figures)
    ]
    edges = sorted({0, *cuts, len(text)})
    groups: list[tuple[str, list[Quantity]]] = []
    for start, end in pairwise(edges):
        inside = [f for f in figures if start <= f.start < end]
        if not inside:
            continue
        names = [
            text[m.start : m.end]
            for m in question.names
            if m.kind in _NAMED and not start <= m.start < end
        ]
        groups.append((" ".join((text[start:end], *names)), inside))
    return groups


def _ranked(
    text: str,
    figures: Sequence[Quantity],
    plan: Plan,
    rankings: Rankings,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> list[Candidate]:
    asked = read_question(text, vocabulary, plan.question.reader)
    asked = replace(asked, language=plan.question.language)
    document = _document(plan, figures[0], kb)
    documents = plan.documents if document is None else (document,)
    own = Plan(asked, (), text, documents, _HITS)
    more = gather(own, kb).findings
    known = {(f.document_id, f.label) for f in rankings.findings}
    every = [
        *rankings.findings,
        *(f for f in more if (f.document_id, f.label) not in known),
    ]
    within = [f for f in every if document in (None, f.document_id)]
    return Rankings(within, rankings.reading).of(asked)


def _document(plan: Plan, figure: Quantity, kb: Knowledge) -> str | None:
    """The document of the session that the question names beside the figure, or last before it."""
    text = plan.question.text
    mentions = find_session_mentions(text)
    if not mentions or plan.documents is not None:
        return None
    near = [
        m
        for m in mentions
        if not _CUT.search(text[min(m.end, figure.end) : max(m.start, figure.start)])
    ]
    before = [m for m in mentions if m.end <= figure.start]
    if not near and not before:
        return None
    after = [m for m in near if m.start >= figure.end]
    session = (after or near or before[-1:])[0].session
    held = [d.document_id for d in kb.documents() if d.session == session and d.status == "current"]
    return held[0] if len(held) == 1 else None


def _best(
    ranked: Sequence[Candidate], figures: Sequence[Quantity], taken: Sequence[Candidate]
) -> Held | None:
    """The sentence that speaks most of what is asked and holds most of the figures."""
    best: tuple[float, Held] | None = None
    places = {(c.source.key, c.index) for c in taken}
    for candidate in ranked:
        if (candidate.source.key, candidate.index) in places:
            continue
        inside = tuple(f for f in figures if _holds(candidate, f))
        if not inside:
            continue
        if len(inside) < _MANY and candidate.coverage.share < _OWN:
            continue
        worth = len(inside) + candidate.said + candidate.coverage.share
        if best is None or worth > best[0]:
            best = worth, Held(candidate, inside)
    return best[1] if best is not None else None


def _holds(candidate: Candidate, figure: Quantity) -> bool:
    return any(is_figure(figure, q) for q in candidate.sentence.quantities)
