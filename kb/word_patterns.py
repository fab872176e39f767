"""Word lists of the data files as regex sources.

In the data, forms are separated by `|`; a form that ends in `*` takes any ending (Russian cases).
"""

import re
from collections.abc import Iterable

# Characters around a single one that make another word of it: 公约 (convention), 最近 (recently),
# 联合国 (United Nations), 国别 (by country).
_NOT_AFTER = {"约": "(?<![公里条合契大节])", "近": "(?<![最附邻])", "国": "(?<![合我本各帝全])"}
_NOT_BEFORE = {"国": "(?![际内别家务土外民])"}


def alternation(listed: Iterable[str], *, start: bool = True) -> str:
    """Regex source that matches any of the forms, the longest first; never matches if none.

    With `start` a form matches only where a word starts (Arabic joins short words in front).
    """
    ordered = sorted(set(listed), key=lambda form: (-len(form), form))
    return "|".join(form_source(form, start=start) for form in ordered) or r"(?!)"


def form_source(form: str, *, start: bool = True) -> str:
    """Regex source of one form, bounded by the ends of words; Han has no such ends."""
    before = _NOT_AFTER.get(form, "")
    pieces = []
    for piece in form.split(" "):
        stem = re.escape(piece.rstrip("*")).replace("'", "['’]")
        pieces.append(stem + (r"[^\W\d_]*" if piece.endswith("*") else ""))
    source = r"[\s\u00a0]+".join(pieces)
    if start and form[0].isalpha() and not _is_han(form[0]):
        before += r"(?<![^\W\d_])"
    after = r"(?![^\W\d_])" if form[-1].isalpha() and not _is_han(form[-1]) else ""
    return before + source + after + _NOT_BEFORE.get(form, "")


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
