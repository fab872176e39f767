"""Who stands in an initiative, programme or fund, and who of them not in another."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from kb.documents import Visibility
from kb.records.columns import columns_of
from kb.records.conditions import STANDINGS
from kb.records.kinds import RecordKind
from kb.records.queries import every
from kb.records.query import PUBLIC, RecordQuery, Standing
from kb.records.record import Record


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with every record that says that they stand there."""

    name: str  # party:SAU, organization:…
    roles: tuple[str, ...]
    records: tuple[Record, ...]


def members(
    session: Session,
    standing: Standing,
    *,
    standing_in: Iterable[Standing] = (),
    not_standing_in: Iterable[Standing] = (),
    visibility: frozenset[Visibility] = PUBLIC,
) -> tuple[Member, ...]:
    """Who stands in `standing`, by name; only those that also stand in each of `standing_in` and
    in none of `not_standing_in`. Partnerships and participations both tell."""
    found: dict[str, list[Record]] = {}
    for kind, whom, programme in STANDINGS:
        where = {programme: standing.programmes}
        if standing.roles:
            where["role"] = _possible(kind, standing.roles)
            if not where["role"]:
                continue
        query = RecordQuery(
            kind=kind,
            where=where,
            standing=tuple(standing_in),
            not_standing=tuple(not_standing_in),
            visibility=visibility,
        )
        for record in every(session, query):
            found.setdefault(getattr(record.statement, whom), []).append(record)
    return tuple(
        Member(
            name,
            tuple(dict.fromkeys(str(getattr(one.statement, "role", "")) for one in records)),
            tuple(records),
        )
        for name, records in sorted(found.items())
    )


def _possible(kind: RecordKind, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `roles` that a record of `kind` can have."""
    words = columns_of(kind)["role"].words
    return tuple(role for role in roles if role in words)
