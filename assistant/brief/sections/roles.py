"""Who does what: those who stand behind an initiative, and the Parties that take part."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, get_args

from assistant.brief.dossier import Dossier
from assistant.brief.drafting import DraftRow, DraftSection, DraftTable, Voice
from assistant.brief.sections.room import room
from assistant.drafts import DraftStatement
from assistant.record_claims import RecordClaim
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.records.times import period_in_words
from kb.records.values import PartnerRole, PartyRole
from kb.records.words import word
from kb.wording import Wording

LINES: Final = 8
_SINGLES: Final = 2  # said one by one where they do different things
_ROLES: Final[tuple[PartnerRole, ...]] = (
    "lead", "host", "secretariat", "founder", "donor", "trustee", "coordinator", "implementing",
    "steering", "partner", "member", "supporter", "observer",
)  # fmt: skip
_PROGRAMME: Final = {"partnerships": "initiative", "participations": "programme"}
_WHOM: Final = {"partnerships": "partner", "participations": "party"}

_Key = tuple[str, str, str]


def roles(dossier: Dossier, voice: Voice) -> tuple[DraftSection | None, int]:
    """A row for each role in each initiative; how many rows more there are."""
    groups: dict[_Key, list[Record]] = defaultdict(list)
    for record in dossier.records("partnerships", "participations"):
        groups[_key(record, dossier)].append(record)
    ordered = sorted(groups.items(), key=lambda one: _rank(one[0], one[1], dossier))
    rows: list[DraftRow] = []
    left = 0
    most = room(dossier, LINES)
    alone = all(
        programme(one) in dossier.topic.subjects for some in groups.values() for one in some
    )
    for (_, _, listed), records in ordered:
        said = [
            DraftRow(_cells(some, listed, draft, dossier, alone=alone), (draft,))
            for some, draft in _said(records, listed, voice)
        ]
        free = most - len(rows)
        rows += said[:free]
        left += len(said[free:])
    if not rows:
        return None, 0
    columns = ("col_initiative", "col_role", "col_who", "col_activity", "col_when")
    table = DraftTable("caption_roles", columns, tuple(rows))
    return DraftSection("roles", (), table), left


def _key(record: Record, dossier: Dossier) -> _Key:
    """What a list of such records shares, and the column in which they differ."""
    programme, whom = _PROGRAMME[record.kind], _WHOM[record.kind]
    shared, listed = programme, whom
    about = set(dossier.topic.subjects)
    if getattr(record.statement, whom) in about:
        # Of a Party it is told in which initiatives it stands.
        shared, listed = whom, programme
    return str(getattr(record.statement, shared)), str(_role(record)), listed


def programme(record: Record) -> str:
    """The initiative or programme that a record of a role is of."""
    return str(getattr(record.statement, _PROGRAMME[record.kind]))


def _role(record: Record) -> str:
    return str(getattr(record.statement, "role", ""))


def _rank(key: _Key, records: Sequence[Record], dossier: Dossier) -> tuple[bool, float, int, str]:
    """Those of the topic's own first, then by role as one asks for them, then by relevance."""
    shared, role, _ = key
    order = (*_ROLES, *get_args(PartyRole))
    own = shared in dossier.topic.subjects
    best = max(dossier.weights[one.id] for one in records)
    return not own, (0.0 if own else -round(best, 1)), order.index(role), shared


def _said(
    records: Sequence[Record], listed: str, voice: Voice
) -> Iterator[tuple[Sequence[Record], DraftStatement]]:
    """One statement with all names, or some with one each: two that do different things are told
    apart, of more the names are listed."""
    activities = {getattr(one.statement, "activity", None) for one in records}
    if len(records) > _SINGLES or (len(records) > 1 and len(activities) == 1):
        draft = voice.said(RecordClaim(tuple(records), listed=listed))
        if draft is not None:
            yield records, draft
            return
    for record in records[:_SINGLES]:
        draft = voice.said(RecordClaim((record,)))
        if draft is not None:
            yield (record,), draft


def _cells(
    records: Sequence[Record],
    listed: str,
    draft: DraftStatement,
    dossier: Dossier,
    *,
    alone: bool,
) -> tuple[tuple[str, ...], ...]:
    """Pieces of the statement: the programme (unless all rows are of the topic's own: `alone`),
    role, whom, activity, when."""
    language = dossier.topic.language
    names = shipped_names()

    def name(column: str) -> tuple[str, ...]:
        held = list(dict.fromkeys(getattr(one.statement, column) for one in records))
        if column == listed:
            return (Wording(language).list(names.name(one, language) for one in held),)
        return (names.name(held[0], language),) if len(held) == 1 and held[0] else ()

    kind = records[0].kind
    said = {c for c in ("since", "until") if draft.claim and c not in draft.claim.omitted}
    since, until = (
        getattr(records[0].statement, c, None) if c in said and _is_shared(records, c) else None
        for c in ("since", "until")
    )
    period = period_in_words(since, until, language)
    return (
        () if alone else name(_PROGRAMME[kind]),
        (word("role", _role(records[0]), language),),
        name(_WHOM[kind]),
        name("activity"),
        (period,) if period else (),
    )


def _is_shared(records: Sequence[Record], column: str) -> bool:
    return len({getattr(one.statement, column, None) for one in records}) == 1
