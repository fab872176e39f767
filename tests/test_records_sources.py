"""A record's paragraph is quoted by the words that hold its figure, date or name, or not at all."""

from pathlib import Path

import pytest
from kb_fixtures import SYMBOL, TEXTS, add, document, opened, origin, rows
from record_samples import pledge, record

from kb.documents import Paragraph, Subparagraph
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.records.clauses import clause_around, find_anchor
from kb.records.record import Anchor, Record
from kb.records.sources import Source
from kb.views import Origin

DOCUMENT = "ICCD/COP(16)/98"


def grant(label: str = "1", anchor: str = "4 000万") -> Record:
    """What paragraph 1 of the sample says, in each of its languages."""
    return pledge(
        "wells",
        "party:NOR",
        40_000_000,
        stage="approved",
        source=(DOCUMENT, label),
        anchor=anchor,
    )


def only(kb: KnowledgeBase, one: Record, language: Language | None = None) -> Source:
    (source,) = kb.records.sources([one], language)[one.id]
    return source


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_is_quoted_in_the_readers_edition(tmp_path: Path, language: Language) -> None:
    with opened(tmp_path) as kb:
        for one in LANGUAGES:
            add(kb, document(one), f"{one}.pdf")
        source = only(kb, grant(), language)
        assert (source.language, source.edition, source.standing) == (
            language,
            "original",
            "current",
        )
        text = kb.passage(DOCUMENT, "1", language=language).text
        assert source.quote == text == TEXTS[language][0]
        assert source.start is not None
        assert text[source.start : source.end] == source.quote


def test_the_anchor_is_found_where_no_edition_is_in_the_readers_language(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document("zh"))
        source = only(kb, grant(anchor="4000 万美元"), "fr")
        assert (source.language, source.quote) == ("zh", TEXTS["zh"][0])


def test_a_paragraph_that_does_not_hold_the_figure_is_never_quoted(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document("en"))
        source = only(kb, grant(label="2"), "en")
        assert (source.quote, source.start, source.language) == (None, None, None)
        assert source.paragraph == "2"


def test_an_amount_in_another_currency_is_not_the_amount(tmp_path: Path) -> None:
    texts = ["Norway granted 40 million euros.", "It has 40 million inhabitants."]
    with opened(tmp_path) as kb:
        add(kb, document("en", texts=texts))
        assert only(kb, grant("1"), "en").quote is None
        assert only(kb, grant("2"), "en").quote is None


def test_before_the_original_is_there_the_digest_is_quoted_and_called_so(tmp_path: Path) -> None:
    digest = {"1": "Donors met. Norway gave US$40 million for wells. Others gave less."}
    with opened(tmp_path) as kb:
        kb.add_passages(rows(digest, DOCUMENT), Origin(source="d.jsonl", sha256="1", kind="digest"))
        source = only(kb, grant(), "en")
        assert source.edition == "digest"
        assert source.quote == "Norway gave US$40 million for wells."
        add(kb, document("zh"))
        assert only(kb, grant(), "en").edition == "original"


def test_a_digest_without_the_figure_is_not_quoted(tmp_path: Path) -> None:
    digest = {"1": "Norway gave money for wells."}
    with opened(tmp_path) as kb:
        kb.add_passages(rows(digest, DOCUMENT), Origin(source="d.jsonl", sha256="1", kind="digest"))
        assert only(kb, grant(), "en").quote is None


def test_a_date_and_a_name_are_found_in_another_language(tmp_path: Path) -> None:
    texts = [
        "La réunion a eu lieu. L'initiative a été lancée le 3 décembre 2024 à Riyad.",
        "Plusieurs pays participent. Le Kenya y contribue depuis longtemps.",
    ]
    launch = record(
        "events",
        "launch",
        name="name:launch",
        start="2024-12-03",
        source=(DOCUMENT, "1"),
        anchor="12月3日",
    )
    taking_part = record(
        "participations",
        "kenya",
        party="party:KEN",
        programme="name:p",
        role="participant",
        source=(DOCUMENT, "2"),
        anchor="肯尼亚",
    )
    with opened(tmp_path) as kb:
        add(kb, document("fr", texts=texts))
        assert only(kb, launch, "fr").quote == (
            "L'initiative a été lancée le 3 décembre 2024 à Riyad."
        )
        assert only(kb, taking_part, "fr").quote == "Le Kenya y contribue depuis longtemps."


def test_offsets_of_a_subparagraph_count_from_the_whole_paragraph(tmp_path: Path) -> None:
    text = "Donors agreed: (a) Norway grants 40 million dollars; (b) Chad digs."
    start = text.index("(a)")
    parsed = document("en", texts=[text])
    sub = Subparagraph("1(a)", start, text.index(" (b)"))
    paragraph = Paragraph("1", "paragraph", text, (), (sub,))
    with opened(tmp_path) as kb:
        changed = type(parsed)(parsed.masthead, parsed.headings, (paragraph,))
        kb.add(changed, origin(changed))
        source = only(kb, grant("1(a)"), "en")
        assert source.quote == "(a) Norway grants 40 million dollars;"
        assert text[source.start : source.end] == source.quote


def test_a_withdrawn_document_gives_no_quote_and_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as kb:
        add(kb, document("en"))
        kb.remove(DOCUMENT)
        source = only(kb, grant(), "en")
        assert (source.standing, source.quote) == ("withdrawn", None)


def test_a_row_of_a_users_file_is_its_own_words(tmp_path: Path) -> None:
    row = Record(grant().statement, (Anchor("mine.csv", "row 2", "Norway | 40000000"),))
    with opened(tmp_path) as kb:
        source = only(kb, row)
        assert (source.standing, source.quote, source.edition) == (
            "file",
            "Norway | 40000000",
            None,
        )
        assert only(kb, pledge("x", "party:NOR", 5)).standing == "not_held"


@pytest.mark.parametrize(
    ("text", "anchor", "found"),
    [
        ("共有 150 个国家", "150个", "150 个"),
        ("共有1500个国家", "150", None),
        ("共有1.150个国家", "150", None),
        ("of 15 members", "15", "15"),
        ("of 15,000 members", "15", None),
    ],
)
def test_a_printed_figure_is_only_found_whole(text: str, anchor: str, found: str | None) -> None:
    span = find_anchor(text, anchor)
    assert (text[span[0] : span[1]] if span else None) == found


@pytest.mark.parametrize(
    ("text", "word", "clause"),
    [
        ("One. Two 5 here. Three.", "5", "Two 5 here."),
        ("见第一句。第二句有5个；第三句。", "5", "第二句有5个；"),
        ("Indicator | value: 5 | year: 2024", "5", "value: 5"),
        ("See para. 5 of it. Next.", "5", "See para. 5 of it."),
        ("Это один. Их 5 сейчас. Три.", "5", "Их 5 сейчас."),
        ("هذه جملة. وهذه 5 جمل. انتهى.", "5", "وهذه 5 جمل."),
    ],
)
def test_a_quote_is_the_sentence_or_the_cell(text: str, word: str, clause: str) -> None:
    at = text.index(word)
    start, end = clause_around(text, (at, at + len(word)))
    assert text[start:end] == clause


def test_the_symbol_of_the_samples_is_the_documents_id() -> None:
    assert SYMBOL == DOCUMENT
