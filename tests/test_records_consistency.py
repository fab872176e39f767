"""Figures that do not agree are found by rule, classed, stored once and judged."""

from pathlib import Path
from typing import Any

import pytest
from record_samples import FIRST, SECOND, Room, observation, pledge, record

from kb.errors import NotFound
from kb.languages import LANGUAGES
from kb.records.findings import StoredFinding
from kb.records.query import EVERYONE
from kb.records.record import Record
from kb.records.shipped import shipped_records

HERE = (FIRST, "1")
THERE = (SECOND, "1")
TOTAL = observation("total", "initiative:rgdrp", 74, measure="name:eligible countries")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = Room(tmp_path)
    room.document(FIRST, session="COP(98)")
    room.document(SECOND, session="CRIC(99)")
    return room


def found(room: Room, *records: Record) -> list[StoredFinding]:
    room.hold(*records)
    room.check()
    return list(room.findings())


def kinds(findings: list[StoredFinding]) -> list[tuple[str, str]]:
    return [(one.kind, one.rule) for one in findings]


def part(record_id: str, value: int, measure: str, **more: Any) -> Record:
    return observation(
        record_id, "initiative:rgdrp", value, measure=f"name:{measure}", part_of="total", **more
    )


REGIONS = {
    "en": (
        "eligible countries in Africa",
        "eligible countries in Asia",
        "eligible countries in Europe",
    ),
    "fr": ("pays admissibles en Afrique", "pays admissibles en Asie", "pays admissibles en Europe"),
    "es": (
        "países admisibles en África",
        "países admisibles en Asia",
        "países admisibles en Europa",
    ),
    "ru": (
        "имеющие право страны Африки",
        "имеющие право страны Азии",
        "имеющие право страны Европы",
    ),
    "ar": ("البلدان المؤهلة في أفريقيا", "البلدان المؤهلة في آسيا", "البلدان المؤهلة في أوروبا"),
    "zh": ("符合资格国家非洲", "符合资格国家亚洲", "符合资格国家欧洲"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_of_one_measure_that_exceed_their_total_contradict_it(
    room: Room, language: str
) -> None:
    values = dict(zip(REGIONS[language], (54, 18, 4), strict=True))
    parts = [part(f"p{value}", value, measure) for measure, value in values.items()]
    (one,) = found(room, TOTAL, *parts)
    assert (one.kind, one.rule) == ("contradiction", "parts")
    assert one.records == ("total", *(sorted(p.id for p in parts)))
    assert "76" in one.detail
    assert "74" in one.detail
    assert one.paragraphs == ((FIRST, "1"),)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(
            (part("a", 54, "countries in Africa"), part("b", 18, "countries in Asia")),
            id="below the total",
        ),
        pytest.param(
            (part("a", 60, "countries with a plan"), part("b", 50, "landlocked States")),
            id="may overlap",
        ),
        pytest.param(
            (
                part("a", 60, "countries in Africa", qualifier="up_to"),
                part("b", 18, "countries in Asia"),
            ),
            id="up to",
        ),
        pytest.param(
            (
                part("a", 60, "countries in Africa", as_of="2023"),
                part("b", 18, "countries in Asia", as_of="2024"),
            ),
            id="of two dates",
        ),
        pytest.param(
            (
                part("a", 90, "countries in Africa", unit="%"),
                part("b", 18, "countries in Asia", unit="%"),
            ),
            id="in another unit",
        ),
    ],
)
def test_figures_of_which_contradict_nothing(room: Room, parts: tuple[Record, ...]) -> None:
    assert found(room, TOTAL, *parts) == []


def test_a_total_that_is_more_than_is_never_exceeded(room: Room) -> None:
    total = observation("total", "initiative:rgdrp", 74, qualifier="more_than")
    assert found(room, total, part("a", 90, "countries in Africa")) == []


def test_a_part_above_its_whole_contradicts_it(room: Room) -> None:
    (one,) = found(room, TOTAL, part("a", 75, "landlocked States"))
    assert (one.kind, one.records) == ("contradiction", ("total", "a"))


def milestone(state: str, value: int, **more: Any) -> Record:
    fields: dict[str, Any] = {
        "programme": "initiative:ldn-tsp-2",
        "activity": "name:plans",
        "unit": "term:country",
        "of": 18,
    }
    return record("milestones", state, progress=state, value=value, **(fields | more))


@pytest.mark.parametrize(
    ("values", "wrong"),
    [((9, 8, 1), False), ((9, 8, 2), True), ((9, 8, 0), True)],
)
def test_progress_must_add_up_to_what_it_is_of(
    room: Room, values: tuple[int, int, int], wrong: bool
) -> None:
    states = ("completed", "in_progress", "not_started")
    rows = [milestone(state, value) for state, value in zip(states, values, strict=True)]
    assert kinds(found(room, *rows)) == [("contradiction", "progress")] * wrong


def test_progress_that_is_not_told_whole_may_stay_below(room: Room) -> None:
    assert found(room, milestone("completed", 9), milestone("in_progress", 3)) == []


@pytest.mark.parametrize(
    ("value", "share", "wrong"),
    [
        (16, "89", False),
        (10, "56", False),
        (9, "50", False),
        (9, "52", True),
        (1, "5.6", False),
        (1, "5.5", True),
        (0, "0", False),
    ],
)
def test_a_printed_share_must_be_that_of_its_figures(
    room: Room, value: int, share: str, wrong: bool
) -> None:
    findings = found(room, milestone("completed", value, share=share))
    assert kinds(findings) == [("contradiction", "share")] * wrong


def test_two_figures_of_one_measure_and_date_contradict_each_other(room: Room) -> None:
    same = {"as_of": "2024", "measure": "name:members"}
    findings = found(
        room,
        observation("a", "initiative:idra", 60, source=HERE, **same),
        observation("b", "initiative:idra", 64, source=THERE, **same),
    )
    assert kinds(findings) == [("contradiction", "same_measure")]
    assert findings[0].paragraphs == ((FIRST, "1"), (SECOND, "1"))


@pytest.mark.parametrize(("first", "second"), [("2020", "2024"), ("2024", "2020")])
def test_one_measure_at_two_dates_is_a_change(room: Room, first: str, second: str) -> None:
    findings = found(
        room,
        observation("a", "initiative:idra", 60, as_of=first),
        observation("b", "initiative:idra", 64, as_of=second),
    )
    assert kinds(findings) == [("change", "same_measure")]


def test_undated_figures_of_two_sessions_are_a_change(room: Room) -> None:
    findings = found(
        room,
        observation("a", "initiative:idra", 60, source=HERE),
        observation("b", "initiative:idra", 64, source=THERE),
    )
    assert kinds(findings) == [("change", "same_measure")]


def test_figures_that_can_both_be_true_are_left_alone(room: Room) -> None:
    assert (
        found(
            room,
            observation("a", "initiative:idra", 60, qualifier="more_than"),
            observation("b", "initiative:idra", 64),
        )
        == []
    )


def test_sites_suitable_and_sites_begun_are_of_different_scope_and_no_fall(room: Room) -> None:
    suitable = {"measure": "phrase:sites-suitable-for-pfi", "unit": "phrase:site"}
    begun = {"measure": "phrase:sites-with-a-peace-forest-process", "unit": "phrase:site"}
    findings = found(
        room,
        observation("suitable", "initiative:pfi", 17, source=(FIRST, "51"), **suitable),
        observation("begun", "initiative:pfi", 7, source=(SECOND, "95"), as_of="2025", **begun),
    )
    assert kinds(findings) == [("scope", "other_measure")]
    assert findings[0].paragraphs == ((SECOND, "95"), (FIRST, "51"))


def test_measures_beside_each_other_in_one_document_are_not_compared(room: Room) -> None:
    findings = found(
        room,
        observation("a", "initiative:pfi", 17, measure="name:sites suitable"),
        observation("b", "initiative:pfi", 7, measure="name:sites begun"),
    )
    assert findings == []


def test_an_amount_for_another_period_is_of_different_scope(room: Room) -> None:
    findings = found(
        room,
        pledge("a", "party:NOR", 4, source=HERE, period_end="2024"),
        pledge("b", "party:NOR", 9, source=THERE, period_end="2030"),
    )
    assert kinds(findings) == [("scope", "same_measure")]


def test_rows_of_a_file_are_a_list_and_do_not_contradict_each_other(room: Room) -> None:
    rows = [
        pledge(f"r{n}", "party:NOR", n + 1, source=("tracker.csv", f"row {n}")) for n in range(5)
    ]
    assert found(room, *rows) == []


def test_candidates_are_not_compared(room: Room) -> None:
    first = observation("a", "initiative:idra", 60)
    second = observation("b", "initiative:idra", 64, status="candidate")
    assert found(room, first, second) == []


def two(value: int = 64) -> tuple[Record, Record]:
    return (
        observation("a", "initiative:idra", 60),
        observation("b", "initiative:idra", value),
    )


def test_checking_again_stores_nothing_twice(room: Room) -> None:
    before = found(room, *two())
    assert room.check() == 0
    assert list(room.findings()) == before
    assert len(before) == 1


def test_a_judged_finding_stays_judged_while_its_figures_are_the_same(room: Room) -> None:
    (one,) = found(room, *two())
    assert room.judge_findings([one.id], "rejected") == 1
    assert room.judge_findings([one.id], "rejected") == 0
    room.check()
    assert room.findings() == ()
    assert [held.id for held in room.findings(["rejected"])] == [one.id]
    room.add_file("a.csv", "1", [observation("b", "initiative:idra", 66)])
    (other,) = room.findings()
    assert other.id != one.id
    with pytest.raises(NotFound):
        room.judge_findings(["finding-none"], "accepted")


def test_an_open_finding_goes_with_its_cause(room: Room) -> None:
    assert found(room, *two())
    room.judge(["b"], "rejected")
    assert room.findings() == ()


def test_findings_of_internal_records_are_for_those_who_may_see_them(room: Room) -> None:
    hidden = observation("b", "initiative:idra", 64, visibility="internal")
    assert found(room, observation("a", "initiative:idra", 60), hidden) == []
    assert len(room.findings(visibility=EVERYONE)) == 1


def test_the_shipped_records_hold_the_contradiction_of_the_source(room: Room) -> None:
    room.document("CRIC(23), item 2(a)", session="CRIC(23)")
    room.document("ICCD/COP(16)/4", session="COP(16)")
    findings = found(room, *shipped_records())
    wrong = [one for one in findings if one.kind == "contradiction"]
    assert [one.paragraphs for one in wrong] == [(("CRIC(23), item 2(a)", "91"),)]
    pfi = [one for one in findings if "pfi-suitable-sites" in one.records]
    assert kinds(pfi) == [("scope", "other_measure")]
