"""The review queue: each candidate with its paragraph beside it, judged by a key or a button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from nicegui.elements.mixins.text_element import TextElement

from api.desk import Desk
from api.schemas import JudgeRequest, RecordBody
from api.web.admission import NotAllowed
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.records.review_form import CandidateForm, labels, place_card
from api.web.records.review_view import (
    Field,
    Place,
    Waiting,
    candidate,
    corrections,
    fields,
    places,
    waiting,
)
from api.web.visitor import Visitor

Verdict = Literal["accept", "reject"]
_FOCUS: Final = (
    "setTimeout(() => document.querySelector('.lb-review-form :is(input, select)')?.focus(), 60)"
)
_SAID: Final[Mapping[str, str]] = {"accept": "review.accepted", "reject": "review.rejected"}


async def build(visitor: Visitor, frame: Frame) -> None:
    """Build the queue of all that waits. Raises NotAllowed for who is no editor."""
    if not visitor.may("editor"):
        raise NotAllowed("this wants a key for the role editor")
    frame.title(visitor.say("review.title"))
    language = visitor.language
    found = await visitor.call("reading", lambda desk: waiting(desk, language), role="editor")
    if not found.ids:
        with element("div", classes="lb-empty"):
            element("p", visitor.say("review.empty"), "lb-strong")
            element("p", visitor.say("review.empty_more"))
        return
    await Queue(visitor, frame, found).build()


@dataclass
class _Judged:
    """What was decided of one, and what takes a correction back."""

    verdict: Verdict
    before: dict[str, str | None] = field(default_factory=dict)


class Queue:
    """Where a reviewer is in what waits, and what she has decided since she opened it."""

    def __init__(self, visitor: Visitor, frame: Frame, found: Waiting) -> None:
        self._visitor = visitor
        self._frame = frame
        self._found = found
        self._at = 0
        self._judged: dict[str, _Judged] = {}
        self._last: list[str] = []
        self._record: RecordBody | None = None
        self._form: CandidateForm | None = None
        self._known: tuple[Field, ...] = ()
        self._is_busy = False

    async def build(self) -> None:
        """Builds it where it is called, with the first candidate."""
        say = self._visitor.say
        with element("section", classes="lb-review", data_review=True):
            with element("div", classes="lb-line lb-review-head"):
                self._progress = element("p", classes="lb-strong lb-num", aria_live="polite")
                self._bar = element("progress", classes="lb-review-bar", max="1", value="0")
                self._bar.props["aria-label"] = say("review.title")
                self._back = self._button("before", "review.previous", "k ArrowUp", self._previous)
                self._on = self._button("after", "review.next", "j ArrowDown", self._next)
            if self._found.is_cut:
                element("p", say("review.is_cut"), "lb-small lb-quiet")
            self._place = element("div", classes="lb-review-body")
            with element("div", classes="lb-dock lb-review-dock"):
                self._accept = self._action(
                    "check", "review.accept", "a", self._accepted, "lb-button"
                )
                self._reject = self._action("close", "review.reject", "r", self._rejected)
                self._edit = self._action("edit", "review.edit", "e", self._edited)
                self._undo = self._action("undo", "review.undo", "u", self._undone)
            element("p", say("review.keys"), "lb-small lb-quiet lb-wide-only lb-no-print")
        await self._show(0)

    def _button(self, sign: str, key: str, keys: str, job: object) -> TextElement:
        label = self._visitor.say(key)
        made = element(
            "button",
            classes="lb-icon-button",
            type="button",
            aria_label=label,
            title=label,
            data_review_key=keys,
        )
        with made:
            icon(sign)
        made.on("click", job)  # type: ignore[arg-type]
        return made

    def _action(
        self, sign: str, key: str, keys: str, job: object, classes: str = "lb-button-quiet"
    ) -> TextElement:
        made = element(
            "button", classes=classes, type="button", data_review_key=keys, aria_keyshortcuts=keys
        )
        with made:
            icon(sign)
            element("span", self._visitor.say(key))
        made.on("click", job)  # type: ignore[arg-type]
        return made

    async def _show(self, at: int) -> None:
        self._at = at
        kind, record_id = self._found.ids[at]
        language = self._visitor.language

        def read(desk: Desk) -> tuple[RecordBody | None, tuple[Place, ...]]:
            record = candidate(desk, kind, record_id, language)
            return record, places(desk, record, language) if record else ()

        record, where = await self._visitor.call("reading", read, role="editor")
        self._record = record
        self._place.clear()
        with self._place:
            if record is None:
                self._form = None
                element("p", self._visitor.say("review.gone"), "lb-quiet")
            else:
                self._known = fields(record, language, labels(self._visitor))
                judged = self._judged.get(record_id)
                verdict = self._visitor.say(_SAID[judged.verdict]) if judged else ""
                self._form = CandidateForm(
                    self._visitor, record, self._known, verdict, self._accepted
                )
                with element("div", classes="lb-review-places"):
                    for one in where:
                        place_card(self._visitor, one)
        self._refresh()

    def _refresh(self) -> None:
        say, count = self._visitor.say, len(self._found.ids)
        done = len(self._judged)
        self._progress.set_text(
            say("review.progress", at=str(self._at + 1), of=str(count), judged=str(done))
        )
        self._bar.props["max"], self._bar.props["value"] = str(count), str(done)
        self._bar.update()
        is_open = self._form is not None
        _enable(self._back, is_on=self._at > 0)
        _enable(self._on, is_on=self._at < count - 1)
        for button in (self._accept, self._reject, self._edit):
            _enable(button, is_on=is_open)
        _enable(self._undo, is_on=bool(self._last))

    async def _previous(self) -> None:
        await self._move(self._at - 1)

    async def _next(self) -> None:
        await self._move(self._at + 1)

    async def _move(self, at: int) -> None:
        if 0 <= at < len(self._found.ids):
            with self._frame.trying():
                await self._show(at)

    async def _edited(self) -> None:
        if self._form is not None:
            self._form.toggle()
            self._frame.run(_FOCUS)

    async def _accepted(self) -> None:
        await self._judge("accept")

    async def _rejected(self) -> None:
        await self._judge("reject")

    async def _judge(self, verdict: Verdict) -> None:
        record, form = self._record, self._form
        if record is None or form is None or self._is_busy:
            return
        self._is_busy = True
        with self._frame.trying():
            after, before = (
                corrections(self._known, form.written) if verdict == "accept" else ({}, {})
            )
            await self._send(
                JudgeRequest(
                    verdict=verdict,
                    ids=[record.id],
                    by=self._name(),
                    corrections={record.id: after} if after else {},
                    language=self._visitor.language,
                )
            )
            earlier = self._judged.get(record.id)
            kept = {**before, **(earlier.before if earlier else {})}
            self._judged[record.id] = _Judged(verdict, kept)
            self._last = [*(one for one in self._last if one != record.id), record.id]
            self._frame.announce(self._visitor.say(_SAID[verdict]))
            following = self._unjudged()
            if following is None:
                self._frame.note(self._visitor.say("review.all_done"))
            await self._show(self._at if following is None else following)
        self._is_busy = False

    async def _undone(self) -> None:
        if not self._last or self._is_busy:
            return
        self._is_busy = True
        with self._frame.trying():
            record_id = self._last[-1]
            judged = self._judged[record_id]
            await self._send(
                JudgeRequest(
                    verdict="reopen",
                    ids=[record_id],
                    by=self._name(),
                    corrections={record_id: judged.before} if judged.before else {},
                )
            )
            self._last.pop()
            del self._judged[record_id]
            self._frame.announce(self._visitor.say("review.undone"))
            at = next(nth for nth, (_, one) in enumerate(self._found.ids) if one == record_id)
            await self._show(at)
        self._is_busy = False

    async def _send(self, request: JudgeRequest) -> None:
        await self._visitor.call("writing", lambda desk: desk.judge(request), role="editor")

    def _unjudged(self) -> int | None:
        """The next that waits, from here on and then from the beginning; None at the end."""
        count = len(self._found.ids)
        around = [(self._at + step) % count for step in range(1, count + 1)]
        return next((at for at in around if self._found.ids[at][1] not in self._judged), None)

    def _name(self) -> str | None:
        caller = self._visitor.caller
        return caller.key_name if caller else None


def _enable(button: TextElement, *, is_on: bool) -> None:
    if is_on:
        button.props.pop("disabled", None)
    else:
        button.props["disabled"] = ""
    button.update()
