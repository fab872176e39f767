"""From an answer to a chat completion: content, annotations, usage, and chunks of a stream."""

import json
import re
import time
import uuid
from collections.abc import Iterable, Iterator
from math import ceil
from typing import Any, Final

from api.desk import StreamEvent
from api.openai_protocol.schemas import (
    MODEL,
    Annotation,
    AssistantMessage,
    ChatCompletion,
    ChatError,
    Choice,
    UrlCitation,
    Usage,
)
from api.schemas import AnswerBody, CitationBody, EvidenceBody, StatementBody

_IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
DONE: Final = "data: [DONE]\n\n"
_CHARACTERS: Final = 4  # of an alphabet, that one token stands for


class Content:
    """The text of an answer as it grows, piece by piece, and the marks in it.

    The statements come with `[n]` marks, each mark annotated, and below them the sources.
    `base_url` is the address of this server, without a slash at its end.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._cited: dict[int, CitationBody] = {}
        self._pieces: list[str] = []
        self._length = 0
        self.annotations: list[Annotation] = []

    @property
    def text(self) -> str:
        """All of it, so far."""
        return "".join(self._pieces)

    def cite(self, citations: Iterable[CitationBody]) -> None:
        """What statements to come rest on."""
        self._cited |= {citation.n: citation for citation in citations}

    def add(self, statement: StatementBody) -> str:
        """The piece that `statement` is."""
        piece = ("\n" if self._pieces else "") + statement.text
        for n in statement.citations:
            mark = f"[{n}]"
            piece += f" {mark}"
            if n in self._cited:
                self._annotate(self._cited[n], self._length + len(piece), len(mark))
        return self._added(piece)

    def end(self) -> str:
        """The piece that the sources are; empty where none is cited."""
        lines = [f"[{one.n}] {one.label}" for one in self._cited.values()]
        return self._added("\n\n" + "\n".join(lines)) if lines else ""

    def _added(self, piece: str) -> str:
        self._pieces.append(piece)
        self._length += len(piece)
        return piece

    def _annotate(self, citation: CitationBody, end: int, length: int) -> None:
        cited = UrlCitation(
            start_index=end - length,
            end_index=end,
            url=self._base_url + citation.url,
            title=citation.label,
        )
        self.annotations.append(Annotation(url_citation=cited))


def content_of(answer: AnswerBody, base_url: str) -> Content:
    """The whole content of `answer`."""
    content = Content(base_url)
    content.cite(answer.citations)
    for statement in answer.statements:
        content.add(statement)
    content.end()
    return content


def usage_of(said: Iterable[str], content: str) -> Usage:
    """Estimated tokens: no model has counted any."""
    prompt = sum(tokens(text) for text in said)
    completion = tokens(content)
    return Usage(
        prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion
    )


def tokens(text: str) -> int:
    """About how many tokens `text` has: one for a Han character, one for four of an alphabet."""
    ideographs = len(_IDEOGRAPH.findall(text))
    return ideographs + ceil((len(text) - ideographs) / _CHARACTERS)


def completion(answer: AnswerBody, content: Content, usage: Usage) -> ChatCompletion:
    """The whole answer at once."""
    message = AssistantMessage(content=content.text, annotations=content.annotations)
    return ChatCompletion(
        id=_fresh_id(),
        created=int(time.time()),
        model=MODEL,
        choices=[Choice(message=message)],
        usage=usage,
        landbrief=answer,
    )


class Chunks:
    """The events of a streamed answer."""

    def __init__(self, content: Content, *, include_usage: bool) -> None:
        self._content = content
        self._include_usage = include_usage
        self._shared: dict[str, Any] = {
            "id": _fresh_id(),
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": MODEL,
        }
        if include_usage:
            self._shared["usage"] = None

    def begin(self) -> str:
        """The first event."""
        return self._chunk({"role": "assistant", "content": "", "refusal": None})

    def step(self, event: StreamEvent, said: Iterable[str]) -> Iterator[str]:
        """The events that `event` is; `said` are the messages of the request."""
        match event:
            case EvidenceBody():
                self._content.cite(event.citations)
            case StatementBody():
                yield self._chunk({"content": self._content.add(event)})
            case AnswerBody():
                self._content.cite(event.citations)
                yield from self._end(event, said)

    def failed(self, error: ChatError) -> Iterator[str]:
        """The end of an answer that could not be made whole."""
        yield _event(error.model_dump())
        yield DONE

    def _end(self, answer: AnswerBody, said: Iterable[str]) -> Iterator[str]:
        sources = self._content.end()
        if sources:
            yield self._chunk({"content": sources})
        marks = [mark.model_dump() for mark in self._content.annotations]
        if marks:
            yield self._chunk({"annotations": marks})
        yield self._chunk({}, "stop", landbrief=answer.model_dump(mode="json"))
        if self._include_usage:
            usage = usage_of(said, self._content.text)
            yield _event({**self._shared, "choices": [], "usage": usage.model_dump()})
        yield DONE

    def _chunk(self, delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _event({**self._shared, "choices": [choice], **more})


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n"


def _fresh_id() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"
