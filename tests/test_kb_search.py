"""Hybrid search: what is found, in which language it is shown, and what never is."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from kb_fixtures import SYMBOL, TEXTS, add, document, found, opened, origin, rich_document, rows

from kb.documents import Masthead, Paragraph, ParsedDocument
from kb.errors import ModelMismatch, NotFound
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.views import Origin

QUERIES: dict[Language, str] = {
    "en": "How much did Norway grant for wells?",
    "fr": "Combien la Norvège a-t-elle accordé pour des puits ?",
    "es": "¿Cuánto concedió Noruega para los pozos?",
    "ru": "Сколько выделила Норвегия на колодцы?",
    "ar": "كم منحت النرويج لحفر الآبار؟",
    "zh": "挪威为深井提供了多少资金？",
}


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """One document in six languages, and a digest in English."""
    with opened(tmp_path_factory.mktemp("six")) as kb:
        for language in LANGUAGES:
            add(kb, document(language), source=f"{language}.pdf")
        digest = {"1": "Norway paid 40 million dollars for wells.", "3": "Radio warns of dust."}
        kb.add_passages(rows(digest, SYMBOL), Origin("digest", "", kind="digest"))
        yield kb


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with opened(tmp_path / "home") as opened_kb:
        yield opened_kb


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_finds_its_paragraph_in_its_language(
    six: KnowledgeBase, language: Language
) -> None:
    hit = six.search(QUERIES[language])[0]
    assert (hit.passage.label, hit.passage.language, hit.rank) == ("1", language, 1)


def test_a_paragraph_is_one_hit_however_many_editions_hold_it(six: KnowledgeBase) -> None:
    for query in QUERIES.values():
        hits = six.search(query, k=50)
        labels = [hit.passage.label for hit in hits]
        assert len(labels) == len(set(labels)) == 3
        assert [hit.rank for hit in hits] == [1, 2, 3]
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_is_shown_in_the_readers_language(six: KnowledgeBase) -> None:
    hit = six.search(QUERIES["fr"], language="zh")[0].passage
    assert (hit.label, hit.language, hit.text) == ("1", "zh", TEXTS["zh"][0])


def test_without_the_readers_language_the_best_match_is_shown(kb: KnowledgeBase) -> None:
    add(kb, document("zh"))
    kb.add_passages(rows({"1": "Norway paid for wells."}, SYMBOL), Origin("d", "", kind="digest"))
    hit = kb.search("Norway wells", language="ar")[0].passage
    assert (hit.language, hit.edition) == ("en", "digest")


def test_an_original_comes_before_a_digest_that_matches_as_well(kb: KnowledgeBase) -> None:
    parsed = document()
    add(kb, parsed)
    kb.add(parsed, origin("digest", kind="digest"))
    assert {hit.passage.edition for hit in kb.search("Norway wells")} == {"original"}


def test_editions_can_be_left_out(six: KnowledgeBase) -> None:
    assert {h.passage.edition for h in six.search("Norway wells", edition="original")} == {
        "original"
    }
    digests = six.search("Norway wells", edition="digest")
    assert {(h.passage.edition, h.passage.label) for h in digests} == {
        ("digest", "1"),
        ("digest", "3"),
    }


def test_via_names_every_way_in_which_a_paragraph_was_found(six: KnowledgeBase) -> None:
    hit = six.search("Norway deep wells pastoralists")[0]
    assert set(hit.via) == {"dense", "lexical"}


@pytest.mark.parametrize(
    "query",
    [
        f"{SYMBOL}, para. 3",
        f"What does paragraph 3 of {SYMBOL} say of Norway and wells?",
        f"{SYMBOL}第3段",
        f"пункт 3 документа {SYMBOL}",
    ],
)
def test_a_paragraph_named_in_the_query_comes_first(six: KnowledgeBase, query: str) -> None:
    hit = six.search(query)[0]
    assert (hit.passage.label, "reference" in hit.via) == ("3", True)


def test_a_session_names_its_documents(kb: KnowledgeBase) -> None:
    add(kb, document(session="CRIC(23)", symbols=("ICCD/CRIC(23)/98",)), source="a.pdf")
    add(kb, document(session="COP(16)"), source="b.pdf")
    first = kb.search("para. 2 of the CRIC 23 report")[0]
    assert (first.passage.document_id, first.passage.label) == ("ICCD/CRIC(23)/98", "2")


def test_a_bare_number_is_a_reference_only_where_one_document_is_meant(six: KnowledgeBase) -> None:
    assert all("reference" not in hit.via for hit in six.search("paragraph 3 Norway"))
    hit = six.search("paragraph 3 Norway", documents=[SYMBOL])[0]
    assert (hit.passage.label, "reference" in hit.via) == ("3", True)


def test_a_paragraph_of_a_decision_is_not_taken_for_ours(six: KnowledgeBase) -> None:
    hits = six.search(f"decision 8/COP.15, paragraph 3, and {SYMBOL}")
    assert all("reference" not in hit.via for hit in hits)


def test_a_part_of_a_paragraph_finds_the_whole(kb: KnowledgeBase) -> None:
    add(kb, rich_document())
    kb.add_passages(rows({"2(a)": "Drilling."}, SYMBOL, "fr"), Origin("a.jsonl", ""))
    hit = kb.search("drilling", language="en")[0].passage
    assert (hit.label, hit.language) == ("2", "en")
    assert "2(a)" in hit.subparagraphs


def test_a_table_row_is_a_hit_of_its_own(kb: KnowledgeBase) -> None:
    add(kb, rich_document())
    assert found(kb, "South depth 120 m")[0] == (SYMBOL, "table 1, row 2")


def test_one_sentence_of_a_very_long_paragraph_is_found(kb: KnowledgeBase) -> None:
    filler = "The secretariat continued to support Parties in their work on land. "
    long = filler * 60 + "Herders of the plateau received nineteen solar pumps. " + filler * 60
    others = [f"{filler * 3} Point {n}." for n in range(30)]
    add(kb, document(texts=[*others, long]))
    assert found(kb, "solar pumps for herders", k=1) == [(SYMBOL, "31")]


def test_documents_can_be_chosen_by_id_or_symbol(kb: KnowledgeBase) -> None:
    for number in range(1, 4):
        parsed = document(symbols=(f"A/1/{number}",), texts=[f"Wells of region {number}."])
        add(kb, parsed, source=f"{number}.pdf", document_id=f"doc {number}")
    assert len(found(kb, "wells")) == 3
    assert found(kb, "wells", documents=["doc 2"]) == [("doc 2", "1")]
    assert found(kb, "wells", documents=["A/1/3"]) == [("doc 3", "1")]
    assert found(kb, "wells", documents=[]) == []
    with pytest.raises(NotFound):
        kb.search("wells", documents=["doc 4"])


def test_hidden_documents_do_not_crowd_out_the_visible_ones(kb: KnowledgeBase) -> None:
    texts = {str(n): f"Deep wells in the valley number {n}" for n in range(1, 400)}
    kb.add_passages(rows(texts, "hidden"), Origin("h", "", visibility="internal"))
    add(kb, document(texts=["A valley with one deep well, and much else that is said of it here."]))
    assert found(kb, "deep wells valley", k=3) == [(SYMBOL, "1")]


@pytest.mark.parametrize(
    "query", ["", "   ", "。？", "\ud800", "a" * 5000, "the of and", "'\"(:)^~*"]
)
def test_any_query_gets_an_answer(six: KnowledgeBase, query: str) -> None:
    assert len(six.search(query, k=2)) <= 2


def test_an_empty_store_finds_nothing(kb: KnowledgeBase) -> None:
    assert kb.search("wells") == ()
    assert kb.search("wells", k=0) == ()


def test_concepts_lead_from_one_language_to_another(tmp_path: Path) -> None:
    def concepts(text: str) -> Sequence[str]:
        wells = ("well", "puits", "井", "колодц", "آبار", "pozos")
        return ("term:well",) if any(word in text.lower() for word in wells) else ()

    with opened(tmp_path / "home", concepts=concepts) as kb:
        add(kb, document("zh"))
        for query in ("wells", "puits", "колодцы", "pozos"):
            assert kb.search(query)[0].passage.label == "1"


def test_other_concepts_rebuild_the_index(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with opened(home) as kb:
        add(kb, document("zh"))
    with opened(
        home,
        concepts=lambda text: ["term:well"] if "井" in text or "well" in text else [],
        concepts_version="2",
    ) as kb:
        assert kb.search("well")[0].passage.label == "1"
        assert kb.verify().ok


class Other:
    """Another model: two dimensions."""

    name = "other-2"
    dimensions = 2
    weight = 1.0

    def embed_passages(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]
        import numpy as np

        return np.tile(np.asarray([[0.6, 0.8]], np.float32), (len(texts), 1))

    embed_queries = embed_passages


def test_another_model_asks_for_a_reindex_and_documents_stay_readable(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with opened(home) as kb:
        add(kb, document())
    with opened(home, embedder=Other()) as kb:
        message = r'index holds vectors of "landbrief-hash-256" \(256-d\), settings say "other-2"'
        with pytest.raises(ModelMismatch, match=message):
            kb.search("wells")
        with pytest.raises(ModelMismatch):
            add(kb, document("fr"))
        assert kb.passage(SYMBOL, "1").text == TEXTS["en"][0]
        assert not kb.verify().ok
        kb.reindex()
        assert kb.verify().ok
        assert found(kb, "Norway wells", k=1) == [(SYMBOL, "1")]


def test_another_model_for_an_empty_store_is_no_mismatch(tmp_path: Path) -> None:
    opened(tmp_path / "home").close()
    with opened(tmp_path / "home", embedder=Other()) as kb:
        add(kb, document())
        assert kb.verify().ok


def test_an_edition_without_the_paragraph_is_passed_over(kb: KnowledgeBase) -> None:
    add(kb, document("fr"), source="fr.pdf")
    short = ParsedDocument(
        Masthead(language="en", symbols=(SYMBOL,)),
        paragraphs=(Paragraph("9", "paragraph", "Nothing of the kind."),),
    )
    add(kb, short, source="en.pdf")
    hit = kb.search("puits profonds", language="en")[0].passage
    assert (hit.label, hit.language) == ("1", "fr")


class BackwardsReranker:
    """Likes what search put last."""

    name = "backwards"

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        assert query
        return [float(place) for place in range(len(texts))]


def test_a_reranker_reorders_what_search_found(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as kb:
        add(kb, document())
        plain = kb.search("wells water drought", k=3)
    with opened(tmp_path / "home", reranker=BackwardsReranker()) as kb:
        judged = kb.search("wells water drought", k=3)
    assert len(plain) > 1
    assert [hit.passage.label for hit in judged] != [hit.passage.label for hit in plain]
    assert [hit.rank for hit in judged] == list(range(1, len(judged) + 1))
    assert [hit.score for hit in judged] == sorted((h.score for h in judged), reverse=True)
