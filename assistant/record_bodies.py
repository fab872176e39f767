"""The organizations and others that stand behind an initiative in one role: members, founders,
givers; or as many of them as a paragraph names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from assistant.evidence import top_label
from assistant.question import FIGURE_KINDS, Question, denies
from assistant.record_claims import RecordClaim
from assistant.record_index import RecordIndex
from assistant.record_together import Together
from kb.records.kinds import Partnership
from kb.records.record import Record

_HELP: Final = frozenset(("partner", "implementing"))
_MOST: Final = 16  # of several lists said as one
_KINDS: Final = frozenset(("who", "which", "list"))
_ROLES: Final[Mapping[str, str]] = {
    "join": "member",
    "launch": "founder",
    "give": "donor",
    "fund": "donor",
    "lead": "lead",
    "host": "host",
    "support": "supporter",
}
_NAMED_ROLES: Final[Mapping[str, str]] = {
    "term:member": "member",
    "term:partner": "partner",
    "term:donor": "donor",
}
_BODY_TERMS: Final = frozenset(("term:institution", "term:organization", "term:agency"))
_COUNTABLE: Final = _BODY_TERMS | {"term:partner", "term:member", "term:donor"}
_CLEARLY: Final = 0.08  # by which one paragraph must say more of what is asked than the next
_BODIES: Final = frozenset(("organization", "agency", "institution", "partner", "company"))


def bodies(question: Question, index: RecordIndex) -> Together | None:
    """The list that is asked for, or that is asked to be counted; None where none is for sure."""
    if question.asks_member or question.weighs or denies(question):
        return None
    if question.kinds == ("how_many",) and _BODIES & set(question.units):
        return _counted(question, index)
    if question.kind not in _KINDS or FIGURE_KINDS & set(question.kinds):
        return None
    asks = question.wants_bodies or question.wants_items
    if "organization" not in question.wants_name and not asks:
        return None
    named = {m.concept_id for m in question.names if m.kind == "initiative"}
    role = _role(question)
    if len(named) != 1 or role is None:
        return None
    found = [
        some for (one, of, _, _), some in _groups(index).items() if one in named and of == role
    ]
    if role == "supporter" and not found:
        found = [s for (one, of, _, _), s in _groups(index).items() if one in named and of in _HELP]
    if question.wants_bodies and any(_is_party(one) for some in found for one in some):
        return None
    if role == "supporter" and len(found) > 1:
        return _all(found)
    alone = {some[0].id: some for some in found}
    if role == "donor" and len(alone) == 1 and len(found[0]) == 1:
        return Together((RecordClaim((found[0][0],)),))
    return _one_list(found)


def counted_bodies(
    question: Question, index: RecordIndex, shares: Mapping[tuple[str, str], float]
) -> Together | None:
    """How many bodies stand behind the one initiative named: those that the paragraph names which
    says most of what is asked, by `shares` of it; None where two say as much and name others."""
    heads = _BODIES & set(question.units) or _COUNTABLE & {m.concept_id for m in question.names}
    named = {m.concept_id for m in question.names if m.kind == "initiative"}
    others = question.numbers or question.references or question.asks_member or denies(question)
    if "how_many" not in question.kinds or not heads or len(named) != 1 or others:
        return None
    if set(question.units) - _BODIES or question.weighs:
        return None
    role = _role(question)
    roles = {role, *(_HELP if role == "supporter" else ())}
    found: dict[frozenset[str], tuple[float, Sequence[Record]]] = {}
    for (one, of, document, label), some in _groups(index).items():
        if one in named and len(some) > 1 and (role is None or of in roles):
            key = frozenset(str(getattr(r.statement, "partner", r.id)) for r in some)
            share = shares.get((document, label), 0.0)
            if share > found.get(key, (0.0, some))[0]:
                found[key] = (share, some)
    ranked = sorted(found.values(), key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - _CLEARLY):
        return None
    return Together((RecordClaim(tuple(ranked[0][1]), listed="partner"),), counted=True)


def _is_party(record: Record) -> bool:
    one = record.statement
    return isinstance(one, Partnership) and one.partner.startswith("party:")


def _all(lists: Iterable[Sequence[Record]]) -> Together | None:
    """All of several lists as one, each body once."""
    found = {one.id: one for some in sorted(lists, key=len, reverse=True) for one in some}
    each = {getattr(one.statement, "partner", one.id): one for one in found.values()}
    if not 1 < len(each) <= _MOST:
        return None
    return Together((RecordClaim(tuple(each.values()), listed="partner"),))


def _role(question: Question) -> str | None:
    """The one role that the question speaks of, where it speaks of nothing else that is done and of
    no other thing: "who leads the task force of the Decade" asks of a task force."""
    terms = {m.concept_id for m in question.names if m.kind == "term"}
    acting = dict(question.done)
    named = {one: _NAMED_ROLES[one] for one in terms if one in _NAMED_ROLES}
    done = {_ROLES.get(acting[one]) for one in terms if one in acting and one not in named}
    found = {*named.values(), *done, *(_ROLES.get(one) for one in question.actions)}
    others = terms - set(named) - set(acting) - _BODY_TERMS
    return found.pop() if len(found) == 1 and not others else None


def _counted(question: Question, index: RecordIndex) -> Together | None:
    """How many a paragraph that is named speaks of, where all are of one role."""
    if len(question.references) != 1:
        return None
    label = top_label(question.references[0].label)
    here = {key: some for key, some in _groups(index).items() if key[3] == label}
    meant = {key: some for key, some in here.items() if key[0] in question.concepts}
    found = _one_list((meant or here).values())
    return Together(found.claims, counted=True) if found is not None else None


def _one_list(lists: Iterable[Sequence[Record]]) -> Together | None:
    """The only one of the lists with two or more; None where there are others."""
    found = {tuple(one.id for one in some): tuple(some) for some in lists if len(some) > 1}
    if len(found) != 1:
        return None
    return Together((RecordClaim(found.popitem()[1], listed="partner"),))


def _groups(index: RecordIndex) -> Mapping[tuple[str, str, str, str], list[Record]]:
    """The records that a paragraph gives of one initiative and role."""
    found: dict[tuple[str, str, str, str], list[Record]] = {}
    for record in index.by_id.values():
        one = record.statement
        if isinstance(one, Partnership):
            for source in record.sources:
                key = (one.initiative, one.role, source.document_id, top_label(source.paragraph))
                found.setdefault(key, []).append(record)
    return found
