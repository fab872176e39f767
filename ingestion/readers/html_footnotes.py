"""Which links of an HTML page are footnote marks, and which elements the footnotes' bodies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml.html import HtmlElement

_SHORT = re.compile(r"\s*[\[(]?\s*(\d{1,3}|\*{1,4}|[†‡]|[a-z])\s*[\])]?\s*")
_BODY_TAGS: Final = frozenset(("li", "p", "div", "aside", "td", "dd", "section"))
_BODY_ID = re.compile(
    r"(?:fn|ftn|_ftn|footnote|endnote|edn|_edn|note|cite_note|sdfootnote|sdendnote)[-_:.]*(\d{1,3})",
    re.IGNORECASE,
)
_NOTE_WORD = re.compile(r"note|^fn|ftn|edn|^ref|noteref|cite", re.IGNORECASE)
_ARROW = re.compile(r"\s*[↩↑^⤴⏎\ufe0e\ufe0f]+\s*")


@dataclass(frozen=True, slots=True)
class PageNotes:
    """`marks`: link → number; `bodies`: element → number; `back`: links from a body to its mark."""

    marks: Mapping[HtmlElement, str] = field(default_factory=dict)
    bodies: Mapping[HtmlElement, str] = field(default_factory=dict)
    back: frozenset[HtmlElement] = frozenset()


def page_notes(root: HtmlElement) -> PageNotes:
    """The footnotes of a page. A link is a mark when its short text leads further down, to a
    passage that is not a section, and something calls it a note: its tag, class, id or target."""
    order = {element: index for index, element in enumerate(root.iter())}
    targets: dict[str, HtmlElement] = {}
    for element in order:
        if isinstance(element.tag, str):
            for name in (element.get("id"), element.get("name")):
                if name:
                    targets.setdefault(name, element)
    marks: dict[HtmlElement, str] = {}
    bodies: dict[HtmlElement, str] = {}
    back: set[HtmlElement] = set()
    for link in root.iter("a"):
        href = link.get("href", "")
        if not href.startswith("#") or len(href) < 2:
            continue
        text = link.text_content()
        target = targets.get(href[1:])
        if _ARROW.fullmatch(text):
            back.add(link)
            continue
        match = _SHORT.fullmatch(text)
        if match is None or target is None:
            continue
        if order[target] < order[link]:
            if _is_note_link(link, href):
                back.add(link)
            continue
        body = _body_of(target)
        if body is None or link in set(body.iterdescendants()):
            continue
        if _is_note_link(link, href) or _BODY_ID.fullmatch(href[1:]):
            marks[link] = match[1]
            bodies[body] = match[1]
    for element, number in _bodies_by_name(root):
        bodies.setdefault(element, number)
    return PageNotes(marks, _outermost(bodies), frozenset(back))


def _is_note_link(link: HtmlElement, href: str) -> bool:
    if link.getparent() is not None and link.getparent().tag == "sup":
        return True
    if any(child.tag == "sup" for child in link):
        return True
    words = (link.get("class"), link.get("id"), link.get("name"), link.get("role"), href[1:])
    return any(word and _NOTE_WORD.search(word) for word in words)


def _body_of(target: HtmlElement) -> HtmlElement | None:
    for element in (target, *target.iterancestors()):
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "body"):
            return None
        if element.tag in _BODY_TAGS:
            holds_sections = any(True for _ in element.iter("h1", "h2", "h3", "h4", "table"))
            return None if holds_sections else element
    return None


def _bodies_by_name(root: HtmlElement) -> list[tuple[HtmlElement, str]]:
    found = []
    for element in root.iter("p", "li", "div", "aside"):
        match = _BODY_ID.fullmatch(element.get("id") or "")
        if match and "ref" not in element.get("id", ""):
            found.append((element, match[1]))
        elif element.get("role") in ("doc-footnote", "doc-endnote"):
            leading = re.match(r"\s*[\[(]?(\d{1,3})", element.text_content())
            found.append((element, leading[1] if leading else str(len(found) + 1)))
    return found


def _outermost(bodies: dict[HtmlElement, str]) -> dict[HtmlElement, str]:
    """Where one body holds another of the same number, the outer one is the body."""
    return {
        element: number
        for element, number in bodies.items()
        if not any(ancestor in bodies for ancestor in element.iterancestors())
    }
