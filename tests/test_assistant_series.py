"""Lists asked for: read as such in six languages, found by what is enumerated, said whole."""

import pytest
from assistant_fakes import FakeKnowledge, passage, small_vocabulary

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.question import Question
from assistant.question_reader import read_question
from assistant.reading import Reading
from assistant.series import marked_in, run_in
from assistant.several import asks_several, size_asked
from kb.languages import Language

SEVERAL: dict[Language, tuple[str, ...]] = {
    "en": (
        "Which companies joined the alliance?",
        "Who else signed the charter?",
        "At which big public meetings was the soil shown?",
    ),
    "fr": ("Quelles entreprises ont rejoint l'alliance ?", "Qui sont les membres du conseil ?"),
    "es": ("¿Qué empresas se sumaron a la alianza?", "¿Quiénes firmaron la carta?"),
    "ru": ("Какие компании вступили в альянс?", "По каким направлениям идёт работа?"),
    "ar": ("ما الأدوات التي يستعملها المجلس؟", "من هم أعضاء المجلس؟"),
    "zh": ("哪些公司加入了联盟？", "哪几个机构签署了宪章？"),
}
ONE: dict[Language, tuple[str, ...]] = {
    "en": (
        "Which company leads the alliance?",
        "Which company hosts COP?",
        "What is the name of the alliance?",
    ),
    "fr": ("Quelle entreprise dirige l'alliance ?",),
    "es": ("¿Qué empresa dirige la alianza?",),
    "ru": ("Какая компания возглавляет альянс?",),
    "ar": ("أي شركة تقود المجلس؟",),
    "zh": ("哪家公司领导联盟？",),
}
MENTIONED = passage(
    "The companies of the Soil Alliance report to the council each spring on what they have done.",
    "1",
)
LISTED = passage(
    "Four companies left the Soil Alliance in 2033: Borealis, Nilo Agro, Andean Cloth and Verdant "
    "Fields. The first two had named the price of checks, the others had found new owners.",
    "2",
)
COUNTED = passage("The Deep Wells Initiative works in nine countries of two regions.", "3")


def read(text: str) -> Question:
    return read_question(text, small_vocabulary(), None)


def ask(question: str, *texts: object) -> Answer:
    return Assistant(FakeKnowledge(tuple(texts)), small_vocabulary()).ask(question)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [text for texts in SEVERAL.values() for text in texts])
def test_several_things_are_asked_for(text: str) -> None:
    assert asks_several(read(text))


@pytest.mark.parametrize("text", [text for texts in ONE.values() for text in texts])
def test_one_thing_is_no_list(text: str) -> None:
    assert not asks_several(read(text))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Which four companies left?", 4),
        ("Quelles quatre entreprises sont parties ?", 4),
        ("联盟的三项目标是什么？", 3),
        ("Which companies of the 18 left?", None),
    ],
)
def test_how_many_are_asked_for_stands_beside_the_question_word(
    text: str, size: int | None
) -> None:
    assert {int(value) for value in size_asked(read(text))} == ({size} if size else set())


@pytest.mark.parametrize(
    "text",
    [
        "ما أدوات التمويل التي يراها التقرير فرصة؟",
        "哪些渠道可以获得资金？",
        "哪几个国家出的钱？",
    ],
)
def test_kinds_of_money_are_no_amount(text: str) -> None:
    assert not {"how_much", "how_many"} & set(read(text).kinds)


@pytest.mark.parametrize(
    ("language", "text", "items"),
    [
        ("en", "It works with schools, wells, markets and banks.", 4),
        ("fr", "Elle soutient des écoles, des puits et des banques.", 3),
        ("es", "Apoya escuelas, pozos, mercados y bancos.", 4),
        ("ru", "Он поддерживает школы, колодцы и банки.", 3),
        ("ar", "يدعم المدارس، والآبار، والأسواق، والمصارف", 4),
        ("zh", "它支持学校、水井、市场和银行。", 4),
        ("en", "It met on 4 June 2022, 5 July 2023, 6 May 2024 and 1 May 2025.", 0),
        ("en", "It works, as said above, with schools.", 0),
    ],
)
def test_things_between_commas_are_counted(language: Language, text: str, items: int) -> None:
    sentence = Reading(small_vocabulary()).read(text, language).sentences[0]
    found = run_in(sentence, text, language)
    assert (found.items if found is not None else 0) == items


def test_a_list_with_letters_begins_with_what_announces_it() -> None:
    text = "It met twice. It has three aims:\n(a) to dig;\n(b) to teach;\n(c) to rest."
    found = marked_in(Reading(small_vocabulary()).read(text, "en"))
    assert found is not None
    assert found.items == 3
    assert found.span.of(text).startswith("It has three aims:")
    assert found.span.of(text).endswith("to rest.")


def test_the_paragraph_that_lists_goes_before_the_one_that_mentions() -> None:
    answer = ask("Which companies left the Soil Alliance?", MENTIONED, LISTED)
    assert answer.citations[0].paragraph == "2"
    assert "Borealis, Nilo Agro, Andean Cloth and Verdant Fields" in answer.statements[0].text


def test_a_number_of_countries_is_no_answer_to_which() -> None:
    assert ask("In which countries does the Deep Wells Initiative work?", COUNTED).abstained
