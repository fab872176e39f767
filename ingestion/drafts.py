"""A paragraph in the making: parts are added, marks taken out, spans kept right."""

from collections.abc import Collection

from ingestion.enumerators import Degree, inline_runs
from ingestion.footnotes import Mark, join_cut, split_marks
from ingestion.pieces import ends_sentence
from ingestion.subparagraphs import MarkedLine, label_subparagraphs
from kb.documents import Paragraph, PassageKind, Subparagraph


class Draft:
    """Text, line marks and footnote marks of one paragraph, always consistent with one another."""

    def __init__(self, label: str, kind: PassageKind, known_footnotes: Collection[str]) -> None:
        self.label = label
        self.kind = kind
        self.text = ""
        self.marks: list[Mark] = []
        self.joins: list[tuple[str, str]] = []  # ends of the texts on both sides of a page cut
        self._known = known_footnotes
        self._lines: list[tuple[int, Degree | None]] = []

    @property
    def ended(self) -> bool:
        """Whether the text so far ends a sentence or a clause."""
        return ends_sentence(self.text)

    @property
    def in_list(self) -> bool:
        """Whether the last line belongs to a sub-paragraph."""
        return bool(self._lines) and self._lines[-1][1] is not None

    def holds_run_in(self, text: str) -> bool:
        """Whether the mark that starts `text` belongs to an enumeration inside the last line.

        "… (i) first; (ii) second" can be wrapped or cut right before a mark.
        """
        line = self.text[self._lines[-1][0] :] if self._lines else self.text
        joined = join_cut(line, text)
        offset = len(joined) - len(text.lstrip())
        for run in inline_runs(joined):
            own_mark = run[0][0] == 0 and self.in_list
            if not own_mark and any(place == offset for place, _ in run):
                return True
        return False

    def add_line(self, text: str, degree: Degree | None = None) -> None:
        """A new printed line, with the sub-paragraph mark that starts it, if any."""
        if self.text:
            self.text += "\n"
        if degree or not self._lines:
            self._lines.append((len(self.text), degree))
        elif not text.startswith(("- ", "• ", "– ")):
            self._lines.append((len(self.text), None))
        self._append(text)

    def restart(self, text: str) -> None:
        """The text begins here: what came before only announced it."""
        self.text, self.marks, self._lines = "", [], []
        self.add_line(text)

    def run_on(self, text: str, *, cut: bool) -> None:
        """Text that goes on in the same line, over a page cut or not."""
        if not self.text:
            self.add_line(text)
            return
        clean, marks = split_marks(text, self._known)
        joined = join_cut(self.text, clean)
        base = len(joined) - len(clean.lstrip())
        lead = len(clean) - len(clean.lstrip())
        if cut:
            self.joins.append((self.text[-20:], clean.strip()[:20]))
        self.text = joined
        self.marks += [Mark(m.number, max(base, base + m.offset - lead)) for m in marks]

    def _append(self, text: str) -> None:
        clean, marks = split_marks(text, self._known)
        self.marks += [Mark(m.number, len(self.text) + m.offset) for m in marks]
        self.text += clean

    def finished(self, heading_path: tuple[str, ...] = ()) -> Paragraph:
        """The paragraph with its labelled sub-paragraphs."""
        return Paragraph(
            self.label, self.kind, self.text.rstrip(), heading_path, self.subparagraphs()
        )

    def subparagraphs(self) -> tuple[Subparagraph, ...]:
        """Spans of the text; only numbered paragraphs have them."""
        if self.kind != "paragraph" or not self._lines:
            return ()
        length = len(self.text.rstrip())
        ends = [start - 1 for start, _ in self._lines[1:]] + [length]
        marked = [
            MarkedLine(start, min(end, length), degree)
            for (start, degree), end in zip(self._lines, ends, strict=True)
            if degree
        ]
        return label_subparagraphs(self.label, self.text[:length], marked)

    def anchor(self, mark: Mark) -> str:
        """Label of the deepest sub-paragraph that holds the mark, else the paragraph's own."""
        holders = [s for s in self.subparagraphs() if s.start < mark.offset <= s.end]
        return max(holders, key=lambda s: s.start).label if holders else self.label
