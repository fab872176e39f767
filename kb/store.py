"""Opens the SQL store: engine, SQLite pragmas, migrations, sessions.

SQLite runs in WAL mode with full synchronization: what was committed survives a killed process
and a power cut, and readers never wait for the writer.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Engine, create_engine, event, inspect, select, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import Session, col

from kb.errors import StoreDamaged
from kb.tables import StoreState

# The newest migration. Kept here so that opening an up-to-date store does not import Alembic.
HEAD: Final = "0007"
FILE_NAME: Final = "landbrief.sqlite3"

_GENERATION_SQL: Final = "SELECT generation FROM store_state WHERE id = 1"
_GENERATION: Final = select(col(StoreState.generation)).where(col(StoreState.id) == 1)

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Store:
    """The SQL store of one home. Sessions are made per call; any thread may ask for one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """For migrations and tests."""
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one consistent state and writes nothing."""
        with _translated(), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits when the block ends and rolls back when it raises."""
        with _translated(), Session(self._engine, expire_on_commit=False) as session:
            # Taken at once: a read lock that is raised later can fail instead of waiting.
            session.connection(execution_options={"landbrief_begin": "IMMEDIATE"})
            yield session
            session.commit()

    def generation(self) -> int:
        """The number that grows with every visible change."""
        # Asked for several times in every answer: a session would take eight times as long.
        with _translated(), closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            try:
                row = cursor.execute(_GENERATION_SQL).fetchone()
            except sqlite3.DatabaseError as error:
                raise StoreDamaged(f"the SQL store cannot be used: {error}") from error
            finally:
                cursor.close()
            return int(row[0]) if row else 0

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()


def open_store(home: Path, *, write: bool = True) -> Store:
    """The store in `home`, made or migrated first when `write`.

    Raises StoreDamaged when the file is no database, is newer than this program, or is not there
    and `write` is false.
    """
    path = home / FILE_NAME
    if not write and not path.exists():
        raise StoreDamaged(f'{home} holds no store yet: run "landbrief init"')
    store = Store(_engine(path))
    try:
        with _translated():
            _migrate(store.engine, path, write=write)
    except BaseException:
        store.close()
        raise
    return store


def state(session: Session) -> StoreState:
    """The one row of `store_state`."""
    row = session.get(StoreState, 1)
    if row is None:
        row = StoreState()
        session.add(row)
    return row


def current_generation(session: Session) -> int:
    """The generation of the state that `session` sees."""
    return session.connection().execute(_GENERATION).scalar() or 0


def advance(session: Session) -> int:
    """Counts one visible change and returns the new generation."""
    row = state(session)
    row.generation += 1
    session.add(row)
    return row.generation


def chunks(values: Iterable[_T], size: int = 500) -> Iterator[list[_T]]:
    """`values` in lists short enough for one IN."""
    remaining = iter(values)
    while some := list(islice(remaining, size)):
        yield some


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path.as_posix()}",
        connect_args={"check_same_thread": False, "timeout": 30},
        pool_size=16,
        max_overflow=48,
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling commits before DDL: a migration cut short would
        # leave half of its tables. With it off, `_begin` opens every transaction.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "synchronous=FULL",
            "cache_size=-32000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("landbrief_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _migrate(engine: Engine, path: Path, *, write: bool) -> None:
    version = _version(engine)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise StoreDamaged(
            f"{path} was made by a newer LandBrief (schema {version}, this one knows {HEAD}): "
            "update LandBrief"
        )
    if not write:
        raise StoreDamaged(f'{path} has schema {version or "none"}: run "landbrief init"')
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "kb:migrations")
    with engine.connect().execution_options(landbrief_begin="IMMEDIATE") as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    if version is not None:
        _log.info("migrated the store from schema %s to %s", version, HEAD)


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise StoreDamaged(f"the SQL store cannot be used: {error.orig}") from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:  # a constraint is a mistake of ours, not damage
            raise
        raise StoreDamaged(f"the SQL store is damaged: {error.orig}") from error
