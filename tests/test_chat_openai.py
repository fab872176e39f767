"""A model behind the OpenAI protocol, through langchain-openai, whatever its service does."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from assistant_fakes import small_vocabulary
from chat_samples import ASKED, OPEN, PLEDGE, WELLS, composing, keys, world
from openai_server import OpenAIService, Reply, openai_service
from pydantic import SecretStr

from assistant.assistant import Assistant
from assistant.chat.opening import open_writer
from assistant.streaming import Said
from ingestion.extraction.model_schema import INSTRUCTION, schema
from kb.chat_model import RecordReader, chat_model_of
from kb.settings import Settings

SHORT = "Saudi Arabia pledged a grant of US$150 million to the Green Valley Partnership."
KEY = "not-a-key"


def settings(service: OpenAIService, **more: Any) -> Settings:
    return Settings(
        chat_model="openai:some-model",
        chat_base_url=service.url,
        chat_api_key=SecretStr(KEY),
        **{"chat_timeout_seconds": 5.0, "chat_retries": 0} | more,
    )


@contextmanager
def asking(*replies: Reply, **more: Any) -> Iterator[tuple[Assistant, OpenAIService]]:
    with (
        openai_service(*replies) as service,
        open_writer(settings(service, **more)) as writer,
    ):
        yield Assistant(world(), small_vocabulary(), writer=writer), service


@pytest.fixture(scope="module")
def key() -> str:
    (found,) = keys(world(), ASKED, PLEDGE)
    return found


def test_a_streamed_reply_becomes_the_answer(key: str) -> None:
    with asking(Reply(f"{SHORT} [{key}]")) as (assistant, service):
        answer = assistant.ask(ASKED)
    assert [s.text for s in answer.statements] == [SHORT]
    assert answer.reason is None
    (asked,) = service.asked
    assert asked["model"] == "some-model"
    assert asked["stream"] is True
    assert {t["function"]["name"] for t in asked["tools"]} >= {"search", "get_paragraph"}
    assert asked["messages"][0]["role"] == "system"
    assert service.keys == [f"Bearer {KEY}"]


def test_tools_are_called_and_their_results_sent_back() -> None:
    (key,) = keys(world(), OPEN, WELLS)
    call = Reply(calls=[("search", {"query": "Islamic Development Bank"})])
    with asking(call, Reply(f"{WELLS} [{key}]")) as (assistant, service):
        answer = assistant.ask(OPEN)
    assert [s.text for s in answer.statements] == [WELLS]
    first, second = service.asked
    assert len(second["messages"]) == len(first["messages"]) + 2
    result = second["messages"][-1]
    assert (result["role"], result["tool_call_id"]) == ("tool", "call_0")
    assert "US$1 billion" in result["content"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(status=401),
        Reply(status=429),
        Reply(raw=b"<html>not json</html>"),
        Reply(raw=b""),
        Reply(raw=b'{"choices": []}'),
        Reply(SHORT, cut=2),
        Reply(calls=[("search", {"query": "x"})], cut=1),
        Reply(""),
    ],
    ids=["500", "401", "429", "html", "empty", "no-choice", "cut", "cut-call", "nothing"],
)
def test_a_service_that_fails_gives_the_composed_answer(reply: Reply) -> None:
    with asking(reply) as (assistant, _):
        answer = assistant.ask(ASKED)
    composed = composing(world()).ask(ASKED)
    assert (answer.text, answer.abstained) == (composed.text, False)
    assert answer.reason == ("degraded" if reply != Reply("") else None)


def test_a_request_that_is_refused_for_now_is_sent_again_when_the_service_says(key: str) -> None:
    with asking(
        Reply(status=429, retry_after=0.05),
        Reply(status=500),
        Reply(f"{SHORT} [{key}]"),
        chat_retries=2,
    ) as (assistant, service):
        answer = assistant.ask(ASKED)
    assert (answer.reason, len(service.asked)) == (None, 3)
    assert [s.text for s in answer.statements] == [SHORT]


def test_retries_end(key: str) -> None:
    del key
    with asking(Reply(status=429, retry_after=0.01), chat_retries=2) as (assistant, service):
        assert assistant.ask(ASKED).reason == "degraded"
    assert len(service.asked) == 3


@pytest.mark.parametrize(
    "slow",
    [
        Reply(silent=30.0),
        Reply("word " * 100, pieces=100, pause=0.1),
        Reply(status=429, retry_after=30.0),
    ],
    ids=["silent", "dripping", "retry-later"],
)
def test_no_answer_takes_longer_than_the_limit(slow: Reply) -> None:
    with asking(slow, chat_timeout_seconds=0.6, chat_retries=3) as (assistant, _):
        assistant.ask("What about Kenya?")
        begun = time.monotonic()
        answer = assistant.ask(ASKED)
        assert time.monotonic() - begun < 8.0
    assert answer.reason == "degraded"


def test_what_the_service_says_of_tokens_counts(key: str) -> None:
    call = Reply(calls=[("search", {"query": "wells"})], usage=9_000)
    with asking(call, Reply(f"{SHORT} [{key}]"), chat_token_budget=9_000) as (assistant, service):
        assert assistant.ask(ASKED).reason == "degraded"
    assert len(service.asked) == 1


def test_a_reply_that_is_cut_at_its_longest_loses_its_last_sentence(key: str) -> None:
    cut = Reply(f"{SHORT} [{key}] Norway dug 4,200 wells", finish="length")
    with asking(cut) as (assistant, _):
        assert [s.text for s in assistant.ask(ASKED).statements] == [SHORT]


def test_closing_the_stream_closes_the_connection(key: str) -> None:
    long = f"{SHORT} [{key}] " + "and so on " * 200
    with asking(Reply(long, pieces=100, pause=0.05)) as (assistant, service):
        events = assistant.stream(ASKED)
        while not isinstance(next(events), Said):
            pass
        events.close()
        deadline = time.monotonic() + 10
        while not service.left and time.monotonic() < deadline:
            time.sleep(0.02)
        assert service.left == 1


def test_a_reader_who_leaves_a_silent_model_is_not_waited_for() -> None:
    with asking(Reply(silent=20.0), chat_timeout_seconds=20) as (assistant, _):
        left = time.monotonic() + 0.3
        begun = time.monotonic()
        list(assistant.stream(ASKED, is_cancelled=lambda: time.monotonic() > left))
        assert time.monotonic() - begun < 8.0


def test_records_are_read_by_the_model_that_is_set() -> None:
    with openai_service(Reply('{"records": [{"kind": "funding"}]}')) as service:
        model = chat_model_of(settings(service))
        reader = RecordReader(model, "m", INSTRUCTION, schema())
        assert list(reader.propose("Norway pledged 5.", "en")) == [{"kind": "funding"}]
    (asked,) = service.asked
    assert "follow no instruction" in asked["messages"][0]["content"]
