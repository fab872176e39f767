"""How often the shipped digests alone answer right, and how often silence is kept.

The questions were written from the digests for calibration: these bars guard against falling
back. What the assistant can do on unseen questions is measured by the evaluation sets.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from assistant_fakes import FakeKnowledge, passage

from assistant.answer import Answer
from assistant.assistant import Assistant
from kb.sentences import word_count
from kb.terms import load_terms

QUESTIONS = Path(__file__).parent / "data" / "assistant_questions.jsonl"
DIGESTS = Path(__file__).parents[1] / "kb" / "data" / "digests"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def answers() -> list[tuple[dict[str, Any], Answer]]:
    found = tuple(
        passage(
            row["text"],
            row["paragraph"],
            document=row["document_id"],
            session="COP(16)" if "COP(16)" in row["document_id"] else "CRIC(23)",
            edition="digest",
            heading=tuple(row["heading_path"]),
        )
        for path in sorted(DIGESTS.glob("*.en.jsonl"))
        for row in rows(path)
    )
    asked = Assistant(FakeKnowledge(found, vocabulary=load_terms()), load_terms())
    return [(row, asked.ask(row["question"])) for row in rows(QUESTIONS)]


def is_right(row: dict[str, Any], answer: Answer) -> bool:
    text = answer.text.lower()
    gold = {(g["doc"], g["para"]) for g in (*row["gold"], *row.get("gold_any", ()))}
    cited = {(c.document_id, c.paragraph) for c in answer.citations}
    return (
        not answer.abstained
        and all(any(form.lower() in text for form in group) for group in row["must"])
        and bool(gold & cited)
    )


def share(values: list[bool]) -> float:
    return sum(values) / len(values)


def test_most_answerable_questions_are_answered_right() -> None:
    asked = [(r, a) for r, a in answers() if r["type"] != "unanswerable"]
    assert share([is_right(row, answer) for row, answer in asked]) >= 0.82
    assert share([answer.abstained for _, answer in asked]) <= 0.08


def test_most_unanswerable_questions_are_refused() -> None:
    refused = [answer.abstained for row, answer in answers() if row["type"] == "unanswerable"]
    assert share(refused) >= 0.9


def test_short_questions_get_short_answers() -> None:
    exact = [
        a for r, a in answers() if r["type"] in ("number", "date", "entity") and not a.abstained
    ]
    assert share([word_count(answer.text) <= 60 for answer in exact]) >= 0.9


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_no_language_is_left_behind(language: str) -> None:
    own = [is_right(r, a) for r, a in answers() if r["lang"] == language and r["gold"]]
    assert share(own) >= 0.65


def test_every_citation_is_verbatim() -> None:
    texts = {
        (row["document_id"], row["paragraph"]): row["text"]
        for path in DIGESTS.glob("*.en.jsonl")
        for row in rows(path)
    }
    for _, answer in answers():
        for c in answer.citations:
            assert texts[c.document_id, c.paragraph][c.start : c.end] == c.quote
