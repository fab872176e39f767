"""Answers without a language model: the best sentences of the best paragraphs, word for word."""

from collections.abc import Iterable, Sequence
from typing import Final

from assistant.corrections import name_in_words
from assistant.counted_lists import count_note, counted_list
from assistant.drafts import (
    Draft,
    DraftStatement,
    Message,
    note,
    verbatim,
)
from assistant.evidence import Evidence, Finding, Source
from assistant.plan import Plan
from assistant.premises import Listed, contradiction, is_said, membership
from assistant.question import FIGURE_KINDS, Question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.reading import ReadSentence, years_of
from assistant.refusals import abstention, not_held, nothing
from assistant.sides import has_sides, other_side
from assistant.speaker import Speaker
from assistant.support import is_supported
from assistant.two_places import Places, places_compared
from kb.sentences import Span, printed_part, word_count
from kb.wording import Wording

# Words of the first text and of the original beside it; an exact answer has 60 in all.
_EXACT: Final = (38.0, 18.0)
_SENTENCE: Final = (54.0, 18.0)  # of a question which one it is
_FOREIGN: Final = (30.0, 14.0)  # where a note says in which languages the text is held
_FOREIGN_RUN: Final = 44.0  # of sentences with that note
_BOTH: Final = (52.0, 26.0)  # where one sentence answers both parts of a question
_PART: Final = (22.0, 10.0)  # where two do
_OPEN: Final = (115.0, 80.0)
_WHOLE: Final = (150.0, 60.0)  # of a paragraph that is asked for
_GLANCE: Final = 52.0
_PARAGRAPHS: Final = 3  # quoted at once, of those that are asked for
_FURTHER: Final = 4  # paragraphs named beside the answer
_PLENTY: Final = 140.0  # an open answer takes up no second paragraph after so many words
_SIDE: Final = (90.0, 0.0)  # of each side of a comparison
_EACH: Final = (54.0, 0.0)  # of each place that is held against another
_CLOSE: Final = 0.8  # of the best score: a second sentence as good


def compose(plan: Plan, evidence: Evidence, rankings: Rankings) -> Draft:
    """The draft of the answer to one question."""
    question = plan.question
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    if question.foreign:
        return abstention(speaker, "unclear_question", message="other_language")
    if question.is_empty:
        return abstention(speaker, "unclear_question")
    candidates = [c for c in rankings.of(question) if _in_part(c)]
    if evidence.missing and not any(f.named for f in evidence.findings):
        return not_held(speaker, evidence)
    named = [f for f in evidence.findings if f.named]
    if question.kind == "paragraph" and named:
        return _paragraph(speaker, named[:_PARAGRAPHS])
    compared = places_compared(question, rankings)
    if compared is not None:
        return _in_each(speaker, compared)
    listed = membership(question, rankings)
    if listed is not None:
        return _member(speaker, listed)
    good = [c for c in candidates if c.finding.named or is_supported(question, c)]
    if not (good and _says_figures(question, good[0]) and _says_names(question, good[0])):
        other = contradiction(question, rankings)
        if other is not None:
            return _otherwise(speaker, other)
    if not good:
        return nothing(speaker, candidates)
    counted = counted_list(question, good)
    if counted is not None:
        return _counted(speaker, *counted)
    other = other_side(question, good[0], candidates) if has_sides(question) else None
    if other is not None:
        statements = _compared(speaker, good[0], other)
    else:
        statements = _exact(speaker, good) if question.is_pointed else _open(speaker, good)
    subjects = frozenset(m.concept_id for m in question.names if question.kind in FIGURE_KINDS)
    return Draft(question.text, question.reader, tuple(_once(statements)), subjects=subjects)


def shortened(plan: Plan, rankings: Rankings, room: float) -> list[DraftStatement]:
    """The best sentence in about `room` words; none where nothing found answers."""
    question = plan.question
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    for candidate in rankings.of(question):
        if _in_part(candidate) and (candidate.finding.named or is_supported(question, candidate)):
            return [s for s in speaker.said(candidate, (room, 0.0)) if s.kind != "quote"] or (
                speaker.said(candidate, (room, 0.0))
            )
    return []


def _says_figures(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence holds every figure and year that the question has."""
    years = {year for q in candidate.sentence.quantities for year in years_of(q)}
    figures = all(is_said(n, candidate.sentence) for n in question.numbers)
    return figures and set(question.years) <= years


def _says_names(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence names every Party and body that a question why says something of."""
    actors = (m.concept_id for m in question.names if m.kind in ("party", "organization"))
    return question.kind != "why_how" or set(actors) <= candidate.sentence.concepts


def _member(speaker: Speaker, listed: Listed) -> Draft:
    """The list that tells whether something is one of those asked about."""
    question = speaker.question
    statements = speaker.said(listed.candidate, _EXACT)
    if not listed.inside:
        name = question.text[listed.name.start : listed.name.end]
        statements.insert(0, note(Message("not_among", (("name", name),)), speaker.wording))
    return Draft(question.text, question.reader, tuple(_once(_brief(statements))))


def _in_each(speaker: Speaker, places: Places) -> Draft:
    """What is said in each of the places that are held against one another."""
    question = speaker.question
    message = Message("both_say")
    if places.name is not None:
        name = name_in_words(places.name.concept_id, question.reader)
        message = Message("same_thing", (("name", name),)) if name else message
    said = [note(message, speaker.wording)]
    for candidate in places.candidates:
        said += speaker.said(candidate, _EACH)
    return Draft(question.text, question.reader, tuple(_once(said)))


def _counted(speaker: Speaker, candidate: Candidate, span: Span) -> Draft:
    """How many items a list has, and the list."""
    question, source = speaker.question, candidate.source
    count = note(count_note(span, source.passage.text), speaker.wording)
    shown = verbatim(source, span, span, speaker.wording, question.reader)
    beside = [*speaker.language_note(candidate.finding), *speaker.marks(candidate.finding)]
    return Draft(question.text, question.reader, (count, shown, *beside))


def _otherwise(speaker: Speaker, candidate: Candidate) -> Draft:
    """The figure that stands where the question has another."""
    question = speaker.question
    refuted = note(Message("false_premise"), speaker.wording)
    if question.is_exact:
        said = _brief([refuted, *speaker.said(candidate, _EXACT)])
    else:
        said = [refuted, *speaker.said(candidate, _OPEN)]
    return Draft(question.text, question.reader, tuple(_once(said)), reason="false_premise")


def _in_part(candidate: Candidate) -> bool:
    """Of a named sub-paragraph only its own sentences count."""
    part = candidate.finding.part
    if part is None:
        return True
    span = candidate.sentence.span
    inside = [(s, e) for label, s, e in candidate.source.parts if label == part]
    return not inside or inside[0][0] <= span.start < inside[0][1]


def _exact(speaker: Speaker, good: Sequence[Candidate]) -> list[DraftStatement]:
    """One sentence; a second one where the question's second part is answered by another."""
    best = good[0]
    second = _second(speaker.question, good)
    if second is not None:
        return _brief(speaker.said(best, _PART) + speaker.said(second, _PART))
    if len(speaker.question.kinds) > 1:
        return _brief(speaker.said(best, _BOTH))
    foreign = best.finding.text("digest", speaker.question.reader) is None
    own = best.source.passage.language == speaker.question.reader
    if not speaker.question.is_exact:
        return _brief(speaker.said(best, _SENTENCE, _run(speaker, best, _SENTENCE[0])))
    if best.source.passage.edition == "original":
        run = _run(speaker, best, _SENTENCE[0] if own else _FOREIGN_RUN)
        if len(run) > 1 and _is_one_part(best.source, run):
            return speaker.said(best, _SENTENCE, run)
    said = speaker.said(best, _FOREIGN if foreign and not own else _EXACT)
    return said if speaker.question.wants_items else _brief(said)


def _is_one_part(source: Source, run: Sequence[ReadSentence]) -> bool:
    """Whether consecutive sentences stand in one sub-paragraph, or in none."""
    return len({source.deepest(s.span.start, s.span.end) for s in run}) == 1


def _brief(statements: list[DraftStatement]) -> list[DraftStatement]:
    """Without the original beside the summary, where both are more than is read at a glance: the
    citation still leads to it."""
    if sum(word_count(s.text) for s in statements) <= _GLANCE:
        return statements
    digests = {
        (c.document_id, c.paragraph) for s in statements if s.kind == "digest" for c in s.citations
    }
    return [s for s in statements if s.kind != "quote" or not digests]


def _second(question: Question, good: Sequence[Candidate]) -> Candidate | None:
    """The answer to "and how many …": a figure of another kind, in another sentence."""
    first = good[0]
    if len(question.kinds) < 2 or first.quantity is None:
        return None
    wanted = {q.kind for q in first.sentence.quantities} & question.wants_quantity
    for candidate in good[1:]:
        quantity = candidate.quantity
        if quantity is None or quantity.kind in wanted or candidate.score < _CLOSE * first.score:
            continue
        return candidate
    return None


def _open(speaker: Speaker, good: Sequence[Candidate]) -> list[DraftStatement]:
    """The best sentence with those around it that belong to the answer, then a second source, and
    where else to look.
    """
    best = good[0]
    statements = speaker.said(best, _OPEN, _run(speaker, best))
    others: dict[int, Candidate] = {}
    for candidate in good[1:]:
        if candidate.score < _CLOSE * best.score:
            break
        if candidate.finding is not best.finding and not candidate.finding.named:
            others.setdefault(candidate.finding.rank, candidate)
    further = list(others.values())
    length = sum(word_count(s.text) for s in statements)
    if further and length + word_count(further[0].sentence.text) <= _PLENTY:
        statements += speaker.said(further.pop(0), _OPEN)
    return statements + speaker.further(further[:_FURTHER])


def _compared(speaker: Speaker, best: Candidate, other: Candidate) -> list[DraftStatement]:
    """What is said of either side of a comparison."""
    brief = speaker.question.is_exact
    said: list[DraftStatement] = []
    for side in (best, other):
        run = [] if brief else _run(speaker, side, _SIDE[0])
        said += speaker.said(side, _PART if brief else _SIDE, run)
    return _brief(said) if brief else said


def _run(speaker: Speaker, best: Candidate, budget: float = _OPEN[0]) -> list[ReadSentence]:
    """Neighbouring sentences of the paragraph, the best one among them, within the budget."""
    passage = best.source.passage
    sentences = speaker.reading.read(passage.text, passage.language).sentences
    if best.finding.part is not None:
        return []
    first = last = best.index
    text = passage.text

    def length(a: int, b: int) -> float:
        return word_count(text[sentences[a].span.start : sentences[b].span.end])

    if length(first, last) > budget:
        return []
    while True:
        if last + 1 < len(sentences) and length(first, last + 1) <= budget:
            last += 1
        elif first > 0 and length(first - 1, last) <= budget:
            first -= 1
        else:
            return list(sentences[first : last + 1])


def _paragraph(speaker: Speaker, findings: Sequence[Finding]) -> Draft:
    """Paragraphs that are asked for as such: from the beginning, as much as is readable."""
    question = speaker.question
    statements: list[DraftStatement] = []
    for finding in findings:
        for source, budget in zip(finding.sources, _WHOLE, strict=False):
            span = _beginning(speaker, source, finding.part, budget / len(findings))
            whole = Span(span.start, len(source.passage.text))
            statements.append(verbatim(source, span, whole, speaker.wording, question.reader))
        statements += speaker.language_note(finding) + speaker.marks(finding)
    return Draft(question.text, question.reader, tuple(_once(statements)))


def _beginning(speaker: Speaker, source: Source, part: str | None, budget: float) -> Span:
    passage = source.passage
    limits = Span(0, len(passage.text))
    if part is not None:
        inside = [Span(s, e) for label, s, e in source.parts if label == part]
        found = inside[0] if inside else printed_part(passage.text, part)
        if found is not None and not inside:
            return found
        limits = found or limits
    spans = [
        s.span
        for s in speaker.reading.read(passage.text, passage.language).sentences
        if limits.start <= s.span.start < limits.end
    ]
    if not spans:
        return limits
    last = spans[0]
    for span in spans[1:]:
        if word_count(passage.text[spans[0].start : span.end]) > budget:
            break
        last = span
    return Span(spans[0].start, last.end)


def _once(statements: Iterable[DraftStatement]) -> Iterable[DraftStatement]:
    """Without repetitions, in order."""
    return dict.fromkeys(statements)
