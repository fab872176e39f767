"""The Parties in a programme: all, those of a region, those that a body supports, those that are in
another as well, or those that are not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from assistant.claim_words import places_of
from assistant.question import FIGURE_KINDS, Question, denies
from assistant.record_claims import RecordClaim
from assistant.record_index import RecordIndex
from assistant.record_together import Together
from kb.records.kinds import Participation
from kb.records.record import Record
from kb.regions import parties_of

_JOINING: Final = frozenset(("term:participation", "term:member"))
_HELPING: Final = frozenset(("term:partner", "term:partnership"))
_COUNTRIES: Final = frozenset(("term:country", "convention:party-to-convention"))
_HEADS: Final = frozenset((None, "country"))
_OTHER_KINDS: Final = frozenset(("yes_no", "why_how", "compare"))


class _Member(NamedTuple):
    record: Record
    party: str
    role: str
    bodies: frozenset[str]


_Programmes = Mapping[str, Sequence[_Member]]


def members(question: Question, index: RecordIndex) -> Together | None:
    """The list of Parties that is asked for; None where none is, or no programme is meant."""
    asked = _Asked(question)
    if not asked.parties:
        return None
    taking_part = _participations(index)
    programmes = asked.programmes(taking_part)
    if not programmes or (asked.counts and len(programmes) > 1):
        return None
    listed = asked.chosen(programmes, taking_part)
    if not listed:
        return None
    records = tuple(one.record for one in listed)
    claim = RecordClaim(records, listed="party") if len(records) > 1 else RecordClaim(records)
    return Together((claim,), counted=asked.counts and len(records) > 1)


class _Asked:
    """What a question says of the Parties that it asks for."""

    def __init__(self, question: Question) -> None:
        self._question = question
        named = [m.concept_id for m in question.names]
        self._named = tuple(dict.fromkeys(named))
        self._regions = [parties for one in named if (parties := parties_of(one))]
        self._bodies = frozenset(m.concept_id for m in question.names if m.kind == "organization")
        self._joins = "join" in question.actions or bool(_JOINING & set(named))
        self._helped = "support" in question.actions or bool(_HELPING & set(named))
        self._denied = denies(question)
        counted = any(q.unit == "country" for q in question.numbers)
        self._sizes = {q.value for q in question.numbers if q.value > 1 and q.unit in _HEADS}
        units = "country" in question.units or (counted and bool(self._regions))
        self.counts = question.kind == "how_many" and units

    @property
    def parties(self) -> bool:
        """Whether it asks which Parties, or how many of them."""
        question = self._question
        if question.asks_member or question.wants_bodies or question.kind in _OTHER_KINDS:
            return False
        if FIGURE_KINDS & set(question.kinds) and not self.counts:
            return False
        spoken = _COUNTRIES & set(question.concepts) or "country" in question.nouns
        listed = question.kind in ("which", "list")
        asks = "party" in question.wants_name or (bool(self._regions) and listed)
        told = self._regions or (self._helped and (self._bodies or self._denied))
        return bool(told) if self.counts else asks and bool(self._regions or spoken)

    def programmes(self, taking_part: _Programmes) -> Sequence[str]:
        """The programmes meant, the one that is listed first; none where none is for sure."""
        named = [one for one in self._named if one in taking_part]
        if named:
            told = self._joins or self._regions or self._bodies or self._denied
            return self._listed_first(named) if told else ()
        others = {m.kind for m in self._question.names if m.concept_id not in _COUNTRIES}
        if others & {"initiative", "convention"}:
            return ()
        if self._bodies and self._helped and not self._denied:
            helped = [one for one, some in taking_part.items() if self._is_helped(some)]
            return helped if len(helped) == 1 else ()
        initiatives = [one for one in taking_part if one.startswith("initiative:")]
        if self._sizes and (self._regions or self._helped):
            sized = [one for one in initiatives if len(taking_part[one]) in self._sizes]
            return sized if len(sized) == 1 else ()
        if self._regions and self._joins:
            # "The second phase of the programme": the one that most Parties are in.
            return sorted(initiatives, key=lambda one: -len(taking_part[one]))[:1]
        return ()

    def chosen(self, programmes: Sequence[str], taking_part: _Programmes) -> Sequence[_Member]:
        """Those who are asked for of the first of the programmes; none where that is not sure."""
        listed = taking_part[programmes[0]]
        other = {r.party for one in programmes[1:] for r in taking_part[one]}
        denied = self._denied
        if self._bodies:
            listed = [r for r in listed if bool(self._bodies & r.bodies) != denied]
        elif denied and other:
            listed = [r for r in listed if r.party not in other]
        elif denied and self._helped:
            listed = [r for r in listed if not r.bodies]
        elif denied:
            return ()
        elif other:
            listed = [r for r in listed if r.party in other]
        if self._regions:
            listed = [r for r in listed if any(r.party in some for some in self._regions)]
        return listed

    def _is_helped(self, some: Sequence[_Member]) -> bool:
        fits = not self._sizes or len(some) in self._sizes
        return fits and any(self._bodies & one.bodies for one in some)

    def _listed_first(self, programmes: Sequence[str]) -> Sequence[str]:
        """Of two, that which is denied stands last: it is named nearest after the negation."""
        if not self._denied or len(programmes) != 2:
            return programmes
        question = self._question
        places = [end for _, end in places_of(question.text, question.language, "negation")]
        after = [
            m.concept_id
            for m in question.names
            if m.concept_id in programmes and any(end <= m.start for end in places)
        ]
        return sorted(programmes, key=lambda one: one in after[:1])


def _participations(index: RecordIndex) -> _Programmes:
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
