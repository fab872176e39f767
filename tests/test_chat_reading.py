"""A draft is read into the same sentences however it arrives."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.budget import Budget, estimated
from assistant.chat.reading import DraftReader, DraftSentence
from kb.errors import ChatModelFailed
from kb.languages import LANGUAGES, Language

DRAFT = (
    "Norway gave 5. [E1] Peru gave 3 [E2, E3].\n- **Kenya** did. More here [E1][E4]\n"
    "no source\n# Title\nLast [E12] tail"
)
READ = [
    ("Norway gave 5.", ("E1",)),
    ("Peru gave 3.", ("E2", "E3")),
    ("Kenya did.", ("E1", "E4")),
    ("More here", ("E1", "E4")),
    ("no source", ()),
    ("Title", ()),
    ("Last", ("E12",)),
    ("tail", ()),
]


def read(
    text: str, pieces: list[str], language: Language = "en"
) -> list[tuple[str, tuple[str, ...]]]:
    reader = DraftReader(language)
    found: list[DraftSentence] = []
    for piece in pieces:
        found += reader.feed(piece)
    found += reader.rest()
    assert "".join(pieces) == text
    return [(one.text, one.keys) for one in found]


@given(st.lists(st.integers(0, len(DRAFT))))
def test_where_a_draft_is_cut_into_pieces_changes_nothing(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(DRAFT)]
    pieces = [DRAFT[a:b] for a, b in pairwise(edges)]
    assert read(DRAFT, pieces) == READ


def test_a_sentence_is_given_before_the_draft_ends() -> None:
    reader = DraftReader("en")
    assert list(reader.feed("Norway gave 5. [E1]")) == []
    assert [one.text for one in reader.feed(" Peru")] == ["Norway gave 5."]


def test_keys_are_read_in_the_brackets_of_any_language() -> None:
    text = "挪威承诺最高 100 亿美元。【E1】秘鲁没有支付（E2）。"
    found = read(text, [text], "zh")
    assert [keys for _, keys in found] == [("E1",), ("E2",)]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    read(text, [text])


def test_the_budget_counts_what_is_told_and_estimates_the_rest() -> None:
    budget = Budget(1_000)
    budget.begin("x" * 300)
    budget.write("y" * 30)
    assert budget.spent == 110
    budget.end(700)
    assert budget.spent == 700
    with pytest.raises(ChatModelFailed, match="1000 tokens"):
        budget.begin("x" * 600)


def test_a_reply_that_grows_beyond_the_budget_is_stopped() -> None:
    budget = Budget(500)
    budget.begin("short")
    for _ in range(40):
        budget.write("a piece of text of some length ")
    with pytest.raises(ChatModelFailed, match="spent"):
        budget.write("a piece of text" * 40)


@pytest.mark.parametrize("text", ["", "Norway", "挪威承诺最高", "Норвегия"])
def test_an_estimate_is_rather_too_high(text: str) -> None:
    assert estimated(text) >= len(text) / 4


def test_the_words_of_drafts_are_there_in_all_six_languages() -> None:
    file = Path(__file__).parents[1] / "kb" / "data" / "draft_words.csv"
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["role"] for row in rows} == {"hedge", "count", "change", "neutral"}
    for row in rows:
        for language in LANGUAGES:
            forms = row[language].split("|")
            assert all(forms), (row["id"], language)
            assert len(set(forms)) == len(forms), (row["id"], language)
