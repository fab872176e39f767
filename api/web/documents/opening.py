"""What the reader is opened at, as addresses say it, and what is then shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from api.desk import Desk, EditionChoice
from api.schemas import MAX_ITEMS, DocumentBody, EditionBody
from api.web.documents.alignment import Row, aligned, alone
from api.web.documents.building import blocks_of
from api.web.documents.links import Links, names_of, page_of
from kb.documents import EditionKind
from kb.languages import LANGUAGES, Language

_KINDS: Final[tuple[EditionKind, ...]] = ("original", "digest")
_MOST_NAMES: Final = 2_000
_ANY: Final = EditionChoice()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: the text wanted, the text beside it, and a label in it."""

    choice: EditionChoice = _ANY
    beside: EditionChoice | None = None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """One or two editions of a document, in rows."""

    body: DocumentBody
    second: DocumentBody | None
    rows: tuple[Row, ...]
    paragraph: str | None

    @property
    def key(self) -> str:
        """Which text it is: `zh-original`, `zh-original-1` for one that is no longer current."""
        return _key(self.body.language, self.body.edition, self.body)

    @property
    def second_key(self) -> str:
        """Which text stands beside it; empty without one."""
        return _key(self.second.language, self.second.edition, self.second) if self.second else ""

    @property
    def path(self) -> str:
        """The address of the document with these texts."""
        wanted = {
            "language": self.body.language,
            "edition": self.body.edition,
            "version": None if self.body.status == "current" else str(self.body.version),
            "beside": self.second_key,
        }
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"{page_of(self.body.document_id)}?{query}"


def place_of(query: Mapping[str, str]) -> Place:
    """The place that an address names; what it cannot mean is left out."""
    version = query.get("version", "")
    return Place(
        EditionChoice(
            next((one for one in LANGUAGES if one == query.get("language")), None),
            next((one for one in _KINDS if one == query.get("edition")), None),
            int(version) if version.isascii() and version.isdigit() and len(version) < 7 else None,
        ),
        choice_of(query.get("beside", "")),
        query.get("paragraph", "").strip()[:100] or None,
    )


def choice_of(key: str) -> EditionChoice | None:
    """The text of a key such as `zh-original`; None for what is no key."""
    language, _, rest = key.partition("-")
    kind, _, version = rest.partition("-")
    for one in LANGUAGES:
        for edition in _KINDS:
            if (one, edition) == (language, kind) and (not version or version.isascii()):
                number = int(version) if version.isdigit() and len(version) < 7 else None
                return EditionChoice(one, edition, number)
    return None


def key_of(edition: EditionBody) -> str:
    """The key of a text."""
    return _key(edition.language, edition.edition, edition)


def open_at(desk: Desk, document: str, place: Place, language: Language) -> Opened:
    """Open a document for a reader of `language`. Raises NotFound, Withdrawn."""
    choice = place.choice
    if choice.language is None:
        choice = replace(choice, language=language)
    body = desk.document(document, choice)
    held = desk.documents(limit=MAX_ITEMS)
    names = [(one.document_id, one.symbol) for one in held.items]
    while held.next_cursor and len(names) < _MOST_NAMES:
        held = desk.documents(limit=MAX_ITEMS, cursor=held.next_cursor)
        names.extend((one.document_id, one.symbol) for one in held.items)
    links = Links(names_of(names), but=body.document_id)
    first = blocks_of(body, links, language)
    second = desk.document(body.document_id, place.beside) if place.beside else None
    if second is None or _same(body, second):
        return Opened(body, None, alone(first), place.paragraph)
    rows = aligned(first, blocks_of(second, links, language))
    return Opened(body, second, rows, place.paragraph)


def _same(one: DocumentBody, other: DocumentBody) -> bool:
    return (one.language, one.edition, one.version) == (
        other.language,
        other.edition,
        other.version,
    )


def _key(language: Language, kind: EditionKind, text: EditionBody | DocumentBody) -> str:
    key = f"{language}-{kind}"
    return key if text.status == "current" else f"{key}-{text.version}"
