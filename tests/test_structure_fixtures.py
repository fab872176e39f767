"""Documents of our own in six languages, parsed and held against their gold structure."""

from collections.abc import Sequence

import pytest
from gold import Case, amended, cases, plain

from kb.documents import ParsedDocument

CASES = cases("documents")
# The report's cover names no single title and the second decision's labels are free.
COVERED = [case for case in CASES if not case.name.startswith("conclusions")]


@pytest.fixture(scope="module")
def parsed(request: pytest.FixtureRequest) -> tuple[Case, ParsedDocument]:
    case: Case = request.param
    return case, case.parsed()


all_cases = pytest.mark.parametrize("parsed", CASES, ids=lambda c: c.name, indirect=True)
covered = pytest.mark.parametrize("parsed", COVERED, ids=lambda c: c.name, indirect=True)
Parsed = tuple[Case, ParsedDocument]


@covered
def test_the_masthead_says_what_the_document_is(parsed: Parsed) -> None:
    case, document = parsed
    masthead, gold = document.masthead, case.gold
    assert list(masthead.symbols) == gold["symbols"]
    assert masthead.session == gold["session"]
    assert masthead.agenda_item == gold["agenda_item"]
    assert masthead.language == gold["language"]
    assert plain(masthead.title) in [
        plain(t) for t in (gold["title"], *gold.get("titles_also", ()))
    ]
    assert plain(masthead.dates) == plain(gold["dates"])
    assert plain(masthead.place) == plain(gold["place"])


@covered
def test_labels_are_the_printed_ones_and_no_others(parsed: Parsed) -> None:
    case, document = parsed
    assert [p.label for p in document.paragraphs] == [p["label"] for p in case.gold["paragraphs"]]


@all_cases
def test_each_paragraph_holds_its_own_text_and_no_more(parsed: Parsed) -> None:
    case, document = parsed
    texts = {p.label: plain(p.text) for p in document.paragraphs}
    for gold in case.gold["paragraphs"]:
        text, starts = texts[gold["label"]], plain(gold["starts"])
        opening = text[: len(starts) + 60] if gold["label"] == "preamble" else text[: len(starts)]
        assert starts in opening, gold["label"]
        assert text.endswith(plain(gold["ends"])), gold["label"]


@covered
def test_each_paragraph_stands_under_its_headings(parsed: Parsed) -> None:
    case, document = parsed
    paths = {p.label: [plain(h) for h in p.heading_path] for p in document.paragraphs}
    for gold in case.gold["paragraphs"]:
        assert paths[gold["label"]] == [plain(h) for h in gold["heading_path"]], gold["label"]


@all_cases
def test_the_heading_tree_is_the_printed_one(parsed: Parsed) -> None:
    case, document = parsed
    assert [(h.level, h.number, plain(h.text)) for h in document.headings] == [
        (h["level"], h["number"], plain(h["text"])) for h in case.gold["headings"]
    ]


@all_cases
def test_subparagraphs_are_labelled_to_their_degree(parsed: Parsed) -> None:
    case, document = parsed
    found = {p.label: [s.label for s in p.subparagraphs] for p in document.paragraphs}
    for gold in case.gold["paragraphs"]:
        assert found[gold["label"]] == gold["subparagraphs"], gold["label"]


@all_cases
def test_footnotes_are_anchored_where_their_mark_stood(parsed: Parsed) -> None:
    case, document = parsed
    assert [(n.label, n.anchor) for n in document.footnotes] == [
        (n["label"], n["anchor"]) for n in case.gold["footnotes"]
    ]
    for note, gold in zip(document.footnotes, case.gold["footnotes"], strict=True):
        assert plain(note.text).startswith(plain(gold["starts"])[:15])


@all_cases
def test_no_paragraph_holds_a_footnote_body(parsed: Parsed) -> None:
    _, document = parsed
    bodies = [plain(note.text) for note in document.footnotes]
    for paragraph in document.paragraphs:
        assert not [body for body in bodies if body in plain(paragraph.text)]


@all_cases
def test_tables_and_figures_are_whole(parsed: Parsed) -> None:
    case, document = parsed
    assert [_table(t.label, t.caption, t.columns, t.rows) for t in document.tables] == [
        _table(t["label"], t["caption"], t["columns"], t["rows"]) for t in case.gold["tables"]
    ]
    assert [(f.label, plain(f.caption)) for f in document.figures] == [
        (f["label"], plain(f["caption"])) for f in case.gold["figures"]
    ]


def _table(
    label: str, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[str, str, list[str], list[list[str]]]:
    cells = [[amended(plain(cell)) for cell in row] for row in rows]
    return label, plain(caption), [plain(column) for column in columns], cells


@all_cases
def test_missing_and_repeated_numbers_are_reported_and_never_closed_up(parsed: Parsed) -> None:
    case, document = parsed
    said = {kind: [a.label for a in document.amendments if a.kind == kind] for kind in (
        "missing_number", "repeated_number")}  # fmt: skip
    assert said["missing_number"] == [str(n) for n in case.gold.get("missing", ())]
    if "second_decision" not in case.gold and "note" not in case.gold:
        assert said["repeated_number"] == [f"{n} (2nd)" for n in case.gold.get("repeated", ())]


@all_cases
def test_every_span_and_offset_lies_in_its_text(parsed: Parsed) -> None:
    _, document = parsed
    texts = {p.label: p.text for p in document.paragraphs}
    for paragraph in document.paragraphs:
        for sub in paragraph.subparagraphs:
            assert 0 <= sub.start < sub.end <= len(paragraph.text)
            assert sub.label.startswith(paragraph.label.split(" (")[0])
    for note in document.footnotes:
        if note.anchor is not None and note.offset is not None:
            top = note.anchor.split("(")[0].strip() if "(" in note.anchor else note.anchor
            assert note.offset <= len(texts.get(top, "x" * 10**6))
