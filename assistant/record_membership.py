"""Whether a Party is one of those who take part: the list of as many as the question says, or of
the programme that it names."""

from typing import Final, NamedTuple

from assistant.question import Question, denies
from assistant.record_claims import RecordClaim
from assistant.record_index import Entry, RecordIndex
from assistant.record_together import Together
from kb.records.kinds import Participation
from kb.terms import Mention

_FEW: Final = 3  # names that are no list


class Membership(NamedTuple):
    """The list that tells, and whether the Party asked about is in it."""

    together: Together
    name: Mention
    inside: bool


def membership_of(question: Question, index: RecordIndex) -> Membership | None:
    """The one list of participants that tells whether the Party is among them; None where several
    or none do."""
    parties = [m for m in question.names if m.kind == "party"]
    if not question.asks_member or len(parties) != 1 or denies(question):
        return None
    sizes = {int(q.value) for q in question.numbers if q.kind in ("count", "number")}
    programmes = {m.concept_id for m in question.names if m.kind == "initiative"}
    if len(sizes) > 1 or len(programmes) > 1 or not (sizes or programmes):
        return None
    found = [e for e in index.entries if _is_meant(e, sizes, programmes)]
    members = {frozenset(_party(e, n) for n in range(len(e.records))) for e in found}
    if len(members) != 1:
        return None
    asked = parties[0]
    inside = asked.concept_id in next(iter(members))
    if not inside and not sizes:
        return None  # a list that nobody has counted may be of examples
    claim = RecordClaim(found[0].records, found[0].listed)
    return Membership(Together((claim,)), asked, inside)


def _is_meant(entry: Entry, sizes: set[int], programmes: set[str]) -> bool:
    one = entry.one.statement
    if entry.listed != "party" or not isinstance(one, Participation) or one.role != "participant":
        return False
    if len(entry.records) <= _FEW or (sizes and len(entry.records) not in sizes):
        return False
    return not programmes or one.programme in programmes


def _party(entry: Entry, number: int) -> str:
    return str(getattr(entry.records[number].statement, "party", ""))
