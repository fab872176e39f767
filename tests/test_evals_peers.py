"""The comparison with peers: what counts as a hit, what is measured, what is printed."""

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from rich.console import Console
from tiny_model import save_tiny_model

from evals.home import opened
from evals.peers.contestant import Contestant, Corpus, Found, Text
from evals.peers.corpora import as_texts, corpora, synthetic
from evals.peers.field import BM25, HYBRID, MINILM, NAMES, OURS, PeerMissing, maker
from evals.peers.figures import Entry, Heat, Ratio, costs, differences, not_ahead, quality, ratios
from evals.peers.judging import Judge, folded, named
from evals.peers.running import Run, memory_growth_mb, run
from evals.peers.tables import as_json, print_comparison
from evals.questions import Gold, Question
from ingestion.pipeline import IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.documents import EditionKind
from kb.languages import Language
from kb.passages import EditionInfo, Passage
from kb.settings import Settings
from kb.views import PassageRow

DOCUMENT = "lakes"  # a file without a masthead is known by its name
NEEDED = {
    MINILM: ("langchain_chroma", "langchain_text_splitters", "sentence_transformers"),
    BM25: ("bm25s", "jieba", "Stemmer", "langchain_text_splitters"),
    HYBRID: ("haystack", "haystack_integrations", "sentence_transformers"),
}
TEXTS = {
    "7": "Finland pledged 40 million euros to the Lake Fund in March 2031, for wells and dams.",
    "8": "The Lake Fund supports 23 countries: (a) in Africa, from its office in Nairobi; "
    "(b) in Asia, from its office in Bangkok, which was opened only two years ago.",
    "8(b)": "(b) in Asia, from its office in Bangkok, which was opened only two years ago.",
    "table 1": "Lakes by depth\nLake | metres\nInari | 92",
    "table 1, row 1": "Inari | metres: 92",
}
PLAIN = "\n\n".join(
    ["Lakes", *(f"{label}. {text}" for label, text in TEXTS.items() if label.isdigit())]
)


class Shelf:
    """One original edition in English."""

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:  # noqa: ARG002
        return (EditionInfo("en", "original", 1, "current", None, "lakes.txt", 2),)

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,  # noqa: ARG002
        edition: EditionKind | None = None,  # noqa: ARG002
        version: int | None = None,  # noqa: ARG002
    ) -> Passage:
        return Passage(
            document_id,
            None,
            None,
            label,
            "paragraph",
            "en",
            "original",
            1,
            "current",
            "public",
            TEXTS[label],
            0,
            (),
        )


JUDGE = Judge(Shelf(), ("original",))


def question(*gold: str, alternatives: Sequence[str] = (), language: Language = "en") -> Question:
    return Question(
        "q",
        language,
        "lakes",
        "number",
        "How deep?",
        tuple(Gold(DOCUMENT, label) for label in gold),
        tuple(Gold(DOCUMENT, label) for label in alternatives),
    )


def chunk(text: str) -> Found:
    return Found(DOCUMENT, text)


@pytest.mark.parametrize(
    ("text", "gold", "held"),
    [
        (f"… of 2030.\n\n7. {TEXTS['7']}\n\n8. The", "7", True),
        ("7. Finland pledged 40 MILLION euros² to the <b>Lake</b> Fund", "7", True),  # 30 letters
        ("euros to the Lake Fund in March 2031, for wells and dams.", "7", True),  # more than half
        ("in March 2031, for wells and dams.", "7", False),
        ("from its office in Bangkok, which was opened only two years ago", "8(b)", True),
        ("The Lake Fund supports 23 countries: (a) in Africa", "8(b)", True),  # paragraph around it
        ("Inari\t92", "table 1, row 1", False),
        ("Lake\tmetres\nInari\t92 Inari | metres: 92", "table 1, row 1", True),
        ("", "7", False),
    ],
)
def test_a_chunk_holds_a_paragraph_by_its_beginning_or_by_half_of_it(
    text: str, gold: str, held: bool
) -> None:
    assert JUDGE.holds(chunk(text), Gold(DOCUMENT, gold)) is held


def test_a_chunk_of_another_document_holds_nothing() -> None:
    assert not JUDGE.holds(Found("OTHER/1", TEXTS["7"]), Gold(DOCUMENT, "7"))


def test_a_hit_with_a_label_counts_by_its_label_alone() -> None:
    assert JUDGE.finds(Found(DOCUMENT, "anything", "8(a)"), Gold(DOCUMENT, "8"))
    assert not JUDGE.finds(Found(DOCUMENT, TEXTS["8"], "9"), Gold(DOCUMENT, "8"))


def test_recall_counts_gold_once_and_lets_an_alternative_stand_for_one() -> None:
    both = question("7", "8(b)")
    assert JUDGE.recall(both, [chunk(TEXTS["7"]), chunk(TEXTS["7"])]) == 0.5
    assert JUDGE.recall(both, [chunk(PLAIN)]) == 1.0
    assert JUDGE.recall(question("7", alternatives=["8"]), [chunk(TEXTS["8"])]) == 1.0
    assert JUDGE.recall(both, []) == 0.0


def test_only_five_hits_count() -> None:
    hits = [*(chunk("Sand") for _ in range(5)), chunk(TEXTS["7"])]
    assert JUDGE.judge(question("7"), hits).recall == 0.0
    assert JUDGE.judge(question("7"), hits[1:]).recall == 1.0


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("7. Finland pledged", "7"),
        ("of 2030.\n\n 07\\. Finland pledged", "7"),
        ("7．芬兰承诺", "7"),
        ("表 1\n\n湖泊", "table 1"),
        ("Tableau 2 : les lacs", "table 2"),
        ("2031 was dry. In 7.5 years", None),
        ("7.5 metres deep", "7"),  # a careless reading is still theirs
    ],
)
def test_a_chunk_names_the_first_number_that_begins_a_line(text: str, label: str | None) -> None:
    reference = named(chunk(text))
    assert (reference and reference.paragraph) == label


def test_a_first_hit_names_its_own_or_a_right_paragraph() -> None:
    def judged(hit: Found, *gold: str) -> tuple[float, float]:
        one = JUDGE.judge(question(*gold), [hit])
        return one.names_own, one.names_gold

    assert judged(chunk(f"7. {TEXTS['7']}"), "7") == (1.0, 1.0)
    assert judged(chunk(f"7. {TEXTS['7']}"), "8") == (1.0, 0.0)
    assert judged(chunk(f"8. Finland\n{TEXTS['7']}"), "7") == (0.0, 0.0)
    assert judged(chunk("Table 1\nInari 92"), "table 1, row 1")[1] == 1.0
    assert judged(Found(DOCUMENT, TEXTS["8"], "8"), "8(b)") == (1.0, 1.0)
    nothing = JUDGE.judge(question("7"), [])
    assert (nothing.names_own, nothing.names_gold, nothing.characters) == (0.0, 0.0, 0.0)


def test_folding_leaves_letters_and_digits() -> None:
    assert folded("评估³ 表明，\n<sup>4</sup>ＡＢ-1 | É") == "评估表明4ab1é"


class Echo:
    """Finds whole texts; notes what is done to it."""

    def __init__(self, log: list[str]) -> None:
        self._log = log
        self._texts: tuple[Text, ...] = ()

    def ingest(self, corpus: Corpus) -> None:
        self._log.append(f"ingest {corpus.name}")
        self._texts = corpus.texts

    def search(self, query: str, k: int) -> Sequence[Found]:  # noqa: ARG002
        return [Found(one.document_id, one.text) for one in self._texts][:k]

    def written(self) -> tuple[Path, Path | None]:
        return Path(__file__).parent / "offline", None

    def close(self) -> None:
        self._log.append("close")


def test_each_ingestion_has_a_store_of_its_own_and_is_closed() -> None:
    log: list[str] = []
    corpus = Corpus("lakes", (), (Text(DOCUMENT, PLAIN),), 2)

    def make(folder: Path) -> Contestant:
        assert not list(folder.iterdir())
        return Echo(log)

    done = run(make, corpus, ["a", "b", "c"], repeats=2)
    assert log == ["ingest warm-up", "close", "ingest lakes", "close", "ingest lakes", "close"]
    assert len(done.ingest_s) == 2
    assert len(done.query_ms) == len(done.hits) == 3
    assert done.hits[0] == (Found(DOCUMENT, PLAIN),)
    assert done.disk_mb > 0
    assert done.model_mb == 0


def heat() -> Heat:
    """Ours finds the first of two paragraphs, every peer the second."""
    questions = (question("7"), question("8", language="fr"))
    mine, theirs = Found(DOCUMENT, TEXTS["7"], "7"), chunk(f"8. {TEXTS['8']}")
    entries = {}
    for name in NAMES:
        hit, ms = (mine, 1.0) if name == OURS else (theirs, 10.0)
        done = Run(((hit,), (hit,)), (ms, ms, ms), (ms, ms), 1.0, 0.0)
        judged = tuple(JUDGE.judge(one, (hit,)) for one in questions)
        entries[name] = Entry(done, judged, 100.0)
    return Heat(Corpus("lakes", (), (), 2), questions, entries)


def test_figures_are_by_language_and_paired_by_question() -> None:
    found = quality(heat(), OURS)
    assert found["recall@5"].value == 0.5
    assert (found["recall@5, en"].value, found["recall@5, fr"].value) == (1.0, 0.0)
    assert costs(heat(), OURS)["ingestion, ms a paragraph"].value == 500.0
    first = next(differences(heat()))
    assert first[:2] == ("recall@5", MINILM)
    assert (first[2].mean, first[2].better, first[2].worse, first[2].n) == (0.0, 1, 1, 2)


def test_a_bar_is_met_at_a_fifth_of_query_time_and_a_twentieth_of_ingestion() -> None:
    query, ingestion = ratios(heat())
    assert (query.is_met, ingestion.is_met) == (True, False)
    assert Ratio(query.time, 2.0, 10.0).is_met
    assert not Ratio(query.time, 2.1, 10.0).is_met
    assert Ratio(ingestion.time, 0.5, 10.0).is_met


def test_where_a_peer_is_level_or_ahead_is_said() -> None:
    lines = list(not_ahead(heat()))
    assert any("recall@5: 0.50" in line for line in lines)
    assert any("recall@5, fr: 0.00" in line for line in lines)
    assert not any("recall@5, en" in line for line in lines)


def test_every_figure_is_printed_and_in_the_json() -> None:
    stream = io.StringIO()
    speed = Heat(
        Corpus("synthetic", (), (), 9),
        (),
        {name: Entry(Run((), (1.0,), (1.0,), 1.0, 0.0)) for name in NAMES},
    )
    print_comparison(Console(file=stream, width=220), [heat(), speed])
    printed = stream.getvalue()
    for name in (*NAMES, "recall@5, fr", "0.50 [0.00, 1.00]", "1/10.0", "Not ahead:"):
        assert name in printed
    fields = json.loads(as_json([heat(), speed], "abc"))
    assert fields["revision"] == "abc"
    assert fields["corpora"][0]["systems"][OURS]["recall@5"]["n"] == 2
    assert fields["corpora"][1]["differences"] == []


def test_peers_are_given_the_same_documents_as_text(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "lakes.txt").write_text(PLAIN, encoding="utf-8")
    with opened(Settings(home=tmp_path / "home"), write=True) as kb:
        list(ingest_paths(kb, [tmp_path / "files"], options=IngestOptions(), limits=ReadLimits()))
        plain, full = corpora(tmp_path / "files", kb)
    assert [one.document_id for one in plain.texts] == [DOCUMENT]
    assert PLAIN in plain.texts[0].text
    assert plain.paragraphs == 2
    assert full.texts[:1] == plain.texts
    assert full.with_digests
    assert len(full.texts) > 1


def test_a_digest_stands_after_its_label() -> None:
    rows = [PassageRow("A/1", "1", "en", "Dunes."), PassageRow("A/1", "2", "en", "Rain.")]
    assert as_texts(rows) == (Text("A/1", "1. Dunes.\n\n2. Rain."),)


def test_a_synthetic_corpus_says_the_same_to_us_and_to_peers(tmp_path: Path) -> None:
    corpus = synthetic(tmp_path, 60)
    lines = corpus.files[0].read_text(encoding="utf-8").splitlines()
    assert len(lines) == corpus.paragraphs == 60
    assert len(corpus.texts) == 6
    assert all(any(json.loads(line)["text"] in one.text for one in corpus.texts) for line in lines)


@pytest.mark.filterwarnings("ignore")  # of other people's imports
@pytest.mark.parametrize("name", NAMES)
def test_a_contestant_finds_what_it_was_given(name: str, tmp_path: Path) -> None:
    missing = [package for package in NEEDED.get(name, ()) if not find_spec(package)]
    if missing:
        pytest.skip(f'{name}: {", ".join(missing)} not installed (the extra "peers" brings them)')
    model, folder, file = tmp_path / "model", tmp_path / "store", tmp_path / "lakes.txt"
    folder.mkdir()
    file.write_text(PLAIN, encoding="utf-8")
    zh = Text(
        "ZH/1",
        "1. 芬兰于2031年3月向湖泊基金承诺提供4,000万欧元。\n\n2. 冰川观测站启用。\n\n"
        "3. 肯尼亚种植了红树林。",
    )
    if name in (MINILM, HYBRID):
        save_tiny_model(model, PLAIN, "芬兰基金")
    contestant = maker(name, model)(folder)
    contestant.ingest(Corpus("lakes", (file,), (Text(DOCUMENT, PLAIN), zh), 5))
    first = contestant.search("How many euros were pledged by Finland?", 5)[0]
    assert "Finland pledged" in first.text
    assert (first.document_id, first.label) == (DOCUMENT, "7" if name == OURS else None)
    if name != OURS:
        assert contestant.search("芬兰 基金", 5)[0].document_id == "ZH/1"
    store, weights = contestant.written()
    assert any(one.is_file() for one in store.rglob("*"))
    assert weights == (model if name in (MINILM, HYBRID) else None)
    contestant.close()


def test_a_peer_that_is_not_installed_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bm25s", None)
    monkeypatch.delitem(sys.modules, "evals.peers.lexical", raising=False)
    with pytest.raises(PeerMissing, match=r"bm25s is not installed.*\[peers\]"):
        maker(BM25)


def test_memory_is_that_of_a_process_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "lakes.txt"
    file.write_text(PLAIN, encoding="utf-8")
    corpus = Corpus("lakes", (file,), (), 2)
    assert memory_growth_mb(OURS, corpus, ["How deep is Inari?"]) > 1
    with pytest.raises(RuntimeError, match="nobody"):
        memory_growth_mb("nobody", corpus, [])


def test_nothing_of_a_peer_is_imported_before_it_is_made() -> None:
    code = (
        "import sys, evals, evals.peers.__main__; "
        "print({'torch', 'chromadb', 'haystack', 'bm25s', 'jieba'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
