"""Whether a sentence says yes or no to what a question asks, where it is sure.

What is asked must stand in one piece of the sentence: whoever is named, every figure and year, what
is done and nearly every other word. Then the piece says yes if nothing in it denies, limits or puts
it off; no if one denial, a stage not yet reached or the opposite of what is asked stands there.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from assistant.elsewhere import other_place, other_session, place_named
from assistant.items import Item
from assistant.polarity import Signs, same_acts, signs
from assistant.propositions import Proposition, is_done, is_subject, unnamed
from assistant.question import Vocabulary
from assistant.reading import ReadSentence, ReadText, years_of
from assistant.segments import own_part
from assistant.verdict_places import anchor_of, nearest, piece_of, places_of_item
from assistant.verdict_signs import MODES, extents_of, is_so_said
from kb.sentences import Span

_ENOUGH_OPPOSED: Final = 0.5  # where the pole of a pair is what is asked
_ENOUGH: Final = 0.78  # of the weight of what is asked, beside names, must stand in the piece
_ACTORS: Final = ("party", "organization")
_LITTLE: Final = 1  # topics
_ITEM: Final = re.compile(r"(?:^|[\s:：;；])[(（]?[a-zа-я一-十][)）]\s")


class Decided(NamedTuple):
    """What is decided, and the piece of the text that decides it."""

    is_so: bool
    piece: Span


def decided(
    asked: Proposition, text: ReadText, number: int, vocabulary: Vocabulary
) -> Decided | None:
    """What the sentence of that number in `text` decides; None where it is not sure."""
    question, sentence, language = asked.question, text.sentences[number], text.language
    if language != question.language:
        return None
    found = {item: places_of_item(item, sentence) for item in (*asked.hard, *asked.topics)}
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
    said = unnamed(
        signs(text.text, language, sentence.span.start, sentence.span.end), sentence.mentions
    )
    opposite = [s for s in said.found if s.facet in asked.decisive]
    if asked.decisive and not opposite:
        return None
    anchor = anchor_of(met, found, opposite)
    part = own_part(text.text, sentence.span, anchor.start)
    if _ITEM.search(text.text[sentence.span.start : anchor.start]):
        return None  # an item says what it does only with what announces it
    must = [nearest(found[i], anchor) for i in found if found[i] and not is_subject(i)]
    if not all(part.holds(one) for one in must):
        return None
    must += [nearest([Span(s.start, s.end) for s in opposite], anchor)] if opposite else []
    subjects = [nearest(found[i], anchor) for i in found if found[i] and is_subject(i)]
    chosen = [*must, *(one for one in subjects if part.holds(one))]
    piece = piece_of(text.text, part, chosen, language)
    if _is_mixed(asked, sentence, piece, chosen):
        return None
    inside = Signs(tuple(s for s in said.found if piece.start <= s.start and s.end <= piece.end))
    acts = [nearest(found[i], anchor) for i in met if is_done(i)]
    acts += [Span(s.start, s.end) for s in opposite]
    is_so = is_so_said(asked.signs, inside, acts, extents_of(sentence, piece, text), text, piece)
    before = [s for s in said.found if part.start <= s.start and s.end <= piece.start]
    if is_so and any(s.facet == "denial" or s.pole in MODES for s in before):
        return None  # "it will lower …, widen … and set up …"
    if is_so and not asked.decisive and not _is_whole(asked, met):
        return None
    return None if is_so is None else Decided(is_so, piece)


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
    for items in (asked.topics, [i for i in asked.topics if is_done(i)]):
        whole = sum(i.weight for i in items)
        held = sum(i.weight for i in items if i in met)
        if whole and held < least * whole and not (asked.decisive and _is_named(asked)):
            return False
        if items and not held and not asked.decisive:
            return False
    return True


def _is_whole(asked: Proposition, met: Sequence[Item]) -> bool:
    """Whether what is done is met, or every word that says something of the subject."""
    done = [i for i in asked.topics if is_done(i)]
    acts = any(i.kind == "action" for i in done)
    return acts or all(i in met for i in done)


def _is_named(asked: Proposition) -> bool:
    """Whether one thing with a name is asked about, and little else."""
    named = any(i.kind == "name" and not i.key.startswith("party:") for i in asked.hard)
    return named and len(asked.topics) <= _LITTLE


def _is_above(item: Item, asked: Proposition, text: ReadText, number: int) -> bool:
    """Whether the subject is named before, in the paragraph ("it", "the programme"), and nothing
    else of its kind in the sentence."""
    if not is_subject(item):
        return False
    kind = item.key.partition(":")[0]
    known = {m.concept_id for m in asked.question.names}
    others = {m.concept_id for m in text.sentences[number].mentions} - known
    if any(one.startswith(f"{kind}:") for one in others):
        return False
    return any(item.key in s.concepts for s in text.sentences[:number])


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
