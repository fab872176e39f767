"""Which cards the index holds of each record, and their texts.

Six of a reviewed record; one of a candidate, in the language of its document, and of a row of a
file, in the language of its own words, else in English; none of a rejected one.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import RowMapping, select
from sqlmodel import Session, col

from kb.errors import NotFound
from kb.languages import LANGUAGES, Language, detect_language
from kb.records.cards import card
from kb.records.columns import columns_of, name_columns
from kb.records.conditions import table_of
from kb.records.kinds import RECORD_KINDS, STATEMENTS, RecordKind
from kb.records.naming import OWN_TEXT, Names, shipped_names
from kb.records.proposing import language_of_batch
from kb.records.record import Record
from kb.records.shipped import shipped_version
from kb.records.words import words_version
from kb.store import chunks
from kb.tables import CardWork
from kb.terms import terms_version
from kb.units import CardKey, CardText

FILE: Final = "file:"  # begins the batch of an imported file

_log = logging.getLogger(__name__)


def cards_version() -> str:
    """Fingerprint of all that words cards: those made with another one are made anew."""
    return f"{words_version()} {terms_version()} {shipped_version()}"


def waiting(session: Session) -> set[str]:
    """The ids of the records whose cards are not made yet."""
    return set(session.execute(select(col(CardWork.record))).scalars())


def all_ids(session: Session) -> list[str]:
    """The id of every record."""
    return [
        one
        for kind in RECORD_KINDS
        for one in session.execute(select(table_of(kind).c.id)).scalars()
    ]


def cards_of(session: Session, ids: Iterable[str]) -> dict[str, tuple[CardText, ...]]:
    """The cards that the index should hold of each of `ids`; none of a record that is gone."""
    names = shipped_names()
    found: dict[str, tuple[CardText, ...]] = {}
    for some in chunks(dict.fromkeys(ids)):
        found.update((one, ()) for one in some)
        for kind in RECORD_KINDS:
            table = table_of(kind)
            rows = session.execute(select(*table.c).where(table.c.id.in_(some)))
            found.update((row.id, _cards(kind, row._mapping, names)) for row in rows)
    return found


def _cards(kind: RecordKind, row: RowMapping, names: Names) -> tuple[CardText, ...]:
    fields = {name: row[name] for name in columns_of(kind)}
    record = Record(STATEMENTS[kind].model_construct(**fields), ())
    try:
        return tuple(
            CardText(CardKey(record.id, language), card(record, language, names).text)
            for language in _languages(kind, row)
        )
    except NotFound as error:  # a name of an older vocabulary
        _log.warning("no card of the record %s: %s", record.id, error)
        return ()


def _languages(kind: RecordKind, row: RowMapping) -> Sequence[Language]:
    if row["status"] == "rejected":
        return ()
    if row["status"] == "candidate":
        return (language_of_batch(row["batch"]) or _own_language(kind, row),)
    return (_own_language(kind, row),) if row["batch"].startswith(FILE) else LANGUAGES


def _own_language(kind: RecordKind, row: RowMapping) -> Language:
    """That of the words that the record brings itself."""
    held = (row[column.name] for column in name_columns(kind))
    own = [text.removeprefix(OWN_TEXT) for text in held if text and text.startswith(OWN_TEXT)]
    return detect_language(". ".join(own)) or "en"
