"""Where files go that come from somebody who may not see everything.

Nobody may put anything in place of what she cannot see: it would tell that it is there, and could
make it public.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from kb.documents import ParsedDocument, Visibility
from kb.errors import NotFound
from kb.knowledge_base import KnowledgeBase
from kb.records.provenance import Held, Place
from kb.records.record import Record
from kb.views import Added, Origin, PassageRow


class VisibleShelf:
    """The writing side of `kb` for those who may see `visibility`."""

    def __init__(self, kb: KnowledgeBase, visibility: frozenset[Visibility]) -> None:
        self._kb = kb
        self._visibility = visibility

    @property
    def records(self) -> "VisibleRecordShelf":
        """The shelf of records."""
        return VisibleRecordShelf(self._kb, self._visibility)

    def add(self, parsed: ParsedDocument, origin: Origin) -> Added:
        """Store one edition. Raises IdentityConflict where its document is hidden."""
        return self._kb.add(parsed, origin, sees=self._visibility)

    def add_passages(self, rows: Iterable[PassageRow], origin: Origin) -> Sequence[Added]:
        """Store the passages of a passages file. Raises IdentityConflict as `add` does."""
        return self._kb.add_passages(rows, origin, sees=self._visibility)


class VisibleRecordShelf:
    """The records of `kb`, as far as they are visible."""

    def __init__(self, kb: KnowledgeBase, visibility: frozenset[Visibility]) -> None:
        self._kb = kb
        self._visibility = visibility

    def add_file(
        self, name: str, fingerprint: str, records: Sequence[Record]
    ) -> Literal["added", "updated", "unchanged"]:
        """Store what a file of records says. Raises IdentityConflict."""
        return self._kb.records.add_file(name, fingerprint, records, sees=self._visibility)

    def held_places(self, places: Iterable[Place]) -> Mapping[Place, tuple[str, Held]]:
        """What is held of each place; a hidden document is as unknown as one that is not held."""
        found = self._kb.records.held_places(places)
        hidden = {one for one, _ in found.values() if self._is_hidden(one)}
        return {
            place: (place[0], "not_held") if document in hidden else (document, held)
            for place, (document, held) in found.items()
        }

    def _is_hidden(self, document_id: str) -> bool:
        try:
            return self._kb.summary(document_id).visibility not in self._visibility
        except NotFound:
            return False
