"""What a filter offers: the values that are there, in the reader's language."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from api.desk import Desk
from api.web.records.asked import Asked
from api.web.records.filters import Filter, filter_of
from api.web.words import say
from kb.errors import NotFound
from kb.languages import Language
from kb.records.naming import sentence_case, shipped_names
from kb.records.resolving import fold, load_resolver
from kb.records.words import word
from kb.terms import load_terms

_STATUSES: Final = {"reviewed": "records.reviewed", "candidate": "records.candidate"}
_OWN: Final = "name:"
_CODE: Final = 3
_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter; `count` records have it under the other filters, None if not counted."""

    value: str
    label: str
    count: int
    is_chosen: bool


def choices(desk: Desk, asked: Asked, known: Filter, language: Language) -> tuple[Choice, ...]:
    """The choices of one filter, chosen ones first. Raises InvalidQuery."""
    chosen = asked.values(known.name)
    others = asked.with_values(known.name, ())
    labels: dict[str, str] = {}
    match known.sort:
        case "session":
            counts = _sessions(desk, others, language)
        case "status":
            counts = _statuses(desk, others, language)
        case _:
            counts, labels = _counted(desk, others, known, language)
    values = [*chosen, *(one for one, count in counts.items() if count and one not in chosen)]
    made = [
        Choice(
            value,
            labels.get(value) or label_of(asked, known.name, value, language),
            counts.get(value, 0),
            value in chosen,
        )
        for value in values
    ]
    if known.sort == "year":
        return tuple(sorted(made, key=lambda one: (not one.is_chosen, one.value)))
    return tuple(sorted(made, key=lambda one: (not one.is_chosen, -one.count, fold(one.label))))


def matching(made: Iterable[Choice], typed: str) -> tuple[Choice, ...]:
    """Those whose label or value holds what was typed, whatever its case and accents."""
    wanted = fold(typed)
    if not wanted:
        return tuple(made)
    return tuple(one for one in made if wanted in fold(one.label) or wanted in fold(one.value))


def label_of(asked: Asked, name: str, value: str, language: Language) -> str:
    """A value of a filter in words; the value itself where there are none."""
    known = filter_of(asked.kind, name)
    if name == "status":
        return sentence_case(say(language, _STATUSES[value])) if value in _STATUSES else value
    if known is not None and known.group:
        try:
            return sentence_case(word(known.group, value, language))
        except KeyError:
            return value
    if known is not None and known.names:
        return sentence_case(_named(value, known, language))
    return value


def _named(value: str, known: Filter, language: Language) -> str:
    if value.startswith(_OWN):
        return value.removeprefix(_OWN)
    is_code = "party" in known.names and ":" not in value
    party = load_terms().party(value) if is_code and len(value) == _CODE else None
    found = (party.id,) if party else load_resolver().find(value, known.names)
    try:
        return shipped_names().name(found[0], language) if found else value
    except NotFound:
        return value


def _counted(
    desk: Desk, others: Asked, known: Filter, language: Language
) -> tuple[Counter[str], dict[str, str]]:
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    # By both columns at once: who stands in both of a record is counted once.
    for one in desk.record_count(others.request(language), known.columns).items:
        found: set[str] = set()
        for column in known.columns:
            held = one.key.get(column)
            if held is None:
                continue
            several = [held] if held.startswith(_OWN) or not known.names else held.split(" ")
            fitting = [value for value in several if _fits(value, known)]
            found.update(fitting)
            if len(several) == 1 and fitting and column in one.names:
                labels[held] = sentence_case(one.names[column])
        for value in found:
            counts[value] += one.count
    return counts, labels


def _fits(value: str, known: Filter) -> bool:
    if not known.names:
        return True
    # Parties stand by their code alone; the user's own names may be anybody but a Party.
    kind = value.partition(":")[0] if ":" in value else "party"
    return kind in known.names or (kind == "name" and known.names != ("party",))


def _statuses(desk: Desk, others: Asked, language: Language) -> Counter[str]:
    return Counter(
        {
            status: desk.record_count(
                others.with_values("status", [status]).request(language), []
            ).count
            for status in _STATUSES
        }
    )


def _sessions(desk: Desk, others: Asked, language: Language) -> Counter[str]:
    counts: Counter[str] = Counter()
    for session in _held_sessions(desk):
        request = others.with_values("document", [session]).request(language)
        counts[session] = desk.record_count(request, []).count
    return counts


def _held_sessions(desk: Desk) -> Iterator[str]:
    seen: set[str] = set()
    cursor: str | None = None
    while True:
        page = desk.documents(limit=_PAGE, cursor=cursor)
        for one in page.items:
            if one.session and one.session not in seen:
                seen.add(one.session)
                yield one.session
        cursor = page.next_cursor
        if cursor is None:
            return
