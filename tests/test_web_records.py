"""The grids of records: what they ask and show."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from api_samples import home_settings
from records_held import MANY, fill

from api.desk import Desk
from api.house import open_house
from api.record_requests import request_of
from api.schemas import RecordRequest
from api.web.records.asked import Asked, asked_of
from api.web.records.cells import Reading, around, money
from api.web.records.choices import choices, label_of, matching
from api.web.records.columns import COLUMNS
from api.web.records.excluding import excluding
from api.web.records.filters import FILTERS, filter_of
from api.web.records.grid import opening
from api.web.records.rows import PAGE, row_of, row_page
from api.web.records.totals import sums
from kb.errors import InvalidQuery
from kb.languages import LANGUAGES, Language
from kb.records.columns import columns_of
from kb.records.kinds import RECORD_KINDS
from kb.records.words import group
from kb.terms import load_terms


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_house(home_settings(tmp_path_factory.mktemp("records-home"))) as house:
        house.public.init()
        fill(house.public, tmp_path_factory.mktemp("sheets"))
        yield house.public


# ---- addresses ----


def test_an_address_gives_the_filters_and_the_filters_the_address() -> None:
    asked = asked_of(
        "funding", parse_qsl("party=KEN&party=MAR&stage=pledged&order=-amount&view=charts")
    )
    assert asked.filters == {"party": ("KEN", "MAR"), "stage": ("pledged",)}
    assert asked.order == "-amount"
    assert asked.path == "/records/funding?party=KEN&party=MAR&stage=pledged&order=-amount"
    assert asked_of("funding", parse_qsl(urlsplit(asked.path).query)) == asked


@pytest.mark.parametrize("name", ["Kenya", "KEN", "Кения", "肯尼亚", "كينيا", "party:KEN"])
def test_a_name_in_an_address_may_be_in_any_language(name: str) -> None:
    assert asked_of("funding", [("party", name)]).values("party") == ("KEN",)


def test_the_code_of_a_party_means_the_party_whatever_else_is_called_so(desk: Desk) -> None:
    for party in load_terms().parties:
        asked = asked_of("targets", [("party", party.key)])
        assert asked.values("party") == (party.key,)
        assert label_of(asked, "party", party.key, "en") == load_terms().name(party.id, "en")
        assert asked.request("en").party == [party.id]
    morocco = asked_of("targets", [("party", "MAR"), ("subject", "IDRA")])
    assert desk.record_count(morocco.request("en"), []).count == MANY // 2


def test_another_kind_keeps_the_filters_that_it_offers() -> None:
    asked = asked_of("funding", [("party", "KEN"), ("stage", "pledged"), ("order", "-amount")])
    assert asked.of_kind("participations") == Asked("participations", {"party": ("KEN",)})


def test_the_link_to_the_api_asks_for_the_same_records_in_the_same_order() -> None:
    asked = asked_of("funding", [("party", "KEN"), ("minimum", "5")])
    given = request_of("funding", parse_qsl(urlsplit(asked.api_path).query))
    assert given == asked.request("en")
    assert given.order == "-amount"


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_what_a_grid_offers_is_known_to_the_records(kind: str, desk: Desk) -> None:
    columns = columns_of(kind)
    for known in FILTERS[kind]:  # type: ignore[index]
        assert set(known.columns) <= {*columns, "year"}
        assert not known.group or group(known.group)
        for choice in choices(desk, Asked(kind), known, "en")[:3]:  # type: ignore[arg-type]
            desk.records(Asked(kind, {known.name: (choice.value,)}).request("en"))  # type: ignore[arg-type]
    for column in COLUMNS[kind]:  # type: ignore[index]
        assert column.order is None or column.order in columns
    assert sum(column.part == "main" for column in COLUMNS[kind]) == 1  # type: ignore[index]


# ---- cells ----


def test_money_is_written_as_the_language_writes_it() -> None:
    written_in = {one: money_of("150000000.5", one) for one in LANGUAGES}
    assert written_in["en"] == "USD 150,000,000.5"
    assert written_in["es"] == "150.000.000,5 USD"
    assert written_in["ru"] == "150 000 000,5 USD"


def money_of(value: str, language: Language) -> str:
    from decimal import Decimal

    text = money(Decimal(value), "USD", language)
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_figure_is_meant_stands_beside_it(language: Language) -> None:
    assert around("exact", None, language) == ("", "")
    assert any(around("more_than", None, language))
    assert around("more_than", "year", language) != around("more_than", None, language)


def test_a_row_says_amount_qualifier_and_period_and_marks_a_part(desk: Desk) -> None:
    found = {
        one.id: row_of(one, "en") for one in desk.records(Asked("funding").request("en")).items
    }
    amounts = [column.part for column in COLUMNS["funding"]].index("figure")
    whole, part = found["nor"].cells[amounts], found["nor-part"].cells[amounts]
    assert (whole.before, whole.after) == ("more than", "per year")
    assert whole.text.endswith("40,000,000")
    assert part.note == "included in a larger figure"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_record_has_a_row_in_every_language(desk: Desk, language: Language) -> None:
    for kind in RECORD_KINDS:
        for one in desk.records(Asked(kind).request(language, limit=1_000)).items:
            row = row_of(one, language)
            main = [column.part for column in COLUMNS[kind]].index("main")
            assert row.cells[main].text, one.id
            assert row.marks, one.id
            assert not any(":" in cell.text.split(" ")[0][1:-1] for cell in row.cells), one.id


def test_what_stands_in_a_file_has_no_chip_that_opens_nothing(desk: Desk) -> None:
    record = desk.records(RecordRequest(kind="funding", id=["fao"])).items[0]
    (mark,) = row_of(record, "en").marks
    assert mark.reference is None
    assert mark.text.startswith("funding.csv")


def test_an_unknown_word_of_a_column_is_shown_as_it_is(desk: Desk) -> None:
    record = desk.records(RecordRequest(kind="funding", id=["fao"])).items[0]
    assert record.model_extra is not None
    other = record.model_copy(update={"stage": "promised"})
    assert Reading(other, "fr").word("stage") == "Promised"


# ---- choices ----


def test_choices_are_what_is_there_under_the_other_filters(desk: Desk) -> None:
    party = filter_of("targets", "party")
    assert party is not None
    found = choices(desk, asked_of("targets", [("year", "2030"), ("subject", "IDRA")]), party, "es")
    assert {one.value for one in found} == {"KEN", "MAR"}
    assert sum(one.count for one in found) == len([n for n in range(MANY) if n % 3 == 0])
    assert {one.label for one in found} == {"Kenya", "Marruecos"}


def test_who_gives_and_gets_is_counted_once(desk: Desk) -> None:
    for kind in RECORD_KINDS:
        for known in FILTERS[kind]:
            for one in choices(desk, Asked(kind), known, "en")[:5]:
                found = desk.record_count(Asked(kind, {known.name: (one.value,)}).request("en"), [])
                assert found.count >= one.count > 0, (kind, one)
                assert known.names or found.count == one.count


def test_a_chosen_value_stays_among_the_choices_and_comes_first(desk: Desk) -> None:
    stage = filter_of("funding", "stage")
    assert stage is not None
    asked = asked_of("funding", [("stage", "subsidy"), ("party", "NOR")])
    first = choices(desk, asked, stage, "en")[0]
    assert (first.value, first.is_chosen, first.count) == ("subsidy", True, 0)


def test_a_search_in_the_choices_passes_over_case_and_accents(desk: Desk) -> None:
    party = filter_of("participations", "party")
    assert party is not None
    found = choices(desk, Asked("participations"), party, "fr")
    assert [one.value for one in matching(found, "COTE D")] == ["CIV"] or not any(
        one.value == "CIV" for one in found
    )
    assert matching(found, "  ") == found
    assert matching(found, "zzzz") == ()


def test_a_value_that_no_language_knows_is_its_own_label() -> None:
    assert label_of(Asked("funding"), "stage", "promised", "ru") == "promised"
    assert label_of(Asked("funding"), "minimum", "5", "ru") == "5"


# ---- pages, sums, emptiness ----


def test_pages_follow_one_another_and_hold_every_record_once(desk: Desk) -> None:
    asked = asked_of("targets", [("subject", "IDRA"), ("order", "-value")])
    seen: list[str] = []
    cursor = None
    while True:
        page = row_page(desk, asked, "en", cursor)
        assert len(page.rows) <= PAGE
        seen += [row.id for row in page.rows]
        if (cursor := page.next_cursor) is None:
            break
    assert seen == [f"t-{nth:04}" for nth in reversed(range(MANY))]


def test_sums_never_cross_currencies_and_leave_parts_out(desk: Desk) -> None:
    asked = asked_of("funding", [("initiative", "IDRA"), ("party", "NOR"), ("party", "KEN")])
    (total,) = sums(desk, asked, "en")
    assert total.text.replace("\N{NO-BREAK SPACE}", " ") == "USD 40,000,007 per year"
    assert (total.of, total.count, total.left_out) == ("Pledged", 2, 1)
    assert total.is_rough


def test_a_candidate_never_enters_a_sum(desk: Desk) -> None:
    asked = asked_of("funding", [("initiative", "IDRA"), ("status", "candidate")])
    assert sums(desk, asked, "en") == sums(desk, asked.with_values("status", ()), "en")


def test_kinds_without_figures_have_no_sums(desk: Desk) -> None:
    assert sums(desk, Asked("events"), "en") == ()
    assert sums(desk, Asked("milestones"), "en") == ()


def test_an_empty_grid_says_which_filter_leaves_how_many_out(desk: Desk) -> None:
    asked = asked_of("targets", [("party", "KEN"), ("subject", "IDRA"), ("minimum", str(MANY * 9))])
    found = opening(desk, asked, "en")
    assert found.excluding == excluding(desk, asked, "en")
    assert (found.total, found.page.rows) == (0, ())
    by_name = {one.name: one for one in excluding(desk, asked, "en")}
    assert by_name["minimum"].count == MANY // 2
    assert by_name["party"].count == 0
    assert by_name["party"].values == ("Kenya",)
    assert found.excluding[0].name == "minimum"


def test_a_filter_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(InvalidQuery, match="colour"):
        asked_of("events", [("colour", "red")]).request("en")
