"""The words of the page: all there in six languages, all used, none missing."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from api.web import words
from kb.languages import LANGUAGES

WEB = Path(words.__file__).parent
PLACES = sorted(file.stem for file in (WEB / "words").glob("*.csv"))
_KEY = re.compile(rf"(?:{'|'.join(PLACES)})\.[a-z0-9_]+")
_FORMS = {"zero", "one", "two", "few", "many", "other"}


@cache
def _used() -> frozenset[str]:
    """Every text in the code of the page that looks like a key."""
    return frozenset(
        node.value
        for file in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _KEY.fullmatch(node.value)
    )


@pytest.mark.parametrize("key", sorted(words.words()))
def test_a_key_has_its_words_in_six_languages(key: str) -> None:
    row = words.words()[key]
    assert set(row) == {"key", *LANGUAGES}, "a comma too many, or too few"
    for language in LANGUAGES:
        text = row[language]
        assert text.strip() == text != "", language
        assert not set(text) & set("!！¡"), text
        assert words.placeholders(text) == words.placeholders(row["en"]), text


@pytest.mark.parametrize("place", PLACES)
def test_keys_begin_with_the_name_of_their_file(place: str) -> None:
    for line in (WEB / "words" / f"{place}.csv").read_text(encoding="utf-8").splitlines()[1:]:
        assert line.startswith(f"{place}."), line


def test_every_key_that_is_used_exists_and_every_key_is_used() -> None:
    known = {key.partition("@")[0] for key in words.words()}
    assert _used() - known == set(), "used, but without words"
    assert known - _used() == set(), "words that nothing uses"


def test_a_count_has_its_plural_forms() -> None:
    for key in words.words():
        base, _, form = key.partition("@")
        if form:
            assert form in _FORMS
            assert f"{base}@other" in words.words(), base


def test_a_value_may_hold_braces() -> None:
    said = words.say("en", "shell.copied", text="{text} and {more}")
    assert said == "Copied: {text} and {more}"
