"""Lists, sums and premises over records: what is computed, listed and left unsaid, and what not."""

from dataclasses import replace
from typing import Any

import pytest
from record_samples import observation, record

from assistant.likeness import Likeness
from assistant.question_reader import read_question
from assistant.record_claims import RecordClaim, computed, in_words, understood
from assistant.record_index import RecordIndex
from assistant.record_lists import members
from assistant.record_sets import together
from kb.languages import LANGUAGES
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.regions import parties_of
from kb.static_model import shipped_model
from kb.terms import load_terms

NAMES = shipped_names()
TERMS = load_terms()


def member(party: str, supported_by: str | None = None) -> Record:
    return record(
        "participations",
        f"member-{party}".lower(),
        party=f"party:{party}",
        programme="initiative:ldn-tsp-2",
        role="participant",
        supported_by=supported_by,
    )


MEMBERS = RecordIndex(
    [member("KEN", "organization:fao"), member("BEN"), member("PER"), member("JOR")], TERMS
)


def listed(question: str) -> set[str]:
    found = members(read_question(question, TERMS), MEMBERS)
    records: tuple[Any, ...] = found.claims[0].records if found is not None else ()
    return {one.statement.party.removeprefix("party:") for one in records}


@pytest.mark.parametrize(
    ("question", "parties"),
    [
        ("Which African countries take part in LDN TSP 2.0?", {"KEN", "BEN"}),
        ("Quels pays d’Afrique participent au LDN TSP 2.0 ?", {"KEN", "BEN"}),
        ("¿Qué países de África participan en el LDN TSP 2.0?", {"KEN", "BEN"}),
        ("Какие страны Африки участвуют в LDN TSP 2.0?", {"KEN", "BEN"}),
        ("ما البلدان الأفريقية المشاركة في LDN TSP 2.0؟", {"KEN", "BEN"}),
        ("土地退化零增长目标设定方案第二阶段有哪些非洲国家参加？", {"KEN", "BEN"}),
        ("Which countries does FAO support in LDN TSP 2.0?", {"KEN"}),
        ("Which of the LDN TSP 2.0 countries have no supporting partner?", {"BEN", "PER", "JOR"}),
        ("Is there a waiting list for countries that would join LDN TSP 2.0?", set()),
    ],
)
def test_parties_are_listed_by_region_and_by_who_supports_them(
    question: str, parties: set[str]
) -> None:
    assert listed(question) == parties


def test_every_party_of_a_region_is_a_party() -> None:
    for region in ("africa", "asia", "europe", "latin-america-caribbean", "pacific", "arab"):
        assert parties_of(f"term:{region}")
        for party in parties_of(f"term:{region}"):
            assert NAMES.name(party, "en")
    assert not parties_of("term:global")


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


def test_a_sum_of_equal_figures_is_not_said() -> None:
    one, other = observation("a", "initiative:idra", 5), observation("b", "initiative:idra", 5)
    index = RecordIndex([one, other], TERMS)
    question = read_question("How many in total are they, added together?", TERMS)
    found = together(question, index.matches(question.text, "en"), index)
    assert found is None or all(claim.operation is None for claim in found.claims)


def test_what_is_left_unsaid_is_named_by_the_claim() -> None:
    one = observation("a", "initiative:idra", 5, measure="term:task-force")
    claim = RecordClaim((one,))
    less = replace(claim, omitted=frozenset(("subject",)))
    statement: Any = one.statement
    assert understood(less) == (statement.subject,)
    for language in LANGUAGES:
        whole, short = in_words(claim, language, NAMES), in_words(less, language, NAMES)
        assert whole.casefold().endswith(short.casefold())
        assert len(short) < len(whole)


def test_texts_alike_in_meaning_are_nearer_whatever_their_language() -> None:
    likeness = Likeness(shipped_model())
    near, far = likeness.of("drought resilience", ("résilience à la sécheresse", "world cup"))
    assert near > far
    assert likeness.of("drought", ()) == ()
