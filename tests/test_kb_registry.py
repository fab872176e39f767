"""Which document a masthead belongs to."""

import csv
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import pytest
from kb_fixtures import add, document, opened

from kb.documents import Masthead
from kb.languages import LANGUAGES, Language
from kb.references import find_symbols
from kb.registry import Held, Identity, fold, identify, issuer_of, registry

COP16 = "ICCD/COP(16)/4"
CRIC23 = "CRIC(23), item 2(a)"


@dataclass
class Store:
    """What a store would say; nothing is held unless said."""

    texts: dict[tuple[str, str], Held] = field(default_factory=dict)
    symbols: dict[str, str] = field(default_factory=dict)

    def held(self, document_id: str, language: Language) -> Held | None:
        return self.texts.get((document_id, language))

    def by_symbol(self, symbol: str) -> str | None:
        return self.symbols.get(symbol)


def named(store: Store | None = None, source: str = "file.pdf", **facts: object) -> Identity:
    override = facts.pop("override", None)
    symbol = facts.pop("symbol", None)
    masthead = Masthead(**{"language": "en", **facts})  # type: ignore[arg-type]
    return identify(
        masthead,
        source=source,
        taken=store or Store(),
        override=override,  # type: ignore[arg-type]
        symbol=symbol,  # type: ignore[arg-type]
    )


def test_the_registry_is_whole() -> None:
    text = files("kb").joinpath("data/documents.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        assert list(row) == [
            "id", "symbol", "body", "session", "agenda_item", "issuer",
            *(f"title_{language}" for language in LANGUAGES), "evidence",
        ]  # fmt: skip
        assert row["evidence"], row["id"]
        assert issuer_of(row["issuer"]), row["issuer"]
        if row["symbol"]:
            assert find_symbols(row["symbol"]) == (row["symbol"],)
    assert registry()[CRIC23].symbol is None


def test_founding_mastheads_are_recognized_without_a_symbol() -> None:
    one = registry()[COP16].title("zh")
    found = named(language="zh", session="COP(16)", agenda_item="3", title=one)
    assert (found.document_id, found.symbol) == (COP16, COP16)
    other = registry()[CRIC23].title("zh")
    found = named(language="zh", session="CRIC(23)", agenda_item="2 (a)", title=other)
    assert (found.document_id, found.symbol) == (CRIC23, None)


def test_without_a_known_title_issuer_and_subject_decide() -> None:
    facts = {"language": "fr", "session": "CRIC(23)", "agenda_item": "2(a)"}
    report = {**facts, "issuer": "Rapport du Mécanisme mondial"}
    same = "Mise en œuvre des cibles volontaires de neutralité en matière de dégradation des terres"
    assert named(**report, title=same).document_id == CRIC23
    assert named(**report).document_id == CRIC23
    assert named(**report, title="Fonds pour les éleveurs").document_id != CRIC23
    assert named(**facts, issuer="Note du secrétariat").document_id != CRIC23


def test_a_second_report_under_a_registered_item_gets_a_suffix() -> None:
    found = named(
        language="zh",
        session="CRIC(23)",
        agenda_item="2(a)",
        title="另一份报告",
        issuer="秘书处的说明",
    )
    assert found.document_id == f"{CRIC23}, secretariat"
    assert found.symbol is None


def test_a_printed_symbol_is_added_to_a_registered_document_that_had_none() -> None:
    found = named(
        symbols=("ICCD/CRIC(23)/9",),
        language="zh",
        session="CRIC(23)",
        agenda_item="2(a)",
        title=registry()[CRIC23].title("zh"),
    )
    assert (found.document_id, found.symbol) == (CRIC23, "ICCD/CRIC(23)/9")


@pytest.mark.parametrize("suffix", ["Rev.1", "Corr.1", "Add.1"])
def test_what_amends_a_registered_document_is_not_it(suffix: str) -> None:
    found = named(
        symbols=(f"{COP16}/{suffix}",),
        language="zh",
        session="COP(16)",
        agenda_item="3",
        title=registry()[COP16].title("zh"),
    )
    assert found.document_id == f"{COP16}/{suffix}"


def test_a_joint_symbol_names_one_document() -> None:
    joint = ("ICCD/CRIC(22)/7", "ICCD/COP(16)/CST/8")
    found = named(symbols=joint)
    assert (found.document_id, found.symbols) == (joint[0], joint)
    held = Store(symbols={joint[1]: joint[0]})
    assert named(held, symbols=joint[::-1]).document_id == joint[0]


def test_the_override_wins() -> None:
    found = named(override="mine", symbols=("A/1/2",))
    assert (found.document_id, found.symbol) == ("mine", "A/1/2")
    assert named(override=COP16).symbol == COP16
    assert named(override="A/RES/70/1").symbol == "A/RES/70/1"


def test_the_given_symbol_stands_in_for_the_printed_one() -> None:
    assert named(symbol="A/1/3", symbols=("A/1/2",)).document_id == "A/1/3"


def test_a_label_is_made_of_session_and_item() -> None:
    assert named(session="COP(14)", agenda_item="6 (a)").document_id == "COP(14), item 6(a)"


def test_another_document_under_a_label_gets_a_suffix() -> None:
    facts = {"session": "COP(14)", "agenda_item": "6", "issuer": "Note by the secretariat"}
    held = Held("First title", "Note by the secretariat", "first.pdf")
    store = Store({("COP(14), item 6", "en"): held})
    assert named(store, "second.pdf", **facts, title="Second title").document_id == (
        "COP(14), item 6, secretariat"
    )
    # The same title is the same document, changed; the same file too, whatever its title.
    assert named(store, "second.pdf", **facts, title="FIRST  title").document_id == (
        "COP(14), item 6"
    )
    assert named(store, "first.pdf", **facts, title="Second title").document_id == (
        "COP(14), item 6"
    )
    store.texts["COP(14), item 6, secretariat", "en"] = Held("Second title", None, "second.pdf")
    third = named(store, "third.pdf", **facts, title="Third title").document_id
    assert third == "COP(14), item 6, Note by the secretariat"


def test_without_anything_the_file_names_it() -> None:
    assert named(source="my report.v2.pdf").document_id == "my report.v2"
    assert named(source="my.pdf", session="COP(14)").document_id == "my"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Note by the Executive Secretary", "executive-secretary"),
        ("Note de la Secrétaire exécutive", "executive-secretary"),
        ("Доклад Глобального механизма", "global-mechanism"),
        ("مذكرة من الأمانة", "secretariat"),
        ("Informe del Mecanismo Mundial", "global-mechanism"),
        ("全球机制的报告", "global-mechanism"),
        ("Report by nobody in particular", None),
        (None, None),
    ],
)
def test_an_issuer_is_known_in_each_language(text: str | None, issuer: str | None) -> None:
    assert issuer_of(text) == issuer


def test_folding_ignores_how_a_title_is_set() -> None:
    assert fold("Follow-up: the  “Framework”") == fold("FOLLOW-UP THE Framework")
    assert fold("《公约》") == fold("公约")


def test_two_documents_never_share_an_id(tmp_path: Path) -> None:
    facts = {"session": "COP(14)", "agenda_item": "6", "symbols": ()}
    with opened(tmp_path / "home") as kb:
        one = add(kb, document(title="One", **facts), source="one.pdf")
        two = add(kb, document("en", texts=["Two."], title="Two", **facts), source="two.pdf")
        assert one.document_id != two.document_id
        changed = add(kb, document(texts=["Two!"], title="Two", **facts), source="two.pdf")
        assert (changed.document_id, changed.version) == (two.document_id, 2)
        in_french = add(kb, document("fr", title="Un", **facts), source="un.pdf")
        assert in_french.document_id == one.document_id


def test_an_original_joins_the_digest_of_its_document(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as kb:
        kb.init_shipped()
        before = kb.summary(CRIC23)
        assert (before.symbol, before.session) == (None, "CRIC(23)")
        added = add(
            kb,
            document(
                "zh",
                symbols=(),
                session="CRIC(23)",
                agenda_item="2(a)",
                title=registry()[CRIC23].title("zh"),
            ),
        )
        assert (added.status, added.document_id) == ("added", CRIC23)
        assert {e.kind for e in kb.editions(CRIC23)} == {"original", "digest"}
        assert kb.passage(CRIC23, "1", language="en").edition == "digest"
        assert kb.passage(CRIC23, "1").edition == "original"
