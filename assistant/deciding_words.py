"""The words that bear on a question of yes or no, or on a premise, where what is said leaves them
out: "voluntary" where it is asked whether something is binding."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.cutting import cut
from assistant.drafts import Draft, DraftCitation, DraftStatement, verbatim
from assistant.evidence import top_label
from assistant.plan import Plan
from assistant.polarity import PAIRS, Sign, signs
from assistant.propositions import unnamed
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.speaker import Speaker
from kb.quantities import find_quantities
from kb.sentences import Span, word_count
from kb.wording import Wording

_FACETS: Final = frozenset(PAIRS) - {"extent", "trend"}
_ROOM: Final = 44.0
_BRIEF: Final = 54.0  # words of one statement that are read at a glance
_NEAR: Final = 0.6  # of the best score
_SPOKEN: Final = 0.3  # of what is asked about, in the sentence
_RANKS: Final = 3
_CLAIMS: Final = 2


def with_deciding_words(plan: Plan, rankings: Rankings, draft: Draft) -> Draft:
    """The draft with the sentence that says which of two poles holds, or with the words that a
    premise is put right by; as it was where it has them."""
    question = plan.question
    if draft.reason == "false_premise":
        return _with_premise_words(question, rankings, draft)
    if question.kind != "yes_no" or question.foreign or draft.reason == "unclear_question":
        return draft
    if draft.statements and not draft.statements[0].citations and not draft.abstained:
        return draft  # it begins with a word of its own
    asked = unnamed(signs(question.text, question.language), question.names)
    facets = {s.facet for s in asked.found} & _FACETS
    if len(facets) != 1 or (not draft.abstained and _has(draft, facets)):
        return draft
    found = _best(question, rankings, facets, refused=draft.abstained)
    if found is None:
        return draft
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    said = _said(speaker, *found)
    first = () if draft.abstained else draft.statements[:1]
    short = word_count(said[0].text) <= _BRIEF
    cut_elsewhere = any(
        _overlap(c, d) for s in first for c in s.citations for d in said[0].citations
    )
    length = sum(word_count(s.text) for s in (*first, *said))
    if short and (cut_elsewhere or length > _BRIEF):
        first = ()  # the same sentence, cut elsewhere, or more than is read at a glance
    statements = (*first, *(s for s in said if s not in first))
    return replace(draft, statements=statements, abstained=False, reason=None, subjects=frozenset())


def _overlap(one: DraftCitation, other: DraftCitation) -> bool:
    same = (one.document_id, one.paragraph, one.language, one.edition) == (
        other.document_id,
        other.paragraph,
        other.language,
        other.edition,
    )
    return same and one.start < other.end and other.start < one.end


def _has(draft: Draft, facets: set[str]) -> bool:
    return any(
        s.facet in facets
        for statement in draft.statements
        for c in statement.citations
        for s in signs(c.quote, c.language).found
    )


def _best(
    question: Question, rankings: Rankings, facets: set[str], *, refused: bool
) -> tuple[Candidate, Sign] | None:
    ranked = rankings.of(question)
    for candidate in ranked:
        if candidate.score < _NEAR * ranked[0].score or candidate.finding.rank > _RANKS:
            continue
        sentence, language = candidate.sentence, candidate.source.passage.language
        if candidate.of_another or candidate.said < _SPOKEN:
            continue
        text, span = candidate.source.passage.text, sentence.span
        found = unnamed(signs(text, language, span.start, span.end), sentence.mentions)
        own = [s for s in found.found if s.facet in facets]
        if not own or (refused and not found.of("denial")):
            continue
        return candidate, own[0]
    return None


def _said(speaker: Speaker, candidate: Candidate, sign: Sign) -> list[DraftStatement]:
    text, language = candidate.source.passage.text, candidate.source.passage.language
    whole = candidate.sentence.span
    span = whole
    if word_count(whole.of(text)) > _ROOM:
        place = Span(sign.start, sign.end)
        span = cut(text, language, candidate.sentence, speaker.question, place, _ROOM)
        if not span.start <= sign.start < span.end:
            span = whole
    said = verbatim(candidate.source, span, whole, speaker.wording, speaker.question.reader)
    finding = candidate.finding
    return [said, *speaker.language_note(finding), *speaker.marks(finding)]


def _with_premise_words(question: Question, rankings: Rankings, draft: Draft) -> Draft:
    """What a record puts right is one thing of several that the question says: its sentence has
    the others."""
    cited = [s for s in draft.statements if s.citations]
    if not cited or any(s.kind != "record" for s in cited) or not _claims_more(question):
        return draft
    places = {(c.document_id, top_label(c.paragraph)) for s in cited for c in s.citations}
    found = next(
        (
            c
            for c in rankings.of(question)
            if (c.finding.document_id, c.finding.label) in places and _shares(c, cited)
        ),
        None,
    )
    if found is None:
        return draft
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    said = verbatim(
        found.source,
        found.sentence.span,
        found.sentence.span,
        speaker.wording,
        question.reader,
    )
    if word_count(said.text) > 2 * _ROOM:
        return draft
    return replace(draft, statements=(*draft.statements, said), subjects=frozenset())


def _claims_more(question: Question) -> bool:
    actors = {m.concept_id for m in question.names if m.kind in ("party", "organization")}
    return len({n.value for n in question.numbers}) + len(actors) >= _CLAIMS


def _shares(candidate: Candidate, cited: Sequence[DraftStatement]) -> bool:
    """Whether the sentence is the one that the record rests on, in the same text or in another:
    then it has a figure of those words."""
    said = {
        (q.value, q.unit)
        for s in cited
        for c in s.citations
        for q in find_quantities(c.quote, c.language)
    }
    return any((q.value, q.unit) in said for q in candidate.sentence.quantities)
