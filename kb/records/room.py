"""The records of an open knowledge base. Any thread may call any method."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Final, Literal

from sqlalchemy import select
from sqlmodel import Session, col

from kb.documents import Visibility
from kb.errors import NotFound
from kb.languages import Language
from kb.records.changes import Change, changes, documents_of
from kb.records.columns import name_columns
from kb.records.conditions import table_of
from kb.records.correcting import correct
from kb.records.findings import (
    FindingStatus,
    StoredFinding,
    check,
    findings,
    judge_findings,
)
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.records.loading import note_batch
from kb.records.members import Member, members
from kb.records.proposing import Proposed, awaits, judge, propose, waiting_of
from kb.records.provenance import Held, Place, document_ids, held_places
from kb.records.queries import count, every, find, groups, page
from kb.records.query import PUBLIC, Group, RecordPage, RecordQuery, Standing
from kb.records.record import Record
from kb.records.shipped import BATCH
from kb.records.sight import check_replaced
from kb.records.sources import Source, sources_of
from kb.records.tables import NameRow, RecordBatch
from kb.records.totals import Total, totals
from kb.records.values import Status
from kb.records.writing import drop_batch, drop_made, take_over
from kb.store import Store, advance, chunks

MADE: Final = "row-"  # begins the id of a record whose row gives none
_Changing = Callable[[], AbstractContextManager[Session]]


def file_batch(name: str) -> str:
    """The batch of an imported file."""
    return f"file:{name}"


class Records:
    """Typed questions to the records, and the files that bring more of them."""

    def __init__(self, store: Store, changing: _Changing) -> None:
        self._store = store
        self._changing = changing

    def page(self, query: RecordQuery) -> RecordPage:
        """Some of the records asked for. Raises InvalidQuery."""
        with self._store.reading() as session:
            return page(session, query)

    def every(self, query: RecordQuery) -> tuple[Record, ...]:
        """All of the records asked for, by id. Raises InvalidQuery."""
        with self._store.reading() as session:
            return tuple(every(session, query))

    def get(self, record_id: str, visibility: frozenset[Visibility] = PUBLIC) -> Record:
        """One record, of whatever kind and status. Raises NotFound."""
        with self._store.reading() as session:
            return find(session, record_id, visibility)

    def count(self, query: RecordQuery) -> int:
        """How many records there are. Raises InvalidQuery."""
        with self._store.reading() as session:
            return count(session, query)

    def groups(self, query: RecordQuery, by: Sequence[str]) -> tuple[Group, ...]:
        """How many records have each value of one or two columns. Raises InvalidQuery."""
        with self._store.reading() as session:
            return groups(session, query, by)

    def totals(self, query: RecordQuery, by: Sequence[str] = ()) -> tuple[Total, ...]:
        """Sums of what may be summed. Raises InvalidQuery."""
        with self._store.reading() as session:
            return totals(session, query, by)

    def changes(self, query: RecordQuery, first: str, second: str) -> tuple[Change, ...]:
        """What two sessions or documents say of the same things. Raises InvalidQuery."""
        with self._store.reading() as session:
            return changes(session, query, first, second)

    def members(
        self,
        standing: Standing,
        *,
        standing_in: Iterable[Standing] = (),
        not_standing_in: Iterable[Standing] = (),
        visibility: frozenset[Visibility] = PUBLIC,
    ) -> tuple[Member, ...]:
        """Who stands in a programme, and in the others, and not in yet others."""
        with self._store.reading() as session:
            return members(
                session,
                standing,
                standing_in=standing_in,
                not_standing_in=not_standing_in,
                visibility=visibility,
            )

    def sources(
        self, records: Sequence[Record], language: Language | None = None
    ) -> dict[str, tuple[Source, ...]]:
        """The sources of each record by its id, with the words that say it."""
        with self._store.reading() as session:
            return sources_of(session, records, language)

    def documents_of(self, name: str) -> tuple[str, ...]:
        """The documents of a session, or the one of that id or symbol; none if unknown."""
        with self._store.reading() as session:
            return documents_of(session, name)

    def names(self, ids: Iterable[str], language: Language) -> dict[str, str]:
        """The usual name in `language` of each id that has one; the text of a `name:`."""
        found: dict[str, str] = {}
        with self._store.reading() as session:
            for some in chunks(dict.fromkeys(ids)):
                rows = session.execute(
                    select(col(NameRow.owner), col(NameRow.name)).where(
                        col(NameRow.owner).in_(some),
                        col(NameRow.language) == language,
                        col(NameRow.nth) == 1,
                    )
                )
                found.update((row.owner, row.name) for row in rows)
                found.update(
                    (one, one.removeprefix("name:")) for one in some if one.startswith("name:")
                )
        return found

    def holds_name(self, kind: RecordKind, name: str) -> bool:
        """Whether any record of `kind` has `name` in a column of names."""
        table = table_of(kind)
        with self._store.reading() as session:
            return any(
                session.execute(
                    select(table.c.id).where(table.c[column.name] == name).limit(1)
                ).first()
                for column in name_columns(kind)
            )

    def add_file(
        self,
        name: str,
        fingerprint: str,
        records: Sequence[Record],
        *,
        sees: frozenset[Visibility] | None = None,
    ) -> Literal["added", "updated", "unchanged"]:
        """Stores what a file of records says, in one transaction.

        A record takes the place of whatever has its id; of the records of an earlier version of
        the file, those whose rows gave no id go. Raises IdentityConflict where one of those is
        hidden from who `sees` not everything.
        """
        batch = file_batch(name)
        with self._changing() as session:
            if sees is not None:
                check_replaced(session, batch, [record.id for record in records], sees)
            held = session.get(RecordBatch, batch)
            if held is not None and held.fingerprint == fingerprint:
                return "unchanged"
            drop_made(session, batch, MADE)
            take_over(session, batch, records)
            note_batch(session, batch, fingerprint)
            check(session)
        return "added" if held is None else "updated"

    def held_places(self, places: Iterable[Place]) -> dict[Place, tuple[str, Held]]:
        """Of each document, by id or symbol, and label of a paragraph: its id, what is held."""
        wanted = list(places)
        with self._store.reading() as session:
            ids = document_ids(session, (document for document, _ in wanted))
            named = {place: (ids.get(place[0], place[0]), place[1]) for place in wanted}
            held = held_places(session, named.values())
        return {place: (own[0], held[own]) for place, own in named.items()}

    def holds_file(self, name: str) -> bool:
        """Whether a file of that name brought records that are still here."""
        with self._store.reading() as session:
            return session.get(RecordBatch, file_batch(name)) is not None

    def are_loaded(self) -> bool:
        """Whether what ships has been loaded since the tables were made."""
        with self._store.reading() as session:
            held = session.get(RecordBatch, BATCH)
            return held is not None and held.fingerprint is not None

    def remove_file(self, name: str, *, sees: frozenset[Visibility] | None = None) -> int:
        """Takes out what a file brought; how many records. Raises NotFound.

        Raises IdentityConflict where one of them is hidden from who `sees` not everything.
        What ships comes back in place of what the file had changed, at the next `init`.
        """
        batch = file_batch(name)
        with self._changing() as session:
            held = session.get(RecordBatch, batch)
            if held is None:
                raise NotFound(f'no file of records "{name}"')
            if sees is not None:
                check_replaced(session, batch, (), sees)
            number = sum(
                len(
                    session.execute(
                        select(table_of(kind).c.id).where(table_of(kind).c.batch == batch)
                    ).all()
                )
                for kind in RECORD_KINDS
            )
            drop_batch(session, batch)
            session.delete(held)
            check(session)
            if session.get(RecordBatch, BATCH) is not None:
                note_batch(session, BATCH, None)
            advance(session)
        return number

    def awaits(self, document_id: str, language: Language, fingerprint: str) -> bool:
        """Whether nothing was proposed yet from that text by the rules of `fingerprint`."""
        with self._store.reading() as session:
            return awaits(session, document_id, language, fingerprint)

    def propose(
        self,
        document_id: str,
        language: Language,
        records: Sequence[Record],
        fingerprint: str | None = None,
    ) -> Proposed:
        """Makes `records` the candidates of a document's text in a language, for review.

        What a reviewer has judged stays as she left it.
        """
        with self._changing() as session:
            return propose(session, document_id, language, records, fingerprint)

    def waiting_of(self, document_id: str) -> list[str]:
        """The ids of the candidates that rest on a document."""
        with self._store.reading() as session:
            return waiting_of(session, document_id)

    def judge(
        self,
        ids: Iterable[str],
        status: Status,
        by: str | None = None,
        corrections: Mapping[str, Mapping[str, object]] | None = None,
    ) -> int:
        """Accepts (`reviewed`) or rejects records, or has them wait; how many have changed.

        `by` is who judged, which is kept with the time. `corrections` are values of columns, as
        they are stored, by id. Raises NotFound, and InvalidQuery for a value that cannot be.
        """
        with self._changing() as session:
            others = [correct(session, one, values) for one, values in (corrections or {}).items()]
            changed = max(judge(session, ids, status, by), sum(others))
            if changed:
                check(session)
            return changed

    def check(self) -> int:
        """Compares all figures with one another; how many findings are new."""
        with self._changing() as session:
            return check(session)

    def findings(
        self,
        status: Iterable[FindingStatus] = ("open",),
        visibility: frozenset[Visibility] = PUBLIC,
    ) -> tuple[StoredFinding, ...]:
        """Figures that did not agree at the last check, contradictions first."""
        with self._store.reading() as session:
            return tuple(findings(session, status, visibility))

    def judge_findings(self, ids: Iterable[str], status: FindingStatus) -> int:
        """Accepts or rejects findings; how many changed. Raises NotFound."""
        with self._changing() as session:
            return judge_findings(session, ids, status)
