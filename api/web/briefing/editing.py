"""What a delegate changes of a note: never the words of a statement, which were checked."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from api.schemas import BriefBody, BriefSectionBody, BriefSourceBody, StatementBody
from assistant.brief.words import BriefWords
from kb.languages import Language

MOST: Final = 2_000
"""The most characters of a remark or a heading."""


class OwnRemark(StatementBody):
    """A remark of the delegate's own, marked in its text as such; it cites nothing."""

    own: str
    """Her words alone."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The changes to one note. Sections go by their keys, statements by ids that `ids_of` makes of
    their words: they outlive a note that is written anew."""

    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    replaced: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed."""
        return self == Edit()

    def titled(self, text: str) -> "Edit":
        """With another title; "" for the note's own."""
        return replace(self, title=_text(text))

    def headed(self, key: str, text: str) -> "Edit":
        """With another heading; "" for the note's own."""
        rest = {name: one for name, one in self.headings.items() if name != key}
        return replace(self, headings={**rest, key: _text(text)} if _text(text) else rest)

    def without(self, statement: str) -> "Edit":
        """Without a statement, or without a section by its key."""
        return replace(self, left_out=self.left_out | {statement})

    def restored(self, statement: str) -> "Edit":
        """With the statement as it was."""
        rest = {name: one for name, one in self.replaced.items() if name != statement}
        return replace(self, left_out=self.left_out - {statement}, replaced=rest)

    def with_remark_for(self, statement: str, text: str) -> "Edit":
        """With a remark in the place of a statement."""
        if not _text(text):
            return self
        left_out = self.left_out - {statement}
        return replace(self, left_out=left_out, replaced={**self.replaced, statement: _text(text)})

    def with_remark(self, key: str, text: str) -> "Edit":
        """With a remark at the end of a section."""
        if not _text(text):
            return self
        return replace(self, added={**self.added, key: (*self.added.get(key, ()), _text(text))})

    def without_remark(self, key: str, nth: int) -> "Edit":
        """Without the remark at `nth` of a section."""
        kept = tuple(one for at, one in enumerate(self.added.get(key, ())) if at != nth)
        rest = {name: some for name, some in self.added.items() if name != key}
        return replace(self, added={**rest, key: kept} if kept else rest)

    def moved(self, note: BriefBody, key: str, by: int) -> "Edit":
        """With a section one place up (-1) or down (1)."""
        order = [one.key for one in ordered(note, self)]
        at = order.index(key)  # type: ignore[arg-type]
        to = at + by
        if not 0 <= to < len(order):
            return self
        order[at], order[to] = order[to], order[at]
        return replace(self, order=tuple(order))

    def kept(self) -> dict[str, Any]:
        """As it is remembered: plain JSON."""
        return {
            **asdict(self),
            "order": list(self.order),
            "left_out": sorted(self.left_out),
            "added": {key: list(some) for key, some in self.added.items()},
        }


def remembered(value: object) -> Edit:
    """What `Edit.kept` gave; an empty one of anything else."""
    try:
        given: dict[str, Any] = dict(value)  # type: ignore[call-overload]
        return Edit(
            str(given["title"]),
            dict(given["headings"]),
            tuple(given["order"]),
            frozenset(given["left_out"]),
            dict(given["replaced"]),
            {key: tuple(some) for key, some in dict(given["added"]).items()},
        )
    except (KeyError, TypeError, ValueError):
        return Edit()


def ordered(note: BriefBody, edit: Edit) -> list[BriefSectionBody]:
    """The sections but the sources, in her order; those that she has not seen stand last."""
    sections = [one for one in note.sections if one.key != "sources"]
    places = {key: at for at, key in enumerate(edit.order)}
    return sorted(sections, key=lambda one: places.get(one.key, len(places)))


def ids_of(section: BriefSectionBody) -> "Ids":
    """The ids of all that can be left out of a section."""
    seen: Counter[str] = Counter()

    def made(sort: str, texts: Iterable[str]) -> str:
        told = "\x1f".join((section.key, sort, *texts))
        seen[told] += 1
        digest = hashlib.blake2b(f"{told}\x1f{seen[told]}".encode(), digest_size=6)
        return f"{section.key}-{digest.hexdigest()}"

    table, chart = section.table, section.chart
    return Ids(
        tuple(made("line", [one.text]) for one in section.lines),
        tuple(made("row", row.cells) for row in (table.rows if table else ())),
        tuple(made("bar", [bar.label]) for bar in (chart.bars if chart else ())),
        tuple(made("note", [one.text]) for one in section.notes),
    )


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids beside the lines, rows, bars and notes of a section."""

    lines: tuple[str, ...]
    rows: tuple[str, ...]
    bars: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every one."""
        return (*self.lines, *self.rows, *self.bars, *self.notes)


def strays(section: BriefSectionBody, edit: Edit) -> tuple[str, ...]:
    """The ids of remarks for statements that the section no longer has: knowledge grows, and what
    she wrote is not lost."""
    held = ids_of(section).all
    mine = (one for one in edit.replaced if one.rpartition("-")[0] == section.key)
    return tuple(one for one in mine if one not in held)


def edited(note: BriefBody, edit: Edit) -> BriefBody:
    """The note as she wants it: what every file of it is made from. Its citations and sources are
    those that are still needed, numbered anew."""
    if edit.is_empty:
        return note
    sections = [
        _section(one, edit, note.language)
        for one in ordered(note, edit)
        if one.key not in edit.left_out
    ]
    kept = [one for one in sections if one.lines or one.table or one.chart or one.notes]
    sources = [one for one in note.sections if one.key == "sources"]
    says_own = bool(edit.replaced or edit.added)
    words = BriefWords(note.language)
    changed = note.model_copy(
        update={
            "title": edit.title or note.title,
            "subtitle": words.say("edited", made=note.subtitle) if says_own else note.subtitle,
            "sections": [*kept, *sources],
        }
    )
    return _renumbered(changed)


def own_remark(text: str, language: Language) -> OwnRemark:
    """A remark as it stands in the note."""
    told = BriefWords(language).say("own_remark", text=text)
    return OwnRemark(text=told, kind="note", citations=[], own=text)


def statements(section: BriefSectionBody) -> list[StatementBody]:
    """All that a section says."""
    rows = section.table.rows if section.table else []
    bars = section.chart.bars if section.chart else []
    tabled = [s for row in rows for s in row.statements]
    drawn = [s for bar in bars for s in bar.statements]
    return [*section.lines, *tabled, *drawn, *section.notes]


def _section(section: BriefSectionBody, edit: Edit, language: Language) -> BriefSectionBody:
    ids = ids_of(section)

    def left(some: Sequence[StatementBody], named: Sequence[str]) -> list[StatementBody]:
        return [
            own_remark(edit.replaced[name], language) if name in edit.replaced else one
            for one, name in zip(some, named, strict=True)
            if name not in edit.left_out
        ]

    gone = edit.left_out | set(edit.replaced)
    # In the place of a row or a bar stands nothing: the remark for it follows the table.
    aside = (*ids.rows, *ids.bars, *strays(section, edit))
    beside = [edit.replaced[one] for one in aside if one in edit.replaced]
    notes = left(section.notes, ids.notes)
    notes += (own_remark(one, language) for one in (*beside, *edit.added.get(section.key, ())))
    table, chart = section.table, section.chart
    if table is not None:
        rows = [row for row, name in zip(table.rows, ids.rows, strict=True) if name not in gone]
        table = table.model_copy(update={"rows": rows}) if rows else None
    if chart is not None:
        bars = [bar for bar, name in zip(chart.bars, ids.bars, strict=True) if name not in gone]
        chart = chart.model_copy(update={"bars": bars}) if bars else None
    return section.model_copy(
        update={
            "title": edit.headings.get(section.key) or section.title,
            "lines": left(section.lines, ids.lines),
            "table": table,
            "chart": chart,
            "notes": notes,
        }
    )


def _renumbered(note: BriefBody) -> BriefBody:
    used = {n for section in note.sections for one in statements(section) for n in one.citations}
    sources: list[BriefSourceBody] = []
    for one in note.sources:
        numbers = [n for n in one.citations if n in used]
        if numbers:
            sources.append(one.model_copy(update={"n": len(sources) + 1, "citations": numbers}))
    sections = [one for one in note.sections if one.key != "sources" or sources]
    citations = [one for one in note.citations if one.n in used]
    return note.model_copy(
        update={"sections": sections, "sources": sources, "citations": citations}
    )


def _text(text: str) -> str:
    return " ".join(text.split())[:MOST]
