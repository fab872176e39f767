"""Words of a list in running text."""

import pytest

from kb.languages import Language
from kb.lexicon import Lexicon


@pytest.mark.parametrize(
    ("language", "entries", "text", "expected"),
    [
        (
            "en",
            [("a", "project"), ("b", "project note")],
            "one project note",
            [("b", "project note")],
        ),
        ("en", [("a", "launch*")], "it relaunched, launched", [("a", "launched")]),
        ("ru", [("a", "стран*")], "18 странам", [("a", "странам")]),
        ("ar", [("a", "مواقع")], "عدد المواقع", [("a", "مواقع")]),
        ("zh", [("a", "国家"), ("b", "国")], "18个国家", [("a", "国家")]),
        ("zh", [("a", "承诺"), ("b", "承诺")], "承诺", [("a", "承诺"), ("b", "承诺")]),
        ("fr", [("a", "note")], "connote", []),
    ],
)
def test_the_longest_form_is_found_at_its_place(
    language: Language, entries: list[tuple[str, str]], text: str, expected: list[tuple[str, str]]
) -> None:
    found = Lexicon(entries, language).find(text)
    assert [(key, text[start:end]) for key, start, end in found] == expected
