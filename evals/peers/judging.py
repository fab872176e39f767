"""Whether a hit holds a gold paragraph, and which paragraph it names: read in a peer's favour."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evals.measures.citations import is_at, top_label
from evals.peers.contestant import Found
from evals.questions import Gold, Question
from evals.systems import Catalogue
from kb.documents import EditionKind
from kb.errors import NotFound

K: Final = 5
OPENING: Final = 30  # characters of a paragraph's beginning that are enough
WINDOW: Final = 10  # characters

_TAG_OR_SUPERSCRIPT: Final = re.compile(r"<[^>]{1,20}>|[\u00b2\u00b3\u00b9\u2070-\u2079]")
_NUMBER: Final = re.compile(
    r"^\s*(?:(?P<table>Table|Tableau|Cuadro|Таблица|الجدول|表)\s*)?(?P<number>\d{1,3})"
    r"(?(table)\b|\s?\\?[.．、)]\s*(?=\S))",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one system's hits for one question are worth.

    `recall` is in [0, 1]; `names_own` and `names_gold` are 0 or 1; `characters` is how much text
    the hits show.
    """

    recall: float
    names_own: float
    names_gold: float
    characters: float


class Judge:
    """Knows the paragraphs' texts in the kinds of editions that the systems were given."""

    def __init__(self, catalogue: Catalogue, kinds: Sequence[EditionKind]) -> None:
        self._catalogue = catalogue
        self._kinds = kinds
        self._texts: dict[Gold, tuple[str, ...]] = {}

    def judge(self, question: Question, hits: Sequence[Found]) -> Judged:
        """The first `K` hits for a question that has gold."""
        wanted = (*question.gold, *question.alternatives)
        reference = named(hits[0]) if hits else None
        leads = reference is not None and any(_leads_to(gold, reference) for gold in wanted)
        return Judged(
            recall=self.recall(question, hits[:K]),
            names_own=float(reference is not None and self.holds(hits[0], reference)),
            names_gold=float(leads),
            characters=float(sum(len(hit.text) for hit in hits[:K])),
        )

    def recall(self, question: Question, hits: Sequence[Found]) -> float:
        """Share of the gold paragraphs, by top-level paragraph, that the hits hold.

        One of `gold_any` that is held counts as a gold one that is not, as in `evals.qrels`.
        """
        gold = {top_label(one.paragraph): one for one in question.gold}
        missing = [one for one in gold.values() if not any(self.finds(hit, one) for hit in hits)]
        spare = sum(any(self.finds(hit, one) for hit in hits) for one in question.alternatives)
        return 1 - max(0, len(missing) - spare) / len(gold)

    def finds(self, hit: Found, gold: Gold) -> bool:
        """Whether `hit` counts as the gold paragraph.

        A hit that bears a label counts by it alone: it must be of the paragraph, a part of it, or
        what it is a part of. A chunk counts when it `holds` the paragraph, whatever else it holds.
        """
        if hit.label is not None:
            return is_at(gold, hit.document_id, hit.label)
        return self.holds(hit, gold)

    def holds(self, hit: Found, gold: Gold) -> bool:
        """Whether the hit's text, of the same document, holds at least half of the paragraph's in
        any edition, or its first 30 characters; of a sub-paragraph, or of the paragraph around it.

        Letters and digits are compared, without case, marks, spaces, tags and superscripts. Half
        is held when half of the text's overlapping windows of ten characters stand in the hit.
        """
        if hit.document_id != gold.document_id:
            return False
        if gold not in self._texts:
            labels = dict.fromkeys((gold.paragraph, top_label(gold.paragraph)))
            self._texts[gold] = tuple(
                folded(text) for label in labels for text in self._editions(gold, label)
            )
        chunk = folded(hit.text)
        return any(_is_in(text, chunk) for text in self._texts[gold])

    def _editions(self, gold: Gold, label: str) -> Iterator[str]:
        for edition in self._catalogue.editions(gold.document_id):
            if edition.status != "current" or edition.kind not in self._kinds:
                continue
            try:
                yield self._catalogue.passage(
                    gold.document_id, label, language=edition.language, edition=edition.kind
                ).text
            except NotFound:
                continue


def named(hit: Found) -> Gold | None:
    """The official paragraph that a hit names: its label, else the first number that begins a line
    of the chunk as a paragraph's or table's number does. None where there is none.

    The document is granted: a peer is told which one a chunk is of.
    """
    if hit.label is not None:
        return Gold(hit.document_id, hit.label)
    match = _NUMBER.search(hit.text)
    if match is None:
        return None
    number = str(int(match["number"]))
    return Gold(hit.document_id, f"table {number}" if match["table"] else number)


def folded(text: str) -> str:
    """Letters and digits alone, in one case and width."""
    normal = unicodedata.normalize("NFKC", _TAG_OR_SUPERSCRIPT.sub("", text)).casefold()
    return "".join(character for character in normal if character.isalnum())


def _is_in(text: str, chunk: str) -> bool:
    if not text:
        return False
    if text[:OPENING] in chunk:
        return True
    windows = [text[at : at + WINDOW] for at in range(max(1, len(text) - WINDOW + 1))]
    return 2 * sum(window in chunk for window in windows) >= len(windows)


def _leads_to(gold: Gold, reference: Gold) -> bool:
    """A table's name is taken for any of its rows: a reader finds the row."""
    document, label = reference.document_id, reference.paragraph
    is_its_row = gold.paragraph.startswith(f"{label}, row ") and gold.document_id == document
    return is_its_row or is_at(gold, document, label)
