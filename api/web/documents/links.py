"""Where a text names documents that are held, or addresses of the web."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kb.references import find_decisions, find_symbols, plain_digits

_LOOKALIKES: Final = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'（）「」，。；、\u0600-\u06ff]+")
_AFTER_ADDRESS: Final = ".,;:!?)]}'\"»"
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_BACKSLASHES: Final = r"\\?"


@dataclass(frozen=True, slots=True)
class Link:
    """`text[start:end]` leads to `href`, `outside` of this server.

    An empty `href` leads nowhere: the span only keeps its own direction within an Arabic text.
    """

    start: int
    end: int
    href: str
    outside: bool = False


def page_of(document_id: str) -> str:
    """The address of a document's page."""
    return f"/documents/{quote(document_id)}"


class Links:
    """Finds links to the documents of `held`: their ids by every name that they go by."""

    def __init__(self, held: Mapping[str, str], *, but: str) -> None:
        """None leads to the document `but`, which is the one that is read."""
        self._held = {name: one for name, one in held.items() if one != but}

    def of(self, text: str) -> tuple[Link, ...]:
        """The links of `text` in order; none overlaps another."""
        found: list[Link] = []
        for link in sorted(self._all(text), key=lambda one: (one.start, -one.end)):
            if not found or link.start >= found[-1].end:
                found.append(link)
        return tuple(found)

    def _all(self, text: str) -> Iterator[Link]:
        for match in _ADDRESS.finditer(text):
            address = match[0].rstrip(_AFTER_ADDRESS)
            yield Link(match.start(), match.start() + len(address), address, outside=True)
        if not ("/" in text or "／" in text):
            return
        # Both keep every character in its place.
        plain = plain_digits(text).translate(_LOOKALIKES)
        is_arabic = _ARABIC.search(text) is not None
        for name, pattern in self._named(text):
            href = page_of(self._held[name]) if name in self._held else ""
            if not href and not is_arabic:
                continue
            for start, end in _places(pattern, plain):
                if href or not _ARABIC.search(text, start, end):
                    yield Link(start, end, href)

    def _named(self, text: str) -> Iterator[tuple[str, str]]:
        """What a text names, and the pattern of how it prints that."""
        for name in find_symbols(text):
            yield name, _as_printed(name)
        for name in find_decisions(text):
            yield name, _decision_as_printed(name)


def names_of(documents: Iterable[tuple[str, str | None]]) -> Mapping[str, str]:
    """Ids by the names that documents, each an id and a symbol, go by."""
    return {
        name: document_id
        for document_id, symbol in documents
        for name in (document_id, symbol)
        if name
    }


def _places(pattern: str, plain: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<![A-Za-z0-9/]){pattern}(?![A-Za-z0-9/(])", plain):
        yield match.span()


def _as_printed(symbol: str) -> str:
    """A symbol with the spaces and the marks of a conversion that a text may print in it."""
    parts = re.split(r"([/() ])", symbol)
    spelled = {"/": r"\s?/\s?", " ": r"\s+"}
    return "".join(
        spelled.get(part) or (_BACKSLASHES + re.escape(part) if part in "()" else re.escape(part))
        for part in parts
        if part
    )


def _decision_as_printed(decision: str) -> str:
    number, _, rest = decision.partition("/")
    body, _, session = rest.partition(".")
    return rf"{number}\s?/\s?(?:{body}\s?[.\-]|م\s?أ\s?[-–.])\s?{session}"
