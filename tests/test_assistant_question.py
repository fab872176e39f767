"""What a question asks, in six languages."""

import csv
from importlib.resources import files

import pytest
from assistant_fakes import small_vocabulary

from assistant.question import Question
from assistant.question_reader import read_question
from assistant.question_words import ASKING
from kb.languages import LANGUAGES
from kb.terms import load_terms

VOCABULARY = small_vocabulary()


def ask(text: str) -> Question:
    return read_question(text, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How much did Saudi Arabia grant?", "how_much"),
        ("How many countries take part?", "how_many"),
        ("When did it start?", "when"),
        ("In what year was it launched?", "when"),
        ("Who leads it?", "who"),
        ("Which organization hosts it?", "who"),
        ("Where was the workshop held?", "where"),
        ("Has Kenya joined?", "yes_no"),
        ("Why was it delayed?", "why_how"),
        ("Which pilot projects ended?", "which"),
        ("List the partners", "list"),
        ("What is the Green Valley Partnership?", "about"),
        ("Green Valley Partnership", "about"),
        ("GVP Saudi grant amount", "how_much"),
        ("number of sites", "how_many"),
        ("What does paragraph 5 of the CRIC 23 report say?", "paragraph"),
        ("沙特承诺了多少资金？", "how_much"),
        ("有多少个国家参加？", "how_many"),
        ("它是什么时候启动的？", "when"),
        ("谁领导它？", "who"),
        ("秘书处设在哪里？", "where"),
        ("肯尼亚是否参加？", "yes_no"),
        ("为什么推迟？", "why_how"),
        ("第5段说了什么？", "paragraph"),
        ("Quel montant l'Arabie saoudite a-t-elle promis ?", "how_much"),
        ("Combien de pays participent ?", "how_many"),
        ("Quand a-t-il été lancé ?", "when"),
        ("Qui dirige le partenariat ?", "who"),
        ("Où se trouve le secrétariat ?", "where"),
        ("Est-ce que le Kenya participe ?", "yes_no"),
        ("¿Cuánto prometió Arabia Saudita?", "how_much"),
        ("¿Cuántos países participan?", "how_many"),
        ("¿Cuándo se lanzó?", "when"),
        ("¿Quién la dirige?", "who"),
        ("¿Dónde está la secretaría?", "where"),
        ("Какая сумма обещана?", "how_much"),
        ("Сколько стран участвуют?", "how_many"),
        ("Когда начата работа?", "when"),
        ("Кто руководит?", "who"),
        ("Где находится секретариат?", "where"),
        ("Участвует ли Кения?", "yes_no"),
        ("ما مبلغ المنحة؟", "how_much"),
        ("كم عدد البلدان؟", "how_many"),
        ("متى أُطلقت؟", "when"),
        ("من يقود الشراكة؟", "who"),
        ("أين تقع الأمانة؟", "where"),
        ("هل تشارك كينيا؟", "yes_no"),
    ],
)
def test_the_kind_of_question_is_read_from_its_words(text: str, kind: str) -> None:
    assert ask(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "How much did Saudi Arabia grant to the Green Valley Partnership?",
        "沙特阿拉伯向绿谷伙伴关系提供了多少赠款？",
        "Combien l'Arabie saoudite a-t-elle donné au Partenariat pour les vallées vertes ?",
        "¿Cuánto donó Arabia Saudita a la Alianza de los Valles Verdes?",
        "Сколько Саудовская Аравия дала Партнерству «Зеленая долина»?",
        "كم قدمت المملكة العربية السعودية إلى شراكة الأودية الخضراء؟",
    ],
)
def test_names_are_the_same_concepts_in_all_languages(text: str) -> None:
    assert {"party:SAU", "initiative:valley"} <= {m.concept_id for m in ask(text).names}


@pytest.mark.parametrize(
    "text",
    [
        "How many countries?",
        "多少个国家？",
        "Combien de pays ?",
        "¿Cuántos países?",
        "Сколько стран?",
    ],
)
def test_what_is_counted_is_the_same_unit_in_all_languages(text: str) -> None:
    assert ask(text).units == ("country",)


def test_what_a_name_is_called_is_not_counted() -> None:
    assert ask("كم منحت السعودية لشراكة الأودية الخضراء؟").units == ()


def test_references_years_and_decisions_are_read() -> None:
    question = ask(
        "What did paragraph 8(b) of the CRIC 23 report say of decision 3/COP.16 in 2024?"
    )
    assert [r.label for r in question.references] == ["8(b)"]
    assert question.sessions == ("CRIC(23)",)
    assert question.years == ("2024",)
    assert question.decisions == ("3/COP.16",)


def test_question_words_are_no_content() -> None:
    assert [w.stem for w in ask("How many countries were mentioned in the report?").words] == [
        "countri"
    ]


def test_two_questions_in_one_keep_both_kinds() -> None:
    assert ask("When was it launched and how many countries joined?").kinds[:2] == (
        "when",
        "how_many",
    )


@pytest.mark.parametrize("text", ["", "   ", "?", "the", "of", "的", "et", "…"])
def test_a_question_without_content_is_empty(text: str) -> None:
    assert ask(text).is_empty


def test_negation_is_noticed() -> None:
    assert ask("How many countries have not started?").negated
    assert not ask("How many countries have started?").negated


def test_the_word_lists_are_complete() -> None:
    for name, columns in (
        ("question_words", "role"),
        ("actions", "id"),
        ("attribution_words", "id"),
    ):
        source = files("kb").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(source.splitlines()))
        assert all(None not in row and None not in row.values() for row in rows), name
        assert len({(row.get("role"), row[columns]) for row in rows}) == len(rows), name
        roles = {row[columns] for row in rows}
        if name == "question_words":
            assert set(ASKING) <= roles
            continue
        assert all(row[language] for row in rows for language in LANGUAGES), name


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("As of what date are the figures of the progress board?", True),
        ("Quelle est la date de référence des chiffres du tableau ?", True),
        ("¿Cuál es la fecha de corte de las cifras del cuadro?", True),
        ("По состоянию на какую дату приведены цифры таблицы?", True),
        ("حتى أي تاريخ أرقام الجدول؟", True),
        ("表中的数字截至哪一天？", True),
        ("When was the alliance launched?", False),
        ("À quelle date l'alliance a-t-elle été lancée ?", False),
    ],
)
def test_how_new_figures_are_is_told_from_when_a_thing_was(question: str, asks: bool) -> None:
    assert read_question(question, load_terms()).asks_as_of is asks
