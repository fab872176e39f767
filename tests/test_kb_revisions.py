"""Revisions replace, corrigenda correct, whatever order the files come in."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from kb_fixtures import SYMBOL, add, document, found, opened, rich_document

from kb.documents import Masthead, Paragraph, ParsedDocument
from kb.knowledge_base import KnowledgeBase
from kb.languages import Language
from kb.revisions import base_and_revision, corrected_symbol, is_amending


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with opened(tmp_path / "home") as opened_kb:
        yield opened_kb


def revision(number: int) -> ParsedDocument:
    symbol = f"{SYMBOL}/Rev.{number}" if number else SYMBOL
    text = f"Norway granted {40 + number} million dollars to drill deep wells."
    return document(texts=[text], symbols=(symbol,))


def corrigendum(
    text: str,
    symbol: str = f"{SYMBOL}/Corr.1",
    language: Language = "en",
    heading: tuple[str, ...] = (),
) -> ParsedDocument:
    return ParsedDocument(
        Masthead(language=language, symbols=(symbol,)),
        paragraphs=(Paragraph("[1]", "ordinal", text, heading),),
    )


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_the_latest_revision_is_in_force_in_any_order(
    kb: KnowledgeBase, order: tuple[int, ...]
) -> None:
    for number in order:
        add(kb, revision(number), source=f"{number}.pdf")
    latest = f"{SYMBOL}/Rev.2"
    assert found(kb, "Norway wells") == [(latest, "1")]
    for older in (SYMBOL, f"{SYMBOL}/Rev.1"):
        passage = kb.passage(older, "1")
        assert (passage.status, passage.superseded_by) == ("superseded", latest)
    assert kb.passage(latest, "1").status == "current"
    assert kb.verify().ok


def test_a_base_comes_back_when_its_revision_is_withdrawn(kb: KnowledgeBase) -> None:
    for number in (0, 1):
        add(kb, revision(number), source=f"{number}.pdf")
    kb.remove(f"{SYMBOL}/Rev.1")
    assert kb.passage(SYMBOL, "1").status == "current"
    assert found(kb, "Norway wells") == [(SYMBOL, "1")]
    assert kb.verify().ok


def test_a_revision_replaces_the_texts_of_every_language(kb: KnowledgeBase) -> None:
    add(kb, document("fr"), source="fr.pdf")
    add(kb, revision(1), source="rev.pdf")
    assert kb.passage(SYMBOL, "1", language="fr").status == "superseded"
    assert found(kb, "puits profonds Norvège") == [(f"{SYMBOL}/Rev.1", "1")]


@pytest.mark.parametrize("first", ["base", "corrigendum"])
def test_a_corrigendum_is_shown_beside_what_it_names(kb: KnowledgeBase, first: str) -> None:
    base, correction = rich_document(), corrigendum("Paragraph 2 (b): for dry read moist.")
    for parsed in (base, correction) if first == "base" else (correction, base):
        add(kb, parsed, source=f"{parsed.masthead.symbols}.pdf")
    by = (f"{SYMBOL}/Corr.1 [1]",)
    for label in ("2", "2(b)", "2(b)(i)"):
        assert kb.passage(SYMBOL, label).corrected_by == by
    for label in ("1", "2(a)", "table 1"):
        assert kb.passage(SYMBOL, label).corrected_by == ()
    assert kb.passage(SYMBOL, "2").status == "current"
    assert kb.summary(SYMBOL).corrected_by == (f"{SYMBOL}/Corr.1",)
    assert kb.summary(f"{SYMBOL}/Corr.1").corrects == SYMBOL


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Paragraph 2\nFor moist read dry"),
        ("zh", "第2段\n“干燥”应为“潮湿”"),
        ("ru", "Пункт 2\nВместо слова «сухой» читать «влажный»"),
        ("fr", "Paragraphe 2\nAu lieu de sec lire humide"),
        ("es", "Párrafo 2\nDonde dice seco debe decir húmedo"),
        ("ar", "الفقرة 2\nيستعاض عن كلمة جاف بكلمة رطب"),
    ],
)
def test_a_corrigendum_is_understood_in_each_language(
    kb: KnowledgeBase, language: Language, text: str
) -> None:
    add(kb, rich_document(), source="base.pdf")
    add(kb, corrigendum(text, language=language), source="corr.pdf")
    assert kb.passage(SYMBOL, "2").corrected_by
    assert not kb.passage(SYMBOL, "1").corrected_by


def test_a_corrigendum_may_name_the_paragraph_in_a_heading(kb: KnowledgeBase) -> None:
    add(kb, rich_document(), source="base.pdf")
    add(kb, corrigendum("For dry read moist.", heading=("1. Paragraph 2 (b)",)), source="c.pdf")
    assert kb.passage(SYMBOL, "2(b)").corrected_by


def test_naming_a_paragraph_of_something_else_corrects_nothing(kb: KnowledgeBase) -> None:
    add(kb, rich_document(), source="base.pdf")
    text = "For decision 3/COP.15, paragraph 2, read decision 4/COP.15, paragraph 2."
    add(kb, corrigendum(text), source="corr.pdf")
    assert kb.passage(SYMBOL, "2").corrected_by == ()


def test_a_withdrawn_corrigendum_corrects_nothing(kb: KnowledgeBase) -> None:
    add(kb, rich_document(), source="base.pdf")
    add(kb, corrigendum("Paragraph 2: for dry read moist."), source="corr.pdf")
    kb.remove(f"{SYMBOL}/Corr.1")
    assert kb.passage(SYMBOL, "2").corrected_by == ()
    assert kb.summary(SYMBOL).corrected_by == ()


def test_a_corrigendum_does_not_supersede(kb: KnowledgeBase) -> None:
    add(kb, rich_document(), source="base.pdf")
    add(kb, corrigendum("Paragraph 2: for dry read moist."), source="corr.pdf")
    assert kb.passage(SYMBOL, "1").superseded_by is None


def test_an_internal_amendment_is_unknown_to_readers_of_a_public_document(
    kb: KnowledgeBase,
) -> None:
    add(kb, rich_document(), source="base.pdf")
    correction = corrigendum("Paragraph 2: for dry read moist.")
    add(kb, correction, source="corr.pdf", visibility="internal")
    add(kb, revision(1), source="rev.pdf", visibility="internal")
    passage = kb.passage(SYMBOL, "2")
    assert (passage.status, passage.superseded_by, passage.corrected_by) == ("current", None, ())
    assert kb.summary(SYMBOL).corrected_by == ()
    assert found(kb, "Wells run dry", k=1) == [(SYMBOL, "1")]
    add(kb, revision(1), source="rev.pdf", visibility="public")
    assert kb.passage(SYMBOL, "2").superseded_by == f"{SYMBOL}/Rev.1"
    assert kb.verify().ok


def test_suffixes_are_read_from_the_end() -> None:
    assert base_and_revision("A/1/Add.1/Rev.2") == ("A/1/Add.1", 2)
    assert base_and_revision("A/1/Rev.2/Corr.1") == ("A/1/Rev.2/Corr.1", 0)
    assert corrected_symbol("A/1/Rev.2/Corr.1") == "A/1/Rev.2"
    assert corrected_symbol("A/1/Rev.2") is None
    assert is_amending("A/1/Add.1")
    assert not is_amending("A/1")
