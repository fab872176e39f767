"""API keys in SQL: who may do what, and the slow hash of each secret. No secret is ever here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from sqlmodel import Session, col, select

from kb.errors import LandBriefError, NotFound, StoreDamaged
from kb.keys_tables import KeyRow
from kb.roles import Role
from kb.store import Store, open_store


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is kept. `internal` lets it see internal documents, whatever its role."""

    id: str
    name: str
    role: Role
    internal: bool
    hash: str
    created_at: datetime
    revoked_at: datetime | None = None


class KeyStore:
    """Keys of one home. Any thread may call any method."""

    def __init__(
        self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._store = store
        self._now = now
        self._changes = 0

    @property
    def changes(self) -> int:
        """A number that grows with every change made in this process."""
        return self._changes

    def add(self, key_id: str, name: str, role: Role, *, internal: bool, hashed: str) -> ApiKey:
        """Keep a key. Raises LandBriefError where one with that name is in use."""
        with self._store.writing() as session:
            if any(one.name == name and one.revoked_at is None for one in _rows(session)):
                raise LandBriefError(f'a key "{name}" is in use: revoke it, or choose another name')
            row = KeyRow(
                id=key_id,
                name=name,
                role=role,
                internal=internal,
                hash=hashed,
                created_at=self._now(),
            )
            session.add(row)
            session.flush()
            made = _key(row)
        self._changes += 1
        return made

    def all(self) -> tuple[ApiKey, ...]:
        """Every key, revoked ones too, the oldest first."""
        with self._store.reading() as session:
            return tuple(_key(row) for row in _rows(session))

    def revoke(self, name: str) -> ApiKey:
        """The key with that id or name, which opens nothing from now on. Raises NotFound."""
        with self._store.writing() as session:
            named = [one for one in _rows(session) if name in (one.id, one.name)]
            row = next((one for one in named if one.revoked_at is None), None)
            if row is None:
                was = " any more: it was revoked" if named else ""
                raise NotFound(f'there is no key "{name}"{was}')
            row.revoked_at = self._now()
            session.add(row)
            session.flush()
            revoked = _key(row)
        self._changes += 1
        return revoked


def has_keys(home: Path) -> bool:
    """Whether a key of `home` is in use; nothing is made or locked to find out."""
    try:
        store = open_store(home, write=False)
    except StoreDamaged:  # not made yet, or from before there were keys
        return False
    try:
        return any(key.revoked_at is None for key in KeyStore(store).all())
    finally:
        store.close()


def _rows(session: Session) -> list[KeyRow]:
    return list(session.exec(select(KeyRow).order_by(col(KeyRow.created_at), col(KeyRow.id))))


def _key(row: KeyRow) -> ApiKey:
    return ApiKey(
        row.id,
        row.name,
        cast(Role, row.role),
        row.internal,
        row.hash,
        _aware(row.created_at),
        None if row.revoked_at is None else _aware(row.revoked_at),
    )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
