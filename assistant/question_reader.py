"""Reads a question without a language model."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.citation_language import citation_language
from assistant.claim_words import (
    Status,
    actions,
    has_role,
    ids_of,
    places_of,
    stages,
    status,
)
from assistant.commands import without_commands
from assistant.content_words import content_words
from assistant.foreign import is_foreign
from assistant.places import inside, masked, unique
from assistant.question import FIGURE_KINDS, Question, Vocabulary, Word, is_whole_noun
from assistant.question_words import Asking, Hint, Kind, find_asking, hints
from assistant.several import names_several
from kb.analysis import stop_words
from kb.languages import LANGUAGES, Language, detect_language
from kb.mentions import find_paragraph_references, find_sessions
from kb.quantities import TIME_KINDS, find_quantities
from kb.quantities import Kind as QuantityKind
from kb.quantity_words import find_count_nouns
from kb.references import find_decisions, find_symbols
from kb.terms import Kind as ConceptKind
from kb.terms import Mention

_MONTH_OR_DAY: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_OPEN_KINDS: Final = frozenset[Kind](("paragraph", "about", "which", "list", "why_how"))
_ASKED_WITHIN: Final = 28  # code points between "how many" and what is counted
# Words that say what kind of answer is wanted, or that speak of documents as such.
_SAID_OTHERWISE: Final[tuple[Hint, ...]] = (
    "frame", "asks_money", "asks_date", "asks_share", "asks_area",
)  # fmt: skip
_WITH_FOCUS: Final = frozenset[Kind](("how_many", "how_much", "which", "about", "list"))
_FOCUS_WORDS: Final = 2
_AMOUNT_HINTS: Final[tuple[Hint, ...]] = ("asks_money", "asks_share")
_AMOUNT_WITHIN: Final = 18  # code points between "which" and "budget"
# Of nouns, and in Spanish of the verb that follows "qué" where no noun does: "qué revisan".
_PLURAL_ENDINGS: Final[dict[Language, tuple[str, ...]]] = {"en": ("s",), "es": ("s", "an", "en")}
_SENTENCE_WORDS: Final = 5
_COUNTRIES_WITHIN: Final = 6  # code points between "which" and "countries": a number
_BODIES: Final = frozenset(("organization", "agency", "institution", "company"))
_PAID: Final = frozenset(("pledged", "disbursed"))
_COMPOUND: Final = 3  # code points between the nouns of "consultants' contracts"
_PERSON_NEAR: Final = 24  # code points between "who is" and the office
_EARLY: Final = 3  # words before that which asks whether
# "Préconise-t-il", "doivent-ils": in French the verb before its subject asks.
_INVERTED: Final = re.compile(r"[^\W\d_]-(?:t-)?(?:ils?|elles?|on)\b(?![^?]*,)", re.IGNORECASE)
_MOST_ITEMS: Final = 60  # "the 18 countries" are a list, "the 300 countries" are a count


def read_question(text: str, vocabulary: Vocabulary, reader: Language | None = None) -> Question:
    """What `text` asks. Its language is detected; where nothing tells, it is the reader's."""
    return _Reader(" ".join(text.split()), vocabulary, reader).question()


class _Reader:
    """One pass over one question."""

    def __init__(self, text: str, vocabulary: Vocabulary, reader: Language | None) -> None:
        text = without_commands(text, detect_language(text) or reader or "en")
        self.text = text
        cited = citation_language(text)
        self.cited = cited is not None
        self.foreign = cited is None and is_foreign(text)
        polite = {one: hints(text, one, "courtesy") for one in LANGUAGES}
        greeting = next((one for one in LANGUAGES if polite[one]), None)
        detected = cited or detect_language(text) or reader
        self.language: Language = detected or greeting or "en"
        self.courtesy = sorted({place for places in polite.values() for place in places})
        self.reader: Language = reader or ("en" if self.foreign else self.language)
        found = vocabulary.find(text, self.language)
        asked = find_asking(text, self.language)
        self.asked = [a for a in asked if not inside(a.start, a.end, found, strictly=True)]
        # "How many", "when" and "report" are terms of the Convention's vocabulary too.
        framed = [*hints(text, self.language, "frame"), *self.courtesy]
        self.names = tuple(
            m
            for m in found
            if not inside(m.start, m.end, self.asked)
            and not any(s <= m.start and m.end <= e for s, e in framed)
        )
        dropped = {m.concept_id for m in found} - {m.concept_id for m in self.names}
        self.concepts = tuple(
            c for c in vocabulary.concepts(text, self.language) if c not in dropped
        )
        self.quantities = [
            q
            for q in find_quantities(text, self.language)
            if not inside(q.start, q.end, self.names)
        ]

    def question(self) -> Question:
        text, language = self.text, self.language
        references = find_paragraph_references(text)
        found = self._outside(actions(language).find(text), self.asked)
        done = self._outside(found, self.names)
        counted = self._outside(self._nouns(), (*self.names, *self.asked))
        # "In the year 2022" speaks of no year beside the date.
        dated = any(q.kind in TIME_KINDS for q in self.quantities)
        nouns = [
            noun
            for noun in counted
            if is_whole_noun(noun, language) and not (dated and noun[0] == "year")
        ]
        units = self._units()
        kinds = self._kinds(units)
        member = self._asks_member(kinds)
        words = self._words([*done, *nouns], member=member)
        wants_name = self._wanted_names(kinds)
        short = len(words) + len(self.names) <= 2 and set(kinds) <= _OPEN_KINDS
        if references and (short or self.cited):
            kinds = ("paragraph",)
        return Question(
            text,
            language,
            self.reader,
            kinds,
            names=self.names,
            concepts=self.concepts,
            words=words,
            actions=unique(key for key, _, _ in done),
            done=unique(
                (m.concept_id, key)
                for m in self.names
                for key, start, end in found
                if m.kind == "term"
                and m.start <= start
                and end <= m.end
                and 2 * (end - start) >= m.end - m.start
            ),
            nouns=unique(key for key, _, _ in nouns),
            units=units,
            focus=self._focus(),
            years=unique(q.iso[:4] for q in self.quantities if q.iso and q.iso[0] != "-"),
            dates=unique(
                q.iso for q in self.quantities if q.iso and _MONTH_OR_DAY.fullmatch(q.iso)
            ),
            numbers=tuple(q for q in self.quantities if q.kind not in TIME_KINDS),
            references=references,
            sessions=find_sessions(text),
            symbols=find_symbols(text),
            decisions=find_decisions(text),
            wants_quantity=self._wanted_quantities(kinds, units),
            wants_name=wants_name,
            negated=has_role(text, language, "negation"),
            rates=ids_of(text, language, "rate"),
            measures=ids_of(text, language, "measure"),
            status=self._status(kinds),
            wants_person=self._wants_person(done),
            wants_items=member or self._wants_items(kinds),
            asks_member=member,
            asks_as_of=self._hinted("asks_as_of"),
            wants_one=self._wants_one(kinds),
            adds=self._hinted("adds"),
            weighs=self._weighs(),
            wants_bodies=self._which_bodies() and not set(kinds) & FIGURE_KINDS,
            foreign=self.foreign,
        )

    def _outside(
        self, found: Iterable[tuple[str, int, int]], places: Sequence[Mention | Asking]
    ) -> list[tuple[str, int, int]]:
        return [(key, s, e) for key, s, e in found if not inside(s, e, places)]

    def _asks_member(self, kinds: Sequence[Kind]) -> bool:
        """Whether it asks if a Party or a body is one of several."""
        actors = any(m.kind in ("party", "organization") for m in self.names)
        joins = any(key == "join" for key, _, _ in actions(self.language).find(self.text))
        return kinds[0] == "yes_no" and actors and (self._hinted("asks_member") or joins)

    def _wants_items(self, kinds: Sequence[Kind]) -> bool:
        """Whether the answer is every item of a list."""
        if "how_many" in kinds or "how_much" in kinds:
            return False
        several = any(
            1 < q.value <= _MOST_ITEMS for q in self.quantities if q.kind in ("count", "number")
        )
        named = self._hinted("asks_party") or self._which_countries()
        return "list" in kinds or (bool({"which", "about"} & set(kinds)) and (several or named))

    def _wants_one(self, kinds: Sequence[Kind]) -> bool:
        """Whether it asks for one thing of a kind: "which decision", not "which decisions"."""
        if kinds[0] != "which" or self._wants_items(kinds):
            return False
        if any(q.value > 1 for q in self.quantities if q.kind in ("count", "number")):
            return False
        for _, end in hints(self.text, self.language, "which_one"):
            if self.language not in _PLURAL_ENDINGS:
                return True
            following = re.match(r"\s*([^\W\d_]+)", self.text[end:])
            word = following[1].casefold() if following else ""
            plural = word.endswith(_PLURAL_ENDINGS.get(self.language, ()))
            if len(word) > 1 and not plural and word not in stop_words():
                return True
        return False

    def _wants_person(self, done: Sequence[tuple[str, int, int]]) -> bool:
        """Whether it asks who holds an office: "who is the President"."""
        offices = hints(self.text, self.language, "asks_person")
        if any(not any(s < end and start < e for start, end in offices) for _, s, e in done):
            return False
        return any(
            asking.kind == "who"
            and min(abs(start - asking.end), abs(asking.start - end)) < _PERSON_NEAR
            for asking in self.asked
            for start, end in offices
        )

    def _status(self, kinds: Sequence[Kind]) -> Status | None:
        """How far that is which is counted; "how many have not …" may mean more than one."""
        if "how_many" not in kinds and "how_much" not in kinds:
            return None
        found = status(self.text, self.language)
        said = "started" in stages(self.text, self.language)
        negated = has_role(self.text, self.language, "negation")
        return None if found == "done" and (said or negated) else found

    def _words(self, doubles: Sequence[tuple[str, int, int]], *, member: bool) -> tuple[Word, ...]:
        """Content words outside of names: no question word, figure or word about documents."""
        taken = [(m.start, m.end) for m in self.names]
        taken += [(a.start, a.end) for a in self.asked]
        taken += [(q.start, q.end) for q in self.quantities]
        for hint in _SAID_OTHERWISE:
            taken += hints(self.text, self.language, hint)
        taken += self.courtesy
        if member:
            taken += hints(self.text, self.language, "asks_member")
        taken += places_of(self.text, self.language, "rate")
        taken += places_of(self.text, self.language, "measure")
        left = masked(self.text, taken)
        return unique(
            Word(w.stem, w.han, any(s < w.end and w.start < e for _, s, e in doubles))
            for w in content_words(left, self.language)
        )

    def _focus(self) -> tuple[str, ...]:
        """The first content words after "how many" or "what is": what the answer is about."""
        asking = next((a for a in self.asked if a.kind in _WITH_FOCUS), None)
        if asking is None:
            return ()
        after = " " * asking.end + self.text[asking.end :]
        near = (w for w in content_words(after, self.language) if w.start - asking.end < 20)
        return tuple(w.stem for w in near)[:_FOCUS_WORDS]

    def _nouns(self) -> list[tuple[str, int, int]]:
        """The nouns that can be counted; the year of "a year" is not counted."""
        rates = places_of(self.text, self.language, "rate")
        return [
            (key, start, end)
            for key, start, end in find_count_nouns(self.text, self.language)
            if not any(s <= start and end <= e for s, e in rates)
        ]

    def _whole_nouns(self) -> list[tuple[str, int, int]]:
        """Those that are words of their own, outside of names."""
        found = self._outside(self._nouns(), (*self.names, *self.asked))
        return [noun for noun in found if is_whole_noun(noun, self.language)]

    def _units(self) -> tuple[str, ...]:
        """What is counted: the nearest noun after "how many", before any name."""
        units: list[str] = []
        nouns = self._nouns()
        names = [m.start for m in self.names if m.kind != "term"]
        done = [] if self.language in ("en", "es") else actions(self.language).find(self.text)
        for asking in self.asked:
            if asking.kind == "how_many":
                limit = min([asking.end + _ASKED_WITHIN, *(n for n in names if n >= asking.end)])
                # "Combien ont promis les partenaires" does not count partners.
                limit = min([limit, *(start for _, start, _ in done if start >= asking.end)])
                near = [n for n in nouns if asking.end <= n[1] < limit]
                units += [unit for unit, _, _ in _compound(near)]
        return unique(units)

    def _kinds(self, units: tuple[str, ...]) -> tuple[Kind, ...]:
        if self._asks_whether():
            return ("yes_no",)
        found = list(dict.fromkeys(a.kind for a in self.asked))
        if set(found) - {"yes_no", "about"}:
            # "When has it …" is no yes-or-no question.
            found = [k for k in found if k != "yes_no"]
        specific = [k for k in found if k not in ("which", "about", "paragraph", "list")]
        kinds: list[Kind] = specific + [k for k in found if k not in specific]
        if kinds and kinds[0] == "how_many" and not units and self._hinted("asks_money"):
            kinds[0] = "how_much"
        if not specific:
            if self._asks_amount() and not names_several(self.text, self.language):
                kinds.insert(0, "how_much")
            elif self._hinted("asks_date") and not self._named("asks_date"):
                kinds.insert(0, "when")
        if not kinds and self._is_whole_question():
            return ("yes_no",)
        return unique(kinds) or ("about",)

    def _asks_whether(self) -> bool:
        """Whether it begins as a question of yes or no, and no other word in it asks: "have all the
        States", "préconise-t-il", "попала ли … в число"."""
        soft = hints(self.text, self.language, "soft")
        firm = [a for a in self.asked if (a.start, a.end) not in soft]
        if {a.kind for a in firm} - {"yes_no"}:
            return False
        if not firm:
            return self.language == "fr" and bool(_INVERTED.search(self.text))
        return len(firm) < len(self.asked) and len(self.text[: firm[0].start].split()) <= _EARLY

    def _is_whole_question(self) -> bool:
        """Whether it is a sentence with a question mark: without any question word, one that is
        answered by yes or no ("¿Apoya Corea …?")."""
        asks = self.text.rstrip().endswith(("?", "？", "؟"))
        return asks and len(self.text.split()) >= _SENTENCE_WORDS

    def _asks_amount(self) -> bool:
        """Whether money or a share is what is asked for: "which budget", or "budget of ..."."""
        asking = [a.end for a in self.asked if a.kind in ("which", "list", "about")][:1]
        places = [
            start for hint in _AMOUNT_HINTS for start, end in hints(self.text, self.language, hint)
        ]
        if not asking or self.language == "zh":
            return bool(places)
        return any(0 <= start - end <= _AMOUNT_WITHIN for start in places for end in asking)

    def _hinted(self, hint: Hint) -> bool:
        return bool(hints(self.text, self.language, hint))

    def _weighs(self) -> bool:
        """Whether things are held against one another: "the two billion" are not two things, and
        埃塞俄比亚 (Ethiopia) has no "than"."""
        return any(
            not any(q.start < end < q.end for q in self.quantities)
            and not inside(start, end, self.names, strictly=True)
            for start, end in hints(self.text, self.language, "weighs")
        )

    def _named(self, hint: Hint) -> bool:
        """Whether the words of the hint only stand inside longer names."""
        places = hints(self.text, self.language, hint)
        return all(inside(s, e, self.names, strictly=True) for s, e in places)

    def _wanted_quantities(
        self, kinds: tuple[Kind, ...], units: tuple[str, ...]
    ) -> frozenset[QuantityKind]:
        wanted: set[QuantityKind] = set()
        if "how_much" in kinds:
            if self._hinted("asks_share"):
                wanted |= {"share"}
            elif self._hinted("asks_area"):
                wanted |= {"area"}
            elif self._hinted("asks_money"):
                wanted |= {"money"}
            else:
                wanted |= {"money", "area", "share"}
        if "how_many" in kinds:
            wanted |= {"count", "number"}
            # "Combien", "сколько", "多少" and "كم" also ask for amounts.
            if not units and self.language not in ("en", "es"):
                wanted |= {"money", "area", "share"}
                if self._asks_given(kinds):
                    wanted -= {"count", "number"}
        if "sum" in kinds:
            wanted |= {"count", "number", "money"}
        if "when" in kinds:
            wanted |= {"date", "year", "period"}
        return frozenset(wanted)

    def _asks_given(self, kinds: tuple[Kind, ...]) -> bool:
        """Whether it asks what somebody named has pledged or paid, and counts nothing else."""
        givers = any(m.kind in ("party", "organization") for m in self.names)
        money = stages(self.text, self.language) & _PAID
        return kinds == ("how_many",) and givers and bool(money) and not self._whole_nouns()

    def _which_countries(self) -> bool:
        """Whether countries follow the question word: "which 4 countries"."""
        countries = [m.start for m in self.names if m.concept_id == "term:country"]
        countries += [start for key, start, _ in self._nouns() if key == "country"]
        return any(
            a.kind in ("which", "list") and 0 <= start - a.end <= _COUNTRIES_WITHIN
            for a in self.asked
            for start in countries
        )

    def _which_bodies(self) -> bool:
        """Whether organizations follow the question word, or are in it: "which organizations"."""
        bodies = [start for key, start, _ in self._nouns() if key in _BODIES]
        return any(
            a.kind in ("who", "which", "list") and a.start <= start <= a.end + _COUNTRIES_WITHIN
            for a in self.asked
            for start in bodies
        )

    def _wanted_names(self, kinds: tuple[Kind, ...]) -> frozenset[ConceptKind]:
        if (self._hinted("asks_party") or self._which_countries()) and "how_many" not in kinds:
            return frozenset(("party",))
        if "who" in kinds:
            # The other Parties beside the one that is named are seldom who is asked for.
            party = any(m.kind == "party" for m in self.names)
            return frozenset(("organization",) if party else ("party", "organization"))
        return frozenset()


def _compound(nouns: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The first noun, with those that follow at once: what is counted may be any of them."""
    found = list(nouns[:1])
    for noun in nouns[1:]:
        if noun[1] - found[-1][2] > _COMPOUND:
            break
        found.append(noun)
    return found
