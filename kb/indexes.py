"""The derived stores as one pair: dense vectors and full text, in one folder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from kb.analysis import VERSION, Concepts, index_tokens
from kb.documents import EditionKind
from kb.embedding import Embedder
from kb.errors import StoreDamaged
from kb.lexical import LexicalIndex, LexicalUnit
from kb.units import Unit
from kb.vectors import VectorStore

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


class Indexes:
    """One pair of open derived stores."""

    def __init__(self, folder: Path, maker: Maker, *, write: bool) -> None:
        """Opens the pair in `folder`. Raises StoreDamaged if either cannot be read."""
        self.folder = folder
        self.maker = maker
        self.vectors = VectorStore(folder / "vectors")
        try:
            self.lexical = LexicalIndex(folder / "fulltext", write=write)
        except BaseException:
            self.vectors.close()
            raise

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

    def _lexical_units(self, added: Iterable[Sequence[Unit]]) -> Iterable[LexicalUnit]:
        for units in added:
            for unit in units:
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
                )

    def probe(self, expected: int | None) -> None:
        """A cheap look at both: raises StoreDamaged unless each answers and holds `expected`.

        None leaves the number of units open.
        """
        self.vectors.probe()
        self.lexical.search({"probe": 1.0}, 1)
        counts = self.vectors.count(), self.lexical.count()
        if expected is not None and counts != (expected, expected):
            raise StoreDamaged(
                f"the indexes hold {counts[0]} vectors and {counts[1]} texts, not {expected}"
            )

    def close(self) -> None:
        """Lets go of both."""
        self.vectors.close()
        self.lexical.close()
