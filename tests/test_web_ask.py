"""The Ask page: what it shows of an answer, and its story in a real browser."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from api_samples import WELLS, WELLS_ID, home_settings, written
from api_serving import serving
from browser import (
    Opened,
    chromium,
    console_errors,
    opened,
    outside_requests,
    ready,
    violations,
)
from playwright.sync_api import Page, expect

from api.desk import EditionChoice
from api.house import House, open_house
from api.operations.feedback import FILE_NAME
from api.schemas import (
    AnswerBody,
    AskRequest,
    CitationBody,
    ConversationBody,
    IngestChoices,
    RecordRequest,
    StatementBody,
    TurnRequest,
)
from api.web.ask.export import exported, file_name, note_of
from api.web.ask.figures import bars, figure_rows, records_of
from api.web.ask.figures_shown import chart_options
from api.web.ask.starters import held, starters
from api.web.ask.view import statements_of, unmarked
from api.web.chip import chip_views
from api.web.reference import Reference
from api.web.source_view import Part, marked, paragraph_in_words, source_view
from kb.errors import NotFound
from kb.languages import LANGUAGES
from kb.wording import Wording

__all__ = ["chromium", "opened"]

CRIC = "CRIC(23), item 2(a)"
KEPT = "a0c4d3e2f1b05968778695a4b3c2d1e0"
KEPT_QUESTION = "What was granted and pledged?"
PLEDGE = "How much has Saudi Arabia pledged to the Riyadh Global Drought Resilience Partnership?"
PLEDGE_AR = "كم تعهدت المملكة العربية السعودية لشراكة الرياض العالمية للصمود في مواجهة الجفاف؟"
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ask-home")


@pytest.fixture(scope="module")
def answer(home: Path) -> AnswerBody:
    """An answer of every kind of statement, kept as a conversation in the home."""
    with open_house(home_settings(home)) as house:
        house.own.init()
        wells = written(home / "files", "wells.txt", WELLS)
        assert [one.status for one in house.own.ingest([wells], IngestChoices())] == ["added"]
        made = _answer(house)
        house.own.keep_turn(
            TurnRequest(
                conversation_id=KEPT,
                owner=None,
                question=KEPT_QUESTION,
                answer=made.model_dump(mode="json"),
                memory={},
            )
        )
        return made


@pytest.fixture(scope="module")
def spare(home: Path, answer: AnswerBody, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that nobody opens, to make others of: the server has the home itself."""
    del answer  # made first
    return Path(shutil.copytree(home, tmp_path_factory.mktemp("ask-spare") / "home"))


@pytest.fixture(scope="module")
def house(spare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    copied = shutil.copytree(spare, tmp_path_factory.mktemp("ask-house") / "home")
    with open_house(home_settings(copied)) as opened_house:
        yield opened_house


def _answer(house: House) -> AnswerBody:
    original = house.own.paragraph(WELLS_ID, "3", EditionChoice())
    digest = house.own.paragraph(CRIC, "89", EditionChoice(language="en"))
    first = "Norland granted 150 million dollars to the Partnership in 2029"
    start = original.text.index(first)
    spans = [(original, start, start + len(first)), (digest, 0, 40), (digest, 60, 90)]
    citations = [
        CitationBody(
            n=n,
            document_id=text.document_id,
            symbol=text.symbol,
            session=text.session,
            paragraph=text.paragraph,
            language=text.language,
            edition=text.edition,
            version=text.version,
            quote=text.text[begin:end],
            start=begin,
            end=end,
            label=text.label,
            url=text.url,
        )
        for n, (text, begin, end) in enumerate(spans, 1)
    ]
    pledges = house.own.records(
        RecordRequest(kind="funding", where={"stage": ["pledged"], "currency": ["USD"]})
    )
    statements = [
        StatementBody(text="Saudi Arabia: US$150 million", kind="record", citations=[2]),
        StatementBody(text=first, kind="quote", citations=[1]),
        StatementBody(text="1 country + 2 countries = 3 countries", kind="computed", citations=[2]),
        StatementBody(
            text=Wording("en").say("digest", text="A partnership."), kind="digest", citations=[2, 3]
        ),
        StatementBody(text="The rest is not said.", kind="note", citations=[]),
    ]
    return AnswerBody(
        answer="\n".join(one.text for one in statements),
        language="en",
        abstained=False,
        reason=None,
        statements=statements,
        citations=citations,
        records=[one.model_dump(mode="json") for one in pledges.items],
        conversation_id=KEPT,
        follow_ups=["How many wells were dug?"],
        timings_ms={},
    )


# ---- what is shown, without a browser ----


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


# ---- the story, in a browser ----


@pytest.fixture(scope="module")
def served(home: Path, spare: Path) -> Iterator[str]:
    """In place of the server of all modules: this one holds more."""
    del spare  # copied before
    with serving(home) as (at, _):
        yield at


_FIRST_MS = 30_000
"""The first question of a server opens its indexes, on a machine that may be busy."""


def _ask(page: Page, question: str) -> None:
    before = page.locator(".ask-turn").count()
    page.fill("[data-ask-form] textarea", question)
    page.press("[data-ask-form] textarea", "Enter")
    expect(page.locator(".ask-turn")).to_have_count(before + 1)
    said = page.locator(".ask-turn").last.locator(".ask-statement").first
    expect(said).to_be_visible(timeout=_FIRST_MS)
    expect(page.locator(".ask-turn").last.locator(".ask-thumb").first).to_be_visible()


def _sound(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls aside"
    assert violations(page) == []
    assert console_errors(page) == []
    assert outside_requests(page) == []


@pytest.mark.parametrize(
    ("width", "language"), [("wide", "en"), ("narrow", "en"), ("wide", "ar"), ("narrow", "ar")]
)
def test_a_question_is_answered_and_its_source_opened(
    opened: Opened, width: str, language: str
) -> None:
    page = opened("/", width=width, language=language)
    expect(page.locator(".ask-starter")).to_have_count(3)
    page.locator(".ask-starter").first.click()
    expect(page).to_have_url(re.compile(r"/c/\w+$"), timeout=_FIRST_MS)
    chip = page.locator(".ask-text .lb-chip").first
    chip.click()
    panel = page.locator(".lb-source")
    mark = panel.locator("mark").first
    expect(mark).to_be_in_viewport()
    assert (mark.text_content() or "") in (chip.get_attribute("data-tip") or "")
    expect(panel.locator(".lb-source-near")).to_have_count(2)
    _sound(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chip).to_be_focused()


def test_the_first_statement_comes_within_300_ms(opened: Opened) -> None:
    page = opened("/")
    _ask(page, PLEDGE)  # what is read once is read
    page.fill("[data-ask-form] textarea", PLEDGE_AR)
    took = page.evaluate(
        """() => new Promise((done) => {
          const field = document.querySelector("[data-ask-form] textarea");
          const began = performance.now();
          new MutationObserver((_, watch) => {
            if (!document.querySelector(".ask-turn:nth-child(2) .ask-statement")) return;
            watch.disconnect();
            done(performance.now() - began);
          }).observe(document.body, { childList: true, subtree: true });
          field.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        })"""
    )
    assert took < 300, f"{took:.0f} ms"
    expect(page.locator(".ask-turn").last.locator(".ask-text").first).to_contain_text("150")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_kinds_figures_and_chart_are_shown(opened: Opened) -> None:
    page = opened(f"/c/{KEPT}")
    kinds = page.locator(".ask-statement").evaluate_all("all => all.map(o => o.dataset.kind)")
    assert kinds == ["record", "quote", "computed", "digest", "note"]
    expect(page.locator(".ask-quote blockquote")).to_have_attribute("lang", "en")
    expect(page.locator(".ask-computed")).to_contain_text("Σ")
    expect(page.locator(".ask-digest")).to_contain_text("Summary by LandBrief")
    folds = page.locator(".ask-fold")
    folds.first.locator("summary").click()
    expect(folds.first.locator("tbody tr").first).to_contain_text("CRIC 23 ¶89")
    folds.nth(1).locator("summary").click()
    expect(folds.nth(1).locator("svg")).to_contain_text("US$150 million")
    page.locator(".ask-quote .lb-chip").click()
    official = page.locator(".lb-source a[target=_blank]")
    expect(official).to_have_attribute("href", "https://docs.un.org/en/ICCD/COP%2898%29/7")
    _sound(page)
    page.locator(".ask-next-one").click()
    expect(page.locator(".ask-turn")).to_have_count(2)


def test_what_is_not_known_is_said_calmly(opened: Opened) -> None:
    page = opened("/")
    _ask(page, "How much did Kenya pledge to the wells of Norland?")
    expect(page.locator(".ask-note").first).to_be_visible()
    expect(page.locator(".lb-problem")).to_have_count(0)


def test_a_conversation_is_named_exported_and_deleted(opened: Opened) -> None:
    page = opened("/")
    _ask(page, "How many wells were dug?")

    def choose(nth: int) -> None:
        page.locator(".ask-menu summary").click()
        page.locator(".ask-menu-items button").nth(nth).click()

    choose(0)
    page.fill(".ask-dialog input", "Waterworks")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Waterworks")
    expect(page.locator(".lb-side .ask-list-one[aria-current]")).to_have_text("Waterworks")
    for nth, name in ((1, "Waterworks.md"), (2, "Waterworks.docx")):
        with page.expect_download() as download:
            choose(nth)
        assert download.value.suggested_filename == name
    choose(3)
    page.locator(".ask-dialog button[type=submit]").click()
    page.wait_for_url(re.compile(r"\d/$"))
    ready(page)
    expect(page.locator(".lb-side .ask-list-one", has_text="Waterworks")).to_have_count(0)


def test_a_verdict_is_kept_with_the_answer(opened: Opened, home: Path) -> None:
    page = opened("/")
    _ask(page, "How many wells were dug?")
    page.locator(".ask-thumb").nth(1).click()
    page.locator(".ask-comment textarea").fill("Say when.")
    page.locator(".ask-comment button[type=submit]").click()
    expect(page.locator(".ask-comment")).to_have_count(0)
    last = json.loads((home / FILE_NAME).read_text(encoding="utf-8").splitlines()[-1])
    assert (last["verdict"], last["comment"]) == ("down", "Say when.")
    assert last["question"] == "How many wells were dug?"
    assert last["answer"]


def test_the_field_is_of_use_without_a_mouse(opened: Opened) -> None:
    page = opened("/")
    field = page.locator("[data-ask-form] textarea")
    page.locator("h1").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("How many")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("wells were dug?")
    expect(field).to_have_value("How many\nwells were dug?")
    page.keyboard.press("Enter")
    expect(page.locator(".ask-statement").first).to_be_visible()
    expect(field).to_have_value("")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("How many\nwells were dug?")


def test_a_server_that_comes_back_finds_the_conversation_and_the_draft(
    opened: Opened, spare: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(spare, tmp_path / "home")
    with serving(own) as (at, _):
        page = opened("/", address=at)
        _ask(page, PLEDGE)
        first = page.locator(".ask-text").first.text_content()
    expect(page.locator(".lb-banner")).to_be_visible()
    page.fill("[data-ask-form] textarea", "What else?")
    page.press("[data-ask-form] textarea", "Enter")
    expect(page.locator("[data-ask-form] textarea")).to_have_value("What else?")
    with serving(own, "--port", at.rpartition(":")[2]):
        expect(page.locator(".lb-banner")).to_be_hidden(timeout=20_000)
        ready(page)
        expect(page.locator(".ask-text").first).to_have_text(first or "", timeout=20_000)
        expect(page.locator("[data-ask-form] textarea")).to_have_value("What else?")
