"""Whether figures of the documents agree is answered with the figures themselves."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from kb_fixtures import in_six_languages
from record_samples import observation

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.drafts import Message
from assistant.record_quotes import is_summed, sum_of
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.terms import load_terms

SYMBOL = "ICCD/COP(16)/93"
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "The Peace Forest Initiative covers 90 countries: 50 African countries and 60 Asian "
        "countries.",
        "The Great Green Wall covers 15 countries.",
        "In the Great Green Wall 12 countries have reported.",
    ),
    "fr": (
        "L'Initiative des forêts de la paix couvre 90 pays : 50 pays d'Afrique et 60 pays d'Asie.",
        "La Grande Muraille verte couvre 15 pays.",
        "Dans la Grande Muraille verte, 12 pays ont fait rapport.",
    ),
    "es": (
        "La Iniciativa Bosques para la Paz abarca 90 países: 50 países de África y 60 países de "
        "Asia.",
        "La Gran Muralla Verde abarca 15 países.",
        "En la Gran Muralla Verde 12 países han informado.",
    ),
    "ru": (
        "Инициатива «Леса мира» охватывает 90 стран: 50 стран Африки и 60 стран Азии.",
        "Великая зеленая стена охватывает 15 стран.",
        "В рамках Великой зеленой стены доклады представили 12 стран.",
    ),
    "ar": (
        "تشمل مبادرة غابات السلام 90 بلدا: 50 بلدا أفريقيا و60 بلدا آسيويا.",
        "يشمل السور الأخضر العظيم 15 بلدا.",
        "في إطار السور الأخضر العظيم قدم 12 بلدا تقارير.",
    ),
    "zh": (
        "和平森林倡议覆盖90个国家：50个非洲国家和60个亚洲国家。",
        "绿色长城覆盖15个国家。",
        "绿色长城有12个国家提交了报告。",
    ),
}
ADDS_UP: dict[Language, str] = {
    "en": "Do the regional figures of the Peace Forest Initiative add up to its 90 countries?",
    "fr": "Les 90 pays de l'Initiative des forêts de la paix correspondent-ils à la somme des "
    "régions ?",
    "es": "¿Cuadran los 90 países de la Iniciativa Bosques para la Paz con la suma de las "
    "regiones?",
    "ru": "Сходятся ли 90 стран Инициативы «Леса мира» с суммой по регионам?",
    "ar": "هل تتطابق أرقام المناطق مع 90 بلدا في مبادرة غابات السلام؟",
    "zh": "和平森林倡议的90个国家和各区域的数字对得上吗？",
}
TWO: dict[Language, str] = {
    "en": "Is it a mistake that the Great Green Wall has 15 countries in one paragraph and 12 "
    "countries in another?",
    "fr": "La Grande Muraille verte compte 15 pays ici et 12 pays là : est-ce une erreur ?",
    "es": "La Gran Muralla Verde tiene 15 países aquí y 12 países allí: ¿es un error?",
    "ru": "У Великой зеленой стены 15 стран в одном пункте и 12 стран в другом, это ошибка?",
    "ar": "في السور الأخضر العظيم 15 بلدا في فقرة و12 بلدا في أخرى، هل هذا خطأ؟",
    "zh": "绿色长城一处说15个国家，另一处说12个国家，是不是有误？",
}
RECORDS = (
    observation(
        "pfi",
        "initiative:pfi",
        90,
        measure="name:eligible members",
        source=(SYMBOL, "1"),
        anchor="90",
    ),
    observation(
        "pfi-africa",
        "initiative:pfi",
        50,
        measure="name:eligible members in Africa",
        source=(SYMBOL, "1"),
        anchor="50",
        part_of="pfi",
    ),
    observation(
        "pfi-asia",
        "initiative:pfi",
        60,
        measure="name:eligible members in Asia",
        source=(SYMBOL, "1"),
        anchor="60",
        part_of="pfi",
    ),
    observation("ggw", "initiative:ggw", 15, source=(SYMBOL, "2"), anchor="15"),
    observation(
        "ggw-reports",
        "initiative:ggw",
        12,
        measure="term:report",
        source=(SYMBOL, "3"),
        anchor="12",
    ),
)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("contradictions")
    with in_six_languages(home, TEXTS, SYMBOL, RECORDS) as held:
        held.records.check()
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, load_terms()).ask(question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_total_that_its_parts_do_not_reach_is_said_beside_their_sum(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, ADDS_UP[language])
    said = answer.statements[0].text
    assert not answer.abstained
    assert "110" in said
    assert "90" in said
    assert {c.paragraph for c in answer.citations} == {"1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_figures_held_against_each_other_are_both_said_and_cited(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, TWO[language])
    assert {c.paragraph for c in answer.citations} == {"2", "3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sum_is_said_only_of_figures_that_are_cited(language: Language) -> None:
    note = sum_of([Decimal(54), Decimal(18), Decimal(4)], Decimal(74), language)
    message = note.message
    assert message is not None
    cited: list[tuple[str, Language]] = [
        ("74 countries, including 54 in Africa, 18 in Asia and 4 in America", "en")
    ]
    assert is_summed(message, cited, language)
    assert not is_summed(message, [("54 and 18 and 4 countries", "en")], language)
    for key, other in (("sum", "77"), ("working", "54 + 18 + 5"), ("total", "75")):
        changed = tuple((k, other if k == key else v) for k, v in message.values)
        assert not is_summed(Message("sum_is", changed), cited, language)
