"""The rows of a table that a question holds against a statement, or against one another."""

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.languages import LANGUAGES, Language
from kb.settings import Settings
from kb.terms import load_terms, terms_version
from kb.wording import Wording

TEXT: dict[Language, str] = {
    "en": "In table 1, is the 50% consistent with the number of countries?",
    "fr": "Tableau 1 : la part de 50 % correspond-elle au nombre de pays ?",
    "es": "En el cuadro 1, ¿corresponde el 50 % al número de países?",
    "ru": "В таблице 1 доля 50 % соответствует числу стран?",
    "ar": "في الجدول 1، هل تتطابق نسبة 50 في المائة مع عدد البلدان؟",
    "zh": "表1中的50%与国家数目一致吗？",
}


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    terms = load_terms()
    home = tmp_path_factory.mktemp("tables")
    with open_knowledge_base(
        Settings(home=home), concepts=terms.concepts, concepts_version=terms_version()
    ) as held:
        held.init_shipped()
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, load_terms()).ask(question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_share_of_a_row_is_worked_out(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, TEXT[language])
    assert [c.paragraph for c in answer.citations] == ["table 1, row 4"]
    assert "9 / 18 = 50" in answer.statements[-1].text


def test_a_statement_and_the_rows_it_is_held_against_are_quoted(kb: KnowledgeBase) -> None:
    answer = ask(
        kb,
        "Paragraph 21 says every country has its LDN working group running again. Does the "
        "progress table bear that out?",
    )
    assert {c.paragraph for c in answer.citations} == {"21", "table 1, row 2"}


def test_two_rows_that_are_compared_are_both_said(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Больше ли стран оценили свои цели, чем пересмотрели? Дайте обе цифры по 18.")
    assert answer.statements[0].text == Wording("ru").say("both_say")
    assert [c.paragraph for c in answer.citations] == ["table 1, row 5", "table 1, row 6"]
