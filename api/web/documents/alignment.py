"""Two editions side by side: their blocks in rows, aligned by paragraph number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.web.documents.blocks import Block, Figure, Heading, LooseNotes, Paragraph, Table

_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side; at least one of the two is there."""

    first: Block | None
    second: Block | None = None


def alone(blocks: Sequence[Block]) -> tuple[Row, ...]:
    """Rows of one edition."""
    return tuple(Row(block) for block in blocks)


def aligned(first: Sequence[Block], second: Sequence[Block]) -> tuple[Row, ...]:
    """Rows in the order of `first`; what it lacks stands before what follows it in `second`.

    No block of either is lost.
    """
    keys = _keys(first)
    mine = set(keys)
    theirs = dict(zip(_keys(second), second, strict=True))
    before: dict[_Key | None, list[Block]] = {}
    waiting: list[Block] = []
    for key, block in theirs.items():
        if key not in mine:
            waiting.append(block)
        elif waiting:
            before[key], waiting = waiting, []
    rows: list[Row] = []
    for key, block in zip(keys, first, strict=True):
        rows.extend(Row(None, one) for one in before.get(key, ()))
        rows.append(Row(block, theirs.get(key)))
    rows.extend(Row(None, one) for one in waiting)
    return tuple(rows)


def _keys(blocks: Sequence[Block]) -> list[_Key]:
    """What tells the blocks of an edition apart, alike in all editions.

    A heading is known by the block that follows and its place among the headings before that.
    """
    keys = list(_keyed(blocks))
    seen: dict[_Key, int] = {}
    unique: list[_Key] = []
    for kind, name, nth in keys:
        again = seen[kind, name, nth] = seen.get((kind, name, nth), -1) + 1
        unique.append((kind, name, nth + 1000 * again))
    return unique


def _keyed(blocks: Sequence[Block]) -> Iterator[_Key]:
    for nth, block in enumerate(blocks):
        match block:
            case Paragraph() | Table() | Figure():
                yield "passage", block.label, 0
            case LooseNotes():
                yield "notes", "", 0
            case Heading():
                following = next(
                    (at for at in range(nth, len(blocks)) if not isinstance(blocks[at], Heading)),
                    len(blocks),
                )
                name = _label(blocks[following]) if following < len(blocks) else ""
                yield "heading", name, following - nth


def _label(block: Block) -> str:
    return block.label if isinstance(block, Paragraph | Table | Figure) else ""
