"""Dates at which nothing takes place, both ends of ranges, and names that say enough."""

import pytest
from test_extraction import found, said

from kb.documents import Table
from kb.languages import Language

DUE: dict[Language, str] = {
    "en": "The working group shall submit its reply before 30 June 2034.",
    "fr": "La réponse sera donnée avant le 30 juin 2034.",
    "es": "El grupo presentará su respuesta a más tardar el 30 de junio de 2034.",
    "ru": "Рабочая группа представит свой ответ не позднее 30 июня 2034 года.",
    "ar": "يقدم الفريق العامل رده في موعد أقصاه 30 حزيران/يونيه 2034.",
    "zh": "工作组应在2034年6月30日以前提交答复。",
}
RANGES: dict[Language, str] = {
    "en": "Grants of the fund run from US$ 1m to US$ 30m a season.",
    "fr": "Les dons du fonds vont de 5 millions de dollars à 18 millions de dollars.",
    "es": "Las donaciones del fondo van de 5 millones de dólares a 18 millones de dólares.",
    "ru": "Фонд дает субсидии на сумму от 90 000 до 125 000 евро.",
    "ar": "تتراوح منح الصندوق بين 65 و 75 مليون دولار.",
    "zh": "赠款从5万欧元到120万欧元不等。",
}
PUT_OFF: dict[Language, str] = {
    "en": "The move to the new building, planned for May 2035, was postponed.",
    "fr": "Le déménagement, prévu pour mai 2035, a été reporté.",
    "ru": "Переезд в новое здание, намеченный на май 2035 года, отложен.",
}


@pytest.mark.parametrize("language", DUE)
def test_a_limit_is_no_event(language: Language) -> None:
    assert said(found(language, DUE[language]), "events") == []


@pytest.mark.parametrize("language", RANGES)
def test_the_ends_of_a_range_are_the_least_and_the_most(language: Language) -> None:
    ends = said(found(language, RANGES[language]), "observations")
    assert [one["qualifier"] for one in ends] == ["at_least", "up_to"]


@pytest.mark.parametrize("language", PUT_OFF)
def test_what_was_put_off_did_not_take_place(language: Language) -> None:
    assert said(found(language, PUT_OFF[language]), "events") == []


def test_a_baseline_and_the_day_of_a_count_are_no_events() -> None:
    assert said(found("fr", "Le taux est de 2,4, contre une valeur de départ de 1,6 en 2030."),
                "events") == []  # fmt: skip
    assert said(found("zh", "截至2034年6月30日，登记册共载有275项认捐。"), "events") == []


def test_a_number_of_people_is_no_year() -> None:
    assert said(found("ru", "Обучение прошли 2031 человек, еще 640 ждут."), "events") == []


def test_a_clause_is_named_with_the_sentence_that_says_what_it_is_of() -> None:
    text = "The Board's target, adopted in Lima, is at least 70 per cent by 2037."
    (target,) = said(found("en", text), "targets")
    assert target["measure"] == f"name:{text[:-1]}"


def test_what_is_received_after_a_day_is_not_of_that_day() -> None:
    text = "La cifra incluye 31 millones de dólares recibidos después del 30 de junio de 2034."
    (told,) = said(found("es", text), "observations")
    assert "as_of" not in told


def test_the_count_column_of_a_table_of_money_holds_no_money() -> None:
    rows = (("Africa", "78", "512.0"), ("Asia", "40", "301.5"))
    table = Table("table 1", "Approvals (millions of United States dollars)",
                  ("", "Schemes", "Approved"), rows, heading_path=("Financing",))  # fmt: skip
    cells = said(found("en", "See below.", tables=(table,)), "observations")
    assert [one["value"] for one in cells] == [512_000_000, 301_500_000]
