"""What every contestant is given and gives back. Imports nothing heavy: memory is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Text:
    """One edition of a document, as plain text."""

    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The same documents twice: `files` and the shipped digests for us, `texts` for peers.

    `paragraphs` counts the numbered ones of every edition: what times are divided by.
    """

    name: str
    files: tuple[Path, ...]
    texts: tuple[Text, ...]
    paragraphs: int
    with_digests: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A hit; `label` is the official paragraph's, None where the system knows none."""

    document_id: str
    text: str
    label: str | None = None


class Contestant(Protocol):
    """A system over a folder of its own, empty at first. `ingest` is called once."""

    def ingest(self, corpus: Corpus) -> None:
        """Makes the documents findable."""

    def search(self, query: str, k: int) -> Sequence[Found]:
        """At most `k` hits, best first."""

    def written(self) -> tuple[Path, Path | None]:
        """Puts on disk what is not there yet: the folder, and that of model weights, if any."""

    def close(self) -> None:
        """Lets go of what is open."""
