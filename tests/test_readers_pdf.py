"""PDF pages laid out as UN documents are, in the scripts of the six languages."""

import io
import re
from itertools import pairwise

import pytest
from bad_inputs import scanned_pdf
from fpdf import FPDF
from renderings.fonts import fonts_for
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas
from un_pages import ArabicSheet, Part, ReportlabSheet, Style, Typesetter

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block, Source
from ingestion.readers.limits import ReadLimits
from ingestion.readers.pdf import read_pdf

SENTENCES = {
    "en": "In its decision {n}/COP.15, the Conference of the Parties requested the secretariat to "
    "strengthen existing partnerships in order to improve the implementation of the Convention, "
    "to address land degradation and drought, and to help countries achieve their targets by 2030.",
    "fr": "Dans sa décision {n}/COP.15, la Conférence des Parties a prié le secrétariat de "
    "renforcer les partenariats existants afin d’améliorer la mise en œuvre de la Convention, "
    "de lutter contre la dégradation des terres et d’aider les pays à atteindre leurs cibles "
    "d’ici à 2030.",
    "es": "En su decisión {n}/COP.15, la Conferencia de las Partes pidió a la secretaría que "
    "fortaleciera las alianzas existentes a fin de mejorar la aplicación de la Convención, luchar "
    "contra la degradación de las tierras y ayudar a los países a alcanzar sus metas para 2030.",
    "ru": "В своем решении {n}/COP.15 Конференция Сторон просила секретариат укреплять "
    "существующие партнерские связи в целях улучшения осуществления Конвенции, борьбы с "
    "деградацией земель и оказания странам помощи в достижении целевых показателей к 2030 году.",
    "zh": "会议在第 {n}/COP.17 号决定中要求牧场观测站每年公布水源、植被和牲畜数量的测量结果，"
    "并说明测量方法、费用和出资单位，以便 2030 年以前在所有旱区建立同样的记录。",
}
AR = "طلب مؤتمر الأطراف إلى الأمانة أن تعزز الشراكات القائمة من أجل تحسين تنفيذ الاتفاقية"
MASTHEAD = (
    ("United Nations", ""),
    ("Convention to Combat", "ICCD/COP(16)/4"),
    ("Desertification", "Distr.: General"),
    ("", "20 September 2024"),
    ("", "Original: English"),
    ("", ""),
    ("Conference of the Parties", ""),
    ("Sixteenth session", ""),
    ("Riyadh, Saudi Arabia, 2–13 December 2024", ""),
)
TABLE = (
    ("Activity", "Completed", "In progress"),
    ("Staff trained to read the new gauges once a month", "21 (70%)", "9"),
    ("Fences mended", "27 (90%)", "3"),
)
TABLE_ZH = (
    ("工作内容", "完成的测站", "未完成"),
    ("测站人员学会使用新仪器，并且每月上报一次水位", "21 (70%)", "9"),
    ("修理围栏", "27 (90%)", "3"),
)


def document(language: str, paragraphs: int = 14) -> list[Part]:
    note = "https://www.unccd.int/{n} " + SENTENCES[language][:60]
    parts = [Part("heading", "I. " + SENTENCES[language][3:20].strip(" ,"))]
    for n in range(1, paragraphs + 1):
        text = f"{n}. " + SENTENCES[language].format(n=n) * (1 + n % 3)
        notes = ((str(n // 4), note.format(n=n)),) if n % 4 == 0 else ()
        parts.append(Part("text", text + (f"^{n // 4}^" if notes else ""), notes=notes))
        if n == 3:
            parts += [
                Part("sub", f"({letter}) " + SENTENCES[language].format(n=n)) for letter in "ab"
            ]
        if n == 6:
            parts.append(Part("table", rows=TABLE_ZH if language == "zh" else TABLE))
    return parts


def rendered(language: str, style: Style, parts: list[Part] | None = None) -> Source:
    han = language == "zh"
    sheet = ReportlabSheet(han=han)
    parts = document(language) if parts is None else parts
    return read_pdf(Typesetter(sheet, style, han=han).set(parts), ReadLimits())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def joined(source: Source) -> list[str]:
    """Texts of the blocks, those that a page cut put together."""
    found: list[str] = []
    goes_on = False
    for block in source.blocks:
        if block.kind in ("text", "heading"):
            if goes_on and not re.match(r"\d+\.|\(\w\)", block.text):
                found[-1] += block.text
            else:
                found.append(block.text)
            goes_on = not block.complete
    return [squeezed(text) for text in found]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if block.kind in ("text", "heading")]


def mark(number: str) -> str:
    return f"{MARK_OPEN}{number}{MARK_CLOSE}"


STYLES = {
    "justified": Style(),
    "ragged": Style(justified=False),
    "no gaps": Style(paragraph_gap=0.0),
    "unruled": Style(ruled_table=False),
    "masthead": Style(masthead=MASTHEAD),
}


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_every_paragraph_comes_out_whole_and_in_order(language: str, style: str) -> None:
    source = rendered(language, STYLES[style])
    wanted = [
        squeezed(re.sub(r"\^(\d+)\^", rf"{MARK_OPEN}\1{MARK_CLOSE}", part.text))
        for part in document(language)
        if part.kind in ("text", "sub", "heading")
    ]
    found = joined(source)
    assert [text for text in found if text in wanted] == wanted
    furniture = [text for text in found if "GE.24" in text or text in ("2", "3", "4", "5")]
    assert not furniture


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_footnotes_tables_and_headings_come_out(language: str) -> None:
    source = rendered(language, Style())
    parts = document(language)
    notes = [(b.number, squeezed(b.text)) for b in source.blocks if b.kind == "footnote"]
    assert notes == [(n, squeezed(text)) for part in parts for n, text in part.notes]
    (table,) = (b for b in source.blocks if b.kind == "table")
    rows = tuple(tuple(map(squeezed, row)) for row in table.rows)
    wanted = next(part.rows for part in parts if part.kind == "table")
    assert rows == tuple(tuple(map(squeezed, row)) for row in wanted)
    if language != "zh":  # the font of the test has no bold Han characters
        heading = next(b for b in source.blocks if b.kind == "heading")
        assert (heading.level, heading.text) == (0, parts[0].text)


def test_pages_are_numbered_and_parted_by_breaks() -> None:
    source = rendered("en", Style())
    pages = [b.page for b in source.blocks if b.kind != "page_break"]
    assert pages == sorted(pages, key=lambda page: page or 0)
    breaks = sum(b.kind == "page_break" for b in source.blocks)
    assert breaks == max(page or 0 for page in pages) - 1
    assert source.blocks[-1].kind != "page_break"


def test_the_masthead_is_read_column_by_column_and_kept() -> None:
    found = texts(rendered("en", Style(masthead=MASTHEAD)))
    assert found[:9] == [
        "United Nations",
        "Convention to Combat",
        "Desertification",
        "ICCD/COP(16)/4",
        "Distr.: General",
        "20 September 2024",
        "Original: English",
        "Conference of the Parties",
        "Sixteenth session",
    ]
    assert found.count("ICCD/COP(16)/4") == 1  # the running headers are gone


def test_dots_of_a_table_of_contents_become_tabs() -> None:
    parts = [Part("heading", "Contents")]
    parts += [Part("contents", rows=((f"{n}. Part of it", str(n)),)) for n in ("I", "II", "III")]
    found = texts(rendered("en", Style(), [*parts, *document("en")]))
    assert found[:4] == ["Contents", *(f"{n}. Part of it\t{n}" for n in ("I", "II", "III"))]


def test_a_paragraph_cut_by_a_page_says_so() -> None:
    source = rendered("en", Style())
    texts_and_breaks = [b for b in source.blocks if b.kind in ("text", "page_break")]
    cuts = [
        before
        for before, block in pairwise(texts_and_breaks)
        if block.kind == "page_break" and not before.text.endswith((".", f".{mark('1')}"))
    ]
    assert cuts
    assert not any(before.complete for before in cuts)


def test_a_note_may_go_on_on_the_next_page() -> None:
    sheet = ReportlabSheet()
    for page, (body, notes) in enumerate(
        (
            ("1. The first paragraph has a note.", ["^1^ This note is long and runs on to the"]),
            ("2. The second paragraph follows it.", ["next page, where it ends.", "^2^ See B."]),
        )
    ):
        if page:
            sheet.new_page()
        setter = Typesetter(sheet)
        setter.y = 700.0
        for y, text in (
            (720, body),
            (700, "It goes on to the margin of the page as others do."),
        ):
            sheet.draw(90, y, text, 10)
        if page == 0:
            sheet.draw(262, 723.5, "1", 6.5)
        sheet.rule(90, 140, 200, 140)
        for index, note in enumerate(notes):
            setter.y = 128.0 - 10.5 * index
            setter._line(note.split(" "), 90, 8.0, justify=False, bold=False)
    source = read_pdf(sheet.bytes(), ReadLimits())
    notes_found = [(b.number, b.text, b.page) for b in source.blocks if b.kind == "footnote"]
    assert notes_found == [
        ("1", "This note is long and runs on to the next page, where it ends.", 1),
        ("2", "See B.", 2),
    ]


def drawn(*items: tuple[float, float, str, float], pages: int = 1) -> Source:
    """(x, y, text, size) on a page."""
    sheet = ReportlabSheet()
    for page in range(pages):
        if page:
            sheet.new_page()
        for x, y, text, size in items:
            sheet.draw(x, y, text, size)
    return read_pdf(sheet.bytes(), ReadLimits())


def test_raised_figures_are_marks_powers_and_lowered_ones_are_not() -> None:
    width = ReportlabSheet().width
    text, x = "Land of 12 km", 90.0
    at = x + width(text, 10)
    source = drawn(
        (x, 700, text, 10),
        (at, 703.5, "2", 6.5),
        (at + 6, 700, "was restored,", 10),
        (at + 6 + width("was restored,", 10), 703.5, "14", 6.5),
        (x, 680, "and CO", 10),
        (x + width("and CO", 10), 698 - 20, "2", 6.5),
        (x + width("and CO", 10) + 8, 680, "fell.", 10),
    )
    assert texts(source)[0] == f"Land of 12 km² was restored,{mark('14')} and CO2 fell."


def test_a_number_on_a_line_of_its_own_stays_a_block() -> None:
    long = "The secretariat reports on partnerships, on their purposes and on what they cost"
    found = texts(
        drawn(
            (90, 700, "12.", 10),
            (90, 687, long, 10),
            (90, 674, "every year.", 10),
            (90, 655, "13.", 10),
            (90, 642, long, 10),
        )
    )
    assert found[:3] == ["12.", f"{long} every year.", "13."]


def test_a_number_beside_its_paragraph_belongs_to_it() -> None:
    long = "The secretariat reports on partnerships, on their purposes and on what they cost"
    (first, second) = texts(
        drawn(
            (60, 699, "12.", 10),
            (90, 700, long, 10),
            (90, 687, "every year.", 10),
            (60, 660, "13.", 10),
            (90, 660, long, 10),
        )
    )
    assert (first, second) == (f"12. {long} every year.", f"13. {long}")


def test_words_broken_at_line_ends_are_mended_by_the_documents_own_words() -> None:
    source = drawn(
        (
            90,
            700,
            "The stakeholders spoke of implementation and of multi-year plans with the multi-",
            10,
        ),
        (90, 687, "stakeholder platform, of drought and of land, and noted that the implemen-", 10),
        (90, 674, "tation was slow.", 10),
    )
    assert "multi-stakeholder platform" in texts(source)[0]
    assert "the implementation was slow." in texts(source)[0]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    items = []
    for column, x in enumerate((60.0, 310.0)):
        for line in range(14):
            y = 700 - 13 * line
            items.append((x, y, f"col {column} line {line:02} with words to fill it up", 9.0))
    found = " ".join(texts(drawn(*items)))
    order = [int(c) * 100 + int(n) for c, n in re.findall(r"col (\d) line (\d+)", found)]
    assert order == sorted(order)
    assert len(order) == 28


def test_a_landscape_page_turned_round_is_read_upright() -> None:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4)
    page.setPageRotation(90)
    page.saveState()
    page.translate(A4[1], 0)
    page.rotate(90)
    page.setFont("Helvetica", 11)
    page.drawString(60, 500, "1. This line was set across a page that is turned round.")
    page.restoreState()
    page.drawString(40, 40, "sideways")  # as margins and seals are
    page.save()
    source = read_pdf(buffer.getvalue(), ReadLimits())
    assert texts(source) == ["1. This line was set across a page that is turned round."]


def arabic(parts: list[Part]) -> Source:
    return read_pdf(Typesetter(ArabicSheet(), Style(justified=False)).set(parts), ReadLimits())


def test_arabic_paragraphs_are_in_reading_order() -> None:
    wanted = [f"{AR} وتقديم تقرير عن ذلك." for _ in range(6)]
    source = arabic([Part("heading", "معلومات أساسية"), *(Part("text", text) for text in wanted)])
    found = [text for text in texts(source) if text.startswith("طلب")]
    assert found == wanted
    assert ("heading", "معلومات أساسية") in [(b.kind, b.text) for b in source.blocks]


def test_lam_alif_and_vowel_signs_keep_their_order() -> None:
    text = "لا إلا الإسلامي الأطراف أولاً وفقاً للآراء"
    assert (
        texts(arabic([Part("text", f"{AR} {text}"), Part("text", f"{AR}.")]))[0] == f"{AR} {text}"
    )


def test_arabic_drawn_from_left_to_right_is_not_turned() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("ar", "", fonts_for("ar").text)
    pdf.set_font("ar", size=11)
    for index in range(5):
        pdf.text(20, 30 + 10 * index, AR)  # as a program draws it that knows no Arabic
    assert texts(read_pdf(bytes(pdf.output()), ReadLimits()))[0].startswith(AR)


UNRULED = (
    ("Party", "Amount (euros)", "Year", "Share"),
    ("Kenya", "310 000", "2024", "12%"),
    ("Saint Vincent and the Grenadines", "1 402 500", "2025", "7%"),
    ("Peru", "9 000", "2023", "100%"),
    ("Fiji", "71", "2022", "3%"),
)


def test_aligned_columns_without_rules_are_a_table() -> None:
    items = [
        (x, 700.0 - 16 * row, cell, 10.0)
        for row, cells in enumerate(UNRULED)
        for x, cell in zip((90, 290, 400, 460), cells, strict=True)
    ]
    long = "1. The table shows what these Parties gave to the fund in the years that it covers, and"
    source = drawn((90, 740, long, 10), (90, 727, "no more.", 10), *items, (90, 590, long, 10))
    (table,) = (b for b in source.blocks if b.kind == "table")
    assert table.rows == UNRULED


def test_a_table_over_a_page_break_is_one_table() -> None:
    rows = tuple(
        (f"Activity {n} of the plan", f"{n} ({n}%)", str(n * 37 % 19)) for n in range(1, 70)
    )
    parts = [Part("table", rows=(TABLE[0], *rows)), Part("text", SENTENCES["en"].format(n=1))]
    (table,) = (b for b in rendered("en", Style(), parts).blocks if b.kind == "table")
    assert table.rows == (TABLE[0], *rows)


def framed(sheet: ReportlabSheet, top: float, rows: tuple[tuple[str, ...], ...]) -> None:
    edges = (90.0, 290.0, 390.0)
    for index, row in enumerate(rows):
        y = top - 20 * index
        for x, cell in zip(edges, row, strict=False):
            sheet.draw(x + 4, y - 14, cell, 9)
        for x in edges:
            sheet.rule(x, y, x, y - 20)
        for rule in (y, y - 20):
            sheet.rule(edges[0], rule, edges[-1], rule)


def test_a_row_cut_by_a_page_is_one_row_and_the_repeated_heading_goes() -> None:
    sheet = ReportlabSheet()
    sheet.draw(
        90, 700, "1. The table shows what was done in each of the countries of the region.", 10
    )
    framed(sheet, 140, (("Activity", "Done"), ("Fences were", "21")))
    sheet.new_page()
    framed(sheet, 760, (("Activity", "Done"), ("mended twice", ""), ("Gauges", "27")))
    sheet.draw(
        90, 600, "2. The next paragraph says what the numbers in the table above stand for.", 10
    )
    source = read_pdf(sheet.bytes(), ReadLimits())
    (table,) = (b for b in source.blocks if b.kind == "table")
    assert table.rows == (
        ("Activity", "Done"),
        ("Fences were mended twice", "21"),
        ("Gauges", "27"),
    )


def test_a_mark_alone_on_a_line_belongs_to_the_line_above() -> None:
    long = "The secretariat reports on partnerships, on their purposes and on what they cost"
    end = 90 + ReportlabSheet().width(long, 10)
    source = drawn(
        (90, 713, long + ",", 10),
        (90, 700, long + ".", 10),
        (90, 690.5, "3", 6.5),
        (90, 660, f"4. {long[:-8]}", 10),
    )
    assert end < 560
    assert texts(source)[0].endswith(f"cost.{mark('3')}")


def test_ligatures_are_letters() -> None:
    assert texts(drawn((90, 700, "1. The oﬃce ﬁled its ﬂow of ﬁgures.", 10))) == [
        "1. The office filed its flow of figures."
    ]


def test_scanned_pages_among_others_are_named() -> None:
    text = SENTENCES["en"].format(n=1)
    source = read_pdf(scanned_pdf(text, None, None, text), ReadLimits())
    assert source.notes == ("pages 2, 3: scanned without text, left out; run OCR to read them",)


def test_a_title_that_says_nothing_is_none() -> None:
    for title, expected in (("Partnerships", "Partnerships"), ("Microsoft Word - 24.docx", None)):
        pdf = FPDF()
        pdf.set_title(title)
        pdf.add_page()
        pdf.set_font("Helvetica", size=11)
        pdf.multi_cell(0, 6, "1. The secretariat reports on partnerships.")
        assert read_pdf(bytes(pdf.output()), ReadLimits()).title == expected


def test_no_text_is_lost_between_page_and_blocks() -> None:
    words = [f"w{n}" for n in range(900)]
    parts = [Part("text", " ".join(words[n : n + 45])) for n in range(0, 900, 45)]
    found: list[Block] = list(rendered("en", Style(), parts).blocks)
    assert " ".join(b.text for b in found if b.kind == "text").split() == words
