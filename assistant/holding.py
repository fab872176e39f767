"""Whether what is said is said of those whom the question asks about.

A Party or a body that the question names must stand in what is cited or in the record that is said:
an agency of a State is not the State. A Party asked about as one who gives or joins must stand
there as more than the place of a meeting.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from assistant.claim_words import actions, has_role, role_patterns
from assistant.drafts import Draft, DraftCitation
from assistant.evidence import top_label
from assistant.knowledge import Knowledge
from assistant.question import EXACT_KINDS, Question, Vocabulary
from kb.errors import NotFound
from kb.languages import Language
from kb.records.columns import name_columns
from kb.regions import parties_of
from kb.terms import Mention

_ACTS: Final = frozenset(("join", "give", "fund", "sign"))
_GIVING: Final = frozenset(("give", "fund", "support"))
_PLACES: Final = frozenset(("country", "place"))
_NAMING: Final = frozenset(("which", "list"))
_DOERS: Final = frozenset(("lead", "give", "fund", "host", "develop", "launch", "trustee"))
_OPEN: Final = frozenset(("paragraph", "why_how", "about", "compare"))
_REACH: Final = 60  # code points before a Party that are looked at
_NEAR_EVENT: Final = 14  # code points between a Party and the meeting that is called after it
# What may stand between "in" and a Party: "in Bonn, Germany", "à Bonn (Allemagne)".
_TOWN: Final = r"(?:\s+[^\W\d_][\w’'-]*(?:[\s-][^\W\d_][\w’'-]*)?\s*[,،(（])?\s*$"


def unheld(
    question: Question, draft: Draft, kb: Knowledge, vocabulary: Vocabulary
) -> Mention | None:
    """The name that the question asks about and nothing that the draft rests on holds; None where
    there is none, and where a premise is put right or figures are computed."""
    if draft.abstained or draft.reason == "false_premise" or question.kind in _OPEN:
        return None
    if any(s.kind == "computed" for s in draft.statements) or question.weighs:
        return None
    if not any(s.citations for s in draft.statements) or _is_verdict(draft):
        return None
    asked = [m for m in question.names if _is_asked(question, m)]
    if not asked:
        return None
    held = _Held(draft, kb, vocabulary)
    for mention in asked:
        if mention.kind == "initiative":
            if question.kind == "who" and not held.family(mention.concept_id):
                return mention
        elif mention.kind == "organization":
            if question.kind in EXACT_KINDS and mention.concept_id not in held.inner():
                return mention
        elif not _holds_party(question, mention, held):
            return mention
    return None


def lacks_names(question: Question, draft: Draft, vocabulary: Vocabulary) -> bool:
    """Whether Parties or bodies are asked for and nothing quoted names any: which countries, where
    only their number is told; who does something, where nothing says that it is done."""
    if draft.abstained or draft.reason is not None or not question.wants_name:
        return False
    said = [s for s in draft.statements if s.citations]
    if not said or any(s.kind in ("record", "computed") for s in said):
        return False
    texts = [(c.quote, c.language) for s in said for c in s.citations]
    known = {m.concept_id for m in question.names}
    for text, language in texts:
        for mention in vocabulary.find(text, language):
            named = mention.kind != "term" or bool(parties_of(mention.concept_id))
            if named and mention.concept_id not in known:
                return False
    if question.wants_name == {"party"}:
        return set(question.kinds) <= _NAMING
    done = {*question.actions, *dict(question.done).values()}
    if set(question.kinds) != {"who"} or not done & _DOERS:
        return False
    return not any(
        key in done for text, language in texts for key, _, _ in actions(language).find(text)
    )


def _is_verdict(draft: Draft) -> bool:
    """Whether it says first that something is not among those listed."""
    first = draft.statements[0]
    return not first.citations and first.message is not None


def _is_asked(question: Question, mention: Mention) -> bool:
    """Whether it is asked about, and not part of the name of a meeting ("the Panama session")."""
    if mention.kind == "initiative":
        return question.kind == "who"
    if mention.kind not in ("party", "organization"):
        return False
    around = question.text[mention.end : mention.end + _NEAR_EVENT]
    before = question.text[max(0, mention.start - _NEAR_EVENT) : mention.start]
    return not any(has_role(one, question.language, "gathering") for one in (around, before))


def _holds_party(question: Question, mention: Mention, held: "_Held") -> bool:
    party = mention.concept_id
    if not held.names(party):
        region = any(party in parties_of(one) for one in held.inner())
        return region and question.kind not in EXACT_KINDS
    done = {*question.actions, *dict(question.done).values()}
    asks_given = question.kind == "yes_no" and bool(done) and done <= _GIVING
    if asks_given and not held.gives(party):
        return False
    acts = question.asks_member or bool(_ACTS & done)
    if not acts or is_place(question.text, mention, question.language, held.vocabulary):
        return True
    return held.acts(party)


def is_place(text: str, mention: Mention, language: Language, vocabulary: Vocabulary) -> bool:
    """Whether a Party is named as where something is: "in Germany", "in Bonn (Germany)"."""
    name = text[mention.start : mention.end]
    if language == "ar" and name.startswith("ب"):  # "in", written as part of the name
        bare = vocabulary.find(name[1:], language)
        if any(m.concept_id == mention.concept_id for m in bare):
            return True
    before = text[max(0, mention.start - _REACH) : mention.start]
    return any(pattern.search(before) for pattern in _before_places(language))


@cache
def _before_places(language: Language) -> tuple[re.Pattern[str], ...]:
    end = r"$" if language == "zh" else _TOWN
    return tuple(
        re.compile(rf"(?:{pattern.pattern}){end}", re.IGNORECASE)
        for pattern in role_patterns(language)["place"].values()
    )


class _Held:
    """The names in what a draft rests on: its records and the paragraphs cited, with the headings
    above them, in every edition."""

    def __init__(self, draft: Draft, kb: Knowledge, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._texts = list(_texts(draft, kb))
        self._quotes = [(c.quote, c.language) for s in draft.statements for c in s.citations]
        said = (s.text for s in draft.statements if s.claim is not None)
        self._said = [(text, draft.language) for text in said]
        self._columns = {
            (column.name, one)
            for s in draft.statements
            if s.claim is not None
            for record in s.claim.all_records
            for column in name_columns(record.kind)
            for one in (getattr(record.statement, column.name) or "").split()
        }

    def names(self, concept: str) -> bool:
        """Whether the concept itself is named; as part of another's name it is not."""
        if any(one == concept for _, one in self._columns):
            return True
        return any(
            m.concept_id == concept
            for text, language in (*self._texts, *self._said)
            for m in self.vocabulary.find(text, language)
        )

    def acts(self, party: str) -> bool:
        """Whether the Party is named as more than a place."""
        if any(one == party and name not in _PLACES for name, one in self._columns):
            return True
        return any(
            m.concept_id == party and not is_place(text, m, language, self.vocabulary)
            for text, language in self._texts
            for m in self.vocabulary.find(text, language)
        )

    def gives(self, party: str) -> bool:
        """Whether the words quoted name the Party: its paragraph may name it for something else."""
        if any(one == party and name not in _PLACES for name, one in self._columns):
            return True
        return any(
            m.concept_id == party
            for text, language in self._quotes
            for m in self.vocabulary.find(text, language)
        )

    def family(self, initiative: str) -> bool:
        """Whether the initiative, or a phase of it, is named."""
        return any(one.startswith(initiative) or initiative.startswith(one) for one in self.inner())

    def inner(self) -> frozenset[str]:
        """All concepts, those inside longer names too."""
        texts = (*self._texts, *self._said)
        read = (c for text, lang in texts for c in self.vocabulary.concepts(text, lang))
        return frozenset((*read, *(one for _, one in self._columns)))


def _texts(draft: Draft, kb: Knowledge) -> Iterator[tuple[str, Language]]:
    for document, label in dict.fromkeys(_places(draft)):
        try:
            editions = kb.editions(document)
        except NotFound:
            continue
        for edition in editions:
            try:
                p = kb.passage(document, label, language=edition.language, edition=edition.kind)
            except NotFound:
                continue
            yield p.text, p.language
            yield "\n".join(p.heading_path), p.language


def _places(draft: Draft) -> Iterable[tuple[str, str]]:
    cited: Iterable[DraftCitation] = (c for s in draft.statements for c in s.citations)
    return ((c.document_id, top_label(c.paragraph)) for c in cited)
