"""Records in answers that a chat model words: said as they are, and only as they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_samples import Replying, heard, key_of
from kb_fixtures import add, document, opened
from langchain_core.messages import AIMessage
from record_samples import pledge

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.chat.drafting import ChatWriter
from kb.chat_model_turns import ToolCall, Turn
from kb.knowledge_base import KnowledgeBase
from kb.terms import load_terms, terms_version

SYMBOL = "ICCD/COP(16)/91"
TEXT = (
    "Kenya pledged US$12 million to the Riyadh Global Drought Resilience Partnership. "
    "Peru pledged US$30 million to the Riyadh Global Drought Resilience Partnership."
)
HOW_MUCH = "How much did Kenya pledge to the Riyadh Global Drought Resilience Partnership?"
TOGETHER = "What did Kenya and Peru pledge together to the Riyadh drought partnership?"
PLACE = (SYMBOL, "1")


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home: Path = tmp_path_factory.mktemp("chat-records")
    terms = load_terms()
    with opened(
        home, write=True, concepts=terms.concepts, concepts_version=terms_version()
    ) as held:
        add(held, document("en", texts=(TEXT,), symbols=(SYMBOL,)))
        kenya = pledge("kenya", "party:KEN", 12_000_000, source=PLACE, anchor="US$12 million")
        peru = pledge("peru", "party:PER", 30_000_000, source=PLACE, anchor="US$30 million")
        held.records.add_file("own.json", "1", [kenya, peru])
        yield held


def asked(kb: KnowledgeBase, model: Replying, question: str) -> Answer:
    return Assistant(kb, load_terms(), writer=ChatWriter(model)).ask(question)


def shown(kb: KnowledgeBase, question: str) -> tuple[str, Answer]:
    """What the model is shown for a question, and the composed answer."""
    spy = Replying("nothing")
    answer = asked(kb, spy, question)
    return heard(spy), answer


def test_a_record_is_said_as_it_stands(kb: KnowledgeBase) -> None:
    told, composed = shown(kb, HOW_MUCH)
    said = composed.statements[0]
    assert said.kind == "record"
    key = key_of(told, '"is": "record"')
    answer = asked(kb, Replying(f"{said.text}. [{key}]"), HOW_MUCH)
    assert [(s.text, s.kind) for s in answer.statements] == [(said.text, "record")]
    assert [one.id for one in answer.records] == ["kenya"]


def test_own_words_about_a_record_rest_on_it(kb: KnowledgeBase) -> None:
    told, composed = shown(kb, HOW_MUCH)
    said = composed.statements[0].text
    short = said.rpartition(" – ")[0]
    assert "US$12 million" in short
    key = key_of(told, '"is": "record"')
    answer = asked(kb, Replying(f"{short}. [{key}]"), HOW_MUCH)
    assert [(s.text, s.kind) for s in answer.statements] == [(f"{short}.", "record")]
    assert [one.id for one in answer.records] == ["kenya"]
    wrong = asked(kb, Replying(f"{short.replace('pledged', 'disbursed')}. [{key}]"), HOW_MUCH)
    assert wrong.text == composed.text


def test_a_sum_keeps_its_working(kb: KnowledgeBase) -> None:
    told, composed = shown(kb, TOGETHER)
    said = composed.statements[0]
    assert said.kind == "computed"
    key = key_of(told, '"is": "computed"')
    answer = asked(kb, Replying(f"{said.text} [{key}]"), TOGETHER)
    assert [(s.text, s.kind) for s in answer.statements] == [(said.text, "computed")]
    wrong = said.text.replace("42", "43")
    assert wrong != said.text
    assert asked(kb, Replying(f"{wrong} [{key}]"), TOGETHER).text == composed.text


@pytest.mark.parametrize(
    ("right", "wrong"), [("12", "13"), ("Kenya", "Peru"), ("million", "billion")]
)
def test_a_record_with_one_thing_changed_is_withheld(
    kb: KnowledgeBase, right: str, wrong: str
) -> None:
    told, composed = shown(kb, HOW_MUCH)
    said = composed.statements[0].text
    assert right in said
    key = key_of(told, '"is": "record"')
    answer = asked(kb, Replying(f"{said.replace(right, wrong)} [{key}]"), HOW_MUCH)
    assert answer.text == composed.text


def test_records_that_are_looked_up_can_be_said(kb: KnowledgeBase) -> None:
    question = "What about the Riyadh Global Drought Resilience Partnership?"
    call = ToolCall("1", "query_records", {"kind": "funding", "names": ["Peru"]})
    spy = Replying(Turn(AIMessage(""), "", (call,), None), "nothing")
    asked(kb, spy, question)
    result = str(spy.heard[-1][-1]["content"])
    assert "30" in result
    assert "Kenya" not in result
    key, text = key_of(result, "Peru"), result.split('"text": "')[1].split('"')[0]
    model = Replying(Turn(AIMessage(""), "", (call,), None), f"{text} [{key}]")
    answer = asked(kb, model, question)
    assert [one.id for one in answer.records] == ["peru"]
    assert answer.statements[0].kind == "record"
    assert answer.citations[0].quote in TEXT


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"kind": "funding", "names": ["Atlantis"]}, "is known as"),
        ({"kind": "funding", "names": "Peru"}, "a list of names"),
        ({"kind": "rumours"}, "kind is one of"),
        ({"kind": "targets"}, "nothing found"),
    ],
)
def test_a_question_to_the_records_that_cannot_be_asked_is_told(
    kb: KnowledgeBase, arguments: dict[str, object], found: str
) -> None:
    call = ToolCall("1", "query_records", arguments)
    model = Replying(Turn(AIMessage(""), "", (call,), None), "nothing")
    asked(kb, model, HOW_MUCH)
    assert found in model.heard[-1][-1]["content"]
