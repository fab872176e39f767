"""Footnotes and endnotes of a Word document: how they are numbered and what they say."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ingestion.readers.docx_package import Package, W, value
from ingestion.readers.numerals import number_in

_SIGNS: Final = "*†‡§"


@dataclass(slots=True)
class NoteNumbers:
    """Numbers of the notes in the order of their marks; `forms` are Word's number formats."""

    forms: dict[str, str]
    starts: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def next(self, part: str) -> str:
        """The number of the next note of `part`, "footnotes" or "endnotes"."""
        count = self._counts.get(part, 0)
        self._counts[part] = count + 1
        number = self.starts.get(part, 1) + count
        form = self.forms.get(part, "decimal")
        if form == "chicago":
            return _SIGNS[count % 4] * (count // 4 + 1)
        return number_in(form, number) or str(number)


def note_numbers(package: Package, body: etree._Element) -> NoteNumbers:
    """How the document says its notes are numbered."""
    forms = {"footnotes": "decimal", "endnotes": "lowerRoman"}
    starts: dict[str, int] = {}
    settings = package.related("settings")
    places = [settings] if settings is not None else []
    places += list(body.iter(W + "sectPr"))
    for place in places:
        for part, tag in (("footnotes", "footnotePr"), ("endnotes", "endnotePr")):
            properties = place.find(W + tag)
            if properties is None:
                continue
            forms[part] = value(properties.find(W + "numFmt")) or forms[part]
            start = value(properties.find(W + "numStart"))
            if start is not None and start.isdecimal():
                starts[part] = int(start)
    return NoteNumbers(forms, starts)


def note_bodies(package: Package) -> dict[tuple[str, str], etree._Element]:
    """(part, id) → the element that holds the paragraphs of a note; separators are none."""
    found: dict[tuple[str, str], etree._Element] = {}
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = package.related(part)
        for element in root.iter(W + tag) if root is not None else ():
            if value(element, "type") in (None, "normal"):
                found[part, value(element, "id") or ""] = element
    return found
