"""Sums add only what may be added; differences are named only between like and like."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from record_samples import FIRST, SECOND, Room, observation, pledge, record

from kb.errors import InvalidQuery
from kb.records.query import RecordQuery

FUNDING = RecordQuery(kind="funding")
OBSERVED = RecordQuery(kind="observations")
KENYA, NORWAY, CHAD = "party:KEN", "party:NOR", "party:TCD"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path)
    room.document(FIRST, session="COP(98)")
    room.document(SECOND, session="CRIC(99)")
    yield room
    room.store.close()


def test_currencies_stages_and_periods_are_never_added_to_one_another(room: Room) -> None:
    room.hold(
        pledge("a", KENYA, 5),
        pledge("b", NORWAY, 7),
        pledge("c", CHAD, 1, currency="EUR"),
        pledge("d", CHAD, 2, stage="disbursed"),
        pledge("e", CHAD, 3, per="year"),
    )
    found = {
        (t.of["currency"], t.of["stage"], t.of["per"]): (t.value, t.records)
        for t in room.totals(FUNDING)
    }
    assert found == {
        ("USD", "pledged", None): (Decimal(12), ("a", "b")),
        ("EUR", "pledged", None): (Decimal(1), ("c",)),
        ("USD", "disbursed", None): (Decimal(2), ("d",)),
        ("USD", "pledged", "year"): (Decimal(3), ("e",)),
    }


def test_sums_are_exact(room: Room) -> None:
    room.hold(*(pledge(f"p{n}", f"name:d{n}", "0.1") for n in range(10)))
    assert room.totals(FUNDING)[0].value == Decimal(1)


def test_a_part_is_not_added_to_the_whole_that_includes_it(room: Room) -> None:
    room.hold(
        pledge("whole", "name:all", 100),
        pledge("half", NORWAY, 60, part_of="whole"),
        pledge("quarter", KENYA, 30, part_of="half"),
    )
    (total,) = room.totals(FUNDING)
    assert (total.value, total.records) == (Decimal(100), ("whole",))
    assert total.left_out == {"half": "whole", "quarter": "half"}
    assert "parts_left_out" in total.notes


def test_parts_alone_are_added_but_never_with_what_they_contain(room: Room) -> None:
    room.hold(
        pledge("whole", "name:all", 100),
        pledge("between", "name:all", 60, part_of="whole", stage="approved"),
        pledge("inner", KENYA, 30, part_of="between"),
        pledge("other", NORWAY, 40, part_of="whole"),
    )
    (parts,) = room.totals(RecordQuery(kind="funding", where={"provider": (KENYA, NORWAY)}))
    assert parts.value == Decimal(70)
    pledged = next(t for t in room.totals(FUNDING) if t.of["stage"] == "pledged")
    assert pledged.left_out["inner"] == "whole"


def test_a_ring_of_parts_ends(room: Room) -> None:
    room.hold(pledge("a", KENYA, 1, part_of="b"), pledge("b", NORWAY, 2, part_of="a"))
    assert len(room.totals(FUNDING)) == 1


def test_one_pledge_in_two_documents_counts_once(room: Room) -> None:
    room.hold(
        pledge("first", KENYA, 5),
        pledge("again", KENYA, 5, source=(SECOND, "4")),
        pledge("else", NORWAY, 5, source=(SECOND, "5")),
    )
    (total,) = room.totals(FUNDING)
    assert total.value == Decimal(10)
    assert total.left_out == {"first": "again"}  # the first by id is kept
    assert "repeats_left_out" in total.notes


def test_two_equal_pledges_of_one_document_are_two(room: Room) -> None:
    room.hold(pledge("one", KENYA, 5), pledge("two", KENYA, 5))
    assert room.totals(FUNDING)[0].value == Decimal(10)


def test_a_pledge_that_a_user_imports_again_counts_once(room: Room) -> None:
    room.hold(pledge("ours", KENYA, 5), batch="shipped")
    room.hold(pledge("hers", KENYA, 5, source=("mine.csv", "row 2")), batch="file:mine.csv")
    assert room.totals(FUNDING)[0].value == Decimal(5)


def test_two_documents_with_different_amounts_of_one_pledge_are_pointed_out(room: Room) -> None:
    room.hold(pledge("then", KENYA, 5), pledge("now", KENYA, 6, source=(SECOND, "4")))
    assert "possible_repeats" in room.totals(FUNDING)[0].notes


def test_a_sum_says_how_its_figures_are_meant(room: Room) -> None:
    room.hold(pledge("a", KENYA, 5), pledge("b", NORWAY, 6, qualifier="nearly"))
    (total,) = room.totals(FUNDING)
    assert dict(total.qualifiers) == {"exact": 1, "nearly": 1}
    assert "mixed_qualifiers" in total.notes


def test_a_candidate_never_enters_a_sum(room: Room) -> None:
    room.hold(pledge("a", KENYA, 5), pledge("b", NORWAY, 6, status="candidate"))
    assert room.totals(FUNDING)[0].value == Decimal(5)
    with pytest.raises(InvalidQuery, match="candidate"):
        room.totals(RecordQuery(kind="funding", status=("reviewed", "candidate")))


def test_sums_are_grouped(room: Room) -> None:
    room.hold(pledge("a", KENYA, 5), pledge("b", KENYA, 6), pledge("c", NORWAY, 1))
    assert [(t.key, t.value) for t in room.totals(FUNDING, ["provider"])] == [
        ((KENYA,), Decimal(11)),
        ((NORWAY,), Decimal(1)),
    ]


def test_an_older_count_of_the_same_thing_is_not_added(room: Room) -> None:
    room.hold(
        observation("old", "initiative:idra", 30, as_of="2023"),
        observation("new", "initiative:idra", 38, as_of="2024"),
        observation("other", "initiative:rgdrp", 2, as_of="2022"),
    )
    (total,) = room.totals(OBSERVED)
    assert (total.value, set(total.records)) == (Decimal(40), {"new", "other"})
    assert total.left_out == {"old": "new"}


def test_units_are_never_added_to_one_another(room: Room) -> None:
    room.hold(
        observation("a", "initiative:idra", 30),
        observation("b", "initiative:rgdrp", 5, unit="ha"),
    )
    assert sorted(t.value for t in room.totals(OBSERVED)) == [Decimal(5), Decimal(30)]


def test_what_has_no_figures_cannot_be_summed(room: Room) -> None:
    with pytest.raises(InvalidQuery, match="cannot be summed"):
        room.totals(RecordQuery(kind="events"))


def test_a_measure_is_compared_between_two_sessions(room: Room) -> None:
    room.hold(
        observation("before", "initiative:idra", 30, as_of="2024"),
        observation("after", "initiative:idra", 38, as_of="2025", source=(SECOND, "9")),
        observation("alone", "initiative:rgdrp", 38, source=(SECOND, "9")),
    )
    (change,) = room.changes(OBSERVED, "COP(98)", SECOND)
    assert (change.before.id, change.after.id) == ("before", "after")
    assert (change.difference, change.direction, change.notes) == (Decimal(8), "rise", ())
    (back,) = room.changes(OBSERVED, "CRIC(99)", "COP(98)")
    assert (back.difference, back.direction) == (Decimal(-8), "fall")


def test_a_difference_of_different_measures_is_no_fall(room: Room) -> None:
    room.hold(
        observation("pledging", "initiative:idra", 50, measure="name:countries that pledged"),
        observation("paying", "initiative:idra", 8, measure="name:payers", source=(SECOND, "9")),
    )
    (change,) = room.changes(OBSERVED, "COP(98)", "CRIC(99)")
    assert (change.difference, change.direction) == (None, None)
    assert change.notes == ("different_measures",)


def test_a_difference_of_different_scopes_is_no_rise(room: Room) -> None:
    def step(record_id: str, value: int, of: int, document: str):  # type: ignore[no-untyped-def]
        return record(
            "milestones",
            record_id,
            source=(document, "table 1, row 1"),
            programme="name:tsp",
            activity="name:plans",
            progress="completed",
            value=value,
            unit="term:country",
            of=of,
        )

    room.hold(step("a", 10, 18, FIRST), step("b", 12, 30, SECOND))
    (change,) = room.changes(RecordQuery(kind="milestones"), "COP(98)", "CRIC(99)")
    assert (change.direction, change.notes) == (None, ("different_scopes",))


def test_nearly_beside_an_exact_figure_is_said(room: Room) -> None:
    room.hold(
        observation("a", "initiative:idra", 30, qualifier="nearly"),
        observation("b", "initiative:idra", 31, source=(SECOND, "1")),
    )
    (change,) = room.changes(OBSERVED, "COP(98)", "CRIC(99)")
    assert change.notes == ("different_qualifiers",)


def test_a_session_that_is_not_held_is_named_with_those_that_are(room: Room) -> None:
    with pytest.raises(InvalidQuery, match=r"COP\(98\), CRIC\(99\)"):
        room.changes(OBSERVED, "COP(1)", "COP(98)")


def test_what_another_figure_may_include_stays_out_and_is_named(room: Room) -> None:
    room.hold(
        pledge("whole", "name:all", 100),
        pledge("unclear", NORWAY, 60, perhaps_part_of="whole"),
        pledge("other", KENYA, 5),
    )
    (total,) = room.totals(FUNDING)
    assert (total.value, total.left_out) == (Decimal(105), {})
    assert total.unclear == {"unclear": "whole"}
    assert "unclear_left_out" in total.notes


def test_alone_it_is_added(room: Room) -> None:
    room.hold(
        pledge("whole", "name:all", 100),
        pledge("unclear", NORWAY, 60, perhaps_part_of="whole"),
    )
    (total,) = room.totals(RecordQuery(kind="funding", where={"provider": (NORWAY,)}))
    assert (total.value, total.unclear) == (Decimal(60), {})
