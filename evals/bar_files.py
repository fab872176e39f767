"""The bars as a file, `evals/bars.toml`: read, checked, written."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from evals.bars import Bar
from evals.errors import BadBars
from evals.measures.catalogue import MEASURES, Measure
from evals.questions import KINDS, QuestionKind
from kb.languages import LANGUAGES, Language

_HEADER: Final = """\
# For each measure: the floor, below which `make eval` fails, and the target of an issue.
# Where lower is better, the floor is a ceiling. Floors only ever get stricter, set by
#     python -m evals.run --raise-floors
# `floor` holds with the original documents ingested, `floor_without_originals` without.
"""


def load_bars() -> tuple[Bar, ...]:
    """The bars that ship. Raises BadBars."""
    return read_bars(files("evals").joinpath("bars.toml").read_text(encoding="utf-8"))


def read_bar_file(path: Path) -> tuple[Bar, ...]:
    """The bars of a file of one's own. Raises BadBars."""
    try:
        return read_bars(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadBars(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadBars(f"{path}: is not UTF-8 text (byte {error.start})") from error


def read_bars(text: str) -> tuple[Bar, ...]:
    """The bars of a TOML text. Raises BadBars for what is unknown, impossible or there twice."""
    try:
        entries = tomllib.loads(text).get("bar", [])
    except tomllib.TOMLDecodeError as error:
        raise BadBars(f"bars.toml: {error}") from error
    bars = tuple(_bar(entry) for entry in entries)
    if len({bar.key for bar in bars}) != len(bars):
        raise BadBars("bars.toml: two bars are of the same measure, language and kinds")
    return bars


def written(bars: Sequence[Bar]) -> str:
    """The TOML text of bars; `read_bars` gives them back."""
    return _HEADER + "".join(f"\n{_written(bar)}" for bar in bars)


def _bar(entry: Mapping[str, object]) -> Bar:
    known = {"measure", "target", "issue", "language", "kinds", "floor", "floor_without_originals"}
    unknown = set(entry) - known
    measure = MEASURES.get(str(entry.get("measure")))
    if measure is None or unknown:
        what = ", ".join(sorted(unknown)) or f'measure "{entry.get("measure")}"'
        raise BadBars(f"bars.toml: {what} is unknown")
    bar = Bar(
        measure=measure,
        target=_number(measure, entry.get("target")),
        issue=entry["issue"] if isinstance(entry.get("issue"), int) else None,  # type: ignore[arg-type]
        language=_language(measure, entry.get("language")),
        kinds=_kinds(measure, entry.get("kinds", [])),
        floors=_floors(measure, entry.get("floor", {})),
        floors_without=_floors(measure, entry.get("floor_without_originals", {})),
    )
    for originals in (True, False):
        for name, value in bar.floors_for(originals=originals).items():
            if measure.unit == "share" and not 0 <= value <= 1:
                raise BadBars(
                    f"bars.toml: {measure.name}: floor {value} of {name} is not in [0, 1]"
                )
    return bar


def _number(measure: Measure, value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadBars(f"bars.toml: {measure.name}: {value!r} is not a number")
    return float(value)


def _language(measure: Measure, value: object) -> Language | None:
    if value is None:
        return None
    found = next((language for language in LANGUAGES if language == value), None)
    if found is None:
        raise BadBars(f"bars.toml: {measure.name}: {value!r} is not a language")
    return found


def _kinds(measure: Measure, value: object) -> tuple[QuestionKind, ...]:
    names = value if isinstance(value, list) else [value]
    kinds = tuple(kind for kind in KINDS if kind in names)
    if len(kinds) != len(names):
        raise BadBars(f"bars.toml: {measure.name}: {value!r} are not kinds of question")
    return kinds


def _floors(measure: Measure, value: object) -> Mapping[str, float]:
    if not isinstance(value, dict):
        raise BadBars(f"bars.toml: {measure.name}: floors are given by set")
    numbers = {str(name): _number(measure, one) for name, one in value.items()}
    return {name: one for name, one in numbers.items() if one is not None}


def _written(bar: Bar) -> str:
    lines = ["[[bar]]", f'measure = "{bar.measure.name}"']
    if bar.language:
        lines.append(f'language = "{bar.language}"')
    if bar.kinds:
        lines.append(f"kinds = {json.dumps(bar.kinds)}")
    if bar.target is not None:
        lines.append(f"target = {bar.target:g}")
    if bar.issue is not None:
        lines.append(f"issue = {bar.issue}")
    for name, floors in (("floor", bar.floors), ("floor_without_originals", bar.floors_without)):
        if floors:
            pairs = ", ".join(f'"{key}" = {value:g}' for key, value in sorted(floors.items()))
            lines.append(f"{name} = {{ {pairs} }}")
    return "\n".join(lines) + "\n"
