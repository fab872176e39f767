"""Whether a sentence says yes or no to what a question asks, where it is sure.

What is asked must stand in one piece of the sentence: whoever is named, every figure and year, what
is done and nearly every other word. Then the piece says yes if nothing in it denies, limits or puts
it off; no if one denial, a stage not yet reached or the opposite of what is asked stands there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from assistant.claim_words import actions, has_role
from assistant.content_words import content_words
from assistant.elsewhere import other_place, other_session, place_named
from assistant.items import Item, items_of
from assistant.places import masked
from assistant.polarity import PAIRS, Sign, Signs, same_acts, signs
from assistant.question import Question, Vocabulary
from assistant.question_words import find_asking, hints
from assistant.reading import FAMILY, ReadSentence, ReadText, years_of
from assistant.segments import own_part
from kb.languages import Language
from kb.mentions import find_sessions
from kb.quantities import TIME_KINDS
from kb.sentences import Span, clauses, sentences
from kb.sessions import find_session_mentions
from kb.terms import Mention

_INNER: Final = 0.5  # the weight of a concept inside a longer name
_ANYWHERE: Final = frozenset(
    f"term:{one}" for one in ("global", "country", "national", "region", "programme", "initiative")
)
_ENOUGH_OPPOSED: Final = 0.5  # where the pole of a pair is what is asked
_ENOUGH: Final = 0.78  # of the weight of what is asked, beside names, must stand in the piece
_DECIDABLE: Final = (("yes_no",), ("why_how",))  # of "why" only that its premise is not so
_LEAST: Final = 2  # things that must be asked about
_PREDICATES: Final = frozenset(("action", "word", "noun"))
_NEAR: Final = 45  # code points between what puts off or denies and what is done
_TOPICS: Final = frozenset(("term", "action", "noun", "word"))
_ACTORS: Final = ("party", "organization")
_NOT_SAID: Final = frozenset(("decision", "rate", "measure"))
_PUT_OFF: Final = frozenset(("planned", "pending"))
_AFTER: Final = 4  # code points between what is done and that it is expected
_DECISIVE: Final = frozenset(PAIRS) - {"extent"}
_WHOLE: Final = 100
_LITTLE: Final = 1  # topics
_THE_CONVENTION: Final = "convention:unccd"
_MODES: Final = frozenset(("requested", "recommended", "planned", "possible", "aimed"))
_WHAT_FIRST: Final = re.compile(
    r"(?:(?:на|в|о|об|с|к|по|из|от|для|за|до)\s+)?(?:че[мг]о?|чему|чём)\b|qu['’]", re.IGNORECASE
)
_ITEM: Final = re.compile(r"(?:^|[\s:：;；])[(（]?[a-zа-я一-十][)）]\s")
_OTHERWISE: Final[dict[Language, str]] = {
    "en": r"\bor\b", "fr": r"\bou\b", "es": r"\b[ou]\b", "ru": r"\bили\b|\bлибо\b",
    "ar": r"(?<!\w)(?:أو|أم)(?!\w)", "zh": r"还是|或者|或",
}  # fmt: skip


class Decided(NamedTuple):
    """What is decided, and the piece of the text that decides it."""

    is_so: bool
    piece: Span


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a question asks to be so: `hard` must be met, `topics` nearly so; `decisive` are the
    facets that it asks about ("enough", "public"), `acts` what its words do, whatever the word.
    """

    question: Question
    hard: tuple[Item, ...]
    topics: tuple[Item, ...]
    signs: Signs
    acts: Mapping[Item, frozenset[str]]

    @property
    def decisive(self) -> frozenset[str]:
        """Facets of which it asks for one pole, how many it is of left aside."""
        return frozenset(s.facet for s in self.signs.found) & _DECISIVE


def proposition(question: Question) -> Proposition | None:
    """What is asked to be so; None where it is no plain question of whether."""
    text, language = question.text, question.language
    if question.kinds not in _DECIDABLE or question.foreign or question.references:
        return None
    if re.search(_OTHERWISE[language], text, re.IGNORECASE) or question.adds:
        return None
    if hints(text, language, "checks") or hints(text, language, "weighs"):
        return None
    if len(sentences(text, language)) > 1 or _WHAT_FIRST.match(text):
        return None
    if _NOT_SAID & {i.kind for i in items_of(question)}:
        return None
    asking = [(a.start, a.end) for a in find_asking(text, language)]
    found = _unnamed(
        signs(masked(text, asking) if language != "en" else text, language), question.names
    )
    if found.of("denial") or found.of("doubt") or found.of("unsure"):
        return None
    if "part" in found.poles("extent"):
        return None
    taken = [(s.start, s.end) for s in found.found if s.facet in PAIRS or s.facet == "light"]
    taken += [(m.start, m.end) for m in find_session_mentions(text)]
    left = masked(text, taken)
    stems = {w.stem for w in content_words(left, language)}
    done = {key for key, _, _ in actions(language).find(left)}
    doubled = {w.stem for w in question.words if w.doubled}
    items = [
        i
        for i in items_of(question)
        if not (i.kind == "word" and (i.key not in stems or i.key in doubled))
        and not (i.kind == "term" and (i.weight <= _INNER or i.key in _ANYWHERE))
        and not (i.kind == "action" and i.key not in done)
    ]
    hard = tuple(i for i in items if i.kind not in _TOPICS)
    topics = tuple(i for i in items if i.kind in _TOPICS)
    said = [one for one in found.found if one.facet in PAIRS]
    if not (topics or said) or len(hard) + len(topics) + len(said) < _LEAST:
        return None
    if not any(_is_done(i) for i in topics) and not said:
        return None
    return Proposition(question, hard, topics, found, _acts(topics, text, language))


def decided(
    asked: Proposition, text: ReadText, number: int, vocabulary: Vocabulary
) -> Decided | None:
    """What the sentence of that number in `text` decides; None where it is not sure."""
    question, sentence, language = asked.question, text.sentences[number], text.language
    if language != question.language:
        return None
    found = {item: _places(item, sentence) for item in (*asked.hard, *asked.topics)}
    for item, groups in asked.acts.items():
        if not found[item]:
            found[item] = [
                Span(m.start(), m.end())
                for group in sorted(groups)
                for m in same_acts(language)[group].finditer(
                    text.text, sentence.span.start, sentence.span.end
                )
            ]
    lacking = [i for i in asked.hard if not found[i] and not _is_above(i, asked, text, number)]
    elsewhere = _elsewhere(asked, lacking, found, sentence, vocabulary)
    if lacking or elsewhere is not None or asked.question.kind != "yes_no":
        return elsewhere
    met = [i for i in asked.topics if found[i]]
    if not _is_enough(asked, met):
        return None
    said = _unnamed(
        signs(text.text, language, sentence.span.start, sentence.span.end), sentence.mentions
    )
    opposite = [s for s in said.found if s.facet in asked.decisive]
    if asked.decisive and not opposite:
        return None
    anchor = _anchor(met, found, opposite)
    part = own_part(text.text, sentence.span, anchor.start)
    if _ITEM.search(text.text[sentence.span.start : anchor.start]):
        return None  # an item says what it does only with what announces it
    must = [_nearest(found[i], anchor) for i in found if found[i] and not _is_subject(i)]
    if not all(part.holds(one) for one in must):
        return None
    must += [_nearest([Span(s.start, s.end) for s in opposite], anchor)] if opposite else []
    subjects = [_nearest(found[i], anchor) for i in found if found[i] and _is_subject(i)]
    chosen = [*must, *(one for one in subjects if part.holds(one))]
    piece = _piece(text.text, part, chosen, language)
    if _is_mixed(asked, sentence, piece, chosen):
        return None
    inside = Signs(tuple(s for s in said.found if piece.start <= s.start and s.end <= piece.end))
    acts = [_nearest(found[i], anchor) for i in met if _is_done(i)]
    acts += [Span(s.start, s.end) for s in opposite]
    is_so = _is_so(asked.signs, inside, acts, _extents(sentence, piece, text), text, piece)
    before = [s for s in said.found if part.start <= s.start and s.end <= piece.start]
    if is_so and any(s.facet == "denial" or s.pole in _MODES for s in before):
        return None  # "it will lower …, widen … and set up …"
    if is_so and not asked.decisive and not _is_whole(asked, met):
        return None
    return None if is_so is None else Decided(is_so, piece)


def _acts(topics: Sequence[Item], text: str, language: Language) -> dict[Item, frozenset[str]]:
    """What is done by the words of each item: "cover" and "include" are one."""
    words = {w.stem: (w.start, w.end) for w in content_words(text, language)}
    done = {key: (start, end) for key, start, end in actions(language).find(text)}
    found: dict[Item, frozenset[str]] = {}
    for item in topics:
        place = words.get(item.key) or done.get(item.key) or done.get(item.action or "")
        groups = frozenset(
            group
            for group, pattern in same_acts(language).items()
            if place is not None
            and any(m.start() < place[1] and place[0] < m.end() for m in pattern.finditer(text))
        )
        if groups:
            found[item] = groups
    return found


def _unnamed(said: Signs, names: Sequence[Mention]) -> Signs:
    """Without such words as are part of a name: a work plan is nothing planned."""
    return Signs(
        tuple(
            s
            for s in said.found
            if not any(
                m.start <= s.start and s.end <= m.end and s.end - s.start < m.end - m.start
                for m in names
            )
        )
    )


def _elsewhere(
    asked: Proposition,
    lacking: Sequence[Item],
    found: Mapping[Item, list[Span]],
    sentence: ReadSentence,
    vocabulary: Vocabulary,
) -> Decided | None:
    """That it is not so, where what is done once, of one thing with a name, is said to be done at
    another session or place than the one asked about."""
    question, no = asked.question, Decided(is_so=False, piece=sentence.span)
    named = any(i.kind == "name" and i not in lacking for i in asked.hard)
    if not named or len(lacking) > 1:
        return None
    if lacking and lacking[0].kind == "session":
        return no if other_session(question, lacking[0], asked.topics, found, sentence) else None
    place = place_named(question, vocabulary)
    if place is None or (lacking and lacking[0].key != place[2]):
        return None
    where = (question, place, asked.topics, found, sentence, question.language, vocabulary)
    return no if other_place(*where) else None


def _is_enough(asked: Proposition, met: Sequence[Item]) -> bool:
    """Whether nearly all that is asked, beside names, is spoken of, and all that is done."""
    if any(i.kind == "action" and i not in met for i in asked.topics):
        return False
    least = _ENOUGH_OPPOSED if asked.decisive else _ENOUGH
    for items in (asked.topics, [i for i in asked.topics if _is_done(i)]):
        whole = sum(i.weight for i in items)
        held = sum(i.weight for i in items if i in met)
        if whole and held < least * whole and not (asked.decisive and _is_named(asked)):
            return False
        if items and not held and not asked.decisive:
            return False
    return True


def _is_whole(asked: Proposition, met: Sequence[Item]) -> bool:
    """Whether what is done is met, or every word that says something of the subject."""
    done = [i for i in asked.topics if _is_done(i)]
    acts = any(i.kind == "action" for i in done)
    return acts or all(i in met for i in done)


def _is_named(asked: Proposition) -> bool:
    """Whether one thing with a name is asked about, and little else."""
    named = any(i.kind == "name" and not i.key.startswith("party:") for i in asked.hard)
    return named and len(asked.topics) <= _LITTLE


def _is_done(item: Item) -> bool:
    """Whether it says something of the subject: an act, a word that names nothing."""
    return item.kind in _PREDICATES or item.action is not None


def _is_subject(item: Item) -> bool:
    """Whether it may stand before what is said of it, in another part or sentence."""
    return item.kind == "session" or (item.kind == "name" and not item.key.startswith("party:"))


def _is_so(
    asked: Signs,
    said: Signs,
    acts: Sequence[Span],
    extents: frozenset[str],
    text: ReadText,
    piece: Span,
) -> bool | None:
    opposed, unmet = _poles(asked, said, extents)
    denials = _clusters(said.of("denial"))
    others = (*denials, *said.of("stage"))
    limits = [d for d in said.of("doubt") if not any(_touch(d, n) for n in others)]
    new = said.poles("stage") - asked.poles("stage")
    if denials:
        if len(denials) > 1 or limits or opposed or new & (_MODES - {"possible"}) or unmet:
            return None
        return False if _governs(denials[0], acts, text, piece) else None
    if opposed:
        return False if len(opposed) == 1 and not (limits and opposed != ["extent"]) else None
    if new & _PUT_OFF and not asked.poles("stage") & _MODES:
        late = [s for s in said.of("stage") if s.pole in _PUT_OFF]
        put_off = any(_is_before(s, acts) for s in late)
        return False if put_off and not limits and not unmet else None
    if limits or unmet or new or asked.poles("stage") & _MODES - said.poles("stage"):
        return None
    return None if extents == {"part"} and not asked.poles("extent") else True


def _poles(asked: Signs, said: Signs, extents: frozenset[str]) -> tuple[list[str], list[str]]:
    """The facets of which the piece says the opposite of what is asked, and those of which it says
    nothing, or both. What is only to come is not said."""
    late = [s for s in said.of("stage") if s.pole in _MODES]
    opposed: list[str] = []
    unmet: list[str] = []
    for facet, (one, other) in PAIRS.items():
        wanted = asked.poles(facet)
        if not wanted:
            continue
        own = frozenset(s.pole for s in said.found if s.facet == facet and not _is_late(s, late))
        held = extents if facet == "extent" else own
        if held == wanted:
            continue
        (opposed if held == {one, other} - wanted and len(wanted) == 1 else unmet).append(facet)
    return opposed, unmet


def _is_late(sign: Sign, late: Sequence[Sign]) -> bool:
    return any(0 <= sign.start - s.end <= _NEAR for s in late)


def _extents(sentence: ReadSentence, piece: Span, text: ReadText) -> frozenset[str]:
    """Whether the piece speaks of all or of a part: "16 of the 18", "18 (100%)"."""
    said = signs(text.text, text.language, piece.start, piece.end).poles("extent")
    shares = [
        q.value
        for q in sentence.quantities
        if q.kind == "share" and piece.start <= q.start < piece.end
    ]
    counts = sorted(
        {
            q.value
            for q in sentence.quantities
            if q.kind in ("count", "number") and piece.start <= q.start < piece.end
        }
    )
    if len(shares) == 1 and not said:
        return frozenset(("all",) if shares[0] == _WHOLE else ("part",))
    if len(counts) == 2 and counts[0] and not said:
        between = has_role(piece.of(text.text), text.language, "partitive")
        return frozenset(("part",)) if between else said
    return said


def _clusters(denials: Sequence[Sign]) -> list[Sign]:
    """Denials, those of one phrase ("n'a pas", "ne … aucun") as one."""
    kept: list[Sign] = []
    for one in denials:
        if not kept or one.start - kept[-1].end > 3:
            kept.append(one)
    return kept


def _touch(one: Sign, other: Sign, within: int = 14) -> bool:
    """Whether two words are of one phrase: "ne comprend pas", "没有"."""
    return one.start <= other.end + 1 and other.start <= one.end + within


def _is_before(sign: Sign, acts: Iterable[Span]) -> bool:
    """Whether it puts off what is asked: "will be launched", "its launch is expected"."""
    return any(
        0 <= act.start - sign.end <= _NEAR or 0 <= sign.start - act.end <= _AFTER for act in acts
    )


def _governs(denial: Sign, acts: Sequence[Span], text: ReadText, piece: Span) -> bool:
    """Whether the denial stands in a clause with what is asked, near it."""
    own = next(
        (c for c in clauses(text.text, piece, text.language) if c.start <= denial.start < c.end),
        piece,
    )
    near = [
        act
        for act in acts
        if own.holds(act) and min(abs(act.start - denial.end), abs(denial.start - act.end)) <= _NEAR
    ]
    return bool(near)


def _is_above(item: Item, asked: Proposition, text: ReadText, number: int) -> bool:
    """Whether the subject is named before, in the paragraph ("it", "the programme"), and nothing
    else of its kind in the sentence."""
    if not _is_subject(item):
        return False
    kind = item.key.partition(":")[0]
    known = {m.concept_id for m in asked.question.names}
    others = {m.concept_id for m in text.sentences[number].mentions} - known
    if any(one.startswith(f"{kind}:") for one in others):
        return False
    return any(item.key in s.concepts for s in text.sentences[:number])


def _anchor(met: Sequence[Item], found: dict[Item, list[Span]], opposite: Sequence[Sign]) -> Span:
    """The place around which the rest is looked for: what is done, what decides, the rarest."""
    places = [Span(s.start, s.end) for s in opposite]
    best = min(met, key=lambda i: (i.kind != "action", len(found[i]), -i.weight), default=None)
    if best is not None and (best.kind == "action" or not places):
        places = found[best]
    others = [s for i in met if i is not best for s in found[i]]
    return min(places, key=lambda s: sum(min(abs(o.start - s.start), 400) for o in others))


def _nearest(places: Sequence[Span], anchor: Span) -> Span:
    return min(places, key=lambda s: abs(s.start - anchor.start))


def _piece(text: str, part: Span, chosen: Sequence[Span], language: Language) -> Span:
    """The clauses of the part in which anything chosen stands, and those between."""
    first, last = min(s.start for s in chosen), max(s.end for s in chosen)
    held = [c for c in clauses(text, part, language) if c.start < last and first < c.end]
    return Span(held[0].start, held[-1].end) if held else part


def _is_mixed(
    asked: Proposition, sentence: ReadSentence, piece: Span, chosen: Sequence[Span]
) -> bool:
    """Whether the piece speaks of others too, of whom it may be said instead: another Party or
    body than the one asked about, another year or figure than the one asked, or the same done
    twice."""
    first, last = min(s.start for s in chosen), max(s.end for s in chosen)
    named = {m.concept_id for m in asked.question.names}
    kinds = {m.kind for m in asked.question.names if m.kind in _ACTORS}
    for m in sentence.mentions:
        inside = first <= m.start < last
        if inside and m.kind in kinds and m.concept_id not in named:
            return True
    for item in asked.topics:
        acts = [
            mark
            for mark in sentence.marks
            if item.kind == "action"
            and (mark.kind, mark.key) == ("action", item.key)
            and piece.start <= mark.start < piece.end
            and not any(m.start <= mark.start < m.end for m in sentence.mentions)
        ]
        if len(acts) > 1:
            return True
    if asked.question.years:
        years = {
            y
            for q in sentence.quantities
            if piece.start <= q.start < piece.end
            for y in years_of(q)
        }
        if years - set(asked.question.years):
            return True
    return False


def _places(item: Item, sentence: ReadSentence) -> list[Span]:
    """Where the sentence speaks of the item."""
    match item.kind:
        case "name" | "term":
            held = [
                Span(m.start, m.end)
                for m in sentence.marks
                if (m.kind == "concept" and m.key == item.key)
                or (m.kind == "action" and m.key == item.action)
            ]
            return held or ([sentence.span] if item.key in sentence.concepts else [])
        case "word":
            return [
                Span(m.start, m.end)
                for m in sentence.marks
                if m.kind == "word" and _is_same(m.key, item.key)
            ]
        case "session":
            return [sentence.span] if item.key in find_sessions(sentence.text) else []
        case "noun" if item.key == "convention":
            return [
                Span(m.start, m.end) for m in sentence.marks if m.key in (item.key, _THE_CONVENTION)
            ]
        case "year":
            return [Span(q.start, q.end) for q in sentence.quantities if item.key in years_of(q)]
        case "number":
            return [
                Span(q.start, q.end)
                for q in sentence.quantities
                if q.kind not in TIME_KINDS and str(q.value.normalize()) == item.key
            ]
        case _:
            return [
                Span(m.start, m.end)
                for m in sentence.marks
                if m.kind == item.kind and m.key == item.key
            ]


def _is_same(word: str, asked: str) -> bool:
    if word == asked:
        return True
    if min(len(word), len(asked)) < FAMILY or not word[0].isalpha():
        return False
    return word.startswith(asked) or asked.startswith(word)
