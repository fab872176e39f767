"""Briefing: what a note is asked for, and what is changed of it."""

import io
import zipfile
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from api_samples import home_settings

from api.brief_files import MEDIA_TYPES, brief_file
from api.desk import Desk
from api.house import open_house
from api.schemas import BriefBody, BriefRequest
from api.web.briefing.asked import CHOICES, Asked, asked_of
from api.web.briefing.drawing import chart_of, cited_by_mark
from api.web.briefing.editing import (
    Edit,
    OwnRemark,
    edited,
    ids_of,
    ordered,
    remembered,
    statements,
)
from api.web.briefing.place import file_name
from api.web.briefing.suggestions import BEST, best, suggestions
from kb.languages import LANGUAGES, Language

TOPIC = "Peace Forest Initiative"
CHARTED = "Land Degradation Neutrality Target Setting Programme 2.0"
REMARK = "We thank the host country."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_house(home_settings(tmp_path_factory.mktemp("briefing-home"))) as house:
        house.public.init()
        yield house.public


@pytest.fixture(scope="module")
def note(desk: Desk) -> BriefBody:
    return desk.brief(BriefRequest(topic=CHARTED, language="en"))


# ---- addresses ----


def test_an_address_gives_the_note_and_the_note_its_address() -> None:
    asked = asked_of(
        parse_qsl("topic=Riyadh+%20partnership&language=fr&section=funding&section=context"), "en"
    )
    assert asked == Asked("Riyadh partnership", "fr", ("context", "funding"))
    assert asked_of(parse_qsl(urlsplit(asked.path).query), "en") == asked
    assert asked.request.sections == ["context", "funding"]


def test_what_makes_no_sense_in_an_address_is_left_out() -> None:
    asked = asked_of([("topic", "x"), ("language", "de"), ("section", "colours")], "ru")
    assert asked == Asked("x", "ru", CHOICES)
    assert asked.request.sections is None
    assert asked_of([], "zh").path == "/brief"


# ---- suggestions ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_that_is_offered_at_first_has_a_note(desk: Desk, language: Language) -> None:
    offered = best(suggestions(desk, language))
    assert len(offered) == BEST
    assert len({one.text for one in offered}) == BEST
    for one in offered:
        written = desk.brief(BriefRequest(topic=one.text, language=language))
        assert not written.abstained
        assert len(written.sections) > 4


def test_four_ways_lead_to_a_note(desk: Desk) -> None:
    some = suggestions(desk, "en")
    for kind in ("initiative", "party", "topic", "document"):
        first = next(one for one in some if one.kind == kind)
        assert not desk.brief(BriefRequest(topic=first.text, language="en")).abstained, first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_that_is_offered_is_the_document_of_the_note(
    desk: Desk, language: Language
) -> None:
    held = {one.document_id for one in desk.documents().items}
    documents = [one for one in suggestions(desk, language) if one.kind == "document"]
    assert len(documents) == len(held)
    seen = set()
    for one in documents:
        written = desk.brief(BriefRequest(topic=one.text, language=language))
        (document,) = {citation.document_id for citation in written.citations}
        seen.add(document)
    assert seen == held


# ---- changes ----


def test_a_note_that_nobody_changed_is_the_note(note: BriefBody) -> None:
    assert edited(note, Edit()) is note


def test_a_statement_that_is_left_out_takes_the_sources_that_only_it_needed(
    note: BriefBody,
) -> None:
    edit = Edit()
    section = next(one for one in note.sections if one.key == "key_figures")
    for name in ids_of(section).rows[1:]:
        edit = edit.without(name)
    found = edited(note, edit)
    (changed,) = (one for one in found.sections if one.key == "key_figures")
    assert changed.table is not None
    assert section.table is not None
    assert changed.table.rows == section.table.rows[:1]
    used = {n for one in found.sections for s in statements(one) for n in s.citations}
    assert used == {one.n for one in found.citations}
    assert used == {n for one in found.sources for n in one.citations}
    assert [one.n for one in found.sources] == list(range(1, len(found.sources) + 1))
    assert len(found.sources) < len(note.sources)


def test_no_change_touches_the_words_of_a_statement_with_citations(note: BriefBody) -> None:
    section = next(one for one in note.sections if one.key == "decisions")
    edit = (
        Edit()
        .titled("For the plenary")
        .headed("decisions", "What was asked")
        .with_remark_for(ids_of(section).lines[0], REMARK)
        .with_remark("gaps", REMARK)
        .moved(note, "questions", -1)
    )
    known = {(s.text, s.kind) for one in note.sections for s in statements(one)}
    for one in edited(note, edit).sections:
        for said in statements(one):
            assert isinstance(said, OwnRemark) or (said.text, said.kind) in known
            assert not (isinstance(said, OwnRemark) and said.citations)


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_every_file_marks_a_remark_as_her_own(note: BriefBody, form: str) -> None:
    found = edited(note, Edit().with_remark("context", REMARK).headed("context", "Where we are"))
    content = brief_file(found, form)  # type: ignore[arg-type]
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = package.read("word/document.xml")
    text = content.decode()
    assert f"Own remark: {REMARK}" in text
    assert "Where we are" in text
    assert "own remarks are marked" in text
    assert form in MEDIA_TYPES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_remark_is_marked_in_the_language_of_the_note(desk: Desk, language: Language) -> None:
    written = desk.brief(BriefRequest(topic=TOPIC, language=language))
    found = edited(written, Edit().with_remark("context", "ABC"))
    (said,) = (s for one in found.sections for s in statements(one) if isinstance(s, OwnRemark))
    assert said.text.endswith("ABC")
    assert said.text != said.own == "ABC"


def test_what_was_left_out_can_be_put_back(note: BriefBody) -> None:
    name = ids_of(note.sections[0]).lines[0]
    edit = Edit().without(name).with_remark_for(name, REMARK)
    assert edit.left_out == frozenset()
    assert edit.restored(name) == Edit()
    assert Edit().with_remark("gaps", REMARK).without_remark("gaps", 0) == Edit()
    assert Edit().with_remark("gaps", "  \n ") == Edit()


def test_sections_move_by_one_place_and_not_past_the_ends(note: BriefBody) -> None:
    keys = [one.key for one in ordered(note, Edit())]
    moved = Edit().moved(note, keys[0], 1)
    assert [one.key for one in ordered(note, moved)] == [keys[1], keys[0], *keys[2:]]
    assert Edit().moved(note, keys[0], -1) == Edit()
    assert Edit().moved(note, keys[-1], 1) == Edit()
    assert edited(note, moved).sections[-1].key == "sources"


def test_changes_outlive_being_stored_and_a_note_that_is_written_anew(
    desk: Desk, note: BriefBody
) -> None:
    name = ids_of(note.sections[0]).lines[0]
    edit = Edit().without(name).with_remark("gaps", REMARK).titled("T").moved(note, "gaps", -1)
    assert remembered(edit.kept()) == edit
    again = desk.brief(BriefRequest(topic=CHARTED, language="en"))
    assert edited(again, edit) == edited(note, edit)
    for value in (None, {}, [1], {"title": 1}):
        assert remembered(value) == Edit()


def test_a_remark_stays_though_its_statement_is_no_longer_in_the_note(note: BriefBody) -> None:
    section = next(one for one in note.sections if one.key == "decisions")
    edit = Edit().with_remark_for(ids_of(section).lines[0], REMARK)
    shorter = section.model_copy(update={"lines": section.lines[1:]})
    sections = [shorter if one is section else one for one in note.sections]
    found = edited(note.model_copy(update={"sections": sections}), edit)
    (changed,) = (one for one in found.sections if one.key == "decisions")
    assert [one.own for one in statements(changed) if isinstance(one, OwnRemark)] == [REMARK]


def test_every_statement_of_a_note_has_an_id_of_its_own(note: BriefBody) -> None:
    names = [name for section in note.sections for ids in [ids_of(section)] for name in ids.all]
    assert len(set(names)) == len(names) > 20


def test_a_chart_is_drawn_with_the_figures_of_its_table(note: BriefBody) -> None:
    (chart,) = (one.chart for one in note.sections if one.chart is not None)
    drawn = chart_of(chart, "brief")
    assert len(drawn.marks) == 3 * len(chart.bars)
    assert [mark.size for mark in drawn.marks[:3]] == [
        chart.bars[0].completed,
        chart.bars[0].in_progress,
        chart.bars[0].not_started,
    ]
    held = {one.n: one for one in note.citations}
    assert all(one is not None for one in cited_by_mark(chart, held))


def test_a_files_name_is_made_of_letters() -> None:
    assert file_name("Briefing note: COP(16)/4", "docx") == "Briefing-note-COP-16-4.docx"
    assert file_name("情况简报：旱灾", "md") == "情况简报-旱灾.md"
    assert file_name("///", "html") == "briefing.html"
