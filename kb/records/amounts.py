"""Numbers, money, areas, shares and counts in words of six languages, with their qualifier.

Written so that `kb.quantities` reads the same value, unit and qualifier again. The forms are data,
`kb/data/unit_forms.csv`: one row per unit and language with a form for each plural category.
"""

import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from kb.languages import Language
from kb.records.naming import Names, sentence_case
from kb.records.values import Per, Qualifier, plain
from kb.records.words import pattern

_MAGNITUDES: Final = tuple((f"1e{power}", Decimal(10) ** power) for power in (12, 9, 8, 6, 4))
_LEAST: Final = 10**6  # smaller numbers are written in digits
_PLACES: Final = 3  # decimals of "1.234 million"; with more a number is written in digits
# The form of a noun after "million": 450 millions d'hectares, 450 миллионов гектаров.
_AFTER_MAGNITUDE: Final[Mapping[Language, str]] = {
    "en": "other", "fr": "many", "es": "many", "ru": "many", "ar": "other", "zh": "other",
}  # fmt: skip


def amount_in_words(
    value: Decimal,
    unit: str,
    language: Language,
    names: Names,
    *,
    qualifier: Qualifier = "exact",
    per: Per | None = None,
) -> str:
    """Such as "nearly US$1.6 billion per year"; `unit` is a currency, a unit or what is counted.

    A unit without forms gives "tree: 500".
    """
    written, category = _number(value, language)
    form = _form(unit, category, language)
    if form is None:
        text = pattern("qualifier", qualifier, language, x=written)
        name = sentence_case(names.name(unit, language)) if ":" in unit else unit
        text = pattern("label", "is", language, name=name, n=text)
    else:
        nominative, _, governed = form.partition("|")
        chosen = governed if governed and qualifier != "exact" else nominative
        text = pattern("qualifier", qualifier, language, x=chosen.replace("{n}", written))
    return pattern("per", per, language, x=text) if per else text


def part_of_whole(
    value: Decimal, whole: Decimal, unit: str, language: Language, names: Names
) -> str:
    """Such as "16 of 18 countries"."""
    return pattern(
        "part",
        "of",
        language,
        part=number_in_words(value, language),
        whole=number_in_words(whole, language),
        part_counted=amount_in_words(value, unit, language, names),
        whole_counted=amount_in_words(whole, unit, language, names),
    )


def has_forms(unit: str, language: Language) -> bool:
    """Whether the language has forms of the unit: else its name is put before the number."""
    return (unit, language) in _unit_forms()


def number_in_words(value: Decimal, language: Language) -> str:
    """Such as "1,6 milliard" or "18"."""
    return _number(value, language)[0]


def _number(value: Decimal, language: Language) -> tuple[str, str]:
    """The number as written, and the plural category of what follows it."""
    if value >= _LEAST:
        for name, size in _MAGNITUDES:
            short = plain(value / size)
            form = _form(name, _category(short, language), language)
            if form and short >= 1 and short == round(short, _PLACES):
                return form.replace("{n}", _digits(short, language)), _AFTER_MAGNITUDE[language]
    return _digits(value, language), _category(value, language)


def _digits(value: Decimal, language: Language) -> str:
    return format_decimal(value, locale=language, decimal_quantization=False)


def _category(value: Decimal, language: Language) -> str:
    return str(Locale.parse(language).plural_form(value))


def _form(unit: str, category: str, language: Language) -> str | None:
    forms = _unit_forms().get((unit, language))
    return (forms[category] or forms["other"]) if forms else None


@cache
def _unit_forms() -> Mapping[tuple[str, str], Mapping[str, str]]:
    source = files("kb").joinpath("data/unit_forms.csv").read_text(encoding="utf-8")
    return {(row["unit"], row["language"]): row for row in csv.DictReader(source.splitlines())}
