"""What LandBrief says itself: the same messages in all six languages."""

import csv
from importlib.resources import files

import pytest
from babel import Locale

from kb.languages import LANGUAGES, Language
from kb.wording import COUNT_KEYS, MESSAGE_KEYS, Wording, placeholders

ROWS = list(
    csv.DictReader(
        files("kb").joinpath("data/messages.csv").read_text(encoding="utf-8").splitlines()
    )
)


def test_the_file_and_the_code_name_the_same_messages() -> None:
    assert {r["key"] for r in ROWS if not r["plural"]} == set(MESSAGE_KEYS)
    assert {r["key"] for r in ROWS if r["plural"]} == set(COUNT_KEYS)


@pytest.mark.parametrize("row", [r for r in ROWS if not r["plural"]], ids=lambda r: r["key"])
def test_all_six_languages_have_a_message_with_the_same_placeholders(row: dict[str, str]) -> None:
    assert all(row[language] for language in LANGUAGES)
    assert len({placeholders(row[language]) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("key", COUNT_KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_message_has_every_plural_form_of_its_language(
    key: str, language: Language
) -> None:
    held = {r["plural"] for r in ROWS if r["key"] == key and r[language]}
    assert held == {str(Locale.parse(language).plural_form(n)) for n in (*range(201), 10**6)} | {
        "other"
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said(language: Language) -> None:
    wording = Wording(language)
    for row in ROWS:
        if not row["plural"]:
            values = dict.fromkeys(placeholders(row[language]), "{x}")
            assert "{x}" in wording.say(row["key"], **values) or not values  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 1, "1 further paragraph deals with this: 7."),
        ("en", 2, "2 further paragraphs deal with this: 7."),
        ("ru", 1, "Об этом говорится еще в 1 пункте: 7."),
        ("ru", 3, "Об этом говорится еще в 3 пунктах: 7."),
        ("ru", 21, "Об этом говорится еще в 21 пункте: 7."),
        ("ar", 2, "هناك فقرتان أخريان تتناولان ذلك: 7."),
        ("ar", 3, "هناك 3 فقرات أخرى تتناول ذلك: 7."),
        ("zh", 3, "另有3段涉及这一点：7。"),
    ],
)
def test_counts_follow_the_plural_rules(language: Language, count: int, expected: str) -> None:
    assert Wording(language).count("further", count, labels="7") == expected


def test_languages_are_named_in_the_readers_language() -> None:
    english = Wording("en")
    names = [english.language_name("zh"), english.language_name("en")]
    assert english.list(names) == "Chinese and English"
    assert Wording("fr").language_name("zh") == "chinois"
    assert Wording("zh").language_name("en") == "英语"
