"""The result of an evaluation: what came of each question, and the conditions that made it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from evals.errors import BadResult
from evals.outcomes import CASE_KINDS, Outcome
from evals.questions import Split
from evals.summary import figures
from kb.languages import as_language

FORM: Final = 1
"""Version of the JSON form; another one cannot be compared."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a result depends on.

    `originals` says whether the original documents were ingested: without them the shipped
    digests alone answer. `settings` are those that can change a result, without secrets and
    paths. `sets` and `data` are SHA-256 of the question sets and of what ships.
    """

    started: str  # ISO, UTC
    revision: str | None
    embedder: str
    originals: bool
    ingested: tuple[str, ...]  # a line for each file
    settings: Mapping[str, str]
    sets: Mapping[str, str]
    data: str
    python: str
    planted: str | None = None  # a fault planted on purpose
    skipped: tuple[str, ...] = ()  # a line for each set that could not be measured, and why


@dataclass(frozen=True, slots=True)
class Mark:
    """A chat model's opinion of one answer: 0, 1 or 2, or None where it gave none."""

    set_name: str
    question_id: str
    mark: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What a chat model thinks of the answers. No bar reads it."""

    judge: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A finished run. `memory_mb` is the peak resident size of the process."""

    conditions: Conditions
    outcomes: tuple[Outcome, ...]
    seconds: float
    memory_mb: float
    advice: Advice | None = None

    def to_json(self, *, indent: int | None = None) -> str:
        """The result as JSON; of held-out sets only values, no question, answer or remark."""
        fields = {
            "form": FORM,
            "conditions": asdict(self.conditions),
            "seconds": round(self.seconds, 1),
            "memory_mb": round(self.memory_mb, 1),
            "figures": [
                {
                    "measure": figure.measure,
                    "set": figure.part.set_name,
                    "language": figure.part.language,
                    "kinds": figure.part.kinds,
                    "value": round(figure.interval.value, 6),
                    "low": round(figure.interval.low, 6),
                    "high": round(figure.interval.high, 6),
                    "n": figure.interval.n,
                }
                for figure in figures(self.outcomes)
            ],
            "outcomes": [_outcome_fields(one) for one in self.outcomes],
        }
        if self.advice is not None:
            fields["advice"] = {
                "judge": self.advice.judge,
                "marks": [_mark_fields(one) for one in self.advice.marks],
            }
        return json.dumps(fields, ensure_ascii=False, indent=indent)

    def baseline(self) -> str:
        """The result as JSON with a line for each question, without latencies and texts."""
        lines = [
            json.dumps(
                {
                    "set": one.set_name,
                    "id": one.question_id,
                    "language": one.language,
                    "kind": one.kind,
                    "rank": one.rank,
                    "values": {k: v for k, v in _rounded(one).items() if not k.endswith("_ms")},
                }
            )
            for one in self.outcomes
        ]
        head = json.dumps(
            {
                "form": FORM,
                "conditions": asdict(self.conditions),
                "seconds": round(self.seconds, 1),
                "memory_mb": round(self.memory_mb, 1),
            },
            ensure_ascii=False,
        )
        return f'{head[:-1]}, "outcomes": [\n' + ",\n".join(lines) + "\n]}\n"


def is_held_out(set_name: str) -> bool:
    """Whether a set's questions must stay unseen by whoever writes rules."""
    return set_name.startswith(f"{_TEST}/")


def read_result(path: Path) -> Result:
    """A result that `to_json` or `baseline` wrote. Raises BadResult."""
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        if fields["form"] != FORM:
            raise BadResult(f"{path.name}: has form {fields['form']}, not {FORM}: make it anew")
        held = fields["conditions"]
        held |= {key: tuple(held.get(key, ())) for key in ("ingested", "skipped")}
        return Result(
            Conditions(**held),
            tuple(_outcome(one) for one in fields["outcomes"]),
            fields["seconds"],
            fields["memory_mb"],
        )
    except OSError as error:
        raise BadResult(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadResult(f"{path.name}: is no result of an evaluation ({error})") from error


_TEST: Final[Split] = "test"


def _rounded(outcome: Outcome) -> dict[str, float]:
    return {key: round(value, 6) for key, value in outcome.values.items()}


def _outcome_fields(outcome: Outcome) -> dict[str, object]:
    fields: dict[str, object] = {
        "set": outcome.set_name,
        "id": outcome.question_id,
        "language": outcome.language,
        "kind": outcome.kind,
        "rank": outcome.rank,
        "abstained": outcome.abstained,
        "reason": outcome.reason,
        "values": _rounded(outcome),
    }
    if not is_held_out(outcome.set_name):
        fields |= {
            "question": outcome.question,
            "answer": outcome.answer,
            "gold": outcome.gold,
            "cited": outcome.cited,
            "remarks": outcome.remarks,
        }
    return fields


def _mark_fields(mark: Mark) -> dict[str, object]:
    fields: dict[str, object] = {
        "set": mark.set_name,
        "id": mark.question_id,
        "mark": mark.mark,
    }
    return fields if is_held_out(mark.set_name) else fields | {"reason": mark.reason}


def _outcome(fields: Mapping[str, object]) -> Outcome:
    kind = next(kind for kind in CASE_KINDS if kind == fields["kind"])
    values, rank = fields["values"], fields["rank"]
    if not isinstance(values, dict) or not (rank is None or isinstance(rank, int)):
        raise TypeError("an outcome without values or rank")
    return Outcome(
        set_name=str(fields["set"]),
        question_id=str(fields["id"]),
        language=as_language(str(fields["language"])),
        kind=kind,
        question=str(fields.get("question", "")),
        values={str(key): float(value) for key, value in values.items()},
        rank=rank,
    )


def merged(results: Sequence[Result]) -> Result:
    """Runs over several homes as one: the first one's conditions, with all documents and sets."""
    first = results[0]
    conditions = replace(
        first.conditions,
        originals=any(one.conditions.originals for one in results),
        ingested=tuple(line for one in results for line in one.conditions.ingested),
        sets={name: sha for one in results for name, sha in one.conditions.sets.items()},
        skipped=tuple(line for one in results for line in one.conditions.skipped),
    )
    outcomes = tuple(outcome for one in results for outcome in one.outcomes)
    seconds = sum(one.seconds for one in results)
    return Result(conditions, outcomes, seconds, max(one.memory_mb for one in results))
