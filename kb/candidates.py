"""Units that the indexes propose, joined to SQL: what they belong to, and who may find them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from kb.documents import EditionKind, Visibility
from kb.languages import Language
from kb.passage_rows import find_tops
from kb.passages import Via
from kb.references import parse_label
from kb.store import chunks
from kb.tables import Document, Edition
from kb.units import indexed, parse_unit

KINDS: Final[tuple[EditionKind, ...]] = get_args(EditionKind)
Key = tuple[str, str]  # document, top-level label


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, by whom, and where to look."""

    text: str
    k: int = 10
    language: Language | None = None  # the reader's; None: that of the text
    documents: tuple[str, ...] | None = None  # ids or symbols; None: all
    edition: EditionKind | None = None
    visibility: frozenset[Visibility] = frozenset({"public"})


@dataclass(frozen=True, slots=True)
class Text:
    """An edition that the reader may find."""

    id: int
    document_id: str
    language: Language
    kind: EditionKind
    version: int


Texts = dict[str, list[Text]]  # by document


@dataclass(frozen=True, slots=True)
class Match:
    """An edition of a paragraph that a list gave; `rank` counts that list's units from 1."""

    key: Key
    text: Text
    rank: int


def vouched(
    session: Session, proposed: Mapping[Via, Sequence[str]], query: Query
) -> dict[Via, list[Match]]:
    """The paragraphs that each list's units belong to.

    An orphan is left out, and so is what this reader may not find.
    """
    keys = {unit: parse_unit(unit) for found in proposed.values() for unit in found}
    texts = findable_texts(session, {key.document_id for key in keys.values()}, query)
    known = {
        (one.document_id, one.language, one.kind, one.version): one
        for some in texts.values()
        for one in some
    }
    held: dict[str, tuple[Text, str]] = {}
    for unit, key in keys.items():
        text = known.get((key.document_id, key.language, key.kind, key.version))
        if text is not None:
            held[unit] = text, key.label
    tops = find_tops(session, [(text.id, label) for text, label in held.values()])
    places = {
        unit: (text, (text.document_id, tops[text.id, label]))
        for unit, (text, label) in held.items()
        if (text.id, label) in tops
    }
    whole = _whole(session, {key for _, key in places.values()}, texts)
    return {
        via: [
            Match(whole.get(places[unit][1], places[unit][1]), places[unit][0], rank)
            for rank, unit in enumerate(found, start=1)
            if unit in places
        ]
        for via, found in proposed.items()
    }


def _whole(session: Session, keys: Collection[Key], texts: Texts) -> dict[Key, Key]:
    """For a sub-paragraph that stands alone in its edition: the paragraph, if another has it."""
    parts = {key: top for key in keys if (top := _top(key[1])) != key[1]}
    tops = find_tops(
        session,
        [(text.id, top) for (document, _), top in parts.items() for text in texts[document]],
    )
    known = {label for _, label in tops}
    return {key: (key[0], top) for key, top in parts.items() if top in known}


def _top(label: str) -> str:
    if not label.endswith(")"):
        return label
    try:
        return parse_label(label).top
    except ValueError:
        return label


def findable_texts(session: Session, documents: Collection[str], query: Query) -> Texts:
    """The editions of these documents that this reader may find."""
    found: Texts = {}
    for ids in chunks(documents):
        rows = session.execute(
            select_columns(
                col(Edition.id),
                col(Edition.document_id),
                col(Edition.language),
                col(Edition.kind),
                col(Edition.version),
            )
            .join(Document, col(Document.id) == col(Edition.document_id))
            .where(
                col(Document.id).in_(ids),
                col(Document.visibility).in_(query.visibility),
                col(Edition.kind).in_((query.edition,) if query.edition else KINDS),
                *indexed(),
            )
        )
        for row in rows:
            found.setdefault(row[1], []).append(Text(*row))
    return found
