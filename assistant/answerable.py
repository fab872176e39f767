"""Whether what is about to be said answers: it holds something of the type asked for, and speaks
of the attribute asked about, of the subject asked about (docs/decisions/0016).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from assistant.answer_types import lacks_of
from assistant.drafts import Draft
from assistant.evidence import top_label
from assistant.items import HARD, Item, in_sentence, in_text, is_comparable, items_of
from assistant.places import masked
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.reading import ReadSentence, ReadText

# Learned by logistic regression with the signs that the names say (docs/decisions/0016).
_WEIGHTS: Final[Mapping[str, float]] = {
    "type_lacks": -3.86,
    "count_lacks": -3.35,
    "doer_lacks": -1.96,
    "term_lacks": -1.2,
    "action_lacks": -0.98,
    "unheard": -0.31,
    "focus_unheard": -0.76,
    "year_lacks": -1.11,
    "name_lacks": -0.58,
    "hard_lacks": -0.21,
    "topic": 1.64,
    "alike": 1.44,
    "record": 0.23,
    "rank": 1.02,
    "yes_no": 2.5,
}
_BIAS: Final = -0.09
_ENOUGH: Final = 0.14
_REGIONS: Final = frozenset(
    f"term:{one}"
    for one in (
        "africa",
        "asia",
        "central-asia",
        "latin-america-caribbean",
        "southern-africa",
        "sub-saharan-africa",
    )
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows: the sentences that it says or cites, in the question's language where
    they can be read in it, the paragraphs and headings around them, and the best candidate of
    theirs. `computed` says that it is a list or a sum made of records.
    """

    sentences: tuple[ReadSentence, ...]
    paragraphs: tuple[ReadText, ...]
    candidate: Candidate | None
    record: bool
    computed: bool


def answers(question: Question, draft: Draft, rankings: Rankings) -> bool:
    """Whether `draft` may be given: a correction, and a paragraph that is named, always may."""
    if draft.abstained:
        return False
    if draft.reason is not None or question.kind == "paragraph" or question.references:
        return True
    shown = shown_by(draft, question, rankings)
    if shown.candidate is not None and not _can_read(question, shown.candidate):
        # Words of another language cannot be looked for; what is enough there is weighed before.
        return True
    values = measured(question, shown, rankings)
    total = _BIAS + sum(weight * values[name] for name, weight in _WEIGHTS.items())
    return 1 / (1 + exp(-total)) >= _ENOUGH


def shown_by(draft: Draft, question: Question, rankings: Rankings) -> Shown:
    """What `draft` shows."""
    reading = rankings.reading
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    said: list[ReadSentence] = []
    claims = [s for s in draft.statements if s.claim is not None]
    for statement in claims:
        said += reading.read(statement.text, question.reader).sentences
    for statement in draft.statements:
        for one in statement.citations:
            spans = places.setdefault((one.document_id, top_label(one.paragraph)), [])
            if one.language == question.language:
                spans.append((one.start, one.end))
    found = {(f.document_id, f.label): f for f in reversed(rankings.findings)}
    paragraphs: list[ReadText] = []
    sentences: list[ReadSentence] = []
    for place, spans in places.items():
        if place not in found:
            continue
        passage = found[place].sources[0].passage
        text = reading.read(passage.text, passage.language)
        paragraphs.append(text)
        paragraphs.append(reading.read("\n".join(passage.heading_path), passage.language))
        sentences += [
            s
            for s in text.sentences
            if any(s.span.start < end and start < s.span.end for start, end in spans)
        ]
    ranked = rankings.of(question)
    held = {id(s) for s in sentences}
    best = next((c for c in ranked if id(c.sentence) in held), None)
    if best is None:
        best = next((c for c in ranked if (c.finding.document_id, c.finding.label) in places), None)
        if best is not None and not said:
            sentences.append(best.sentence)
    computed = any(
        s.kind == "computed" or (s.claim is not None and len(s.claim.records) > 1) for s in claims
    )
    return Shown((*said, *sentences), tuple(paragraphs), best, bool(claims), computed)


def measured(question: Question, shown: Shown, rankings: Rankings) -> dict[str, float]:
    """What tells whether it answers, by the names of the weights, each in [-1, 1]."""
    language = question.language
    items = [i for i in items_of(question) if is_comparable(i, language, question)]
    heard, weight = _heard(items, question, rankings)
    inside = {
        i for i in items if any(in_sentence(i, s, language, question) for s in shown.sentences)
    }
    near = inside | {i for i in items if any(in_text(i, t, question) for t in shown.paragraphs)}
    if shown.computed:
        # The Parties of a region are chosen by what is known of them.
        near |= {i for i in items if i.key in _REGIONS}
    topics = [i for i in items if i.topic]
    whole = sum(weight[i] for i in topics) or 1.0
    focus = [
        i
        for i in items
        if (i.kind == "word" and i.key in question.focus[:1])
        or (i.kind == "noun" and i.key in question.units)
    ]
    asked = any(i.kind == "word" for i in focus)
    acts = [i for i in items if i.kind == "action" or i.action]
    lacks = lacks_of(question, shown.sentences, computed=shown.computed)
    best = shown.candidate
    return {
        "type_lacks": lacks.type,
        "count_lacks": lacks.count,
        "doer_lacks": lacks.doer,
        "term_lacks": float(any(i.kind == "term" and i not in near for i in items)),
        "action_lacks": (
            sum(i not in inside for i in acts) / len(acts) if acts and question.is_pointed else 0.0
        ),
        "unheard": sum(weight[i] for i in topics if i not in heard) / whole,
        "focus_unheard": float(asked and not heard & set(focus)),
        "year_lacks": float(any(i.kind == "year" and i not in inside for i in items)),
        "name_lacks": float(any(i.kind == "name" and i not in inside for i in items)),
        "hard_lacks": float(any(i.kind in HARD and i not in near for i in items)),
        "topic": sum(weight[i] for i in topics if i in near) / whole if topics else 1.0,
        "alike": _alike(question, shown, rankings),
        "record": float(shown.record),
        "rank": 1 / best.finding.rank if best else 0.0,
        "yes_no": float(question.kind == "yes_no"),
    }


def _can_read(question: Question, candidate: Candidate) -> bool:
    return candidate.source.passage.language == question.language


def _heard(
    items: Sequence[Item], question: Question, rankings: Rankings
) -> tuple[set[Item], dict[Item, float]]:
    """The items that any text found speaks of, and how much each tells them apart."""
    texts = list({id(c.source): c.source for c in rankings.of(question)}.values())
    read = [rankings.reading.read(s.passage.text, s.passage.language) for s in texts]
    total = len(read) or 1
    held = {item: sum(in_text(item, text, question) for text in read) for item in items}
    weight = {i: i.weight * log(1 + (total + 1) / (n + 0.5)) for i, n in held.items()}
    return {i for i, n in held.items() if n}, weight


def _alike(question: Question, shown: Shown, rankings: Rankings) -> float:
    """How near the nearest sentence is in meaning to what is asked, the subject's name left out."""
    pieces = tuple(s.text for s in shown.sentences)
    if not pieces:
        return 0.0
    names = [(m.start, m.end) for m in question.names if m.kind != "term"]
    rest = " ".join(masked(question.text, names).split())
    return max(rankings.reading.likeness.of(rest, pieces))
