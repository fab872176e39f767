"""Years, yardsticks and money said by halves, in six languages."""

import json
from collections import Counter
from pathlib import Path

import pytest
from test_extraction import found, parsed, said

from evals.extraction import said_of, taken
from ingestion.extraction.candidates import find_candidates
from kb.documents import Table
from kb.languages import LANGUAGES, Language

SENTENCES = Path(__file__).parent / "fixtures" / "extraction" / "sentences" / "six.jsonl"

LESS: dict[Language, str] = {
    "en": "Visits in 2037 were 14.6 per cent fewer than in 2035.",
    "fr": "En 2037, les visites ont diminué de 14,6 % par rapport à 2035.",
    "es": "En 2037 las visitas disminuyeron un 14,6 % con respecto a 2035.",
    "ru": "В 2037 году поездок было на 14,6 процента меньше, чем в 2035 году.",
    "ar": "وفي عام 2037 انخفض عدد الزيارات بنسبة 14.6 في المائة مقارنة بعام 2035.",
    "zh": "2037年的访问次数比2035年减少14.6%。",
}
AGAINST: dict[Language, str] = {
    "en": "In 2037 the office made 118 visits, against 163 in 2036.",
    "fr": "En 2037, le bureau a fait 118 visites, contre 163 en 2036.",
    "es": "En 2037 la oficina hizo 118 visitas, frente a 163 en 2036.",
}
STATED: dict[Language, str] = {
    "en": "The soils of the plateau were already poor in 2019.",
    "fr": "Les sols du plateau étaient déjà pauvres en 2019.",
    "es": "Los suelos de la meseta ya eran pobres en 2019.",
    "ru": "Почвы плато были бедными уже в 2019 году.",
    "ar": "كانت تربة الهضبة فقيرة بالفعل في عام 2019.",
    "zh": "高原的土壤在2019年已很贫瘠。",
}
HALVES: dict[Language, str] = {
    "en": "Gifts came to 6.4 million dollars, 0.3 million less than before.",
    "fr": "Les dons ont atteint 6,4 millions de dollars, soit 0,3 million de moins.",
    "es": "Las donaciones sumaron 6,4 millones de dólares, 0,3 millones menos que antes.",
    "ru": "Пожертвования составили 6,4 млн долл. США, на 0,3 млн меньше прежнего.",
    "ar": "بلغت الهبات 6.4 مليون دولار، منها 0.3 مليون للبذور.",
    "zh": "捐款达640万美元，其中30万用于种子。",
}


@pytest.mark.parametrize("language", LESS)
def test_a_change_keeps_the_year_that_it_is_measured_from(language: Language) -> None:
    (share,) = said(found(language, LESS[language]), "observations")
    assert (float(str(share["value"])), share["unit"]) == (14.6, "%")
    assert (share.get("as_of"), share["baseline"]) == ("2037", "2035")


@pytest.mark.parametrize("language", AGAINST)
def test_what_is_compared_has_its_own_year_and_the_noun_left_out(language: Language) -> None:
    both = said(found(language, AGAINST[language]), "observations")
    assert [(one["value"], one["as_of"]) for one in both] == [(118, "2037"), (163, "2036")]
    assert both[0]["unit"] == both[1]["unit"]
    assert not any("baseline" in one for one in both)


@pytest.mark.parametrize("language", STATED)
def test_a_bare_year_dates_what_its_clause_says(language: Language) -> None:
    (event,) = said(found(language, STATED[language]), "events")
    assert event["start"] == "2019"
    assert str(event["name"]).removeprefix("name:") in STATED[language]


@pytest.mark.parametrize("language", HALVES)
def test_millions_without_a_currency_are_of_the_one_that_is_named(language: Language) -> None:
    money = said(found(language, HALVES[language]), "observations")
    assert [(one["value"], one["unit"]) for one in money] == [
        (6_400_000, "USD"),
        (300_000, "USD"),
    ]


def test_millions_of_something_are_no_money() -> None:
    records = found("en", "For 6.4 million dollars, 0.3 million trees were planted.")
    assert [one["value"] for one in said(records, "observations") if one["unit"] == "USD"] == [
        6_400_000
    ]


def test_a_turned_number_of_a_conversion_is_read_as_it_was_printed() -> None:
    (sum_,) = said(found("ar", "تبلغ الموارد المقترحة ما قدره 900 744 5 دولار."), "observations")
    assert (sum_["value"], sum_["unit"]) == (5_744_900, "USD")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "航空测绘处将继续担任地图工作组的秘书，见2037年预算第10.3(b)段。"),
        ("en", "Wells dug before 2015 are shallow."),
        ("en", "Region 2037 2038 Africa 41 52 Asia 30 36"),
        ("zh", "与2028年相比，苗圃有所增加。"),
    ],
)
def test_years_of_references_limits_and_tables_are_no_events(language: Language, text: str) -> None:
    assert said(found(language, text), "events") == []


UNITS: dict[Language, str] = {
    "en": "Table 5.1 Resources (in thousands of United States dollars)",
    "fr": "Tableau 5.1 Ressources (en milliers de dollars des États-Unis)",
    "es": "Cuadro 5.1 Recursos (en miles de dólares de los Estados Unidos)",
    "ru": "Таблица 5.1 Ресурсы (в тыс. долл. США)",
    "ar": "الجدول 5.1 الموارد (بآلاف دولارات الولايات المتحدة)",
    "zh": "表5.1 资源（千美元）",
}


@pytest.mark.parametrize("language", UNITS)
def test_a_table_takes_the_unit_that_is_printed_above_it(language: Language) -> None:
    table = Table(
        "table 5.1", "", ("", "2036"), (("Total", "2 150"),), heading_path=("III. Financing",)
    )
    (cell,) = said(found(language, UNITS[language], tables=(table,)), "observations")
    assert (cell["value"], cell["unit"], cell["as_of"]) == (2_150_000, "USD", "2036")


@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts_and_dates_of_sentences_by_hand_are_proposed(language: Language) -> None:
    wanted, missing, amounts = 0, [], []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["language"] != language:
            continue
        money, dates = said_of(find_candidates(parsed(language, row["text"]), "D"))
        sums = [f"{one['value']} {one['currency']}" for one in row["amounts"]]
        amounts += taken("7", sums, money.get("7", Counter())).missing
        wanted += len(row["dates"])
        missing += taken("7", row["dates"], dates.get("7", Counter())).missing
    assert not amounts
    assert len(missing) <= 0.25 * wanted, missing
