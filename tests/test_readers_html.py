"""HTML pages."""

import contextlib

import pytest

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block
from ingestion.readers.html import read_html
from kb.errors import UnreadableFile


def blocks_of(body: str) -> list[Block]:
    return list(read_html(f"<html><body>{body}</body></html>".encode()).blocks)


def mark(number: str) -> str:
    return f"{MARK_OPEN}{number}{MARK_CLOSE}"


def test_headings_paragraphs_and_divisions_are_blocks_in_order() -> None:
    found = blocks_of(
        "<h1>I. <em>Land</em></h1><p>1. One <b>bold</b> word.</p><div>Plain <div>inner</div> tail"
        "</div><h3>A. Part</h3><blockquote><p>Quoted.</p></blockquote><dl><dt>T<dd>D</dl>"
    )
    assert [(b.kind, b.level, b.text) for b in found] == [
        ("heading", 1, "I. Land"),
        ("text", None, "1. One bold word."),
        ("text", None, "Plain"),
        ("text", None, "inner"),
        ("text", None, "tail"),
        ("heading", 3, "A. Part"),
        ("text", None, "Quoted."),
        ("text", None, "T"),
        ("text", None, "D"),
    ]


def test_list_numbers_are_those_a_browser_shows() -> None:
    found = blocks_of(
        '<ol start="12"><li>Twelve<li>Thirteen<ol type="a"><li>A<li>B<ol type="i"><li>R<li>S</ol>'
        '</ol><li value="20">Twenty</ol><ol type="I"><li>Rome</ol><ol reversed><li>x<li>y</ol>'
        '<ul><li>dot</ul><ol style="list-style-type: lower-alpha"><li>css</ol>'
    )
    assert [(b.number, b.text, b.indent) for b in found] == [
        ("12.", "Twelve", 1),
        ("13.", "Thirteen", 1),
        ("(a)", "A", 2),
        ("(b)", "B", 2),
        ("i.", "R", 3),
        ("ii.", "S", 3),
        ("20.", "Twenty", 1),
        ("I.", "Rome", 1),
        ("2.", "x", 1),
        ("1.", "y", 1),
        ("•", "dot", 1),
        ("(a)", "css", 1),
    ]


def test_a_number_that_an_item_writes_itself_is_not_doubled() -> None:
    found = blocks_of(
        '<ol><li>1. One<li>1.1 billion euros<li>3) Three</ol><ol style="list-style:none"><li>(a) A'
        "</ol><ul><li>(b) B</ul>"
    )
    assert [(b.number, b.text) for b in found] == [
        (None, "1. One"),
        ("2.", "1.1 billion euros"),
        (None, "3) Three"),
        (None, "(a) A"),
        (None, "(b) B"),
    ]


LINKED = (
    '<p>Text<sup><a href="#fn1" id="r1">1</a></sup> and<a class="footnote-ref" href="#x2">[2]</a>.'
    '<a href="#s3">3</a></p><h2 id="s3">3. Section</h2>'
    '<ol><li id="fn1">See A. <a href="#r1">↩</a></li><li><p id="x2">2. See B.</p></li></ol>'
)
WORD = (
    "<p>Text<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a> and"
    "<a href='#_ftn2' name='_ftnref2'>[2]</a>.<a href='#s3'>3</a></p><h2 id='s3'>3. Section</h2>"
    "<div><div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>[1]</a> See A."
    "</p></div><div id=ftn2><p><a href='#_ftnref2' name='_ftn2'>[2]</a> See B.</p></div></div>"
)
UNLINKED = (
    "<p>Text<sup>1</sup> and<span class='sup'>2</span>.3</p><h2>3. Section</h2>"
    "<p><sup>1</sup> See A.</p><p><sup>2</sup> See B.</p>"
)


@pytest.mark.parametrize("page", [LINKED, WORD, UNLINKED], ids=["linked", "word", "unlinked"])
def test_footnotes_are_marks_and_bodies(page: str) -> None:
    found = blocks_of(page)
    assert found[0].text == f"Text{mark('1')} and{mark('2')}.3"
    assert found[1].text == "3. Section"
    assert [(b.number, b.text) for b in found if b.kind == "footnote"] == [
        ("1", "See A."),
        ("2", "See B."),
    ]


def test_powers_and_ordinals_are_no_marks() -> None:
    (block,) = blocks_of("<p>12 km<sup>2</sup> by the 1<sup>st</sup> and CO<sub>2</sub></p>")
    assert block.text == "12 km² by the 1st and CO2"


def test_spans_of_a_table_are_filled() -> None:
    found = blocks_of(
        "<table><caption>Table 1</caption><tr><th>Party<th colspan=2>Funds</tr>"
        "<tr><td rowspan=2>Kenya<td>2024<td>1<br>2</tr><tr><td>2025<td>3</tr>"
        "<tr><td colspan=3>Asia</tr></table>"
    )
    assert found[0].text == "Table 1"
    assert found[1].rows == (
        ("Party", "Funds", "Funds"),
        ("Kenya", "2024", "1\n2"),
        ("Kenya", "2025", "3"),
        ("Asia", "", ""),
    )


def test_layout_tables_and_mastheads_are_text() -> None:
    found = blocks_of(
        "<table><tr><td>United Nations</td><td>ICCD/COP(16)/4</td></tr>"
        "<tr><td></td><td>Distr.: General<br>20 September 2024</td></tr></table>"
        "<table><tr><td><h2>Head</h2><p>1. Text.</p></td></tr></table>"
    )
    assert [b.text for b in found] == [
        "United Nations",
        "ICCD/COP(16)/4",
        "Distr.: General",
        "20 September 2024",
        "Head",
        "1. Text.",
    ]


def test_what_is_not_the_document_is_left_out() -> None:
    found = blocks_of(
        "<header>Site</header><nav>Menu</nav><div role=navigation>Menu</div><main><header><h1>Title"
        "</h1></header><p>Text<script>x()</script><span hidden>no</span>"
        "<i style='display:none'>no</i><!-- no --></p></main><footer>Imprint</footer>"
    )
    assert [b.text for b in found] == ["Title", "Text"]


def test_line_breaks_part_paragraphs_that_end_and_not_those_that_were_wrapped() -> None:
    long = "A line that the page broke because it was as wide as the page was at that place"
    found = blocks_of(f"<p>1. One.<br>2. Two.<br>{long}<br>and went on.</p>")
    assert [(b.text, b.complete) for b in found] == [
        ("1. One.", True),
        ("2. Two.", True),
        (long, False),
        ("and went on.", True),
    ]


def test_pictures_and_bold_lines() -> None:
    found = blocks_of(
        "<figure><img src=x alt='Figure 1'><figcaption>Land</figcaption></figure>"
        "<p><b>Bold title</b></p><p><b>Run in.</b> Text.</p>"
    )
    assert [(b.kind, b.text) for b in found] == [
        ("image", "Figure 1"),
        ("text", "Land"),
        ("heading", "Bold title"),
        ("text", "Run in. Text."),
    ]


def test_the_style_sheet_of_a_converted_page_tells_bold_and_raised() -> None:
    source = read_html(
        b"<html><head><style>.b {font-weight: bold;} .q {vertical-align: super}</style></head>"
        b"<body>"
        b"<div><span class='b'>I. Head</span></div><div><span>Text,</span><span class='q'>7</span>"
        b"</div></body></html>"
    )
    assert [b.kind for b in source.blocks] == ["heading", "text"]
    assert source.blocks[1].text == f"Text,{mark('7')}"


def test_preformatted_text_is_read_line_by_line() -> None:
    found = blocks_of("<pre>1. One.\n\n2. Two.\nParty\tAmount\nKenya\t1\n</pre>")
    assert [b.kind for b in found] == ["text", "text", "table"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<meta charset="gb2312"><p>缔约方会议</p>'.encode("gb18030"), "缔约方会议"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
            "<p>Конференция Сторон</p>".encode("cp1251"),
            "Конференция Сторон",
        ),
        ("<p>Конференция Сторон просила секретариат</p>".encode("cp1251"), None),
        ('<meta charset="iso-8859-1"><p>sécheresse – « été »</p>'.encode("cp1252"), None),
        ('<meta charset="utf-8"><p>مؤتمر الأطراف</p>'.encode("cp1256"), "مؤتمر الأطراف"),
        ("\ufeff<p>Été</p>".encode(), "Été"),
        ("<p>Été</p>".encode("utf-16"), "Été"),
        ('<?xml version="1.0" encoding="UTF-8"?><html><p>Été</p></html>'.encode(), "Été"),
    ],
)
def test_the_encoding_is_that_declared_or_that_found(content: bytes, text: str | None) -> None:
    expected = text or {b"\xca": "Конференция Сторон просила секретариат"}.get(
        content[3:4], "sécheresse – « été »"
    )
    assert read_html(content).blocks[0].text == expected


def test_arabic_pages_keep_their_order_and_say_their_language() -> None:
    source = read_html(
        '<html lang="ar" dir="rtl"><title>مذكرة</title><p>1- طلب (أ) من 8/م أ-15'.encode()
    )
    assert (source.language, source.title) == ("ar", "مذكرة")
    assert source.blocks[0].text == "1- طلب (أ) من 8/م أ-15"


def test_markup_never_survives() -> None:
    found = blocks_of("<p onclick='x'>a &lt;b&gt; &amp; c<x-y>d</x-y></p><p><![CDATA[e]]></p>")
    assert found[0].text == "a <b> & cd"


def test_a_page_without_text_is_refused() -> None:
    for page in (b"<html><body><script>1</script></body></html>", b"<html></html>"):
        with pytest.raises(UnreadableFile, match="without text"):
            read_html(page)


def test_a_page_nested_without_end_is_read_or_refused() -> None:
    with contextlib.suppress(UnreadableFile):
        read_html(b"<div>" * 50_000 + b"text")
