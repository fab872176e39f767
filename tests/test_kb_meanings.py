"""What pieces mean across languages: learned from parallel texts, and used where a question is
asked in another language than the document's only one."""

from pathlib import Path

import numpy as np
import pytest
from kb_fixtures import TEXTS, add, document, opened
from tokenizers import Tokenizer, models, pre_tokenizers

from kb.languages import LANGUAGES, Language
from kb.late_interaction import UnitPieces
from kb.meanings import Meanings, read_meanings, write_meanings
from kb.static_model import NAME as STATIC
from kb.static_model import shipped_model
from kb.training.meanings import learn_meanings
from kb.training.sources import Sourced

# The second one of the three texts is asked about.
ASKED: dict[Language, str] = {
    "en": "farmers' seeds",
    "fr": "semences des agriculteurs",
    "es": "semillas de los agricultores",
    "ru": "семена фермеров",
    "ar": "بذور المزارعين",
    "zh": "农民的种子",
}


def _meanings() -> Meanings:
    """Piece 0 means itself, 1 the same, 2 half of it, 3 something else, 4 nothing."""
    return Meanings(
        np.asarray([0, 1, 2, 4, 5, 5]),
        np.asarray([0, 0, 0, 9, 9], np.uint32),
        np.asarray([255, 255, 153, 204, 255], np.uint8),
    )


def test_pieces_share_what_their_senses_share() -> None:
    found = _meanings().shared(np.arange(5), np.asarray([0, 3]))
    assert found == pytest.approx(
        np.asarray([[1, 0], [1, 0], [0.6, 0.8], [0, 1], [0, 0]]), abs=1e-3
    )


def test_nothing_asked_or_held_shares_nothing() -> None:
    none = np.zeros(0, np.int64)
    assert _meanings().shared(none, np.asarray([0])).shape == (0, 1)
    assert _meanings().shared(np.asarray([0]), none).shape == (1, 0)
    assert _meanings().shared(np.asarray([0, 4]), np.asarray([4])).tolist() == [[0.0], [0.0]]


def test_meanings_are_read_as_written_and_written_alike(tmp_path: Path) -> None:
    paths = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for path in paths:
        write_meanings(path, _meanings())
    assert paths[0].read_bytes() == paths[1].read_bytes()
    read, given = read_meanings(paths[0]), _meanings()
    assert np.array_equal(read.starts, given.starts)
    assert np.array_equal(read.senses, given.senses)
    assert np.array_equal(read.shares, given.shares)


def test_words_that_stand_for_one_another_in_parallel_texts_mean_the_same() -> None:
    pairs = [("red wells", "puits rouges"), ("red seeds", "graines rouges"),
             ("new wells", "puits nouveaux"), ("new seeds", "graines nouveaux"),
             ("wells", "puits"), ("seeds", "graines")]  # fmt: skip
    words = sorted({word for pair in pairs for text in pair for word in text.split()})
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, words[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    segments = [Sourced({"en": en, "fr": fr}, "test", "domain") for en, fr in pairs]
    meanings = learn_meanings(segments, tokenizer, print)
    place = np.asarray([words.index(w) for w in ("puits", "graines", "rouges")])
    found = meanings.shared(place, np.asarray([words.index(w) for w in ("wells", "seeds", "red")]))
    assert found.argmax(axis=1).tolist() == [0, 1, 2]
    assert found.diagonal().min() > 0.9


@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize("answered", LANGUAGES)
def test_what_means_the_same_is_met_in_any_language(asked: Language, answered: Language) -> None:
    model = shipped_model()
    none = np.zeros(0, np.uint32)
    units = [UnitPieces(own, none) for own in model.pieces(TEXTS[answered])]
    wells, seeds, radio = model.meaning(ASKED[asked], units).tolist()
    assert seeds > max(wells, radio)


@pytest.mark.parametrize("asked", LANGUAGES)
def test_a_paragraph_in_another_language_is_found_by_what_its_words_mean(
    asked: Language, tmp_path: Path
) -> None:
    other: Language = "es" if asked != "es" else "en"
    with opened(tmp_path, STATIC) as kb:
        add(kb, document(other))
        (first, *_) = kb.search(ASKED[asked], k=3)
        assert first.passage.label == "2"
        assert "lexical" in first.via
