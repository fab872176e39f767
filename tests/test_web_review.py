"""The review queue and the findings: what is shown, judged, corrected and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from api_samples import WELLS, home_settings, written
from api_serving import serving
from browser import (
    Opened,
    chromium,
    console_errors,
    opened,
    outside_requests,
    served,
    violations,
)

from api.desk import Desk
from api.house import House, open_house
from api.schemas import IngestChoices, JudgeRequest, RecordBody, RecordRequest
from api.web.records.findings_view import findings
from api.web.records.review_form import _LABELS
from api.web.records.review_view import (
    candidate,
    corrections,
    fields,
    pieces,
    places,
    waiting,
)
from api.web.source_view import Part
from kb.errors import InvalidQuery, NotFound
from kb.languages import LANGUAGES, Language
from kb.records.columns import columns_of
from kb.records.kinds import RECORD_KINDS

__all__ = ["chromium", "opened", "served"]

GIFT = 150_000_000
LABELS = {column: column for column in _LABELS}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(home_settings(tmp_path / "home")) as house:
        list(house.own.ingest([written(tmp_path, "wells.txt", WELLS)], IngestChoices()))
        yield house


def gift(desk: Desk, language: Language = "en") -> RecordBody:
    """The candidate of paragraph 3: Norland's grant."""
    for kind, one in waiting(desk, language).ids:
        record = candidate(desk, kind, one, language)
        if record is not None and GIFT in (record.fields.get("value"), record.fields.get("amount")):
            return record
    raise AssertionError("no grant")


def figure(record: RecordBody) -> str:
    return "amount" if "amount" in record.fields else "value"


def test_what_waits_stands_in_the_order_of_its_paragraphs(house: House) -> None:
    found = waiting(house.own, "en")
    labels = []
    for kind, one in found.ids:
        record = candidate(house.own, kind, one, "en")
        assert record is not None
        assert record.status == "candidate"
        labels.append(record.sources[0].paragraph)
    assert len(labels) > 2
    assert labels == sorted(labels)


def test_the_paragraph_stands_beside_with_what_was_found_marked(house: House) -> None:
    record = gift(house.own)
    (place,) = places(house.own, record, "en")
    assert place.parts is not None
    text = "".join(piece.text for piece in place.parts)
    assert text.startswith("Norland granted 150 million dollars")
    found = [piece.text for piece in place.parts if piece.is_found]
    assert found == [record.sources[0].anchor]


def test_an_anchor_that_is_not_in_the_quote_marks_the_quote_alone() -> None:
    parts = (Part("before ", is_marked=False), Part("the quote", is_marked=True))
    assert [(one.text, one.is_quoted, one.is_found) for one in pieces(parts, "absent")] == [
        ("before ", False, False),
        ("the quote", True, False),
    ]


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_column_that_may_be_corrected_has_a_name(kind: str) -> None:
    known = set(columns_of(kind)) - {"id", "part_of", "perhaps_part_of"}
    assert known <= set(_LABELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_changed_corrects_nothing(house: House, language: Language) -> None:
    known = fields(gift(house.own, language), language, LABELS)
    assert corrections(known, {}) == ({}, {})
    assert corrections(known, {one.name: one.value for one in known}) == ({}, {})


@pytest.mark.parametrize(
    ("language", "written_as", "value"),
    [
        ("en", "160 million", 160_000_000),
        ("fr", "160,5", 160.5),
        ("ru", "160 млн", 160_000_000),
        ("zh", "1.6 亿", 160_000_000),
    ],
)
def test_a_correction_is_written_as_readers_write_and_is_taken_back(
    house: House, language: Language, written_as: str, value: float
) -> None:
    record = gift(house.own, language)
    name = figure(record)
    known = fields(record, language, LABELS)
    after, before = corrections(known, {name: written_as})
    house.own.judge(
        JudgeRequest(
            verdict="accept",
            ids=[record.id],
            by="Ann",
            corrections={record.id: after},
            language=language,
        )
    )
    corrected = candidate(house.own, record.kind, record.id, language)
    assert corrected is not None
    assert corrected.fields[name] == value
    assert (corrected.status, corrected.judged_by) == ("reviewed", "Ann")
    house.own.judge(
        JudgeRequest(verdict="reopen", ids=[record.id], corrections={record.id: before})
    )
    again = candidate(house.own, record.kind, record.id, language)
    assert again == record, "as it was before anybody judged"


@pytest.mark.parametrize(
    ("column", "text", "cause"),
    [
        ("figure", "many", "is no number"),
        ("figure", None, "may not be empty"),
        ("qualifier", "perhaps", "none of"),
        ("as_of", "some day", "is no date"),
        ("id", "other", "to correct"),
        ("wells", "5", "no column"),
    ],
)
def test_a_wrong_correction_says_why_and_changes_nothing(
    house: House, column: str, text: str | None, cause: str
) -> None:
    record = gift(house.own)
    name = figure(record) if column == "figure" else column
    request = JudgeRequest(verdict="accept", ids=[record.id], corrections={record.id: {name: text}})
    with pytest.raises(InvalidQuery, match=cause):
        house.own.judge(request)
    assert candidate(house.own, record.kind, record.id, "en") == record


def test_only_what_is_judged_can_be_corrected(house: House) -> None:
    record = gift(house.own)
    with pytest.raises(InvalidQuery, match="not among the ids"):
        house.own.judge(
            JudgeRequest(verdict="accept", ids=[], corrections={record.id: {"value": "5"}})
        )
    with pytest.raises(NotFound):
        house.own.judge(
            JudgeRequest(verdict="accept", ids=["none"], corrections={"none": {"value": "5"}})
        )


def test_a_corrected_record_stays_corrected_when_its_document_is_read_again(
    house: House, tmp_path: Path
) -> None:
    record = gift(house.own)
    house.own.judge(
        JudgeRequest(
            verdict="accept",
            ids=[record.id],
            corrections={record.id: {figure(record): "160000000"}},
        )
    )
    changed = WELLS.replace("camel troughs", "goat fences")
    list(house.own.ingest([written(tmp_path, "wells.txt", changed)], IngestChoices()))
    held = house.own.records(RecordRequest(kind=record.kind, id=[record.id])).items
    assert [one.fields[figure(record)] for one in held] in ([160_000_000], [])


def test_a_finding_shows_its_computation_and_is_judged_and_reopened(tmp_path: Path) -> None:
    with open_house(home_settings(tmp_path / "home")) as house:
        house.own.init()
        rows = findings(house.own, "en")
        sums = [row for row in rows if row.computation]
        assert sums
        (first, *_) = sums
        assert first.kind == "contradiction"
        assert "=" in first.computation
        assert all(side.sources for row in rows for side in row.sides)
        for verdict, status in (("accept", "accepted"), ("reopen", "open"), ("reject", "rejected")):
            house.own.judge(JudgeRequest(verdict=verdict, ids=[first.id]))  # type: ignore[arg-type]
            now = {row.id: row.status for row in findings(house.own, "en")}
            assert now[first.id] == status
        assert findings(house.own, "en")[-1].id == first.id, "what is judged comes last"


@pytest.fixture(scope="module")
def reviewing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this module's own, with candidates: they are judged here."""
    folder = tmp_path_factory.mktemp("review")
    home = folder / "home"
    with open_house(home_settings(home)) as house:
        list(house.own.ingest([written(folder, "wells.txt", WELLS)], IngestChoices()))
    with serving(home) as (address, _):
        yield address


def test_candidates_are_judged_by_keys_and_one_is_corrected(opened: Opened, reviewing: str) -> None:
    page = opened("/records/review", address=reviewing)
    head = page.locator(".lb-review-head p")
    count = int(head.inner_text().split(" of ")[1].split()[0])
    assert count > 2
    assert page.locator("mark.lb-review-found").count() >= 1
    assert violations(page) == []
    page.keyboard.press("r")
    page.get_by_text(f"2 of {count} · 1 judged").wait_for()
    page.keyboard.press("u")
    page.get_by_text(f"1 of {count} · 0 judged").wait_for()
    page.keyboard.press("j")
    page.get_by_text(f"2 of {count} · 0 judged").wait_for()
    page.keyboard.press("e")
    field = page.get_by_label("Figure")
    field.wait_for()
    field.fill("4,300")
    assert violations(page) == []
    field.press("Enter")
    page.get_by_text(f"3 of {count} · 1 judged").wait_for()
    page.keyboard.press("k")
    page.get_by_text("4,300").first.wait_for()
    assert console_errors(page) == []
    assert outside_requests(page) == []


def test_the_queue_is_mirrored_in_arabic_on_a_phone(opened: Opened, reviewing: str) -> None:
    page = opened("/records/review", address=reviewing, language="ar", width="narrow")
    page.locator(".lb-review-dock button").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert violations(page) == []
    assert console_errors(page) == []


def test_an_empty_queue_and_the_findings_are_said_in_words(opened: Opened) -> None:
    page = opened("/records/review")
    page.get_by_text("Nothing waits for review.").wait_for()
    page = opened("/records/findings", language="ar", width="narrow")
    page.locator(".lb-finding .lb-chip").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.locator(".lb-finding .lb-chip").first.click()
    page.wait_for_selector("html[data-source=open]")
    assert console_errors(page) == []
    assert outside_requests(page) == []
