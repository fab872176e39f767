"""Tokens, units and vectors."""

import csv
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.analysis import index_tokens, query_tokens
from kb.documents import Paragraph, Subparagraph
from kb.embedding import HashEmbedder, load_embedder
from kb.errors import SettingsError
from kb.languages import LANGUAGES, Language
from kb.units import UnitKey, parse_unit, parts


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Parties granted lands", "party granting land"),
        ("fr", "les désertifications", "la désertification"),
        ("fr", "l’eau", "eau"),
        ("es", "los párrafos", "párrafo"),
        ("es", "desertificacion", "desertificación"),
        ("ru", "засухи", "засуха"),
        ("ru", "ёлка", "елка"),
        ("ar", "الشَّراكَة", "الشراكة"),
        ("ar", "الأراضي", "الاراضي"),
        ("zh", "土地", "土地"),
    ],
)
def test_forms_of_one_word_share_a_token(language: Language, one: str, other: str) -> None:
    assert set(index_tokens(one, language)) & set(index_tokens(other, language))


@pytest.mark.parametrize(
    "written", ["1,600", "1 600", "1\u00a0600", "1.600", "1600", "١٬٦٠٠", "１６００", "1’600"]
)
def test_a_number_is_one_token_however_it_is_grouped(written: str) -> None:
    assert "1600" in index_tokens(f"from {written} up", "en")


@pytest.mark.parametrize("written", ["1.6", "1,6", "١٫٦"])
def test_a_decimal_is_one_token(written: str) -> None:
    assert "1.6" in index_tokens(written, "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_symbol_is_one_token_and_its_parts(language: Language) -> None:
    tokens = index_tokens("ICCD/COP(16)/4", language)
    assert {"iccd/cop(16)/4", "iccd", "cop", "16", "4"} <= set(tokens)
    assert "15.3.1" in index_tokens("15.3.1", language)


@pytest.mark.parametrize("written", ["8/COP.15", "8/СОР.15", "8/م أ-15", "第8/COP.15号决定"])
def test_a_decision_is_one_token_in_each_script(written: str) -> None:
    assert "8/cop.15" in index_tokens(written, "en")


def test_a_session_is_the_same_with_and_without_a_space() -> None:
    assert set(index_tokens("COP16", "en")) == set(index_tokens("COP 16", "en"))


def test_han_is_cut_into_characters_and_pairs() -> None:
    assert index_tokens("土地退化", "zh") == ["土", "地", "退", "化", "土地", "地退", "退化"]


def test_han_next_to_latin_is_kept_apart() -> None:
    assert index_tokens("COP第16届", "zh") == ["cop", "第", "16", "届"]


def test_stop_words_are_left_out_of_queries_only() -> None:
    assert "the" in index_tokens("the land", "en")
    assert set(query_tokens("what is the land", "en")) == {"land"}
    assert query_tokens("what is it", "en")
    assert not set("多少") & set(query_tokens("提供了多少资金", "zh"))


def test_a_query_is_also_stemmed_as_its_neighbours_would() -> None:
    weights = query_tokens("Namibia partnerships", "en")
    assert weights["namibia"] == weights["partnership"] == 1.0
    assert 0 < weights["namibi"] < 1.0


def test_concepts_weigh_less_than_words() -> None:
    """They stand for words that are there too; across languages nothing else is."""
    weights = query_tokens("drought", "en", lambda _: ["term:drought"])
    assert 0.5 < weights["term:drought"] < weights["drought"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المدينة", "مدينة"),
        ("وبالمدينة", "المدينة"),
        ("للأراضي", "الأراضي"),
        ("والتصحر", "التصحر"),
        ("بتمويل", "تمويل"),
        ("لمكافحة", "مكافحة"),
        ("فإدارة", "إدارة"),
        ("الوزارة", "وزارة"),
        ("بلد", "البلد"),
        ("مستشفى", "مستشفي"),
        ("أراضٍ", "اراض"),
        ("دولـــة", "دولة"),
    ],
)
def test_arabic_words_meet_without_what_is_joined_in_front(one: str, other: str) -> None:
    assert set(query_tokens(one, "ar")) & set(index_tokens(other, "ar"))
    assert set(query_tokens(other, "ar")) & set(index_tokens(one, "ar"))


def test_the_less_likely_reading_of_a_word_weighs_less() -> None:
    weights = query_tokens("لتنمية", "ar")
    words = [weight for token, weight in weights.items() if not token.startswith("~")]
    assert words == [1.0, 0.5]


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("防治荒漠化締約方會議", "防治荒漠化缔约方会议"),
        ("旱災", "旱灾"),
        ("１５萬公頃", "15万公顷"),
    ],
)
def test_traditional_characters_are_found_by_simplified_ones(
    traditional: str, simplified: str
) -> None:
    assert index_tokens(traditional, "zh") == index_tokens(simplified, "zh")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("zh", "15万公顷"),
        ("zh", "15 萬公頃"),
        ("en", "150,000 ha"),
        ("es", "150.000 ha"),
        ("fr", "150 000 ha"),
        ("fr", "150 mille ha"),
        ("ru", "150 тыс. га"),
        ("ar", "١٥٠ ألف هكتار"),
        ("en", "0.15 million ha"),
        ("ru", "0,15 млн га"),
    ],
)
def test_an_amount_is_one_token_in_every_language(language: Language, written: str) -> None:
    assert "150000" in index_tokens(written, language)


def test_a_billion_is_the_language_s_own() -> None:
    assert "2000000000" in index_tokens("2 billion", "en")
    assert "2000000000000" in index_tokens("2 billones", "es")
    assert "2000000000" in index_tokens("2 mil millones", "es")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beethoven", "بيتهوفن"),
        ("Washington", "واشنطن"),
        ("Мадрид", "Madrid"),
        ("Мадрид", "مدريد"),
        ("Ouagadougou", "واغادوغو"),
        ("Namibia", "Намибия"),
    ],
)
def test_a_name_is_found_in_another_script(one: str, other: str) -> None:
    assert set(query_tokens(one, None)) & set(index_tokens(other, None))
    assert set(query_tokens(other, None)) & set(index_tokens(one, None))


def test_a_name_in_small_letters_is_found_too() -> None:
    assert set(query_tokens("beethoven", "en")) & set(index_tokens("بيتهوفن", "ar"))


def test_common_words_have_no_sounds_in_the_index() -> None:
    assert not any(token.startswith("~") for token in index_tokens("land degradation", "en"))


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_word_without_its_accents_is_the_same_word(language: Language) -> None:
    for word, plain in (("dégradées", "degradees"), ("párrafos", "parrafos"), ("año", "ano")):
        assert index_tokens(word, language) == index_tokens(plain, language)


def test_the_stop_words_are_well_formed() -> None:
    text = files("kb").joinpath("data/stop_words.csv").read_text(encoding="utf-8")
    rows = [(row["language"], row["word"]) for row in csv.DictReader(text.splitlines())]
    assert len(rows) == len(set(rows))
    assert {language for language, _ in rows} == set(LANGUAGES)
    assert all(word.strip() for _, word in rows)


@given(st.text(max_size=300), st.sampled_from((*LANGUAGES, None)))
def test_any_text_has_tokens_without_spaces(text: str, language: Language | None) -> None:
    for token in (*index_tokens(text, language), *query_tokens(text, language)):
        assert token
        assert not any(c.isspace() for c in token)


_paragraphs = st.builds(
    lambda sentences, cuts: Paragraph(
        "1",
        "paragraph",
        " ".join(sentences),
        subparagraphs=tuple(
            Subparagraph(f"1({'abc'[i]})", cut, len(" ".join(sentences)))
            for i, cut in enumerate(sorted(min(c, len(" ".join(sentences))) for c in cuts))
        ),
    ),
    st.lists(st.text(min_size=1, max_size=500).map(lambda s: s + "."), max_size=12),
    st.lists(st.integers(0, 4000), max_size=3),
)


@given(_paragraphs)
def test_the_parts_of_a_long_paragraph_hold_all_of_it(paragraph: Paragraph) -> None:
    cut = parts(paragraph)
    assert not cut or "".join(cut) == paragraph.text


@given(st.text(min_size=1), st.text(min_size=1), st.integers(0, 3))
def test_a_unit_id_says_what_it_was_made_of(document: str, label: str, part: int) -> None:
    key = UnitKey(document, "fr", "digest", 2, label, part)
    assert parse_unit(str(key)) == key
    assert str(UnitKey("ICCD/COP(16)/4", "zh", "original", 1, "8")) == (
        "ICCD/COP(16)/4|zh|original|v1|8"
    )


@given(st.lists(st.text(max_size=120), max_size=8))
def test_every_vector_has_unit_length_and_its_own_row(texts: list[str]) -> None:
    embedder = HashEmbedder()
    vectors = embedder.embed_passages(texts)
    assert vectors.shape == (len(texts), embedder.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(embedder.embed_passages([text])[0], vector)


def test_a_text_is_nearest_to_what_shares_its_words() -> None:
    embedder = HashEmbedder()
    passages = embedder.embed_passages(
        ["Norway granted money for wells", "Farmers exchange seeds", "Radio warns of dust"]
    )
    query = embedder.embed_queries(["grants for wells"])[0]
    assert int(np.argmax(passages @ query)) == 0


def test_concepts_link_texts_without_a_common_word() -> None:
    def concepts(text: str) -> Sequence[str]:
        return ("term:well",) if text in ("井", "puits") else ()

    plain, linked = HashEmbedder(), HashEmbedder(concepts)
    for embedder, near in ((plain, False), (linked, True)):
        one, other = embedder.embed_passages(["井", "puits"])
        assert (float(one @ other) > 0.5) is near


def test_an_unknown_embedder_is_a_setting_error() -> None:
    assert load_embedder("landbrief-hash-256").dimensions == 256
    with pytest.raises(SettingsError, match='no embedder "word2vec"; known: landbrief-hash-256'):
        load_embedder("word2vec")
