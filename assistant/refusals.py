"""Drafts that give no answer, and what is known nearby."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from assistant.answer import Reason
from assistant.drafts import Draft, DraftStatement, Message, missing_reference, note
from assistant.evidence import Evidence
from assistant.ranking import Candidate
from assistant.speaker import Speaker
from assistant.support import is_related, reason_for
from kb.terms import Mention
from kb.wording import MessageKey

_CLOSEST: Final = 5  # sentences of which one may be shown beside a refusal
_REFUSALS: Final[dict[Reason, MessageKey]] = {
    "not_in_documents": "not_in_documents",
    "off_topic": "off_topic",
    "unclear_question": "unclear_question",
}
_NEARBY: Final = (35.0, 0.0)


def nothing(speaker: Speaker, candidates: Sequence[Candidate]) -> Draft:
    """Nothing answers: say so, and what is known nearby."""
    best = candidates[0] if candidates else None
    reason = reason_for(speaker.question, best)
    near = next(
        (c for c in candidates[:_CLOSEST] if not c.of_another and is_related(speaker.question, c)),
        None,
    )
    nearby: list[DraftStatement] = []
    if reason == "not_in_documents" and near is not None:
        nearby = [note(Message("nearby"), speaker.wording), *speaker.said(near, _NEARBY)]
    return abstention(speaker, reason, nearby)


def of_others(speaker: Speaker, candidates: Sequence[Candidate], name: Mention | None) -> Draft:
    """What answers is said of others than the one named, or names nobody: say so, and what is known
    of the rest."""
    question = rest = speaker.question
    if name is not None:
        rest = replace(
            question,
            names=tuple(m for m in question.names if m.concept_id != name.concept_id),
            concepts=tuple(c for c in question.concepts if c != name.concept_id),
        )
    near = next((c for c in candidates[:_CLOSEST] if is_related(rest, c)), None)
    nearby: list[DraftStatement] = []
    if near is not None and any(m.kind == "initiative" for m in rest.names):
        nearby = [note(Message("nearby"), speaker.wording), *speaker.said(near, _NEARBY)]
    return abstention(speaker, "not_in_documents", nearby)


def not_held(speaker: Speaker, evidence: Evidence) -> Draft:
    """The paragraph that is asked for is not there."""
    notes = []
    for reference in evidence.missing:
        name = missing_reference(reference, speaker.question.reader)
        notes.append(note(Message("no_passage", (("reference", name),)), speaker.wording))
    return Draft(
        speaker.question.text,
        speaker.question.reader,
        tuple(notes),
        abstained=True,
        reason="not_in_documents",
    )


def abstention(
    speaker: Speaker,
    reason: Reason,
    more: Iterable[DraftStatement] = (),
    message: MessageKey | None = None,
) -> Draft:
    """The draft that gives no answer, for that reason."""
    first = note(Message(message or _REFUSALS[reason]), speaker.wording)
    return Draft(
        speaker.question.text,
        speaker.question.reader,
        (first, *more),
        abstained=True,
        reason=reason,
    )
