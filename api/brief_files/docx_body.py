"""The running text of a note's Word file, and its footnotes as they come up."""

from collections.abc import Iterable, Sequence
from typing import Final

from api.brief_files.chart import COLOURS, INK
from api.brief_files.docx_text import NAMESPACES, Writing, field, run
from api.brief_files.docx_widths import column_widths, halves, shares, width_of
from api.brief_files.marks import Captioned, Marks, cell, clean, source_text
from api.schemas import (
    BriefBarBody,
    BriefBody,
    BriefChartBody,
    BriefSourceBody,
    BriefTableBody,
    StatementBody,
)
from assistant.brief.words import BriefWords
from kb.references import cite

_TEXT_WIDTH: Final = 9866  # twentieths of a point between the margins of an A4 page
_FOOTNOTE_LINE: Final = 106  # half-width characters of a line of a footnote
_LEAST_QUOTED: Final = 44  # … of a quote in it
_FEW: Final = 3  # tables and figures, below which they are not listed
_LABEL_SHARE: Final = 0.52  # of a chart's width
_UNITS: Final = 36  # columns that a chart's bars are divided into
_RAISED: Final = '<w:rStyle w:val="FootnoteReference"/>'


class Body:
    """Collects paragraphs and tables in order. The first mark of a source is its footnote; a
    later one refers to that footnote's number."""

    def __init__(self, note: BriefBody, writing: Writing, words: BriefWords) -> None:
        self._note = note
        self._writing = writing
        self._words = words
        self._marks = Marks(note)
        self._sources = {one.n: one for one in note.sources}
        self._noted: dict[int, int] = {}  # number of a source: id of its footnote
        self._parts: list[str] = []
        self._bookmarks = 100  # ids; the captions' come first
        self.footnotes: list[str] = []
        self._source_width = max(700, width_of(words.say("col_source")) + 60)

    def title(self) -> None:
        """The title and the line under it."""
        for text, style in ((self._note.title, "Title"), (self._note.subtitle, "Subtitle")):
            self._paragraph(self._writing.runs(text), style)

    def heading(self, text: str) -> None:
        """The heading of a section."""
        self._paragraph(self._writing.runs(text), "Heading1")

    def list_of_tables(self, labelled: Sequence[Captioned]) -> None:
        """A field for the tables and one for the figures, each with what it shows."""
        if len(labelled) < _FEW:
            return
        self._paragraph(self._writing.runs(self._words.say("tables")), "TablesHeading")
        for is_chart in (False, True):
            some = [one for one in labelled if one.is_chart == is_chart]
            for at, one in enumerate(some):
                entry = (
                    f'<w:hyperlink w:anchor="{_anchor(one)}" w:history="1">'
                    f"{self._writing.runs(one.text(self._words))}</w:hyperlink>"
                )
                code = f'TOC \\h \\n \\c "{_sequence(one)}"'
                begin = _field_begin(code) if at == 0 else ""
                end = _FIELD_END if at == len(some) - 1 else ""
                self._paragraph(begin + entry + end, "TableofFigures")

    def lines(self, lines: Iterable[StatementBody]) -> None:
        """Statements as a list."""
        for line in lines:
            runs = self._writing.runs(line.text) + self._raised([line])
            self._paragraph(runs, "ListBullet")

    def captioned(self, one: Captioned) -> None:
        """A table or a chart under its caption."""
        self._caption(one)
        if one.is_chart and one.section.chart is not None:
            self._chart(one.section.chart)
        elif one.section.table is not None:
            self._table(one.section.table)
        # Word joins tables that nothing parts.
        self._paragraph("", "AfterTable")

    def sources(self) -> None:
        """The documents' paragraphs by text; the footnotes have the words."""
        groups: dict[tuple[str, str], list[BriefSourceBody]] = {}
        documents = {one.n: one.symbol or one.document_id for one in self._note.citations}
        for source in self._note.sources:
            key = (documents[source.citations[0]], source.edition)
            groups.setdefault(key, []).append(source)
        for (_, edition), some in sorted(groups.items()):
            name = cite(documents[some[0].citations[0]], "", self._note.language)
            labels = "; ".join(f"[{one.n}] {_within(clean(one.label), name)}" for one in some)
            joint = "：" if self._note.language == "zh" else ": "
            heading = self._words.say("source_line", label=name, edition=edition)
            runs = self._writing.runs(heading + joint, "<w:b/><w:bCs/>")
            space = "" if self._note.language == "zh" else run(" ")
            self._paragraph(runs + space + self._writing.runs(labels), "Source")

    def document(self) -> str:
        """The part `word/document.xml`."""
        bidi = self._writing.bidi
        section = (
            '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/>'
            '<w:footnotePr><w:numFmt w:val="decimal"/></w:footnotePr>'
            '<w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1020" w:right="1020" w:bottom="1020" w:left="1020" '
            f'w:header="567" w:footer="567" w:gutter="0"/>{bidi}</w:sectPr>'
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<w:document {NAMESPACES}><w:body>{''.join(self._parts)}{section}</w:body>"
            "</w:document>"
        )

    def _paragraph(self, runs: str, style: str, properties: str = "") -> None:
        self._parts.append(self._writing.paragraph(runs, style, properties))

    def _caption(self, one: Captioned) -> None:
        """The label's number is a field, so that tables that are added are counted along."""
        before, _, after = one.text(self._words).partition(str(one.number))
        number = field(f"SEQ {_sequence(one)} \\* ARABIC", run(str(one.number)))
        self._bookmarks += 1
        mark = self._bookmarks
        runs = (
            f'<w:bookmarkStart w:id="{mark}" w:name="{_anchor(one)}"/>'
            f"{self._writing.runs(before) or ''}{_kept_space(before)}{number}"
            f'{self._writing.runs(after)}<w:bookmarkEnd w:id="{mark}"/>'
        )
        self._paragraph(runs, "Caption", "<w:keepNext/>")

    def _table(self, table: BriefTableBody) -> None:
        widths = column_widths(_texts(table), _TEXT_WIDTH - self._source_width)
        heads = [
            self._cell(text, w, head=True) for text, w in zip(table.columns, widths, strict=False)
        ]
        heads.append(self._cell(self._words.say("col_source"), self._source_width, head=True))
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"]
        for row in table.rows:
            cells = [self._cell(text, w) for text, w in zip(row.cells, widths, strict=False)]
            cells.append(_cell_of(self._text_cell(self._plain(row.statements)), self._source_width))
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
        self._grid([*widths, self._source_width], rows)

    def _chart(self, chart: BriefChartBody) -> None:
        """Bars as shaded cells, so that Word and every other program shows them alike."""
        label = int(_TEXT_WIDTH * _LABEL_SHARE)
        unit = (_TEXT_WIDTH - label - self._source_width) // _UNITS
        third = _UNITS // 3
        legend = [
            _cell_of(
                self._text_cell(self._writing.runs(name, _ink(at))),
                unit * third,
                third,
                COLOURS[at],
            )
            for at, name in enumerate(chart.legend)
        ]
        heads = [
            self._cell(chart.label, label, head=True),
            *legend,
            self._cell(self._words.say("col_source"), self._source_width, head=True),
        ]
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"]
        rows += (self._bar(bar, label, unit) for bar in chart.bars)
        self._grid([label, *[unit] * _UNITS, self._source_width], rows)

    def _bar(self, bar: BriefBarBody, label: int, unit: int) -> str:
        counts = (bar.completed, bar.in_progress, bar.not_started)
        cells = [self._cell(bar.label, label)]
        for at, (count, units) in enumerate(zip(counts, shares(counts, _UNITS), strict=True)):
            if units:
                inside = self._writing.paragraph(run(str(count), _ink(at)), "BarText")
                cells.append(_cell_of(inside, unit * units, units, COLOURS[at]))
        cells.append(_cell_of(self._text_cell(self._plain(bar.statements)), self._source_width))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def _grid(self, widths: Sequence[int], rows: Sequence[str]) -> None:
        visual = "<w:bidiVisual/>" if self._writing.is_rtl else ""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        self._parts.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="NoteTable"/>{visual}'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _cell(self, text: str, width: int, *, head: bool = False) -> str:
        runs = self._writing.runs(cell(text), "<w:b/><w:bCs/>" if head else "")
        return _cell_of(self._text_cell(runs), width, shade="E9EEF4" if head else None)

    def _text_cell(self, runs: str) -> str:
        return self._writing.paragraph(runs, "TableText")

    def _raised(self, statements: Iterable[StatementBody]) -> str:
        """The marks behind a sentence."""
        return self._joined(
            self._marks.of(statements), run(", ", '<w:vertAlign w:val="superscript"/>')
        )

    def _plain(self, statements: Iterable[StatementBody]) -> str:
        """The marks in a column of sources."""
        return self._joined(self._marks.of(statements), run(", "))

    def _joined(self, numbers: Sequence[int], joint: str) -> str:
        return joint.join(self._mark(n) for n in numbers)

    def _mark(self, n: int) -> str:
        if n in self._noted:
            shown = run(str(n), _RAISED)
            return field(f"NOTEREF _Source{n} \\f \\h", shown, _RAISED)
        number = len(self._noted) + 1
        self._noted[n] = number
        self.footnotes.append(self._footnote(number, self._sources[n]))
        self._bookmarks += 1
        return (
            f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="_Source{n}"/>'
            f'<w:r><w:rPr>{_RAISED}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
            f'<w:bookmarkEnd w:id="{self._bookmarks}"/>'
        )

    def _footnote(self, number: int, source: BriefSourceBody) -> str:
        # A footnote is one line where it can be: what is cited is in the documents in full.
        bare = source_text(self._words, source.label, source.edition, [""] * len(source.quotes))
        room = (_FOOTNOTE_LINE - halves(bare)) // max(1, len(source.quotes))
        quotes = (_short(one, max(_LEAST_QUOTED, room)) for one in source.quotes)
        text = source_text(self._words, source.label, source.edition, quotes)
        runs = (
            f"<w:r><w:rPr>{_RAISED}</w:rPr><w:footnoteRef/></w:r>"
            f"{run(' ')}{self._writing.runs(text)}"
        )
        text = self._writing.paragraph(runs, "FootnoteText")
        return f'<w:footnote w:id="{number}">{text}</w:footnote>'


def _within(label: str, document: str) -> str:
    """The paragraph alone, of a citation in full."""
    return label.removeprefix(document).lstrip(" ,，،") or label


def _short(quote: str, most: int) -> str:
    """The beginning of a long quote: enough to find it on its page."""
    text = clean(quote)
    width = 0
    for at, one in enumerate(text):
        width += halves(one)
        if width > most:
            return text[:at].rstrip() + "…"
    return text


def _texts(table: BriefTableBody) -> list[list[str]]:
    """What stands in each column, its heading first."""
    return [
        [clean(head), *(clean(row.cells[at]) for row in table.rows)]
        for at, head in enumerate(table.columns)
    ]


def _cell_of(content: str, width: int, span: int = 1, shade: str | None = None) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{spanned}{shaded}'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _ink(at: int) -> str:
    return f'<w:color w:val="{INK[at]}"/>'


def _sequence(one: Captioned) -> str:
    return "Figure" if one.is_chart else "Table"


def _anchor(one: Captioned) -> str:
    return f"_Caption{_sequence(one)}{one.number}"


def _kept_space(before: str) -> str:
    """The space before a number: the text around it was made one line each."""
    return run(" ") if before.endswith(" ") else ""


def _field_begin(code: str) -> str:
    return (
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        .replace('"Table"', "&quot;Table&quot;")
        .replace('"Figure"', "&quot;Figure&quot;")
    )


_FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
