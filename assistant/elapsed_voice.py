"""Spans of time that are asked for: computed from the dates of the texts, and said with them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.alternative_voice import Side, best_pair, ranked_for
from assistant.drafts import Draft, DraftStatement, Message, note
from assistant.elapsed import SpanAsked, lasted_message, span_asked
from assistant.evidence import Evidence
from assistant.knowledge import Knowledge
from assistant.moments import (
    Moment,
    between,
    first_and_last,
    is_spoken_of,
    moments,
    own_items,
    sides_asked,
    span_between,
    told,
    when_asked,
)
from assistant.plan import Plan
from assistant.question import Question, Vocabulary
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.reading import Reading
from assistant.speaker import Speaker
from assistant.support import is_supported
from kb.quantities import find_quantities
from kb.wording import Wording

_AMONG: Final = 4  # best paragraphs looked at
_ROOM: Final = (54.0, 0.0)
_UNITS: Final = frozenset(("day", "week", "month", "year"))


def with_elapsed(
    plan: Plan,
    evidence: Evidence,
    rankings: Rankings,
    draft: Draft,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> tuple[Draft, Evidence] | None:
    """The draft that says how long, then the words that give the dates; None where no span of time
    is asked for, the draft says it, or the dates are not found for sure."""
    question = plan.question
    asked = span_asked(question)
    if asked is None or draft.reason == "unclear_question" or _says_span(draft):
        return None
    event = when_asked(asked.event, question, vocabulary)
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    sides = sides_asked(asked, question, rankings.reading)
    found = _in_one_place(asked, event, sides, rankings, speaker)
    if found:
        return _said(draft, found), evidence
    return _in_two_places(plan, asked, sides, evidence, draft, kb, speaker)


def _said(draft: Draft, statements: Sequence[DraftStatement]) -> Draft:
    return replace(
        draft, statements=tuple(statements), abstained=False, reason=None, subjects=frozenset()
    )


def _says_span(draft: Draft) -> bool:
    """Whether the words quoted first say a span of time themselves."""
    if draft.abstained:
        return False
    first = next((s for s in draft.statements if s.citations), None)
    if first is None:
        return False
    return any(
        q.unit in _UNITS and q.iso is None
        for c in first.citations
        for q in find_quantities(c.quote, c.language)
    )


def _in_one_place(
    asked: SpanAsked,
    event: Question,
    sides: Sequence[tuple[Question, Question]],
    rankings: Rankings,
    speaker: Speaker,
) -> list[DraftStatement]:
    question, reading = speaker.question, rankings.reading
    ranked = rankings.of(event)
    for candidate in _paragraphs(ranked):
        passage = candidate.source.passage
        text = reading.read(passage.text, passage.language)
        if passage.language != question.language or not is_spoken_of(event, text, reading):
            continue
        if asked.outermost:
            pair = first_and_last(question, text)
        else:
            pair = between(sides, text, reading) if sides else None
        if pair is not None:
            return _pair_said(pair, asked, candidate, speaker)
    if sides or asked.outermost:
        return []
    return _event_said(event, ranked, speaker)


def _paragraphs(ranked: Sequence[Candidate]) -> Iterator[Candidate]:
    """The best candidate of each of the best paragraphs."""
    seen = {id(c.finding): c for c in reversed(ranked)}
    yield from sorted(seen.values(), key=ranked.index)[:_AMONG]


def _pair_said(
    pair: tuple[Moment, Moment], asked: SpanAsked, candidate: Candidate, speaker: Speaker
) -> list[DraftStatement]:
    message = span_between(*pair, asked.unit, speaker.question.reader)
    if message is None:
        return []
    quoted = [m.sentence for m in sorted(pair, key=lambda m: m.sentence.span.start)]
    spans = list(dict.fromkeys(s.span for s in quoted))
    run = [s for s in speaker.reading.read(
        candidate.source.passage.text, candidate.source.passage.language
    ).sentences if spans[0].start <= s.span.start <= spans[-1].start]  # fmt: skip
    return _beside(message, speaker.said(candidate, _ROOM, run), speaker)


def _event_said(
    event: Question, ranked: Sequence[Candidate], speaker: Speaker
) -> list[DraftStatement]:
    """How long that lasted of which the best sentence gives the first and the last day."""
    best = next((c for c in ranked if is_supported(event, c)), None)
    quantity = best.quantity if best is not None else None
    first, _, last = (quantity.iso or "" if quantity is not None else "").partition("/")
    if best is None or not last:
        return []
    message = lasted_message(first, last, speaker.question.reader)
    if message is None:
        return []
    return _beside(message, speaker.said(best, _ROOM), speaker)


def _in_two_places(
    plan: Plan,
    asked: SpanAsked,
    questions: Sequence[tuple[Question, Question]],
    evidence: Evidence,
    draft: Draft,
    kb: Knowledge,
    speaker: Speaker,
) -> tuple[Draft, Evidence] | None:
    """The same from the dates that two searches find, one for either side."""
    for first, second in questions:
        sides = [
            Side(one, own_items(one, other), plan.documents)
            for one, other in ((first, second), (second, first))
        ]
        if not all(side.own for side in sides):
            continue
        pair = best_pair([ranked_for(side, plan, kb, speaker.reading) for side in sides])
        if pair is None or not all(_is_sure(s, c) for s, c in zip(sides, pair, strict=True)):
            continue
        reading = speaker.reading
        dated = [_moment(s, c, reading) for s, c in zip(sides, pair, strict=True)]
        if dated[0] is None or dated[1] is None:
            continue
        message = span_between(dated[0], dated[1], asked.unit, plan.question.reader)
        if message is None:
            continue
        quoted = dict.fromkeys(s for c in pair for s in speaker.said(c, _ROOM, [c.sentence]))
        known = {source.key for source in evidence.sources}
        texts = [s for c in pair for s in c.finding.sources if s.key not in known]
        said = _said(draft, _beside(message, list(quoted), speaker))
        return said, replace(evidence, record_texts=(*evidence.record_texts, *texts))
    return None


def _moment(side: Side, candidate: Candidate, reading: Reading) -> Moment | None:
    """The date that the candidate answers with: the only one of its sentence, or that of which
    what tells the side apart is said clearly."""
    passage = candidate.source.passage
    text = reading.read(passage.text, passage.language)
    held = [m for m in moments(text) if m.sentence.span == candidate.sentence.span]
    found = held[0] if len(held) == 1 else told(side.own, held, text, reading)
    if found is None or candidate.quantity is None:
        return None
    return found if found.quantity.start == candidate.quantity.start else None


def _is_sure(side: Side, candidate: Candidate) -> bool:
    return is_supported(side.question, candidate)


def _beside(
    message: Message, quoted: Sequence[DraftStatement], speaker: Speaker
) -> list[DraftStatement]:
    return [note(message, speaker.wording), *quoted]
