"""Word documents: what Word would print, with the numbers it computes."""

import io
from xml.sax.saxutils import escape

import pytest
from bad_inputs import WORD, word_file, zipped
from docx import Document

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block, Source
from ingestion.readers.docx import read_docx
from ingestion.readers.limits import ReadLimits
from ingestion.readers.numerals import number_in

NS = f'xmlns:w="{WORD}"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def mark(number: str) -> str:
    return f"{MARK_OPEN}{number}{MARK_CLOSE}"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    runs = "".join(item if item.startswith("<") else run(item) for item in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def item(text: str, level: int = 0, num: int = 1) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return paragraph(text, properties=place)


def level(index: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(abstract: dict[int, str], nums: dict[int, tuple[int, str]]) -> str:
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'
        for key, levels in abstract.items()
    )
    uses = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{which}"/>{more}</w:num>'
        for key, (which, more) in nums.items()
    )
    return f"<w:numbering {NS}>{lists}{uses}</w:numbering>"


def read(body: str, **parts: str) -> Source:
    names = {name: f"word/{name}.xml" for name in parts if name != "header"}
    related = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
        for name in parts
    )
    files = {names.get(name, f"word/{name}.xml"): content for name, content in parts.items()}
    files["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{related}</Relationships>"
    )
    return read_docx(word_file(body, files), ReadLimits())


def blocks_of(body: str, **parts: str) -> list[Block]:
    return list(read(body, **parts).blocks)


def numbers(body: str, definition: str, **parts: str) -> list[str | None]:
    return [block.number for block in blocks_of(body, numbering=definition, **parts)]


def test_list_numbers_are_counted_through_levels_and_interruptions() -> None:
    levels = (
        level(0, "decimal", "%1.")
        + level(1, "lowerLetter", "(%2)")
        + level(2, "lowerRoman", "(%3)")
    )
    definition = numbering({0: levels}, {1: (0, "")})
    body = (
        item("a") + item("b") + item("c", 1) + item("d", 2) + item("e", 2) + item("f", 1)
        + paragraph("between") + item("g", 1) + item("h") + item("i", 1) + item("j", 2)
    )  # fmt: skip
    assert numbers(body, definition) == [
        "1.", "2.", "(a)", "(i)", "(ii)", "(b)", None, "(c)", "3.", "(a)", "(i)",
    ]  # fmt: skip


def test_numbers_show_the_levels_above_them() -> None:
    levels = level(0, "decimal", "%1.", start=14) + level(1, "decimal", "%1.%2")
    assert numbers(
        item("a") + item("b", 1) + item("c", 1) + item("d") + item("e", 1),
        numbering({0: levels}, {1: (0, "")}),
    ) == ["14.", "14.1", "14.2", "15.", "15.1"]


def test_lists_of_one_definition_go_on_and_overrides_start_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.", start=3)}</w:lvlOverride>'
    definition = numbering(
        {0: level(0, "decimal", "%1."), 1: level(0, "decimal", "%1)")},
        {1: (0, ""), 2: (0, ""), 3: (0, override), 4: (1, own)},
    )
    body = (
        item("a") + item("b", num=2) + item("c", num=3) + item("d", num=3) + item("e")
        + item("f", num=4)
    )  # fmt: skip
    assert numbers(body, definition) == ["1.", "2.", "1.", "2.", "3.", "III."]


def test_a_level_may_refuse_to_start_again() -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    assert numbers(
        item("I") + item("a", 1) + item("II") + item("b", 1), numbering({0: levels}, {1: (0, "")})
    ) == ["I.", "1.", "II.", "2."]


def test_legal_numbering_shows_roman_levels_as_digits() -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert numbers(item("I") + item("II") + item("a", 1), numbering({0: levels}, {1: (0, "")})) == [
        "I.",
        "II.",
        "2.1",
    ]


def test_numbers_come_from_styles_and_list_styles_and_can_be_taken_off() -> None:
    styles = (
        f'<w:styles {NS}><w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Para"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Para"/>'
        "</w:style>"
        '<w:style w:type="numbering" w:styleId="Lists"><w:name w:val="Lists"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    real = (
        '<w:styleLink w:val="Lists"/>'
        + level(0, "decimal", "%1.", '<w:pStyle w:val="Para"/>')
        + level(1, "lowerLetter", "(%2)", '<w:pStyle w:val="Sub"/>')
    )
    definition = numbering(
        {0: real, 1: '<w:numStyleLink w:val="Lists"/>'}, {1: (0, ""), 2: (1, "")}
    )
    off = '<w:pStyle w:val="Para"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        paragraph("a", properties='<w:pStyle w:val="Para"/>')
        + paragraph("b", properties='<w:pStyle w:val="Sub"/>')
        + paragraph("c", properties=off)
        + paragraph("d", properties='<w:pStyle w:val="Para"/>')
    )
    assert numbers(body, definition, styles=styles) == ["1.", "(a)", None, "2."]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", ["1", "2", "3", "11", "27"]),
        ("decimalZero", ["01", "02", "03", "11", "27"]),
        ("lowerLetter", ["a", "b", "c", "k", "aa"]),
        ("upperLetter", ["A", "B", "C", "K", "AA"]),
        ("lowerRoman", ["i", "ii", "iii", "xi", "xxvii"]),
        ("upperRoman", ["I", "II", "III", "XI", "XXVII"]),
        ("chineseCounting", ["一", "二", "三", "十一", "二十七"]),
        ("chineseCountingThousand", ["一", "二", "三", "十一", "二十七"]),
        ("ideographDigital", ["一", "二", "三", "一一", "二七"]),
        ("ideographTraditional", ["甲", "乙", "丙", "甲", "庚"]),
        ("arabicAbjad", ["أ", "ب", "ج", "ك", "ظ"]),
        ("arabicAlpha", ["أ", "ب", "ت", "ز", "و"]),
        ("russianLower", ["а", "б", "в", "л", "ю"]),
        ("russianUpper", ["А", "Б", "В", "Л", "Ю"]),
        ("hindiNumbers", ["١", "٢", "٣", "١١", "٢٧"]),
        ("decimalEnclosedCircle", ["①", "②", "③", "⑪", "27"]),
        ("ordinal", ["1st", "2nd", "3rd", "11th", "27th"]),
        ("none", [""] * 5),
        ("somethingNew", ["1", "2", "3", "11", "27"]),
    ],
)
def test_every_number_format_is_written_as_word_writes_it(form: str, expected: list[str]) -> None:
    assert [number_in(form, n) for n in (1, 2, 3, 11, 27)] == expected


def test_bullets_are_one_sign_and_a_list_without_numbers_has_none() -> None:
    definition = numbering(
        {0: level(0, "bullet", "\uf0b7"), 1: level(0, "none", "")}, {1: (0, ""), 2: (1, "")}
    )
    assert numbers(item("a") + item("b", num=2), definition) == ["•", None]


STYLES = (
    f"<w:styles {NS}>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:styleId="Titre3"><w:name w:val="Titre 3"/></w:style>'
    '<w:style w:styleId="z1"><w:name w:val="标题 1"/></w:style>'
    '<w:style w:styleId="r4"><w:name w:val="Заголовок 4"/></w:style>'
    '<w:style w:styleId="HChG"><w:name w:val="_ H _Ch_G"/></w:style>'
    '<w:style w:styleId="H23G"><w:name w:val="_ H_2/3_G"/></w:style>'
    '<w:style w:styleId="Out"><w:name w:val="Out"/><w:pPr><w:outlineLvl w:val="4"/></w:pPr>'
    "</w:style>"
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Hide"><w:name w:val="Hide"/><w:rPr><w:vanish/></w:rPr></w:style>'
    "</w:styles>"
)


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:pStyle w:val="H2"/>', 2),
        ('<w:pStyle w:val="Mine"/>', 2),
        ('<w:pStyle w:val="Titre3"/>', 3),
        ('<w:pStyle w:val="z1"/>', 1),
        ('<w:pStyle w:val="r4"/>', 4),
        ('<w:pStyle w:val="HChG"/>', 1),
        ('<w:pStyle w:val="H23G"/>', 3),
        ('<w:pStyle w:val="Out"/>', 5),
        ('<w:pStyle w:val="T"/>', 0),
        ('<w:outlineLvl w:val="0"/>', 1),
        ('<w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/>', None),
        ("", None),
    ],
)
def test_headings_are_known_by_style_or_outline(properties: str, expected: int | None) -> None:
    (block,) = blocks_of(paragraph("Land and drought", properties=properties), styles=STYLES)
    assert (block.kind, block.level) == ("heading" if expected is not None else "text", expected)


def test_a_heading_keeps_its_automatic_number_apart() -> None:
    body = paragraph(
        "Background",
        properties='<w:pStyle w:val="H2"/><w:numPr><w:numId w:val="1"/></w:numPr>',
    )
    definition = numbering({0: level(0, "chineseCounting", "%1、")}, {1: (0, "")})
    (block,) = blocks_of(body, styles=STYLES, numbering=definition)
    assert (block.kind, block.number, block.text) == ("heading", "一、", "Background")


def test_a_short_bold_paragraph_looks_like_a_heading() -> None:
    bold = "<w:b/>"
    found = blocks_of(
        paragraph(run("I. Background", bold))
        + paragraph(run("Run in.", bold), " Text.")
        + paragraph(run("A whole sentence in bold.", bold))
        + paragraph(run("Not bold", '<w:b w:val="0"/>'))
    )
    assert [(b.kind, b.level) for b in found] == [("heading", 0)] + [("text", None)] * 3


NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def test_footnotes_are_marked_in_the_text_and_follow_their_paragraph() -> None:
    footnotes = (
        f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>{run(" See A.")}</w:p>'
        f"<w:p>{run('And more.')}</w:p></w:footnote>"
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" See B.")}</w:p></w:footnote>'
        "</w:footnotes>"
    )
    endnotes = (
        f'<w:endnotes {NS}><w:endnote w:id="1"><w:p>{run("End.")}</w:p></w:endnote></w:endnotes>'
    )
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    found = blocks_of(
        paragraph("One", NOTE.format(7), " and two", NOTE.format(2), end) + paragraph("Next"),
        footnotes=footnotes,
        endnotes=endnotes,
    )
    assert found[0].text == f"One{mark('1')} and two{mark('2')}{mark('i')}"
    assert [(b.kind, b.number, b.text) for b in found[1:]] == [
        ("footnote", "1", "See A.\nAnd more."),
        ("footnote", "2", "See B."),
        ("footnote", "i", "End."),
        ("text", None, "Next"),
    ]


def test_an_authors_own_mark_is_kept() -> None:
    note = f'<w:footnote w:id="2"><w:p>{run("* Late.")}</w:p></w:footnote>'
    footnotes = f"<w:footnotes {NS}>{note}</w:footnotes>"
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    found = blocks_of(paragraph("Title", custom), footnotes=footnotes)
    assert found[0].text == f"Title{mark('*')}"
    assert (found[1].number, found[1].text) == ("*", "Late.")


def test_typed_superscripts_are_marks_unless_they_are_powers() -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    found = blocks_of(
        paragraph("Text,", run("3", up), " of 5 km", run("2", up), " on the 1", run("st", up))
        + paragraph(run("3", up), " See the annex.")
    )
    assert found[0].text == f"Text,{mark('3')} of 5 km² on the 1st"
    assert (found[1].kind, found[1].number, found[1].text) == ("footnote", "3", "See the annex.")


def test_deleted_text_goes_inserted_text_stays_and_a_note_says_so() -> None:
    source = read(
        paragraph(
            "Keep ",
            f"<w:del>{run('old ')}</w:del>",
            f"<w:ins>{run('new ')}</w:ins>",
            f"<w:moveFrom>{run('from ')}</w:moveFrom>",
            f"<w:moveTo>{run('to')}</w:moveTo>",
        )
        + paragraph("First half, ", properties="<w:rPr><w:del/></w:rPr>")
        + paragraph("second half.")
    )
    assert [b.text for b in source.blocks] == ["Keep new to", "First half, second half."]
    assert source.notes == ("tracked changes: 2 deleted passages left out, 2 inserted ones kept",)


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_fields_show_their_result_but_not_page_numbers_or_codes() -> None:
    (block,) = blocks_of(
        paragraph(
            "See ",
            field(' HYPERLINK "https://x.int" ', "the site"),
            field(" PAGE ", "12"),
            f'<w:fldSimple w:instr="NUMPAGES">{run("99")}</w:fldSimple>',
            field(" REF para ", " 39"),
        )
    )
    assert block.text == "See the site 39"


def test_special_characters_of_runs() -> None:
    (block,) = blocks_of(
        paragraph(
            "a",
            "<w:r><w:tab/></w:r>",
            "b\u00ad",
            "<w:r><w:softHyphen/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
            '<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>',
            '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>',
            run("hidden", "<w:vanish/>"),
            "<w:r><w:ruby><w:rt><w:r><w:t>up</w:t></w:r></w:rt><w:rubyBase>"
            "<w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        )
    )
    assert block.text == "a\tbc-d°base"


def test_text_hidden_by_its_style_is_left_out() -> None:
    found = blocks_of(
        paragraph("no", properties='<w:pStyle w:val="Hide"/>') + paragraph("yes"), styles=STYLES
    )
    assert [b.text for b in found] == ["yes"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{body}</w:tbl>"


BORDERS = '<w:tblBorders><w:insideV w:val="single"/></w:tblBorders>'


def test_merged_cells_are_filled() -> None:
    found = blocks_of(
        paragraph("1. Text.")
        + table(
            cell("Party") + cell("Funds", '<w:gridSpan w:val="2"/>'),
            cell("Kenya", '<w:vMerge w:val="restart"/>') + cell("2024") + cell("1"),
            cell("", "<w:vMerge/>") + cell("2025") + cell("3"),
            properties=BORDERS,
        )
    )
    assert found[1].rows == (
        ("Party", "Funds", "Funds"),
        ("Kenya", "2024", "1"),
        ("Kenya", "2025", "3"),
    )


def test_a_masthead_table_comes_as_lines() -> None:
    found = blocks_of(
        table(
            cell("United Nations") + cell("ICCD/COP(16)/4"),
            cell("Convention to Combat Desertification") + cell("Distr.: General"),
        )
        + paragraph("Sixteenth session\tICCD/COP(16)/4\tDistr.: General")
    )
    assert [b.text for b in found] == [
        "United Nations",
        "ICCD/COP(16)/4",
        "Convention to Combat Desertification",
        "Distr.: General",
        "Sixteenth session",
        "ICCD/COP(16)/4",
        "Distr.: General",
    ]


def test_a_box_of_one_cell_is_text_and_numbers_in_cells_are_kept() -> None:
    definition = numbering({0: level(0, "decimal", "%1.")}, {1: (0, "")})
    one = f"<w:tc>{item('a')}{item('b')}</w:tc>"
    found = blocks_of(table(one) + item("c"), numbering=definition)
    assert [(b.number, b.text) for b in found] == [(None, "1. a"), (None, "2. b"), ("3.", "c")]


def test_text_boxes_are_read_once() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    found = blocks_of(
        paragraph(
            "Outside",
            f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice><w:drawing>{box}</w:drawing>'
            f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        )
    )
    assert [b.text for b in found] == ["Outside", "In the box"]


def test_only_the_first_pages_header_is_read() -> None:
    header = f"<w:hdr {NS}>{paragraph('ICCD/COP(16)/4')}{paragraph(field('PAGE', '1'))}</w:hdr>"
    footer = f"<w:ftr {NS}>{paragraph('GE.24-12345')}</w:ftr>"
    section = (
        f'<w:sectPr xmlns:r="{RELATIONS}"><w:headerReference w:type="default" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    )
    found = blocks_of(paragraph("1. Text.") + section, header=header, footer=footer)
    assert [b.text for b in found] == ["ICCD/COP(16)/4", "1. Text."]


def test_a_page_break_inside_a_paragraph_cuts_it() -> None:
    found = blocks_of(
        paragraph("First half", '<w:r><w:br w:type="page"/></w:r>', "second half.")
        + paragraph("New page", properties="<w:pageBreakBefore/>")
        + paragraph('<w:r><w:br w:type="page"/></w:r>')
    )
    assert [(b.kind, b.text, b.complete) for b in found] == [
        ("text", "First half", False),
        ("page_break", "", True),
        ("text", "second half.", True),
        ("page_break", "", True),
        ("text", "New page", True),
        ("page_break", "", True),
    ]


def test_content_controls_and_line_breaks() -> None:
    found = blocks_of(
        f"<w:sdt><w:sdtContent>{paragraph('1. One;', '<w:r><w:br/></w:r>', '(a) two.')}"
        "</w:sdtContent></w:sdt>"
    )
    assert [(b.text, b.complete) for b in found] == [("1. One;", True), ("(a) two.", True)]


def test_strict_documents_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    content = zipped(
        {
            "word/document.xml": f'<w:document xmlns:w="{strict}"><w:body>{paragraph("Strict")}'
            "</w:body></w:document>"
        }
    )
    assert read_docx(content, ReadLimits()).blocks[0].text == "Strict"


@pytest.mark.parametrize(
    "text",
    [
        "1- طلب مؤتمر الأطراف (أ) إلى الأمانة، في المقرر 8/م أ-15",
        "缔约方会议请秘书处：(一) 加强伙伴关系",
        "п. 5 решения 8/СОР.15 Конференции Сторон",
    ],
)
def test_every_script_comes_out_as_it_was_typed(text: str) -> None:
    document = Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    (block,) = read_docx(buffer.getvalue(), ReadLimits()).blocks
    assert block.text == text


def test_a_document_of_a_word_processor_is_read() -> None:
    document = Document()
    document.core_properties.title = "Partnerships"
    document.add_heading("Background", 1)
    for text in ("First", "Second"):
        document.add_paragraph(text, style="List Number")
    rows = document.add_table(2, 2, style="Table Grid")
    for index, name in enumerate(("Party", "Funds", "Kenya", "1")):
        rows.cell(index // 2, index % 2).text = name
    buffer = io.BytesIO()
    document.save(buffer)
    source = read_docx(buffer.getvalue(), ReadLimits())
    assert source.title == "Partnerships"
    assert [(b.kind, b.number, b.text) for b in source.blocks[:3]] == [
        ("heading", None, "Background"),
        ("text", "1.", "First"),
        ("text", "2.", "Second"),
    ]
    assert source.blocks[3].rows == (("Party", "Funds"), ("Kenya", "1"))
