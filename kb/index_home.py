"""Opens the derived stores of a home, and makes them anew from SQL.

`home/index/N` holds one complete pair; which N is in force stands in SQL, so that a rebuilt pair
replaces the old one in a single commit.
"""

import logging
import shutil
from pathlib import Path
from typing import Final

from kb.errors import ModelMismatch, StoreDamaged
from kb.indexes import Indexes, Maker
from kb.outbox import delete_work, drain, pending, waiting_cards
from kb.records.card_work import queue_all
from kb.records.indexing import cards_version
from kb.store import Store, advance, state
from kb.tables import StoreState
from kb.units import batches, indexed_editions, units_of
from kb.verification import index_problems

_FOLDER: Final = "index"

_log = logging.getLogger(__name__)


def open_indexes(store: Store, home: Path, maker: Maker, *, write: bool) -> Indexes:
    """The pair in force. When `write`, pending work is done first, and a pair that is missing,
    damaged or made in another way is rebuilt.

    Raises ModelMismatch when its vectors are another model's, and StoreDamaged when it cannot be
    used and `write` is false.
    """
    with store.reading() as session:
        current = state(session)
        crashed = bool(pending(session))
        cards = None if waiting_cards(session) else current.card_units
    _refuse_other_model(current, maker)
    if not write:
        return _open(current, home, maker, write=False)
    try:
        units = None if crashed else current.units
        indexes = _open(current, home, maker, write=True, units=units, cards=cards)
        if crashed:
            _finish(store, indexes)
    except StoreDamaged as error:
        if current.index_folder is not None:
            _log.warning("rebuilding the indexes: %s", error)
        indexes = rebuild(store, home, maker)
    else:
        _reword(store, current)
    remove_others(home, indexes.folder)
    return indexes


def rebuild(store: Store, home: Path, maker: Maker) -> Indexes:
    """A new pair made from SQL alone, put in force in one commit; what was pending is done.

    The cards of all records are queued, to be indexed behind.
    """
    root = home / _FOLDER
    root.mkdir(parents=True, exist_ok=True)
    folder = root / _new_name(root)
    indexes = Indexes(folder, maker, write=True)
    try:
        with store.reading() as session:
            work = pending(session)
            for batch in batches(session, indexed_editions(session)):
                indexes.apply(units_of(session, batch), [])
        with store.writing() as session:
            delete_work(session, work)
            row = state(session)
            row.index_folder = folder.name
            row.embedder = maker.embedder.name
            row.dimensions = maker.embedder.dimensions
            row.analysis = maker.analysis
            row.units = indexes.lexical.count()
            row.cards = cards_version()
            row.card_units = 0
            queue_all(session)
            advance(session)
    except BaseException:
        indexes.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return indexes


def remove_others(home: Path, folder: Path) -> None:
    """Removes every pair but the one in `folder`: what a rebuild or a crash has left."""
    for other in (home / _FOLDER).iterdir():
        if other.name != folder.name:
            shutil.rmtree(other, ignore_errors=True)


def _open(
    current: StoreState,
    home: Path,
    maker: Maker,
    *,
    write: bool,
    units: int | None = None,
    cards: int | None = None,
) -> Indexes:
    if current.index_folder is None:
        raise StoreDamaged('nothing is indexed yet: run "landbrief init"')
    if current.analysis != maker.analysis:
        raise StoreDamaged(
            "the indexes were made by another version of the program or of its terms: "
            'run "landbrief reindex"'
        )
    folder = home / _FOLDER / current.index_folder
    if not folder.is_dir():
        raise StoreDamaged(f'{folder} is missing: run "landbrief reindex"')
    indexes = Indexes(folder, maker, write=write)
    try:
        indexes.probe(units, cards)
    except BaseException:
        indexes.close()
        raise
    return indexes


def _reword(store: Store, current: StoreState) -> None:
    """Has all cards made anew if what words them has changed since."""
    version = cards_version()
    if current.cards != version:
        with store.writing() as session:
            queue_all(session)
            state(session).cards = version


def _finish(store: Store, indexes: Indexes) -> None:
    """Does what a process left undone when it died, and looks closely at what it was writing."""
    try:
        editions = drain(store, indexes)
        _log.info("finished the index work of %d editions that was left undone", editions)
        with store.reading() as session:
            problems = index_problems(session, indexes)
        if problems:
            raise StoreDamaged(problems[0])
    except BaseException:
        indexes.close()
        raise


def _refuse_other_model(current: StoreState, maker: Maker) -> None:
    ours = (maker.embedder.name, maker.embedder.dimensions)
    if current.units and (current.embedder, current.dimensions) != ours:
        raise ModelMismatch(
            f'index holds vectors of "{current.embedder}" ({current.dimensions}-d), '
            f'settings say "{ours[0]}" ({ours[1]}-d): run "landbrief reindex"'
        )


def _new_name(root: Path) -> str:
    numbers = [int(path.name) for path in root.iterdir() if path.name.isdecimal()]
    return str(max(numbers, default=0) + 1)
