"""What came of each question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from evals.questions import KINDS, QuestionKind
from kb.languages import Language

OtherKind = Literal["structure", "quantities", "brief"]
CaseKind = QuestionKind | OtherKind
"""A kind of question, or of what else is measured: a document, a sentence, a briefing note."""
CASE_KINDS: Final[tuple[CaseKind, ...]] = (*KINDS, *get_args(OtherKind))

_DECIDING: Final = (
    "labels_found",
    "subparagraphs_right",
    "quantity_precision",
    "quantity_recall",
    "brief_figures_right",
    "brief_facts",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, asked once (or one document, one sentence, one briefing note).

    `values` hold what each measure makes of it, by its key; a key is absent where the measure
    says nothing of it.

    `rank` is that of the first gold paragraph among the ten that search gave, from 1. `remarks`
    say in words what was wrong. `answer` and `remarks` are for people; figures use `values`.
    """

    set_name: str
    question_id: str
    language: Language
    kind: CaseKind
    question: str
    values: Mapping[str, float]
    rank: int | None = None
    gold: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    answer: str = ""
    abstained: bool = False
    reason: str | None = None
    remarks: tuple[str, ...] = field(default=())

    @property
    def is_right(self) -> bool:
        """Whether the answer was right in every respect that decides it."""
        values = self.values
        if "right_answer" in values or "turn_right" in values:
            return values.get("right_answer", values.get("turn_right")) == 1.0
        return bool(values) and all(values.get(key, 1.0) == 1.0 for key in _DECIDING)
