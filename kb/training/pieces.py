"""Texts as runs of piece numbers, kept flat so that a batch is cut out without touching Python."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ids = NDArray[np.int64]
_BATCH = 20_000


@dataclass(frozen=True)
class PieceRuns:
    """`pieces[starts[i]:starts[i + 1]]` are those of text i."""

    pieces: NDArray[np.int32]
    starts: Ids

    def cut(self, texts: Ids, longest: int) -> tuple[Ids, Ids]:
        """The pieces of `texts` one after another, the first `longest` of each, and where each
        begins."""
        begins = self.starts[texts]
        lengths = np.minimum(self.starts[texts + 1] - begins, longest)
        ends = np.cumsum(lengths)
        offsets = ends - lengths
        places = np.arange(ends[-1]) + np.repeat(begins - offsets, lengths)
        return self.pieces[places].astype(np.int64), offsets

    def lengths(self) -> Ids:
        """How many pieces each text has."""
        return np.diff(self.starts)


def cut_into_pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> PieceRuns:
    """Every text's pieces."""
    parts: list[NDArray[np.int32]] = []
    lengths: list[int] = []
    for start in range(0, len(texts), _BATCH):
        batch = tokenizer.encode_batch_fast(
            list(texts[start : start + _BATCH]), add_special_tokens=False
        )
        ids = [encoding.ids for encoding in batch]
        lengths.extend(map(len, ids))
        parts.append(np.fromiter((piece for run in ids for piece in run), np.int32))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return PieceRuns(np.concatenate(parts), starts)
