"""Markdown, in .md files and in the .txt files that conversions leave."""

import pytest

from ingestion.blocks import MARK_CLOSE, MARK_OPEN, Block
from ingestion.readers.text import read_text


def blocks_of(text: str, suffix: str = ".md") -> list[Block]:
    return list(read_text(text.encode(), suffix).blocks)


def one(line: str, suffix: str = ".md") -> str:
    (block,) = blocks_of(line, suffix)
    return block.text


def mark(number: str) -> str:
    return f"{MARK_OPEN}{number}{MARK_CLOSE}"


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_hashes_make_headings_with_their_depth(suffix: str) -> None:
    found = blocks_of("## 一. 水源\n\n#### A. 旱区水井 ####\n\nTitle\n=====\n\nPart\n---\n", suffix)
    assert [(b.kind, b.level, b.text) for b in found] == [
        ("heading", 2, "一. 水源"),
        ("heading", 4, "A. 旱区水井"),
        ("heading", 1, "Title"),
        ("heading", 2, "Part"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "3. Third.\n\n7. Seventh.\n\n12. Twelfth.",
        "3\\. Third.\n\n7\\. Seventh.\n\n12\\. Twelfth.",
        "3. Third.\n7. Seventh.\n12. Twelfth.",
    ],
)
def test_lists_are_not_renumbered(text: str) -> None:
    assert [b.text for b in blocks_of(text)] == ["3. Third.", "7. Seventh.", "12. Twelfth."]
    assert all(b.complete for b in blocks_of(text))


def test_nested_items_keep_their_marks_and_depth() -> None:
    found = blocks_of("39. Goals:\n\n- (a) One;\n    - (i) Deep;\n        - a. Deeper;\n")
    assert [(b.text, b.indent) for b in found] == [
        ("39. Goals:", None),
        ("- (a) One;", None),
        ("- (i) Deep;", 4),
        ("- a. Deeper;", 8),
    ]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("as in text,<sup>1</sup> and", f"as in text,{mark('1')} and"),
        ("水井<sup>12</sup>修好", f"水井{mark('12')}修好"),
        ("牧场名册)¹已公布", f"牧场名册){mark('1')}已公布"),
        ("a note[^4]; more", f"a note{mark('4')}; more"),
        ("some 12 km<sup>2</sup> of land", "some 12 km² of land"),
        ("some 12 km² of land", "some 12 km² of land"),
        ("le 1<sup>er</sup> janvier", "le 1er janvier"),
        ("see [ICCD/COP\\(16\\)/2](#) here", "see ICCD/COP(16)/2 here"),
        ("at <https://www.unccd.int/a_b_c>.", "at https://www.unccd.int/a_b_c."),
        ("[https://x.int/a_b](https://x.int/a_b)", "https://x.int/a_b"),
        ("**水井名册**和**测站**(在山区", "水井名册和测站(在山区"),
        ("*Recalling* its __resolution__ and _all_", "Recalling its resolution and all"),
        ("Part A* and Part B* of it**", "Part A* and Part B* of it**"),
        ("snake_case_word and 2 * 3 * 4", "snake_case_word and 2 * 3 * 4"),
        ("5 &lt; 6 &amp; `code` ~~old~~", "5 < 6 & code old"),
        ("a<br>b <b>c</b> \\* \\_", "a b c * _"),
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_inline_marks_give_their_text(line: str, text: str, suffix: str) -> None:
    assert one(line, suffix) == text


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_line_that_begins_with_a_mark_is_a_footnote_body(suffix: str) -> None:
    found = blocks_of(
        "10. 测站记录水位(包括旱季最低水位)和\n\n"
        "<sup>1</sup> 见 [ICCD/COP\\(17\\)/90](#) 号文件。\n\n雨季水位)。\n\n¹² <https://x.int>.",
        suffix,
    )
    assert [(b.kind, b.number, b.text) for b in found[1:]] == [
        ("footnote", "1", "见 ICCD/COP(17)/90 号文件。"),
        ("text", None, "雨季水位)。"),
        ("footnote", "12", "https://x.int."),
    ]


def test_footnote_definitions_take_their_further_lines() -> None:
    found = blocks_of("Text.[^a]\n\n[^a]: First line\n    goes on\n[^2]: Second.\n\nEnd.")
    notes = [(b.number, b.text) for b in found if b.kind == "footnote"]
    assert notes == [("a", "First line goes on"), ("2", "Second.")]
    assert found[-1].text == "End."


def test_bracketed_numbers_are_marks_where_bodies_answer_them() -> None:
    found = blocks_of("The Committee[1] met in [2024].\n\n[1] That is, the First Committee.")
    assert found[0].text == f"The Committee{mark('1')} met in [2024]."
    assert (found[1].kind, found[1].number) == ("footnote", "1")


TABLES = {
    "bars": "| Party | Amount |\n| :--- | ---: |\n| Kenya | 1,000 |\n| Peru \\| x | **2** |",
    "no outer bars": "Party | Amount\n--- | ---\nKenya | 1,000\nPeru \\| x | 2",
    "html": "<table><tr><th>Party</th><th>Amount</th></tr>\n<tr><td>Kenya</td>"
    "<td>1,000</td></tr>\n<tr><td>Peru | x</td><td>2</td></tr></table>",
    "list-table": "```{list-table} Title\n---\nheader-rows: 1\n---\n* - Party\n  - Amount\n"
    "* - Kenya\n  - 1,000\n* - Peru | x\n  - 2\n```",
}


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_tables_of_every_kind_have_the_same_rows(kind: str) -> None:
    tables = [b for b in blocks_of(f"Before.\n\n{TABLES[kind]}\n\nAfter.") if b.kind == "table"]
    rows = [tuple(cell.replace("\\|", "|") for cell in row) for row in tables[0].rows]
    assert rows == [("Party", "Amount"), ("Kenya", "1,000"), ("Peru | x", "2")]


def test_pictures_rules_fences_and_comments() -> None:
    found = blocks_of(
        "![Figure 1: land](/img/a.jpg)\n\n---\n\n```{note}\nNote text.\n```\n<!-- gone -->\n"
        "* * *\nEnd."
    )
    assert [(b.kind, b.text) for b in found] == [
        ("image", "Figure 1: land"),
        ("text", "Note text."),
        ("text", "End."),
    ]


def test_front_matter_gives_the_title() -> None:
    source = read_text(b'---\ntitle: "The note"\ndate: 2024\n---\n\n# Head\n\nText.', ".md")
    assert source.title == "The note"
    assert source.blocks[0].text == "Head"


def test_a_paragraph_may_span_lines_in_markdown_only() -> None:
    text = "A sentence of a paragraph that\nspans lines.\n1. A numbered one.\n"
    assert [b.complete for b in blocks_of(text)] == [False, True, True]
    assert [b.complete for b in blocks_of(text, ".txt")] == [True, True, True]


def test_a_bold_line_alone_looks_like_a_heading() -> None:
    found = blocks_of("**I. Background**\n\n**Bold words** that go on.\n\n**A whole sentence.**")
    assert [(b.kind, b.level) for b in found] == [("heading", 0), ("text", None), ("text", None)]


def test_blocks_lose_no_word_of_the_text() -> None:
    words = [f"word{n}" for n in range(300)]
    text = "\n\n".join(" ".join(words[n : n + 10]) for n in range(0, 300, 10))
    for suffix in (".md", ".txt"):
        assert " ".join(b.text for b in blocks_of(text, suffix)).split() == words
