"""Amounts and dates in words: what is written is read back as the same, in all six languages."""

import csv
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import get_args

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.languages import LANGUAGES, Language
from kb.quantities import find_quantities
from kb.records.amounts import amount_in_words, part_of_whole
from kb.records.naming import shipped_names
from kb.records.times import Way, date_in_words, period_in_words
from kb.records.values import Per, Qualifier

MEASURED = ("USD", "EUR", "ha", "km2", "%")
# Of these the reader does not know every form of small numbers ("1 franc suisse").
IN_MILLIONS = ("GBP", "CHF", "JPY", "CNY", "CAD", "KRW", "SAR")
COUNTED = {
    "term:country": "country",
    "term:project": "project",
    "phrase:site": "site",
    "phrase:meeting": "meeting",
    "phrase:event": "event",
    "term:pillar": "pillar",
    "phrase:person": "person",
    "term:webinar": "webinar",
    "phrase:organization": "organization",
    "year": "year",
}
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
ROWS = list(
    csv.DictReader(
        files("kb").joinpath("data/unit_forms.csv").read_text(encoding="utf-8").splitlines()
    )
)
languages = st.sampled_from(LANGUAGES)
qualifiers = st.sampled_from(QUALIFIERS)
# 1.6 billion, 2,780 billion, 285 ten thousand, 1,234,567: a few digits at any size.
amounts = st.builds(
    lambda digits, zeros: Decimal(digits) * 10**zeros,
    st.integers(1, 9999),
    st.integers(0, 10),
)


@settings(max_examples=500, deadline=None)
@given(amounts, st.sampled_from(MEASURED), qualifiers, languages)
def test_an_amount_is_read_back_as_it_was_written(
    value: Decimal, unit: str, qualifier: Qualifier, language: Language
) -> None:
    if unit == "%":
        value = value % 1000 / 10
    text = amount_in_words(value, unit, language, shipped_names(), qualifier=qualifier)
    (found,) = find_quantities(text, language)
    assert (found.value, found.unit, found.qualifier) == (value, unit, qualifier), text


@settings(max_examples=200, deadline=None)
@given(amounts, st.sampled_from(IN_MILLIONS), qualifiers, languages)
def test_millions_of_other_currencies_are_read_back_as_they_were_written(
    value: Decimal, currency: str, qualifier: Qualifier, language: Language
) -> None:
    text = amount_in_words(value * 10**6, currency, language, shipped_names(), qualifier=qualifier)
    (found,) = find_quantities(text, language)
    assert (found.value, found.unit, found.qualifier) == (value * 10**6, currency, qualifier), text


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1899), st.sampled_from(sorted(COUNTED)), qualifiers, languages)
def test_a_count_is_read_back_as_it_was_written(
    value: int, unit: str, qualifier: Qualifier, language: Language
) -> None:
    if language == "ar" and value in (1, 2):
        return  # said by the noun alone, "مشروع واحد": the reader does not know all such nouns
    text = amount_in_words(Decimal(value), unit, language, shipped_names(), qualifier=qualifier)
    (found,) = find_quantities(text, language)
    assert (found.value, found.qualifier) == (Decimal(value), qualifier), text
    assert found.unit == COUNTED[unit], text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("per", get_args(Per))
def test_a_rate_keeps_its_amount_and_its_qualifier(language: Language, per: Per) -> None:
    value = Decimal(278_000_000_000)
    text = amount_in_words(value, "USD", language, shipped_names(), qualifier="about", per=per)
    found = find_quantities(text, language)[0]
    assert (found.value, found.unit, found.qualifier) == (value, "USD", "about")
    assert len(text) > len(found.text)


@settings(max_examples=300, deadline=None)
@given(st.dates(), st.sampled_from((4, 7, 10)), languages)
def test_a_date_is_read_back_with_its_precision(
    day: date, precision: int, language: Language
) -> None:
    iso = f"20{str(day)[2:]}"[:precision]
    for way in get_args(Way):
        text = date_in_words(iso, language, way)
        found = [q.iso for q in find_quantities(text, language)]
        assert found == [iso], (way, text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024", "2027"),
        ("2025-07", "2025-09"),
        ("2024-12-02", "2024-12-13"),
        ("2025-12-01", "2025-12-05"),
    ],
)
def test_a_period_is_read_back_whole(language: Language, start: str, end: str) -> None:
    text = period_in_words(start, end, language)
    assert text
    assert [q.iso for q in find_quantities(text, language)] == [f"{start}/{end}"], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_over_months_names_both_of_its_days(language: Language) -> None:
    text = period_in_words("2024-11-30", "2024-12-02", language)
    assert text
    assert [q.iso for q in find_quantities(text, language)] == ["2024-11-30", "2024-12-02"], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_names_its_whole(language: Language) -> None:
    text = part_of_whole(Decimal(16), Decimal(18), "term:country", language, shipped_names())
    assert {q.value for q in find_quantities(text, language)} == {Decimal(16), Decimal(18)}


@pytest.mark.parametrize(
    ("language", "value", "unit", "qualifier", "expected"),
    [
        ("en", "1600000000", "USD", "exact", "US$1.6 billion"),
        ("fr", "1600000000", "USD", "exact", "1,6 milliard de dollars des États-Unis"),
        ("es", "1600000000", "USD", "exact", "1.600 millones de dólares de los Estados Unidos"),
        ("ru", "1600000000", "USD", "exact", "1,6 млрд долл. США"),
        ("zh", "1600000000", "USD", "exact", "16亿美元"),
        ("ar", "1600000000", "USD", "exact", "1.6 مليار دولار"),
        ("en", "18", "term:country", "exact", "18 countries"),
        ("fr", "18", "term:country", "exact", "18 pays"),
        ("es", "18", "term:country", "exact", "18 países"),
        ("ru", "18", "term:country", "exact", "18 стран"),
        ("ru", "21", "term:country", "more_than", "более чем 21 страна"),
        ("ru", "3", "term:country", "at_least", "как минимум 3 страны"),
        ("zh", "18", "term:country", "exact", "18个国家"),
        ("ar", "18", "term:country", "exact", "18 بلدا"),
        ("ar", "3", "term:country", "exact", "3 بلدان"),
        ("ar", "1", "term:project", "exact", "مشروع واحد"),
        ("ar", "2", "term:project", "exact", "مشروعان"),
        ("ar", "2", "term:project", "more_than", "أكثر من مشروعين"),
        ("ar", "100", "term:country", "more_than", "أكثر من 100 بلد"),
        ("fr", "450000000", "ha", "more_than", "plus de 450 millions d'hectares"),
        ("zh", "90000000", "ha", "about", "约9,000万公顷"),
        ("fr", "40", "%", "up_to", "jusqu'à 40\u00a0%"),
        ("en", "500", "name:Trees planted", "nearly", "Trees planted: nearly 500"),
        ("en", "5000000", "XOF", "exact", "XOF: 5 million"),
    ],
)
def test_amounts_read_as_a_delegate_would_write_them(
    language: Language, value: str, unit: str, qualifier: Qualifier, expected: str
) -> None:
    written = amount_in_words(Decimal(value), unit, language, shipped_names(), qualifier=qualifier)
    assert written == expected


@pytest.mark.parametrize(
    ("language", "iso", "expected"),
    [
        ("en", "2024-06-14", "14 June 2024"),
        ("fr", "2024-06-01", "1er juin 2024"),
        ("es", "2024-06-14", "14 de junio de 2024"),
        ("ru", "2024-06", "июнь 2024 года"),
        ("ru", "2024-06-14", "14 июня 2024 года"),
        ("zh", "2024-06-14", "2024年6月14日"),
        ("ar", "2024-06-14", "14 حزيران/يونيه 2024"),
        ("en", "2024", "2024"),
    ],
)
def test_dates_read_as_a_delegate_would_write_them(
    language: Language, iso: str, expected: str
) -> None:
    assert date_in_words(iso, language) == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['unit']}-{row['language']}")
def test_a_unit_has_the_plural_forms_of_its_language(row: dict[str, str]) -> None:
    held = {name for name in ("zero", "one", "two", "few", "many", "other") if row[name]}
    known = {*Locale.parse(row["language"]).plural_form.tags, "other"}
    assert "other" in held
    assert held <= known
    if row["language"] in ("ru", "ar") and len(held) > 2:
        assert held == known
    if ":" in row["unit"] and row["language"] in ("fr", "es") and len(held) > 2:
        assert row["many"]
    assert "{n}" in row["other"]


def test_every_counted_unit_has_forms_in_all_six_languages() -> None:
    written = {(row["unit"], row["language"]) for row in ROWS}
    assert len(written) == len(ROWS)
    units = {unit for unit, _ in written if not unit.startswith("1e")}
    assert written >= {(unit, language) for unit in units for language in LANGUAGES}
