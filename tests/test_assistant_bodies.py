"""Who stands behind an initiative, in one role and in one paragraph, is listed or counted."""

import pytest
from record_samples import FIRST, member

from assistant.question_reader import read_question
from assistant.record_bodies import bodies, counted_bodies
from assistant.record_index import RecordIndex
from kb.terms import load_terms

TERMS = load_terms()
PARTNERS = RecordIndex(
    [
        member("sds-fao", "organization:fao", "initiative:sds-coalition"),
        member("sds-wmo", "organization:wmo", "initiative:sds-coalition"),
        member("idra-spain", "party:ESP", "initiative:idra", "founder"),
        member("idra-senegal", "party:SEN", "initiative:idra", "founder"),
        member("idra-unccd", "convention:unccd", "initiative:idra", "host"),
    ],
    TERMS,
)


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("Who are the members of the SDS Coalition?", {"sds-fao", "sds-wmo"}),
        ("Qui a fondé l'IDRA ?", {"idra-spain", "idra-senegal"}),
        ("¿Quiénes lanzaron la IDRA?", {"idra-spain", "idra-senegal"}),
        ("Кто запустил IDRA?", {"idra-spain", "idra-senegal"}),
        ("من أطلق IDRA؟", {"idra-spain", "idra-senegal"}),
        ("谁发起了国际抗旱联盟？", {"idra-spain", "idra-senegal"}),
        ("Who hosts IDRA?", set()),
        ("Who supports the SDS Coalition?", set()),
        ("Who is not a member of the SDS Coalition?", set()),
        ("Who launched IDRA as a member of the SDS Coalition?", set()),
        ("Is FAO one of the members of the SDS Coalition?", set()),
    ],
)
def test_those_of_the_role_asked_for_are_listed_together(question: str, listed: set[str]) -> None:
    found = bodies(read_question(question, TERMS), PARTNERS)
    assert {one.id for c in (found.claims if found else ()) for one in c.records} == listed


def test_how_many_a_paragraph_names_is_counted_where_all_are_of_one_role() -> None:
    two = RecordIndex([one for one in PARTNERS.by_id.values() if one.id[:3] == "sds"], TERMS)
    question = read_question("How many organizations does paragraph 1 name?", TERMS)
    found = bodies(question, two)
    assert found is not None
    assert found.counted
    assert bodies(question, PARTNERS) is None
    assert all(s.document_id == FIRST for r in two.by_id.values() for s in r.sources)


def test_lists_of_two_paragraphs_are_two_lists() -> None:
    records = [
        member("a", "organization:fao", "initiative:sds-coalition"),
        member("b", "organization:wmo", "initiative:sds-coalition"),
    ]
    other = [
        member("c", "organization:undp", "initiative:sds-coalition"),
        member("d", "organization:unep", "initiative:sds-coalition"),
    ]
    moved = [
        one.__class__(one.statement, (one.sources[0].__class__(FIRST, "2", "x"),)) for one in other
    ]
    question = read_question("Who are the members of the SDS Coalition?", TERMS)
    assert bodies(question, RecordIndex([*records, *moved], TERMS)) is None


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many organizations are members of the SDS Coalition?", {"sds-fao", "sds-wmo"}),
        ("How many partners launched IDRA?", {"idra-spain", "idra-senegal"}),
        ("Combien de partenaires ont lancé l'IDRA ?", {"idra-spain", "idra-senegal"}),
        ("¿Cuántos socios lanzaron la IDRA?", {"idra-spain", "idra-senegal"}),
        ("Сколько партнеров запустили IDRA?", {"idra-spain", "idra-senegal"}),
        ("كم عدد الشركاء الذين أطلقوا IDRA؟", {"idra-spain", "idra-senegal"}),
        ("有多少个伙伴发起了国际抗旱联盟？", {"idra-spain", "idra-senegal"}),
        ("How many donors gave to the SDS Coalition?", set()),
        ("How many organizations are not members of the SDS Coalition?", set()),
        ("How many organizations are members of anything?", set()),
    ],
)
def test_those_of_the_paragraph_that_says_most_are_counted(
    question: str, counted: set[str]
) -> None:
    shares = {place: 0.8 for one in PARTNERS.entries for place in one.places}
    found = counted_bodies(read_question(question, TERMS), PARTNERS, shares)
    ids = {one.id for claim in found.claims for one in claim.records} if found else set()
    assert ids == counted
    assert found is None or found.counted
