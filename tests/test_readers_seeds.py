"""The two founding documents as their reader gives them, where they are at hand."""

from originals import originals_folder

from ingestion.blocks import Source
from ingestion.readers.choose import ReadLimits, read_source


def sources() -> list[Source]:
    """The shorter one first."""
    found = [read_source(path, ReadLimits()) for path in sorted(originals_folder().glob("*.txt"))]
    return sorted(found, key=lambda source: len(source.blocks))


def test_footnote_bodies_are_told_from_the_paragraphs_that_they_cut() -> None:
    for source, count in zip(sources(), (6, 17), strict=True):
        numbers = [block.number for block in source.blocks if block.kind == "footnote"]
        assert numbers == [str(n) for n in range(1, count + 1)]


def test_the_table_of_the_report_has_its_rows_and_columns() -> None:
    (table,) = (block for block in sources()[1].blocks if block.kind == "table")
    assert len(table.rows) == 11
    assert {len(row) for row in table.rows} == {4}
    assert table.rows[1][1] == "(18 100)"  # damaged in the source, and left so


def test_every_numbered_line_keeps_its_number() -> None:
    for source, last in zip(sources(), (55, 114), strict=True):
        starts = {block.text.split(".")[0] for block in source.blocks if block.kind == "text"}
        assert {str(n) for n in range(1, last + 1)} <= starts


def test_headings_are_those_that_the_file_marks() -> None:
    note, report = sources()
    assert sum(block.kind == "heading" for block in note.blocks) > 10
    assert not any(block.kind == "heading" for block in report.blocks)


def test_markup_is_gone() -> None:
    for source in sources():
        text = "\n".join(block.text for block in source.blocks)
        assert not any(sign in text for sign in ("<sup>", "](", "\\(", "**", "¹", "<http"))
