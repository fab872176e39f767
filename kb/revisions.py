"""How a symbol's suffixes tie documents together: `/Rev.N` replaces, `/Corr.N` corrects."""

import re
from typing import Final

_REVISION: Final = re.compile(r"/Rev\.(\d+)$")
_CORRECTION: Final = re.compile(r"/Corr\.\d+$")
_AMENDING: Final = re.compile(r"/(?:Rev|Corr|Add)\.\d+$")


def base_and_revision(symbol: str) -> tuple[str, int]:
    """The symbol without its last `/Rev.N`, and N; 0 for a document that is no revision."""
    match = _REVISION.search(symbol)
    return (symbol[: match.start()], int(match[1])) if match else (symbol, 0)


def corrected_symbol(symbol: str) -> str | None:
    """The symbol that a corrigendum corrects; None if `symbol` is no corrigendum's."""
    match = _CORRECTION.search(symbol)
    return symbol[: match.start()] if match else None


def is_amending(symbol: str) -> bool:
    """Whether `symbol` names a document made from another one: revised, corrected, added to."""
    return _AMENDING.search(symbol) is not None
