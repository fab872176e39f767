"""Lines of a set file into values: each reader says in plain words what is wrong with a field."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from evals.errors import BadQuestionSet


class Identified(Protocol):
    """What a set holds: each with an id of its own."""

    @property
    def id(self) -> str:
        """Unique over all sets."""


_T = TypeVar("_T", bound=Identified)


def read_lines(source: str, content: bytes, read: Callable[[object], _T]) -> tuple[_T, ...]:
    """One value a line. Raises BadQuestionSet with the line and the cause; `read` raises ValueError
    for what is wrong with one object."""
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError as error:
        raise BadQuestionSet(f"{source}: is not UTF-8 text (byte {error.start})") from error
    found = tuple(_values(source, lines, read))
    if not found:
        raise BadQuestionSet(f"{source}: holds no question")
    check_ids([(one.id, source) for one in found])
    return found


def check_ids(pairs: Sequence[tuple[str, str]]) -> None:
    """Raises BadQuestionSet where an id is used twice; `pairs` are ids and where they stand."""
    seen: dict[str, str] = {}
    for identifier, source in pairs:
        if identifier in seen:
            first = seen[identifier]
            where = source if first == source else f"{first} and {source}"
            raise BadQuestionSet(f'{where}: the id "{identifier}" is used twice')
        seen[identifier] = source


def object_of(
    value: object, required: Sequence[str], optional: Sequence[str] = ()
) -> Mapping[str, object]:
    """An object with all of `required` and nothing but them and `optional`. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError("is not a JSON object")
    missing = [name for name in required if name not in value]
    unknown = [name for name in value if name not in (*required, *optional)]
    if missing or unknown:
        what = [*(f"{name} is missing" for name in missing), *(f"{n} is unknown" for n in unknown)]
        raise ValueError("; ".join(what))
    return value


def text_of(fields: Mapping[str, object], name: str) -> str:
    """A text that is not empty. Raises ValueError."""
    value = fields[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is not a text")
    return value


def list_of(fields: Mapping[str, object], name: str) -> list[object]:
    """A list, empty where there is none. Raises ValueError."""
    value = fields.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list")
    return value


def forms_of(group: object, name: str, *, empty: bool = False) -> tuple[str, ...]:
    """A list of forms. Raises ValueError."""
    if not isinstance(group, list) or not (group or empty):
        raise ValueError(f"{name} has a group that is not a list of forms")
    forms = [form for form in group if isinstance(form, str) and form.strip()]
    if len(forms) != len(group):
        raise ValueError(f"{name} has a form that is not a text")
    return tuple(forms)


def _values(source: str, lines: Sequence[str], read: Callable[[object], _T]) -> Iterator[_T]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield read(json.loads(line))
        except ValueError as error:  # of json too
            raise BadQuestionSet(f"{source}, line {number}: {error}") from error
