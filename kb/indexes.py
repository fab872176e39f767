"""The derived stores as one pair: dense vectors and full text, in one folder.

The full text of record cards is an index of its own there: mixed with that of paragraphs, it would
change how rare each word is among them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Final, get_args

import numpy as np

from kb.analysis import VERSION, Concepts, index_tokens
from kb.documents import EditionKind
from kb.embedding import Embedder
from kb.errors import StoreDamaged
from kb.fusion import Weights
from kb.languages import LANGUAGES
from kb.late_interaction import AGREEMENT_WEIGHT, MEANING_WEIGHT, PieceModel, UnitPieces
from kb.lexical import LexicalIndex, LexicalUnit
from kb.units import CardKey, CardText, Unit, cards_name
from kb.vectors import VectorStore

_NONE: Final = np.zeros(0, np.uint32)
_KINDS: Final[tuple[EditionKind, ...]] = get_args(EditionKind)


@dataclass(frozen=True, slots=True)
class Maker:
    """How texts become vectors and tokens; an index made in another way must be rebuilt."""

    embedder: Embedder
    concepts: Concepts | None = None
    concepts_version: str = ""

    @property
    def analysis(self) -> str:
        """Names the way in which tokens are made."""
        return f"{VERSION}/{self.concepts_version}"

    @property
    def weights(self) -> Weights:
        """Of the scores of these texts."""
        if not isinstance(self.embedder, PieceModel):
            return Weights(self.embedder.weight)
        return Weights(self.embedder.weight, AGREEMENT_WEIGHT, MEANING_WEIGHT)

    def pieces(self, texts: Sequence[tuple[str, ...]]) -> Sequence[UnitPieces | None]:
        """What is kept for `agreement` of each text and of those above it, which come after it:
        None where the model has no vectors of pieces."""
        if not isinstance(self.embedder, PieceModel):
            return [None] * len(texts)
        distinct = list(dict.fromkeys(one for some in texts for one in some))
        held = dict(zip(distinct, self.embedder.pieces(distinct), strict=True))
        return [
            UnitPieces(held[own], reduce(np.union1d, (held[one] for one in above), _NONE))
            for own, *above in texts
        ]


class Indexes:
    """One pair of open derived stores."""

    def __init__(self, folder: Path, maker: Maker, *, write: bool) -> None:
        """Opens the pair in `folder`. Raises StoreDamaged if either cannot be read."""
        self.folder = folder
        self.maker = maker
        self.vectors = VectorStore(folder / "vectors")
        try:
            self.lexical = LexicalIndex(folder / "fulltext", write=write)
            self.cards = LexicalIndex(folder / "cards", write=write)
        except BaseException:
            self.vectors.close()
            raise

    def agreement(
        self, query: str, texts: LexicalIndex, units: Sequence[str]
    ) -> list[tuple[str, float]]:
        """How well the pieces of a query are met in each of these units of one full-text index;
        nothing if the model has no vectors of pieces."""
        embedder = self.maker.embedder
        if not units or not isinstance(embedder, PieceModel):
            return []
        found = embedder.agreement(query, texts.pieces(units))
        return list(zip(units, found.tolist(), strict=True))

    def meaning(self, query: str, units: Sequence[str]) -> list[tuple[str, float]]:
        """What each of these units covers of a query by words of whatever language that mean the
        same, on the scale of full text; nothing if the model does not know what pieces mean."""
        embedder = self.maker.embedder
        if not units or not isinstance(embedder, PieceModel):
            return []
        found = self.maker.weights.meaning * embedder.meaning(query, self.lexical.pieces(units))
        return list(zip(units, found.tolist(), strict=True))

    def apply(self, added: Sequence[Sequence[Unit]], removed: Sequence[Sequence[Unit]]) -> None:
        """Writes the units of the editions `added`, and takes out those of the ones `removed`.

        Repeating it changes nothing: each edition's units are replaced as a whole.
        """
        for units in removed:
            if units:
                self.vectors.delete(units[0].key.kind, [str(unit.key) for unit in units])
        for kind in _KINDS:
            some = [unit for units in added for unit in units if unit.key.kind == kind]
            texts = [unit.text for unit in some]
            ids = [str(unit.key) for unit in some]
            if ids:
                self.vectors.upsert(kind, ids, self.maker.embedder.embed_passages(texts))
        editions = dict.fromkeys(units[0].key.edition for units in (*added, *removed) if units)
        self.lexical.write(self._lexical_units(added), editions)

    def apply_cards(self, cards: Mapping[str, Sequence[CardText]]) -> None:
        """Makes `cards` all that is held of each of these records; repeating it changes nothing."""
        texts = [one for some in cards.values() for one in some]
        held = {str(one.key) for one in texts}
        if gone := [
            unit for record in cards for unit in self._possible(record) if unit not in held
        ]:
            self.vectors.delete("card", gone)
        if texts:
            vectors = self.maker.embedder.embed_passages([one.text for one in texts])
            self.vectors.upsert("card", [str(one.key) for one in texts], vectors)
        pieces = self.maker.pieces([(one.text,) for one in texts])
        self.cards.write(map(self._lexical_card, texts, pieces), map(cards_name, cards))

    def _possible(self, record: str) -> Iterable[str]:
        return (str(CardKey(record, language)) for language in LANGUAGES)

    def _lexical_card(self, card: CardText, pieces: UnitPieces | None) -> LexicalUnit:
        concepts = self.maker.concepts(card.text) if self.maker.concepts else ()
        return LexicalUnit(
            unit=str(card.key),
            edition=card.key.record,
            document="",
            kind="card",
            body=[*index_tokens(card.text, card.key.language), *concepts],
            pieces=pieces,
        )

    def _lexical_units(self, added: Iterable[Sequence[Unit]]) -> Iterable[LexicalUnit]:
        for units in added:
            held = self.maker.pieces(
                [(unit.text, *unit.heading_path, unit.opening) for unit in units]
            )
            for unit, pieces in zip(units, held, strict=True):
                key = unit.key
                concepts = self.maker.concepts(unit.text) if self.maker.concepts else ()
                heading = " ".join(unit.heading_path)
                yield LexicalUnit(
                    unit=str(key),
                    edition=key.edition,
                    document=key.document_id,
                    kind=key.kind,
                    body=[*index_tokens(unit.text, key.language), *concepts],
                    heading=index_tokens(heading, key.language),
                    pieces=pieces,
                )

    def probe(self, units: int | None, cards: int | None) -> None:
        """A cheap look at all: raises StoreDamaged unless each answers and holds so many.

        None leaves the number open.
        """
        self.vectors.probe()
        for index in (self.lexical, self.cards):
            index.search({"probe": 1.0}, 1)
        counts = self.vectors.count(), self.lexical.count()
        if units is not None and counts != (units, units):
            raise StoreDamaged(
                f"the indexes hold {counts[0]} vectors and {counts[1]} texts, not {units}"
            )
        counts = self.vectors.count(("card",)), self.cards.count()
        if cards is not None and counts != (cards, cards):
            raise StoreDamaged(
                f"the indexes hold {counts[0]} vectors and {counts[1]} texts of cards, not {cards}"
            )

    def close(self) -> None:
        """Lets go of all."""
        self.vectors.close()
        self.lexical.close()
        self.cards.close()
