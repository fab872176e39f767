"""Measures: retrieval against ir_measures, citations, support, manner, statistics."""

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, ScoredDoc, nDCG
from ir_measures import Qrel as IrQrel
from ir_measures import R as IrRecall

from assistant.answer import Citation, Statement
from evals.measures.citations import (
    Cited,
    citation_precision,
    citation_recall,
    cites_gold,
    is_at,
    top_label,
)
from evals.measures.manner import in_language, is_brief, length_share
from evals.measures.retrieval import first_rank, ndcg_at_k, recall_at_k, reciprocal_rank
from evals.measures.statistics import bootstrap, paired, quantile
from evals.measures.support import misattributed_figures, unsupported_figures
from evals.questions import Gold, Question, read_question
from kb.languages import Language
from kb.terms import load_terms

IDS = [f"d{number}" for number in range(30)]


@settings(max_examples=150, deadline=None)
@given(
    ranked=st.lists(st.sampled_from(IDS), unique=True, max_size=25),
    relevant=st.sets(st.sampled_from(IDS), min_size=1, max_size=12),
)
def test_retrieval_measures_agree_with_ir_measures(ranked: list[str], relevant: set[str]) -> None:
    qrels = [IrQrel("q", one, 1) for one in relevant]
    run = [ScoredDoc("q", one, 100.0 - rank) for rank, one in enumerate(ranked)]
    ours = {
        IrRecall @ 1: recall_at_k(ranked, relevant, 1),
        IrRecall @ 5: recall_at_k(ranked, relevant, 5),
        IrRecall @ 10: recall_at_k(ranked, relevant, 10),
        RR: reciprocal_rank(ranked, relevant),
        nDCG @ 10: ndcg_at_k(ranked, relevant, 10),
    }
    theirs = ir_measures.calc_aggregate(list(ours), qrels, run)
    for measure, value in ours.items():
        assert value == pytest.approx(theirs[measure], abs=1e-9)
        assert 0 <= value <= 1


def test_nothing_relevant_is_undefined_and_not_zero() -> None:
    for measure in (reciprocal_rank, first_rank, lambda r, q: recall_at_k(r, q, 5), ndcg_at_k):
        with pytest.raises(ValueError, match="undefined"):
            measure(["a"], set())


def test_an_id_ranked_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        recall_at_k(["a", "a"], {"a"}, 5)


@pytest.mark.parametrize(
    ("gold", "cited", "at"),
    [
        ("8", "8", True),
        ("8", "8(b)", True),
        ("8(b)(i)", "8(b)", True),
        ("8(b)(i)", "8", True),
        ("8(b)", "8(a)", False),
        ("8", "80", False),
        ("80", "8", False),
        ("8(i)", "8(ii)", False),
        ("table 1", "table 1, row 3", True),
        ("table 1, row 3", "table 1", False),
        ("table 1", "table 10, row 3", False),
        ("fn 1", "fn 16", False),
        ("7 (2nd)", "7", False),
        ("annex I, 4", "annex I, 4(a)", True),
        ("14.35", "14.3", False),
    ],
)
def test_a_citation_is_at_gold_within_the_same_paragraph(gold: str, cited: str, at: bool) -> None:
    assert is_at(Gold("D", gold), "D", cited) is at
    assert not is_at(Gold("D", gold), "E", cited)


def test_the_top_of_a_label_of_its_own_making_is_itself() -> None:
    assert top_label("8(b)(iii)") == "8"
    assert top_label("Preface, second sheet") == "Preface, second sheet"


TEXT = "Saudi Arabia pledged US$150 million, the Islamic Development Bank up to US$1 billion."


def cited(
    text: str | None = TEXT,
    quote: str = "pledged US$150 million",
    paragraph: str = "89",
    language: Language = "en",
) -> Cited:
    start = (text or "").find(quote)
    span = None if text is None else (0, len(text))
    return Cited(1, "D", paragraph, language, quote, start, start + len(quote), text, span)


def test_precision_counts_paragraphs_once() -> None:
    both = [cited(), cited(quote="US$1 billion"), cited(paragraph="90")]
    assert citation_precision(both, [Gold("D", "89")]) == 0.5
    with pytest.raises(ValueError, match="undefined"):
        citation_precision([], [Gold("D", "89")])


def test_recall_lets_an_alternative_stand_for_one() -> None:
    gold = [Gold("D", "89"), Gold("D", "91")]
    assert citation_recall([cited()], gold) == 0.5
    assert citation_recall([cited(), cited(paragraph="7")], gold, [Gold("D", "7")]) == 1
    assert cites_gold([cited()], gold)
    assert not cites_gold([cited(paragraph="90")], gold)
    with pytest.raises(ValueError, match="undefined"):
        citation_recall([cited()], [])


def test_a_quote_must_stand_where_it_says() -> None:
    assert cited().is_verbatim
    assert not cited(text=None).exists
    assert not cited(text=None).is_verbatim
    one = cited()
    moved = Cited(1, "D", "89", "en", one.quote, one.start + 1, one.end + 1, TEXT, one.span)
    assert not moved.is_verbatim


def test_a_quote_outside_the_cited_sub_paragraph_is_not_verbatim() -> None:
    one = cited()
    elsewhere = Cited(
        1, "D", "89(b)", "en", one.quote, one.start, one.end, TEXT, (one.end, len(TEXT))
    )
    assert not elsewhere.is_verbatim


@pytest.mark.parametrize(
    ("said", "unsupported"),
    [
        ("Saudi Arabia pledged 150 million dollars.", ()),
        ("沙特阿拉伯承诺提供 1.5 亿美元。", ()),
        ("L’Arabie saoudite a annoncé 150 millions de dollars pour les pays.", ()),
        ("Saudi Arabia pledged US$1,500 million.", ("US$1,500 million",)),
        ("Saudi Arabia pledged EUR 150 million.", ("EUR 150 million",)),
        ("The Islamic Development Bank pledged US$1 billion.", ("US$1 billion",)),
        ("The Islamic Development Bank pledged up to US$1 billion.", ()),
        ("The pledge is for 12 countries.", ("12",)),
        ("Saudi Arabia pledged money.", ()),
    ],
)
def test_a_figure_must_stand_in_what_is_cited(said: str, unsupported: tuple[str, ...]) -> None:
    assert unsupported_figures(said, [cited()], "en") == unsupported


def test_a_figure_without_a_citation_is_unsupported() -> None:
    assert unsupported_figures("It took 12 years.", [], "en") == ("12",)


def test_a_verbatim_quote_supports_its_own_figures() -> None:
    quote = "pledged US$150 million"
    assert unsupported_figures(f"Zusammenfassung: {quote} …", [cited()], "en") == ()


def test_a_computed_statement_may_say_what_follows_from_its_sources() -> None:
    source = cited(
        text="9 countries completed it and 8 had it in progress; 18 take part.", quote="9"
    )
    said = "9 + 8 = 17 countries, 94.4% of 18, one more than 16."
    assert unsupported_figures(said, [source], "en", computed=True) == ("16",)
    assert "17" in unsupported_figures(said, [source], "en")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("Saudi Arabia pledged US$150 million.", ()),
        ("The Islamic Development Bank pledged US$150 million.", ("US$150 million",)),
        ("Saudi Arabia pledged up to US$1 billion.", ("US$1 billion",)),
        ("沙特阿拉伯承诺提供 1.5 亿美元。", ()),
        ("伊斯兰开发银行承诺提供 1.5 亿美元。", ("1.5 亿美元",)),
        ("A pledge of US$150 million was made.", ()),
    ],
)
def test_a_figure_said_of_somebody_else_is_misattributed(said: str, wrong: tuple[str, ...]) -> None:
    assert misattributed_figures(said, [cited()], "en", load_terms()) == wrong


def test_a_figure_of_a_list_belongs_to_all_its_names() -> None:
    source = cited(text="Benin, Kenya and Peru adopted 12 targets.", quote="12 targets")
    said = "Benin adopted 12 targets."
    assert misattributed_figures(said, [source], "en", load_terms()) == ()


def question(kind: str = "number") -> Question:
    return read_question(
        {
            "id": "q",
            "lang": "en",
            "topic": "t",
            "type": kind,
            "question": "How much?",
            "gold": [{"doc": "D", "para": "89"}],
            "must": [["150 million"]],
        }
    )


def test_a_brief_answer_says_it_first_and_in_sixty_words() -> None:
    first, other = Statement("It was US$150 million.", "record"), Statement("A grant.", "quote")
    assert is_brief(question(), [first, other], None)
    assert not is_brief(question(), [other, first], None)
    assert not is_brief(question(), [first, Statement("word " * 57, "quote")], None)
    assert not is_brief(question(), [], None)


def test_words_and_han_characters_add_up() -> None:
    assert length_share(["word " * 30, "字" * 75]) == pytest.approx(1.0)
    assert length_share(["一百五十" * 37]) < 1


def citation(n: int, language: Language) -> Citation:
    return Citation(n, "D", None, None, "1", language, "digest", 1, "x", 0, 1, "", "")


def test_quotes_may_be_in_any_language_and_nothing_else() -> None:
    own = Statement("Le Canada finance ces travaux depuis des années.", "record")
    quote = Statement("加拿大政府提供赠款。", "quote", (1,))
    digest = Statement(
        "Résumé, en anglais : Canada funds the work of the countries.", "digest", (2,)
    )
    held = [citation(1, "zh"), citation(2, "en")]
    assert in_language([own, quote], held, "fr") == 1
    assert in_language([own, quote, digest], held, "fr") == 0.5
    with pytest.raises(ValueError, match="only quotes"):
        in_language([quote], held, "fr")


def test_an_interval_holds_its_value_and_is_the_same_each_time() -> None:
    values = [1.0] * 70 + [0.0] * 30
    first = bootstrap(values)
    assert first == bootstrap(values)
    assert first.low < first.value == 0.7 < first.high
    # Normal approximation: 0.7 ± 1.96 × 0.0458
    assert first.low == pytest.approx(0.61, abs=0.02)
    assert first.high == pytest.approx(0.79, abs=0.02)


def test_equal_values_give_no_width_and_no_values_are_refused() -> None:
    assert bootstrap([1.0, 1.0]).low == 1.0
    with pytest.raises(ValueError, match="no values"):
        bootstrap([])


def test_a_percentile_is_interpolated() -> None:
    assert bootstrap([float(n) for n in range(101)], quantile(0.95)).value == pytest.approx(95)


@given(st.lists(st.booleans(), min_size=1, max_size=40))
@settings(max_examples=20, deadline=None)
def test_a_run_does_not_differ_from_itself(values: list[bool]) -> None:
    same = paired([float(v) for v in values], [float(v) for v in values])
    assert (same.mean, same.p, same.better, same.worse) == (0.0, 1.0, 0, 0)


def test_a_clear_difference_is_told_from_chance() -> None:
    before, after = [0.0] * 40, [1.0] * 20 + [0.0] * 20
    difference = paired(before, after)
    assert difference.p < 0.001
    assert 0 < difference.low < difference.mean == 0.5 < difference.high
    assert (difference.better, difference.worse) == (20, 0)
    one_in_forty = paired(before, [1.0] + [0.0] * 39)
    assert one_in_forty.p > 0.5


def test_runs_over_other_questions_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="cannot pair"):
        paired([1.0], [1.0, 0.0])
