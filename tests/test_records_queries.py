"""Typed questions: filters, pages, groups, membership, and who may see what."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from record_samples import FIRST, SECOND, Room, member, pledge, record

from kb.errors import InvalidQuery, NotFound
from kb.records.query import EVERYONE, RecordQuery, Standing

KENYA, NORWAY, FAO = "party:KEN", "party:NOR", "organization:fao"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path)
    yield room
    room.store.close()


def ids(room: Room, **query: object) -> list[str]:
    return [one.id for one in room.page(RecordQuery(**query)).items]  # type: ignore[arg-type]


def target(record_id: str, party: str, deadline: str | None, value: int = 5, **more: object):  # type: ignore[no-untyped-def]
    return record(
        "targets",
        record_id,
        subject=party,
        party=party,
        measure="name:restore",
        value=value,
        unit="ha",
        deadline=deadline,
        **more,  # type: ignore[arg-type]
    )


def test_every_column_is_a_filter_of_several_values(room: Room) -> None:
    room.hold(
        pledge("a", NORWAY, 5),
        pledge("b", KENYA, 6, stage="approved"),
        pledge("c", FAO, 7, currency="EUR"),
    )
    assert ids(room, kind="funding", where={"stage": ("approved",)}) == ["b"]
    assert ids(room, kind="funding", where={"provider": (NORWAY, FAO)}) == ["a", "c"]
    assert ids(room, kind="funding", where={"amount": ("7",)}) == ["c"]
    assert ids(room, kind="funding", where={"currency": ("USD",), "stage": ("pledged",)}) == ["a"]


def test_a_name_is_found_in_whatever_column_it_stands(room: Room) -> None:
    room.hold(
        pledge("gives", KENYA, 5),
        pledge("gets", NORWAY, 5, recipient=KENYA),
        pledge("neither", NORWAY, 5),
    )
    assert ids(room, kind="funding", named=((KENYA,),)) == ["gets", "gives"]
    assert ids(room, kind="funding", named=((KENYA,), (NORWAY,))) == ["gets"]


def test_one_of_several_names_in_a_cell_is_found_whole(room: Room) -> None:
    def meeting(record_id: str, organizers: str):  # type: ignore[no-untyped-def]
        return record("events", record_id, name="name:m", start="2024", organizers=organizers)

    room.hold(
        meeting("two", "organization:fao organization:undp"),
        meeting("one", "organization:fao-x"),
        meeting("text", "name:Friends of organization:fao and all"),
    )
    assert ids(room, kind="events", named=((FAO,),)) == ["two"]
    assert ids(room, kind="events", where={"organizers": (FAO,)}) == ["two"]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024", "2024", ["day", "month", "year"]),
        ("2024-06", "2024-06", ["day", "month", "year"]),
        ("2024-06-14", "2024-06-14", ["day", "month", "year"]),
        ("2024-07", None, ["later", "year"]),
        (None, "2024-06-13", ["earlier", "month", "year"]),
        ("2025", None, ["later"]),
    ],
)
def test_dates_are_compared_with_their_precision(
    room: Room, since: str | None, until: str | None, expected: list[str]
) -> None:
    room.hold(
        target("year", KENYA, "2024"),
        target("month", KENYA, "2024-06"),
        target("day", KENYA, "2024-06-14"),
        target("later", KENYA, "2030"),
        target("earlier", KENYA, "2023-12-31"),
        target("undated", KENYA, None),
    )
    assert ids(room, kind="targets", since=since, until=until) == expected


def test_a_less_precise_date_stands_for_all_within_it(room: Room) -> None:
    room.hold(target("day", KENYA, "2024-06-14"), target("other", KENYA, "2025"))
    assert ids(room, kind="targets", where={"deadline": ("2024-06",)}) == ["day"]
    assert ids(room, kind="targets", where={"year": ("2024",)}) == ["day"]


def test_amounts_are_bounded_exactly(room: Room) -> None:
    room.hold(pledge("a", KENYA, "0.1"), pledge("b", KENYA, "0.3"), pledge("c", KENYA, "0.3001"))
    assert ids(room, kind="funding", least=Decimal("0.2"), most=Decimal("0.3")) == ["b"]


def test_pages_give_each_record_once_whatever_the_order(room: Room) -> None:
    room.hold(
        *(target(f"t{n:02}", KENYA, str(2024 + n % 3) if n % 4 else None, n % 5) for n in range(23))
    )
    for order in ("id", "-id", "value", "-value", "deadline", "-deadline"):
        seen: list[str] = []
        cursor = None
        while True:
            page = room.page(RecordQuery(kind="targets", order=order, limit=4, cursor=cursor))
            seen += [one.id for one in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert sorted(seen) == [f"t{n:02}" for n in range(23)], order
        assert len(seen) == 23


def test_a_cursor_of_another_order_is_refused(room: Room) -> None:
    room.hold(*(target(f"t{n}", KENYA, "2030") for n in range(3)))
    cursor = room.page(RecordQuery(kind="targets", limit=1)).next_cursor
    with pytest.raises(InvalidQuery, match="another order"):
        room.page(RecordQuery(kind="targets", limit=1, order="value", cursor=cursor))
    with pytest.raises(InvalidQuery, match="not one that was given out"):
        room.page(RecordQuery(kind="targets", cursor="nonsense"))


def test_counts_are_grouped_by_one_column_or_two(room: Room) -> None:
    room.hold(
        target("a", KENYA, "2030"), target("b", KENYA, "2030-06"), target("c", NORWAY, "2035")
    )
    query = RecordQuery(kind="targets")
    assert room.count(query) == 3
    assert [(g.key, g.count) for g in room.groups(query, ["party", "year"])] == [
        ((KENYA, "2030"), 2),
        ((NORWAY, "2035"), 1),
    ]
    with pytest.raises(InvalidQuery, match="one column or by two"):
        room.groups(query, ["party", "year", "unit"])


def test_candidates_are_given_only_when_asked_for(room: Room) -> None:
    room.hold(pledge("sure", KENYA, 5), pledge("maybe", KENYA, 5, status="candidate"))
    assert ids(room, kind="funding") == ["sure"]
    assert ids(room, kind="funding", status=("candidate",)) == ["maybe"]


def test_what_an_internal_document_says_is_for_those_who_may_see_it(room: Room) -> None:
    room.document(FIRST)
    room.document(SECOND, visibility="internal")
    room.hold(
        pledge("open", KENYA, 5),
        pledge("secret", KENYA, 5, visibility="internal"),
        pledge("from-inside", KENYA, 5, source=(SECOND, "1")),
        pledge("from-both", KENYA, 5, source=[(FIRST, "1"), (SECOND, "1")]),
    )
    assert ids(room, kind="funding") == ["open"]
    assert room.count(RecordQuery(kind="funding")) == 1
    seen = room.page(RecordQuery(kind="funding", visibility=EVERYONE)).items
    assert {one.id: one.visibility for one in seen} == {
        "from-both": "internal",
        "from-inside": "internal",
        "open": "public",
        "secret": "internal",
    }
    with pytest.raises(NotFound):
        room.get("from-inside")
    assert room.totals(RecordQuery(kind="funding"))[0].records == ("open",)


def test_a_record_goes_with_the_last_document_that_says_it(room: Room) -> None:
    room.document(FIRST, withdrawn=True)
    room.document(SECOND)
    room.hold(
        pledge("gone", KENYA, 5),
        pledge("kept", KENYA, 5, source=[(FIRST, "1"), (SECOND, "1")]),
        pledge("own", KENYA, 5, source=("mine.csv", "row 2")),
    )
    assert ids(room, kind="funding") == ["kept", "own"]


def test_records_of_a_document_are_found(room: Room) -> None:
    room.hold(pledge("a", KENYA, 5), pledge("b", KENYA, 5, source=(SECOND, "3")))
    assert ids(room, kind="funding", documents=(SECOND,)) == ["b"]


def test_who_is_in_one_programme_and_not_in_another(room: Room) -> None:
    room.hold(
        member("m1", KENYA, "initiative:idra"),
        member("m2", NORWAY, "initiative:idra"),
        member("m3", FAO, "initiative:idra", role="observer"),
        member("m4", NORWAY, "initiative:rgdrp", role="donor"),
        record("participations", "p1", party=KENYA, programme="initiative:ldn-tsp", role="pilot"),
        record(
            "participations", "p2", party=KENYA, programme="initiative:rgdrp", role="interested"
        ),
    )
    idra, rgdrp = Standing(("initiative:idra",)), Standing(("initiative:rgdrp",))

    def names(*args: Standing, **more: object) -> list[str]:
        return [one.name for one in room.members(*args, **more)]  # type: ignore[arg-type]

    assert names(idra) == [FAO, KENYA, NORWAY]
    assert names(idra, not_standing_in=[rgdrp]) == [FAO]
    assert names(idra, not_standing_in=[Standing(("initiative:rgdrp",), ("donor",))]) == [
        FAO,
        KENYA,
    ]
    assert names(idra, standing_in=[rgdrp]) == [KENYA, NORWAY]
    assert names(Standing(("initiative:idra",), ("member",))) == [KENYA, NORWAY]
    only = room.members(idra, not_standing_in=[rgdrp])[0]
    assert [(one.id, one.sources[0].paragraph) for one in only.records] == [("m3", "1")]


def test_a_set_difference_can_be_counted_like_any_question(room: Room) -> None:
    room.hold(
        member("m1", KENYA, "initiative:idra"),
        member("m2", NORWAY, "initiative:idra"),
        member("m3", NORWAY, "initiative:rgdrp"),
    )
    query = RecordQuery(
        kind="partnerships",
        where={"initiative": ("initiative:idra",)},
        not_standing=(Standing(("initiative:rgdrp",)),),
    )
    assert room.count(query) == 1
    assert [one.id for one in room.page(query).items] == ["m1"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"kind": "funding", "where": {"donor": ("x",)}}, "provider"),
        ({"kind": "funding", "where": {"stage": ("promised",)}}, "pledged"),
        ({"kind": "decisions", "since": "2024"}, "no date"),
        ({"kind": "events", "least": Decimal(5)}, "no amount"),
        ({"kind": "targets", "since": "2024-13"}, "calendar"),
        ({"kind": "funding", "where": {"amount": ("much",)}}, "no number"),
        ({"kind": "events", "not_standing": (Standing(("x",)),)}, "partnerships"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(
    room: Room, query: dict[str, object], named: str
) -> None:
    with pytest.raises(InvalidQuery, match=named):
        room.count(RecordQuery(**query))  # type: ignore[arg-type]
