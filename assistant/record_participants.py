"""How many countries take part in a programme: the count that is given of them, else as many as
are named."""

from typing import Any, Final

from assistant.claim_words import actions
from assistant.content_words import content_words
from assistant.places import masked
from assistant.question import Question, denies
from assistant.record_claims import RecordClaim
from assistant.record_fit import figure_of
from assistant.record_index import RecordIndex
from assistant.record_together import Together
from kb.errors import NotFound
from kb.quantity_words import find_count_nouns
from kb.records.kinds import Observation, Participation
from kb.records.naming import shipped_names
from kb.records.record import Record

_COUNTRIES: Final = frozenset(("country", "party", "party-to-convention", "participant", "member"))
_HEADS: Final = frozenset(("term:country", "convention:party-to-convention", "country"))
_SPOKEN: Final = frozenset(
    ("term:country", "term:participation", "term:member", "convention:party-to-convention")
)
_PLAIN: Final = frozenset(("programm", "program", "initi", "partnership"))


def participants(question: Question, index: RecordIndex) -> Together | None:
    """The count of those in the one initiative that the question names, where it asks for no part
    of them; None where none is given."""
    named = {m.concept_id for m in question.names if m.kind == "initiative"}
    if len(named) != 1 or not _asks_count(question):
        return None
    programme = next(iter(named))
    counts = [r for r in index.by_id.values() if _is_count(r, programme)]
    if len({figure_of(one) for one in counts}) == 1:
        latest = max(counts, key=lambda one: (getattr(one.statement, "as_of", None) or "", one.id))
        return Together((RecordClaim((latest,)),))
    several = [
        entry.records
        for entry in index.entries
        if entry.listed == "party"
        and isinstance(entry.one.statement, Participation)
        and entry.one.statement.programme == programme
        and entry.one.statement.role == "participant"
    ]
    if counts or not several:
        return None
    longest = max(several, key=len)
    return Together((RecordClaim(longest, listed="party"),), counted=True)


def _asks_count(question: Question) -> bool:
    units = set(question.units)
    if question.kinds != ("how_many",) or not units or not units <= _COUNTRIES:
        return False
    restricted = (
        question.years, question.numbers, question.sessions, question.references,
        question.decisions, question.rates, question.measures,
    )  # fmt: skip
    if any(restricted) or question.weighs or question.adds or denies(question):
        return False
    done = {*question.actions, *dict(question.done).values()}
    others = {m.concept_id for m in question.names if m.kind != "initiative"}
    plain = [w for w in question.words if not (w.doubled or w.han)]
    return done == {"join"} and others <= _SPOKEN and not plain


def _is_count(record: Record, programme: str) -> bool:
    one: Any = record.statement
    if not isinstance(one, Observation) or one.subject != programme or one.unit not in _HEADS:
        return False
    return _is_of_participants(one.measure)


def _is_of_participants(measure: str) -> bool:
    """Whether those counted are the participants as such: "participating countries", not those
    of them that have done something."""
    try:
        text = shipped_names().name(measure, "en")
    except NotFound:
        return False
    joining = [(s, e) for key, s, e in actions("en").find(text) if key == "join"]
    nouns = [(s, e) for key, s, e in find_count_nouns(text, "en") if key in _COUNTRIES]
    left = content_words(masked(text, [*joining, *nouns]), "en")
    return bool(joining) and all(w.stem in _PLAIN for w in left)
