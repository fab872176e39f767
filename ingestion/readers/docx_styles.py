"""Word's styles: which paragraphs are headings, numbered, bold or hidden by their style."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ingestion.readers.docx_package import W, is_on, value

_HEADING_NAME = re.compile(
    r"(?:heading|titre|t[ií]tulo|titolo|überschrift|заголовок|标题|標題|العنوان|عنوان)\s*([1-9])\b",
    re.IGNORECASE,
)
# The templates of UN offices name their heading styles "_ H _Ch_G", "_ H_1_G", "H23".
_UN_HEADING = re.compile(r"_?\s?H\s?_?\s?(Ch|M|1|2/3|23|4|5_6|56)(?:_?G)?", re.IGNORECASE)
_UN_LEVELS: Final = {"ch": 1, "m": 0, "1": 2, "2/3": 3, "23": 3, "4": 4, "5_6": 5, "56": 5}
_TITLE_NAME = re.compile(r"title|titre|t[ií]tulo|название|标题|العنوان", re.IGNORECASE)
_BODY_TEXT: Final = 9  # Word's outline level of everything that is no heading


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    element: etree._Element


class Styles:
    """The styles of one document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        for element in root.iter(W + "style") if root is not None else ():
            style_id = value(element, "styleId") or ""
            name = value(element.find(W + "name")) or style_id
            self._styles[style_id] = _Style(name, value(element.find(W + "basedOn")), element)
            is_default = value(element, "default") in ("1", "true")
            if is_default and value(element, "type") == "paragraph":
                self._default = style_id

    def style_of(self, paragraph: etree._Element) -> str | None:
        """Id of a paragraph's style, the default where it names none."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default

    def name(self, style: str | None) -> str:
        """Name of a style, "" for none."""
        found = self._styles.get(style or "")
        return found.name if found else (style or "")

    def chain(self, style: str | None) -> Iterator[etree._Element]:
        """A style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style].element
            style = self._styles[style].based_on

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """Outline level from 1, 0 for a title, None for text."""
        direct = value(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        if direct is not None and direct.isdecimal():
            return int(direct) + 1 if int(direct) < _BODY_TEXT else None
        style = self.style_of(paragraph)
        for element in self.chain(style):
            level = _level_by_name(value(element.find(W + "name")) or "")
            if level is None:
                level = _level_by_name(value(element, "styleId") or "")
            if level is not None:
                return level
            outline = value(element.find(f"{W}pPr/{W}outlineLvl"))
            if outline is not None and outline.isdecimal():
                return int(outline) + 1 if int(outline) < _BODY_TEXT else None
        return _level_by_name(style or "") if style not in self._styles else None

    def property(self, style: str | None, path: str) -> etree._Element | None:
        """The nearest element at `path` ("pPr/numPr") along a style's chain."""
        full = "/".join(W + part for part in path.split("/"))
        for element in self.chain(style):
            found = element.find(full)
            if found is not None:
                return found
        return None

    def toggled(self, run: etree._Element, style: str | None, toggle: str) -> bool:
        """Whether a run of a paragraph in `style` has a toggle such as "b" or "vanish" on."""
        properties = run.find(W + "rPr")
        if properties is not None:
            direct = properties.find(W + toggle)
            if direct is not None:
                return is_on(direct)
            character = value(properties.find(W + "rStyle"))
            if character and (own := self.property(character, f"rPr/{toggle}")) is not None:
                return is_on(own)
        return is_on(self.property(style, f"rPr/{toggle}"))


def _level_by_name(name: str) -> int | None:
    if match := _HEADING_NAME.fullmatch(name.strip()):
        return int(match[1])
    if match := _UN_HEADING.fullmatch(name.strip()):
        return _UN_LEVELS[match[1].lower()]
    return 0 if _TITLE_NAME.fullmatch(name.strip()) else None
