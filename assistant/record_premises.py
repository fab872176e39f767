"""Records that say otherwise than a question takes for granted: another amount, giver, date, place
or actor."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from assistant.claimed import Claimed, claims_of, is_claiming
from assistant.corrections import name_in_words, quantity_in_words
from assistant.items import in_sentence
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.record_choice import Place
from assistant.record_fit import figure_of, times_of, unit_of
from assistant.record_index import Entry, Match
from kb.analysis import query_tokens
from kb.languages import Language
from kb.quantities import Quantity
from kb.records.amounts import amount_in_words
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.records.times import period_in_words
from kb.records.values import Qualifier
from kb.wording import Wording

_ABOUT: Final = 0.2  # of the question that a record must cover
_REST: Final = 0.4  # of the question without its claim
_LEAD: Final = 0.75  # of the best record's coverage: it may be what the question means
_MANY_DO: Final = frozenset(("give", "fund", "join", "support", "work_with"))
_DOERS: Final[dict[str, tuple[str, ...]]] = {
    "events": ("country", "organizers"),
    "funding": ("provider",),
    "partnerships": ("partner",),
    "participations": ("party",),
}

_ALIKE: Final = 0.9  # of the best record's coverage: as good an answer
_SAID: Final = 0.5  # of what is asked about, in a sentence that says what is claimed

_ACTORS: Final = ("party:", "organization:", "convention:")

Matching = Callable[[str], Sequence[Match]]


@dataclass(frozen=True, slots=True)
class Refuted:
    """A record that says otherwise, with what it says and what the question claims, where both
    can be named in the reader's language."""

    entry: Entry
    said: str | None = None
    claimed: str | None = None


def refuting(
    question: Question,
    matches: Sequence[Match],
    matching: Matching,
    candidates: Sequence[Candidate] = (),
    places: Set[Place] = frozenset(),
) -> Refuted | None:
    """The record that gives something else for what the question claims, where none agrees and
    none of the sentences found does.

    `matching` gives the records that share most with a text; `places` are the paragraphs that the
    sentences of the answer are from.
    """
    if not is_claiming(question) or question.asks_member:
        return None
    singles = [m for m in matches if m.entry.listed is None and m.coverage >= _ABOUT]
    money = next((q for q in question.numbers if q.kind == "money"), None)
    if money is not None:
        return _other_amount(question, money, singles)
    for claimed in claims_of(question):
        if claimed.concept is not None and _leaves_room(question):
            continue
        rest = matching(claimed.rest)
        found = _refuted(question, claimed, rest, places)
        if found is not None and question.kind == "yes_no" and not (found.said and found.claimed):
            continue  # a No needs what is so instead
        if found is not None and not any(_agrees(question, claimed, c) for c in candidates):
            return found
    return None


def _leaves_room(question: Question) -> bool:
    """Whether it asks if somebody gives, joins or helps: that another does denies nothing."""
    done = {*question.actions, *dict(question.done).values()}
    return question.kind == "yes_no" and bool(done & _MANY_DO)


def _refuted(
    question: Question, claimed: Claimed, rest: Sequence[Match], places: Set[Place]
) -> Refuted | None:
    """The best record of the rest of the question, where it has another of what is claimed and no
    record about as good has the same."""
    if not rest or rest[0].coverage < _REST:
        return None
    near = [m for m in rest if m.coverage >= _LEAD * rest[0].coverage]
    if any(_has(claimed, record) for m in near for record in m.entry.records):
        return None
    telling = [m for m in near if _is_about(question, claimed, m) and _values(claimed, m.entry.one)]
    if not telling or telling[0].coverage < _ALIKE * rest[0].coverage:
        return None
    alike = [m.entry for m in telling if m.coverage >= _ALIKE * rest[0].coverage]
    # What the sentences found speak of too is the likelier meant.
    first = min(alike, key=lambda entry: not entry.places & places)
    lists = [m.entry for m in near if m.entry.listed and first.one in m.entry.records]
    beside = (e for e in (first, *lists) if _news(question, claimed, e))
    new = next(beside, None)
    if new is None:
        return None
    best = _with_others(question, new, lists)
    said, denied = _in_words(question, claimed, best, question.reader)
    return Refuted(best, said, denied)


def _with_others(question: Question, entry: Entry, lists: Sequence[Entry]) -> Entry:
    """The list that the entry is in, if all of it is of the years named: one of several that did it
    is no answer to who did."""
    for other in lists:
        timed = [{time[:4] for time in times_of(record)} for record in other.records]
        if not question.years or all(years & set(question.years) for years in timed):
            return other
    return entry


def _news(question: Question, claimed: Claimed, entry: Entry) -> frozenset[str]:
    """What the entry has of the kind that is claimed, beside what the question names."""
    named = {m.concept_id for m in question.names}
    if entry.listed and claimed.concept is None:
        return frozenset()
    held = {one for record in entry.records for one in _values(claimed, record)}
    return frozenset(held - named)


def _agrees(question: Question, claimed: Claimed, candidate: Candidate) -> bool:
    """Whether a sentence that speaks of the rest of the question says what is claimed."""
    sentence, language = candidate.sentence, candidate.source.passage.language
    if not claimed.is_said(sentence):
        return False
    rest = {i: w for i, w in candidate.coverage.weights.items() if not claimed.is_item(i.key)}
    met = sum(w for i, w in rest.items() if in_sentence(i, sentence, language, question))
    return met >= _SAID * (sum(rest.values()) or 1.0)


def _is_about(question: Question, claimed: Claimed, match: Match) -> bool:
    """Whether the record names every initiative and body that the question does beside the claim,
    and shares words with it that name nobody."""
    named = {
        m.concept_id
        for m in question.names
        if m.kind in ("initiative", "organization", "party") and m.concept_id != claimed.concept
    }
    topic = {*query_tokens(claimed.topic, question.language), *_terms(question)}
    return named <= (match.entry.names | set(match.words)) and bool(topic & set(match.words))


def _terms(question: Question) -> list[str]:
    return [m.concept_id for m in question.names if m.kind == "term"]


def _values(claimed: Claimed, record: Record) -> tuple[str, ...]:
    """What the record has of the kind that is claimed."""
    if claimed.session is not None:
        return ()
    if claimed.concept is None:
        if claimed.quantity is not None and claimed.quantity.iso is None:
            return _figures(claimed.quantity, record)
        return times_of(record) if record.kind == "events" else ()
    columns = _DOERS.get(record.kind, ())
    held = (getattr(record.statement, column, None) for column in columns)
    return tuple(one for names in held if names for one in names.split() if one.startswith(_ACTORS))


def _figures(claimed: Quantity, record: Record) -> tuple[str, ...]:
    """The figure of the record, if it counts what is claimed and what is done."""
    value = figure_of(record)
    if value is None or getattr(record.statement, "progress", "completed") != "completed":
        return ()
    unit = unit_of(record)[1].replace("-", "_")
    return (str(value),) if unit == claimed.unit else ()


def _has(claimed: Claimed, record: Record) -> bool:
    held: Any = record.statement
    if claimed.quantity is not None:
        if claimed.quantity.iso is not None:
            return _is_in(claimed.quantity.iso, times_of(record))
        return claimed.quantity.value in (figure_of(record), getattr(held, "of", None))
    return any(
        claimed.concept in str(getattr(held, name, "")).split() for name in type(held).model_fields
    )


def _is_in(iso: str, times: Iterable[str]) -> bool:
    """Whether the time claimed is one of those, within one, or between the first and the last."""
    held = sorted(times)
    first, _, last = iso.partition("/")
    if any(one.startswith(first) or first.startswith(one) for one in held):
        return True
    within = len(held) > 1 and held[0][: len(first)] <= first <= held[-1]
    return within or any(bool(last) and first <= one <= last for one in held)


def _in_words(
    question: Question, claimed: Claimed, entry: Entry, language: Language
) -> tuple[str | None, str | None]:
    held: Any = entry.one.statement
    if claimed.quantity is not None and claimed.quantity.iso is None:
        said = _amount_in_words(entry.one, language)
        return said, quantity_in_words(claimed.quantity, language)
    if claimed.quantity is not None:
        times = (getattr(held, "start", None), getattr(held, "end", None))
        return _period(times, language), quantity_in_words(claimed.quantity, language)
    others = sorted(_news(question, claimed, entry))
    names = [name for one in others if (name := name_in_words(one, language))]
    said = Wording(language).list(names) if names else None
    return said, name_in_words(str(claimed.concept), language)


def _period(times: tuple[str | None, str | None], language: Language) -> str | None:
    start, end = times
    return period_in_words(start, end or start, language) if start else None


def _other_amount(
    question: Question, claimed: Quantity, matches: Sequence[Match]
) -> Refuted | None:
    givers = {m.concept_id for m in question.names if m.kind in ("party", "organization")}
    if not givers:
        return None
    funding = [m.entry for m in matches if m.entry.kind == "funding"]
    own = [entry for entry in funding if givers <= entry.names]
    same = [entry for entry in funding if figure_of(entry.one) == claimed.value]
    if any(entry in same for entry in own):
        return None
    if own:
        said = _amount_in_words(own[0].one, question.reader)
        return Refuted(own[0], said, quantity_in_words(claimed, question.reader))
    return Refuted(same[0]) if same else None


def _amount_in_words(record: Record, language: Language) -> str | None:
    value = figure_of(record)
    one: Any = record.statement
    if value is None:
        return None
    qualifier: Qualifier = getattr(one, "qualifier", "exact")
    unit = one.currency if record.kind == "funding" else one.unit
    return amount_in_words(value, unit, language, shipped_names(), qualifier=qualifier)
