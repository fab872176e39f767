"""What a chat model proposes is kept only as far as its paragraph says it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from ingestion.extraction.model_proposals import model_candidates
from ingestion.extraction.model_schema import INSTRUCTION, schema
from kb.chat_model import RecordReader
from kb.documents import Masthead, Paragraph, ParsedDocument
from kb.errors import LandBriefError
from kb.languages import Language

TEXT = "In 2031 Norway pledged $2.5 million to the Great Green Wall for wells."
PLEDGE = {
    "kind": "funding",
    "provider": "party:NOR",
    "initiative": "initiative:ggw",
    "purpose": "name:wells",
    "amount": "2500000",
    "currency": "USD",
    "stage": "pledged",
    "as_of": "2031",
}


class Scripted:
    """Proposes what it was given, of any paragraph."""

    name = "scripted"

    def __init__(self, *records: Mapping[str, Any]) -> None:
        self._records = records

    def propose(self, text: str, language: Language) -> Sequence[Mapping[str, Any]]:
        del text, language
        return self._records


def kept(*records: Mapping[str, Any]) -> int:
    parsed = ParsedDocument(Masthead("en"), paragraphs=(Paragraph("7", "paragraph", TEXT),))
    return len(model_candidates(parsed, "A", Scripted(*records)))


def test_a_proposal_that_the_paragraph_bears_out_is_a_candidate_of_the_model() -> None:
    parsed = ParsedDocument(Masthead("en"), paragraphs=(Paragraph("7", "paragraph", TEXT),))
    (record,) = model_candidates(parsed, "A", Scripted(PLEDGE))
    assert (record.status, record.extracted_by) == ("candidate", "model:scripted")
    assert record.sources[0].text in TEXT


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", "25000000"),
        ("currency", "EUR"),
        ("as_of", "2030"),
        ("provider", "party:SWE"),
        ("initiative", "initiative:rgdrp"),
        ("purpose", "name:solar panels"),
        ("stage", "disbursed"),
        ("qualifier", "up_to"),
        ("instrument", "loan"),
        ("stage", "hoped for"),
    ],
)
def test_a_proposal_with_one_thing_that_is_not_there_is_dropped(column: str, value: str) -> None:
    assert kept({**PLEDGE, column: value}) == 0


def test_a_proposal_without_what_its_kind_needs_is_dropped() -> None:
    assert kept({"kind": "funding", "amount": "2500000"}) == 0
    assert kept({"kind": "rumours", "amount": "2500000"}) == 0


def test_the_same_proposal_twice_is_one_candidate() -> None:
    assert kept(PLEDGE, PLEDGE) == 1


class FakeChat:
    """Answers every call with `answer`, in the way of a LangChain model."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[Any] = []

    def with_structured_output(self, schema: Mapping[str, Any]) -> "FakeChat":
        assert schema["properties"]["records"]
        return self

    def invoke(self, messages: Any) -> object:
        self.asked.append(messages)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_the_adapter_hands_the_paragraph_over_as_data() -> None:
    chat = FakeChat({"records": [PLEDGE, "noise"]})
    reader = RecordReader(chat, "fake", INSTRUCTION, schema())
    assert list(reader.propose(TEXT, "en")) == [PLEDGE]
    (system, human), *_ = chat.asked
    assert system == ("system", INSTRUCTION)
    assert f"<paragraph>\n{TEXT}\n</paragraph>" in human[1]


@pytest.mark.parametrize("answer", [None, "text", {"records": None}, {"other": 1}])
def test_an_answer_out_of_form_proposes_nothing(answer: object) -> None:
    assert list(RecordReader(FakeChat(answer), "fake", "", schema()).propose(TEXT, "en")) == []


def test_a_model_that_fails_is_told_apart_from_one_that_finds_nothing() -> None:
    with pytest.raises(LandBriefError, match="fake failed: no quota"):
        RecordReader(FakeChat(OSError("no quota")), "fake", "", schema()).propose(TEXT, "en")
