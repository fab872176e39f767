"""What is computed of cells of a table, of a part and its whole, and of list items."""

from dataclasses import replace
from decimal import Decimal

import pytest
from assistant_fakes import passage, small_vocabulary

from assistant.answer import Answer
from assistant.drafts import Draft, DraftStatement, cited
from assistant.evidence import Evidence, Finding, Source
from assistant.figure_claims import FigureClaim, FigureTerm, figures_in_words
from assistant.grounding import grounded
from assistant.item_sums import item_figures
from assistant.part_whole import part_of_whole
from assistant.tables import read_row
from kb.languages import LANGUAGES, Language
from kb.quantities import find_quantities
from kb.records.naming import shipped_names
from kb.sentences import Span

VOCABULARY = small_vocabulary()
HEADING = "Cost (in euros)"
CELLS = (("North", 48, 310_000), ("South", 71, 402_500), ("West", 51, 175_000))


def row(number: int, name: str, sites: int, cost: int, table: str = "table 1") -> Source:
    text = f"{name} | Sites: {sites} | {HEADING}: {cost:,}"
    return Source(passage(text, f"{table}, row {number}", kind="table_row"))


ROWS = tuple(row(n, *cells) for n, cells in enumerate(CELLS, 1))
TOTALLED = (*ROWS, row(4, "Total", 170, 887_500))


def term(source: Source, heading: str = HEADING) -> FigureTerm:
    read = read_row(source)
    assert read is not None
    cell = read.cell(heading)
    assert cell is not None
    whole = cited(source, Span(0, len(source.passage.text)))
    quantity = cell.quantity
    return FigureTerm(whole, quantity.value, quantity.unit, quantity.start, read.name)


def said(claim: FigureClaim, language: Language = "en") -> DraftStatement:
    text = figures_in_words(claim, language, shipped_names())
    citations = tuple(dict.fromkeys(t.citation for t in claim.terms))
    return DraftStatement(text, "computed", citations, figures=claim)


def answer(*statements: DraftStatement, sources: tuple[Source, ...]) -> Answer:
    findings = tuple(Finding((s,), n, 1.0) for n, s in enumerate(sources, 1))
    return grounded(Draft("", "en", statements), Evidence(findings), VOCABULARY)


def passes(statement: DraftStatement, sources: tuple[Source, ...] = TOTALLED) -> bool:
    return not answer(statement, sources=sources).abstained


def test_a_sum_of_cells_of_one_column_passes_and_shows_its_terms() -> None:
    statement = said(FigureClaim(tuple(map(term, ROWS)), "sum", HEADING))
    assert statement.text.endswith("(North) + 402,500 (South) + 175,000 (West) = 887,500")
    assert passes(statement)


def test_a_share_is_of_the_printed_total_alone() -> None:
    whole = FigureClaim((term(ROWS[0]), term(TOTALLED[3])), "share", HEADING)
    assert passes(said(whole))
    assert not passes(said(replace(whole, terms=(term(ROWS[2]), term(ROWS[1])))))


def test_a_total_is_no_term_of_a_sum() -> None:
    assert not passes(said(FigureClaim((term(ROWS[0]), term(TOTALLED[3])), "sum", HEADING)))


@pytest.mark.parametrize("number", range(3))
def test_no_other_value_unit_place_name_or_column_passes(number: int) -> None:
    terms = tuple(map(term, ROWS))
    own = terms[number]
    for wrong in (
        replace(own, value=own.value + 1),
        replace(own, unit="EUR"),
        replace(own, start=own.start + 1),
        replace(own, name=terms[number - 1].name),
        replace(term(ROWS[number], "Sites")),
        replace(own, citation=terms[number - 1].citation),
    ):
        changed = (*terms[:number], wrong, *terms[number + 1 :])
        statement = DraftStatement(
            "Cost", "computed", tuple(dict.fromkeys(t.citation for t in changed))
        )
        claim = FigureClaim(changed, "sum", HEADING)
        try:
            text = figures_in_words(claim, "en", shipped_names())
        except ValueError:
            continue
        assert not passes(replace(statement, text=text, figures=claim)), wrong


def test_no_other_words_than_those_of_the_computation_pass() -> None:
    statement = said(FigureClaim(tuple(map(term, ROWS)), "sum", HEADING))
    for text in (
        statement.text.replace("887,500", "887,600"),
        statement.text.replace("North", "South"),
        statement.text.replace("euros", "dollars"),
        f"{statement.text} a year",
    ):
        assert not passes(replace(statement, text=text))


def test_cells_of_two_tables_are_not_combined() -> None:
    other = row(1, "East", 66, 388_000, table="table 2")
    claim = FigureClaim((term(ROWS[0]), term(other)), "sum", HEADING)
    assert not passes(said(claim), (*ROWS, other))


def test_a_figure_in_brackets_is_no_term_of_a_sum() -> None:
    text = f"East | Sites: 66 | {HEADING}: (58,500)"
    falling = Source(passage(text, "table 1, row 4", kind="table_row"))
    claim = FigureClaim((term(ROWS[0]), term(falling)), "sum", HEADING)
    assert not passes(said(claim), (*ROWS, falling))


PARTS: dict[Language, str] = {
    "en": "Of the 12,300 wells promised, 4,920 were working, or 40 per cent.",
    "fr": "Sur les 12 300 puits promis, 4 920 fonctionnaient, soit 40 pour cent.",
    "es": "De los 12.300 pozos prometidos funcionaban 4.920, es decir, el 40 por ciento.",
    "ru": "Из 12 300 обещанных колодцев действовали 4 920, то есть 40 процентов.",
    "ar": "من أصل 12300 بئر موعودة كانت 4920 تعمل، أي 40 في المائة.",
    "zh": "在承诺的12300口井中，4920口可以使用，占40%。",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_sentence_counts_of_a_whole_can_be_taken_from_it(language: Language) -> None:
    text = PARTS[language]
    source = Source(passage(text, language=language))
    whole = Span(0, len(text))
    found = part_of_whole(text, whole, find_quantities(text, language), language)
    assert found is not None
    citation = cited(source, whole)
    terms = tuple(FigureTerm(citation, q.value, q.unit, q.start) for q in found[:2])
    claim = FigureClaim(terms, "difference")
    assert passes(said(claim), (source,))
    assert "7" in said(claim, language).text
    assert not passes(said(replace(claim, operation="sum")), (source,))


@pytest.mark.parametrize(
    "text",
    [
        "Of the 12,300 wells promised, 4,920 were working, or 30 per cent.",
        "There are 12,300 wells and 4,920 trees.",
        "Of about 12,300 wells, 4,920 work.",
        "Of the 12,300 wells promised, 4,920 work and 300 are dry.",
    ],
)
def test_two_figures_of_a_sentence_are_not_always_part_and_whole(text: str) -> None:
    whole = Span(0, len(text))
    assert part_of_whole(text, whole, find_quantities(text, "en"), "en") is None


LIST = (
    "The needs are made up of:\n(a)  1.1 billion euros for sites;\n(b)  380 million euros for "
    "staff;\n(c)  120 million euros for data."
)


def test_figures_of_list_items_are_added_and_only_whole_items() -> None:
    source = Source(passage(LIST))
    items = item_figures(source)
    terms = tuple(
        FigureTerm(cited(source, item), q.value, q.unit, q.start) for item, q in items[1:]
    )
    claim = FigureClaim(terms, "sum")
    assert said(claim).text.endswith("= €500 million")
    assert passes(said(claim), (source,))
    cut = replace(terms[0], citation=cited(source, Span(terms[0].start, items[1][0].end)))
    assert not passes(said(replace(claim, terms=(cut, terms[1]))), (source,))
    assert [q.value for _, q in items] == [
        Decimal(1_100_000_000),
        Decimal(380_000_000),
        120_000_000,
    ]
