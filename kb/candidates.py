"""Units that the indexes propose: what they belong to, and who may find them.

What SQL says of a unit is remembered until the store's generation says that something has
changed: a search proposes hundreds, nearly always the same as those before it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from sqlmodel import Session

from kb.current_texts import CurrentTexts, Text, TextMemory
from kb.documents import EditionKind, Visibility
from kb.languages import Language
from kb.passage_rows import PassageMemory, find_tops
from kb.passages import Passage, Via
from kb.references import parse_label
from kb.units import edition_and_label

KINDS: Final[tuple[EditionKind, ...]] = get_args(EditionKind)
Key = tuple[str, str]  # document, top-level label

_REMEMBERED: Final = 20_000  # units, and as many paragraphs: about 5 MB for each kind of reader
_PASSAGES: Final = 4_000  # remembered, which is about 8 MB


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, by whom, and where to look."""

    text: str
    k: int = 10
    language: Language | None = None  # the reader's; None: that of the text
    documents: tuple[str, ...] | None = None  # ids or symbols; None: all
    edition: EditionKind | None = None
    visibility: frozenset[Visibility] = frozenset({"public"})


@dataclass(frozen=True, slots=True)
class Place:
    """An edition of a paragraph."""

    key: Key
    text: Text


Match = tuple[Place, float]
"""An edition of a paragraph that a list gave, with the list's own score."""


class Findable:
    """The current texts of one generation that one kind of reader may find.

    Every `session` that is given must see that generation. Any thread may ask.
    """

    def __init__(
        self,
        memory: TextMemory,
        texts: CurrentTexts,
        passages: PassageMemory,
        visibility: frozenset[Visibility],
        edition: EditionKind | None,
        remembered: int,
    ) -> None:
        def may_find(text: Text) -> bool:
            return text.visibility in visibility and edition in (None, text.kind)

        self.generation = texts.generation
        self._memory = memory
        self._passages = passages
        self._by_edition = {name: one for name, one in texts.by_edition.items() if may_find(one)}
        self._by_document = {
            document: [one for one in some if may_find(one)]
            for document, some in texts.by_document.items()
        }
        self._remembered = remembered
        self._places: dict[str, Place | None] = {}
        self._holders: dict[Key, list[Text]] = {}

    def of(self, document_id: str) -> Sequence[Text]:
        """The texts of one document."""
        return self._by_document.get(document_id, ())

    def units(self, session: Session, documents: Iterable[str]) -> dict[EditionKind, list[str]]:
        """Ids of all units of these documents: few enough to compare one by one."""
        texts = [text for document in documents for text in self.of(document)]
        units: dict[EditionKind, list[str]] = {}
        for text, ids in zip(texts, self._memory.unit_ids(session, texts), strict=True):
            units.setdefault(text.kind, []).extend(ids)
        return units

    def matches(
        self, session: Session, proposed: Mapping[Via, Sequence[tuple[str, float]]]
    ) -> dict[Via, list[Match]]:
        """The paragraphs that each list's units, given with their scores, belong to.

        A unit of an edition that is not current, or that this reader may not find, is left out.
        """
        places = self._places
        # Nearly always all are known: a loop over those proposed is spared.
        if any(u not in places for units in proposed.values() for u, _ in units):
            wanted = {u for units in proposed.values() for u, _ in units}
            places = self._places_of(session, wanted)
        return {
            via: [(place, score) for unit, score in units if (place := places[unit]) is not None]
            for via, units in proposed.items()
        }

    def holders(self, session: Session, keys: Collection[Key]) -> dict[Key, list[Text]]:
        """For each of these paragraphs that any text holds: the texts that do."""
        held = self._holders
        missing = [key for key in keys if key not in held]
        if missing:
            if len(held) + len(missing) > self._remembered:
                held = self._holders = {key: held[key] for key in keys if key in held}
            held.update(self._read_holders(session, missing))
        return {key: texts for key in keys if (texts := held[key])}

    def passages(self, session: Session, wanted: Sequence[tuple[Text, str]]) -> list[Passage]:
        """The passages of these labels, which must exist, in the order asked for."""
        return self._passages.passages(session, wanted)

    def _read_holders(self, session: Session, keys: Iterable[Key]) -> dict[Key, list[Text]]:
        pairs = [(text, key) for key in keys for text in self.of(key[0])]
        tops = find_tops(session, [(text.id, key[1]) for text, key in pairs])
        found: dict[Key, list[Text]] = {key: [] for key in keys}
        for text, key in pairs:
            if (text.id, key[1]) in tops:
                found[key].append(text)
        return found

    def _places_of(self, session: Session, units: Collection[str]) -> dict[str, Place | None]:
        """Where each of `units` is, at least; None for one that is left out."""
        held = self._places
        missing = [unit for unit in units if unit not in held]
        if missing:
            if len(held) + len(missing) > self._remembered:
                held = self._places = {unit: held[unit] for unit in units if unit in held}
            held.update(self._read_places(session, missing))
        return held

    def _read_places(self, session: Session, units: Iterable[str]) -> dict[str, Place | None]:
        found: dict[str, tuple[Key, Text] | None] = {}
        for unit in units:
            edition, label = edition_and_label(unit)
            text = self._by_edition.get(edition)
            found[unit] = None if text is None else ((text.document_id, label), text)
        whole = self._whole(session, {one[0] for one in found.values() if one is not None})
        return {
            unit: None if one is None else Place(whole.get(one[0], one[0]), one[1])
            for unit, one in found.items()
        }

    def _whole(self, session: Session, keys: Collection[Key]) -> dict[Key, Key]:
        """For a sub-paragraph that is alone in its edition: the paragraph, if another has it."""
        parts = {key: top for key in keys if (top := top_label(key[1])) != key[1]}
        known = self.holders(session, {(document, top) for (document, _), top in parts.items()})
        return {key: whole for key, top in parts.items() if (whole := (key[0], top)) in known}


class Findables:
    """What each kind of reader may find in one store. Any thread may ask."""

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        """`remembered`: how many units, and paragraphs, of one kind of reader."""
        self._remembered = remembered
        self._memory = TextMemory()
        self._held: _OfOne | None = None

    def of(self, session: Session, query: Query) -> Findable:
        """What `query` may find in the state that `session` sees."""
        texts = self._memory.texts(session)
        held = self._held
        if held is None or held.texts is not texts:
            held = self._held = _OfOne(
                texts, PassageMemory(texts.corrections, min(self._remembered, _PASSAGES)), {}
            )
        scope = query.visibility, query.edition
        found = held.readers.get(scope)
        if found is None:
            found = held.readers[scope] = Findable(
                self._memory, texts, held.passages, *scope, self._remembered
            )
        return found


@dataclass(frozen=True, slots=True)
class _OfOne:
    """What is remembered of one generation."""

    texts: CurrentTexts
    passages: PassageMemory
    readers: dict[tuple[frozenset[Visibility], EditionKind | None], Findable]


def top_label(label: str) -> str:
    """The label of the whole paragraph that a label names, in the form it is stored in."""
    if not label.endswith(")"):
        return label
    try:
        return parse_label(label).top
    except ValueError:
        return label
