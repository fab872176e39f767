"""References to sessions and paragraphs in running text."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.mentions import ParagraphReference, find_paragraph_references, find_sessions

CRIC, COP = "CRIC(23)", "COP(16)"
SYMBOL = "ICCD/COP(16)/4"


@pytest.mark.parametrize(
    "text",
    [
        "CRIC 23", "cric23", "CRIC(23)", "CRIC-23",
        "the twenty-third session of the Committee for the Review of the Implementation of the "
        "Convention",
        "the 23rd session of the CRIC",
        "审评委第二十三届会议", "《公约》执行情况审评委员会第23届会议",
        "КРОК 23", "на двадцать третьей сессии КРОК",
        "la vingt-troisième session du Comité chargé de l’examen de la mise en œuvre de la "
        "Convention",
        "23ª reunión del CRIC",
        "el vigésimo tercer período de sesiones del Comité de Examen de la Aplicación de la "
        "Convención",
        "الدورة الثالثة والعشرين للجنة استعراض تنفيذ الاتفاقية",
    ],
)  # fmt: skip
def test_a_session_of_the_committee_is_known_in_each_language(text: str) -> None:
    assert find_sessions(text) == (CRIC,)


@pytest.mark.parametrize(
    "text",
    [
        "COP16", "COP 16", "缔约方会议第十六届会议", "第十六届缔约方会议",
        "шестнадцатая сессия Конференции Сторон", "КС-16",
        "la seizième session de la Conférence des Parties",
        "el 16º período de sesiones de la Conferencia de las Partes",
        "الدورة السادسة عشرة لمؤتمر الأطراف", "مؤتمر الأطراف ١٦",
    ],
)  # fmt: skip
def test_a_session_of_the_conference_is_known_in_each_language(text: str) -> None:
    assert find_sessions(text) == (COP,)


@pytest.mark.parametrize("text", ["8/COP.15", "ICCD/COP(16)/4", "scoop 16", "", "the 16 Parties"])
def test_a_number_inside_a_symbol_or_a_word_is_no_session(text: str) -> None:
    assert find_sessions(text) == ()


@pytest.mark.parametrize(
    ("text", "label", "session", "symbol"),
    [
        ("para. 62 of the CRIC 23 report", "62", CRIC, None),
        ("What does the CRIC 23 report say in paragraph 62?", "62", CRIC, None),
        ("审评委第二十三届会议报告第62段说什么？", "62", CRIC, None),
        ("au paragraphe 12 a) du rapport de la COP16", "12(a)", COP, None),
        ("el párrafo 12 del informe de la CRIC 23", "12", CRIC, None),
        ("الفقرة 39 (أ) من ICCD/COP(16)/4", "39(a)", None, SYMBOL),
        ("пункт 8 b) документа ICCD/COP(16)/4", "8(b)", None, SYMBOL),
        ("ICCD/COP(16)/4, para. 48 (d)", "48(d)", None, SYMBOL),
        ("ICCD/COP(16)/4，第39(a)段", "39(a)", None, SYMBOL),
        ("table 1, row 3 of CRIC(23)", "table 1, row 3", CRIC, None),
        ("审评委第23届会议 表1第3行", "table 1, row 3", CRIC, None),
        ("footnote 16 in COP 16", "fn 16", COP, None),
        ("¶89", "89", None, None),
        ("п. 59", "59", None, None),
    ],
)
def test_a_paragraph_is_found_with_its_document(
    text: str, label: str, session: str | None, symbol: str | None
) -> None:
    reference = ParagraphReference(label, session=session, symbol=symbol)
    assert find_paragraph_references(text) == (reference,)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("paragraphs 22 to 24 and 30 (a) and (b)", ["22", "23", "24", "30(a)", "30(b)"]),
        ("第4和5段", ["4", "5"]),
        ("aux paragraphes 4 et 5", ["4", "5"]),
        ("los párrafos 4 y 5", ["4", "5"]),
        ("الفقرتين 4 و 5", ["4", "5"]),
        ("пункты 4–6", ["4", "5", "6"]),
        ("paragraphs 1-900", ["1", "900"]),
    ],
)
def test_a_list_of_paragraphs_names_each(text: str, labels: list[str]) -> None:
    assert [r.label for r in find_paragraph_references(text)] == labels


@pytest.mark.parametrize(
    "text",
    ["decision 8/COP.15, paragraph 4", "第8/COP.15号决定第4段", "paragraph 4 of decision 8/COP.15"],
)
def test_a_paragraph_of_a_decision_stands_elsewhere(text: str) -> None:
    (reference,) = find_paragraph_references(text)
    assert reference.label == "4"
    assert reference.elsewhere


def test_each_paragraph_goes_with_its_own_document() -> None:
    found = find_paragraph_references("para 3 of COP 16 and para 4 of CRIC 23")
    assert [(r.label, r.session) for r in found] == [("3", COP), ("4", CRIC)]


@pytest.mark.parametrize("text", ["пункт 2 a) повестки дня", "40 per cent", "in 2030", "1.5 °C"])
def test_other_numbers_are_no_paragraphs(text: str) -> None:
    assert find_paragraph_references(text) == ()


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    find_sessions(text)
    find_paragraph_references(text)


def test_the_ordinals_are_whole() -> None:
    text = files("kb").joinpath("data/ordinals.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["number"] for row in rows] == [str(n) for n in range(1, 31)]
    for language in ("en", "fr", "es", "ru", "ar"):
        words = [word for row in rows for word in row[language].split("|")]
        assert all(words)
        assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("question", "label", "session"),
    [
        ("缔约方会议第16届会议文件第9段说什么？", "9", "COP(16)"),
        ("审评委第23届会议报告第91段", "91", "CRIC(23)"),
        ("审评委第二十三届会议报告第五十九段", "59", "CRIC(23)"),
        ("подпункт b) пункта 39", "39(b)", None),
        ("subparagraph (b) of paragraph 39", "39(b)", None),
        ("l’alinéa b) du paragraphe 39", "39(b)", None),
        ("el apartado b) del párrafo 39", "39(b)", None),
    ],
)
def test_a_session_is_no_paragraph_and_a_letter_may_come_first(
    question: str, label: str, session: str | None
) -> None:
    (reference,) = find_paragraph_references(question)
    assert (reference.label, reference.session) == (label, session)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What does paragraph 2 of annex I say?", "annex I, 2"),
        ("annex I, paragraph 2", "annex I, 2"),
        ("paragraph 4 of the annex", "annex, 4"),
        ("paragraphe 2 de l’annexe I", "annex I, 2"),
        ("párrafo 2 del anexo I", "annex I, 2"),
        ("пункт 2 приложения I", "annex I, 2"),
        ("附件一第2段", "annex I, 2"),
        ("الفقرة 2 من المرفق الأول", "annex I, 2"),
        ("paragraph 2 and the annexes", "2"),
        ("paragraph 2 above", "2"),
    ],
)
def test_a_paragraph_of_an_annex_is_not_the_body_s(question: str, label: str) -> None:
    assert [r.label for r in find_paragraph_references(question)] == [label]
