"""Printed lines of one paragraph put together: where a space belongs, and which hyphens stay."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from ingestion.blocks import MARK_CLOSE, MARK_OPEN

_HAN: Final = "\u2e80-\u2fff\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_IS_HAN = re.compile(f"[{_HAN}]")
_SHARED_SIGNS: Final = "“”‘’—…"  # belong to the script of their surroundings
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+)[-‐‑]$")
_HEAD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_ADDRESS_GOES_ON = re.compile(r"[/\-_.=?&#%~+]$")
_SPACED_DIGIT = re.compile(rf"[{_HAN}] [0-9A-Za-z]|[0-9A-Za-z%)] [{_HAN}]")
_TOUCHING_DIGIT = re.compile(rf"[{_HAN}][0-9A-Za-z]|[0-9A-Za-z%)][{_HAN}]")
# First parts of compounds that keep their hyphen.
_PREFIXES: Final = frozenset(
    re.findall(
        r"\w+",
        "multi non co sub inter intra re pre post self socio well long high low semi anti cross "
        "so all ex mid near quasi vice bio agro geo eco macro micro pan pro trans ultra under over "
        "one two three four five short large small full part best cost decision evidence gender "
        "science nature land time policy result results peer climate drought "
        "sous contre avant après semi quasi mi demi peut est socio franco afro euro "
        "во по из кое северо южно западно восточно научно социально экологически",
    )
)
_SUFFIX_PARTS: Final = re.compile(
    r"(?:t|s)?ions?|ments?|ings?|ed|ers?|ly|ity|ities|ness|ance|ences?|able|ible|ative|ational|"
    r"mente|ciones|ción|dad|dades|miento|mientos|tion|aux|elles?|ique|iques|"
    r"ния|ние|ний|ностью|ность|ности|тельно|ского|ской|ных|ный|ным|ного|лись|ется"
)


class LineJoiner:
    """Joins lines by the habits of their document.

    Built from all lines of it: a word that stands elsewhere in one piece loses the hyphen that a
    line's end gave it, and one that stands elsewhere with a hyphen keeps it.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        words: Counter[str] = Counter()
        spaced = touching = han = 0
        for line in lines:
            words.update(word.lower() for word in _WORD.findall(line.rstrip("-‐‑")))
            spaced += len(_SPACED_DIGIT.findall(line))
            touching += len(_TOUCHING_DIGIT.findall(line))
            han += len(_IS_HAN.findall(line))
        self._words = words
        self._han_and_digits_apart = spaced > touching
        self._is_han = han > sum(words.values())

    def join(self, before: str, after: str) -> str:
        """`before` and the line `after` it, as one text."""
        before, after = before.rstrip(" "), after.lstrip(" ")
        if not before or not after:
            return before + after
        if before.endswith("\u00ad"):
            return before[:-1] + after
        if _ADDRESS.search(before):
            goes_on = _ADDRESS_GOES_ON.search(before) or after[0] in "/?#&=%"
            return before + ("" if goes_on and after[0] not in "([" else " ") + after
        if after[0] == MARK_OPEN:
            return before + after
        if before[-1] in "-‐‑":
            return self._at_hyphen(before, after)
        if self._touch(before, after):
            return before + after
        return f"{before} {after}"

    def _touch(self, before: str, after: str) -> bool:
        """Whether nothing stands between the two lines: Han text, ranges, symbols."""
        last, first = before[-1], after[0]
        ends_han = self._is_han_sign(last, first)
        starts_han = self._is_han_sign(first, last)
        if last == MARK_CLOSE:
            return starts_han
        if ends_han and starts_han:
            return True
        if ends_han or starts_han:
            is_sign = not (last.isalnum() and first.isalnum())
            return is_sign or not self._han_and_digits_apart
        if last == "–" and before[-2:-1].isalnum() and first.isalnum():
            return True
        return last == "/" and before[-2:-1] not in ("", " ")

    def _is_han_sign(self, sign: str, neighbour: str) -> bool:
        if sign in _SHARED_SIGNS:
            return self._is_han if neighbour in _SHARED_SIGNS else bool(_IS_HAN.match(neighbour))
        return _IS_HAN.match(sign) is not None

    def _at_hyphen(self, before: str, after: str) -> str:
        tail, head = _TAIL.search(before), _HEAD.match(after)
        if tail is None or head is None:
            # "2021-" + "2030", "COP-" + "16"; but a dash with a space in front stays a dash.
            return f"{before} {after}" if before[-2:-1] in ("", " ") else before + after
        if not after[0].islower():
            return before + after
        left, right = tail[1].lower(), head[0].lower()
        whole, hyphened = self._words[left + right], self._words[f"{left}-{right}"]
        if whole or hyphened:
            return before[:-1] + after if whole >= hyphened else before + after
        if left in _PREFIXES or not self._is_broken_word(left, right):
            return before + after
        return before[:-1] + after

    def _is_broken_word(self, left: str, right: str) -> bool:
        """Whether the parts make sense only together. In doubt the hyphen stays."""
        if _SUFFIX_PARTS.fullmatch(right):
            return True
        known_left, known_right = self._words[left] > 0, self._words[right] > 1
        if known_left and len(left) > 2:
            return False
        return not (known_right and len(right) > 3) or len(left) <= 2
