"""Whether what is shown holds something of the type asked for: a figure that counts what is asked,
a date, a day, a name, a title, a place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answer_words import speaks_of
from assistant.claim_words import has_role
from assistant.items import in_sentence, items_of
from assistant.question import Question
from assistant.question_words import find_asking, hints
from assistant.reading import ReadSentence
from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity
from kb.references import plain_digits
from kb.sessions import find_session_mentions

# Code points in which an actor follows "which": "which two Governments".
_ACTOR_WITHIN: Final[Mapping[Language, int]] = {
    "en": 14, "fr": 14, "es": 14, "ru": 14, "ar": 6, "zh": 4,
}  # fmt: skip
_FAMILY: Final = 5  # letters by which words of one family meet
_DAY: Final = 10  # code points of an ISO date with its day
_AMOUNTS: Final = ("money", "area", "share")
_QUOTED: Final = re.compile(r"[“”„«»《》「」\"]")
_CAPITALS: Final = re.compile(r"(?<=[^\W\d_] )[A-ZÀ-ÖØ-ÞА-ЯЁ][^\W\d_]+")
_ENTRY: Final = re.compile(
    r"(?:^|[\s;；:：])[(（](?:[a-zа-я]|[ivx]+|[一二三四五六七八九十]|[أ-ي])[)）]"
)
_IN_PLACE: Final = re.compile(
    r"\b(?:in|at|à|au|aux|en|в|во)\s+(?:la |el |las |los |le |l’|г\. )?"
    r"(?!(?:COP|КС|CP)\b)([A-ZÀ-ÖØ-ÞА-ЯЁ][^\W\d_]{2,})"
)
_OF_LATIN_KIND: Final = ("en", "fr", "es", "ru")  # names begin with capitals
_UNSURE: Final = 0.5  # of a place, where names have no capitals
_ACTORS: Final = ("party:", "organization:", "initiative:", "convention:")
_DOERS: Final = frozenset(("company", "member"))


@dataclass(frozen=True, slots=True)
class Lacks:
    """What is asked for and not shown, each in [0, 1].

    `type`: nothing of the type asked for; `count`: the figures count something else; `doer`: who
    does it, or where, is asked, and it is not said that anybody does.
    """

    type: float
    count: float
    doer: float


def lacks_of(question: Question, sentences: Sequence[ReadSentence], *, computed: bool) -> Lacks:
    """What `sentences` lack; `computed` says that they are a list or a sum made of records."""
    judge = _Types(question, sentences, computed=computed)
    lacking = judge.figure() + judge.date() + judge.day() + judge.name() + judge.title()
    lacking += judge.place() + judge.most()
    return Lacks(min(1.0, lacking), judge.count(), judge.doer())


class _Types:
    """Looks in the sentences for one question; each answer is 1 where the type is lacking."""

    def __init__(
        self, question: Question, sentences: Sequence[ReadSentence], *, computed: bool
    ) -> None:
        self._question = question
        self._sentences = sentences
        self._computed = computed
        self._quantities = [
            (q, s)
            for s in sentences
            for q in s.quantities
            if q.kind in TIME_KINDS or not any(q.value == n.value for n in question.numbers)
        ]
        self._new = {
            m.concept_id
            for s in sentences
            for m in s.mentions
            if m.concept_id not in question.concepts
        }
        self._actor = _asked_actor(question)
        asks = question.kind == "who" or (
            question.kind in ("which", "list", "about") and self._actor is not None
        )
        self._who = asks and not question.wants_quantity and not computed

    def figure(self) -> float:
        """No amount, share or number where one is asked for."""
        question = self._question
        wanted = question.wants_quantity - TIME_KINDS
        if not wanted or not self._counts():
            return 0.0
        told = any(
            hints(question.text, question.language, hint)
            for hint in ("asks_money", "asks_share", "asks_area")
        )
        # "À combien de demandes" asks for a number.
        loose = question.language not in ("en", "es") and not told
        fitting = wanted | {"count", "number"} if loose else wanted
        return float(not any(q.kind in fitting for q, _ in self._quantities))

    def count(self) -> float:
        """Figures, and none of what is counted."""
        question = self._question
        if question.kind != "how_many" or not self._counts() or question.numbers or self.figure():
            return 0.0
        fits = [
            _fit(question, q, s) for q, s in self._quantities if q.kind in question.wants_quantity
        ]
        return float(max(fits, default=-1.0) < 0)

    def _counts(self) -> bool:
        """Whether a figure must be there: a list of what is counted answers too."""
        question = self._question
        kinds = set(question.kinds)
        listed = len(_ENTRY.findall(" ".join(s.text for s in self._sentences))) > 1
        several = question.language == "zh" and bool({"which", "list"} & kinds)
        return question.kind in ("how_much", "how_many") and not (
            question.wants_items
            or question.references
            or listed
            or several
            or self._computed
            or "compare" in kinds
        )

    def date(self) -> float:
        """No date or session where one is asked for."""
        if self._question.kind != "when":
            return 0.0
        sessions = any(find_session_mentions(plain_digits(s.text)) for s in self._sentences)
        return float(not sessions and not any(d not in self._question.years for d in self._dates()))

    def day(self) -> float:
        """A month or a year, where the day is asked for."""
        if not speaks_of(self._question.text, self._question.language, "day"):
            return 0.0
        return float(not any(len(d) >= _DAY and "/" not in d[:8] for d in self._dates()))

    def _dates(self) -> list[str]:
        return [q.iso for q, _ in self._quantities if q.kind in TIME_KINDS and q.iso]

    def name(self) -> float:
        """No name of the kind asked for beside those of the question."""
        if not self._who:
            return 0.0
        if self._actor == "country":
            named = any(one.startswith("party:") for one in self._new)
        else:
            named = any(one.startswith(_ACTORS) for one in self._new) or self._has_capitals()
            nouns = {m.key for s in self._sentences for m in s.marks if m.kind == "noun"}
            doers = nouns & _DOERS - set(self._question.nouns)
            named = named or (self._actor is None and not self._is_undone() and bool(doers))
        titled = any(
            has_role(s.text, self._question.language, "honorific") for s in self._sentences
        )
        return float(not named and not titled)

    def doer(self) -> float:
        """Nobody is said to do what is asked about."""
        asked = (self._who and self._question.kind == "who") or self._question.kind == "where"
        return float(asked and self._is_undone())

    def title(self) -> float:
        """Nothing in quotation marks, and no list, where titles are asked for."""
        question = self._question
        if question.kind not in ("which", "list", "about", "why_how", "who"):
            return 0.0
        if not speaks_of(question.text, question.language, "title"):
            return 0.0
        return float(
            not any(_QUOTED.search(s.text) or _ENTRY.search(s.text) for s in self._sentences)
        )

    def place(self) -> float:
        """No country and nothing that is named as a place."""
        question = self._question
        if (
            question.kind != "where"
            or question.weighs
            or any(one.startswith("party:") for one in self._new)
        ):
            return 0.0
        found = (m[1] for s in self._sentences for m in _IN_PLACE.finditer(s.text))
        if any(place not in question.text for place in found):
            return 0.0
        return 1.0 if question.language in _OF_LATIN_KIND else _UNSURE

    def most(self) -> float:
        """Who has most is asked, and nothing is held against anything."""
        question = self._question
        asked = (self._who or question.kind == "which") and not question.weighs
        if not asked or self._computed or not speaks_of(question.text, question.language, "most"):
            return 0.0
        return float(not any(speaks_of(s.text, question.language, "most") for s in self._sentences))

    def _is_undone(self) -> bool:
        acts = [i for i in items_of(self._question) if i.kind == "action"]
        language = self._question.language
        return bool(acts) and not any(
            in_sentence(i, s, language, self._question) for i in acts for s in self._sentences
        )

    def _has_capitals(self) -> bool:
        asked = self._question.text.casefold()
        return any(
            m[0].casefold() not in asked
            for s in self._sentences
            for m in _CAPITALS.finditer(s.text)
        )


def _asked_actor(question: Question) -> str | None:
    """What kind of actor the words by the question word ask for: "which two Governments"."""
    text, language = question.text, question.language
    asking = next(
        (a for a in find_asking(text, language) if a.kind in ("which", "who", "list", "where")),
        None,
    )
    if asking is None:
        return None
    near = text[asking.start : asking.end + _ACTOR_WITHIN[language]]
    if speaks_of(near, language, "country"):
        return "country"
    return "actor" if speaks_of(near, language, "actor") else None


def _fit(question: Question, quantity: Quantity, sentence: ReadSentence) -> float:
    """Above 0 where it counts what is asked, 0 where nothing tells, below where something else."""
    if quantity.kind == "share":
        asked = hints(question.text, question.language, "asks_share")
        return 0.5 if asked and "share" in question.wants_quantity else -0.5
    if quantity.kind in _AMOUNTS:
        return 0.5
    if quantity.unit in question.units:
        return 1.0
    stems = set(question.focus[:1])
    marks = [m for m in sentence.marks if m.kind in ("word", "noun")]
    keys = {m.key for m in marks}
    if keys & set(question.units) or any(_same(a, b) for a in stems for b in keys):
        return 0.5
    if not question.units and (not stems or question.language == "ar"):
        # Arabic plurals are other words.
        return 0.0
    return -1.0 if quantity.unit is not None else 0.0


def _same(one: str, other: str) -> bool:
    near = min(len(one), len(other)) >= _FAMILY
    return one == other or (near and (one.startswith(other) or other.startswith(one)))
