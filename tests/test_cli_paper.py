import io

import pytest
from rich.console import Console

from api.cli.answers import print_answer
from api.cli.paper import Paper, plain, shortened
from api.schemas import AnswerBody, CitationBody, StatementBody

ARABIC = "قدمت نورلاند منحة"


def _printed(answer: AnswerBody, *, terminal: bool) -> str:
    sheet = io.StringIO()
    console = Console(file=sheet, force_terminal=terminal, width=80, highlight=False, markup=False)
    print_answer(Paper(console), answer)
    return sheet.getvalue()


def _answer(**fields: object) -> AnswerBody:
    citation = CitationBody(
        n=1,
        document_id="D",
        symbol=None,
        session=None,
        paragraph="3",
        language="ar",
        edition="digest",
        version=2,
        quote="another text",
        start=0,
        end=12,
        label="D, 3",
        url="/v1/documents/D/paragraphs/3",
    )
    values: dict[str, object] = {
        "answer": ARABIC,
        "language": "ar",
        "abstained": False,
        "reason": None,
        "statements": [StatementBody(text=ARABIC, kind="record", citations=[1])],
        "citations": [citation],
        "records": [],
        "conversation_id": "c",
        "follow_ups": [],
        "timings_ms": {},
    }
    return AnswerBody.model_validate(values | fields)


def test_marks_in_arabic_are_isolated_on_a_terminal_only() -> None:
    assert f"{ARABIC}\u2068 [1]\u2069" in _printed(_answer(), terminal=True)
    assert f"{ARABIC} [1]\n" in _printed(_answer(), terminal=False)


def test_a_piped_answer_has_no_colours_and_no_wrapping() -> None:
    long = "word " * 60
    statement = StatementBody(text=long, kind="quote", citations=[])
    printed = _printed(_answer(statements=[statement]), terminal=False)
    assert "\x1b" not in printed
    assert long in printed


def test_a_citation_says_what_it_is_and_shows_the_quote_that_was_not_said() -> None:
    printed = _printed(_answer(), terminal=False)
    assert "[1] D, 3 · ar, summary by LandBrief, version 2\n    another text" in printed
    said = StatementBody(text="It says: another text.", kind="quote", citations=[1])
    assert _printed(_answer(statements=[said]), terminal=False).count("another text") == 1


def test_square_brackets_are_never_taken_for_markup() -> None:
    statement = StatementBody(text="[bold]see [3][/bold]", kind="note", citations=[])
    assert "[bold]see [3][/bold]" in _printed(_answer(statements=[statement]), terminal=True)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("a\u202eb\x9bc", "abc"),
        ("é\u200f", "é\u200f"),
    ],
)
def test_what_moves_the_cursor_or_reorders_text_is_taken_out(text: str, clean: str) -> None:
    assert plain(text) == clean


def test_a_shortened_line_is_as_wide_as_asked_at_most() -> None:
    assert shortened("abc def", 7) == "abc def"
    assert shortened("abc  defg", 7) == "abc de…"
    assert shortened("第一段的文字", 6) == "第一…"
    assert shortened("a\nb", 9) == "a b"
