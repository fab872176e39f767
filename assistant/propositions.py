"""What a question of yes or no asks to be so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.claim_words import actions
from assistant.content_words import content_words
from assistant.items import Item, items_of
from assistant.places import masked
from assistant.polarity import PAIRS, Signs, same_acts, signs
from assistant.question import Question
from assistant.question_words import find_asking, hints
from kb.languages import Language
from kb.sentences import sentences
from kb.sessions import find_session_mentions
from kb.terms import Mention

_INNER: Final = 0.5  # the weight of a concept inside a longer name
_ANYWHERE: Final = frozenset(
    f"term:{one}" for one in ("global", "country", "national", "region", "programme", "initiative")
)
_DECIDABLE: Final = (("yes_no",), ("why_how",))  # of "why" only that its premise is not so
_LEAST: Final = 2  # things that must be asked about
_PREDICATES: Final = frozenset(("action", "word", "noun"))
_TOPICS: Final = frozenset(("term", "action", "noun", "word"))
_NOT_SAID: Final = frozenset(("decision", "rate", "measure"))
_DECISIVE: Final = frozenset(PAIRS) - {"extent"}
_WHAT_FIRST: Final = re.compile(
    r"(?:(?:на|в|о|об|с|к|по|из|от|для|за|до)\s+)?(?:че[мг]о?|чему|чём)\b|qu['’]", re.IGNORECASE
)
_OTHERWISE: Final[dict[Language, str]] = {
    "en": r"\bor\b", "fr": r"\bou\b", "es": r"\b[ou]\b", "ru": r"\bили\b|\bлибо\b",
    "ar": r"(?<!\w)(?:أو|أم)(?!\w)", "zh": r"还是|或者|或",
}  # fmt: skip


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
    found = unnamed(
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
    if not any(is_done(i) for i in topics) and not said:
        return None
    return Proposition(question, hard, topics, found, _acts(topics, text, language))


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


def unnamed(said: Signs, names: Sequence[Mention]) -> Signs:
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


def is_done(item: Item) -> bool:
    """Whether it says something of the subject: an act, a word that names nothing."""
    return item.kind in _PREDICATES or item.action is not None


def is_subject(item: Item) -> bool:
    """Whether it may stand before what is said of it, in another part or sentence."""
    return item.kind == "session" or (item.kind == "name" and not item.key.startswith("party:"))
