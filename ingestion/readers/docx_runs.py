"""The text of a Word paragraph: its runs, with fields, marks and tracked changes sorted out."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ingestion.readers.clean import clean_text
from ingestion.readers.docx_notes import NoteNumbers
from ingestion.readers.docx_package import W, is_on, value
from ingestion.readers.docx_styles import Styles
from ingestion.readers.marks import mark, raised

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DOC_PR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PAGE_FIELD = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION|FILENAME|TC|XE)\b", re.IGNORECASE
)
_RAISED_TEXT = re.compile(r"\s*(?:\d{1,3}|\*{1,4}|[†‡])\s*")

LINE_BREAK: Final = "\n"
PAGE_BREAK: Final = "\f"


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph shows. `text` holds "\\n" for line and "\\f" for page breaks; `notes` are
    the footnotes whose marks stand in it; `boxes` are text boxes anchored in it."""

    text: str = ""
    bold: bool = False
    notes: list[tuple[str, str, str]] = field(default_factory=list)  # part, id, number
    boxes: list[etree._Element] = field(default_factory=list)
    images: list[str] = field(default_factory=list)  # their alternative texts


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows_result: bool = False


@dataclass(slots=True)
class RunReader:
    """Reads the paragraphs of one document in order: a field may span several of them."""

    styles: Styles
    numbers: NoteNumbers
    deletions: int = 0
    insertions: int = 0
    _fields: list[_Field] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _letters: int = 0
    _bold_letters: int = 0
    _custom_mark: tuple[str, str] | None = None

    def read(self, paragraph: etree._Element) -> ParagraphText:
        """The text of a `w:p` element."""
        self._parts, self._letters, self._bold_letters = [], 0, 0
        found = ParagraphText()
        style = self.styles.style_of(paragraph)
        self._walk(paragraph, style, found)
        found.text = unicodedata.normalize("NFC", "".join(self._parts))
        found.bold = 0 < self._letters == self._bold_letters
        return found

    def _walk(self, parent: etree._Element, style: str | None, found: ParagraphText) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element, style, found)
            elif tag in (W + "del", W + "moveFrom"):
                self.deletions += 1
            elif tag in (W + "ins", W + "moveTo"):
                self.insertions += 1
                self._walk(element, style, found)
            elif tag == W + "fldSimple":
                if not _PAGE_FIELD.match(value(element, "instr") or ""):
                    self._walk(element, style, found)
            elif tag == _MC + "AlternateContent":
                self._walk(_chosen(element), style, found)
            elif tag in (_M + "oMath", _M + "oMathPara"):
                self._add("".join(t.text or "" for t in element.iter(_M + "t")), bold=False)
            elif tag != W + "pPr":
                self._walk(element, style, found)

    def _run(self, run: etree._Element, style: str | None, found: ParagraphText) -> None:
        if self.styles.toggled(run, style, "vanish"):
            return
        bold = self.styles.toggled(run, style, "b")
        is_raised = value(run.find(f"{W}rPr/{W}vertAlign")) == "superscript"
        start = len(self._parts)
        for element in run:
            self._run_content(element, found, bold=bold)
        if self._custom_mark and len(self._parts) > start:
            self._end_custom_mark(start, found)
        elif is_raised:
            text = "".join(self._parts[start:])
            if _RAISED_TEXT.fullmatch(text):
                before = "".join(self._parts[max(0, start - 4) : start])
                self._parts[start:] = [raised(before, text.strip())]

    def _run_content(self, element: etree._Element, found: ParagraphText, *, bold: bool) -> None:
        tag = element.tag
        if tag == W + "fldChar":
            self._field_mark(value(element, "fldCharType"))
        elif tag == W + "instrText":
            if self._fields:
                self._fields[-1].instruction += element.text or ""
        elif self._is_silent():
            return
        elif tag == W + "t":
            self._add(clean_text(element.text or "").replace("\n", " "), bold=bold)
        elif tag in (W + "tab", W + "ptab"):
            self._parts.append("\t")
        elif tag in (W + "br", W + "cr"):
            is_page = value(element, "type") in ("page", "column")
            self._parts.append(PAGE_BREAK if is_page else LINE_BREAK)
        elif tag == W + "noBreakHyphen":
            self._add("-", bold=bold)
        elif tag == W + "sym":
            self._add(_symbol(value(element, "char")), bold=bold)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            self._note(element, found)
        elif tag == W + "ruby":
            self._walk(element.find(W + "rubyBase"), None, found)
        elif tag == _MC + "AlternateContent":
            for inner in _chosen(element):
                self._run_content(inner, found, bold=bold)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            _collect_drawing(element, found)

    def _add(self, text: str, *, bold: bool) -> None:
        self._parts.append(text)
        letters = sum(c.isalnum() for c in text)
        self._letters += letters
        self._bold_letters += letters if bold else 0

    def _field_mark(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            current = self._fields[-1]
            current.shows_result = not _PAGE_FIELD.match(current.instruction)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_silent(self) -> bool:
        return any(not current.shows_result for current in self._fields)

    def _note(self, element: etree._Element, found: ParagraphText) -> None:
        part = "footnotes" if element.tag == W + "footnoteReference" else "endnotes"
        note_id = value(element, "id") or ""
        if is_on_attribute(element, "customMarkFollows"):
            self._custom_mark = (part, note_id)
            return
        number = self.numbers.next(part)
        found.notes.append((part, note_id, number))
        self._parts.append(mark(number))

    def _end_custom_mark(self, start: int, found: ParagraphText) -> None:
        """The author's own mark ("*") stands in the run of its reference, or in the next one."""
        text = "".join(self._parts[start:]).strip()
        if self._custom_mark and text:
            part, note_id = self._custom_mark
            self._custom_mark = None
            found.notes.append((part, note_id, text))
            self._parts[start:] = [mark(text)]


def is_on_attribute(element: etree._Element, name: str) -> bool:
    """Whether the attribute `w:name` is set to true."""
    return value(element, name) in ("1", "true", "on")


def _symbol(code: str | None) -> str:
    try:
        text = clean_text(chr(int(code or "", 16)))
    except (ValueError, OverflowError):
        return ""
    # What only a symbol font can show has no meaning in running text.
    return "" if unicodedata.category(text[:1] or " ") == "Co" else text


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The first choice of an alternative, else its fallback: the same content twice."""
    for name in ("Choice", "Fallback"):
        found = alternatives.find(_MC + name)
        if found is not None:
            return found
    return alternatives


def _collect_drawing(element: etree._Element, found: ParagraphText) -> None:
    boxes: list[etree._Element] = []
    _find_boxes(element, boxes)
    found.boxes += boxes
    for properties in element.iter(_DOC_PR):
        if not boxes:
            found.images.append(clean_text(properties.get("descr") or "").replace("\n", " "))


def _find_boxes(element: etree._Element, boxes: list[etree._Element]) -> None:
    for child in element:
        if child.tag == W + "txbxContent":
            boxes.append(child)
        elif child.tag == _MC + "AlternateContent":
            _find_boxes(_chosen(child), boxes)
        else:
            _find_boxes(child, boxes)


def is_deleted_mark(paragraph: etree._Element) -> bool:
    """Whether a tracked change took away the end of a paragraph, joining it to the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def is_page_break_before(paragraph: etree._Element) -> bool:
    """Whether a paragraph begins a page by its own properties."""
    return is_on(paragraph.find(f"{W}pPr/{W}pageBreakBefore"))
