"""What all files of a note share: marks of sources, labels of tables, harmless cells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from api.record_sheets import safe
from api.schemas import BriefBody, BriefSectionBody, StatementBody
from assistant.brief.words import BriefWords

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")


def clean(text: str) -> str:
    """One line, without control characters and marks that reorder text."""
    return " ".join(_CONTROLS.sub("", text).split())


def cell(text: str) -> str:
    """The text of a table's cell: no spreadsheet that it is pasted into computes it."""
    return safe(clean(text))


class Marks:
    """The numbers of the sources that statements rest on."""

    def __init__(self, note: BriefBody) -> None:
        self._source = {n: one.n for one in note.sources for n in one.citations}

    def of(self, statements: Iterable[StatementBody]) -> list[int]:
        """Each once, in order."""
        found = (self._source[n] for one in statements for n in one.citations)
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Captioned:
    """The label and the caption of a table or a chart of a section: "Table 1. Key figures"."""

    section: BriefSectionBody
    is_chart: bool
    number: int
    label: str  # "Table 1"
    caption: str

    def text(self, words: BriefWords) -> str:
        """Both as one line."""
        return words.say("caption", label=self.label, text=self.caption)


def captions(note: BriefBody) -> Iterator[Captioned]:
    """Tables and charts in the order of the note, each sort numbered from 1."""
    words = BriefWords(note.language)
    tables = charts = 0
    for section in note.sections:
        if section.table is not None:
            tables += 1
            label = words.say("table_label", n=str(tables))
            yield Captioned(section, False, tables, label, clean(section.table.caption))
        if section.chart is not None:
            charts += 1
            label = words.say("figure_label", n=str(charts))
            yield Captioned(section, True, charts, label, clean(section.chart.caption))


def source_text(words: BriefWords, label: str, edition: str, quotes: Iterable[str]) -> str:
    """A source as one line: the citation, the text that was read, the words cited."""
    named = words.say("source_line", label=clean(label), edition=clean(edition))
    quoted = (words.say("quoted", text=clean(one)) for one in quotes)
    joint = {"zh": "："}.get(words.language, ": ")
    return named + joint + " … ".join(quoted)
