"""Sums of three, shares and equal figures: what is computed and what is not."""

from dataclasses import replace

import pytest
from record_samples import observation, record

from assistant.question import denies
from assistant.question_reader import read_question
from assistant.record_claims import RecordClaim, computed, in_words, understood
from assistant.record_index import RecordIndex
from assistant.record_sets import together
from assistant.record_together import Together
from kb.languages import LANGUAGES
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.terms import load_terms

NAMES = shipped_names()
TERMS = load_terms()


def said(question: str, *records: Record) -> Together | None:
    index = RecordIndex(records, TERMS)
    read = read_question(question, TERMS)
    return together(read, index.matches(question, read.language), index)


def test_a_share_is_the_part_of_the_whole_that_the_record_gives() -> None:
    one = record(
        "milestones",
        "plans",
        programme="initiative:ldn-tsp-2",
        activity="term:task-force",
        progress="not_started",
        value=15,
        unit="term:country",
        of=18,
    )
    claim = RecordClaim((one,), operation="share")
    assert computed(claim) == 83
    for language in LANGUAGES:
        assert "83" in in_words(claim, language, NAMES)
    with pytest.raises(ValueError, match="one part of one whole"):
        computed(RecordClaim((one, one), operation="share"))


def test_a_sum_of_equal_figures_is_not_said() -> None:
    one, other = observation("a", "initiative:idra", 5), observation("b", "initiative:idra", 5)
    found = said("How many in total are they, added together?", one, other)
    assert found is None or all(claim.operation is None for claim in found.claims)


def test_the_name_of_a_continent_denies_nothing() -> None:
    assert not denies(read_question("非洲国家合计多少个？", TERMS))
    assert denies(read_question("有多少非洲国家没有参加？", TERMS))


def test_what_is_left_unsaid_is_named_by_the_claim() -> None:
    records = (
        observation("a", "initiative:idra", 5, measure="name:members"),
        observation("b", "initiative:idra", 7, measure="name:wells"),
    )
    claim = RecordClaim(records, operation="sum")
    less = replace(claim, omitted=frozenset(("subject",)))
    assert set(understood(less)) == {"initiative:idra"}
    assert not understood(claim)
    for language in LANGUAGES:
        whole, short = in_words(claim, language, NAMES), in_words(less, language, NAMES)
        assert whole.casefold().endswith(short.casefold())
        assert len(short) < len(whole)


def test_only_what_is_computed_leaves_its_subject_unsaid() -> None:
    claim = RecordClaim((observation("a", "initiative:idra", 5),))
    with pytest.raises(ValueError, match="what they are about"):
        in_words(replace(claim, omitted=frozenset(("subject",))), "en", NAMES)
