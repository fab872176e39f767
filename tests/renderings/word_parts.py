"""Small pieces of WordprocessingML that python-docx has no words for."""

from typing import Any, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from .model import Footnote, RenderedDocument

_SEPARATORS: Final = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>"
)
# What the schema wants after w:bidi among those that python-docx and these modules write.
_AFTER_BIDI: Final = ("w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")


def element(tag: str, **attributes: str) -> Any:
    """`<w:tag w:name="value"/>`; a trailing underscore in a name is dropped."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), value)
    return made


def number(paragraph: Any, list_number: int, level: int = 0) -> None:
    """Puts a paragraph or a style into a list; list 0 takes it out of its style's list."""
    properties = paragraph._element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list_number


def page_break(run: Any) -> None:
    """Breaks the page inside a paragraph, with the trace that Word leaves on the next one."""
    run._r.append(element("br", type="page"))
    run._r.append(element("lastRenderedPageBreak"))


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field such as PAGE with the result that Word last showed."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        run._r.append(element("fldChar", fldCharType=kind))
        if kind == "begin":
            instruction = element("instrText")
            instruction.text = f" {code} "
            paragraph.add_run()._r.append(instruction)
        elif kind == "separate":
            paragraph.add_run(shown)


def footnote_reference(paragraph: Any, identity: int, custom: str | None) -> None:
    """Refers to a footnote, by its automatic number or by a `custom` mark."""
    run = paragraph.add_run()
    run.style = "Footnote Reference"
    reference = element("footnoteReference", id=str(identity))
    run._r.append(reference)
    if custom is not None:
        reference.set(qn("w:customMarkFollows"), "1")
        run.add_text(custom)


def add_footnotes(word: Any, document: RenderedDocument, bullets: int) -> None:
    """Gives the file its footnotes, numbered as they stand in `document`."""
    root = parse_xml(f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}</w:footnotes>")
    for identity, note in enumerate(document.footnotes, start=1):
        root.append(_footnote(note, identity, bullets, document.right_to_left))
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def right_to_left(element_: Any) -> None:
    """Marks every paragraph, run and table below `element_` as running from right to left."""
    for paragraph in element_.iter(qn("w:p")):
        properties = paragraph.get_or_add_pPr()
        properties.insert_element_before(element("bidi"), *_AFTER_BIDI)
    for run in element_.iter(qn("w:r")):
        run.get_or_add_rPr().append(element("rtl"))
    for properties in element_.iter(qn("w:tblPr")):
        properties.insert_element_before(element("bidiVisual"), "w:tblW", "w:tblLook")


def _footnote(note: Footnote, identity: int, bullets: int, rtl: bool) -> Any:
    mark = "<w:t>*</w:t>" if note.mark == "*" else "<w:footnoteRef/>"
    made = parse_xml(
        f'<w:footnote {nsdecls("w")} w:id="{identity}"><w:p><w:pPr>'
        '<w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr>'
        f'<w:rStyle w:val="FootnoteReference"/></w:rPr>{mark}</w:r></w:p></w:footnote>'
    )
    made[0].append(_run(f" {note.text}"))
    for bullet in note.bullets:
        made.append(_bullet(bullet, bullets))
    if rtl:
        right_to_left(made)
    return made


def _bullet(text: str, bullets: int) -> Any:
    paragraph = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="FootnoteText"/><w:numPr>'
        f'<w:ilvl w:val="0"/><w:numId w:val="{bullets}"/></w:numPr></w:pPr></w:p>'
    )
    paragraph.append(_run(text))
    return paragraph


def _run(text: str) -> Any:
    run = OxmlElement("w:r")
    run.text = text
    return run
