"""Lists said whole: the paragraph that is the list asked for, with all that it enumerates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.drafts import Draft, DraftStatement, verbatim
from assistant.evidence import Evidence, Finding, Source, completed, top_label
from assistant.grounding import grounded
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from assistant.question import Question, Vocabulary
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.reading import Reading, ReadText
from assistant.record_speaker import places
from assistant.series import marked_in, run_in
from assistant.series_standing import Listing, listings, names_wanted
from assistant.several import asks_several, size_asked, wants_parties
from assistant.sides import has_sides
from assistant.speaker import Speaker
from assistant.support import is_supported
from kb.sentences import Span, word_count
from kb.wording import Wording

_WHOLE: Final = 130.0  # words of a paragraph that is said whole
_MARKED: Final = 250.0  # … of a list with letters or bullets
_BESIDE: Final = 110.0  # … of the original beside a summary
_NAMES: Final = (
    110.0  # … of the sentence that names those who are asked for, where nothing else does
)
_BRIEF: Final = 54.0  # … where two names answer
_TWO: Final = 2
_SECOND: Final = 60.0  # … of what may be the list as well
_FEWEST: Final = 3
# Likelihoods that a paragraph is the list: of one beside a better one, of one that stands alone,
# of one that answers where nothing else does.
_CLOSE: Final = 0.2
_SURE: Final = 0.7
_CERTAIN: Final = 0.85
_HALF: Final = 0.5  # of what the question speaks of


def with_series(
    plan: Plan,
    evidence: Evidence,
    rankings: Rankings,
    draft: Draft,
    kb: Knowledge,
    vocabulary: Vocabulary,
) -> tuple[Draft, Evidence]:
    """The draft that quotes the whole of the list asked for, and the evidence with its texts; as
    they were where no list is asked for, or none is found that is likelier than what is said."""
    question = plan.question
    if not _may_list(question, draft) or any(f.named for f in evidence.findings):
        return draft, evidence
    found = listings(question, rankings.of(question), rankings.reading)
    if not found or not _is_answer(question, found, draft):
        return draft, evidence
    if _has_names(question, draft, found[0], vocabulary):
        return draft, evidence
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    several = asks_several(question)
    evidence, finding = _complete(evidence, found[0].finding, plan, kb)
    if several and _is_short(question, found[0]):
        if (finding.document_id, finding.label) in places(draft):
            return draft, evidence
        said = _said(speaker, found[0].candidate, finding, _BRIEF, 0.0)
    elif several:
        said = _said(speaker, found[0].candidate, finding, _WHOLE, _BESIDE)
    else:
        room = _NAMES if draft.abstained else _BRIEF
        said = _sentence_with_names(speaker, found[0].candidate, finding, room)
    recorded = any(s.claim is not None for s in draft.statements)
    wide = several and not (recorded or _is_short(question, found[0]))
    second = next((one for one in found[1:2] if wide and _is_close(one, found[0])), None)
    if second is not None:
        evidence, other = _complete(evidence, second.finding, plan, kb)
        said += _said(speaker, second.candidate, other, _SECOND, 0.0)
    if not said:
        return draft, evidence
    listed = _beside(draft, said, finding)
    passed = grounded(listed, evidence, vocabulary).statements
    return (listed if len(passed) == len(listed.statements) else draft), evidence


def _is_short(question: Question, best: Listing) -> bool:
    """Whether two names answer: they are said in one sentence, as an exact answer is."""
    pair = size_asked(question) == {_TWO}
    return pair or (question.is_exact and best.names <= _TWO and best.items < _FEWEST)


def _has_names(question: Question, draft: Draft, best: Listing, vocabulary: Vocabulary) -> bool:
    """Whether the draft quotes of the same paragraph all the names that are asked for."""
    if best.names <= 1 or (best.finding.document_id, best.finding.label) not in places(draft):
        return False
    quoted = [c for s in draft.statements if s.claim is None for c in s.citations]
    held = [
        {
            m.concept_id
            for m in vocabulary.find(one.quote, one.language)
            if m.kind in question.wants_name and m.concept_id not in question.concepts
        }
        for one in quoted[:1]
    ]
    return any(len(names) >= best.names for names in held)


def _is_close(other: Listing, best: Listing) -> bool:
    return other.enumerates and other.likely >= _CLOSE and best.likely < _SURE


def _may_list(question: Question, draft: Draft) -> bool:
    if question.is_empty or question.foreign or question.kind == "paragraph":
        return False
    if draft.reason not in (None, "not_in_documents", "off_topic"):
        return False
    records = [s.claim for s in draft.statements if s.claim is not None]
    if len(records) > 1 or any(s.kind == "computed" for s in draft.statements):
        return False
    if any(one.listed is not None for one in records) or has_sides(question):
        return False
    if any(s.message and s.message.key in ("listed_count", "not_among") for s in draft.statements):
        return False
    who = question.kind == "who" and not question.wants_person and not draft.abstained
    return who or asks_several(question)


def _is_answer(question: Question, found: Sequence[Listing], draft: Draft) -> bool:
    """Whether the likeliest list answers, rather than what the draft says or in spite of its
    refusal."""
    best = found[0]
    if not asks_several(question):
        said = (best.finding.document_id, best.finding.label) in places(draft)
        return best.names >= _FEWEST and (said or best.likely >= _CERTAIN)
    parties = wants_parties(question)
    if not draft.abstained:
        return best.names > 0 or not (parties or question.wants_bodies)
    if not (best.names > 1 if parties or question.wants_bodies else best.enumerates):
        return False
    if is_supported(question, best.candidate):
        return True
    if best.likely < _CERTAIN or draft.reason != "not_in_documents":
        return False
    near = best.candidate.coverage.share >= _HALF and not best.candidate.coverage.lacks
    return near or (best.as_many and best.finding.rank == 1)


def _complete(
    evidence: Evidence, finding: Finding, plan: Plan, kb: Knowledge
) -> tuple[Evidence, Finding]:
    """The finding with every text that the answer may need, in the evidence too."""
    whole = completed(evidence, (finding,), plan, kb)
    place = evidence.findings.index(finding)
    return whole, whole.findings[place]


def _beside(draft: Draft, said: Sequence[DraftStatement], finding: Finding) -> Draft:
    """The draft with the list in place of its quotes; a record of the same paragraph stays."""
    place = (finding.document_id, finding.label)
    records = [
        s
        for s in draft.statements
        if s.kind == "record"
        and place in {(c.document_id, top_label(c.paragraph)) for c in s.citations}
    ]
    return replace(draft, statements=(*records, *said), abstained=False, reason=None)


def _said(
    speaker: Speaker, candidate: Candidate, finding: Finding, own: float, beside: float
) -> list[DraftStatement]:
    """The enumeration in about `own` words, and in about `beside` words of the original where the
    first text is a summary."""
    question, source = speaker.question, candidate.source
    reading = speaker.reading
    original = finding.text("original")
    span = _span(_read(source, reading), candidate.index, own)
    whole = Span(0, len(source.passage.text))
    statements = [verbatim(source, span, whole, speaker.wording, question.reader)]
    if source.passage.edition == "digest" and original is not None and beside:
        read = _read(original, reading)
        place = candidate.index / max(1, len(_read(source, reading).sentences))
        near = min(len(read.sentences) - 1, round(place * len(read.sentences)))
        span = _span(read, near, beside)
        whole = Span(0, len(original.passage.text))
        statements.append(verbatim(original, span, whole, speaker.wording, question.reader))
    return [*statements, *speaker.language_note(finding), *speaker.marks(finding)]


def _sentence_with_names(
    speaker: Speaker, candidate: Candidate, finding: Finding, room: float
) -> list[DraftStatement]:
    """The sentence that names those who are asked for, whole; none where it is the best one's
    neighbour's neighbour, or has more words than there is room for."""
    question, source = speaker.question, candidate.source
    sentences = _read(source, speaker.reading).sentences
    near = range(max(0, candidate.index - 1), min(len(sentences), candidate.index + 2))
    held = {i: len(names_wanted(question, sentences[i])) for i in near}
    most = max(near, key=lambda i: (held[i], i == candidate.index))
    first, last = sorted((most, candidate.index))
    span = Span(sentences[first].span.start, sentences[last].span.end)
    text = source.passage.text
    if held[most] < _FEWEST or word_count(span.of(text)) > room:
        return []
    said = verbatim(source, span, span, speaker.wording, question.reader)
    return [said, *speaker.language_note(finding), *speaker.marks(finding)]


def _read(source: Source, reading: Reading) -> ReadText:
    return reading.read(source.passage.text, source.passage.language)


def _span(text: ReadText, index: int, budget: float) -> Span:
    """The whole text where it is short; else the list with marks in it, else sentences around
    the one at `index` and the one that enumerates most, in about `budget` words."""
    sentences = [s.span for s in text.sentences]
    whole = Span(sentences[0].start, sentences[-1].end)
    if word_count(whole.of(text.text)) <= budget:
        return whole
    marked = marked_in(text)
    if marked is not None and word_count(marked.span.of(text.text)) <= _MARKED and budget > _SECOND:
        return marked.span
    first = last = index
    runs = [run_in(s, text.text, text.language) for s in text.sentences]
    sizes = [run.items if run is not None else 0 for run in runs]
    most = max(range(len(sizes)), key=lambda i: sizes[i])
    if sizes[most] >= _FEWEST:
        a, b = min(index, most), max(index, most)
        both = text.text[sentences[a].start : sentences[b].end]
        if word_count(both) <= budget:
            first, last = a, b

    def length(a: int, b: int) -> float:
        return word_count(text.text[sentences[a].start : sentences[b].end])

    while True:
        if last + 1 < len(sentences) and length(first, last + 1) <= budget:
            last += 1
        elif first > 0 and length(first - 1, last) <= budget:
            first -= 1
        else:
            return Span(sentences[first].start, sentences[last].end)
