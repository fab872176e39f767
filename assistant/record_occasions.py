"""When something was launched, set up, signed or the like: the event of that very name, and not a
meeting about it."""

from collections.abc import Iterator
from typing import Any, Final

from assistant.claim_words import actions
from assistant.content_words import content_words
from assistant.places import masked
from assistant.question import Question, Vocabulary, denies
from assistant.record_claims import RecordClaim
from assistant.record_index import RecordIndex
from assistant.record_together import Together
from kb.errors import NotFound
from kb.records.kinds import Event
from kb.records.naming import shipped_names
from kb.records.record import Record

_FIRST: Final = frozenset(("launch", "sign", "terminate"))
_BESIDE: Final = 1  # further words of the event's name: "official"


def occasion(question: Question, index: RecordIndex, vocabulary: Vocabulary) -> Together | None:
    """The event whose name says that what is asked was done with the one initiative named."""
    initiatives = {m.concept_id for m in question.names if m.kind == "initiative"}
    others = {m.concept_id for m in question.names if m.kind not in ("initiative", "term")}
    done = {*question.actions, *dict(question.done).values()} & _FIRST
    done |= {"launch"} if any(m.concept_id == "term:launch" for m in question.names) else set()
    if question.kinds != ("when",) or len(initiatives) != 1 or len(done) != 1 or others:
        return None
    if question.years or question.numbers or denies(question) or question.weighs:
        return None
    if any(not (w.doubled or w.han) for w in question.words):
        return None
    named, action = next(iter(initiatives)), next(iter(done))
    found = list(_events(named, action, index, vocabulary))
    return Together((RecordClaim((found[0],)),)) if len(found) == 1 else None


def _events(
    named: str, action: str, index: RecordIndex, vocabulary: Vocabulary
) -> Iterator[Record]:
    for record in index.by_id.values():
        one: Any = record.statement
        if not isinstance(one, Event):
            continue
        try:
            text = shipped_names().name(one.name, "en")
        except NotFound:
            continue
        places = [m for m in vocabulary.find(text, "en") if m.concept_id == named]
        acts = list(actions("en").find(masked(text, [(m.start, m.end) for m in places])))
        if not places or {key for key, _, _ in acts} != {action}:
            continue
        taken = [(m.start, m.end) for m in places] + [(s, e) for _, s, e in acts]
        if len(list(content_words(masked(text, taken), "en"))) <= _BESIDE:
            yield record
