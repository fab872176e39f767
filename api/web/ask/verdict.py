"""Thumbs and a comment: what a reader thinks of an answer."""

from functools import partial
from typing import Final, Literal

from nicegui.element import Element

from api.desk import Desk
from api.opinions import Opinions
from api.schemas.feedback import FeedbackRequest
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.visitor import Visitor

_MOST: Final = 2_000
_Verdict = Literal["up", "down"]
_VALUE: Final = "(event) => { event.preventDefault(); emit(event.target.elements[0].value); }"


class VerdictBar:
    """Built where it is made; only where the server keeps verdicts."""

    def __init__(
        self, visitor: Visitor, frame: Frame, conversation_id: str, question: str, answer: str
    ) -> None:
        self._visitor = visitor
        self._frame = frame
        self._conversation = conversation_id
        self._question = question
        self._answer = answer
        self._chosen: _Verdict | None = None
        if visitor.work.opinions is None:
            return
        with element("div", classes="ask-verdict lb-no-print"):
            self._buttons: dict[_Verdict, Element] = {
                "up": self._thumb("up", visitor.say("ask.helpful")),
                "down": self._thumb("down", visitor.say("ask.unhelpful")),
            }
        self._form = element("form", classes="ask-comment lb-no-print", hidden=True)
        with self._form:
            with element("label", classes="lb-field"):
                element("span", visitor.say("ask.comment"))
                self._field = element(
                    "textarea", classes="lb-input", rows="2", maxlength=str(_MOST), dir="auto"
                )
            with element("div", classes="lb-line"):
                element("button", visitor.say("ask.comment_send"), "lb-button-quiet", type="submit")
        self._form.on("submit", lambda event: self._send(event.args), js_handler=_VALUE)

    def _thumb(self, verdict: _Verdict, label: str) -> Element:
        made = element(
            "button",
            classes="lb-icon-button ask-thumb",
            type="button",
            aria_label=label,
            title=label,
            aria_pressed="false",
        )
        with made:
            icon("up" if verdict == "up" else "thumb-down")
        made.on("click", lambda: self._choose(verdict))
        return made

    def _choose(self, verdict: _Verdict) -> None:
        self._chosen = verdict
        for one, button in self._buttons.items():
            button.props["aria-pressed"] = "true" if one == verdict else "false"
        self._form.props.pop("hidden", None)
        self._frame.call_script("landbriefAsk.focus", self._field.html_id)

    async def _send(self, comment: object) -> None:
        opinions, chosen = self._visitor.work.opinions, self._chosen
        if opinions is None or chosen is None:
            return
        text = str(comment or "").strip()[:_MOST]
        with self._frame.trying():
            await self._visitor.call(None, partial(self._keep, opinions, chosen, text))
            self._form.delete()
            for button in self._buttons.values():
                button.props["disabled"] = ""
            self._frame.note(self._visitor.say("ask.thanks"))

    def _keep(self, opinions: Opinions, verdict: _Verdict, comment: str, desk: Desk) -> None:
        owner = self._visitor.owner
        turns = desk.conversation(self._conversation, owner).items
        mine = [
            nth
            for nth, turn in enumerate(turns, 1)
            if turn.question == self._question and turn.answer.answer == self._answer
        ]
        given = FeedbackRequest(
            verdict=verdict,
            conversation_id=self._conversation if mine else None,
            turn=mine[-1] if mine else None,
            question=self._question,
            comment=comment or None,
        )
        opinions.keep(desk, given, owner)
