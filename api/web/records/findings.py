"""Consistency: figures that do not agree, side by side, each with its paragraph."""

from collections.abc import Mapping
from typing import Final, Literal

from api.schemas import JudgeRequest
from api.web.admission import NotAllowed
from api.web.frame import Frame
from api.web.markup import element, icon, isolated
from api.web.records.charts_places import place_chips
from api.web.records.findings_view import FindingRow, Side, findings
from api.web.visitor import Visitor

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "contradiction": ("review.contradiction", "review.contradiction_more"),
    "scope": ("review.scope", "review.scope_more"),
    "change": ("review.change", "review.change_more"),
}
_STATUSES: Final = {"accepted": "review.confirmed", "rejected": "review.dismissed"}
_ARROW: Final = "Σ"


async def build(visitor: Visitor, frame: Frame) -> None:
    """Build the findings. Raises NotAllowed for who is no editor."""
    if not visitor.may("editor"):
        raise NotAllowed("this wants a key for the role editor")
    frame.title(visitor.say("review.findings"))
    await _Findings(visitor, frame).build()


class _Findings:
    def __init__(self, visitor: Visitor, frame: Frame) -> None:
        self._visitor = visitor
        self._frame = frame

    async def build(self) -> None:
        with element("section", classes="lb-findings"):
            self._place = element("div", classes="lb-stack lb-stack-loose")
        await self._show()

    async def _show(self) -> None:
        visitor = self._visitor
        language = visitor.language
        rows = await visitor.call("reading", lambda desk: findings(desk, language), role="editor")
        opened = sum(row.status == "open" for row in rows)
        self._place.clear()
        with self._place:
            if not rows:
                with element("div", classes="lb-empty"):
                    element("p", visitor.say("review.agree"), "lb-strong")
                    element("p", visitor.say("review.agree_more"))
                return
            element("p", visitor.say_count("review.open", opened), "lb-quiet", aria_live="polite")
            for row in rows:
                self._finding(row)

    def _finding(self, row: FindingRow) -> None:
        say = self._visitor.say
        name, more = _KINDS[row.kind]
        with element("article", classes="lb-finding", aria_labelledby=row.id):
            with element("div", classes="lb-line"):
                element("span", say(name), f"lb-tag lb-finding-{row.kind}")
                element("h2", row.title, id=row.id, dir="auto")
                if row.status in _STATUSES:
                    element("span", say(_STATUSES[row.status]), "lb-tag")
            element("p", say(more), "lb-small lb-quiet")
            with element("ul", classes="lb-finding-sides"):
                for side in row.sides:
                    self._side(side)
            if row.computation:
                with element("p", classes="lb-finding-sum lb-num"):
                    element("span", _ARROW, "lb-strong", aria_hidden="true")
                    isolated(row.computation)
            with element("div", classes="lb-line lb-no-print"):
                if row.status == "open":
                    self._action(row, "accept", "check", "review.confirm")
                    self._action(row, "reject", "close", "review.dismiss")
                else:
                    self._action(row, "reopen", "undo", "review.reopen")

    def _side(self, side: Side) -> None:
        with element("li"):
            element("p", side.figure, "lb-strong lb-num", dir="auto")
            element("p", side.about, dir="auto")
            if side.when:
                element("p", side.when, "lb-small lb-quiet")
            place_chips(self._visitor, self._frame, side.sources)

    def _action(
        self,
        row: FindingRow,
        verdict: Literal["accept", "reject", "reopen"],
        sign: str,
        key: str,
    ) -> None:
        async def judge() -> None:
            with self._frame.trying():
                caller = self._visitor.caller
                request = JudgeRequest(
                    verdict=verdict, ids=[row.id], by=caller.key_name if caller else None
                )
                await self._visitor.call("writing", lambda desk: desk.judge(request), role="editor")
                await self._show()
                self._frame.announce(self._visitor.say("review.noted"))

        button = element("button", classes="lb-button-quiet", type="button")
        with button:
            icon(sign)
            element("span", self._visitor.say(key))
        button.on("click", judge)
