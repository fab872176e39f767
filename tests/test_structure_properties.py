"""What holds for every document: numbers are found, and splitting loses no text."""

import textwrap
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.blocks import Block, Source
from ingestion.enumerators import Numbered, inline_runs, read_degree, read_number, read_outline
from ingestion.numbering import Candidate, choose_numbering
from ingestion.readers.text import read_text
from ingestion.structure import parse
from ingestion.subparagraphs import MarkedLine, label_subparagraphs

WORDS = {
    "en": "land soil drought Parties restore wells measure the of and with report fund".split(),
    "fr": "terres sols sécheresse Parties restaurer puits mesurer les des avec rapport".split(),
    "es": "tierras suelos sequía Partes restaurar pozos medir las de con informe".split(),
    "ru": "земли почвы засуха Стороны восстановить колодцы измерить доклад фонд".split(),
    "ar": "الأراضي التربة الجفاف الأطراف استعادة الآبار قياس تقرير صندوق".split(),
}
HEADINGS = {
    "en": "Progress made",
    "fr": "Progrès",
    "es": "Progresos",
    "ru": "Прогресс",
    "ar": "التقدم",
}


@dataclass(frozen=True)
class Text:
    language: str
    paragraphs: tuple[str, ...]
    headings: tuple[int, ...]  # before which paragraphs a numbered heading stands
    width: int | None  # of hard-wrapped lines

    def printed(self) -> bytes:
        lines: list[str] = []
        heading = 0
        for index, paragraph in enumerate(self.paragraphs):
            if index in self.headings:
                heading += 1
                lines += [f"{heading}. {HEADINGS[self.language]}", ""]
            line = f"{index + 1}. {paragraph}"
            lines += textwrap.wrap(line, self.width) if self.width else [line]
            lines.append("")
        return "\n".join(lines).encode()


@st.composite
def texts(draw: st.DrawFn) -> Text:
    language = draw(st.sampled_from(sorted(WORDS)))
    sentence = st.lists(st.sampled_from(WORDS[language]), min_size=9, max_size=60)
    paragraphs = draw(st.lists(sentence, min_size=4, max_size=14))
    headings = draw(st.sets(st.integers(1, len(paragraphs) - 1), max_size=4))
    return Text(
        language,
        tuple(" ".join(words) + "." for words in paragraphs),
        tuple(sorted(headings)),
        draw(st.sampled_from([None, 72, 90])),
    )


@given(texts())
@settings(max_examples=60, deadline=None)
def test_every_paragraph_keeps_its_number_and_all_its_words(text: Text) -> None:
    document = parse(read_text(text.printed(), ".txt"))
    assert [p.label for p in document.numbered] == [str(n + 1) for n in range(len(text.paragraphs))]
    assert [p.text.split() for p in document.numbered] == [p.split() for p in text.paragraphs]
    assert [h.text for h in document.headings] == [HEADINGS[text.language]] * len(text.headings)


@given(st.lists(st.text(alphabet="abc def.;:", min_size=1, max_size=40), max_size=12))
@settings(max_examples=80, deadline=None)
def test_no_word_of_an_unnumbered_text_is_lost(lines: list[str]) -> None:
    blocks = tuple(Block("text", line.strip()) for line in lines if line.strip(" .;:"))
    document = parse(Source("text/plain", blocks))
    kept = " ".join(p.text for p in document.paragraphs) + " ".join(
        h.title for h in document.headings
    ) + " ".join(filter(None, [document.masthead.title]))  # fmt: skip
    for block in blocks:
        assert all(word in kept for word in block.text.split())


def candidates(*values: int, prose: float = 0.6) -> list[Candidate]:
    return [
        Candidate(i, Numbered(f"{v}.", str(v), (v,), "text"), prose) for i, v in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "chain"),
    [
        ((1, 2, 3, 4), (0, 1, 2, 3)),
        ((1, 2, 4, 5), (0, 1, 2, 3)),  # 3 is missing and stays missing
        ((1, 2, 2, 3), (0, 1, 2, 3)),  # 2 is repeated
        ((1, 2, 14, 3, 4, 5), (0, 1, 3, 4, 5)),  # a cross-reference at a line's start
        ((20, 1, 21, 2, 22, 23), (0, 2, 4, 5)),  # headings restart, paragraphs run on
    ],
)
def test_the_steadiest_chain_is_the_numbering(
    values: tuple[int, ...], chain: tuple[int, ...]
) -> None:
    found = choose_numbering(candidates(*values))
    assert found.chains[0] == chain


def test_a_numbering_that_starts_again_is_a_second_chain() -> None:
    found = choose_numbering(candidates(1, 2, 3, 4, 5, 1, 2, 3))
    assert found.chains == ((0, 1, 2, 3, 4), (5, 6, 7))


@pytest.mark.parametrize(
    ("marks", "labels"),
    [
        ("(a) (b) (c)", "9(a) 9(b) 9(c)"),
        ("(a) (i) (ii) (b)", "9(a) 9(a)(i) 9(a)(ii) 9(b)"),
        ("(a) (i) a. i. ii. b. (ii) (b)",
         "9(a) 9(a)(i) 9(a)(i)(a) 9(a)(i)(a)(i) 9(a)(i)(a)(ii) 9(a)(i)(b) 9(a)(ii) 9(b)"),
        ("(g) (h) (i) (j)", "9(g) 9(h) 9(i) 9(j)"),  # a letter, not a numeral
        ("a) b) i) ii)", "9(a) 9(b) 9(b)(i) 9(b)(ii)"),
        ("а) б) в)", "9(a) 9(b) 9(c)"),
        ("a) b) с)", "9(a) 9(b) 9(c)"),  # the last one is Cyrillic
        ("(أ) (ب) (ج)", "9(a) 9(b) 9(c)"),
        ("(أ) ’1‘ ’2‘ (ب)", "9(a) 9(a)(i) 9(a)(ii) 9(b)"),
        ("(a) ㈠ ㈡ (b)", "9(a) 9(a)(i) 9(a)(ii) 9(b)"),
        ("(a) (c)", "9(a) 9(c)"),  # a gap stays a gap
    ],
)  # fmt: skip
def test_degrees_follow_from_style_and_neighbours(marks: str, labels: str) -> None:
    text, lines = "", []
    for mark in marks.split():
        degree = read_degree(f"{mark} text")
        assert degree is not None
        lines.append(MarkedLine(len(text), len(text) + len(mark) + 5, degree))
        text += f"{mark} text\n"
    assert [s.label for s in label_subparagraphs("9", text, lines)] == labels.split()


@pytest.mark.parametrize(
    "text",
    ["see paragraph 39 (a) and (b)", "under item 2(a)", "decision 3 (i)", "(a) alone", "as in (c)"],
)
def test_a_reference_is_no_enumeration(text: str) -> None:
    assert inline_runs(text) == []


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("1. Text", "1"),
        ("14.35\tText", "14.35"),
        ("29B.1  Text", "29B.1"),
        ("7 bis. Text", "7 bis"),
        ("12.第三十条", "12"),
        ("٣ - نص", "3"),
        ("-13 من أصل", "13"),
        ("14-1 يساعد", "14.1"),
        ("6.1.2 Title", "6.1.2"),
    ],
)
def test_numbers_are_read_in_every_script(line: str, label: str) -> None:
    number = read_number(line)
    assert number is not None
    assert number.label == label


@pytest.mark.parametrize("line", ["2024. Text", "2021-2030 plan", "12 above", "1.5", "A. Text"])
def test_other_figures_at_a_line_start_are_no_numbers(line: str) -> None:
    assert read_number(line) is None


@pytest.mark.parametrize(
    ("line", "rank", "value"),
    [
        ("II. Progress", 1, 2),
        ("三. 结论", 1, 3),
        ("B. Wells", 2, 2),
        ("ثانياً - نص", 1, 2),
        ("جيم - x", 2, 3),
    ],
)
def test_outline_marks_have_their_rank(line: str, rank: int, value: int) -> None:
    mark = read_outline(line)
    assert mark is not None
    assert (mark.rank, mark.value) == (rank, value)
