"""Comparisons: what is held against what, and a statement for each side."""

import pytest
from record_samples import FIRST, record

from assistant.evidence import top_label
from assistant.question_reader import read_question
from assistant.record_index import RecordIndex
from assistant.record_sets import together
from assistant.record_states import states_compared
from assistant.sides import has_sides
from kb.records.record import Record
from kb.terms import load_terms

TERMS = load_terms()
ROW = "table 1, row 3"


def milestone(progress: str, value: int) -> Record:
    return record(
        "milestones",
        f"workshop-{progress}".replace("_", "-"),
        programme="initiative:ldn-tsp-2",
        activity="term:inception-workshop",
        progress=progress,
        value=value,
        unit="term:country",
        source=(FIRST, ROW),
    )


STATES = RecordIndex(
    [milestone("completed", 16), milestone("in_progress", 1), milestone("not_started", 2)], TERMS
)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Which got more money, the Great Green Wall or the Peace Forest Initiative?", True),
        ("Qui a reçu davantage, la Grande Muraille verte ou l'IDRA ?", True),
        ("Which came first?", False),
        ("Did the Great Green Wall get more than IDRA?", False),
        ("What did the Great Green Wall get?", False),
        ("埃塞俄比亚的项目哪年收尾？", False),
    ],
)
def test_two_sides_are_told_where_one_of_them_is_named(question: str, sides: bool) -> None:
    assert has_sides(read_question(question, TERMS)) == sides


@pytest.mark.parametrize(
    "question",
    [
        "Which is greater: those that are done or those that have not started?",
        "Чего больше: тех, кто завершил, или тех, кто еще не начал? Назовите оба числа.",
        "已完成的和尚未开始的，哪个更多？",
    ],
)
def test_those_who_have_not_begun_stand_against_those_who_are_done(question: str) -> None:
    place = (FIRST, top_label(ROW))
    found = states_compared(read_question(question, TERMS), STATES, place)
    assert found is not None
    assert [one.id for claim in found.claims for one in claim.records] == [
        "workshop-completed",
        "workshop-not-started",
    ]
    assert states_compared(read_question(question, TERMS), STATES, (FIRST, "4")) is None


def test_what_is_compared_is_not_added_up() -> None:
    text = "Compare how many countries have completed the inception workshop and not started it"
    question = read_question(text, TERMS)
    found = together(question, STATES.matches(text, "en"), STATES)
    assert found is not None
    assert [claim.operation for claim in found.claims] == [None, None]


def test_figures_of_regions_that_are_not_named_are_no_terms_of_a_sum() -> None:
    records = [
        record(
            "observations",
            f"countries-{region}",
            subject="initiative:rgdrp",
            measure=f"term:{region}",
            value=value,
            unit="term:country",
        )
        for region, value in (("africa", 54), ("asia", 18), ("latin-america-caribbean", 4))
    ]
    index = RecordIndex(records, TERMS)
    text = "利雅得伙伴关系面向的亚洲和拉丁美洲国家一共有多少个？"
    found = together(read_question(text, TERMS), index.matches(text, "zh"), index)
    assert found is not None
    ids = {one.id for claim in found.claims for one in claim.records}
    assert ids == {"countries-asia", "countries-latin-america-caribbean"}
