"""The page of one document."""

from collections.abc import Mapping

from api.web.documents.corrected import corrected
from api.web.documents.head import build_head
from api.web.documents.opening import Opened, Place, choice_of, open_at, place_of
from api.web.documents.reader import Reader
from api.web.documents.resting import resting
from api.web.frame import Frame
from api.web.markup import element
from api.web.visitor import Visitor
from kb.errors import LandBriefError


async def build_reader(
    visitor: Visitor, frame: Frame, document: str, query: Mapping[str, str]
) -> None:
    """Build the page of `document` at the place that `query` names."""
    place = place_of(query)
    try:
        opened = await visitor.call(
            "reading", lambda desk: open_at(desk, document, place, visitor.language)
        )
    except LandBriefError as error:
        with element("div", classes="lb-measure lb-stack"):
            element("h1", document, dir="auto")
            frame.problem(error)
            with element("p"):
                element("a", visitor.say("documents.all"), href="/documents")
        return
    with element("div", classes="lb-doc-page"):
        head = element("header", classes="lb-stack lb-stack-tight lb-doc-head")
        reader: Reader

        async def choose(first: str, second: str) -> None:
            choice = choice_of(first)
            with frame.trying():
                try:
                    if choice is None:
                        return
                    wanted = Place(choice, choice_of(second))
                    shown = await visitor.call(
                        "reading",
                        lambda desk: open_at(
                            desk, opened.body.document_id, wanted, visitor.language
                        ),
                    )
                except Exception:
                    reader.failed()
                    raise
                reader.show(shown)
                head.clear()
                with head:
                    build_head(visitor, shown)
                _entitle(frame, shown)

        async def fill() -> None:
            with frame.trying():
                found, amended = await visitor.call(
                    "reading",
                    lambda desk: (
                        resting(desk, opened.body.document_id, visitor.language),
                        corrected(desk, opened.body),
                    ),
                )
                reader.rest(opened.body.document_id, found, amended)

        with head:
            build_head(visitor, opened)
        reader = Reader(visitor, opened, choose, fill)
        _entitle(frame, opened)


def _entitle(frame: Frame, opened: Opened) -> None:
    frame.title(opened.body.symbol or opened.body.document_id)
