"""Questions that say something themselves: that a Party is one of several, that a figure is so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.claimed import Claimed, claims_of, is_claiming, without
from assistant.evidence import Finding
from assistant.question import Question
from assistant.question_words import hints
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.reading import ReadSentence, years_of
from assistant.support import evidence_for, is_supported
from kb.mentions import find_sessions
from kb.quantities import TIME_KINDS, Quantity
from kb.quantities import Kind as QuantityKind
from kb.terms import Mention

_LIST: Final = 4  # names that make a list
_SMALL: Final = 2
_LONG: Final = 10  # items of a list, one of which may have a name that is not known here
_NEAR: Final = 0.6  # of what is asked about must stand in one piece with the figure
_REST: Final = 0.55  # of the question without its claim must stand in the sentence
_SPEAKS: Final = 4.2  # must speak for a sentence that says otherwise
_OF_AN_ACT: Final = frozenset(("when", "where", "which", "about"))
_ONCE: Final = frozenset(("launch", "announce", "host"))  # of one thing it is done once
_ACTORS: Final = ("party", "organization")
_AMOUNTS: Final = frozenset[QuantityKind](("money", "area", "share"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that tells whether `name` is in it."""

    candidate: Candidate
    name: Mention
    inside: bool


def is_said(claimed: Quantity, sentence: ReadSentence) -> bool:
    """Whether the sentence has the figure: 100 per cent are no 100 countries."""
    return any(
        q.value == claimed.value
        and q.kind not in TIME_KINDS
        and (q.kind == claimed.kind or not _AMOUNTS & {q.kind, claimed.kind})
        for q in sentence.quantities
    )


def membership(question: Question, rankings: Rankings) -> Listed | None:
    """The list that answers "is it one of them": of as many as it says it has (but for one name
    that is not known here), where the answer is that it is not.
    """
    return next(_lists(question, rankings), None)


def takes_membership(question: Question) -> bool:
    """Whether it asks why or when a Party became one of so many."""
    parties = [m for m in question.names if m.kind == "party"]
    counted = any(n.value > _SMALL and n.unit == "country" for n in question.numbers)
    asks = question.kind in ("why_how", "when") and len(parties) == 1 and counted
    return asks and bool(hints(question.text, question.language, "asks_member"))


def _lists(question: Question, rankings: Rankings) -> Iterator[Listed]:
    if not (question.asks_member or takes_membership(question)):
        return
    actors = [m for m in question.names if m.kind in ("party", "organization")]
    asked = next((m for m in actors if m.kind == "party"), actors[0])
    group = frozenset(m.concept_id for m in question.names if m.kind != "term" and m is not asked)
    sizes = {q.value for q in question.numbers if q.value > _SMALL}
    others = replace(
        question,
        kinds=("which",),
        names=tuple(m for m in question.names if m is not asked),
        concepts=tuple(c for c in question.concepts if c != asked.concept_id),
        wants_name=frozenset((asked.kind,)),
    )
    for candidate in rankings.of(others):
        sentence = candidate.sentence
        listed = {m.concept_id for m in sentence.mentions if m.kind == asked.kind}
        said = {q.value for q in sentence.quantities}
        if len(listed) < _LIST or not (group or sizes):
            continue
        if not group <= sentence.concepts or not (group or sizes & said):
            continue
        inside = asked.concept_id in listed
        if inside and not question.asks_member:
            return
        if inside or any(abs(len(listed) - n) <= (n >= _LONG) for n in said):
            yield Listed(candidate, asked, inside)


def contradiction(question: Question, rankings: Rankings) -> Candidate | None:
    """The sentence that gives another figure, date, session or actor for what the question claims,
    if it is said of the same subject and nothing found says what the question does.
    """
    if question.asks_member:
        return None
    if not is_claiming(question):
        return _of_one_act(question, rankings)
    for number in question.numbers:
        if number.value > _SMALL and number.qualifier == "exact":
            found = _other_figure(question, number, rankings)
            if found is not None:
                return found
    if question.years and (question.actions or question.done):
        return _other_date(question, rankings)
    if question.kind != "why_how":
        return None
    claims = (c for c in claims_of(question) if c.concept or c.session)
    return next((c for claimed in claims if (c := _other_name(question, claimed, rankings))), None)


def _of_one_act(question: Question, rankings: Rankings) -> Candidate | None:
    """The sentence that names another for what was done once, where somebody is taken to have done
    it and something else of it is asked: "in which year did … launch it"."""
    acts = {*question.actions, *dict(question.done).values()}
    named = any(m.kind == "initiative" for m in question.names)
    if question.kind == "who" and question.years and named and acts & _ONCE:
        return _other_date(question, rankings)
    if question.kind not in _OF_AN_ACT or not acts & _ONCE:
        return None
    claims = [c for c in claims_of(question) if c.concept]
    if len(claims) != 1:
        return None
    return _other_name(question, claims[0], rankings)


def promising(question: Question, rankings: Rankings, most: int = 4) -> list[Finding]:
    """The findings that an answer may come from, at most `most`, best first: those with a list or
    another figure for what the question says, then those with the best sentences.
    """
    chosen: dict[int, Finding] = {}
    other = contradiction(question, rankings)
    for best in (*(one.candidate for one in _lists(question, rankings)), other):
        # What is a list in one language's text need not be in that which will be read.
        if best is not None and len(chosen) < most:
            chosen.setdefault(best.finding.rank, best.finding)
    for candidate in rankings.of(question):
        if len(chosen) >= most:
            break
        chosen.setdefault(candidate.finding.rank, candidate.finding)
    return list(chosen.values())


def _other_figure(question: Question, claimed: Quantity, rankings: Rankings) -> Candidate | None:
    amount = claimed.kind in _AMOUNTS
    kinds: tuple[QuantityKind, ...] = (claimed.kind,) if amount else ("count", "number")
    asked = replace(
        question,
        kinds=("how_much",) if amount else ("how_many",),
        numbers=tuple(n for n in question.numbers if n is not claimed),
        units=(claimed.unit,) if claimed.unit and not amount else (),
        wants_quantity=frozenset(kinds),
        wants_name=frozenset(),
        status=None if question.negated else "done",
    )
    for candidate in _supported(asked, rankings):
        if is_said(claimed, candidate.sentence):
            return None
        figure = candidate.quantity
        if figure is None or (figure.unit or claimed.unit) != (claimed.unit or figure.unit):
            continue
        return candidate
    return None


def _other_date(question: Question, rankings: Rankings) -> Candidate | None:
    asked = replace(
        question,
        kinds=("when",),
        years=(),
        wants_quantity=frozenset(("date", "year", "period")),
        wants_name=frozenset(),
    )
    for candidate in _supported(asked, rankings):
        said = [candidate.sentence, *([candidate.lead] if candidate.lead else [])]
        years = {year for s in said for q in s.quantities for year in years_of(q)}
        return None if years & set(question.years) else candidate
    return None


def _other_name(question: Question, claimed: Claimed, rankings: Rankings) -> Candidate | None:
    """The sentence that speaks of the rest of the question and names another actor or session."""
    asked = without(question, claimed)
    if not any(m.kind == "initiative" for m in asked.names):
        return None  # nothing is left that a sentence must be about
    near = [c for c in rankings.of(asked) if c.said >= _REST and c.done_here]
    if any(claimed.is_said(c.sentence) for c in near):
        return None
    others = (c for c in near if _names_other(asked, claimed, c))
    best = next((c for c in others if not (c.coverage.lacks or c.of_another)), None)
    if best is None or evidence_for(asked, best) < _SPEAKS:
        return None
    return best


def _names_other(asked: Question, claimed: Claimed, candidate: Candidate) -> bool:
    """Whether the sentence names another of the kind claimed, that the question does not."""
    sentence = candidate.sentence
    if claimed.session is not None:
        body = claimed.session.partition("(")[0]
        held = find_sessions(sentence.text)
        return any(one.partition("(")[0] == body and one != claimed.session for one in held)
    known = {m.concept_id for m in asked.names}
    return any(m.kind in _ACTORS and m.concept_id not in known for m in sentence.mentions)


def _supported(question: Question, rankings: Rankings) -> list[Candidate]:
    return [c for c in rankings.of(question) if c.nearness >= _NEAR and is_supported(question, c)]
