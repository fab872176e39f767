"""Briefing notes: what they say, what the gate withholds, and the files that hold them."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree

import pytest
from babel import Locale

from api.brief_bodies import brief_body
from api.brief_files import brief_file, format_of
from api.brief_files.docx_widths import shares
from api.brief_files.marks import cell
from api.schemas import BriefBody
from assistant.brief.dossier import collect
from assistant.brief.drafting import DraftRow, DraftSection, DraftTable, Point, Remark, Voice
from assistant.brief.gate import BriefGate
from assistant.brief.note import Brief
from assistant.brief.topic import read_topic
from assistant.brief.words import BriefWords
from assistant.brief.writer import Briefer
from assistant.record_claims import RecordClaim
from kb.errors import LandBriefError
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.languages import LANGUAGES, Language
from kb.settings import Settings
from kb.terms import load_terms, terms_version
from kb.wording import placeholders

DAY = date(2026, 11, 20)
TOPICS: dict[Language, str] = {
    "en": "Riyadh Global Drought Resilience Partnership",
    "fr": "Partenariat mondial de Riyad pour la résilience à la sécheresse",
    "es": "Alianza Mundial de Riad para la Resiliencia ante la Sequía",
    "ru": "Эр-Риядское глобальное партнерство по повышению устойчивости к засухе",
    "ar": "شراكة الرياض العالمية من أجل القدرة على الصمود في مواجهة الجفاف",
    "zh": "利雅得全球抗旱伙伴关系",
}
ROWS = list(
    csv.DictReader(
        files("kb").joinpath("data/brief_messages.csv").read_text(encoding="utf-8").splitlines()
    )
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("home")
    terms = load_terms()
    with open_knowledge_base(
        Settings(home=home), concepts=terms.concepts, concepts_version=terms_version()
    ) as kb:
        kb.init_shipped()
        yield kb


@pytest.fixture(scope="module")
def briefer(shipped: KnowledgeBase) -> Briefer:
    return Briefer(shipped, load_terms())


@pytest.fixture(scope="module")
def notes(briefer: Briefer) -> dict[Language, Brief]:
    return {code: briefer.write(topic, code, DAY) for code, topic in TOPICS.items()}


@pytest.fixture(scope="module")
def note(notes: dict[Language, Brief]) -> BriefBody:
    return brief_body(notes["en"])


def said(brief: Brief) -> str:
    return "\n".join(one.text for one in brief.statements)


@pytest.mark.parametrize("row", [r for r in ROWS if not r["plural"]], ids=lambda r: r["key"])
def test_a_message_of_notes_is_there_in_six_languages_without_a_figure(row: dict[str, str]) -> None:
    assert all(row[language] for language in LANGUAGES)
    assert len({placeholders(row[language]) for language in LANGUAGES}) == 1
    assert not any(re.search(r"\d", row[language]) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_out_is_counted_in_every_plural_form(language: Language) -> None:
    held = {r["plural"] for r in ROWS if r["key"] == "left_out" and r[language]}
    assert held == {str(Locale.parse(language).plural_form(n)) for n in (*range(201), 10**6)} | {
        "other"
    }
    assert "3" in BriefWords(language).count("left_out", 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_in_any_language_has_the_sections_that_have_something_to_say(
    notes: dict[Language, Brief], language: Language
) -> None:
    brief = notes[language]
    keys = [one.key for one in brief.sections]
    assert {"context", "key_figures", "roles", "funding", "gaps", "questions"} <= set(keys)
    assert keys[-1] == "sources"
    assert not brief.abstained


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_note_is_cited_word_for_word(
    shipped: KnowledgeBase, notes: dict[Language, Brief], language: Language
) -> None:
    brief = notes[language]
    by_number = {one.n: one for one in brief.citations}
    for statement in brief.statements:
        assert statement.citations or statement.kind == "note"
        assert set(statement.citations) <= by_number.keys()
    for one in brief.citations:
        passage = shipped.passage(
            one.document_id, one.paragraph, language=one.language, edition=one.edition
        )
        assert passage.text[one.start : one.end] == one.quote


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_citation_is_given_that_no_statement_rests_on(
    notes: dict[Language, Brief], language: Language
) -> None:
    brief = notes[language]
    used = [n for one in brief.statements for n in one.citations]
    assert list(dict.fromkeys(used)) == [one.n for one in brief.citations]
    gathered = sorted(n for one in brief.sources for n in one.citations)
    assert gathered == [one.n for one in brief.citations]


def test_a_contradiction_of_the_source_is_shown_with_its_working(
    notes: dict[Language, Brief],
) -> None:
    gaps = next(one for one in notes["en"].sections if one.key == "gaps")
    assert any("= 76" in one.text and "74" in one.text for one in gaps.lines)


def test_amounts_of_different_kinds_are_not_added(notes: dict[Language, Brief]) -> None:
    funding = next(one for one in notes["en"].sections if one.key == "funding")
    assert "not added together" in funding.notes[-1].text
    # Two loans or grants alike may be; the grant and the loans beside it are not.
    sums = [one.text for one in funding.statements if one.kind == "computed"]
    assert not any("150 million" in text or "10 billion" in text for text in sums)


def test_a_digest_is_marked_as_a_summary_in_the_readers_language(
    notes: dict[Language, Brief],
) -> None:
    for language, brief in notes.items():
        name = BriefWords(language).say("edition_digest", language="x").partition("(")[0]
        digests = [one for one in brief.citations if one.edition == "digest"]
        assert digests
        assert all(name.partition("（")[0].strip() in one.edition for one in brief.sources)


@pytest.mark.parametrize("topic", ["blockchain football", "xyzzy", "Криптовалюта", "足球世界杯"])
def test_a_topic_of_which_the_documents_say_nothing_gives_a_note_that_says_so(
    briefer: Briefer, topic: str
) -> None:
    brief = briefer.write(topic)
    assert brief.abstained
    assert not brief.citations
    assert [one.key for one in brief.sections] == ["context"]


@pytest.mark.parametrize(
    ("topic", "document"),
    [
        ("agenda item 2(a)", "CRIC(23), item 2(a)"),
        ("point 2 a) de l’ordre du jour", "CRIC(23), item 2(a)"),
        ("пункт 2(a) повестки дня", "CRIC(23), item 2(a)"),
        ("CRIC 23", "CRIC(23), item 2(a)"),
        ("ICCD/COP(16)/4", "ICCD/COP(16)/4"),
    ],
)
def test_a_note_on_a_document_rests_on_that_document_alone(
    briefer: Briefer, topic: str, document: str
) -> None:
    assert {one.document_id for one in briefer.write(topic).citations} == {document}


def test_a_name_tells_the_language_of_a_topic(briefer: Briefer) -> None:
    assert briefer.write("Allemagne").language == "fr"


def test_a_note_is_written_within_a_second(briefer: Briefer) -> None:
    times = []
    for topic in TOPICS.values():
        begin = perf_counter()
        briefer.write(topic)
        times.append(perf_counter() - begin)
    assert sorted(times)[len(times) // 2] < 1


class Gated:
    """A gate over what is held on one topic, and the voice that speaks to it."""

    def __init__(self, briefer: Briefer) -> None:
        index = briefer._read()
        topic = read_topic(
            TOPICS["en"], "en", briefer._vocabulary, briefer._kb.documents(), briefer._names, ()
        )
        self.dossier = collect(topic, briefer._kb, index, briefer._vocabulary)
        self.voice = Voice(
            briefer._kb, briefer._voice, "en", briefer._vocabulary, self.dossier.places
        )
        pledges = (one for one in self.dossier.records("funding"))
        drafts = ((one, self.voice.said(RecordClaim((one,)))) for one in pledges)
        self.record, self.draft = next((r, d) for r, d in drafts if d is not None)
        evidence = replace(
            self.dossier.evidence, records=self.voice.used, record_texts=self.voice.texts
        )
        self.gate = BriefGate(self.dossier, evidence, briefer._vocabulary, briefer._reader)

    def lines(self, *lines: Point | Remark) -> list[str]:
        section = self.gate.section(DraftSection("funding", lines))
        return [one.text for one in section.lines] if section else []


@pytest.fixture
def gated(briefer: Briefer) -> Gated:
    return Gated(briefer)


def test_the_gate_passes_what_a_record_says(gated: Gated) -> None:
    assert gated.lines(Point(gated.draft)) == [gated.draft.text]


def test_a_changed_figure_is_withheld(gated: Gated) -> None:
    changed = gated.draft.text.replace("1", "3")
    assert changed != gated.draft.text
    assert gated.lines(Point(replace(gated.draft, text=changed))) == []


def test_a_message_that_the_record_does_not_bear_out_is_withheld(gated: Gated) -> None:
    for frame in ("gap_perhaps_part", "gap_contradiction", "q_needed", "change_rise", "planned"):
        assert gated.lines(Point(gated.draft, frame)) == []
    assert len(gated.lines(Point(gated.draft, "q_disbursed"))) == 1


@pytest.mark.parametrize(
    "remark",
    [
        Remark("gap_no_money", (("name", "It"),)),
        Remark("no_decision", (("name", "Something else"),)),
        Remark("document_line", (("document", "ICCD/X"), ("name", "y"), ("texts", "z"))),
        Remark("unknown_words", (("words", "drought"),)),
        Remark("title", (("topic", "x"),)),
    ],
)
def test_a_remark_that_is_not_so_is_withheld(gated: Gated, remark: Remark) -> None:
    assert gated.lines(remark) == []


def test_a_row_with_a_cell_that_its_statement_does_not_hold_is_withheld(gated: Gated) -> None:
    def rows(text: str) -> int:
        row = DraftRow(((text,),), (gated.draft,))
        table = DraftTable("caption_funding", ("col_amount",), (row,))
        section = gated.gate.section(DraftSection("funding", (), table))
        return len(section.table.rows) if section and section.table else 0

    assert rows("Riyadh Global Drought Resilience Partnership") == 1
    assert rows("US$999 billion") == 0


def test_markdown_escapes_what_would_be_read_as_marks(note: BriefBody) -> None:
    hostile = note.model_copy(update={"title": "a | b <script> [x](y) `c` *d*"})
    first = brief_file(hostile, "md").decode().splitlines()[0]
    assert first == r"# a \| b \<script\> \[x\](y) \`c\` \*d\*"


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_escaped_self_contained_and_says_its_language(
    notes: dict[Language, Brief], language: Language
) -> None:
    body = brief_body(notes[language]).model_copy(update={"title": "<img src=x onerror=y>"})
    page = brief_file(body, "html").decode()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert "<img" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "<script" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_file_has_real_footnotes_styles_and_its_language(
    notes: dict[Language, Brief], language: Language
) -> None:
    body = brief_body(notes[language])
    package = zipfile.ZipFile(io.BytesIO(brief_file(body, "docx")))
    parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}  # noqa: S314
    document = parts["word/document.xml"]
    marked = [one.get(f"{WORD}id") for one in document.iter(f"{WORD}footnoteReference")]
    written = [one.get(f"{WORD}id") for one in parts["word/footnotes.xml"]]
    assert marked == [str(n) for n in range(1, len(body.sources) + 1)]
    assert written == ["-1", "0", *marked]
    codes = "".join(one.text or "" for one in document.iter(f"{WORD}instrText"))
    assert 'TOC \\h \\n \\c "Table"' in codes
    assert "SEQ Table" in codes
    used = {one.get(f"{WORD}val") for one in document.iter(f"{WORD}pStyle")}
    known = {one.get(f"{WORD}styleId") for one in parts["word/styles.xml"].iter(f"{WORD}style")}
    assert used <= known
    assert "Heading1" in used
    rtl = list(document.iter(f"{WORD}bidiVisual"))
    assert bool(rtl) == (language == "ar")
    assert all(
        (one.find(f"{WORD}bidi") is not None) == (language == "ar")
        for one in document.iter(f"{WORD}pPr")
    )
    core = package.read("docProps/core.xml").decode()
    assert body.title.split(":")[0].split("：")[0] in core


def test_the_same_note_gives_the_same_file(note: BriefBody) -> None:
    assert brief_file(note, "docx") == brief_file(note, "docx")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_a_cell_never_begins_as_a_formula_does(text: str) -> None:
    assert cell(text)[0] == "'"


@pytest.mark.parametrize("counts", [(18, 0, 0), (0, 3, 15), (1, 1, 16), (0, 0, 0), (1, 1000, 1)])
def test_the_parts_of_a_bar_fill_it(counts: tuple[int, int, int]) -> None:
    found = shares(counts, 36)
    assert sum(found) == (36 if any(counts) else 0)
    assert all(bool(count) == bool(part) for count, part in zip(counts, found, strict=True))


def test_a_file_of_another_format_is_refused_by_name() -> None:
    with pytest.raises(LandBriefError, match=r"\.docx"):
        format_of(Path("note.pdf"))
