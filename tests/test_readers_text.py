"""Plain text: encodings, line breaks, page breaks, characters that are no text."""

from pathlib import Path

import pytest

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block, Source
from ingestion.readers.choose import ReadLimits, read_source
from ingestion.readers.encoding import decode
from ingestion.readers.text import read_text

SHORT = {
    "en": ["The Parties noted the report’s conclusions — “with appreciation”.", "café"],
    "fr": ["Été", "Sécheresse et dégradation des terres", "Où ? À Riyad.", "l'État partie"],
    "es": ["año", "Decisión", "¿Cuánto donó la Arabia Saudita?", "ÁFRICA"],
    "ru": ["Засуха", "да", "Конференция Сторон", "СЕКРЕТАРИАТ", "В решении 8/COP.15"],
    "ar": ["الجفاف", "مؤتمر الأطراف", "في", "في المقرر 8/م أ-15 طلب مؤتمر الأطراف"],
    "zh": ["中国", "缔约方会议", "荒漠化", "第 8/COP.15 号决定", "秘书处的说明", "干旱"],
}
LONG = {
    "en": "The Conference of the Parties — “the Conference” — asked Parties to report by 2030.",
    "fr": "La Conférence des Parties a décidé d’établir un cadre ; elle l’achèvera à Riyad.",
    "es": "La Conferencia de las Partes pidió a la secretaría que siguiera apoyando a los países.",
    "ru": "Конференция Сторон просила секретариат продолжать оказывать поддержку странам.",
    "ar": "طلب مؤتمر الأطراف إلى الأمانة أن تواصل دعم البلدان في تحقيق أهدافها الطوعية.",
    "zh": "缔约方会议请秘书处继续支持各国实现自愿目标，并在下届会议上提出报告。",
}
LEGACY = {"en": "cp1252", "fr": "cp1252", "es": "cp1252", "ru": "cp1251", "ar": "cp1256"}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


def blocks_of(text: str, suffix: str = ".txt") -> list[Block]:
    return list(read_text(text.encode(), suffix).blocks)


def texts(text: str, suffix: str = ".txt") -> list[str]:
    return [block.text for block in blocks_of(text, suffix)]


@pytest.mark.parametrize("encoding", [*UNICODE, "legacy"])
@pytest.mark.parametrize("language", sorted(SHORT))
def test_the_encoding_of_a_few_words_is_found(language: str, encoding: str) -> None:
    used = LEGACY.get(language, "gb18030") if encoding == "legacy" else encoding
    for text in SHORT[language]:
        assert decode(text.encode(used)).text == text


@pytest.mark.parametrize("encoding", [*UNICODE, "legacy"])
@pytest.mark.parametrize("language", sorted(LONG))
def test_the_encoding_of_a_whole_text_is_found(language: str, encoding: str) -> None:
    used = LEGACY.get(language, "gb18030") if encoding == "legacy" else encoding
    text = "".join(f"{n}. {LONG[language]}\n\n" for n in range(1, 60))
    assert decode(text.encode(used)).text == text


def test_far_words_tell_the_encoding_of_an_english_text() -> None:
    text = "The secretariat reports.\n" * 5000 + "Конференция Сторон Конвенции\n"
    assert decode(text.encode("cp1251")).text == text


def test_a_text_cut_inside_of_a_character_is_read_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("缔约方会议请秘书处继续支持各国。".encode()[:-1])
    source = read_source(path, ReadLimits())
    assert source.blocks[0].text == "缔约方会议请秘书处继续支持各国"
    assert "cut in the middle" in source.notes[0]


def test_one_damaged_character_is_noted_and_not_refused() -> None:
    content = ("缔约方会议请秘书处继续支持各国。\n" * 20).encode()
    source = read_text(content[:30] + b"\xff" + content[30:], ".txt")
    assert source.notes == ("1 damaged characters",)


def test_invisible_characters_go_and_the_rest_stays_verbatim() -> None:
    text = "\u200fPar\u00adty\u200b no.\u00a01\x07 \u202aﬁne\u202c \u2066½\u2069\t２０３０\r\nz\r"
    assert texts(text) == ["Party no.\u00a01 ﬁne ½\t２０３０", "z"]


def test_letters_are_composed_and_arabic_letter_forms_are_letters() -> None:
    assert texts("Cote d’Ivoire: Co\u0302te") == ["Cote d’Ivoire: Côte"]
    assert texts("ﻣﺆﺗﻤﺮ ﺍﻷﻃﺮﺍﻑ") == ["مؤتمر الأطراف"]


def test_private_use_marks_of_a_file_are_not_taken_for_footnote_marks() -> None:
    assert texts(f"Text{MARK_OPEN}9{MARK_CLOSE} goes on") == ["Text9 goes on"]


def test_a_paragraph_a_line_gives_complete_blocks() -> None:
    found = blocks_of("1. " + "One line. " * 40 + "\n2. Short.\n\nA. Heading\n\n3. Last line")
    assert [block.complete for block in found] == [True] * 4
    assert found[1].text == "2. Short."


WRAPPED = """\
1.  The Conference of the Parties requested the secretariat to strengthen the
partnerships that it has entered into and to seek new ones, in order to improve
the implementation of the Convention and to help countries.

2.  It also requested the Global Mechanism to report on the funds that it has
raised.
A. Heading
3.  Further partnerships were concluded with academic institutions and with the
private sector in the course of the biennium, as set out in the annex below.
"""


def test_hard_wrapped_lines_may_go_on_in_the_next() -> None:
    found = [(block.text[:9], block.complete) for block in blocks_of(WRAPPED)]
    assert found == [
        ("1.  The C", False),
        ("partnersh", False),
        ("the imple", True),
        ("2.  It al", False),
        ("raised.", True),
        ("A. Headin", True),
        ("3.  Furth", False),
        ("private s", True),
    ]


def test_hard_wrapped_chinese_is_seen() -> None:
    line = "缔约方会议请秘书处继续支持各国实现自愿目标并在下届会议上提出报告"
    found = blocks_of("\n".join([line, line, line, line, "完。"]))
    assert [block.complete for block in found] == [False] * 4 + [True]


def test_form_feeds_break_pages_but_not_at_the_ends() -> None:
    kinds = [block.kind for block in blocks_of("\fOne line.\n\fTwo.\n\f")]
    assert kinds == ["text", "page_break", "text"]


def test_shattered_text_is_mended_by_its_own_spaces() -> None:
    shattered = (
        "36.\n \nInvites \nParties to communicate\n, by 2020, \nto the secreta\nriat long\n-\nterm "
        "\nstrategies;\n \n37.\n \nRequests\n \nthe Subsidia\nry Body to \nadvise\n \non this\n."
        "\n \n"
    )
    assert texts(shattered) == [
        "36. Invites Parties to communicate, by 2020, to the secretariat long-term strategies;",
        "37. Requests the Subsidiary Body to advise on this.",
    ]


def test_tab_separated_lines_are_a_table() -> None:
    (before, table, after) = blocks_of(
        "表 1\n工作\t完成\t未完成\n修理围栏\t(21 70)\t9\n安装仪器\t27 (90%)\t\n后文。"
    )
    assert (before.text, after.text) == ("表 1", "后文。")
    assert table.rows == (
        ("工作", "完成", "未完成"),
        ("修理围栏", "(21 70)", "9"),
        ("安装仪器", "27 (90%)", ""),
    )


def test_numbers_before_tabs_make_no_table() -> None:
    numbered = "14.1\tThe Programme leads.\n14.2\tDelivery is part of it.\n(a)\tOne;\n(b)\tTwo."
    assert {block.kind for block in blocks_of(numbered)} == {"text"}
    assert texts(numbered)[0] == "14.1\tThe Programme leads."


def test_a_table_of_contents_stays_lines() -> None:
    found = blocks_of("目录\n\t段次\t页次\n一. 水源.....\t1-6\t2\n二. 牧场.....\t7-31\t8")
    assert [block.kind for block in found] == ["text"] * 4
    assert found[2].text == "一. 水源.....\t1-6\t2"


def test_a_masthead_in_two_columns_stays_lines() -> None:
    found = texts(
        "United Nations\tICCD/COP(16)/4\nConvention\tDistr.: General\n\tOriginal: English"
    )
    assert found[:4] == ["United Nations", "ICCD/COP(16)/4", "Convention", "Distr.: General"]


def test_backward_arabic_lines_are_turned_round() -> None:
    lines = [
        "طلب مؤتمر الأطراف إلى الأمانة أن تواصل دعم البلدان (انظر الوثيقة ICCD/COP(16)/4).",
        "وفي الفترة 2021-2030، بلغت التكلفة 1.5 مليار دولار، أي 40% من الاحتياجات الكلية.",
    ]
    backward = [
        ".(ICCD/COP(16)/4 ةقيثولا رظنا) نادلبلا معد لصاوت نأ ةنامألا ىلإ فارطألا رمتؤم بلط",
        ".ةيلكلا تاجايتحالا نم 40% يأ ،رالود رايلم 1.5 ةفلكتلا تغلب ،2030-2021 ةرتفلا يفو",
    ]
    source: Source = read_text("\n".join(backward).encode(), ".txt")
    found = [block.text for block in source.blocks]
    assert found == lines
    assert source.notes == ("Arabic lines stood backwards and were turned round",)
    assert [block.text for block in read_text("\n".join(lines).encode(), ".txt").blocks] == lines
