"""Figures that a question holds against one another are each quoted where they stand, with what
they come to; the gate lets through only what the words quoted bear out."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from kb_fixtures import in_six_languages

from assistant.agreement_voice import is_worked_out, rows_message, same_message
from assistant.answer import Answer
from assistant.arithmetic import Quoted, workings
from assistant.assistant import Assistant
from assistant.consistency import asks_consistency, given_figures
from assistant.drafts import Message
from assistant.question_reader import read_question
from assistant.second_places import same_figure
from assistant.table_checks import rows_total
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.terms import load_terms
from kb.wording import Wording

SYMBOL = "ICCD/COP(16)/97"
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "The Great Green Wall has reached 34 countries so far.",
        "The Great Green Wall was joined at first by 21 countries.",
        "The Changwon Initiative covers 90 projects in 12 countries.",
        "Target setting is voluntary for the members of IDRA, whatever their income.",
    ),
    "fr": (
        "La Grande Muraille verte a atteint 34 pays à ce jour.",
        "La Grande Muraille verte a réuni au départ 21 pays.",
        "L'Initiative de Changwon porte sur 90 projets dans 12 pays.",
        "Pour les membres de l'IDRA, fixer des cibles est volontaire, quel que soit le revenu.",
    ),
    "es": (
        "La Gran Muralla Verde ha llegado hasta ahora a 34 países.",
        "A la Gran Muralla Verde se sumaron al principio 21 países.",
        "La Iniciativa de Changwon abarca 90 proyectos en 12 países.",
        "Para los miembros de la IDRA fijar metas es voluntario, sea cual sea su ingreso.",
    ),
    "ru": (
        "Великая зеленая стена охватила к настоящему времени 34 страны.",
        "К Великой зеленой стене вначале присоединилась 21 страна.",
        "Чханвонская инициатива охватывает 90 проектов в 12 странах.",
        "Для членов альянса IDRA установление целей является добровольным.",
    ),
    "ar": (
        "وصل السور الأخضر العظيم حتى الآن إلى 34 بلدا.",
        "انضم إلى السور الأخضر العظيم في البداية 21 بلدا.",
        "تشمل مبادرة تشانغون 90 مشروعا في 12 بلدا.",
        "تحديد الغايات طوعي لأعضاء تحالف IDRA.",
    ),
    "zh": (
        "绿色长城迄今已覆盖34个国家。",
        "绿色长城最初有21个国家参加。",
        "昌原倡议涵盖12个国家的90个项目。",
        "对国际抗旱联盟成员而言，设定目标是自愿的。",
    ),
}
AGAINST: dict[Language, str] = {
    "en": "The Great Green Wall has 34 countries in one place, 21 in another. Is it a mistake?",
    "fr": "La Grande Muraille verte : 34 pays d'un côté, 21 de l'autre. Est-ce une erreur ?",
    "es": "La Gran Muralla Verde: 34 países en un lugar, 21 en otro. ¿Es un error?",
    "ru": "Великая зеленая стена: в одном месте 34 страны, в другом 21. Это ошибка?",
    "ar": "السور الأخضر العظيم: 34 بلدا في موضع، 21 في موضع آخر. هل في ذلك تناقض؟",
    "zh": "绿色长城一处写34个国家，另一处写21个，是否矛盾？",
}
BINDING: dict[Language, str] = {
    "en": "Is target setting mandatory for the members of IDRA?",
    "fr": "Fixer des cibles est-il obligatoire pour les membres de l'IDRA ?",
    "es": "¿Es obligatorio fijar metas para los miembros de la IDRA?",
    "ru": "Обязательно ли установление целей для членов альянса IDRA?",
    "ar": "هل تحديد الغايات إلزامي لأعضاء تحالف IDRA؟",
    "zh": "国际抗旱联盟成员必须遵守、强制设定目标吗？",
}
FREE: dict[Language, str] = {
    "en": "voluntary",
    "fr": "volontaire",
    "es": "voluntario",
    "ru": "добровольным",
    "ar": "طوعي",
    "zh": "自愿",
}
TABLE = (
    "Progress\nActivity | Done | Under way | Not begun\nPlans | 6 (60%) | 3 | 1\nMaps | 10 | 0 | 0"
)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with in_six_languages(tmp_path_factory.mktemp("agreement"), TEXTS, SYMBOL) as held:
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, load_terms()).ask(question)


def quoted(*texts: str, language: Language = "en") -> list[Quoted]:
    return [Quoted(str(number), text, language) for number, text in enumerate(texts)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_is_quoted_where_it_stands(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, AGAINST[language])
    assert not answer.abstained
    assert [c.paragraph for c in answer.citations] == ["1", "2"]
    assert answer.statements[0].text == Wording(language).say("both_say")


def test_a_figure_that_is_nowhere_changes_nothing(kb: KnowledgeBase) -> None:
    answer = ask(kb, "The Great Green Wall has 34 countries here, 57 there. Is it a mistake?")
    assert {c.paragraph for c in answer.citations} != {"1", "2"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pole_that_is_said_is_quoted(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, BINDING[language])
    assert not answer.abstained
    assert FREE[language] in answer.text


def test_small_and_repeated_numbers_are_no_figures_held_against_others() -> None:
    question = read_question(
        "Do the two amounts, 54 countries and 18 countries, of the 54 match?", load_terms()
    )
    assert [f.value for f in given_figures(question)] == [54, 18]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Do the figures match?", True),
        ("How many countries have not yet reported?", False),
        ("Which countries take part?", False),
    ],
)
def test_what_asks_for_a_check(question: str, asks: bool) -> None:
    assert asks_consistency(read_question(question, load_terms())) is asks


def test_a_share_an_average_and_a_whole_are_worked_out() -> None:
    terms = load_terms()
    share = read_question("Is the 56% consistent with the number of countries?", terms)
    row = "Of the 18 countries, 10 countries (56%) had done so, 5 had begun and 3 had not."
    assert workings(share, quoted(row)) == ("10 / 18 = 56%",)
    wrong = row.replace("56", "57")
    assert not workings(read_question("Is the 57% consistent?", terms), quoted(wrong))
    average = read_question("90 projects in 12 countries, about 8 each: error?", terms)
    text = "There are 90 projects in 12 countries. That is about 8 projects each."
    assert workings(average, quoted(text)) == ("90 / 12 = 7.5",)
    whole = read_question("Do 5 countries and 4 countries match the 10 countries?", terms)
    assert workings(whole, quoted("It has 10 countries: 5 countries and 4 countries.")) == (
        "5 + 4 = 9 ≠ 10",
    )


def test_a_daily_amount_is_set_beside_the_yearly_one() -> None:
    question = read_question(
        "Is US$278 billion a year consistent with US$1 billion a day?", load_terms()
    )
    texts = quoted("It takes US$278 billion a year.", "It takes US$1 billion a day.")
    (line,) = workings(question, texts)
    assert "365" in line
    assert "≠" in line
    assert not workings(question, texts[:1])


def test_what_is_worked_out_is_computed_anew() -> None:
    question = read_question("Is the 50% consistent with the countries?", load_terms())
    text = quoted("Of the 18 countries, 9 countries (50%) had, 8 had begun and 1 had not.")
    right = Message("worked_out", (("working", "9 / 18 = 50%"),))
    assert is_worked_out(right, question, text)
    assert not is_worked_out(replace(right, values=(("working", "9 / 18 = 51%"),)), question, text)
    assert not is_worked_out(right, question, quoted("It has 18 countries."))


def test_every_row_of_a_table_is_added_up() -> None:
    found = rows_total(TABLE, "en")
    assert found == (2, Decimal(10))
    assert rows_total(TABLE.replace("| 1\n", "| 2\n"), "en") is None
    assert rows_total(TABLE.replace("| 3 |", "| many |"), "en") is None
    assert dict(rows_message(found, "en").values) == {"rows": "2", "total": "10"}


def test_one_figure_in_every_place_is_said_to_be_the_same() -> None:
    question = read_question("Is the hectare figure identical in each section?", load_terms())
    same = quoted("Some 600 million hectares.", "It is 600 million hectares.")
    assert same_figure(question, same) == Decimal(600_000_000)
    assert same_message(question, quoted("600 million hectares.", "5 million hectares.")) is None
    assert same_message(question, same[:1]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_filled_in_every_language(language: Language) -> None:
    wording = Wording(language)
    assert "1 + 2" in wording.say("worked_out", working="1 + 2 = 3")
    assert "18" in wording.say("rows_add_up", rows="10", total="18")
    assert "600" in wording.say("same_figure", figure="600")
