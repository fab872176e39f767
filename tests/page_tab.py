"""A page as a browser without a screen has it: what it was sent, and its socket, by polling."""

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

_ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
_CLIENT = re.compile(r"'client_id': '([0-9a-f-]+)'")
_SOCKET = "/_nicegui_ws/socket.io/"
_END = "\x1e"


@dataclass
class Tab:
    """A page that was opened with `client`, whose cookies it uses."""

    client: httpx.Client
    text: str
    client_id: str
    elements: dict[str, Any]
    received: str = ""
    _query: dict[str, str] = field(default_factory=dict)

    def connect(self) -> "Tab":
        """Open its socket, as its script does at once."""
        self._query = {
            **{"EIO": "4", "transport": "polling", "client_id": self.client_id},
            **{"tab_id": str(uuid4()), "document_id": str(uuid4())},
            **{"next_message_id": "0", "implicit_handshake": "true"},
        }
        opened = self.client.get(_SOCKET, params=self._query)
        self._query["sid"] = json.loads(opened.text[1:])["sid"]
        self._post("40")
        self.listen("40{")
        return self

    def emit(self, element: str, event: str, arguments: Any = None) -> None:
        """Raise an event of an element of the page."""
        listener = next(
            one["listener_id"] for one in self.elements[element]["events"] if one["type"] == event
        )
        told = [json.dumps(arguments)] if arguments is not None else []
        message = {
            **{"id": int(element), "client_id": self.client_id},
            **{"listener_id": listener, "args": told},
        }
        self.send("event", message)

    def send(self, name: str, message: Any) -> None:
        """Send one message."""
        self._post("42" + json.dumps([name, message]))

    def listen(self, wanted: str, most: int = 20) -> str:
        """All that was received until `wanted` came."""
        for _ in range(most):
            if wanted in self.received:
                return self.received
            for packet in self.client.get(_SOCKET, params=self._query).text.split(_END):
                if packet == "2":
                    self._post("3")
                self.received += packet
        raise AssertionError(f"{wanted} did not come: {self.received[-2000:]}")

    def said(self) -> list[str]:
        """The texts of its elements."""
        return [one["text"] for one in self.elements.values() if one.get("text")]

    def having(self, key: str, value: str = "") -> str:
        """The id of the first element that has a property, or its class."""
        return next(
            name
            for name, one in self.elements.items()
            if (key in one.get("props", {}) and value in str(one["props"][key]))
            or key in one.get("class", ())
        )

    def _post(self, packet: str) -> None:
        self.client.post(_SOCKET, params=self._query, content=packet).raise_for_status()


def opened_tab(client: httpx.Client, path: str = "/") -> Tab:
    """Open a page."""
    answer = client.get(path)
    answer.raise_for_status()
    elements = _ELEMENTS.search(answer.text)
    named = _CLIENT.search(answer.text)
    assert elements
    assert named
    return Tab(client, answer.text, named[1], json.loads(html.unescape(elements[1])))
