"""Both sides of a comparison, each in the words that answer for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.alternatives import (
    asks_twice,
    is_compared,
    is_of_time,
    own_part,
    sides_of,
    without_sessions,
)
from assistant.drafts import Draft, DraftStatement
from assistant.evidence import Evidence, gather
from assistant.items import Item, in_sentence, items_of
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.reading import Reading
from assistant.speaker import Speaker
from kb.quantities import TIME_KINDS, Quantity
from kb.quantities import Kind as QuantityKind
from kb.wording import Wording

_HITS: Final = 20
_AMONG: Final = 6  # best sentences for a side
_OWN: Final = 0.6  # weighted share of what tells the side apart, in the paragraph
_LEAST: Final = 0.2  # … of the side's whole question
_PLAINLY: Final = 0.6  # … where only words tell it apart
_ORIGIN: Final = ("launch",)  # "which is older" asks when they began
_DONE: Final = 0.5  # the sentence says that what is asked about is done
_ONE_PLACE: Final = 0.5
_NAMING: Final = frozenset(("name", "term", "year"))
_ROOM: Final = (60.0, 0.0)
_TIMES: Final = frozenset[QuantityKind](("date", "year", "period"))
_FIGURES: Final = frozenset[QuantityKind](("money", "area", "share", "count", "number"))


@dataclass(frozen=True, slots=True)
class Side:
    """A side's question and the documents where it is looked for; `own` tells it apart."""

    question: Question
    own: tuple[Item, ...]
    documents: tuple[str, ...] | None


def compared(
    plan: Plan,
    draft: Draft,
    evidence: Evidence,
    reading: Reading,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> tuple[Draft, Evidence] | None:
    """The draft that quotes what answers for either side, and the evidence with it; None where the
    question has no two sides, a side has no answer, or the draft says both already."""
    question = plan.question
    if not is_compared(question):
        return None
    sides = _sides(plan, kb, reading, vocabulary)
    if len(sides) != 2:
        return None
    ranked = [ranked_for(side, plan, kb, reading) for side in sides]
    pair = best_pair(ranked)
    if pair is None or (sides[0].own and _are_said(pair, draft)):
        return None
    if asks_twice(question) and not draft.abstained and pair[0].source.key != pair[1].source.key:
        return None
    speaker = Speaker(question, reading, Wording(question.reader))
    statements: dict[DraftStatement, None] = {}
    for candidate in pair:
        run = [candidate.sentence]
        statements |= dict.fromkeys(speaker.said(candidate, _ROOM, run))
    known = {source.key for source in evidence.sources}
    found = [s for c in pair for s in c.finding.sources if s.key not in known]
    texts = (*evidence.record_texts, *found)
    said = replace(
        draft,
        statements=tuple(statements),
        abstained=False,
        reason=None,
        subjects=frozenset(),
    )
    return said, replace(evidence, record_texts=texts)


def _sides(plan: Plan, kb: Knowledge, reading: Reading, vocabulary: Vocabulary) -> tuple[Side, ...]:
    question = plan.question
    read = reading.read(question.text, question.language)
    held = _documents(plan, kb)
    if held is not None:
        both = _asked(without_sessions(question.text), question, vocabulary)
        return tuple(Side(both, (), (document,)) for document in held)
    texts = sides_of(question, read) if len(question.sessions) < 2 else None
    if texts is None:
        return ()
    found = []
    for one, other in (texts, texts[::-1]):
        own = read_question(own_part(one, other), vocabulary, question.reader)
        asked = _asked(one, question, vocabulary)
        names = {(i.kind, i.key) for i in items_of(replace(own, language=question.language))}
        items = tuple(i for i in items_of(asked) if (i.kind, i.key) in names)
        found.append(Side(asked, items, plan.documents))
    return tuple(found) if all(side.own for side in found) else ()


def _documents(plan: Plan, kb: Knowledge) -> tuple[str, str] | None:
    """The two documents whose sessions the question names."""
    sessions = plan.question.sessions
    if len(sessions) != 2 or plan.documents is not None:
        return None
    held = [
        [d.document_id for d in kb.documents() if d.session == s and d.status == "current"]
        for s in sessions
    ]
    return (held[0][0], held[1][0]) if all(len(one) == 1 for one in held) else None


def _asked(text: str, whole: Question, vocabulary: Vocabulary) -> Question:
    """The side's question: for a date or a figure, as the whole one wants."""
    asked = read_question(text, vocabulary, whole.reader)
    timed = is_of_time(whole) and not whole.numbers
    return replace(
        asked,
        language=whole.language,
        kinds=("when",) if timed else ("how_much",),
        wants_quantity=_TIMES if timed else _FIGURES,
        wants_name=frozenset(),
        wants_items=False,
        wants_one=False,
        actions=asked.actions or (_ORIGIN if timed else ()),
        negated=whole.negated,
        units=(),
    )


def ranked_for(
    side: Side, plan: Plan, kb: Knowledge, reading: Reading
) -> list[tuple[float, Candidate]]:
    """The sentences that may answer for the side, the best first, with what they are worth."""
    own = replace(
        plan, question=side.question, query=side.question.text, documents=side.documents,
        lookups=(), hits=_HITS,
    )  # fmt: skip
    found = gather(own, kb)
    ranked = Rankings(found.findings, reading).of(side.question)
    worth = [(_worth(side, c), c) for c in ranked if _answers(side, c)]
    return sorted(worth, key=lambda pair: -pair[0])[:_AMONG]


def _worth(side: Side, candidate: Candidate) -> float:
    """More where the sentence itself speaks of what tells the side apart."""
    whole = sum(i.weight for i in side.own)
    language = candidate.source.passage.language
    said = sum(
        i.weight for i in side.own if in_sentence(i, candidate.sentence, language, side.question)
    )
    done = _DONE if candidate.done_here else 0.0
    return candidate.score + candidate.coverage.share + done + (said / whole if whole else 0.0)


def _answers(side: Side, candidate: Candidate) -> bool:
    """Whether it has a figure or date, and its paragraph is of what tells the side apart."""
    if candidate.quantity is None or candidate.of_another or candidate.coverage.lacks:
        return False
    coverage = candidate.coverage
    named = not side.own or any(i.kind in _NAMING for i in side.own)
    if coverage.share < (_LEAST if named else _PLAINLY):
        return False
    keys = {(i.kind, i.key) for i in (*coverage.beside, *coverage.above)}
    whole = sum(i.weight for i in side.own)
    met = sum(i.weight for i in side.own if (i.kind, i.key) in keys)
    return met >= _OWN * whole


def best_pair(
    ranked: Sequence[Sequence[tuple[float, Candidate]]],
) -> tuple[Candidate, Candidate] | None:
    """The best of either side whose figures are of one kind and unit."""
    pairs = [
        (first + second + _together(one, other), one, other)
        for first, one in ranked[0]
        for second, other in ranked[1]
        if _are_alike(one.quantity, other.quantity) and not _is_one_figure(one, other)
    ]
    if not pairs:
        return None
    _, one, other = max(pairs, key=lambda pair: pair[0])
    return one, other


def _together(one: Candidate, other: Candidate) -> float:
    """What it is worth that one paragraph gives both."""
    return _ONE_PLACE if one.source.key == other.source.key else 0.0


def _is_one_figure(one: Candidate, other: Candidate) -> bool:
    """Whether the only figure of its kind in one sentence would stand for both sides."""
    if one.source.key != other.source.key or one.quantity != other.quantity:
        return False
    alike = [q for q in one.sentence.quantities if _are_alike(q, one.quantity)]
    return len(alike) < 2


def _are_alike(one: Quantity | None, other: Quantity | None) -> bool:
    if one is None or other is None:
        return False
    if one.kind in TIME_KINDS or other.kind in TIME_KINDS:
        return one.kind in TIME_KINDS and other.kind in TIME_KINDS
    return one.unit == other.unit or None in (one.unit, other.unit)


def _are_said(pair: tuple[Candidate, Candidate], draft: Draft) -> bool:
    """Whether the draft says the figures of both, or records of two sides whose figures other
    paragraphs give."""
    said = " ".join(s.text for s in draft.statements if s.citations)
    one, other = pair
    records = sum(s.claim is not None for s in draft.statements)
    if records > 1 and (one.source.key != other.source.key or one.quantity == other.quantity):
        return True
    return bool(said) and all(c.quantity is not None and c.quantity.text in said for c in pair)
