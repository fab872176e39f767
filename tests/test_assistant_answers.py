"""Answers end to end over a few passages: what is said, what it cites, and when nothing is."""

from dataclasses import replace

import pytest
from assistant_fakes import FakeKnowledge, passage, small_vocabulary
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.assistant import Assistant
from kb.languages import LANGUAGES, Language
from kb.passages import Passage
from kb.sentences import word_count

DOCUMENT = "ICCD/COP(99)/1"
GRANT = (
    "The Green Valley Partnership (GVP) links drought-prone countries with resources. It is "
    "backed by a US$150 million grant pledged by Saudi Arabia and by pledges of US$1 billion each "
    "from the Islamic Development Bank (IsDB) and the Global Environment Facility, up to 2030."
)
GRANT_ZH = (
    "绿谷伙伴关系连接易受干旱影响的国家与资源。沙特阿拉伯已认捐赠款 1.5 亿美元，"
    "以及伊斯兰开发银行和全球环境基金各承诺 10 亿美元，直至 2030 年。"
)
LAUNCH = (
    "The Green Valley Partnership was launched on 12 May 2023 in Doha by 18 countries, and its "
    "steering committee has 12 members. Norway chairs it."
)
KENYA = "Kenya and Peru take part in the Deep Wells Initiative, which the FAO supports in Kenya."
OTHER = "Land degradation is a challenge for everyone, and sustained political leadership matters."

DIGESTS = tuple(
    passage(text, label, edition="digest", heading=("4. Green Valley Partnership",))
    for label, text in (("1", OTHER), ("2", LAUNCH), ("89", GRANT), ("90", KENYA))
)
ORIGINAL = passage(GRANT_ZH, "89", language="zh", heading=("4. 绿谷伙伴关系",))


def assistant(*passages: Passage) -> Assistant:
    return Assistant(FakeKnowledge(passages), small_vocabulary())


@pytest.fixture(scope="module")
def both() -> Assistant:
    return assistant(*DIGESTS, ORIGINAL)


def check(answer: Answer, *passages: Passage) -> None:
    """Every citation is verbatim and every mark leads to one."""
    texts = {(p.document_id, p.label, p.language, p.edition): p.text for p in passages}
    for c in answer.citations:
        assert texts[c.document_id, c.paragraph, c.language, c.edition][c.start : c.end] == c.quote
        assert c.url.startswith("/v1/documents/ICCD%2FCOP%2899%29%2F1/paragraphs/")
    marks = {n for s in answer.statements for n in s.citations}
    assert marks == {c.n for c in answer.citations}


def test_a_figure_is_said_first_with_its_summary_and_the_original(both: Assistant) -> None:
    answer = both.ask("How much did Saudi Arabia grant to the Green Valley Partnership?")
    first, second = answer.statements
    assert first.kind == "digest"
    assert first.text.startswith("Summary by LandBrief: ")
    assert "US$150 million grant pledged by Saudi Arabia" in first.text
    assert second.kind == "quote"
    assert "1.5 亿美元" in second.text
    assert [c.edition for c in answer.citations] == ["digest", "original"]
    assert answer.citations[0].label == "ICCD/COP(99)/1, para. 89"
    assert word_count(answer.text) <= 60
    check(answer, *DIGESTS, ORIGINAL)


@pytest.mark.parametrize(
    "question",
    [
        "沙特阿拉伯向绿谷伙伴关系承诺了多少赠款？",
        "Combien l'Arabie saoudite a-t-elle promis au Partenariat pour les vallées vertes ?",
        "¿Cuánto prometió Arabia Saudita a la Alianza de los Valles Verdes?",
        "Сколько Саудовская Аравия пообещала Партнерству «Зеленая долина»?",
        "كم تعهدت المملكة العربية السعودية لشراكة الأودية الخضراء؟",
    ],
)
def test_the_same_paragraph_answers_in_every_language(both: Assistant, question: str) -> None:
    answer = both.ask(question)
    assert not answer.abstained
    assert {c.paragraph for c in answer.citations} == {"89"}
    assert "1.5 亿美元" in answer.text
    check(answer, *DIGESTS, ORIGINAL)


def test_a_reader_of_the_original_gets_it_alone(both: Assistant) -> None:
    answer = both.ask("沙特阿拉伯向绿谷伙伴关系承诺了多少赠款？")
    assert [s.kind for s in answer.statements] == ["quote"]
    assert answer.citations[0].label == "ICCD/COP(99)/1，第89段"


def test_a_text_in_another_language_is_said_to_be_so(both: Assistant) -> None:
    answer = both.ask(
        "Combien l'Arabie saoudite a-t-elle promis au Partenariat pour les vallées vertes ?"
    )
    assert answer.statements[0].text.startswith("Résumé par LandBrief, en anglais : ")
    assert answer.statements[-1].text == "Le texte n’est disponible ici qu’en anglais et chinois."


def test_a_date_a_count_and_a_place_are_found(both: Assistant) -> None:
    for question, expected in (
        ("When was the Green Valley Partnership launched?", "12 May 2023"),
        (
            "How many members does the steering committee of the Green Valley Partnership have?",
            "12",
        ),
        ("Where was the Green Valley Partnership launched?", "Doha"),
        ("Who supports the Deep Wells Initiative in Kenya?", "FAO"),
    ):
        answer = both.ask(question)
        assert not answer.abstained, question
        assert expected in answer.statements[0].text, question


@pytest.mark.parametrize(
    "question",
    [
        "How much did Norway grant to the Green Valley Partnership?",
        "How much did Morocco pledge?",
        "How much GEF money was allocated to Kenya under the Deep Wells Initiative?",
        "When was the Deep Wells Initiative launched?",
        "How many women are members of the Deep Wells Initiative?",
        "How much did Saudi Arabia grant to the Green Valley Partnership in 2017?",
        "挪威向绿谷伙伴关系承诺了多少赠款？",
        "Combien le Maroc a-t-il promis ?",
    ],
)
def test_what_the_documents_do_not_say_is_not_answered(both: Assistant, question: str) -> None:
    answer = both.ask(question)
    assert answer.abstained
    assert answer.reason == "not_in_documents"
    assert not answer.statements[0].citations
    assert len([s for s in answer.statements if s.citations]) <= 2
    check(answer, *DIGESTS, ORIGINAL)


@pytest.mark.parametrize("question", ["Who won the world cup?", "best pizza near the station"])
def test_a_question_from_elsewhere_is_off_topic(both: Assistant, question: str) -> None:
    answer = both.ask(question)
    assert (answer.abstained, answer.reason, answer.citations) == (True, "off_topic", ())


@pytest.mark.parametrize("question", ["", "?", "the"])
def test_an_empty_question_is_unclear(both: Assistant, question: str) -> None:
    answer = both.ask(question)
    assert (answer.abstained, answer.reason) == (True, "unclear_question")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_abstention_speaks_the_readers_language(both: Assistant, language: str) -> None:
    answer = both.ask("How much did Norway grant?", language=language)  # type: ignore[arg-type]
    assert answer.language == language
    english = both.ask("How much did Norway grant?").statements[0].text
    assert (answer.statements[0].text == english) == (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_may_be_answered_in_another_language(
    both: Assistant, language: Language
) -> None:
    question = "How much did Saudi Arabia grant to the Green Valley Partnership?"
    answer = both.ask(question, language=language)
    assert (answer.language, answer.abstained) == (language, False)
    assert {c.paragraph for c in answer.citations} == {"89"}
    assert "1.5 亿美元" in answer.text


def test_a_named_paragraph_is_quoted(both: Assistant) -> None:
    answer = both.ask("What does paragraph 89 of ICCD/COP(99)/1 say?")
    assert not answer.abstained
    assert {c.paragraph for c in answer.citations} == {"89"}
    assert answer.statements[1].text == GRANT_ZH


def test_a_paragraph_that_is_not_held_is_said_not_to_be() -> None:
    answer = assistant(*DIGESTS).ask("What does paragraph 300 of ICCD/COP(99)/1 say?")
    assert answer.abstained
    assert answer.statements[0].text == "ICCD/COP(99)/1, para. 300 is not held here."


def test_a_paragraph_of_an_internal_document_is_not_shown() -> None:
    secret = passage("The secret grant is 5 million dollars.", "7", visibility="internal")
    answer = assistant(*DIGESTS[:1], replace(secret, document_id="X/1", symbol="X/1")).ask(
        "What does paragraph 7 of X/1 say?"
    )
    assert answer.abstained
    assert "secret" not in answer.text


def test_superseded_and_corrected_text_is_never_cited_unmarked() -> None:
    old = replace(DIGESTS[2], superseded_by="ICCD/COP(99)/1/Rev.1", status="superseded")
    amended = replace(DIGESTS[1], corrected_by=("ICCD/COP(99)/1/Corr.1, para. 2",))
    asked = Assistant(FakeKnowledge((old, amended)), small_vocabulary())
    answer = asked.ask("When was the Green Valley Partnership launched?")
    assert any("ICCD/COP(99)/1/Corr.1, para. 2" in s.text for s in answer.statements)
    answer = asked.ask("How much did Saudi Arabia grant to the Green Valley Partnership?")
    assert any("superseded by ICCD/COP(99)/1/Rev.1" in s.text for s in answer.statements)


def test_a_citation_names_the_deepest_subparagraph_and_counts_in_the_whole() -> None:
    text = (
        "The Green Valley Partnership has two parts:\n(a) Norway gives US$5 million;\n"
        "(b) Peru gives US$7 million."
    )
    start = text.index("(b)")
    whole = passage(text, "8", subparagraphs=("8(b)",))
    part = replace(whole, label="8(b)", text=text[start:], start=start, subparagraphs=())
    asked = Assistant(FakeKnowledge((whole,), parts={"8": (part,)}), small_vocabulary())
    answer = asked.ask("How much does Peru give to the Green Valley Partnership?")
    assert [c.paragraph for c in answer.citations] == ["8"]
    assert answer.citations[0].label.endswith("para. 8 (b)")
    assert text[answer.citations[0].start : answer.citations[0].end] == answer.citations[0].quote


def test_other_documents_are_left_out_when_one_is_chosen(both: Assistant) -> None:
    assert both.ask("When was the Green Valley Partnership launched?", documents=["X/1"]).abstained


def test_a_symbol_in_the_question_chooses_the_document() -> None:
    text = "The Green Valley Partnership was launched on 3 July 2021."
    elsewhere = passage(text, "5", document="ICCD/COP(98)/2", session="COP(98)")
    asked = assistant(*DIGESTS, elsewhere)
    question = "When was the Green Valley Partnership launched according to {}?"
    assert "3 July 2021" in asked.ask(question.format("ICCD/COP(98)/2")).text
    assert "12 May 2023" in asked.ask(question.format("ICCD/COP(99)/1")).text


def test_the_same_question_gets_the_same_answer(both: Assistant) -> None:
    question = "How much did Saudi Arabia grant to the Green Valley Partnership?"
    assert both.ask(question).text == both.ask(question).text


def test_a_change_in_the_knowledge_is_seen_at_once() -> None:
    kb = FakeKnowledge((DIGESTS[2],))
    asked = Assistant(kb, small_vocabulary())
    question = "How much did Saudi Arabia grant to the Green Valley Partnership?"
    assert "150 million" in asked.ask(question).text
    changed = replace(DIGESTS[2], text=GRANT.replace("150", "170"), version=2)
    kb.replace_all((changed,))
    assert "170 million" in asked.ask(question).text


WORDS = [
    *("how", "much", "many", "when", "who", "which", "Kenya", "Norway", "grant", "5%", "US$7"),
    *("2024", "Green", "Valley", "Partnership", "para.", "89", "承诺", "多少", "挪威", "赠款"),
    *("第89段", "сколько", "Кения", "combien", "promis", "cuánto", "كم", "منحة", "¿", "?", "؟"),
    *("。", "(", ")", "[", "]", "“", '"', "'", "\\", "{", "}", "𝒳", "\u200f"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from((None, *LANGUAGES)))
def test_no_question_breaks_the_assistant(
    both: Assistant, words: list[str], language: Language | None
) -> None:
    answer = both.ask(" ".join(words), language=language)
    assert answer.statements
    check(answer, *DIGESTS, ORIGINAL)


@given(st.text(max_size=60))
def test_no_text_breaks_the_assistant(both: Assistant, text: str) -> None:
    assert both.ask(text).statements


def test_an_exact_answer_takes_the_sentences_beside_it_where_all_is_read_at_a_glance() -> None:
    text = (
        "The Green Valley Partnership was founded by 24 towns. On 30 June 2033 it had 87 towns. "
        "Its office is in Lima."
    )
    asked = Assistant(FakeKnowledge((passage(text, "3"),)), small_vocabulary())
    answer = asked.ask("How many towns had the Green Valley Partnership in June 2033?")
    assert [s.text for s in answer.statements] == [text]
    parts = passage(
        "The Green Valley Partnership was founded by 24 towns. On 30 June 2033 it had 87 towns. "
        + "Its office looks after wells, seeds, markets, roads and radio stations. " * 8,
        "3",
    )
    asked = Assistant(FakeKnowledge((parts,)), small_vocabulary())
    answer = asked.ask("How many towns had the Green Valley Partnership in June 2033?")
    assert len(answer.statements[0].text.split()) <= 54
