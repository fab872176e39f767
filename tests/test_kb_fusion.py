"""Full text and vectors as one score."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kb.fusion import Weights, best_scores, fused
from kb.lexical import LexicalIndex, LexicalUnit

_scores = st.dictionaries(st.integers(0, 9), st.floats(0, 1), max_size=8)


@given(_scores, _scores, st.floats(0, 2))
def test_every_key_of_either_list_gets_one_score(
    coverage: dict[int, float], similarity: dict[int, float], weight: float
) -> None:
    assert set(fused(coverage, similarity, {}, Weights(weight))) == set(coverage) | set(similarity)


@given(_scores, _scores, st.floats(0, 2))
def test_what_is_better_in_both_lists_is_better(
    coverage: dict[int, float], similarity: dict[int, float], weight: float
) -> None:
    scores = fused(coverage, similarity, {}, Weights(weight))
    both = set(coverage) & set(similarity)
    for one in both:
        for other in both:
            if coverage[one] >= coverage[other] and similarity[one] >= similarity[other]:
                assert scores[one] >= scores[other]


def test_the_score_is_coverage_and_weighted_similarity() -> None:
    scores = fused({"both": 0.5, "words": 0.25}, {"both": 0.75, "near": 0.5}, {}, Weights(0.5))
    assert scores == {"both": 0.875, "words": 0.5, "near": 0.25}


def test_what_the_vectors_do_not_give_is_no_nearer_than_the_last_they_give() -> None:
    scores = fused({"words": 0.25}, {"near": 0.75, "last": 0.5}, {}, Weights(1.0))
    assert scores["words"] - 0.25 == scores["last"] == 0.5


def test_agreement_counts_beside_both_and_an_unknown_one_as_the_least() -> None:
    scores = fused({"a": 0.5}, {"a": 0.5, "b": 0.5}, {"a": 0.25}, Weights(1.0, 2.0))
    assert scores == {"a": 1.5, "b": 1.0}


def test_across_languages_the_vectors_decide() -> None:
    """No passage covers much of a question in another language."""
    scores = fused({"other": 0.02}, {"right": 0.5, "other": 0.2}, {}, Weights(0.5))
    assert max(scores, key=lambda key: scores[key]) == "right"


def test_within_a_language_full_text_decides() -> None:
    scores = fused({"right": 0.9, "other": 0.4}, {"other": 0.6, "right": 0.4}, {}, Weights(0.5))
    assert max(scores, key=lambda key: scores[key]) == "right"


def test_a_key_counts_with_its_best_score() -> None:
    assert best_scores([("a", 0.2), ("b", -1.0), ("a", 0.7), ("a", 0.1)]) == {"a": 0.7, "b": -1.0}


def test_a_passage_covers_less_of_a_query_that_asks_for_more(tmp_path: Path) -> None:
    """What no passage holds counts too: it is what a question in another language is full of."""
    index = LexicalIndex(tmp_path)
    units = [LexicalUnit(str(n), "e", "d", "original", ["dust", f"w{n}"]) for n in range(20)]
    index.write(units)
    whole = index.search({"w3": 1.0}, 5)
    some = index.search({"w3": 1.0, "nowhere": 1.0, "either": 1.0}, 5)
    index.close()
    assert [unit for unit, _ in whole] == [unit for unit, _ in some] == ["3"]
    assert 0 < 2 * some[0][1] < whole[0][1] <= 2.2
