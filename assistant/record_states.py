"""How far an activity has come: counts of one state, of several, and their shares."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from assistant.claim_words import stages
from assistant.evidence import top_label
from assistant.question import Question, denies
from assistant.question_words import hints
from assistant.record_choice import Place
from assistant.record_claims import RecordClaim
from assistant.record_index import Match, RecordIndex
from assistant.record_together import ONE, Together, is_computable
from kb.records.record import Record

_FIRST: Final = 4
_STATES: Final = 6
_SHARED: Final = 0.5  # of the activities
_NEARLY: Final = 0.8  # of what the best activity covers


def states_of(question: Question) -> frozenset[str]:
    """Which states of progress the question counts: "done or under way" are two."""
    said = stages(question.text, question.language)
    negated = denies(question)
    either = bool(hints(question.text, question.language, "either"))
    states = set()
    if "in_progress" in said:
        states.add("in_progress")
    if negated and "started" in said:
        states.add("not_started")
    elif either and {"started", "completed"} <= said:
        # "Finished or at least begun".
        states.add("in_progress")
    # "Have revised them or are doing so": what is not under way is done.
    implied = either and states == {"in_progress"}
    if ("completed" in said or implied) and len(states) < 2:
        states.add("completed")
    return frozenset(states)


def steps(
    question: Question, matches: Sequence[Match], index: RecordIndex, place: Place | None = None
) -> Together | None:
    """How many are done or under way: counts of one activity added up. Of activities that fit
    nearly as well that of the paragraph `place` is taken."""
    states = states_of(question)
    if "how_many" not in question.kinds or len(states) != 2:
        return None
    best = _best_activity(matches, place)
    if best is None or best.coverage < ONE:
        return None
    if "completed" not in stages(question.text, question.language) and (
        "completed" in states and place not in best.entry.places
    ):
        # That one is done is only implied: the paragraph that answers best must be of it.
        return None
    one: Any = best.entry.one.statement
    terms = [
        record
        for record in index.by_id.values()
        if record.kind == "milestones"
        and _same_activity(record, one)
        and getattr(record.statement, "progress", None) in states
    ]
    claim = RecordClaim(tuple(terms), operation="sum")
    if len(terms) != len(states) or not is_computable(claim):
        return None
    if "compare" in question.kinds and not question.adds:
        return Together(tuple(RecordClaim((record,)) for record in terms))
    return Together((claim,))


def _best_activity(matches: Sequence[Match], place: Place | None) -> Match | None:
    """The best record of the activity that the question speaks of most, in all of its records."""
    if not any(m.entry.kind == "milestones" for m in matches[:_FIRST]):
        return None
    seen: dict[tuple[str, str], tuple[Match, dict[str, float]]] = {}
    for match in matches:
        one: Any = match.entry.one.statement
        if match.entry.kind == "milestones":
            _, words = seen.setdefault((one.programme, one.activity), (match, {}))
            words.update(match.words)
    telling = Counter(word for _, words in seen.values() for word in words)
    covered = [
        # What most activities have says how far they are, not which one is meant.
        (sum(w for word, w in words.items() if telling[word] <= _SHARED * len(seen)), match)
        for match, words in seen.values()
    ]
    best = max(covered, key=lambda pair: pair[0])
    here = [pair for pair in covered if place in pair[1].entry.places]
    if here and here[0][0] >= _NEARLY * best[0]:
        return here[0][1]
    return best[1]


def states_compared(question: Question, index: RecordIndex, place: Place) -> Together | None:
    """The two states of the activity that `place` tells of, where they are held against one
    another: against those who have not begun stand those who are done."""
    if not question.weighs or question.adds or question.kind == "yes_no":
        return None
    states = states_of(question)
    states |= {"completed"} if len(states) == 1 else set()
    found = [
        record
        for record in index.by_id.values()
        if record.kind == "milestones"
        and getattr(record.statement, "progress", None) in states
        and place in {(s.document_id, top_label(s.paragraph)) for s in record.sources}
    ]
    if len(states) != 2 or len(found) != 2 or not _same_activity(found[0], found[1].statement):
        return None
    return Together(tuple(RecordClaim((record,)) for record in found))


def share(question: Question, matches: Sequence[Match]) -> Together | None:
    """Which share that is of which only the count is given: 15 of 18."""
    if question.wants_quantity != frozenset(("share",)) or not matches:
        return None
    states = states_of(question) or frozenset(("completed",))
    for match in matches[:_STATES]:
        one: Any = match.entry.one.statement
        if match.entry.kind != "milestones" or one.progress not in states or not one.of:
            continue
        if match.coverage < ONE or one.share is not None:
            return None
        claim = RecordClaim((match.entry.one,), operation="share")
        return Together((claim,)) if is_computable(claim) else None
    return None


def _same_activity(record: Record, one: Any) -> bool:
    held: Any = record.statement
    return (held.programme, held.activity, held.as_of) == (one.programme, one.activity, one.as_of)
