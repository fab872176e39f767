"""The renderings hold what their document holds, so that a parser can be judged by them."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from renderings.checks import founding, in_order, openings, squeezed
from renderings.counting import format_of, spelled
from renderings.docx import render_docx
from renderings.from_text import LANGUAGES, note
from renderings.html import render_html
from renderings.model import (
    Annex,
    Figure,
    Heading,
    Labelled,
    Language,
    Para,
    Table,
    anchors,
    labelled,
    plain,
)

GOLD = Path(__file__).parent / "fixtures" / "documents"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize(
    ("name", "paragraphs", "notes", "tables", "figures"),
    [("cop16", 55, 6, 0, 0), ("cric23", 114, 17, 1, 4)],
)
def test_a_founding_document_is_read_whole(
    name: str, paragraphs: int, notes: int, tables: int, figures: int
) -> None:
    document = founding(name)
    numbers = [item.number for item in document.flow if isinstance(item, Para)]
    assert numbers == [f"{number}." for number in range(1, paragraphs + 1)]
    assert [note.mark for note in document.footnotes] == [str(n) for n in range(1, notes + 1)]
    assert sorted(anchors(document), key=int) == [note.mark for note in document.footnotes]
    assert sum(isinstance(item, Table) for item in document.flow) == tables
    assert sum(isinstance(item, Figure) for item in document.flow) == figures


def test_the_founding_table_has_ten_rows_of_four_cells() -> None:
    document = founding("cric23")
    (table,) = (item for item in document.flow if isinstance(item, Table))
    assert [len(row) for row in (table.columns, *table.rows)] == [4] * 11


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_holds_what_its_gold_file_says(language: Language) -> None:
    gold = json.loads((GOLD / f"note.{language}.gold.json").read_text(encoding="utf-8"))
    document = note(language)
    parts = {part.label: part for part in labelled(document)}
    numbered = [entry for entry in gold["paragraphs"] if entry["label"] != "summary"]
    labels = [label for entry in numbered for label in (entry["label"], *entry["subparagraphs"])]
    assert list(parts) == labels
    for entry in numbered:
        assert_same_part(entry, parts)
    marks = {entry["label"].removeprefix("fn "): entry["anchor"] for entry in gold["footnotes"]}
    assert [footnote.mark for footnote in document.footnotes] == list(marks)
    assert anchors(document) == {mark: label for mark, label in marks.items() if label}
    (table,) = (item for item in document.flow if isinstance(item, Table))
    assert [list(row) for row in table.rows] == gold["tables"][0]["rows"]


def assert_same_part(entry: dict[str, Any], parts: dict[str, Labelled]) -> None:
    last = (entry["subparagraphs"] or [entry["label"]])[-1]
    assert list(parts[entry["label"]].heading_path) == entry["heading_path"]
    assert parts[entry["label"]].text.startswith(entry["starts"])
    assert parts[last].text.endswith(entry["ends"])


def word_xml(path: Path, part: str) -> Any:
    with zipfile.ZipFile(path) as file:
        return etree.fromstring(file.read(f"word/{part}.xml"))


def word_paragraphs(path: Path) -> list[str]:
    """The texts of paragraphs outside tables, tabs kept."""
    body = word_xml(path, "document").find(f"{W}body")
    return [
        "".join(
            "\t" if node.tag == f"{W}tab" else node.text or ""
            for node in paragraph.iter(f"{W}t", f"{W}tab")
        )
        for paragraph in body.findall(f"{W}p")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_docx_leaves_the_numbers_of_paragraphs_to_lists(
    language: Language, tmp_path: Path
) -> None:
    document = note(language)
    render_docx(document, tmp_path / "note.docx")
    texts = word_paragraphs(tmp_path / "note.docx")
    for item in document.flow:
        if isinstance(item, Para):
            assert plain(item.text) in texts
            assert all(plain(part.text) in texts for part in item.subparagraphs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_docx_with_typed_numbers_shows_every_part_in_order(
    language: Language, tmp_path: Path
) -> None:
    document = note(language)
    render_docx(document, tmp_path / "note.docx", numbers="typed")
    texts = "".join(map(squeezed, word_paragraphs(tmp_path / "note.docx")))
    assert not in_order(openings(document), texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_docx_has_real_footnotes_and_breaks_inside_paragraphs(
    language: Language, tmp_path: Path
) -> None:
    document = note(language)
    render_docx(document, tmp_path / "note.docx")
    body = word_xml(tmp_path / "note.docx", "document")
    identities = [node.get(f"{W}id") for node in body.iter(f"{W}footnoteReference")]
    bodies = word_xml(tmp_path / "note.docx", "footnotes").findall(f"{W}footnote")
    assert identities == [str(at) for at in range(1, len(document.footnotes) + 1)]
    assert [node.get(f"{W}id") for node in bodies] == ["-1", "0", *identities]
    assert len(list(body.iter(f"{W}br"))) >= 2


def test_lists_of_the_founding_documents_need_no_typed_number(tmp_path: Path) -> None:
    for name in ("cop16", "cric23"):
        document = founding(name)
        render_docx(document, tmp_path / "founding.docx")
        texts = word_paragraphs(tmp_path / "founding.docx")
        for item in document.flow:
            if isinstance(item, Para | Heading):
                assert plain(item.text) in texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_web_page_shows_every_part_in_order(language: Language, tmp_path: Path) -> None:
    document = note(language)
    render_html(document, tmp_path / "note.html")
    page = html.document_fromstring((tmp_path / "note.html").read_bytes())
    for mark in page.iter("sup"):
        mark.text, mark[:] = "", []
    assert not in_order(openings(document), squeezed(page.text_content()))
    assert page.get("dir") == ("rtl" if language == "ar" else None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_a_web_page_nest_as_deep_as_the_parts(language: Language, tmp_path: Path) -> None:
    document = note(language)
    render_html(document, tmp_path / "note.html", numbers="lists")
    source = (tmp_path / "note.html").read_text(encoding="utf-8")
    assert source.count("<li>") == source.count("</li>")
    assert source.count("<ol") == source.count("</ol>")
    page = html.document_fromstring(source.encode())
    depths = [len(list(item.iterancestors("ol"))) for item in page.iter("li")]
    expected = [
        depth
        for item in document.flow
        if isinstance(item, Para)
        for depth in (1, *(1 + part.degree for part in item.subparagraphs))
    ]
    assert depths == expected


def test_an_annex_starts_its_numbers_again() -> None:
    document = note("en")
    labels = [part.label for part in labelled(document)]
    assert any(isinstance(item, Annex) for item in document.flow)
    assert labels.count("1") == 1
    assert "annex, 1" in labels


@pytest.mark.parametrize(
    ("mark", "count", "roman", "expected"),
    [
        ("(a)", 1, False, ("lowerLetter", "(%)")),
        ("(i)", 1, True, ("lowerRoman", "(%)")),
        ("(i)", 9, False, ("lowerLetter", "(%)")),
        ("(ج)", 3, False, ("arabicAbjad", "(%)")),
        ("十二.", 12, False, ("chineseCounting", "%.")),
        ("в)", 3, False, ("russianLower", "%)")),
        ("’2‘", 2, True, ("decimal", "’%‘")),
        ("أولاً-", 1, True, None),
        ("(c)", 2, False, None),
    ],
)
def test_a_mark_tells_the_format_that_a_list_would_spell_it_in(
    mark: str, count: int, roman: bool, expected: tuple[str, str] | None
) -> None:
    assert format_of(mark, count, roman=roman) == expected


def test_a_number_format_spells_its_numbers() -> None:
    assert [spelled("lowerRoman", count) for count in (1, 4, 9, 14)] == ["i", "iv", "ix", "xiv"]
    assert [spelled("chineseCounting", count) for count in (2, 10, 20)] == ["二", "十", "二十"]
