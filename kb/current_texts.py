"""The texts that search may find, as one generation of the store has them.

A search proposes hundreds of units and must know of each whether its edition is current and for
whom; asking SQL each time would cost more than the search. So the editions, which are few beside
their passages, are remembered until the store's generation says that something has changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy import select
from sqlmodel import Session, col

from kb.corrections import Corrections, corrections_to
from kb.documents import EditionKind, Visibility
from kb.languages import Language
from kb.passages import EditionStatus
from kb.store import current_generation
from kb.tables import Document, Edition
from kb.units import edition_name, indexed, unit_keys

_REMEMBERED_EDITIONS: Final = 256


@dataclass(frozen=True, slots=True)
class Text:
    """An edition, with what its passages show of it and of its document."""

    id: int
    document_id: str
    language: Language
    kind: EditionKind
    version: int
    symbol: str | None
    session: str | None
    visibility: Visibility
    status: EditionStatus = "current"
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class CurrentTexts:
    """What search may find. `by_edition` is by the name that units give their edition."""

    generation: int
    by_edition: Mapping[str, Text]
    by_document: Mapping[str, Sequence[Text]]
    corrections: Corrections


class TextMemory:
    """Remembers the current texts of one store, and units of some. Any thread may ask."""

    def __init__(self) -> None:
        self._held: CurrentTexts | None = None
        self._units: dict[int, tuple[str, ...]] = {}

    def texts(self, session: Session) -> CurrentTexts:
        """Those of the state that `session` sees."""
        generation = current_generation(session)
        held = self._held
        if held is None or held.generation != generation:
            held = self._held = _read(session, generation)
        return held

    def unit_ids(self, session: Session, texts: Sequence[Text]) -> list[tuple[str, ...]]:
        """The ids of the units of each text. Never stale: an edition's content never changes."""
        held = self._units
        missing = [text for text in texts if text.id not in held]
        if missing:
            if len(held) + len(missing) > _REMEMBERED_EDITIONS:
                held = {text.id: held[text.id] for text in texts if text.id in held}
            read = unit_keys(session, missing)
            held = held | {
                text.id: tuple(map(str, keys)) for text, keys in zip(missing, read, strict=True)
            }
            self._units = held if len(held) <= _REMEMBERED_EDITIONS else {}
        return [held[text.id] for text in texts]


def text_of(document: Document, edition: Edition) -> Text:
    """The text of a row, current or not."""
    return Text(
        edition.id or 0,
        document.id,
        cast(Language, edition.language),
        cast(EditionKind, edition.kind),
        edition.version,
        document.symbol,
        document.session,
        cast(Visibility, document.visibility),
        _status(document, edition),
        document.superseded_by,
    )


def _status(document: Document, edition: Edition) -> EditionStatus:
    """What has become of a text: its own fate first, then that of its document."""
    if edition.status != "current":
        return cast(EditionStatus, edition.status)
    return "superseded" if document.superseded_by else "current"


def _read(session: Session, generation: int) -> CurrentTexts:
    rows = session.execute(
        select(
            col(Edition.id),
            col(Edition.document_id),
            col(Edition.language),
            col(Edition.kind),
            col(Edition.version),
            col(Document.symbol),
            col(Document.session),
            col(Document.visibility),
        )
        .join(Document, col(Document.id) == col(Edition.document_id))
        .where(*indexed())
    )
    by_edition: dict[str, Text] = {}
    by_document: dict[str, list[Text]] = {}
    for row in rows:
        text = Text(*row)
        by_edition[edition_name(text.document_id, text.language, text.kind, text.version)] = text
        by_document.setdefault(text.document_id, []).append(text)
    return CurrentTexts(generation, by_edition, by_document, corrections_to(session))
