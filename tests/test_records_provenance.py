"""The paragraphs that rows and records name are looked up, on arrival and by `verify`."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import insert, update
from sqlmodel import col

from ingestion.extraction.candidates import candidates_of
from ingestion.pipeline import FileReport, IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.documents import Masthead, Paragraph, ParsedDocument, Subparagraph
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.records.query import RecordQuery
from kb.records.tables import RecordSource
from kb.settings import Settings
from kb.views import Origin

ID, SYMBOL = "ICCD/COP(98)/7", "ICCD/COP(98)/7"
HEAD = ("subject", "measure", "value", "unit", "document", "paragraph")
TEXT = "The network has 40 wells: (a) 30 in Mali; (b) 10 in Chad."


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with open_knowledge_base(Settings(home=tmp_path / "home")) as opened:
        yield opened


def hold(kb: KnowledgeBase, text: str = TEXT, label: str = "4") -> ParsedDocument:
    subs = (Subparagraph(f"{label}(a)", 26, 41), Subparagraph(f"{label}(b)", 42, len(text)))
    paragraph = Paragraph(label, "paragraph", text, (), subs)
    parsed = ParsedDocument(Masthead("en", (SYMBOL,)), paragraphs=(paragraph,))
    kb.add(parsed, Origin(source="w.txt", sha256=text + label, parser="1"))
    return parsed


def rows(kb: KnowledgeBase, folder: Path, *some: Sequence[str]) -> FileReport:
    path = folder / "observations.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *some])
    (report,) = ingest_paths(kb, [path], options=IngestOptions(), limits=ReadLimits())
    return report


def wells(paragraph: str, document: str = ID, value: str = "40") -> tuple[str, ...]:
    return ("Mali", "wells of the network", value, "wells", document, paragraph)


def test_a_paragraph_that_the_document_has_not_is_an_error_of_its_row(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    hold(kb)
    report = rows(kb, tmp_path, wells("4"), wells("9", value="41"), wells("4(c)", value="42"))
    assert (report.status, report.records) == ("added", 1)
    assert [(one.row, one.column) for one in report.row_errors] == [
        (3, "paragraph"),
        (4, "paragraph"),
    ]
    assert report.row_errors[0].cause == f'"{ID}" has no paragraph 9'
    assert "2 of 3 rows not stored" in (report.reason or "")


@pytest.mark.parametrize("label", ["4", "4(a)", "4 (b)", "para. 4"])
def test_a_paragraph_that_is_held_is_found_however_it_is_written(
    label: str, kb: KnowledgeBase, tmp_path: Path
) -> None:
    hold(kb)
    report = rows(kb, tmp_path, wells(label))
    assert (report.row_errors, report.records) == ((), 1)
    assert kb.verify().problems == ()


def test_a_document_that_is_not_held_is_a_warning_and_is_looked_at_once_it_is(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    report = rows(kb, tmp_path, wells("4"), wells("9", value="41"))
    assert (report.status, report.records, report.row_errors) == ("added", 2, ())
    assert report.reason is not None
    assert "2 rows rest on texts that are not held" in report.reason
    assert ID in report.reason
    assert kb.verify().problems == ()
    hold(kb)
    (problem,) = kb.verify().problems
    assert f"{ID}, 9" in problem


def test_a_digest_alone_answers_for_the_parts_of_its_paragraphs(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    kb.init_shipped()
    held = "ICCD/COP(16)/4"
    report = rows(kb, tmp_path, wells("9(a)", held), wells("999", held, "41"))
    assert [one.row for one in report.row_errors] == [3]


def test_verify_finds_an_anchor_that_its_text_does_not_print(kb: KnowledgeBase) -> None:
    parsed = hold(kb)
    kb.records.propose(ID, "en", candidates_of(parsed, ID))
    assert kb.verify().problems == ()
    with kb._store.writing() as session:
        session.execute(
            update(RecordSource).where(col(RecordSource.document_id) == ID).values(anchor="77")
        )
    (problem,) = kb.verify().problems
    assert "does not print" in problem


def test_verify_finds_sources_without_a_record_and_records_without_a_source(
    kb: KnowledgeBase,
) -> None:
    parsed = hold(kb)
    kb.records.propose(ID, "en", candidates_of(parsed, ID))
    (first, *_) = kb.records.every(RecordQuery(kind="observations", status=("candidate",)))
    lost = {"record": "gone", "nth": 1, "document_id": ID, "paragraph": "4", "anchor": "40"}
    with kb._store.writing() as session:
        session.execute(insert(RecordSource), [lost])
        session.execute(
            update(RecordSource).where(col(RecordSource.record) == first.id).values(record="other")
        )
    problems = "\n".join(kb.verify().problems)
    assert "gone" in problems
    assert "have no source" in problems
    assert first.id in problems


def test_what_ships_agrees_with_itself(kb: KnowledgeBase) -> None:
    kb.init_shipped()
    assert [one for one in kb.verify().problems if one.startswith("records")] == []
