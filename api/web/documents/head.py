"""What stands above a document's text: what it is, and what has become of it."""

from collections.abc import Iterable
from typing import Protocol

from api.schemas import DocumentBody
from api.web.documents.links import page_of
from api.web.documents.opening import Opened
from api.web.documents.wire import target_of
from api.web.markup import element, isolated
from api.web.visitor import Visitor
from api.web.words import NAMES
from kb.languages import Language


def build_head(visitor: Visitor, opened: Opened) -> None:
    """Title, identity, and marks of what supersedes, corrects or withdraws it."""
    body, say = opened.body, visitor.say
    with element("nav", classes="lb-doc-back lb-no-print", aria_label=say("documents.path")):
        element("a", say("shell.documents"), href="/documents")
    language = title_language(body)
    title = element("h1", body.title or body.document_id, dir="auto")
    if language:
        title.props["lang"] = language
    with element("div", classes="lb-line lb-small lb-quiet lb-doc-identity"):
        isolated(body.symbol or body.document_id, "lb-strong")
        for text in session_and_item(visitor, body):
            element("span", text)
    with element("div", classes="lb-line"):
        element("span", NAMES[body.language], "lb-tag", lang=body.language)
        kind = "shell.digest" if body.edition == "digest" else "shell.original"
        element("span", say(kind), "lb-tag")
        if body.visibility == "internal":
            element("span", say("documents.internal"), "lb-tag lb-doc-internal")
    _standing(visitor, body)
    if opened.paragraph and target_of(opened) is None:
        text = say("documents.no_paragraph", paragraph=opened.paragraph)
        element("p", text, "lb-problem", role="status")


class OfASession(Protocol):
    """A document that may belong to a session."""

    @property
    def document_id(self) -> str:
        """Its id."""

    @property
    def session(self) -> str | None:
        """Its session."""

    @property
    def agenda_item(self) -> str | None:
        """The item of the session's agenda."""


def session_and_item(visitor: Visitor, document: OfASession) -> tuple[str, ...]:
    """The session and the item of its agenda, in words; what the id says is left out."""
    session, item = document.session, document.agenda_item
    if document.document_id.startswith(f"{session}, item {item}"):
        return ()
    told = visitor.say("documents.item", item=item) if item else None
    return tuple(one for one in (session, told) if one)


def title_language(body: DocumentBody) -> Language | None:
    """The language of the title shown: that of a text where no text of this language has one."""
    return next((one.language for one in body.editions if one.title == body.title), None)


def _standing(visitor: Visitor, body: DocumentBody) -> None:
    say = visitor.say
    if body.status == "withdrawn":
        _mark(say("documents.withdrawn"))
    elif body.status == "superseded":
        _mark(say("documents.old_version", number=str(body.version)))
    if body.superseded_by:
        _mark(say("documents.superseded"), [body.superseded_by])
    if body.corrected_by:
        _mark(say("documents.corrected"), body.corrected_by)
    if body.corrects:
        _mark(say("documents.corrects"), [body.corrects])


def _mark(text: str, documents: Iterable[str] = ()) -> None:
    with element("div", classes="lb-problem lb-doc-mark-line", role="note"):
        element("span", text)
        for one in documents:
            with element("a", href=page_of(one)):
                isolated(one)
