"""Sentences, clauses, segments and printed sub-paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.segments import segments
from kb.languages import LANGUAGES, Language
from kb.quantities import find_quantities
from kb.sentences import Span, clauses, printed_part, sentences, word_count

SPLIT: list[tuple[Language, str, list[str]]] = [
    ("en", "It is so. And so is that.", ["It is so.", "And so is that."]),
    ("en", "See para. 5 of it. Then go.", ["See para. 5 of it.", "Then go."]),
    ("en", "It cost US$1.6 billion. Not 1.7.", ["It cost US$1.6 billion.", "Not 1.7."]),
    ("en", "The work of J. Smith ended.", ["The work of J. Smith ended."]),
    ("en", "First line\n(a) second line", ["First line", "(a) second line"]),
    ("en", "Is it? Yes! Good.", ["Is it?", "Yes!", "Good."]),
    ("zh", "到 2025 年，有 24 个。有 2,780 亿。", ["到 2025 年，有 24 个。", "有 2,780 亿。"]),
    ("zh", "指标 15.3.1 已公布。是吗？是。", ["指标 15.3.1 已公布。", "是吗？", "是。"]),
    ("fr", "Voir par. 5 ci-dessus. C’est ainsi.", ["Voir par. 5 ci-dessus.", "C’est ainsi."]),
    ("es", "EE. UU. dio 5 millones. Fin.", ["EE. UU. dio 5 millones.", "Fin."]),
    ("es", "Véase el párr. 5. Sigue.", ["Véase el párr. 5.", "Sigue."]),
    ("ru", "В 2024 г. начато. См. п. 5 и т.д. там.", ["В 2024 г. начато.", "См. п. 5 и т.д. там."]),
    ("ru", "Это 5 млн. долл. США. Да.", ["Это 5 млн. долл. США.", "Да."]),
    ("ar", "كم؟ قدمت 150 مليون دولار. ثم انتهى.", ["كم؟", "قدمت 150 مليون دولار.", "ثم انتهى."]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), SPLIT)
def test_a_text_is_split_at_the_ends_of_its_sentences(
    language: Language, text: str, expected: list[str]
) -> None:
    assert [span.of(text) for span in sentences(text, language)] == expected


@given(st.text(alphabet="ab. ,;:。，；\n(1)Я؟م", max_size=60), st.sampled_from(LANGUAGES))
def test_splitting_loses_nothing_but_space(text: str, language: Language) -> None:
    spans = sentences(text, language)
    assert "".join("".join(s.of(text) for s in spans).split()) == "".join(text.split())
    for sentence in spans:
        assert "".join(c.of(text) for c in clauses(text, sentence, language)) == sentence.of(text)


def test_each_segment_holds_one_figure_with_its_names() -> None:
    text = (
        "It is backed by a US$150 million grant pledged by Norway and by US$1 billion each from "
        "Peru and Kenya, up to 2030."
    )
    pieces = segments(text, Span(0, len(text)), "en", find_quantities(text, "en"))
    assert [piece.of(text) for piece in pieces] == [
        "It is backed by a US$150 million grant pledged by Norway ",
        "and by US$1 billion each from Peru and Kenya, up to 2030.",
    ]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("8(a)", "(a) this is first"),
        ("8(b)", "(b) that, with (i) one part, (ii) another"),
        ("8(b)(ii)", "(ii) another"),
        ("8(c)", "(c) the last."),
        ("8(d)", None),
    ],
)
def test_a_printed_subparagraph_is_found(label: str, expected: str | None) -> None:
    text = (
        "Do: (a) this is first; (b) that, with (i) one part, (ii) another; and (c) the last. End."
    )
    span = printed_part(text, label)
    assert (span.of(text) if span else None) == expected


def test_sixty_words_are_a_hundred_and_fifty_han() -> None:
    assert word_count("word " * 60) == word_count("字" * 150) == 60
