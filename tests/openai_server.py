"""A service on loopback that speaks the OpenAI chat protocol, well and badly."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What one request gets. `text` and `calls` (name, arguments) are what the model says, in
    `pieces` parts `pause` seconds apart; `status` other than 200 is an error, with `retry_after`.
    `cut` breaks the connection after so many parts; `raw` is sent as the body as it is; `silent`
    is how many seconds pass before anything is sent.
    """

    text: str = ""
    calls: Sequence[tuple[str, dict[str, Any]]] = ()
    status: int = 200
    retry_after: float | None = None
    pieces: int = 5
    pause: float = 0.0
    cut: int | None = None
    raw: bytes | None = None
    silent: float = 0.0
    usage: int | None = None
    finish: str = "stop"


@dataclass
class OpenAIService:
    """The service: its address, what it was asked, and how many clients left before the end."""

    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    left: int = 0
    url: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_reply(self, body: dict[str, Any], key: str) -> Reply:
        """The last reply serves all further requests."""
        with self.lock:
            self.asked.append(body)
            self.keys.append(key)
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def openai_service(*replies: Reply) -> Iterator[OpenAIService]:
    """A service that gives `replies` one after another."""
    service = OpenAIService(list(replies))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(service: OpenAIService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length))
            reply = service.next_reply(body, self.headers.get("Authorization", ""))
            try:
                self._answer(reply, bool(body.get("stream")))
            except OSError:
                service.left += 1
                self.close_connection = True

        def _answer(self, reply: Reply, stream: bool) -> None:
            if service.stopping.wait(reply.silent) or self._is_alone():
                service.left += 1
                self.close_connection = True
            elif reply.status != 200:
                error = {"error": {"message": "told to fail", "type": "test"}}
                self._send(reply.status, json.dumps(error).encode(), reply.retry_after)
            elif reply.raw is not None:
                self._send(200, reply.raw)
            elif not stream:
                self._send(200, json.dumps(_completion(reply)).encode())
            else:
                self._stream(reply)

        def _is_alone(self) -> bool:
            """Whether the client has closed the connection."""
            self.connection.settimeout(0.001)
            try:
                return self.connection.recv(1, 2) == b""  # 2 is MSG_PEEK
            except OSError:
                return False
            finally:
                with suppress(OSError):
                    self.connection.settimeout(None)

        def _send(self, status: int, body: bytes, retry_after: float | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if retry_after is not None:
                self.send_header("Retry-After", str(retry_after))
            self.end_headers()
            self.wfile.write(body)

        def _stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for number, chunk in enumerate(_chunks(reply)):
                if reply.cut is not None and number >= reply.cut:
                    self.close_connection = True
                    return
                if self._is_alone():
                    raise ConnectionResetError
                self._chunk(f"data: {json.dumps(chunk)}\n\n".encode())
                time.sleep(reply.pause)
            self._chunk(b"data: [DONE]\n\n")
            self._chunk(b"")

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

    return Handler


def _calls(reply: Reply) -> list[dict[str, Any]]:
    return [
        {
            "index": n,
            "id": f"call_{n}",
            "type": "function",
            "function": {"name": name, "arguments": json.dumps(arguments)},
        }
        for n, (name, arguments) in enumerate(reply.calls)
    ]


def _usage(reply: Reply) -> dict[str, int]:
    total = reply.usage or 0
    return {"prompt_tokens": total, "completion_tokens": 0, "total_tokens": total}


def _completion(reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
    if reply.calls:
        message["tool_calls"] = _calls(reply)
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [choice],
        "usage": _usage(reply),
    }


def _chunks(reply: Reply) -> Iterator[dict[str, Any]]:
    step = max(1, -(-len(reply.text) // reply.pieces))
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": reply.text[i : i + step]} for i in range(0, len(reply.text), step)]
    deltas += [{"tool_calls": [call]} for call in _calls(reply)]
    ended = "tool_calls" if reply.calls else reply.finish
    for n, delta in enumerate([*deltas, {}]):
        finish = ended if n == len(deltas) else None
        chunk: dict[str, Any] = {
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }
        if reply.usage is not None and n == len(deltas):
            chunk["usage"] = _usage(reply)
        yield chunk
