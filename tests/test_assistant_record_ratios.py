"""Two records by one another, who is left of all, activities counted by a condition."""

from decimal import Decimal

import pytest
from record_samples import FIRST, observation, pledge, record

from assistant.drafts import Message
from assistant.question_reader import read_question
from assistant.record_claims import RecordClaim, computed, in_words
from assistant.record_extremes import counted_activities, met_message
from assistant.record_index import RecordIndex
from assistant.record_ratios import averaged, ratio, said_average
from assistant.record_sums import added, added_message
from assistant.record_wholes import all_and_some
from kb.languages import LANGUAGES
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.terms import load_terms

TERMS = load_terms()
NAMES = shipped_names()
NORWAY = pledge("norway", "party:NOR", 30_000_000)
KENYA = pledge("kenya", "party:KEN", 8_000_000)
WELLS = observation("wells", "initiative:rgdrp", 4, measure="name:wells", unit="term:project")


def _index(*records: Record) -> RecordIndex:
    return RecordIndex(records, TERMS)


@pytest.mark.parametrize(
    "question",
    [
        "How many times larger is the pledge of Norway to the Riyadh Global Drought Resilience "
        "Partnership than that of Kenya?",
        "Во сколько раз обещанное Норвегией больше обещанного Кенией Эр-Риядскому глобальному "
        "партнерству?",
        "挪威对利雅得全球抗旱伙伴关系的认捐是肯尼亚认捐的多少倍？",
    ],
)
def test_how_many_times_is_the_greater_by_the_less(question: str) -> None:
    index = _index(NORWAY, KENYA)
    read = read_question(question, TERMS)
    found = ratio(read, index.matches(question, read.language))
    assert found is not None
    (claim,) = found.claims
    assert claim.operation == "ratio"
    assert [one.id for one in claim.records] == ["norway", "kenya"]
    assert computed(claim) == Decimal("3.8")


def test_a_share_of_two_records_has_a_decimal_only_where_it_tells() -> None:
    assert computed(RecordClaim((KENYA, NORWAY), operation="share")) == 27
    small = pledge("peru", "party:PER", 1_000_000)
    assert computed(RecordClaim((small, NORWAY), operation="share")) == Decimal("3.3")
    for language in LANGUAGES:
        assert "27" in in_words(RecordClaim((KENYA, NORWAY), operation="share"), language, NAMES)


@pytest.mark.parametrize("pair", [(NORWAY, KENYA), (KENYA, WELLS), (KENYA, KENYA)])
def test_what_is_no_part_of_the_other_has_no_share(pair: tuple[Record, Record]) -> None:
    with pytest.raises(ValueError, match=r"part|units"):
        computed(RecordClaim(pair, operation="share"))


def test_an_average_is_of_an_amount_and_a_count_of_one_paragraph() -> None:
    question = "On average, how much did Norway pledge per project of the Riyadh partnership?"
    read = read_question(question, TERMS)
    index = _index(NORWAY, WELLS)
    found = averaged(read, index.matches(question, "en"))
    assert found is not None
    records = [one for claim in found.claims for one in claim.records]
    message = said_average(records, "en")
    assert message is not None
    assert dict(message.values)["average"] == "US$7.5 million"
    elsewhere = observation(
        "far", "initiative:rgdrp", 4, measure="name:wells", unit="term:project", source=(FIRST, "9")
    )
    other = _index(NORWAY, elsewhere)
    assert averaged(read, other.matches(question, "en")) is None
    assert said_average([NORWAY, KENYA], "en") is None
    assert said_average([NORWAY], "en") is None


def test_no_average_is_made_of_a_bound() -> None:
    most = pledge("most", "party:NOR", 30_000_000, qualifier="up_to")
    assert said_average([most, WELLS], "en") is None


def test_who_is_left_of_all_members_of_an_initiative() -> None:
    question = "How many countries of the Great Green Wall do not yet use the monitoring tool?"
    everyone = observation("all", "initiative:ggw", 11, measure="term:participation")
    some = observation("some", "initiative:ggw-observatory", 9, measure="term:monitoring")
    index = _index(everyone, some)
    read = read_question(question, TERMS)
    found = all_and_some(read, index.matches(question, "en"))
    assert found is not None
    assert [one.id for one in found] == ["all", "some"]
    third = observation("third", "initiative:ggw", 14, measure="term:participation")
    assert all_and_some(read, _index(everyone, some, third).matches(question, "en")) is None


def _steps(*values: int) -> list[Record]:
    names = ("term:inception-workshop", "term:monitoring", "term:assessment", "term:task-force")
    return [
        record(
            "milestones",
            f"step-{n}",
            programme="initiative:ldn-tsp-2",
            activity=name,
            progress="completed",
            value=value,
            unit="term:country",
            of=18,
            source=(FIRST, f"table 1, row {n}"),
        )
        for n, (name, value) in enumerate(zip(names, values, strict=True), 1)
    ]


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("How many activities has no country completed?", ["step-2", "step-4"]),
        ("Combien d'activités aucun pays n'a-t-il achevées ?", ["step-2", "step-4"]),
        ("¿Cuántas actividades no ha completado ningún país?", ["step-2", "step-4"]),
        ("Сколько мероприятий не завершила ни одна страна?", ["step-2", "step-4"]),
        ("كم نشاطا لم ينجزه أي بلد؟", ["step-2", "step-4"]),
        ("有几项活动一个国家都没完成？", ["step-2", "step-4"]),
        ("How many activities did at least half of the countries complete?", ["step-1", "step-3"]),
        ("Which activities were completed by more than 9 countries?", ["step-1"]),
        ("How many activities were completed by at least 20 countries?", []),
        ("How many activities were completed?", []),
    ],
)
def test_activities_are_counted_by_a_condition(question: str, steps: list[str]) -> None:
    records = _steps(16, 0, 9, 0)
    read = read_question(question, TERMS)
    found = counted_activities(read, _index(*records))
    ids = [one.id for claim in found.claims for one in claim.records] if found else []
    assert ids == steps
    if found is not None:
        assert {one.id for one in found.of} == {one.id for one in records}


def test_the_gate_counts_the_activities_anew() -> None:
    records = _steps(16, 0, 9, 0)
    question = read_question("How many activities has no country completed?", TERMS)
    right = met_message(question, [records[1], records[3]], records)
    assert right == Message("met_by", (("n", "2"), ("total", "4")))
    assert met_message(question, [records[1]], records) is None
    assert met_message(question, [records[0], records[1]], records) is None
    other = read_question("How many activities were completed?", TERMS)
    assert met_message(other, [records[1], records[3]], records) is None


ISDB = pledge("isdb", "organization:isdb", 8_000_000)
ADDED = (
    "How much do Norway, the Islamic Development Bank and Kenya pledge in total?",
    "Combien promettent au total la Norvège, la Banque islamique de développement et le Kenya ?",
    "¿Cuánto dinero prometen en total Noruega, el Banco Islámico de Desarrollo y Kenya?",
    "Сколько всего денег обещают Норвегия, Исламский банк развития и Кения вместе?",
    "كم مجموع ما تعهدت به النرويج والبنك الإسلامي للتنمية وكينيا؟",
    "挪威、伊斯兰开发银行和肯尼亚一共认捐多少美元？",
)


@pytest.mark.parametrize("text", ADDED)
def test_equal_amounts_are_added_with_each_record_beside(text: str) -> None:
    read = read_question(text, TERMS)
    found = added(read, _index(NORWAY, ISDB, KENYA).matches(text, read.language))
    assert found is not None
    assert found.added
    records = [one for claim in found.claims for one in claim.records]
    assert {one.id for one in records} == {"norway", "isdb", "kenya"}
    message = added_message(records, "en")
    assert message is not None
    assert dict(message.values)["sum"] == "US$46 million"


@pytest.mark.parametrize(
    "text",
    [
        # Somebody of the row is not known.
        "How much do Norway, the Silver Lake Fund, the Islamic Development Bank and Kenya pledge "
        "in total?",
        "How much do Norway, Kenya, the Islamic Development Bank and the lakes pledge in total?",
        "How much does Norway pledge?",
    ],
)
def test_nothing_is_added_where_a_giver_is_not_known(text: str) -> None:
    read = read_question(text, TERMS)
    assert added(read, _index(NORWAY, ISDB, KENYA).matches(text, "en")) is None


def test_amounts_of_other_stages_or_of_one_giver_are_not_added() -> None:
    paid = pledge("paid", "party:KEN", 8_000_000, stage="disbursed")
    assert added_message([NORWAY, paid], "en") is None
    again = pledge("again", "party:NOR", 8_000_000)
    assert added_message([NORWAY, again], "en") is None
    assert added_message([NORWAY], "en") is None
    most = pledge("most", "organization:isdb", 8_000_000, qualifier="up_to")
    bounded = added_message([NORWAY, most], "en")
    assert bounded is not None
    assert dict(bounded.values)["sum"] == "up to US$38 million"
