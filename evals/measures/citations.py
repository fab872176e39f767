"""Whether an answer cites the right paragraphs, existing ones, and word for word.

Precision and recall after Gao et al. (2023), Enabling Large Language Models to Generate Text with
Citations (ALCE), with a set's gold paragraphs in place of an entailment model.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.questions import Gold
from kb.languages import Language
from kb.references import parse_label


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of an answer beside what the catalogue holds at that place.

    `text` is the whole top-level passage in the edition and version cited, None where there is
    none; `span` is the cited sub-paragraph in it (the whole text for a top-level label).
    """

    n: int
    document_id: str
    paragraph: str
    language: Language
    quote: str
    start: int
    end: int
    text: str | None
    span: tuple[int, int] | None

    @property
    def exists(self) -> bool:
        """Whether the catalogue holds the paragraph."""
        return self.text is not None

    @property
    def is_verbatim(self) -> bool:
        """Whether `text[start:end] == quote`, not empty, inside the cited (sub-)paragraph."""
        if self.text is None or self.span is None or not self.quote:
            return False
        inside = self.span[0] <= self.start <= self.end <= self.span[1]
        return inside and self.text[self.start : self.end] == self.quote


def is_at(gold: Gold, document_id: str, paragraph: str) -> bool:
    """Whether a citation is of the gold paragraph, of a part of it, or of what it is a part of.

    8(b) is at gold 8 and at gold 8(b)(i); 8(a) is not at gold 8(b); a table's row is at the table,
    the table as a whole is not at its row.
    """
    if document_id != gold.document_id:
        return False
    return _covers(gold.paragraph, paragraph) or paragraph in _ancestors(gold.paragraph)


def cites_gold(cited: Sequence[Cited], gold: Sequence[Gold]) -> bool:
    """Whether any citation is at one of the gold paragraphs."""
    return any(is_at(one, c.document_id, c.paragraph) for c in cited for one in gold)


def citation_precision(cited: Sequence[Cited], gold: Sequence[Gold]) -> float:
    """Share of the distinct paragraphs cited that are at a gold paragraph, in [0, 1].

    A lower bound: a citation of another paragraph may support its statement, too. Raises
    ValueError where nothing is cited.
    """
    places = {(c.document_id, c.paragraph) for c in cited}
    if not places:
        raise ValueError("nothing is cited: precision is undefined")
    return sum(any(is_at(one, *place) for one in gold) for place in places) / len(places)


def citation_recall(
    cited: Sequence[Cited], gold: Sequence[Gold], alternatives: Sequence[Gold] = ()
) -> float:
    """Share of the gold paragraphs that are cited, in [0, 1]; an alternative stands for one.

    Raises ValueError where there is no gold.
    """
    if not gold:
        raise ValueError("no gold paragraph: recall is undefined")
    places = {(c.document_id, c.paragraph) for c in cited}
    found = sum(any(is_at(one, *place) for place in places) for one in gold)
    if found < len(gold) and any(is_at(one, *place) for one in alternatives for place in places):
        found += 1
    return found / len(gold)


def top_label(paragraph: str) -> str:
    """Label of the top-level passage: "8" for "8(b)"; a label of its own making stays."""
    try:
        return parse_label(paragraph).top
    except ValueError:
        return paragraph


def _covers(label: str, other: str) -> bool:
    return other == label or other.startswith((f"{label}(", f"{label}, row "))


def _ancestors(label: str) -> tuple[str, ...]:
    """What a sub-paragraph is a part of; a table's row has none here."""
    cuts = [at for at, character in enumerate(label) if character == "(" and at > 0]
    return tuple(label[:at] for at in cuts if label[at - 1] != " ")
