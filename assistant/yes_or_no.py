"""Says "Yes." or "No." before the quotation that decides it; the gate checks that it does."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from assistant.drafts import Draft, DraftCitation, DraftStatement, Message, note, verbatim
from assistant.evidence import Source
from assistant.plan import Plan
from assistant.polarity import signs
from assistant.propositions import Proposition, proposition
from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.reading import Reading, ReadText
from assistant.speaker import Speaker
from assistant.verdicts import Decided, decided
from kb.languages import Language
from kb.sentences import Span, word_count
from kb.wording import MessageKey, Wording

_AMONG: Final = 12  # sentences that may decide
_LEAST: Final = 0.5  # of the best score
_FEW: Final = 3  # names that are no list
_AS_GOOD: Final = 0.9  # of the best one's score
_WORDS: Final = 54.0  # that are quoted of what decides

_VERBATIM: Final = ("quote", "digest")
VERDICTS: Final = frozenset(("yes_so", "no_so", "yes_quoted", "no_quoted"))
"""Messages that answer before the words that decide."""
_MARK: Final = "\ue000"

Found = tuple[Decided, Candidate]


def with_verdict(plan: Plan, rankings: Rankings, draft: Draft) -> Draft:
    """The draft with the word that answers, and the words that decide it; as it was where nothing
    found decides, or not all that decides the same way."""
    if draft.abstained or draft.reason is not None or not draft.statements:
        return draft
    if plan.question.reader != plan.question.language:
        return draft  # the words of a question are only met in its own language
    listed = is_listed(plan.question, _quotes(draft), rankings.reading.vocabulary)
    if listed and draft.statements[0].kind == "record":
        word = note(Message("yes"), Wording(plan.question.reader))
        return replace(draft, statements=(word, *draft.statements))
    asked = proposition(plan.question)
    if asked is None or _is_said(draft) or plan.question.asks_member:
        return draft
    found = _found(asked, draft, rankings)
    if not found or any(_opposes(other, found[0]) for other in found[1:]):
        return draft
    found = [one for one in found if one[0].is_so == found[0][0].is_so]
    speaker = Speaker(plan.question, rankings.reading, Wording(plan.question.reader))
    shown = next(((d, c) for d, c in found if _shows(draft, c.source, d)), None)
    if plan.question.kind != "yes_no":
        refuted = note(Message("false_premise"), speaker.wording)
        told = (refuted, *_quoted(speaker, *found[0]))
        return replace(draft, statements=told, reason="false_premise")
    statements = draft.statements if shown is not None else tuple(_quoted(speaker, *found[0]))
    one, candidate = shown or found[0]
    deciding = (s for s in statements if s.kind in _VERBATIM and _holds(s, candidate.source, one))
    first = next(deciding, None)
    if first is None:
        return draft
    others = (s for s in statements if s is not first)
    return replace(draft, statements=(_told(first, speaker.wording, is_so=one.is_so), *others))


def _told(quoted: DraftStatement, wording: Wording, *, is_so: bool) -> DraftStatement:
    """The words quoted, with the word that they answer by before them."""
    key: MessageKey
    if quoted.kind == "quote":
        key = "yes_quoted" if is_so else "no_quoted"
    else:
        key = "yes_so" if is_so else "no_so"
    message = Message(key)
    return DraftStatement(
        message.said(wording, text=quoted.text), "note", quoted.citations, message
    )


def quoted_within(statement: DraftStatement, wording: Wording) -> DraftStatement | None:
    """The words quoted after the word that answers; None where the message is not around them."""
    if statement.message is None or statement.message.key not in VERDICTS:
        return None
    before, _, after = statement.message.said(wording, text=_MARK).partition(_MARK)
    text = statement.text
    if not (text.startswith(before) and text.endswith(after)):
        return None
    inner = text[len(before) : len(text) - len(after)]
    if statement.message.key.endswith("quoted"):
        return replace(statement, text=inner, kind="quote", message=None)
    return replace(statement, text=inner, kind="digest", message=Message("digest"))


def is_borne_out(
    message: Message, draft: Draft, cited: Iterable[tuple[Source, DraftCitation]], reading: Reading
) -> bool:
    """Whether what is quoted decides the question as the message does, and nothing otherwise."""
    question = read_question(draft.question, reading.vocabulary, draft.language)
    listed = is_listed(question, _quotes(draft), reading.vocabulary)
    if listed is not None:
        return listed == message.key.startswith("yes")
    asked = proposition(question)
    if asked is None or question.asks_member:
        return False
    found = set()
    for source, citation in cited:
        text = reading.read(source.passage.text, source.passage.language)
        quoted = Span(citation.start, citation.end)
        for one in _decisions(asked, text, reading.vocabulary):
            if quoted.holds(_trimmed(one.piece, source.passage.text)):
                found.add(one.is_so)
    return found == {message.key.startswith("yes")}


def is_listed(
    question: Question, quotes: Sequence[tuple[str, Language]], vocabulary: Vocabulary
) -> bool | None:
    """Whether the Party that is asked about is in the one list that is quoted, of as many as the
    question says or of those behind what it names; None where no such list is quoted."""
    parties = [m for m in question.names if m.kind == "party"]
    if question.kind != "yes_no" or not question.asks_member or len(parties) != 1:
        return None
    own = signs(question.text, question.language)
    if own.of("denial"):
        return None
    asked = parties[0].concept_id
    group = {m.concept_id for m in question.names if m.kind in ("initiative", "organization")}
    sizes = {q.value for q in question.numbers if q.kind in ("count", "number")}
    told: set[bool] = set()
    for text, language in quotes:
        held = {m.concept_id for m in vocabulary.find(text, language) if m.kind == "party"}
        if len(held) <= _FEW or not (sizes or group) or signs(text, language).of("denial"):
            continue
        if sizes and len(held) not in sizes:
            continue
        if not sizes and not group <= set(vocabulary.concepts(text, language)):
            continue
        if asked in held or sizes:
            told.add(asked in held)
    return next(iter(told)) if len(told) == 1 else None


def _quotes(draft: Draft) -> list[tuple[str, Language]]:
    return [(c.quote, c.language) for s in draft.statements for c in s.citations]


def _found(asked: Proposition, draft: Draft, rankings: Rankings) -> list[Found]:
    ranked = rankings.of(asked.question)
    cited = {(c.document_id, c.paragraph) for s in draft.statements for c in s.citations}
    found: list[Found] = []
    for number, candidate in enumerate(ranked):
        passage = candidate.source.passage
        quoted = (passage.document_id, passage.label) in cited
        good = number < _AMONG and candidate.score >= _LEAST * ranked[0].score
        if not (good or quoted):
            continue
        text = rankings.reading.read(passage.text, passage.language)
        one = decided(asked, text, candidate.index, rankings.reading.vocabulary)
        if one is not None:
            found.append((one, candidate))
    return found


def _opposes(other: Found, best: Found) -> bool:
    """Whether a sentence about as good decides otherwise."""
    return other[0].is_so != best[0].is_so and other[1].score >= _AS_GOOD * best[1].score


def _decisions(asked: Proposition, text: ReadText, vocabulary: Vocabulary) -> Iterable[Decided]:
    for number in range(len(text.sentences)):
        one = decided(asked, text, number, vocabulary)
        if one is not None:
            yield one


def _is_said(draft: Draft) -> bool:
    """Whether it begins with a word of its own already."""
    return not draft.statements[0].citations


def _shows(draft: Draft, source: Source, one: Decided) -> bool:
    return any(s.kind in _VERBATIM and _holds(s, source, one) for s in draft.statements)


def _holds(statement: DraftStatement, source: Source, one: Decided) -> bool:
    """Whether the statement quotes the piece that decides."""
    passage = source.passage
    own = _trimmed(one.piece, passage.text)
    return any(
        (c.document_id, c.language, c.edition, c.version)
        == (passage.document_id, passage.language, passage.edition, passage.version)
        and c.start <= own.start
        and own.end <= c.end
        and passage.text[c.start : c.end] == c.quote
        for c in statement.citations
    )


def _quoted(speaker: Speaker, one: Decided, candidate: Candidate) -> Sequence[DraftStatement]:
    """The sentence that decides, or the piece of it that does, where the sentence is long."""
    source, sentence = candidate.source, candidate.sentence
    text, reader = source.passage.text, speaker.question.reader
    whole = word_count(sentence.text) <= _WORDS
    span = sentence.span if whole else _trimmed(one.piece, text)
    said = verbatim(source, span, sentence.span, speaker.wording, reader)
    beside = [*speaker.language_note(candidate.finding), *speaker.marks(candidate.finding)]
    return (said, *beside)


def _trimmed(piece: Span, text: str) -> Span:
    own = piece.of(text)
    start = piece.start + len(own) - len(own.lstrip())
    return Span(start, start + len(own.strip().rstrip(" ,;:，；：،؛.。")))
