"""Why a grid is empty: what each of its filters leaves out."""

from dataclasses import dataclass

from api.desk import Desk
from api.web.records.asked import Asked
from api.web.records.choices import label_of
from api.web.records.filters import filter_of
from api.web.words import say
from kb.languages import Language


@dataclass(frozen=True, slots=True)
class Excluding:
    """A filter with its values in words: `count` records without it, `alone` with it alone."""

    name: str
    label: str
    values: tuple[str, ...]
    count: int
    alone: int


def excluding(desk: Desk, asked: Asked, language: Language) -> tuple[Excluding, ...]:
    """Every filter of what is asked, the one that leaves out most first."""
    found = [
        Excluding(
            name,
            filter_label(asked, name, language),
            tuple(label_of(asked, name, value, language) for value in values),
            desk.record_count(asked.with_values(name, ()).request(language), []).count,
            desk.record_count(
                asked.cleared().with_values(name, values).request(language), []
            ).count,
        )
        for name, values in asked.filters.items()
    ]
    return tuple(sorted(found, key=lambda one: -one.count))


def filter_label(asked: Asked, name: str, language: Language) -> str:
    """What a filter is called; its name in the address where the grid offers none of it."""
    known = filter_of(asked.kind, name)
    return say(language, known.label) if known else name
