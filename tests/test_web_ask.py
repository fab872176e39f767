"""The Ask page: what it shows of an answer."""

import json
import zipfile
from io import BytesIO

import pytest
from answered import CRIC, KEPT, TODAY, answer, home, house, spare
from api_samples import WELLS_ID

from api.house import House
from api.schemas import (
    AnswerBody,
    AskRequest,
    ConversationBody,
)
from api.web.ask.export import exported, file_name, note_of
from api.web.ask.figures import bars, figure_rows, records_of
from api.web.ask.figures_shown import chart_options
from api.web.ask.starters import held, starters
from api.web.ask.view import statements_of, unmarked
from api.web.chip import chip_views
from api.web.reference import Reference, paragraph_in_words, short_form
from api.web.source_view import Part, marked, source_view
from kb.errors import NotFound
from kb.languages import LANGUAGES, Language
from kb.wording import Wording

__all__ = ["answer", "home", "house", "spare"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_is_shown_without_the_words_that_mark_it(language: str) -> None:
    wording = Wording(language)  # type: ignore[arg-type]
    assert unmarked(wording.say("digest", text="X: y")) == "X: y"
    named = wording.language_name("zh")
    assert unmarked(wording.say("digest_in", language=named, text="X: y")) == "X: y"
    assert unmarked("X: y") == "X: y"


def test_a_statement_has_the_language_of_what_it_quotes(answer: AnswerBody) -> None:
    foreign = answer.model_copy(update={"language": "ar"})
    shown = statements_of(foreign)
    assert [one.language for one in shown] == ["ar", "en", "ar", "en", "ar"]
    assert shown[3].text == "A partnership."


def test_spans_of_one_paragraph_share_a_chip(answer: AnswerBody) -> None:
    both = chip_views(answer.citations)
    assert [one.text for one in both] == ["COP 98/7 ¶3", "CRIC 23 ¶89"]
    assert both[1].reference.also == ((60, 90),)
    assert chip_views(answer.citations[1:] + answer.citations[1:]) == both[1:]


def test_the_next_chip_of_a_document_names_the_paragraph_alone(answer: AnswerBody) -> None:
    one = answer.citations[1]
    views = chip_views([one, one.model_copy(update={"paragraph": "102"})])
    assert [view.text for view in views] == ["CRIC 23 ¶89", "¶102"]


def test_what_is_quoted_is_marked_by_code_points() -> None:
    text = "a𝄞bcd"
    assert marked(text, [(1, 3)]) == (Part("a", False), Part("𝄞b", True), Part("cd", False))
    assert marked(text, [(4, 9), (1, 2)]) == (
        Part("a", False),
        Part("𝄞", True),
        Part("bc", False),
        Part("d", True),
    )
    assert marked(text, [(13, 15)], 12) == (Part("a", False), Part("𝄞b", True), Part("cd", False))
    assert marked(text, [(7, 9)]) == (Part(text, False),)
    assert marked("", [(0, 1)]) == ()


def test_a_label_is_said_in_the_language_of_its_text() -> None:
    assert paragraph_in_words("8(b)", "ar") == "8(b)"
    assert paragraph_in_words("table 1, row 2", "fr") == "tableau 1, ligne 2"


def test_the_words_of_a_chip_are_the_readers() -> None:
    def chip(label: str, language: Language) -> str:
        return short_form(label, None, "CRIC(23)", CRIC, language)

    assert chip("89", "fr") == "CRIC 23 ¶89"
    assert chip("table 1, row 2", "fr") == "CRIC 23 tableau 1, ligne 2"
    assert chip("fn 15", "es") == "CRIC 23 nota 15"
    assert chip("fn 15", "ar") == "CRIC 23 \u2067الحاشية 15\u2069"
    assert chip("row 3 of a file", "ru") == "CRIC 23 row 3 of a file"


def test_a_source_stands_between_its_neighbours(house: House) -> None:
    view = source_view(house.public, Reference(WELLS_ID, "2"), "fr")
    assert view.before is not None
    assert view.after is not None
    assert (view.before.label, view.after.label) == ("1", "3")
    assert view.headings == ("I. Background",)
    assert view.official == "https://docs.un.org/en/ICCD/COP%2898%29/7"
    ends = source_view(house.public, Reference(WELLS_ID, "3"), "en")
    assert ends.after is None


def test_a_subparagraph_is_shown_in_its_paragraph(house: House) -> None:
    view = source_view(house.public, Reference(WELLS_ID, "2(b)(i)"), "en")
    assert view.paragraph.paragraph == "2"
    assert "On pumps" in "".join(part.text for part in view.parts if part.is_marked)
    assert "keeper" not in "".join(part.text for part in view.parts if part.is_marked)


def test_another_language_of_a_source_is_one_click_away(house: House) -> None:
    reference = Reference(CRIC, "89", "en", "digest", 1, 0, 10)
    view = source_view(house.public, reference, "en")
    assert [tab.language for tab in view.languages] == list(LANGUAGES)
    assert [tab.language for tab in view.languages if tab.is_shown] == ["en"]
    other = next(tab.reference for tab in view.languages if tab.language == "ru")
    assert (other.start, other.end, other.also) == (None, None, ())
    there = source_view(house.public, other, "en")
    assert there.paragraph.language == "ru"
    assert not any(part.is_marked for part in there.parts)
    assert view.official is None, "no symbol is known: nothing is made up"


def test_what_is_not_held_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        source_view(house.public, Reference(WELLS_ID, "99"), "en")


def test_every_question_to_begin_with_is_answered_from_its_records(house: House) -> None:
    counted = held(house.public)
    assert counted.starters == tuple(starters()), "the shipped knowledge answers all of them"
    for one in starters():
        found = house.public.records(one.wanted.model_copy(update={"limit": 500})).items
        places = {(s.document_id, s.paragraph) for record in found for s in record.sources}
        for language in LANGUAGES:
            text = one.text(language)
            answered = house.public.ask(AskRequest(question=text, keep=False))
            assert not answered.abstained, text
            assert answered.language == language, text
            assert places & {(c.document_id, c.paragraph) for c in answered.citations}, text


def test_figures_are_written_as_the_language_writes_them(answer: AnswerBody) -> None:
    records = records_of(answer.records)
    rows = figure_rows(records, "en")
    saudi = next(row for row in rows if "Saudi Arabia" in row.about)
    assert saudi.figure == "US$150 million"
    assert "pledged" in saudi.more
    assert saudi.chip == "CRIC 23 ¶89"
    assert saudi.reference is not None
    assert saudi.reference.start is not None


def test_only_comparable_numbers_are_drawn(answer: AnswerBody) -> None:
    records = records_of(answer.records)
    drawn = bars(records, "en")
    assert len(drawn) == len(records) >= 3
    assert [bar.value for bar in drawn] == sorted((bar.value for bar in drawn), reverse=True)
    assert bars(records[:2], "en") == ()
    other = [one.model_copy(update={"currency": "EUR"}) for one in records[:1]]
    assert len(bars([*other, *records[1:]], "en")) in (0, len(records) - 1)


def test_every_bar_is_labelled_beside_it(answer: AnswerBody) -> None:
    drawn = bars(records_of(answer.records), "en")
    for dark in (False, True):
        options = chart_options(drawn, dark=dark, rtl=True)
        said = [one["label"]["formatter"] for one in options["series"][0]["data"]]
        assert all(bar.written in text for bar, text in zip(drawn, said, strict=True))
        assert json.dumps(options)


def _kept(answer: AnswerBody) -> ConversationBody:
    turn = {"question": "First?", "answer": answer, "asked_at": "2026-11-20T10:00:00Z"}
    return ConversationBody.model_validate(
        {
            "conversation_id": KEPT,
            "title": "Grants <and> pledges",
            "created_at": "2026-11-20T10:00:00Z",
            "updated_at": "2026-11-20T10:00:00Z",
            "turns": 2,
            "items": [turn, {**turn, "question": "Again?"}],
        }
    )


def test_sources_are_numbered_through_all_turns(answer: AnswerBody) -> None:
    note = note_of(_kept(answer), "en", TODAY)
    assert [one.n for one in note.sources] == [1, 2]
    assert [one.title for one in note.sections] == ["First?", "Again?", "Sources"]
    assert len(note.citations) == 6


def test_a_conversation_leaves_as_markdown_and_word(answer: AnswerBody) -> None:
    markdown = exported(_kept(answer), "md", "en", TODAY).decode()
    assert "## First?" in markdown
    assert "## Again?" in markdown
    assert "Saudi Arabia: US$150 million [2]" in markdown
    assert "1. ICCD/COP(98)/7, para. 3" in markdown
    assert "20 November 2026" in markdown
    document = exported(_kept(answer), "docx", "ar", TODAY)
    body = zipfile.ZipFile(BytesIO(document)).read("word/document.xml").decode()
    assert "First?" in body
    assert "&lt;and&gt;" in body


def test_a_file_is_named_after_its_conversation() -> None:
    assert file_name("Grants / pledges: 2024?", "md") == "Grants-pledges-2024.md"
    assert file_name("ما التعهدات؟", "docx") == "ما-التعهدات.docx"
    assert file_name("../..", "md") == "conversation.md"
