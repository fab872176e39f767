"""What a chat model writes, read into sentences with the evidence keys that they cite."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kb.languages import Language
from kb.sentences import sentences

_KEYS: Final = re.compile(r"\s*[\[【(（]\s*(E\d{1,3}(?:\s*[,;，、]\s*E?\d{1,3})*)\s*[\]】)）]")
_MORE_KEYS: Final = re.compile(r"[ \t]*(?:[\[【(（][^\]】)）]{0,40})?")  # may become some
_KEY: Final = re.compile(r"\d{1,3}")
_ENDING: Final = re.compile(r"\s*[.。!！?？؟]")
_MARKS: Final = re.compile(r"^[ \t]*(?:[-*•·#>]+|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_EMPHASIS: Final = re.compile(r"\*\*|__|`")


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft and the keys that it cites, of which some may not exist."""

    text: str
    keys: tuple[str, ...]


class DraftReader:
    """Reads a draft piece by piece: a sentence is given as soon as what follows its keys shows
    that there are no more of them. A key stands for every sentence since the keys before it, as
    far as they are on its line.
    """

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._held = ""

    def feed(self, text: str) -> Iterator[DraftSentence]:
        """The sentences that `text` completes."""
        self._held += text
        yield from self._complete(ended=False)

    def rest(self) -> Iterator[DraftSentence]:
        """The sentences that are left when the draft has ended."""
        yield from self._complete(ended=True)
        yield from self._sentences(self._held, ())
        self._held = ""

    def _complete(self, *, ended: bool) -> Iterator[DraftSentence]:
        while (match := _KEYS.search(self._held)) is not None:
            end, found = match.end(), [match[1]]
            while (more := _KEYS.match(self._held, end)) is not None:
                end, found = more.end(), [*found, more[1]]
            stop = _ENDING.match(self._held, end)
            end = stop.end() if stop is not None else end
            if not ended and _MORE_KEYS.fullmatch(self._held, end):
                return
            said = self._held[: match.start()] + (stop[0].strip() if stop is not None else "")
            self._held = self._held[end:]
            *uncited, line = said.rstrip().split("\n") or [""]
            for one in uncited:
                yield from self._sentences(one, ())
            keys = tuple(dict.fromkeys(f"E{int(k)}" for some in found for k in _KEY.findall(some)))
            yield from self._sentences(line, keys)

    def _sentences(self, text: str, keys: tuple[str, ...]) -> Iterator[DraftSentence]:
        plain = _EMPHASIS.sub("", _MARKS.sub("", text)).strip()
        for span in sentences(plain, self._language):
            yield DraftSentence(span.of(plain), keys)
