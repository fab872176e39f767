"""What was understood of a candidate, read or corrected, and the paragraph that it stands in."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from nicegui.events import GenericEventArguments

from api.schemas import RecordBody
from api.web.markup import element, isolated
from api.web.records.review_view import Field, Place
from api.web.records.tabs import KIND_LABELS
from api.web.visitor import Visitor

_VALUE: Final = "(event) => emit(event.target.value)"
_LONGEST: Final = 10_000
"""Characters of a value that are taken: some hold more than is typed into a field."""


class CandidateForm:
    """A candidate: a list of what was understood, which turns into inputs."""

    def __init__(
        self,
        visitor: Visitor,
        record: RecordBody,
        known: tuple[Field, ...],
        verdict: str,
        accept: Callable[[], Awaitable[None]],
    ) -> None:
        """Builds it where it is made. `verdict` is what was decided of it since; "" if nothing."""
        self._visitor = visitor
        self._known = known
        self._accept = accept
        self._is_edited = False
        self._written: dict[str, str] = {}
        with element("div", classes="lb-review-form lb-card"):
            with element("div", classes="lb-line"):
                element("h2", visitor.say(KIND_LABELS[record.kind]))
                if verdict or record.judged_by:
                    by = record.judged_by or ""
                    said = verdict or visitor.say("review.judged")
                    element("span", f"{said} · {by}" if by else said, "lb-tag")
            self._body = element("div")
        self._build()

    @property
    def written(self) -> Mapping[str, str]:
        """What stands in the inputs that were changed."""
        return self._written

    def toggle(self) -> None:
        """Turn what is read into inputs, or back: what was typed is left."""
        self._is_edited = not self._is_edited
        self._written = {}
        self._build()

    def _build(self) -> None:
        self._body.clear()
        with self._body:
            if self._is_edited:
                self._inputs()
            else:
                self._list()

    def _list(self) -> None:
        with element("dl", classes="lb-review-list"):
            for one in self._known:
                if one.text:
                    element("dt", one.label, "lb-small lb-quiet")
                    with element("dd"):
                        element("bdi", one.text)

    def _inputs(self) -> None:
        with element("div", classes="lb-stack lb-stack-tight"):
            for one in self._known:
                with element("label", classes="lb-field"):
                    element("span", one.label)
                    if one.choices:
                        self._choice(one)
                    else:
                        self._input(one)
            element("p", self._visitor.say("review.edit_hint"), "lb-small lb-quiet")

    def _input(self, one: Field) -> None:
        made = element(
            "input",
            classes="lb-input",
            type="text",
            value=one.value,
            dir="auto",
            maxlength="500",
        )
        if one.required:
            made.props["aria-required"] = "true"
        made.on("input", lambda event: self._keep(one, event), js_handler=_VALUE)
        # Enter is told with what stands there: the last letters may not have arrived yet.
        made.on(
            "keydown.enter.prevent",
            lambda event: self._entered(one, event),
            js_handler=_VALUE,
        )

    def _choice(self, one: Field) -> None:
        with element("select", classes="lb-select") as made:
            if not one.required:
                element("option", "", value="", selected=not one.value)
            for value, text in one.choices:
                element("option", text, value=value, selected=value == one.value)
        made.on("change", lambda event: self._keep(one, event), js_handler=_VALUE)

    def _keep(self, one: Field, event: GenericEventArguments) -> None:
        self._written[one.name] = str(event.args)[:_LONGEST]

    async def _entered(self, one: Field, event: GenericEventArguments) -> None:
        self._keep(one, event)
        await self._accept()


def place_card(visitor: Visitor, place: Place) -> None:
    """The paragraph, with what was found in it marked."""
    with element("article", classes="lb-review-place"):
        with element("p", classes="lb-small lb-quiet"):
            isolated(place.name)
        if place.headings:
            element("p", " › ".join(place.headings[-2:]), "lb-small lb-quiet", dir="auto")
        if place.parts is None:
            element("p", visitor.say("review.not_held"), "lb-quiet")
            return
        attributes: dict[str, Any] = {"lang": place.language} if place.language else {}
        with element("p", classes="lb-text", dir="auto", **attributes):
            for piece in place.parts:
                tag = "mark" if piece.is_quoted else "span"
                element(tag, piece.text, "lb-review-found" if piece.is_found else "")


def labels(visitor: Visitor) -> Mapping[str, str]:
    """The names of all columns, in the reader's language."""
    return {column: visitor.say(key) for column, key in _LABELS.items()}


_LABELS: Final = {
    "subject": "records.subject",
    "measure": "records.measure",
    "value": "records.figure",
    "unit": "review.unit",
    "qualifier": "review.qualifier",
    "baseline": "review.baseline",
    "deadline": "records.deadline",
    "indicator": "records.indicator",
    "state": "records.state",
    "party": "records.party",
    "programme": "records.programme",
    "activity": "records.activity",
    "progress": "records.progress",
    "of": "review.of",
    "share": "review.share",
    "as_of": "records.as_of",
    "initiative": "records.initiative",
    "partner": "records.partner",
    "role": "records.role",
    "since": "records.since",
    "until": "review.until",
    "supported_by": "records.supported_by",
    "provider": "records.provider",
    "recipient": "review.recipient",
    "purpose": "records.purpose",
    "amount": "records.amount",
    "currency": "records.currency",
    "stage": "records.stage",
    "instrument": "review.instrument",
    "per": "review.per",
    "period_start": "review.period_start",
    "period_end": "review.period_end",
    "name": "records.event",
    "start": "review.start",
    "end": "review.end",
    "place": "records.place",
    "country": "review.country",
    "outcome": "records.outcome",
    "organizers": "records.organizers",
    "decision": "records.decision",
    "addressee": "records.addressee",
    "verb": "records.verb",
    "what": "records.what",
}
