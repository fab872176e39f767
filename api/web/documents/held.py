"""The list of documents: its rows, and what it is narrowed to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from api.desk import Desk
from api.schemas import MAX_ITEMS, DocumentItem
from api.web.documents.links import page_of
from kb.documents import Visibility
from kb.languages import LANGUAGES, Language

_MOST: Final = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the list. `paragraphs` is the largest number of any of its texts in force."""

    document_id: str
    symbol: str | None
    title: str | None
    title_language: Language | None
    session: str | None
    agenda_item: str | None
    originals: tuple[Language, ...]
    digests: tuple[Language, ...]
    paragraphs: int
    visibility: Visibility
    superseded_by: str | None
    corrects: str | None

    @property
    def name(self) -> str:
        """Its symbol, else its id."""
        return self.symbol or self.document_id

    @property
    def path(self) -> str:
        """Its page."""
        return page_of(self.document_id)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list is narrowed to; a `language` is one that the original is held in."""

    text: str = ""
    session: str = ""
    language: Language | None = None

    @property
    def path(self) -> str:
        """The address of the list so narrowed."""
        wanted = {"q": self.text.strip(), "session": self.session, "language": self.language}
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"/documents?{query}" if query else "/documents"

    def fits(self, row: Row) -> bool:
        """Whether a row stays."""
        if self.session and row.session != self.session:
            return False
        if self.language and self.language not in row.originals:
            return False
        told = _folded(f"{row.name} {row.document_id} {row.title or ''} {row.session or ''}")
        return all(word in told for word in _folded(self.text).split())


def narrowing_of(query: Mapping[str, str]) -> Narrowing:
    """What an address narrows the list to; what it cannot mean is left out."""
    language = next((one for one in LANGUAGES if one == query.get("language")), None)
    return Narrowing(query.get("q", ""), query.get("session", ""), language)


def rows_of(desk: Desk, language: Language) -> tuple[Row, ...]:
    """Every document held, titles in `language` where they are known."""
    found: list[DocumentItem] = []
    cursor: str | None = None
    while len(found) < _MOST:
        page = desk.documents(language=language, limit=MAX_ITEMS, cursor=cursor)
        found.extend(page.items)
        cursor = page.next_cursor
        if cursor is None:
            break
    return tuple(_row(item) for item in found)


def sessions_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """The sessions of the rows, each once."""
    return tuple(sorted({row.session for row in rows if row.session}))


def languages_of(rows: Iterable[Row]) -> tuple[Language, ...]:
    """The languages of the rows' originals, each once."""
    held = {language for row in rows for language in row.originals}
    return tuple(one for one in LANGUAGES if one in held)


def without(narrowing: Narrowing, rows: Sequence[Row]) -> Narrowing:
    """`narrowing` without a session that no row has."""
    known = narrowing.session in sessions_of(rows)
    return narrowing if known else replace(narrowing, session="")


def _row(item: DocumentItem) -> Row:
    in_force = [one for one in item.editions if one.status == "current"]
    titled = next((one.language for one in item.editions if one.title == item.title), None)
    return Row(
        document_id=item.document_id,
        symbol=item.symbol,
        title=item.title,
        title_language=titled,
        session=item.session,
        agenda_item=item.agenda_item,
        originals=_languages(one.language for one in in_force if one.edition == "original"),
        digests=_languages(one.language for one in in_force if one.edition == "digest"),
        paragraphs=max((one.paragraphs for one in in_force), default=0),
        visibility=item.visibility,
        superseded_by=item.superseded_by,
        corrects=item.corrects,
    )


def _languages(found: Iterable[Language]) -> tuple[Language, ...]:
    held = set(found)
    return tuple(one for one in LANGUAGES if one in held)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
