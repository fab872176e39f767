"""Units that the indexes propose: what they belong to, and who may find them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from sqlmodel import Session

from kb.corrections import Corrections
from kb.current_texts import Text, TextMemory
from kb.documents import EditionKind, Visibility
from kb.languages import Language
from kb.passage_rows import find_tops
from kb.passages import Via
from kb.references import parse_label
from kb.units import edition_and_label

KINDS: Final[tuple[EditionKind, ...]] = get_args(EditionKind)
Key = tuple[str, str]  # document, top-level label


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, by whom, and where to look."""

    text: str
    k: int = 10
    language: Language | None = None  # the reader's; None: that of the text
    documents: tuple[str, ...] | None = None  # ids or symbols; None: all
    edition: EditionKind | None = None
    visibility: frozenset[Visibility] = frozenset({"public"})

    def may_find(self, text: Text) -> bool:
        """Whether `text` is for this reader and of the kind that is asked for."""
        return text.visibility in self.visibility and self.edition in (None, text.kind)


@dataclass(frozen=True, slots=True)
class Match:
    """An edition of a paragraph that a list gave, with the list's own score."""

    key: Key
    text: Text
    score: float


class Findable:
    """The current texts that one query may find."""

    def __init__(self, session: Session, memory: TextMemory, query: Query) -> None:
        self._session = session
        self._memory = memory
        self._texts = memory.texts(session)
        self._query = query

    @property
    def generation(self) -> int:
        """Of the state that the query sees."""
        return self._texts.generation

    @property
    def corrections(self) -> Corrections:
        """What the corrigenda in force correct."""
        return self._texts.corrections

    def of(self, document_id: str) -> list[Text]:
        """The texts of one document."""
        texts = self._texts.by_document.get(document_id, ())
        return [text for text in texts if self._query.may_find(text)]

    def units(self, documents: Iterable[str]) -> dict[EditionKind, list[str]]:
        """Ids of all units of these documents: few enough to compare one by one."""
        texts = [text for document in documents for text in self.of(document)]
        units: dict[EditionKind, list[str]] = {}
        for text, ids in zip(texts, self._memory.unit_ids(self._session, texts), strict=True):
            units.setdefault(text.kind, []).extend(ids)
        return units

    def matches(
        self, proposed: Mapping[Via, Sequence[tuple[str, float]]]
    ) -> dict[Via, list[Match]]:
        """The paragraphs that each list's units, given with their scores, belong to.

        A unit of an edition that is not current, or that this reader may not find, is left out.
        """
        places: dict[str, tuple[Key, Text]] = {}
        for unit in {unit for units in proposed.values() for unit, _ in units}:
            edition, label = edition_and_label(unit)
            text = self._texts.by_edition.get(edition)
            if text is not None and self._query.may_find(text):
                places[unit] = (text.document_id, label), text
        whole = self._whole({key for key, _ in places.values()})
        if whole:
            places = {unit: (whole.get(key, key), text) for unit, (key, text) in places.items()}
        return {
            via: [Match(*places[unit], score) for unit, score in units if unit in places]
            for via, units in proposed.items()
        }

    def holders(self, keys: Iterable[Key]) -> dict[Key, list[Text]]:
        """For each of these paragraphs that any text holds: the texts that do."""
        pairs = [(text, key) for key in keys for text in self.of(key[0])]
        tops = find_tops(self._session, [(text.id, key[1]) for text, key in pairs])
        found: dict[Key, list[Text]] = {}
        for text, key in pairs:
            if (text.id, key[1]) in tops:
                found.setdefault(key, []).append(text)
        return found

    def _whole(self, keys: Collection[Key]) -> dict[Key, Key]:
        """For a sub-paragraph that is alone in its edition: the paragraph, if another has it."""
        parts = {key: top for key in keys if (top := top_label(key[1])) != key[1]}
        known = self.holders({(document, top) for (document, _), top in parts.items()})
        return {key: whole for key, top in parts.items() if (whole := (key[0], top)) in known}


def top_label(label: str) -> str:
    """The label of the whole paragraph that a label names, in the form it is stored in."""
    if not label.endswith(")"):
        return label
    try:
        return parse_label(label).top
    except ValueError:
        return label
