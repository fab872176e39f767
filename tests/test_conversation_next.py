"""Questions that could come next: of records near an answer, offered where they are answered."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Statement
from assistant.conversation_next import NextQuestions
from kb.languages import LANGUAGES, Language
from kb.records.findings import StoredFinding
from kb.records.kinds import RECORD_KINDS, STATEMENTS
from kb.records.query import RecordQuery
from kb.records.record import Anchor, Record
from kb.records.sources import Source
from kb.wording import placeholders

DATA = Path(__file__).resolve().parents[1] / "kb" / "data" / "follow_up_questions.csv"
DOCUMENT = "ICCD/COP(98)/7"


def funding(one: str, provider: str, paragraph: str = "4") -> Record:
    statement = STATEMENTS["funding"].model_validate(
        {
            "id": one,
            "provider": provider,
            "initiative": "initiative:pfi",
            "purpose": "phrase:grant",
            "amount": "5",
            "currency": "USD",
            "stage": "pledged",
        }
    )
    return Record(statement, (Anchor(DOCUMENT, paragraph, "5"),))


class Reader:
    def __init__(self, records: Sequence[Record]) -> None:
        self._held = records

    def every(self, query: RecordQuery) -> tuple[Record, ...]:
        return tuple(one for one in self._held if one.kind == query.kind)

    def sources(
        self, records: Sequence[Record], language: Language | None = None
    ) -> dict[str, tuple[Source, ...]]:
        raise NotImplementedError

    def findings(self) -> tuple[StoredFinding, ...]:
        return ()


class Oracle:
    """Answers from the records whose provider is Italy, and abstains otherwise."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._known = tuple(r for r in records if getattr(r.statement, "provider", "") == ITALY)
        self.asked: list[str] = []

    def ask(self, question: str, *, language: Language | None = None) -> Answer:
        self.asked.append(question)
        said = "Ital" in question
        records = self._known if said else ()
        return Answer(question, language or "en", (), abstained=not said, records=records)


ITALY = "party:ITA"
RECORDS = (
    funding("a", "party:SAU"),
    funding("b", ITALY),
    funding("c", "party:KEN"),
    funding("d", ITALY, "9"),
)
CITED = Citation(1, DOCUMENT, None, None, "4", "en", "original", 1, "x", 0, 1, "para. 4", "/x")
ANSWER = Answer("?", "en", (Statement("x", "quote", (1,)),), (CITED,), records=RECORDS[:1])


@pytest.fixture
def oracle() -> Oracle:
    return Oracle(RECORDS)


@pytest.fixture
def following(oracle: Oracle) -> Iterator[NextQuestions]:
    made = NextQuestions(Reader(RECORDS), lambda: 1, lambda: oracle)
    yield made
    made.close()


def test_only_questions_that_are_answered_are_offered(
    following: NextQuestions, oracle: Oracle
) -> None:
    assert following.after(ANSWER) == ()  # nothing is known yet, and nobody waits
    following.settle()
    offered = following.after(ANSWER)
    assert len(offered) == 1
    assert "Italy" in offered[0]
    assert len(oracle.asked) == 2  # that of Kenya too; what was said, and another paragraph, not
    following.after(ANSWER)
    following.settle()
    assert len(oracle.asked) == 2


def test_nothing_is_offered_beside_a_refusal_or_where_none_is_wanted(oracle: Oracle) -> None:
    none = NextQuestions(Reader(RECORDS), lambda: 1, lambda: oracle, most=0)
    assert none.after(ANSWER) == ()
    refusal = Answer("?", "en", (), abstained=True)
    assert NextQuestions(Reader(RECORDS), lambda: 1, lambda: oracle).after(refusal) == ()
    assert oracle.asked == []


def test_what_changed_is_tried_anew(oracle: Oracle) -> None:
    generations = [1]
    made = NextQuestions(Reader(RECORDS), lambda: generations[0], lambda: oracle)
    made.after(ANSWER)
    made.settle()
    generations[0] = 2
    assert made.after(ANSWER) == ()
    made.settle()
    assert made.after(ANSWER) != ()
    made.close()
    made.close()


def test_templates_have_the_six_languages_and_name_columns() -> None:
    for row in csv.DictReader(DATA.read_text(encoding="utf-8").splitlines()):
        kind = next(one for one in RECORD_KINDS if one == row["kind"])
        asked = placeholders(row["en"])
        assert asked <= set(STATEMENTS[kind].model_fields)
        assert all(placeholders(row[language]) == asked for language in LANGUAGES)
