"""Record cards are indexed behind the records, in six languages, and lead to their paragraphs."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from kb_fixtures import SYMBOL, TEXTS, add, document, found, opened
from record_samples import record
from sqlmodel import select

from kb.card_search import CardMatches, Custody, card_matches
from kb.documents import Visibility
from kb.embedding import HashEmbedder, Vectors
from kb.fusion import Weights
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.record_finding import RecordSearch
from kb.records import indexing
from kb.records.record import Record
from kb.records.values import Status
from kb.records.writing import insert_records
from kb.search import _ranked
from kb.store import open_store, state
from kb.tables import CardWork
from kb.units import CardKey, record_of

QUESTIONS: dict[Language, str] = {
    "en": "Which Party hosted the drought pavilion in Riyadh?",
    "fr": "Quelle Partie a promis des fonds pour la sécheresse ? Arabie saoudite",
    "es": "¿Cuánto prometió Arabia Saudita contra la sequía?",
    "ru": "Сколько обещала Саудовская Аравия на борьбу с засухой?",
    "ar": "كم تعهدت به المملكة العربية السعودية لمواجهة الجفاف؟",
    "zh": "沙特阿拉伯为抗旱承诺了多少资金？",
}
OTHER = "ICCD/CRIC(99)/5"


def pledge(record_id: str = "pledge", **more: object) -> Record:
    fields = {
        "provider": "party:SAU",
        "initiative": "initiative:rgdrp",
        "purpose": "phrase:support-for-drought-resilience",
        "amount": 7_000_000,
        "currency": "USD",
        "stage": "pledged",
        "source": (SYMBOL, "3"),
    }
    return record("funding", record_id, **(fields | more))  # type: ignore[arg-type]


def hold(kb: KnowledgeBase, *records: Record, batch: str = "tests") -> None:
    with kb._changing() as session:
        insert_records(session, batch, records)


def cards_in(kb: KnowledgeBase) -> set[str]:
    def units(indexes: object) -> set[str]:
        vectors = indexes.vectors.units(("card",))  # type: ignore[attr-defined]
        assert sorted(indexes.cards.units()) == sorted(vectors)  # type: ignore[attr-defined]
        return set(vectors)

    return kb._indexes.read(units)


def via_record(kb: KnowledgeBase, query: str, **options: object) -> list[tuple[str, str]]:
    hits = kb.search(query, **options)  # type: ignore[arg-type]
    return [(hit.passage.document_id, hit.passage.label) for hit in hits if "record" in hit.via]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def kb(home: Path) -> Iterator[KnowledgeBase]:
    with opened(home) as one:
        add(one, document())
        yield one


def test_a_reviewed_record_has_a_card_in_each_language(kb: KnowledgeBase) -> None:
    hold(kb, pledge())
    assert cards_in(kb) == {f"card|pledge|{language}" for language in LANGUAGES}
    assert kb.verify().problems == ()


def test_a_candidate_has_a_card_in_its_documents_language_alone(kb: KnowledgeBase) -> None:
    kb.records.propose(SYMBOL, "fr", [pledge(status="candidate")])
    assert cards_in(kb) == {"card|pledge|fr"}
    kb.records.judge(["pledge"], "reviewed")
    assert cards_in(kb) == {f"card|pledge|{language}" for language in LANGUAGES}
    kb.records.judge(["pledge"], "rejected")
    assert cards_in(kb) == set()
    assert kb.verify().ok


def test_a_row_of_a_file_has_one_card_in_its_own_language(kb: KnowledgeBase) -> None:
    texts: dict[str, Language] = {
        "name:Restaurer les terres dégradées dans les oasis": "fr",
        "name:恢复退化土地": "zh",
        "name:Восстановить деградированные земли": "ru",
        "term:land-restoration": "en",
    }
    rows = [pledge(f"row {n}", purpose=text) for n, text in enumerate(texts)]
    kb.records.add_file("pledges.csv", "1", rows)
    expected = zip(rows, texts.values(), strict=True)
    assert cards_in(kb) == {f"card|{one.id}|{language}" for one, language in expected}
    assert kb.verify().ok


def test_cards_of_records_that_are_gone_are_taken_out(kb: KnowledgeBase) -> None:
    kb.records.add_file("pledges.csv", "1", [pledge()])
    assert len(cards_in(kb)) == 1
    kb.records.remove_file("pledges.csv")
    assert cards_in(kb) == set()
    assert kb.verify().ok


def test_a_changed_record_changes_its_card(kb: KnowledgeBase) -> None:
    kb.records.add_file("pledges.csv", "1", [pledge()])
    kb.records.add_file("pledges.csv", "2", [pledge(provider="party:NOR")])
    assert kb.verify().ok
    (hit, *_) = kb.find_records(RecordSearch(text="Norway pledged"))
    assert getattr(hit.record.statement, "provider") == "party:NOR"  # noqa: B009


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_finds_the_paragraph_of_a_record_in_any_language(
    kb: KnowledgeBase, language: Language
) -> None:
    hold(kb, pledge())
    assert via_record(kb, QUESTIONS[language], edition="original") == [(SYMBOL, "3")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_is_found_in_any_language(kb: KnowledgeBase, language: Language) -> None:
    hold(kb, pledge(), pledge("other", provider="party:NOR", initiative="initiative:ggw"))
    hits = kb.find_records(RecordSearch(text=QUESTIONS[language], k=2))
    assert [(hit.record.id, hit.rank) for hit in hits] == [("pledge", 1), ("other", 2)]
    assert hits[0].score > hits[1].score


def test_a_record_counts_for_every_paragraph_that_it_cites(kb: KnowledgeBase) -> None:
    hold(kb, pledge(source=[(SYMBOL, "2"), (SYMBOL, "3")]))
    hits = [hit for hit in kb.search(QUESTIONS["en"]) if "record" in hit.via]
    assert [hit.passage.label for hit in hits] == ["2", "3"]
    assert hits[0].score == hits[1].score


def test_a_card_never_takes_the_place_of_a_paragraph(kb: KnowledgeBase) -> None:
    hold(kb, *(pledge(f"p{n}", source=(SYMBOL, "1")) for n in range(12)))
    hits = kb.search(f"{QUESTIONS['en']} {TEXTS['en'][0]}", k=10)
    assert [hit.passage.label for hit in hits] == ["1", "2", "3"]
    assert all(hit.passage.text in TEXTS["en"] for hit in hits)


def test_filters_are_about_the_paragraphs_and_not_the_cards(kb: KnowledgeBase) -> None:
    add(kb, document(symbols=(OTHER,), texts=["Something else.", "Yet another thing."]), "b.pdf")
    hold(kb, pledge(source=[(SYMBOL, "3"), (OTHER, "2")]))
    query = QUESTIONS["en"]
    assert set(via_record(kb, query)) == {(SYMBOL, "3"), (OTHER, "2")}
    assert via_record(kb, query, documents=[OTHER]) == [(OTHER, "2")]
    assert via_record(kb, query, edition="digest") == []
    (hit,) = kb.find_records(RecordSearch(text=query, documents=(OTHER,)))
    assert hit.record.id == "pledge"
    assert kb.find_records(RecordSearch(text=query, kinds=frozenset({"events"}))) == ()


def test_what_a_reader_may_not_see_is_not_found_by_cards(kb: KnowledgeBase) -> None:
    add(kb, document(symbols=(OTHER,), texts=["Kept back."]), "b.pdf", visibility="internal")
    hold(kb, pledge("own", visibility="internal"), pledge("theirs", source=(OTHER, "1")))
    assert via_record(kb, QUESTIONS["en"]) == []
    assert kb.find_records(RecordSearch(text=QUESTIONS["en"])) == ()
    everyone: frozenset[Visibility] = frozenset({"public", "internal"})
    assert set(via_record(kb, QUESTIONS["en"], visibility=everyone)) == {
        (SYMBOL, "3"),
        (OTHER, "1"),
    }
    assert len(kb.find_records(RecordSearch(text=QUESTIONS["en"], visibility=everyone))) == 2


def test_the_paragraphs_of_a_withdrawn_document_are_not_found_by_cards(kb: KnowledgeBase) -> None:
    add(kb, document(symbols=(OTHER,), texts=["Something else."]), "b.pdf")
    hold(
        kb, pledge("both", source=[(SYMBOL, "3"), (OTHER, "1")]), pledge("one", source=(OTHER, "1"))
    )
    kb.remove(OTHER)
    assert via_record(kb, QUESTIONS["en"]) == [(SYMBOL, "3")]
    assert [hit.record.id for hit in kb.find_records(RecordSearch(text=QUESTIONS["en"]))] == [
        "both"
    ]


def test_a_candidate_finds_its_paragraph_and_not_via_record(kb: KnowledgeBase) -> None:
    before = kb.search(QUESTIONS["zh"])
    kb.records.propose(SYMBOL, "zh", [pledge(status="candidate")])
    hits = kb.search(QUESTIONS["zh"])
    assert hits[0].passage.label == "3"
    assert hits[0].score > before[0].score
    assert all("record" not in hit.via for hit in hits)
    assert kb.find_records(RecordSearch(text=QUESTIONS["zh"])) == ()
    candidates: frozenset[Status] = frozenset({"candidate"})
    assert len(kb.find_records(RecordSearch(text=QUESTIONS["zh"], status=candidates))) == 1


def test_a_hit_of_candidates_alone_is_marked() -> None:
    cards = CardMatches({("D", "1"): 1.0, ("D", "2"): 1.0}, frozenset({("D", "2")}))
    none: list[tuple[str, str]] = []
    ranking = _ranked({"dense": [], "lexical": []}, [], cards, none, Weights(1.0), 10)
    assert ranking.best == [("D", "1"), ("D", "2")]
    assert [ranking.is_candidate(key) for key in ranking.best] == [True, False]
    assert [ranking.ways(key) for key in ranking.best] == [(), ("record",)]


CUSTODY = {
    "good": Custody("funding", "reviewed", "public", False, (("D", "1"), ("D", "2"))),
    "guess": Custody("funding", "candidate", "public", False, (("D", "2"), ("D", "3"))),
    "wrong": Custody("funding", "rejected", "public", False, (("D", "4"),)),
    "hidden": Custody("funding", "reviewed", "internal", False, (("D", "5"),)),
    "gone": Custody("funding", "reviewed", "public", True, (("D", "6"),)),
    "row": Custody("funding", "reviewed", "public", False, (("file.csv", "row 2"),)),
}


def test_a_paragraph_counts_at_its_best_record() -> None:
    ranked = [("unknown", 9.0), *((name, 8.0 - n) for n, name in enumerate(CUSTODY))]
    public: frozenset[Visibility] = frozenset({"public"})
    matches = card_matches(ranked, CUSTODY, public, lambda document: document == "D")
    scores = {("D", "1"): 8.0, ("D", "2"): 8.0, ("D", "3"): 7.0}
    assert matches == CardMatches(scores, frozenset({("D", "1"), ("D", "2")}))
    assert matches.without({("D", "1")}).reviewed == {("D", "2")}


def test_many_rows_are_indexed_behind_the_load(home: Path) -> None:
    slow = Gated()
    with opened(home, embedder=slow) as kb:
        add(kb, document())
        slow.closed = True
        kb.records.add_file("rows.csv", "1", [pledge(f"r{n}") for n in range(60)])
        assert kb.records.get("r59").id == "r59"  # there, and no card yet
        slow.closed = False
        kb.index_cards()
        assert len(cards_in(kb)) == 60
        assert kb.verify().problems == ()


class Gated(HashEmbedder):
    """Fails while closed: nothing that is indexed at once could be loaded."""

    closed = False

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self.closed:
            raise RuntimeError("not yet")
        return super().embed_passages(texts)


class Crash(BaseException):
    """Stands for the death of the process at one point."""


class Dying(HashEmbedder):
    """Dies when the cards are embedded."""

    armed = False

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self.armed:
            self.armed = False
            raise Crash
        return super().embed_passages(texts)


def test_a_crash_before_the_cards_are_written_is_made_good(home: Path) -> None:
    dying = Dying()
    with opened(home, embedder=dying) as kb:
        add(kb, document())
        dying.armed = True
        with pytest.raises(Crash):
            hold(kb, pledge())
    with opened(home) as kb:
        assert kb.verify().problems == ()
        assert len(cards_in(kb)) == len(LANGUAGES)


def test_a_crash_after_the_cards_only_repeats_work(home: Path) -> None:
    with opened(home) as kb:
        add(kb, document())
        hold(kb, pledge())
    store = open_store(home)
    with store.writing() as session:
        session.add(CardWork(record="pledge"))
        session.add(CardWork(record="never there"))
    store.close()
    with opened(home) as kb:
        kb.index_cards()
        assert kb.verify().problems == ()
        assert len(cards_in(kb)) == len(LANGUAGES)


def test_other_words_make_all_cards_anew(home: Path) -> None:
    with opened(home) as kb:
        hold(kb, pledge())
    store = open_store(home)
    with store.writing() as session:
        assert session.exec(select(CardWork)).all() == []
        assert state(session).cards == indexing.cards_version()
        state(session).cards = "older words"
    store.close()
    with opened(home) as kb:
        with kb._store.reading() as session:
            assert [row.record for row in session.exec(select(CardWork))] == ["pledge"]
        assert kb.verify().problems == ()


def test_reindexing_makes_the_cards_too(kb: KnowledgeBase) -> None:
    hold(kb, pledge())
    kb.reindex()
    assert len(cards_in(kb)) == len(LANGUAGES)
    assert kb.verify().problems == ()
    assert found(kb, "Norway wells", k=1) == [(SYMBOL, "1")]


def test_a_missing_and_a_foreign_card_are_reported(kb: KnowledgeBase) -> None:
    hold(kb, pledge())

    def harm(indexes: object) -> None:
        vectors = indexes.vectors  # type: ignore[attr-defined]
        vectors.delete("card", ["card|pledge|ru"])
        vectors.upsert("card", ["card|nobody|ru"], HashEmbedder().embed_passages(["x"]))

    kb._indexes.read(harm)
    problems = "\n".join(kb.verify().problems)
    assert "vectors of cards: 1 units (card|pledge|ru) missing" in problems
    assert "card|nobody|ru" in problems
    assert via_record(kb, QUESTIONS["ru"]) in ([], [(SYMBOL, "3")])


@pytest.mark.parametrize("record_id", ["a|b", "50%", "строка 1", "x|digest|y", "card"])
def test_the_id_of_a_card_gives_its_record_back(record_id: str) -> None:
    unit = str(CardKey(record_id, "fr"))
    assert record_of(unit) == record_id
    assert "|digest|" not in unit
    assert json.loads(json.dumps(unit)) == unit
