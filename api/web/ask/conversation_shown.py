"""The conversation on one page: asks, shows what comes, and stops when it is no longer wanted."""

import asyncio
from contextlib import aclosing
from typing import Final

from nicegui import Client, background_tasks, ui
from nicegui.element import Element

from api.schemas import AnswerBody, AskRequest, ConversationBody
from api.web.admission import SignedOut
from api.web.ask.composer import Composer
from api.web.ask.conversations import ConversationShelf
from api.web.ask.head import Head
from api.web.ask.starters import MOST, Held
from api.web.ask.turn import Turn
from api.web.ask.verdict import VerdictBar
from api.web.frame import Frame
from api.web.markup import element
from api.web.visitor import Visitor

_AWAY_SECONDS: Final = 5.0
"""After which a reader whose browser went away is taken to have left."""


class Shown:
    """One for a page. A question that comes while another is answered takes its place."""

    def __init__(
        self,
        visitor: Visitor,
        frame: Frame,
        client: Client,
        held: Held,
        kept: ConversationBody | None,
    ) -> None:
        self._visitor = visitor
        self._frame = frame
        self._client = client
        self._held = held
        self._id = kept.conversation_id if kept else None
        self._task: asyncio.Task[None] | None = None
        self._shelf = ConversationShelf(visitor, frame)
        with element("div", classes="ask lb-measure"):
            self._head = Head(visitor, frame, self._shelf.open, self.list_conversations)
            self._empty: Element | None = None if kept else self._begin()
            self._turns: Element = element("div", classes="ask-turns", role="log")
            self._turns.props["aria-label"] = visitor.say("shell.ask")
            self._composer = Composer(visitor, self.ask, self.stop)
        if kept is not None:
            self._restore(kept)
        client.on_disconnect(self._left)

    async def ask(self, question: str) -> None:
        """Ask a question in this conversation."""
        text = question.strip()
        if not text:
            return
        self.stop()
        if self._empty is not None:
            self._empty.delete()
            self._empty = None
        with self._turns:
            turn = Turn(self._visitor, self._frame, text, self.ask)
        turn.searching(self._held)
        self._composer.busy(True)
        self._task = background_tasks.create(self._answer(turn, text), name="ask")

    def stop(self) -> None:
        """Stop the answer that is being made; what was said stays."""
        if self._task is not None and not self._task.done():
            self._task.cancel()

    def say_gone(self) -> None:
        """Say that the conversation of the address is not kept."""
        with self._turns:
            element("p", self._visitor.say("ask.gone"), "lb-problem", role="status")

    async def list_conversations(self) -> None:
        """Read the list of conversations anew."""
        await self._shelf.refresh(self._id)

    async def _answer(self, turn: Turn, question: str) -> None:
        visitor = self._visitor
        request = AskRequest(question=question, conversation_id=self._id)
        answer: AnswerBody | None = None
        with self._client:
            try:
                async with aclosing(
                    visitor.steps(
                        "answers", lambda desk, stop: desk.stream(request, stop, visitor.owner)
                    )
                ) as steps:
                    async for step in steps:
                        if isinstance(step, AnswerBody):
                            answer = step
                        else:
                            turn.take(step)
            except asyncio.CancelledError:
                self._settle(turn, visitor.say("ask.stopped"))
                return
            except SignedOut as error:
                self._frame.tell(error)
                return
            except Exception as error:
                self._fail(turn, error)
                return
            if answer is None:
                self._settle(turn, visitor.say("ask.unfinished"))
                return
            self._finish(turn, question, answer)
            with self._frame.trying():
                await self.list_conversations()

    def _finish(self, turn: Turn, question: str, answer: AnswerBody) -> None:
        self._complete(turn, question, answer)
        turn.follow_ups(self._next(question, answer))
        self._settle(turn)
        if self._id is None:
            self._id = answer.conversation_id
            ui.navigate.history.replace(f"/c/{self._id}")
            self._head.show(self._id, question, question)

    def _complete(self, turn: Turn, question: str, answer: AnswerBody) -> None:
        turn.finish(answer)
        with turn.foot:
            VerdictBar(self._visitor, self._frame, answer.conversation_id, question, answer.answer)

    def _next(self, question: str, answer: AnswerBody) -> list[str]:
        """What could be asked next: where nothing was found, what can be answered here."""
        if answer.follow_ups or not answer.abstained:
            return answer.follow_ups
        known = [one.text(answer.language) for one in self._held.starters[:MOST]]
        return [one for one in known if one != question]

    def _fail(self, turn: Turn, error: Exception) -> None:
        turn.fail(error)
        self._composer.busy(False)
        self._frame.run("landbriefAsk.bringBack()")

    def _settle(self, turn: Turn, said: str = "") -> None:
        turn.settle(said)
        if self._task is None or self._task.done() or self._task is asyncio.current_task():
            self._composer.busy(False)
            self._frame.run("landbriefAsk.settled()")

    def _restore(self, kept: ConversationBody) -> None:
        first = kept.items[0].question if kept.items else ""
        self._head.show(kept.conversation_id, kept.title, first)
        with self._turns:
            for one in kept.items:
                turn = Turn(self._visitor, self._frame, one.question, self.ask)
                self._complete(turn, one.question, one.answer)
        if kept.items:
            last = kept.items[-1]
            turn.follow_ups(self._next(last.question, last.answer))
        self._frame.run("landbriefAsk.toLast()")

    def _begin(self) -> Element:
        """What stands there before anything was asked."""
        say = self._visitor.say
        made = element("div", classes="ask-empty")
        with made:
            element("p", say("ask.title"), "ask-title")
            element("p", say("ask.promise"), "lb-quiet")
            starters = self._held.starters[:MOST]
            if starters:
                with element("div", classes="ask-starters", data_arrows=True):
                    element("h2", say("ask.examples"), "lb-small lb-quiet")
                    for one in starters:
                        text = one.text(self._visitor.language)
                        card = element("button", text, "lb-card ask-starter", type="button")
                        card.on("click", lambda text=text: self.ask(text))
        return made

    async def _left(self) -> None:
        await asyncio.sleep(_AWAY_SECONDS)
        if not self._client.has_socket_connection:
            self.stop()
