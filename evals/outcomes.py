"""What came of each question."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evals.questions import QuestionKind
from kb.languages import Language


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, asked once. `values` hold what each measure makes of it, by its key; a key is
    absent where the measure says nothing of such a question or answer.

    `rank` is that of the first gold paragraph among the ten that search gave, from 1. `remarks`
    say in words what was wrong. `answer` and `remarks` are for people; figures use `values`.
    """

    set_name: str
    question_id: str
    language: Language
    kind: QuestionKind
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
        return self.values.get("right_answer", 0.0) == 1.0
