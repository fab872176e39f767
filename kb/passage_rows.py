"""SQL rows as `Passage` values: text of a span, footnotes in it, what became of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, cast

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from kb.corrections import Corrections, corrected_by
from kb.current_texts import Text
from kb.documents import PassageKind
from kb.passages import Passage
from kb.references import normalize_label, parse_label
from kb.store import chunks
from kb.tables import FootnoteRow, ParagraphRow

_Key = tuple[int, str]  # edition, label
_AT_ONCE: Final = 40  # pairs in one statement: it looks up each label in each edition


def normalized(label: str) -> str:
    """The spelling under which a label of any language's form is stored."""
    if label.isascii() and label.isdecimal():
        return label
    try:
        return parse_label(label).text
    except ValueError:  # a label of a passages file's own making
        return normalize_label(label) if label.strip() else label


def passages(
    session: Session, wanted: Sequence[tuple[Text, str]], corrections: Corrections
) -> list[Passage]:
    """The passages of these labels, which must exist, in the order asked for."""
    families = _families(session, {(text.id, label) for text, label in wanted})
    notes = _notes(session, {text.id for text, _ in wanted})
    return [
        _passage(text, label, families[text.id, label], notes.get(text.id, ()), corrections)
        for text, label in wanted
    ]


class PassageMemory:
    """Remembers passages of one generation of a store. Any thread may ask.

    `corrections` are those of that generation, which every session given must see.
    """

    def __init__(self, corrections: Corrections, remembered: int) -> None:
        self._corrections = corrections
        self._remembered = remembered
        self._held: dict[_Key, Passage] = {}

    def passages(self, session: Session, wanted: Sequence[tuple[Text, str]]) -> list[Passage]:
        """As `passages` gives them."""
        held = self._held
        missing = [one for one in wanted if (one[0].id, one[1]) not in held]
        if missing:
            keys = [(text.id, label) for text, label in wanted]
            if len(held) + len(missing) > self._remembered:
                held = self._held = {key: held[key] for key in keys if key in held}
            read = passages(session, missing, self._corrections)
            for (text, label), passage in zip(missing, read, strict=True):
                held[text.id, label] = passage
        return [held[text.id, label] for text, label in wanted]


def find_tops(session: Session, keys: Iterable[_Key]) -> dict[_Key, str]:
    """For those (edition, label) pairs that exist: the label of the top-level passage."""
    return {
        (row.edition_id, row.label): row.parent or row.label
        for some in _groups(keys)
        for row in session.connection().execute(_TOPS, _either(some))
        if (row.edition_id, row.label) in some
    }


def _groups(keys: Iterable[_Key]) -> Iterator[set[_Key]]:
    """`keys` in groups that have few labels or few editions."""
    return map(set, chunks(sorted(set(keys), key=lambda key: (key[1], key[0])), _AT_ONCE))


def _either(keys: Iterable[_Key]) -> dict[str, list[Any]]:
    """Bounds of a look-up by index: SQLite would go through the whole table for pairs."""
    editions, labels = zip(*keys, strict=True)
    return {"editions": list(set(editions)), "labels": list(set(labels))}


def _passage(
    text: Text,
    label: str,
    family: Sequence[Row[*tuple[Any, ...]]],
    notes: Iterable[tuple[str, str]],
    corrections: Corrections,
) -> Passage:
    row = next(member for member in family if member.label == label)
    whole: str = family[0].text or ""
    start: int = row.start or 0
    end: int = len(whole) if row.end is None else row.end
    return Passage(
        document_id=text.document_id,
        symbol=text.symbol,
        session=text.session,
        label=label,
        kind=cast(PassageKind, row.kind),
        language=text.language,
        edition=text.kind,
        version=text.version,
        status=text.status,
        visibility=text.visibility,
        text=whole[start:end],
        start=start,
        heading_path=tuple(row.heading_path),
        footnotes=tuple(note for note, anchor in notes if _is_in(anchor, label)),
        subparagraphs=tuple(
            sub.label for sub in family[1:] if row.parent is None or _is_below(sub.label, label)
        ),
        superseded_by=text.superseded_by,
        corrected_by=corrected_by(corrections, text.document_id, label),
    )


def _is_in(anchor: str, label: str) -> bool:
    return anchor == label or _is_below(anchor, label)


def _is_below(part: str, label: str) -> bool:
    return part.startswith(f"{label}(")


# Built once: making a statement costs as much as SQLite takes to answer it.
_TOPS: Final = select(
    col(ParagraphRow.edition_id), col(ParagraphRow.label), col(ParagraphRow.parent)
).where(
    col(ParagraphRow.edition_id).in_(bindparam("editions", expanding=True)),
    col(ParagraphRow.label).in_(bindparam("labels", expanding=True)),
)
_asked = aliased(ParagraphRow)
_FAMILIES: Final[Select[*tuple[Any, ...]]] = (
    select(
        col(_asked.edition_id),
        col(_asked.label).label("asked"),
        col(ParagraphRow.label),
        col(ParagraphRow.kind),
        col(ParagraphRow.text),
        col(ParagraphRow.heading_path),
        col(ParagraphRow.parent),
        col(ParagraphRow.start),
        col(ParagraphRow.end),
    )
    .join(
        ParagraphRow,
        and_(
            col(ParagraphRow.edition_id) == col(_asked.edition_id),
            col(ParagraphRow.position) == col(_asked.position),
        ),
    )
    .where(
        col(_asked.edition_id).in_(bindparam("editions", expanding=True)),
        col(_asked.label).in_(bindparam("labels", expanding=True)),
    )
    .order_by(col(ParagraphRow.nth))
)
_NOTES: Final = (
    select(col(FootnoteRow.edition_id), col(FootnoteRow.label), col(FootnoteRow.anchor))
    .where(
        col(FootnoteRow.edition_id).in_(bindparam("editions", expanding=True)),
        col(FootnoteRow.anchor).is_not(None),
    )
    .order_by(col(FootnoteRow.edition_id), col(FootnoteRow.position))
)


def _families(session: Session, keys: Collection[_Key]) -> dict[_Key, list[Row[*tuple[Any, ...]]]]:
    """Of each (edition, label): the top-level row of its passage, then all sub-paragraphs."""
    found: dict[_Key, list[Row[*tuple[Any, ...]]]] = {}
    for some in _groups(keys):
        for row in session.connection().execute(_FAMILIES, _either(some)):
            if (row.edition_id, row.asked) in some:
                found.setdefault((row.edition_id, row.asked), []).append(row)
    return found


def _notes(session: Session, editions: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Of each edition: its footnotes that have an anchor, with that."""
    found: dict[int, list[tuple[str, str]]] = {}
    for ids in chunks(editions):
        for row in session.connection().execute(_NOTES, {"editions": ids}):
            found.setdefault(row.edition_id, []).append((row.label, row.anchor))
    return found
