"""What a question takes for granted of one act, or of a list, is put right; what is so is not."""

from collections.abc import Iterator

import pytest
from kb_fixtures import in_six_languages

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.premises import takes_membership
from assistant.question_reader import read_question
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.terms import load_terms

SYMBOL = "ICCD/COP(16)/98"
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "The Changwon Initiative was launched by the Republic of Korea in October 2011.",
        "The 5 countries that take part in the pilot projects are Benin, Chad, Ghana, Kenya and "
        "Togo.",
    ),
    "fr": (
        "L'Initiative de Changwon a été lancée par la République de Corée en octobre 2011.",
        "Les 5 pays participant aux projets pilotes sont le Bénin, le Tchad, le Ghana, le Kenya "
        "et le Togo.",
    ),
    "es": (
        "La Iniciativa de Changwon fue puesta en marcha por la República de Corea en octubre de "
        "2011.",
        "Los 5 países que participan en los proyectos piloto son Benin, Chad, Ghana, Kenya y Togo.",
    ),
    "ru": (
        "Чханвонская инициатива была начата Республикой Корея в октябре 2011 года.",
        "В пилотных проектах участвуют 5 стран: Бенин, Чад, Гана, Кения и Того.",
    ),
    "ar": (
        "أطلقت جمهورية كوريا مبادرة تشانغون في تشرين الأول/أكتوبر 2011.",
        "البلدان الـ 5 المشاركة في المشاريع التجريبية هي بنن وتشاد وغانا وكينيا وتوغو.",
    ),
    "zh": (
        "大韩民国于2011年10月发起昌原倡议。",
        "参加试点项目的5个国家是：贝宁、乍得、加纳、肯尼亚和多哥。",
    ),
}
OTHER: dict[Language, str] = {
    "en": "When did Japan launch the Changwon Initiative?",
    "fr": "Quand le Japon a-t-il lancé l'Initiative de Changwon ?",
    "es": "¿Cuándo puso en marcha el Japón la Iniciativa de Changwon?",
    "ru": "Когда Япония начала Чханвонскую инициативу?",
    "ar": "متى أطلقت اليابان مبادرة تشانغون؟",
    "zh": "日本是哪一年发起昌原倡议的？",
}


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with in_six_languages(tmp_path_factory.mktemp("acts"), TEXTS, SYMBOL) as held:
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, load_terms()).ask(question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_who_did_it_is_said(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, OTHER[language])
    assert answer.reason == "false_premise"
    assert [c.paragraph for c in answer.citations] == ["1"]


@pytest.mark.parametrize(
    ("question", "is_put_right"),
    [
        ("When did the Republic of Korea launch the Changwon Initiative?", False),
        ("When did Japan join the Changwon Initiative?", False),
        ("Who launched the Changwon Initiative in 2015?", True),
        ("Who launched the Changwon Initiative in 2011?", False),
    ],
)
def test_only_what_is_done_once_is_put_right(
    kb: KnowledgeBase, question: str, is_put_right: bool
) -> None:
    assert (ask(kb, question).reason == "false_premise") is is_put_right


def test_why_one_is_among_so_many_takes_it_for_one(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Why is Mongolia among the 5 countries that take part in the pilot projects?")
    assert "Mongolia" in answer.statements[0].text
    assert [c.paragraph for c in answer.citations] == ["2"]
    inside = ask(kb, "Why is Kenya among the 5 countries that take part in the pilot projects?")
    assert "not" not in inside.statements[0].text.split()


def test_what_takes_a_membership_for_granted() -> None:
    terms = load_terms()
    assert takes_membership(read_question("Why is Mali one of the 5 countries?", terms))
    assert not takes_membership(read_question("Why did Mali support 5 countries?", terms))
