"""The parts of a Word file that are the same for every note of a language."""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from api.brief_files.docx_text import LOCALES, NAMESPACES, Writing, field, run
from kb.languages import Language

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_BLUE: Final = "1F4E79"


def content_types() -> str:
    """`[Content_Types].xml`."""
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("footnotes", "footnotes"),
            ("footer1", "footer"),
        )
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def package_relations() -> str:
    """`_rels/.rels`."""
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )


def document_relations() -> str:
    """`word/_rels/document.xml.rels`."""
    names = ("styles", "numbering", "settings", "footnotes", "footer1")
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATIONS}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for at, name in enumerate(names, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def core_properties(title: str, topic: str, language: Language, dated: str | None) -> str:
    """`docProps/core.xml`."""
    day = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{dated}T00:00:00Z</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{dated}T00:00:00Z</dcterms:modified>'
        if dated
        else ""
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(topic)}</dc:subject>"
        f"<dc:creator>LandBrief</dc:creator><dc:language>{LOCALES[language]}</dc:language>{day}"
        "</cp:coreProperties>"
    )


def settings(writing: Writing) -> str:
    """`word/settings.xml`."""
    locale = LOCALES[writing.language]
    return (
        f'{_HEAD}<w:settings {NAMESPACES}><w:defaultTabStop w:val="567"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{locale if locale != "ar-SA" else "en-GB"}" '
        'w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:settings>'
    )


def footnotes(notes: Sequence[str]) -> str:
    """`word/footnotes.xml`: the two lines that part them from the text, then the notes."""
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
        f"<w:r><w:{mark}/></w:r></w:p></w:footnote>"
        for kind, number, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    return f"{_HEAD}<w:footnotes {NAMESPACES}>{rules}{''.join(notes)}</w:footnotes>"


def footer(writing: Writing) -> str:
    """`word/footer1.xml`: the page's number."""
    number = writing.paragraph(field("PAGE", run("1")), "Footer")
    return f"{_HEAD}<w:ftr {NAMESPACES}>{number}</w:ftr>"


def numbering() -> str:
    """`word/numbering.xml`: the bullets of lists."""
    return (
        f'{_HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def styles(writing: Writing) -> str:
    """`word/styles.xml`."""
    locale = LOCALES[writing.language]
    latin = "en-GB" if writing.is_rtl else locale
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" '
        'w:eastAsia="SimSun"/><w:sz w:val="20"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{latin}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    return f"{_HEAD}<w:styles {NAMESPACES}>{defaults}{''.join(_styles())}</w:styles>"


def _styles() -> list[str]:
    heading = f'<w:b/><w:bCs/><w:color w:val="{_BLUE}"/>'
    line = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="{_BLUE}"/></w:pBdr>'
    return [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>",
        _style("Title", "Title", '<w:spacing w:after="60"/>', _sized(heading, 32)),
        _style("Subtitle", "Subtitle", '<w:spacing w:after="120"/>', _sized("<w:i/><w:iCs/>", 19)),
        _style(
            "Heading1",
            "heading 1",
            f'<w:keepNext/>{line}<w:spacing w:before="120" w:after="50"/><w:outlineLvl w:val="0"/>',
            _sized(heading, 25),
            following="Normal",
        ),
        _style(
            "ListBullet",
            "List Bullet",
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="50"/>'
            '<w:ind w:left="340" w:hanging="340"/>',
        ),
        _style(
            "Caption",
            "caption",
            '<w:keepNext/><w:spacing w:before="100" w:after="60"/>',
            _sized("<w:b/><w:bCs/>", 20),
        ),
        _style("TablesHeading", "Tables Heading", "<w:keepNext/>", _sized("<w:b/><w:bCs/>", 19)),
        _style("TableofFigures", "table of figures", '<w:spacing w:after="0"/>', _sized("", 19)),
        _style("TableText", "Table Text", '<w:spacing w:after="0" w:line="240"/>', _sized("", 16)),
        _style(
            "BarText",
            "Bar Text",
            '<w:spacing w:before="20" w:after="20" w:line="240"/><w:jc w:val="center"/>',
            _sized("", 17),
        ),
        _style("AfterTable", "After Table", '<w:spacing w:after="0" w:line="120"/>', _sized("", 8)),
        _style("Source", "Source", '<w:spacing w:after="60"/>', _sized("", 19)),
        _style(
            "FootnoteText",
            "footnote text",
            '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
            _sized("", 15),
        ),
        _style("Footer", "footer", '<w:jc w:val="center"/>', _sized("", 18)),
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "</w:style>",
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
        "</w:style>",
        '<w:style w:type="table" w:styleId="NoteTable"><w:name w:val="Note Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_borders()}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>",
    ]


def _style(
    key: str, name: str, paragraph: str = "", text: str = "", following: str | None = None
) -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{text}</w:rPr></w:style>"
    )


def _sized(text: str, half_points: int) -> str:
    """Arabic letters are small for their size: they get two half-points more."""
    return f'{text}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points + 2}"/>'


def _borders() -> str:
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA7B5"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
