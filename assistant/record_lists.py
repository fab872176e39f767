"""The Parties in a programme: all, those of a region, those that a body supports, or those that
are not in another."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from assistant.question import FIGURE_KINDS, Question
from assistant.record_claims import RecordClaim
from assistant.record_index import RecordIndex
from assistant.record_sets import Together
from kb.records.kinds import Participation
from kb.records.record import Record
from kb.regions import parties_of

_JOINING: Final = frozenset(("term:participation", "term:member"))
_HELPING: Final = frozenset(("term:partner", "term:partnership"))
_COUNTRIES: Final = frozenset(("term:country", "convention:party-to-convention"))


class _Member(NamedTuple):
    record: Record
    party: str
    role: str
    bodies: frozenset[str]


def members(question: Question, index: RecordIndex) -> Together | None:
    """The list of Parties that is asked for; None where none is, or no programme is meant."""
    named = [m.concept_id for m in question.names]
    regions = [parties for one in named if (parties := parties_of(one))]
    asks = "party" in question.wants_name or (regions and question.kind in ("which", "list"))
    countries = regions or _COUNTRIES & set(question.concepts) or "country" in question.nouns
    counts = question.kinds == ("how_many",) and "country" in question.units
    figures = bool(set(question.kinds) & FIGURE_KINDS)
    if not (asks or counts) or not countries or question.asks_member:
        return None
    if figures and not counts:
        return None
    if question.kind in ("yes_no", "why_how", "compare"):
        return None
    taking_part = _participations(index)
    programmes = [one for one in dict.fromkeys(named) if one in taking_part]
    joins = "join" in question.actions or _JOINING & set(named)
    bodies = frozenset(m.concept_id for m in question.names if m.kind == "organization")
    helped = "support" in question.actions or _HELPING & set(named)
    if counts:
        if not helped or not (bodies or question.negated):
            return None
        programmes = programmes or _helped(taking_part, bodies, question)
        if len(programmes) != 1:
            return None
    if not programmes and regions and joins:
        # "The second phase of the programme": the one that most Parties are in.
        initiatives = [one for one in taking_part if one.startswith("initiative:")]
        programmes = sorted(initiatives, key=lambda one: -len(taking_part[one]))[:1]
    if not programmes or not (joins or regions or bodies or question.negated):
        return None
    listed = taking_part[programmes[0]]
    if regions:
        listed = [r for r in listed if any(r.party in parties for parties in regions)]
    if bodies:
        listed = [r for r in listed if bodies & r.bodies]
    elif question.negated and len(programmes) > 1:
        others = {r.party for r in taking_part[programmes[1]]}
        listed = [r for r in listed if r.party not in others]
    elif question.negated and helped:
        listed = [r for r in listed if not r.bodies]
    elif question.negated and not regions:
        return None
    if not listed:
        return None
    records = tuple(r.record for r in listed)
    claim = RecordClaim(records, listed="party") if len(records) > 1 else RecordClaim(records)
    return Together((claim,), counted=counts and len(records) > 1)


def _helped(
    taking_part: Mapping[str, Sequence[_Member]], bodies: frozenset[str], question: Question
) -> list[str]:
    """The programmes in which one of the bodies (any, if none is named) helps somebody; of as
    many members as the question says, where it says that."""
    sizes = {q.value for q in question.numbers if q.value > 1}
    return [
        one
        for one, some in taking_part.items()
        if any(bodies & r.bodies if bodies else r.bodies for r in some)
        and (not sizes or len(some) in sizes)
    ]


def _participations(index: RecordIndex) -> dict[str, Sequence[_Member]]:
    """Those in one role of each programme, the role that most have."""
    every: dict[str, list[_Member]] = {}
    for record in index.by_id.values():
        one = record.statement
        if isinstance(one, Participation):
            bodies = frozenset((one.supported_by or "").split())
            member = _Member(record, one.party, one.role, bodies)
            every.setdefault(one.programme, []).append(member)
    chosen: dict[str, Sequence[_Member]] = {}
    for programme, some in every.items():
        role = Counter(one.role for one in some).most_common(1)[0][0]
        chosen[programme] = [one for one in some if one.role == role]
    return chosen
