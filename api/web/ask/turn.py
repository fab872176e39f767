"""One question with its answer, as it stands on the page and as it comes in."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui.element import Element

from api.schemas import AnswerBody, CitationBody, EvidenceBody, StatementBody
from api.web.ask.figures_shown import show_figures
from api.web.ask.starters import Held
from api.web.ask.view import StatementView, statement_view, statements_of
from api.web.chip import citation_chips
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.visitor import Visitor
from api.web.words import NAMES, direction
from kb.languages import Language

Ask = Callable[[str], Awaitable[None]]
_EQUALS = " = "


class Turn:
    """Built where it is made. `take` adds what comes in; `settle` says how it ended."""

    def __init__(self, visitor: Visitor, frame: Frame, question: str, ask: Ask) -> None:
        self._visitor = visitor
        self._frame = frame
        self._ask = ask
        self._citations: list[CitationBody] = []
        self._said: list[StatementBody] = []
        self._progress: Element | None = None
        self._box = element("article", classes="ask-turn")
        with self._box:
            element("h2", question, "ask-question", dir="auto")
            self._body: Element = element("div", classes="ask-answer")
            self._foot: Element = element("div", classes="ask-foot")

    @property
    def foot(self) -> Element:
        """Where what belongs to the whole answer stands."""
        return self._foot

    def searching(self, held: Held) -> None:
        """Say what the question is looked for in."""
        say = self._visitor.say_count
        text = self._visitor.say(
            "ask.searching",
            documents=say("ask.documents", held.documents),
            records=say("ask.records", held.records),
        )
        self._box.props["aria-busy"] = "true"
        with self._body:
            self._progress = element("p", text, "ask-progress")

    def take(self, event: EvidenceBody | StatementBody) -> None:
        """One step of an answer that is being made."""
        if isinstance(event, EvidenceBody):
            self._citations += event.citations
            return
        self._quieten()
        self._said.append(event)
        with self._body:
            self._statement(statement_view(event, self._citations, None), None)

    def finish(self, answer: AnswerBody) -> None:
        """The whole answer: what was said stays as it stands where it is the same."""
        self._quieten()
        if self._said != answer.statements:
            self._body.clear()
            with self._body:
                for view in statements_of(answer):
                    self._statement(view, answer.language)
        self._body.props["lang"] = answer.language
        self._body.props["dir"] = direction(answer.language)
        if answer.asked_as:
            with self._body:
                said = self._visitor.say("ask.asked_as", question=answer.asked_as)
                note = element("p", said, "lb-small lb-quiet ask-asked-as", dir="auto")
            note.move(self._body, target_index=0)
        with self._foot:
            show_figures(self._visitor, self._frame, answer)

    def follow_ups(self, questions: Sequence[str]) -> None:
        """Questions that could come next, as quiet buttons."""
        if not questions:
            return
        say = self._visitor.say
        with self._foot, element("div", classes="ask-next lb-no-print"):
            element("h3", say("ask.follow_ups"), "lb-small lb-quiet")
            for question in questions:
                made = element("button", classes="ask-next-one", type="button")
                with made:
                    icon("forward")
                    element("span", question, dir="auto")
                made.on("click", lambda question=question: self._ask(question))

    def settle(self, said: str = "") -> None:
        """Nothing more comes; `said` tells why where the answer is not whole."""
        self._quieten()
        if said:
            with self._body:
                element("p", said, "ask-note")

    def fail(self, error: Exception) -> None:
        """Say what went wrong in place of what would still have come."""
        self._quieten()
        with self._body:
            self._frame.problem(error)

    def _quieten(self) -> None:
        self._box.props.pop("aria-busy", None)
        if self._progress is not None:
            self._progress.delete()
            self._progress = None

    def _statement(self, view: StatementView, answered: Language | None) -> None:
        made = element("div", classes=f"ask-statement ask-{view.kind}", data_kind=view.kind)
        if view.language:
            # Its mark is in the reader's language, and stands where the text begins.
            made.props["dir"] = direction(view.language)
        with made:
            if view.kind == "digest":
                self._mark(self._visitor.say("shell.digest"), view, answered)
            tag = "blockquote" if view.kind == "quote" else "p"
            attributes = {"lang": view.language} if view.language else {}
            with element(tag, classes="ask-text", dir="auto", **attributes):
                self._words(view)
                citation_chips(self._visitor, view.citations, self._frame.source.show)
            if view.kind == "quote" and view.language:
                element("span", NAMES[view.language], "ask-mark", lang=view.language)

    def _mark(self, said: str, view: StatementView, answered: Language | None) -> None:
        with element("p", classes="ask-mark"):
            element("span", said)
            if answered and view.language and view.language != answered:
                element("span", NAMES[view.language], lang=view.language)

    def _words(self, view: StatementView) -> None:
        if view.kind != "computed" or _EQUALS not in view.text:
            element("span", view.text)
            return
        terms, _, result = view.text.rpartition(_EQUALS)
        element("span", "Σ", "ask-sum", aria_hidden="true")
        element("span", self._visitor.say("ask.computed"), "lb-hidden")
        element("span", terms, "ask-terms")
        element("span", _EQUALS)
        element("strong", result)
