"""The text of a document, drawn in the browser from plain values."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from nicegui.element import Element

from api.schemas import EditionBody
from api.web.documents.opening import Opened, key_of
from api.web.documents.resting import Resting
from api.web.documents.wire import Plain, rows_out, target_of
from api.web.visitor import Visitor
from api.web.words import NAMES
from kb.records.kinds import RecordKind

OnChoose = Callable[[str, str], Any]
OnReady = Callable[[], Any]
_MOST_IDS: Final = 60
"""So that addresses stay short enough for every server."""
_KINDS: Final[Mapping[RecordKind, str]] = {
    "targets": "records.kind_targets",
    "milestones": "records.kind_milestones",
    "partnerships": "records.kind_partnerships",
    "participations": "records.kind_participations",
    "funding": "records.kind_funding",
    "observations": "records.kind_observations",
    "events": "records.kind_events",
    "decisions": "records.kind_decisions",
}


class Reader(
    Element,
    component="reader.js",
    esm={"landbrief-reader": "script"},
):
    """One or two editions with their outline and the search inside.

    `on_choose` is given the keys of the texts that the reader wants, the second empty for none;
    `on_ready` is called once the texts are there to be told of by `rest`.
    """

    def __init__(
        self, visitor: Visitor, opened: Opened, on_choose: OnChoose, on_ready: OnReady
    ) -> None:
        super().__init__()
        self._visitor = visitor
        self.props["words"] = _words(visitor)
        self._put(opened, target_of(opened))
        self.on("ready", lambda: on_ready(), args=[])
        self.on(
            "choose",
            lambda event: on_choose(
                str(event.args.get("first", "")), str(event.args.get("second", ""))
            ),
        )

    def show(self, opened: Opened) -> None:
        """Show other texts of the document; the place is kept."""
        self._put(opened, None)
        self.update()

    def failed(self) -> None:
        """What was chosen cannot be shown: the texts stay as they are."""
        self.run_method("failed")

    def rest(
        self, document_id: str, found: Resting, corrected: Mapping[str, Sequence[str]]
    ) -> None:
        """Tell which records rest on which paragraphs, and what amends them."""
        amended = {label: list(by) for label, by in corrected.items()}
        # Not as properties: an update of those would send the whole text again.
        self.run_method("rest", resting_out(self._visitor, document_id, found), amended)

    def _put(self, opened: Opened, target: Plain | None) -> None:
        body, second = opened.body, opened.second
        self.props["rows"] = rows_out(opened.rows)
        self.props["target"] = target
        self.props["editions"] = choices(self._visitor, opened)
        self.props["chosen"] = {
            "first": opened.key,
            "second": opened.second_key,
            "lang": body.language,
            "secondLang": second.language if second else "",
        }
        self.props["path"] = opened.path


def choices(visitor: Visitor, opened: Opened) -> list[dict[str, str]]:
    """The texts to choose from: those in force, and what is shown; originals first."""
    shown = {opened.key, opened.second_key}
    held = [
        one for one in opened.body.editions if one.status == "current" or (key_of(one) in shown)
    ]
    held.sort(key=lambda one: one.edition != "original")
    return [{"key": key_of(one), "name": edition_name(visitor, one)} for one in held]


def edition_name(visitor: Visitor, edition: EditionBody) -> str:
    """What a text is called in a menu: `中文 · original text`."""
    kind = visitor.say("shell.digest" if edition.edition == "digest" else "shell.original")
    name = f"{NAMES[edition.language]} · {kind}"
    if edition.status == "current":
        return name
    return f"{name} · {visitor.say('documents.version', number=str(edition.version))}"


def resting_out(visitor: Visitor, document_id: str, found: Resting) -> Plain:
    """By label: how many records in words, and by kind with the address of their grid."""
    return {
        label: {
            "text": visitor.say_count("documents.records_on", sum(map(len, kinds.values()))),
            "kinds": [
                [
                    visitor.say(
                        "documents.kind", kind=visitor.say(_KINDS[kind]), count=str(len(ids))
                    ),
                    records_path(kind, document_id, ids),
                ]
                for kind, ids in kinds.items()
            ],
        }
        for label, kinds in found.items()
    }


def records_path(kind: RecordKind, document_id: str, ids: Sequence[str]) -> str:
    """The grid of one kind, narrowed to these records, or to their document where they are many."""
    pairs = [("id", one) for one in ids] if len(ids) <= _MOST_IDS else [("document", document_id)]
    return f"/records/{kind}?{urlencode(pairs)}"


def _words(visitor: Visitor) -> dict[str, str]:
    say = visitor.say
    return {
        "locale": visitor.language,
        "text": say("documents.text"),
        "beside": say("documents.beside"),
        "nothing": say("documents.nothing_beside"),
        "absent": say("documents.absent"),
        "outline": say("documents.outline"),
        "below": say("documents.below"),
        "search": say("documents.search_inside"),
        "found": say("documents.found", nth="{nth}", count="{count}"),
        "none": say("documents.found_none"),
        "previous": say("documents.previous"),
        "next": say("documents.next"),
        "copy": say("shell.copy_citation"),
        "copy_link": say("documents.copy_link"),
        "note": say("documents.note", number="{number}"),
        "footnotes": say("documents.footnotes"),
        "picture": say("documents.picture"),
        "printed": say("documents.printed"),
        "read_as": say("documents.read_as"),
        "corrected": say("documents.corrected_here"),
    }
