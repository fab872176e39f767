"""Text of an HTML element on one line, its footnote marks in place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml.html import HtmlElement

from ingestion.readers.clean import clean_text
from ingestion.readers.marks import mark, raised

BLOCKS: Final = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main menu "
        "nav ol p pre section summary table tbody td tfoot th thead tr ul caption",
    )
)
DROPPED: Final = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head nav svg math iframe object embed video audio "
        "canvas form button select input textarea option map meta link title",
    )
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_STYLE_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SUPER: Final = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_DROPPED_ROLES: Final = frozenset(
    ("navigation", "banner", "contentinfo", "search", "menu", "menubar")
)


@dataclass(frozen=True, slots=True)
class PageStyles:
    """Classes of a page's own style sheet that set text bold or raise it."""

    bold: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset(("sup", "superscript", "footnote-ref-number"))


def page_styles(root: HtmlElement) -> PageStyles:
    """What the style elements of a page say about bold and raised text."""
    bold: set[str] = set()
    super_: set[str] = set(PageStyles().raised)
    for style in root.iter("style"):
        for name, rule in _STYLE_RULE.findall(style.text or ""):
            if _BOLD.search(rule):
                bold.add(name)
            if _SUPER.search(rule):
                super_.add(name)
    return PageStyles(frozenset(bold), frozenset(super_))


def is_dropped(element: HtmlElement) -> bool:
    """Whether an element is no text of the document: navigation, scripts, what is hidden."""
    if not isinstance(element.tag, str):
        return True
    if element.tag in DROPPED or element.get("role") in _DROPPED_ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.tag in ("header", "footer"):
        # The head of an article may hold the document's title; the head of a page does not.
        inside = any(a.tag in ("article", "main", "section") for a in element.iterancestors())
        return element.tag == "footer" or not inside
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


@dataclass(slots=True)
class Inline:
    """Collects the text of inline elements.

    `marks` gives the footnote number of each link that is a mark; a link in `back` leads from a
    footnote to its mark and is left out.
    """

    styles: PageStyles
    marks: Mapping[HtmlElement, str] = field(default_factory=dict)
    back: frozenset[HtmlElement] = frozenset()

    def text(self, element: HtmlElement, *, skip: frozenset[HtmlElement] = frozenset()) -> str:
        """All text under `element`, lines apart by newlines, white space as a browser shows it."""
        parts: list[str] = []
        self._collect(element, parts, skip)
        return tidy("".join(parts))

    def add(self, element: HtmlElement, parts: list[str]) -> None:
        """Append the text of one inline element, without its tail, to `parts`."""
        tag = element.tag
        if is_dropped(element) or element in self.back:
            return
        if tag == "br":
            parts.append("\v")
        elif tag == "img":
            return
        elif element in self.marks:
            parts.append(mark(self.marks[element]))
        elif tag == "sup" or self._is_raised(element):
            inner = self.text(element)
            parts.append(raised("".join(parts)[-40:], inner) if "\ue000" not in inner else inner)
        elif tag in BLOCKS:
            parts.append("\v")
            self._collect(element, parts, frozenset())
            parts.append("\v")
        elif tag == "q":
            parts.append("“")
            self._collect(element, parts, frozenset())
            parts.append("”")
        else:
            self._collect(element, parts, frozenset())

    def _collect(
        self, element: HtmlElement, parts: list[str], skip: frozenset[HtmlElement]
    ) -> None:
        parts.append(clean_text(element.text or ""))
        for child in element:
            if child not in skip:
                self.add(child, parts)
            parts.append(clean_text(child.tail or ""))

    def _is_raised(self, element: HtmlElement) -> bool:
        classes = element.get("class")
        if classes and not self.styles.raised.isdisjoint(classes.split()):
            return True
        style = element.get("style")
        return style is not None and _SUPER.search(style) is not None

    def is_bold(self, element: HtmlElement) -> bool:
        """Whether everything that `element` shows is bold."""
        return bool(element.text_content().strip()) and self._all_bold(element, depth=0)

    def _all_bold(self, element: HtmlElement, depth: int) -> bool:
        if not isinstance(element.tag, str) or self._sets_bold(element):
            return True
        if depth > 20 or (element.text or "").strip():
            return False
        return all(
            not (child.tail or "").strip() and self._all_bold(child, depth + 1)
            for child in element
            if child.text_content().strip() or (child.tail or "").strip()
        )

    def _sets_bold(self, element: HtmlElement) -> bool:
        if element.tag in ("b", "strong"):
            return True
        classes = element.get("class")
        if classes and not self.styles.bold.isdisjoint(classes.split()):
            return True
        style = element.get("style")
        return style is not None and _BOLD.search(style) is not None


def tidy(text: str) -> str:
    """`text` with white space as a browser shows it; its line breaks, "\\v", become "\\n"."""
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\v"))
    return "\n".join(line for line in lines if line)
