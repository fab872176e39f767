"""Sums of money as the world prints them: every currency, shared names, ranges, tables, lists."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies
from test_extraction import found, parsed, said

from ingestion.extraction.candidates import find_candidates
from kb.currency_names import currency_at, currency_of_country, currency_of_sign, shared_at
from kb.documents import Subparagraph, Table
from kb.languages import LANGUAGES, Language
from kb.quantities import find_quantities

TODAY = date(2026, 11, 20)


def sums(language: Language, text: str, **more: object) -> list[tuple[Decimal, str]]:
    kept = []
    for one in found(language, text, **more):
        told = one.statement.model_dump()
        unit = told.get("currency") or told.get("unit") or ""
        value = told.get("amount") or told.get("value")
        if value is not None and len(unit) == 3 and unit.isupper():
            kept.append((Decimal(value).normalize(), unit))
    return kept


def test_the_money_of_each_country_is_known_by_its_code() -> None:
    known = currency_of_country()
    aliases: Any = get_global("territory_aliases")
    wide = {found[0]: name for name, found in aliases.items() if len(name) == 3}
    for territory in map(str, Locale("en").territories):
        codes: Any = (
            get_territory_currencies(territory, TODAY, TODAY) if len(territory) == 2 else []
        )
        if len(codes) == 1 and codes[0] not in ("USD", "EUR") and wide.get(territory) in known:
            assert known[wide[territory]] == codes[0]
    assert len(known) > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_currency_of_the_world_is_taken_for_another_by_its_full_name(language: Language) -> None:
    names = Locale(language).currencies
    unread = []
    for code in sorted(set(currency_of_country().values())):
        name = names.get(code, code)
        read = currency_at(f" {name}", 0, language)
        assert read is None or read[0] == code, (name, read)
        if read is None and shared_at(f" {name}", 0, language) is None:
            unread.append((code, name))
    assert len(unread) <= 12, unread


NAMED: dict[Language, tuple[str, Decimal, str]] = {
    "en": ("The rent came to 4.5 million Namibian dollars.", Decimal(4_500_000), "NAD"),
    "fr": ("Le loyer a atteint 4,5 millions de roupies népalaises.", Decimal(4_500_000), "NPR"),
    "es": ("El alquiler ascendió a 4,5 millones de dólares namibianos.", Decimal(4_500_000), "NAD"),
    "ru": ("Аренда обошлась в 4,5 млн норвежских крон.", Decimal(4_500_000), "NOK"),
    "ar": ("بلغ الإيجار 4.5 مليون دينار كويتي.", Decimal(4_500_000), "KWD"),
    "zh": ("租金为450万瑞典克朗。", Decimal(4_500_000), "SEK"),
}


@pytest.mark.parametrize("language", NAMED)
def test_a_full_name_of_a_currency_is_read_in_any_language(language: Language) -> None:
    text, value, unit = NAMED[language]
    (one,) = [q for q in find_quantities(text, language) if q.kind == "money"]
    assert (one.value, one.currency) == (value, unit)


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("ZAR 45 million", "en", "45000000", "ZAR"),
        ("JD 15 a head", "en", "15", "JOD"),
        ("K Sh 61 million", "en", "61000000", "KES"),
        ("₹ 300", "en", "300", "INR"),
        ("人民币3.5亿元", "zh", "350000000", "CNY"),
        ("人民币9,500元", "zh", "9500", "CNY"),
    ],
)
def test_a_code_or_sign_before_a_number_is_its_currency(
    text: str, language: Language, value: str, unit: str
) -> None:
    (one,) = find_quantities(text, language)
    assert (one.value, one.currency, one.text) == (
        Decimal(value),
        unit,
        text.removesuffix(" a head"),
    )


@pytest.mark.parametrize("text", ["COP 16 met in Riyadh.", "SDG 15 was reviewed.", "ALL 18 sites"])
def test_a_name_in_capitals_is_no_currency(text: str) -> None:
    assert all(one.kind != "money" for one in find_quantities(text, "en"))
    assert currency_of_sign("COP") is None


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "Half a million dollars", 500_000),
        ("fr", "un demi-million d’euros", 500_000),
        ("es", "medio millón de dólares", 500_000),
        ("ru", "полмиллиарда долларов", 500_000_000),
        ("ru", "полтора миллиона евро", 1_500_000),
        ("ru", "4 млн 120 тыс. долл. США", 4_120_000),
        ("ar", "نصف مليون دولار", 500_000),
        ("ar", "3 ملايين و 400 ألف دولار", 3_400_000),
    ],
)
def test_halves_and_a_second_magnitude_are_part_of_the_sum(
    language: Language, text: str, value: int
) -> None:
    (one,) = find_quantities(text, language)
    assert one.kind == "money"
    assert one.value == value


SHARED: dict[Language, tuple[str, str]] = {
    "en": ("Tunisia spent 8 million dinars on wells.", "TND"),
    "fr": ("Le Niger a consacré 8 millions de francs CFA aux puits.", "XOF"),
    "es": ("México gastó 8 millones de pesos en pozos.", "MXN"),
    "ru": ("Туркменистан вложил в каналы 8 млн манатов.", "TMT"),
    "ar": ("أنفق المغرب 8 ملايين درهم على الآبار.", "MAD"),
    "zh": ("尼泊尔为水井支出800万卢比。", "NPR"),
}


@pytest.mark.parametrize("language", SHARED)
def test_a_name_that_countries_share_is_the_money_of_the_country_named(language: Language) -> None:
    text, unit = SHARED[language]
    assert sums(language, text) == [(Decimal(8_000_000).normalize(), unit)]


def test_a_shared_name_stays_unread_where_no_country_or_several_decide() -> None:
    assert sums("en", "The works cost 8 million dinars in that year.") == []
    assert sums("en", "Tunisia and Jordan had 8 million dinars left for wells.") == []


RANGES: dict[Language, str] = {
    "en": "The Fund can lend $210–230 million to farms.",
    "fr": "Le Fonds peut prêter de 210 à 230 millions de dollars aux fermes.",
    "es": "El Fondo puede prestar entre 210 y 230 millones de dólares a las granjas.",
    "ru": "Фонд может выдать хозяйствам 210–230 млн долл. США.",
    "ar": "يمكن للصندوق أن يقرض المزارع بين 210 و 230 مليون دولار.",
    "zh": "基金可向农场提供2.1亿至2.3亿美元。",
}


@pytest.mark.parametrize("language", RANGES)
def test_both_ends_of_a_range_are_sums(language: Language) -> None:
    wanted = {(Decimal(210_000_000).normalize(), "USD"), (Decimal(230_000_000).normalize(), "USD")}
    assert set(sums(language, RANGES[language])) == wanted


def test_a_part_of_a_sum_has_its_currency() -> None:
    text = "Las cuotas sumaban 1,93 millones de euros, de los cuales 610.000 corresponden a 2031."
    assert (Decimal(610_000).normalize(), "EUR") in sums("es", text)


def test_sums_told_respectively_are_each_of_its_own_country() -> None:
    text = "Belgium and Norway gave 6 million euros and 20 million Norwegian kroner, respectively."
    told = said(found("en", text), "observations")
    assert [(one["subject"], one["unit"]) for one in told] == [
        ("party:BEL", "EUR"),
        ("party:NOR", "NOK"),
    ]


def test_a_bare_item_of_a_list_is_named_by_what_announces_it() -> None:
    text = "The fund received these gifts: (a) Norway, 2 million kroner; (b) Mali, 3 million euros;"
    start = text.index("(a)")
    told = said(
        found("en", text, subparagraphs=(Subparagraph("7 (a)", start, len(text)),)), "observations"
    )
    assert [one["unit"] for one in told] == ["NOK", "EUR"]
    assert told[0]["measure"] == "name:The fund received these gifts: Norway, 2 million kroner"
    assert told[1]["measure"] == "name:Mali, 3 million euros"


def _cells(language: Language, table: Table) -> set[tuple[Decimal, str]]:
    kept = set()
    for one in find_candidates(parsed(language, "-", tables=(table,)), "doc"):
        told = one.record.statement.model_dump()
        kept.add((Decimal(told["value"]).normalize(), told["unit"]))
    return kept


TABLES: list[tuple[Language, Table, set[tuple[int, str]]]] = [
    (
        "ar",
        Table(
            "table 1",
            "النفقات (بملايين الدولارات)",
            ("العنصر", "الميزانية"),
            (("المراعي", "22,5"),),
        ),
        {(22_500_000, "USD")},
    ),
    (
        "zh",
        Table("table 1", "核心预算(万欧元)", ("用途", "2033年"), (("行政", "232.0"),)),
        {(2_320_000, "EUR")},
    ),
    (
        "ru",
        Table("table 1", "Расходы (тыс. долл.)", ("Статья", "2033 год"), (("Связь", "14,5"),)),
        {(14_500, "USD")},
    ),
    (
        "fr",
        Table(
            "table 1",
            "Projets",
            ("Projet", "Pays", "Montant"),
            (("Atlas", "Maroc", "145 000 000 dirhams"), ("Amont", "Cameroun", "18 500 000 €")),
        ),
        {(145_000_000, "MAD"), (18_500_000, "EUR")},
    ),
    (
        "en",
        Table(
            "table 1",
            "Gifts",
            ("Donor", "Currency", "Sum"),
            (("Norway", "Norwegian krone", "310,000"), ("Austria", "euro", "24,500")),
        ),
        {(310_000, "NOK"), (24_500, "EUR")},
    ),
]


@pytest.mark.parametrize(("language", "table", "wanted"), TABLES)
def test_a_cell_has_the_currency_of_its_caption_column_row_or_own(
    language: Language, table: Table, wanted: set[tuple[int, str]]
) -> None:
    assert _cells(language, table) == {(Decimal(v).normalize(), u) for v, u in wanted}


PERIODS: dict[Language, str] = {
    "en": "The survey was carried out from September 2033 to June 2034 in all districts.",
    "fr": "L’enquête a été menée de septembre 2033 à juin 2034 dans tous les districts.",
    "es": "La encuesta se realizó de septiembre de 2033 a junio de 2034 en todos los distritos.",
    "ru": "Обследование проводилось с сентября 2033 года по июнь 2034 года во всех районах.",
    "ar": "أجري المسح من أيلول/سبتمبر 2033 إلى حزيران/يونيه 2034 في جميع المناطق.",
    "zh": "调查于2033年9月至2034年6月在各地区进行。",
}


@pytest.mark.parametrize("language", PERIODS)
def test_two_dates_that_bound_a_period_are_one_period(language: Language) -> None:
    (event,) = said(found(language, PERIODS[language]), "events")
    assert (event["start"], event["end"]) == ("2033-09", "2034-06")


def test_a_date_in_chinese_numerals_is_a_date() -> None:
    (event,) = said(
        found("zh", "各方应于二〇三三年三月三十一日向秘书处提交报告并开展审查。"), "events"
    )
    assert event["start"] == "2033-03-31"


def test_a_date_told_by_the_way_is_not_that_of_a_sum() -> None:
    text = "The oldest, approved by the Board on 17 November 2031, has spent $1.1 million on wells."
    (told,) = said(found("en", text), "observations")
    assert "as_of" not in told


def test_a_further_sum_is_of_the_country_that_stands_before_it() -> None:
    text = "Morocco gave 310 million dirhams and Algeria 48 million euros for the same wells."
    told = said(found("en", text), "observations")
    assert [one["subject"] for one in told] == ["party:MAR", "party:DZA"]


PRICES: dict[Language, str] = {
    "en": "The rent will not exceed $30,000 a year at constant 2036 prices in any office.",
    "fr": "Le loyer ne dépassera pas 30 000 dollars par an aux prix de 2036 dans les bureaux.",
    "es": "El alquiler no excederá de 30.000 dólares anuales a precios de 2036 en las oficinas.",
    "ru": "Аренда контор не превысит 30 000 долл. США в год в ценах 2036 года.",
    "zh": "以2036年不变价格重新估算所需资金，费用以3万美元为限。",
}


@pytest.mark.parametrize("language", PRICES)
def test_the_year_of_the_prices_is_not_the_date_of_the_sum(language: Language) -> None:
    (told,) = said(found(language, PRICES[language]), "observations")
    assert told["value"] == 30_000
    assert "as_of" not in told


def test_what_is_due_by_a_date_was_not_so_at_that_date() -> None:
    text = "The 12 countries that took part ask that it be taken up again by 2036 at the latest."
    (told,) = said(found("en", text), "observations")
    assert "as_of" not in told
    assert said(found("en", text), "events") == []
