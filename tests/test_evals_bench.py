"""The benchmark: its corpus, one small measurement, its plots."""

from evals.bench.costs import costs_of
from evals.bench.generator import corpus, questions
from evals.bench.speed import Speed
from evals.report.plots import Series, growth_plot
from kb.languages import LANGUAGES, detect_language
from kb.quantities import find_quantities
from kb.settings import Settings


def test_equal_sizes_give_equal_corpora() -> None:
    assert list(corpus(60)) == list(corpus(60))
    assert list(corpus(61))[:60] == list(corpus(60))


def test_a_paragraph_says_the_same_figures_in_six_languages() -> None:
    rows = list(corpus(300))
    assert len(rows) == 300
    for start in range(0, 300, 6):
        paragraph = rows[start : start + 6]
        assert {row.language for row in paragraph} == set(LANGUAGES)
        assert len({(row.document_id, row.paragraph) for row in paragraph}) == 1
        values = {
            row.language: sorted(q.value for q in find_quantities(row.text, row.language))
            for row in paragraph
        }
        assert values["zh"] == values["en"] == values["fr"] == values["es"] == values["ru"]


def test_a_text_is_in_its_language() -> None:
    assert all(detect_language(row.text) == row.language for row in corpus(300))


def test_questions_go_round_the_languages() -> None:
    assert [language for language, _ in questions(12)] == [*LANGUAGES, *LANGUAGES]


def test_a_size_is_measured_in_every_respect() -> None:
    costs = costs_of(60, Settings())
    assert costs.paragraphs == 60
    assert 0 < costs.search_p50_ms <= costs.search_p95_ms
    assert 0 < costs.ask_p50_ms <= costs.ask_p95_ms
    assert costs.per_second > 0
    assert costs.disk_mb > 0
    assert 0 < costs.memory_mb <= costs.peak_memory_mb + 1


def test_a_bar_is_met_or_not_or_unknown() -> None:
    assert Speed("a", 1.9, "s", 2.0).is_met
    assert Speed("a", 1200.0, "passages/s", 1000.0).is_met
    assert Speed("a", 2.1, "s", 2.0).is_met is False
    assert Speed("a", None, "s", 2.0, "not at hand").is_met is None


def test_growth_is_drawn_also_from_one_point_and_from_none() -> None:
    for points in ((), ((200.0, 5.0),), ((200.0, 5.0), (100_000.0, 5.0))):
        svg = growth_plot([Series("search <p50>", points)], "Growth", "passages", "ms")
        assert svg.startswith("<svg")
        assert "<p50>" not in svg
