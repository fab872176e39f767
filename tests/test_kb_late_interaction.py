"""Single words of a query, looked for in a text, in its headings and in how its document opens."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kb_fixtures import TEXTS, add, document, opened

from kb.documents import Heading, Masthead, Paragraph, ParsedDocument
from kb.embedding import HashEmbedder
from kb.indexes import Indexes, Maker
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.late_interaction import (
    PieceModel,
    Places,
    UnitPieces,
    best_met,
    rarity_weights,
    telling,
)
from kb.lexical import LexicalIndex, LexicalUnit
from kb.static_model import NAME as STATIC
from kb.static_model import shipped_model
from kb.units import Unit, UnitKey

ASKED: dict[Language, str] = {
    "en": "deep wells",
    "fr": "puits profonds",
    "es": "pozos profundos",
    "ru": "глубокие колодцы",
    "ar": "آبار عميقة",
    "zh": "深井",
}
# A programme that only the title names, and what is asked of it.
PROGRAMMES: dict[Language, tuple[str, str, str]] = {
    "en": ("Progress of the Amber Valley programme", "The office has nine staff members.",
           "How many staff members has the office of the Amber Valley programme?"),
    "fr": ("Progrès du programme Vallée d'Ambre", "Le bureau compte neuf fonctionnaires.",
           "Combien de fonctionnaires compte le bureau du programme Vallée d'Ambre ?"),
    "es": ("Progresos del programa Valle de Ámbar", "La oficina cuenta con nueve funcionarios.",
           "¿Con cuántos funcionarios cuenta la oficina del programa Valle de Ámbar?"),
    "ru": ("Ход программы «Янтарная долина»", "В бюро работают девять сотрудников.",
           "Сколько сотрудников работают в бюро программы «Янтарная долина»?"),
    "ar": ("تقدم برنامج وادي العنبر", "يعمل في المكتب تسعة موظفين.",
           "كم موظفا يعمل في مكتب برنامج وادي العنبر؟"),
    "zh": ("琥珀谷方案的进展", "办事处有九名工作人员。", "琥珀谷方案的办事处有几名工作人员？"),
}  # fmt: skip
OTHERS: dict[Language, tuple[str, str]] = {
    "en": ("Progress of the Silver Coast programme", "The office has five staff members."),
    "fr": ("Progrès du programme Côte d'Argent", "Le bureau compte cinq fonctionnaires."),
    "es": ("Progresos del programa Costa de Plata", "La oficina cuenta con cinco funcionarios."),
    "ru": ("Ход программы «Серебряный берег»", "В бюро работают пять сотрудников."),
    "ar": ("تقدم برنامج الساحل الفضي", "يعمل في المكتب خمسة موظفين."),
    "zh": ("银岸方案的进展", "办事处有五名工作人员。"),
}


def _agreement(query: str, texts: list[tuple[str, str]]) -> list[float]:
    model = shipped_model()
    own, above = (model.pieces([pair[n] for pair in texts]) for n in (0, 1))
    units = [UnitPieces(one, other) for one, other in zip(own, above, strict=True)]
    return [float(one) for one in model.agreement(query, units)]


@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize("answered", LANGUAGES)
def test_words_are_met_in_any_language(asked: Language, answered: Language) -> None:
    wells, seeds, radio = _agreement(ASKED[asked], [(text, "") for text in TEXTS[answered]])
    assert wells > max(seeds, radio)


def test_a_text_that_says_all_of_a_query_meets_it_wholly() -> None:
    assert _agreement("deep wells", [("Wells, deep ones.", "")])[0] == pytest.approx(1.0, abs=1e-3)


def test_what_stands_above_counts_less_than_what_is_said_and_more_than_nothing() -> None:
    said, above, neither = _agreement(
        "deep wells", [("deep wells", "radio"), ("radio", "deep wells"), ("radio", "radio")]
    )
    assert said > above > neither


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_met_by_itself_alone(language: Language) -> None:
    years = {"ar": "عام {}", "zh": "{}年", "ru": "{} год"}.get(language, "in {}")
    same, other = (_agreement("2020", [(years.format(year), "")])[0] for year in (2020, 2024))
    assert (same, other) == (pytest.approx(1.0), 0.0)


def test_a_text_without_pieces_meets_nothing() -> None:
    assert _agreement("deep wells", [("", "")]) == [0.0]
    assert _agreement("", [("deep wells", "")]) == [0.0]


_cosine = st.floats(-1, 1, width=32)


@given(st.lists(st.lists(_cosine, min_size=6, max_size=6), min_size=1, max_size=4))
def test_the_mean_lies_between_the_least_and_the_best(rows: list[list[float]]) -> None:
    cosines = np.asarray(rows, np.float32)
    weights = rarity_weights(np.linspace(1, 2, len(rows), dtype=np.float32))
    every, none = np.arange(6, dtype=np.uint32), np.zeros(0, np.uint32)
    own, above = Places.of([every, none]), Places.of([none, none])
    found = best_met(cosines.T, own, above) @ weights
    assert (
        cosines.max(axis=1).clip(0).min() - 1e-5
        <= found[0]
        <= cosines.max(axis=1).clip(0).max() + 1e-5
    )
    assert found[1] == 0.0


def test_rare_pieces_count_most() -> None:
    common, rare = rarity_weights(np.asarray([1.0, 2.0], np.float32))
    assert rare == pytest.approx(8 * common)
    assert rarity_weights(np.zeros(2, np.float32)).tolist() == [0.0, 0.0]


def test_pieces_that_hardly_count_are_not_looked_for() -> None:
    weights = np.asarray([0.001, 0.6, 0.399], np.float32)
    assert telling(weights).tolist() == [1, 2]
    assert telling(np.zeros(0, np.float32)).tolist() == []


def test_pieces_are_kept_with_the_full_text_and_given_back(tmp_path: Path) -> None:
    own, above = np.asarray([3, 70_000], np.uint32), np.asarray([5], np.uint32)
    index = LexicalIndex(tmp_path)
    index.write(
        [
            LexicalUnit("a", "e", "d", "original", ["dust"], pieces=UnitPieces(own, above)),
            LexicalUnit("b", "e", "d", "original", ["dust"]),
        ]
    )
    index.close()
    index = LexicalIndex(tmp_path, write=False)
    for _ in range(2):  # read, then remembered
        found = index.pieces(["b", "a", "gone"])
        assert [[part.tolist() for part in one] for one in found] == [
            [[], []],
            [[3, 70_000], [5]],
            [[], []],
        ]


def test_a_model_without_vectors_of_pieces_leaves_the_score_as_it_was(tmp_path: Path) -> None:
    indexes = Indexes(tmp_path, Maker(HashEmbedder()), write=True)
    key = UnitKey("d", "en", "original", 1, "1")
    indexes.apply([[Unit(key, "deep wells", ("Water",))]], [])
    assert indexes.maker.weights.agreement == 0.0
    assert indexes.agreement("deep wells", indexes.lexical, [str(key)]) == []
    indexes.close()
    assert not isinstance(HashEmbedder(), PieceModel)
    assert isinstance(shipped_model(), PieceModel)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Two documents in each language: alike but for a figure and the programme in the title."""
    with opened(tmp_path_factory.mktemp("late"), STATIC) as made:
        for language in LANGUAGES:
            for number, (title, text) in enumerate((OTHERS[language], PROGRAMMES[language][:2])):
                symbol = f"ICCD/COP(16)/{LANGUAGES.index(language)}{number}"
                add(made, _titled(language, symbol, title, text), source=f"{symbol}.pdf")
        yield made


def _titled(language: Language, symbol: str, title: str, text: str) -> ParsedDocument:
    return ParsedDocument(
        Masthead(language=language, symbols=(symbol,), title=title),
        headings=(Heading(1, "I.", title, 0),),
        paragraphs=(Paragraph("1", "paragraph", title), Paragraph("2", "paragraph", text)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph_is_found_by_what_only_the_title_of_its_document_names(
    kb: KnowledgeBase, language: Language
) -> None:
    hits = kb.search(PROGRAMMES[language][2], k=20)
    office = [hit.passage for hit in hits if hit.passage.label == "2"]
    assert office[0].text == PROGRAMMES[language][1]


def test_a_summary_stands_behind_the_paragraph_that_it_sums_up(tmp_path: Path) -> None:
    text = "Norway granted 40 million dollars to drill deep wells."
    both = ParsedDocument(
        Masthead(language="en", symbols=("ICCD/COP(16)/7",)),
        paragraphs=(Paragraph("summary", "summary", text), Paragraph("1", "paragraph", text)),
    )
    with opened(tmp_path / "home", STATIC) as made:
        add(made, both, source="both.pdf")
        add(made, document("en"), source="others.pdf")
        labels = [
            hit.passage.label
            for hit in made.search("Who drills deep wells?")
            if hit.passage.document_id == "ICCD/COP(16)/7"
        ]
    assert labels == ["1", "summary"]
