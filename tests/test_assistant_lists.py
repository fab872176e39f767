"""Lists of Parties by region, by who supports them and by what they are not in; counted lists."""

from typing import Any

import pytest
from assistant_fakes import passage, small_vocabulary
from record_samples import FIRST, record

from assistant.answer import Answer
from assistant.counted_lists import items_shown
from assistant.drafts import Draft, DraftStatement, Message, note, verbatim
from assistant.enumerations import listed_items
from assistant.evidence import Evidence, Finding, Source
from assistant.grounding import grounded
from assistant.question_reader import read_question
from assistant.record_index import RecordIndex
from assistant.record_lists import members
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.regions import parties_of
from kb.sentences import Span
from kb.terms import load_terms
from kb.wording import Wording

NAMES = shipped_names()
TERMS = load_terms()
VOCABULARY = small_vocabulary()


def member(party: str, supported_by: str | None = None) -> Record:
    return record(
        "participations",
        f"member-{party}".lower(),
        party=f"party:{party}",
        programme="initiative:ldn-tsp-2",
        role="participant",
        supported_by=supported_by,
        source=((FIRST, "1"), (FIRST, "2")) if supported_by else (FIRST, "1"),
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


def test_a_list_of_parties_has_all_that_its_paragraph_gives() -> None:
    entries = [e for e in MEMBERS.entries if e.listed == "party"]
    assert max(len(e.records) for e in entries) == 4


LIST = (
    "The needs are made up of:\n(a)  1.1 billion euros for sites;\n(b)  380 million euros for "
    "staff;\n(c)  120 million euros for data."
)


def answer(*statements: DraftStatement, source: Source) -> Answer:
    evidence = Evidence((Finding((source,), 1, 1.0),))
    return grounded(Draft("", "en", statements), evidence, VOCABULARY)


def counted(text: str, said_to_be: int, end: int | None = None) -> Answer:
    source = Source(passage(text))
    count = note(Message("listed_count", (("n", str(said_to_be)),)), Wording("en"))
    span = Span(0, end or len(text))
    shown = verbatim(source, span, span, Wording("en"), "en")
    return answer(count, shown, source=source)


def test_a_list_is_counted_only_as_it_is_shown_and_only_whole() -> None:
    assert len(counted(LIST, 3).statements) == 2
    assert len(counted(LIST, 4).statements) == 1
    assert len(counted(LIST, 2, LIST.index("(c)") - 2).statements) == 1


def test_a_count_without_its_list_is_withheld() -> None:
    source = Source(passage(LIST))
    count = note(Message("listed_count", (("n", "3"),)), Wording("en"))
    whole = Span(0, 25)
    shown = verbatim(source, whole, whole, Wording("en"), "en")
    assert items_shown(shown) == 0
    assert len(answer(shown, count, source=source).statements) == 1


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("It has: a) un ; b) deux ; c) trois.", 3),
        ("包括：\n(a) 甲\n(b) 乙", 2),
        ("а) один; б) два", 2),
        ("see para. 3 (a) and (b)", 0),
        ("one thing (a) alone", 0),
    ],
)
def test_items_are_told_by_marks_in_order(text: str, items: int) -> None:
    assert len(listed_items(text)) == items


MEMBERS_OF_TWO = RecordIndex(
    [
        member("KEN"),
        member("BEN"),
        member("PER"),
        record(
            "participations",
            "dss-per",
            party="party:PER",
            programme="initiative:ldn-dss",
            role="participant",
        ),
    ],
    TERMS,
)


@pytest.mark.parametrize(
    ("question", "parties"),
    [
        ("Which LDN TSP 2.0 countries are not in the LDN DSS?", {"KEN", "BEN"}),
        ("Which countries are not in the LDN DSS but take part in LDN TSP 2.0?", {"KEN", "BEN"}),
        ("Which countries take part in both LDN TSP 2.0 and the LDN DSS?", {"PER"}),
        ("Which African countries are not in LDN TSP 2.0?", set()),
        ("Which African countries take part in the Bern process?", set()),
    ],
)
def test_what_is_denied_is_taken_away_and_nothing_is_guessed(
    question: str, parties: set[str]
) -> None:
    found = members(read_question(question, TERMS), MEMBERS_OF_TWO)
    records: tuple[Any, ...] = found.claims[0].records if found is not None else ()
    assert {one.statement.party.removeprefix("party:") for one in records} == parties
