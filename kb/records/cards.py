"""Records in words: a card for the index, and a statement for an answer, in six languages.

Names are never inflected: templates (`kb/data/record_templates.csv`) set them after labels.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kb.languages import LANGUAGES, Language
from kb.records.amounts import amount_in_words, part_of_whole
from kb.records.columns import columns_of
from kb.records.kinds import Funding, Milestone, Observation, Statement, Target
from kb.records.naming import Names
from kb.records.record import Record
from kb.records.times import date_in_words, period_in_words
from kb.records.words import Form, fill, group, pattern, template, word
from kb.references import cite
from kb.wording import Wording

_PERIODS: Final = (("start", "end"), ("period_start", "period_end"), ("since", "until"))
_ASKING: Final = frozenset(("requests", "invites", "urges", "encourages", "recommends"))
_NUMBERED: Final = re.compile(r"(\d+)/([A-Z]+)\.(\d+)")
_SESSION: Final = re.compile(r"([A-Z]+)[ (]+(\d+)\)?")


@dataclass(frozen=True, slots=True)
class Card:
    """A record in the words of one language; what the index holds of it."""

    record_id: str
    language: Language
    text: str


def card(record: Record, language: Language, names: Names) -> Card:
    """All that the record says, with labels. Raises NotFound when `names` lacks one of its ids."""
    return Card(record.id, language, _filled("card", record.statement, language, names))


def cards(record: Record, names: Names) -> tuple[Card, ...]:
    """The card of a record in each of the six languages."""
    return tuple(card(record, language, names) for language in LANGUAGES)


def statement(record: Record, language: Language, names: Names) -> str:
    """What an answer says of the record in its first sentence; ends without a full stop.

    Names its figure with unit and qualifier, its stage or role, its date, and whom it is about.
    """
    return _filled("statement", record.statement, language, names)


def list_statement(records: Sequence[Record], listed: str, language: Language, names: Names) -> str:
    """What an answer says of several records that differ in the column `listed`: all its values.

    Other columns are said where every record has the same there. Raises ValueError for records of
    several kinds.
    """
    kind = records[0].kind
    if any(one.kind != kind for one in records):
        raise ValueError("records of one kind make one list")
    each = [_values(one.statement, language, names) for one in records]
    shared = {
        name: value
        for name, value in each[0].items()
        if all(one.get(name) == value for one in each[1:])
    }
    items = dict.fromkeys(one[listed] for one in each if listed in one)
    return fill(
        template("statement", kind, language), shared | {listed: Wording(language).list(items)}
    )


def _filled(form: Form, one: Statement, language: Language, names: Names) -> str:
    return fill(template(form, one.kind, language), _values(one, language, names))


def _values(one: Statement, language: Language, names: Names) -> dict[str, str]:
    """What each placeholder of a template says of a record; those that say nothing are absent."""
    found: dict[str, str] = {}
    for column in columns_of(one.kind).values():
        held = getattr(one, column.name)
        if held is None or column.name == "id":
            continue
        match column.type:
            case "name":
                found[column.name] = names.name(held, language)
            case "names":
                found[column.name] = names.listed(held, language)
            case "word" if column.name not in ("qualifier", "per"):
                found[column.name] = word(column.name, held, language)
            case "text":
                found[column.name] = _text(column.name, held, language)
    found |= _figures(one, language, names) | _times(one, language)
    if "verb" in found:
        asked = getattr(one, "verb") in _ASKING  # noqa: B009
        found["who"] = word("who", "asked" if asked else "speaking", language)
    if found.get("instrument") == found.get("stage"):
        found.pop("instrument", None)
    if found.get("party") == found.get("subject"):
        found.pop("party", None)
    return found


def _figures(one: Statement, language: Language, names: Names) -> dict[str, str]:
    match one:
        case Funding():
            amount = amount_in_words(
                one.amount,
                one.currency,
                language,
                names,
                qualifier=one.qualifier,
                per=one.per,
            )
            return {"amount": amount}
        case Target() | Observation():
            value = amount_in_words(one.value, one.unit, language, names, qualifier=one.qualifier)
            return {"value": value}
        case Milestone():
            found = {
                "value": amount_in_words(one.value, one.unit, language, names)
                if one.of is None
                else part_of_whole(one.value, one.of, one.unit, language, names)
            }
            if one.share is not None:
                found["share"] = amount_in_words(one.share, "%", language, names)
            return found
    return {}


def _times(one: Statement, language: Language) -> dict[str, str]:
    found: dict[str, str] = {}
    if as_of := getattr(one, "as_of", None):
        found["as_of"] = date_in_words(as_of, language, "as_of")
    if isinstance(one, Observation) and one.baseline:
        found["baseline"] = date_in_words(one.baseline, language)
    if deadline := getattr(one, "deadline", None):
        found["deadline"] = date_in_words(deadline, language, "deadline")
    if since := getattr(one, "since", None):
        found["since"] = date_in_words(since, language, "since")
    for first, last in _PERIODS:
        start, end = getattr(one, first, None), getattr(one, last, None)
        if first == "start" and start and not end:
            found["date"] = date_in_words(start, language)
        elif period := period_in_words(start, end, language):
            found["date" if first == "start" else "period"] = period
    return found


def _text(column: str, held: str, language: Language) -> str:
    """The columns that hold no name: each has its own way into words."""
    ways: Mapping[str, Callable[[str, Language], str]] = {
        "decision": _decision,
        "instrument": _instrument,
        "part_of": lambda _, language: word("note", "part_of", language),
        "perhaps_part_of": lambda _, language: word("note", "perhaps_part_of", language),
    }
    way = ways.get(column)
    return way(held, language) if way else held


def _instrument(held: str, language: Language) -> str:
    known = group("instrument").get(held)
    return known[language] if known else held.replace("-", " ")


def _decision(held: str, language: Language) -> str:
    """ "Decision 3/COP.16", "Resolution A/RES/73/284", "COP 15", or the document's own id."""
    if numbered := _NUMBERED.fullmatch(held):
        number, body, session_number = numbered.groups()
        if body in group("decision_of"):  # Arabic has its own letters for the body
            held = pattern("decision_of", body, language, a=number, b=session_number)
        return pattern("decision", "numbered", language, x=held)
    if held.startswith("A/RES/"):
        return pattern("decision", "resolution", language, x=held)
    session = _SESSION.fullmatch(held)
    if session and session[1] in group("session"):
        return pattern("session", session[1], language, n=session[2])
    return cite(held, "", language)
