"""Documents in and out of the store: identity of content, versions, withdrawal."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kb_fixtures import SYMBOL, TEXTS, add, document, found, opened, origin, rich_document, rows

from kb.documents import (
    Footnote,
    Heading,
    Masthead,
    Paragraph,
    ParsedDocument,
    Subparagraph,
    Table,
)
from kb.errors import NotFound, UnreadableFile, Withdrawn
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with opened(tmp_path / "home") as opened_kb:
        yield opened_kb


def test_a_document_comes_back_as_it_was_added(kb: KnowledgeBase) -> None:
    parsed = rich_document()
    add(kb, parsed)
    view = kb.document(SYMBOL)
    assert view.headings == parsed.headings
    assert view.paragraphs == parsed.paragraphs
    assert view.footnotes == parsed.footnotes
    assert view.tables == parsed.tables
    assert view.figures == parsed.figures
    assert view.amendments == parsed.amendments
    assert view.footnotes_of("2(b)") == view.footnotes_of("2") == ("fn 1",)
    assert view.summary.session == "COP(16)"
    assert view.edition.paragraphs == 2


_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)


@st.composite
def _documents(draw: st.DrawFn) -> ParsedDocument:
    paragraphs = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        text = draw(_words)
        ends = draw(
            st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=3)
        )
        subs = tuple(
            Subparagraph(f"{number}({'abc'[i]})", *sorted(pair), run_in=draw(st.booleans()))
            for i, pair in enumerate(ends)
        )
        path = tuple(draw(st.lists(_words, max_size=2)))
        paragraphs.append(Paragraph(str(number), "paragraph", text, path, subs))
    width = draw(st.integers(1, 3))
    cells = st.tuples(*[_words] * width)
    tables = tuple(
        Table(f"table {n}", draw(_words), draw(cells), tuple(draw(st.lists(cells, max_size=3))))
        for n in range(1, draw(st.integers(0, 2)) + 1)
    )
    return ParsedDocument(
        Masthead(language=draw(st.sampled_from(LANGUAGES)), symbols=(SYMBOL,)),
        headings=tuple(
            Heading(draw(st.integers(1, 4)), draw(st.none() | _words), draw(_words), 0)
            for _ in range(draw(st.integers(0, 2)))
        ),
        paragraphs=tuple(paragraphs),
        tables=tables,
        footnotes=tuple(
            Footnote(f"fn {n}", draw(_words), draw(st.none() | st.just("1")))
            for n in range(1, draw(st.integers(0, 2)) + 1)
        ),
    )


@given(parsed=_documents())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_is_lost_between_adding_and_reading(
    kb: KnowledgeBase, parsed: ParsedDocument
) -> None:
    added = add(kb, parsed)
    view = kb.document(SYMBOL, language=added.language, version=added.version)
    stored = ParsedDocument(
        parsed.masthead,
        view.headings,
        view.paragraphs,
        view.footnotes,
        view.tables,
        view.figures,
        view.amendments,
    )
    assert stored == parsed
    assert kb.add(parsed, origin(parsed)).status == "unchanged"


def test_an_unchanged_file_changes_nothing(kb: KnowledgeBase) -> None:
    assert add(kb, document()).status == "added"
    generation = kb.generation
    again = add(kb, document(), source="the same under another name.pdf")
    assert (again.status, again.version) == ("unchanged", 1)
    assert kb.generation == generation


def test_a_changed_file_is_a_new_version_and_the_old_one_still_resolves(kb: KnowledgeBase) -> None:
    add(kb, document())
    second = add(kb, document(texts=["Norway granted 50 million dollars to drill deep wells."]))
    assert (second.status, second.version) == ("updated", 2)
    now = kb.passage(SYMBOL, "1")
    assert (now.version, now.status, "50 million" in now.text) == (2, "current", True)
    old = kb.passage(SYMBOL, "1", version=1)
    assert (old.version, old.status, old.text) == (1, "superseded", TEXTS["en"][0])
    assert found(kb, "drought-tolerant seeds village markets") == [(SYMBOL, "1")]
    assert [e.status for e in kb.editions(SYMBOL)] == ["superseded", "current"]


def test_another_parser_reads_an_unchanged_file_anew(kb: KnowledgeBase) -> None:
    parsed = document()
    kb.add(parsed, origin(parsed))
    assert kb.add(parsed, origin(parsed, parser="2")).version == 2


def test_editions_in_other_languages_are_texts_of_one_document(kb: KnowledgeBase) -> None:
    for language in LANGUAGES:
        add(kb, document(language), source=f"{language}.pdf")
    (only,) = kb.documents()
    assert {(e.language, e.version) for e in only.editions} == {(one, 1) for one in LANGUAGES}
    for language in LANGUAGES:
        assert kb.passage(SYMBOL, "2", language=language).text == TEXTS[language][1]


def test_a_sub_paragraph_is_a_span_of_its_paragraph(kb: KnowledgeBase) -> None:
    add(kb, rich_document())
    whole = kb.passage(SYMBOL, "2")
    assert whole.subparagraphs == ("2(a)", "2(b)", "2(b)(i)", "2(b)(ii)")
    for label in whole.subparagraphs:
        part = kb.passage(SYMBOL, label)
        assert whole.text[part.start :].startswith(part.text)
    assert kb.passage(SYMBOL, "2(b)").subparagraphs == ("2(b)(i)", "2(b)(ii)")
    assert kb.passage(SYMBOL, "2(b)(i)").footnotes == ("fn 1",)
    assert kb.passage(SYMBOL, "2(a)").footnotes == ()


@pytest.mark.parametrize(
    "written", ["2 (b) (i)", "2 b) i)", "第2(b)(i)段", "п. 2 b) i)", "¶2(b)(i)"]
)
def test_a_label_is_found_however_a_language_writes_it(kb: KnowledgeBase, written: str) -> None:
    add(kb, rich_document())
    assert kb.passage(SYMBOL, written).label == "2(b)(i)"


def test_a_table_row_a_footnote_and_a_figure_are_passages(kb: KnowledgeBase) -> None:
    add(kb, rich_document())
    assert kb.passage(SYMBOL, "table 1, row 2").text == "South | Wells: 7 | Depth: 120 m"
    assert kb.passage(SYMBOL, "fn 1").kind == "footnote"
    assert kb.passage(SYMBOL, "figure 1").text == "A deep well\nCross-section"


def test_neighbours_follow_the_reading_order(kb: KnowledgeBase) -> None:
    add(kb, rich_document())
    assert [p.label for p in kb.neighbours(SYMBOL, "1")] == ["summary", "2"]
    assert [p.label for p in kb.neighbours(SYMBOL, "2(b)", reach=2)] == ["summary", "1"]
    assert [p.label for p in kb.neighbours(SYMBOL, "table 1, row 1")] == ["2", "table 1, row 2"]


def test_a_repeated_number_is_kept_and_told_apart(kb: KnowledgeBase) -> None:
    twice = replace(
        document(),
        paragraphs=(
            Paragraph("1", "paragraph", "First."),
            Paragraph("1", "paragraph", "Second."),
            Paragraph("1", "paragraph", "Third."),
        ),
    )
    add(kb, twice)
    assert [p.label for p in kb.document(SYMBOL).paragraphs] == ["1", "1 (2nd)", "1 (3rd)"]
    assert kb.passage(SYMBOL, "1 (2nd)").text == "Second."


def test_what_is_not_there_is_named(kb: KnowledgeBase) -> None:
    add(kb, document())
    with pytest.raises(NotFound, match='no document "X/1"'):
        kb.passage("X/1", "1")
    with pytest.raises(NotFound, match='has no passage "99"'):
        kb.passage(SYMBOL, "99")
    with pytest.raises(NotFound):
        kb.passage(SYMBOL, "1", edition="digest")
    with pytest.raises(NotFound):
        kb.document(SYMBOL, version=7)


def test_withdrawn_text_is_found_by_nobody_and_resolves_by_its_version(kb: KnowledgeBase) -> None:
    add(kb, document())
    assert kb.remove(SYMBOL).editions == 1
    assert found(kb, "Norway deep wells") == []
    with pytest.raises(Withdrawn, match="was withdrawn; version 1"):
        kb.passage(SYMBOL, "1")
    assert kb.passage(SYMBOL, "1", version=1).status == "withdrawn"
    assert kb.documents()[0].status == "withdrawn"
    with pytest.raises(Withdrawn):
        kb.document(SYMBOL)
    with pytest.raises(Withdrawn, match="already"):
        kb.remove(SYMBOL)
    with pytest.raises(NotFound):
        kb.remove("no such")


def test_the_same_file_after_a_withdrawal_is_a_new_version(kb: KnowledgeBase) -> None:
    add(kb, document())
    kb.remove(SYMBOL)
    back = add(kb, document())
    assert (back.status, back.version) == ("updated", 2)
    assert kb.passage(SYMBOL, "1").status == "current"
    assert kb.passage(SYMBOL, "1", version=1).status == "withdrawn"
    assert kb.verify().ok


def test_one_version_can_be_withdrawn_alone(kb: KnowledgeBase) -> None:
    add(kb, document())
    add(kb, document(texts=["Another text about wells."]))
    kb.remove(SYMBOL, version=1)
    assert kb.passage(SYMBOL, "1").version == 2
    assert kb.passage(SYMBOL, "1", version=1).status == "withdrawn"
    kb.remove(SYMBOL, version=2)
    assert found(kb, "wells") == []


def test_a_version_that_is_withdrawn_takes_no_digest_with_it(kb: KnowledgeBase) -> None:
    add(kb, document())
    kb.add(document(), origin("digest", kind="digest"))
    kb.remove(SYMBOL, version=1)
    assert kb.passage(SYMBOL, "1").edition == "digest"


def test_the_wished_language_comes_first_then_the_original_then_the_digest(
    kb: KnowledgeBase,
) -> None:
    add(kb, rich_document("zh"), source="zh.pdf")
    kb.add_passages(rows({"2": "In brief, Parties agreed."}, SYMBOL), origin("d", kind="digest"))
    assert kb.passage(SYMBOL, "2").language == "zh"
    assert kb.passage(SYMBOL, "2", language="en").edition == "digest"
    # The digest has no sub-paragraphs: the edition that has them answers.
    assert kb.passage(SYMBOL, "2(b)", language="en").language == "zh"
    assert kb.passage(SYMBOL, "1", language="fr").language == "zh"


def test_an_internal_document_is_found_only_by_who_may_see_it(kb: KnowledgeBase) -> None:
    add(kb, document(), visibility="internal")
    assert found(kb, "Norway wells") == []
    assert found(kb, "Norway wells", visibility={"public", "internal"})
    assert kb.passage(SYMBOL, "1").visibility == "internal"
    assert add(kb, document(), visibility="public").status == "updated"
    assert found(kb, "Norway wells")


def test_text_that_cannot_be_stored_stores_nothing(kb: KnowledgeBase) -> None:
    with pytest.raises(UnreadableFile, match="valid Unicode"):
        add(kb, document(texts=["fine", "broken \ud800 text"]))
    assert kb.documents() == ()
    assert kb.verify().ok


def test_a_given_title_is_kept(kb: KnowledgeBase) -> None:
    add(kb, document(), title="Wells")
    assert kb.documents()[0].title == "Wells"
    assert add(kb, document(), title="Deep wells").status == "updated"
    assert kb.document(SYMBOL).edition.title == "Deep wells"
    assert add(kb, document()).status == "unchanged"
