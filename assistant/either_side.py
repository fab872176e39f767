"""What is said of either of two that a question compares, where nothing answers for both: a
sentence for each, in place of a refusal."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.drafts import Draft, DraftStatement, Message, note
from assistant.evidence import Evidence, gather
from assistant.items import in_sentence
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.speaker import Speaker
from kb.terms import Mention
from kb.wording import Wording

_KINDS: Final = ("initiative", "organization", "party")
_SIDES: Final = 2
_HITS: Final = 20
_SAID: Final = 0.45  # of what is asked of the side, in the sentence
_HELD: Final = 0.5  # … in its paragraph
_ROOM: Final = (54.0, 0.0)


def with_either_side(
    plan: Plan,
    evidence: Evidence,
    rankings: Rankings,
    draft: Draft,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> tuple[Draft, Evidence]:
    """The draft with a sentence for either side; as it was where it answers already, two are not
    compared, or one of them has no sentence of its own."""
    question = plan.question
    if draft.reason != "not_in_documents" or question.foreign or question.references:
        return draft, evidence
    if not (question.weighs or "compare" in question.kinds) or question.asks_member:
        return draft, evidence
    pair = _pair(question)
    if pair is None:
        return draft, evidence
    found: list[Candidate] = []
    for one, other in (pair, pair[::-1]):
        best = _best(plan, one, other, rankings, kb, vocabulary)
        if best is None:
            return draft, evidence
        found.append(best)
    if found[0].sentence.span == found[1].sentence.span:
        found = found[:1]
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    statements: dict[DraftStatement, None] = {}
    if len(found) == _SIDES:
        statements[note(Message("both_say"), speaker.wording)] = None
    for candidate in found:
        statements |= dict.fromkeys(speaker.said(candidate, _ROOM, [candidate.sentence]))
    known = {source.key for source in evidence.sources}
    more = [s for c in found for s in c.finding.sources if s.key not in known]
    said = replace(
        draft,
        statements=tuple(statements),
        abstained=False,
        reason=None,
        subjects=frozenset(),
    )
    return said, replace(evidence, record_texts=(*evidence.record_texts, *more))


def _pair(question: Question) -> tuple[Mention, Mention] | None:
    """The only two of one kind that it names."""
    for kind in _KINDS:
        named = {m.concept_id: m for m in question.names if m.kind == kind}
        if len(named) == _SIDES:
            one, other = named.values()
            return one, other
        if named and len(named) != 1:
            return None
    return None


def _best(
    plan: Plan,
    own: Mention,
    other: Mention,
    rankings: Rankings,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> Candidate | None:
    """The best sentence that names the side and speaks of what is asked."""
    question = plan.question
    text = question.text[: other.start] + question.text[other.end :]
    asked = replace(
        read_question(text, vocabulary, question.reader),
        language=question.language,
        kinds=("about",),
        wants_quantity=frozenset(),
        wants_name=frozenset(),
    )
    side = replace(plan, question=asked, query=text, lookups=(), hits=_HITS)
    ranked = Rankings(gather(side, kb).findings, rankings.reading).of(asked)
    speaking = [c for c in ranked if _speaks(c, own, asked)]
    if "how_much" in question.kinds:
        amounts = (c for c in speaking if any(q.kind == "money" for q in c.sentence.quantities))
        return next(amounts, None) or next(iter(speaking), None)
    return next(iter(speaking), None)


def _speaks(candidate: Candidate, own: Mention, asked: Question) -> bool:
    language = candidate.source.passage.language
    named: Sequence[bool] = [
        in_sentence(item, candidate.sentence, language, asked)
        for item in candidate.coverage.weights
        if item.key == own.concept_id
    ]
    return any(named) and candidate.said >= _SAID and candidate.coverage.share >= _HELD
