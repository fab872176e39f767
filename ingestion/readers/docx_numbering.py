"""Automatic list numbers, counted as Word counts them."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from ingestion.readers.docx_package import W, is_on, value
from ingestion.readers.docx_styles import Styles
from ingestion.readers.numerals import number_in

_NO_LIST: Final = "0"
_BULLET: Final = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # after which level it starts again; 0 never, None after any
    style: str | None = None
    legal: bool = False  # every number in it is decimal


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)  # numbers at which this list begins anew


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands: its list and its depth from 0."""

    list_id: str
    level: int


class Numbering:
    """The lists of one document. `number` must be asked for each paragraph in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        nums = {value(num, "numId") or "": num for num in root.iter(W + "num")}
        for element in root.iter(W + "abstractNum"):
            self._abstract[value(element, "abstractNumId") or ""] = element
        self._nums = nums
        for list_id, num in nums.items():
            self._lists[list_id] = self._read_list(num)

    def _read_list(self, num: etree._Element) -> _List:
        abstract = self._resolve(value(num.find(W + "abstractNumId")) or "", depth=0)
        definition = self._abstract.get(abstract)
        levels: dict[int, _Level] = {}
        for element in definition.iter(W + "lvl") if definition is not None else ():
            levels[_index(element)] = _read_level(element)
        starts: dict[int, int] = {}
        for override in num.iter(W + "lvlOverride"):
            index = _index(override)
            own = override.find(W + "lvl")
            if own is not None:
                levels[index] = _read_level(own)
            start = value(override.find(W + "startOverride"))
            if start is not None and start.isdecimal():
                starts[index] = int(start)
                levels[index] = replace(levels.get(index, _Level()), start=int(start))
        return _List(abstract, levels, starts)

    def _resolve(self, abstract: str, depth: int) -> str:
        """Follow a definition that only points to a list style to the one that it stands for."""
        element = self._abstract.get(abstract)
        link = value(element.find(W + "numStyleLink")) if element is not None else None
        if link is None or depth > 10:
            return abstract
        numbered = value(self._styles.property(link, "pPr/numPr/numId"))
        num = self._nums.get(numbered or "")
        if num is None:
            return abstract
        return self._resolve(value(num.find(W + "abstractNumId")) or "", depth + 1)

    def place(self, paragraph: etree._Element) -> ListPlace | None:
        """The list place of a paragraph, by its own properties or by its style's."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = self._styles.style_of(paragraph)
        list_id = value(own.find(W + "numId")) if own is not None else None
        level = value(own.find(W + "ilvl")) if own is not None else None
        if list_id is None:
            list_id = value(self._styles.property(style, "pPr/numPr/numId"))
            if level is None and list_id is not None:
                level = self._level_of_style(list_id, style)
        if list_id is None or list_id == _NO_LIST or list_id not in self._lists:
            return None
        return ListPlace(list_id, int(level) if level and level.isdecimal() else 0)

    def _level_of_style(self, list_id: str, style: str | None) -> str | None:
        found = self._lists.get(list_id)
        if found:
            for index, level in found.levels.items():
                if level.style is not None and level.style == style:
                    return str(index)
        return value(self._styles.property(style, "pPr/numPr/ilvl"))

    def number(self, place: ListPlace) -> str | None:
        """Count one paragraph at `place` and give its number as printed, None for none."""
        found = self._lists[place.list_id]
        counts = self._counts.setdefault(found.abstract, {})
        level = found.levels.get(place.level, _Level())
        begins = (place.list_id, place.level) not in self._begun
        self._begun.add((place.list_id, place.level))
        if place.level not in counts or (begins and place.level in found.starts):
            counts[place.level] = level.start
        else:
            counts[place.level] += 1
        for deeper in [index for index in counts if index > place.level]:
            restart = found.levels.get(deeper, _Level()).restart
            if restart is None or place.level < restart:
                del counts[deeper]
        return self._printed(found, place.level, counts)

    def _printed(self, found: _List, index: int, counts: dict[int, int]) -> str | None:
        level = found.levels.get(index, _Level(text=f"%{index + 1}."))
        if level.form == "bullet":
            return _BULLET

        def count(match: re.Match[str]) -> str:
            other_index = int(match[1]) - 1
            other = found.levels.get(other_index, _Level())
            form = "decimal" if level.legal and other.form != "none" else other.form
            return number_in(form, counts.get(other_index, other.start))

        return re.sub(r"%([1-9])", count, level.text).strip() or None


def _index(element: etree._Element) -> int:
    index = value(element, "ilvl") or "0"
    return int(index) if index.isdecimal() else 0


def _read_level(element: etree._Element) -> _Level:
    start = value(element.find(W + "start")) or "1"
    restart = value(element.find(W + "lvlRestart"))
    # A format Word 2010 and later added stands in an alternative; the first is the real one.
    form = next(iter(element.iter(W + "numFmt")), None)
    name = value(form) or "decimal"
    return _Level(
        int(start) if start.isdecimal() else 1,
        "decimalZero" if name == "custom" else name,
        value(element.find(W + "lvlText")) or "",
        int(restart) if restart is not None and restart.isdecimal() else None,
        value(element.find(W + "pStyle")),
        is_on(element.find(W + "isLgl")),
    )
