"""A list that a sentence announces is quoted with it; names asked for are not cut apart."""

import pytest
from assistant_fakes import FakeKnowledge, passage, small_vocabulary

from assistant.assistant import Assistant

PARTNERS = passage(
    "The Deep Wells Initiative will work with three partners, namely:\n(a) the council;\n"
    "(b) the well diggers;\n(c) the schools of farming.",
    "1",
)
LONG = passage(
    "In 2025 a project on the resilience of women and girls in the Green Valley Partnership, with "
    "money of a bank and the help of many others who had long waited for it, was begun in three "
    "countries hard hit by drought, Kenya, Morocco and Peru; a strategy for money will be made "
    "with the help of a fund to widen the work, and another project is shown to everybody as one "
    "that will be left behind by the presidency of the year.",
    "2",
)


def first(question: str) -> str:
    knowledge = FakeKnowledge((PARTNERS, LONG))
    return Assistant(knowledge, small_vocabulary()).ask(question).statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "With which partners will the Deep Wells Initiative work?",
        "Who will work with the Deep Wells Initiative?",
    ],
)
def test_what_a_sentence_announces_is_quoted_with_it(question: str) -> None:
    assert first(question).endswith("(c) the schools of farming.")


def test_names_asked_for_are_quoted_to_the_last() -> None:
    text = first("Which countries of the Green Valley Partnership have the project for women?")
    assert "Kenya, Morocco and Peru" in text
    assert "left behind" not in text
