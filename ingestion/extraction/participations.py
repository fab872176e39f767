"""Which Parties take part in what: "Kenya and Mali joined the Great Green Wall in 2031"."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ingestion.extraction.excerpts import name_of
from ingestion.extraction.partnerships import partners_of
from ingestion.extraction.proposals import Proposal, is_pointer
from ingestion.extraction.reading import Sentence
from ingestion.extraction.timing import is_before, is_deadline, is_yardstick
from ingestion.extraction.words import Cue
from kb.records.kinds import RecordKind
from kb.sentences import Span, word_count
from kb.terms import Mention

KIND: Final[RecordKind] = "participations"
_FARTHEST: Final = 30  # characters between the word for taking part and the Parties
_LONGEST_NAME: Final = 9  # words of a programme that the vocabulary does not know
_LINK: Final = re.compile(
    r"[\s\u00a0]*(?:,|،|、)?[\s\u00a0]*(?:and|et|y|e|и|و|和|与|及|以及)?[\s\u00a0]*"
    r"(?:the|la|le|les|l['’]|el|los|las)?[\s\u00a0]*"
)
_POINTING: Final = re.compile(
    r"(?:this|that|these|it|cette|ce|cet|ces|esta?|este|estos|dicha?o?|эт\w+|данн\w+|هذه|هذا|تلك)\s|[该本此这]"
)
_BREAK: Final = re.compile(r"[;.؛；。]")
_NAME_END: Final = re.compile(r"[,;:.،؛，；：。()（）«»“”\d]")
_LISTED: Final = re.compile(
    r"(?:\s*(?:[:：]|are|were|include[sd]?|being|sont|comprennent|son|incluyen|являются|стали"
    r"|включают|هي|وهي|تشمل|包括|有|是|为))?\s*(?:the|la|le|les|l['’]|el|los|las)?\s*",
    re.IGNORECASE,
)


def participations(sentence: Sentence) -> Iterator[Proposal]:
    """A proposal for each Party of the one list of Parties that a word for taking part is beside.

    The programme is the one initiative that the sentence names, or the noun phrase behind the
    word; else that of the headings.
    """
    parties = _listed(sentence)
    if not parties or sentence.has("negation") or is_pointer(sentence):
        return
    cue = _cue(sentence, parties)
    if cue is None:
        return
    programme = _programme(sentence, cue, parties)
    if programme is None:
        return
    fields = {
        "programme": programme,
        "role": "participant" if cue.id == "joined" else cue.id,
        "supported_by": _supporters(sentence),
        "since": _since(sentence) if cue.id == "joined" else None,
    }
    for party in parties:
        focus = Span(party.start, party.end)
        own = {**fields, "party": party.concept_id}
        yield Proposal(KIND, own, sentence.passage, focus, sentence.span)


def _listed(sentence: Sentence) -> list[Mention]:
    """The Parties of the sentence where they are one list, or one Party; else none."""
    found = sorted(
        (m for m in sentence.mentions if m.kind == "party"), key=lambda one: (one.start, -one.end)
    )
    text = sentence.passage.text
    for one, other in pairwise(found):
        if not _LINK.fullmatch(text[one.end : other.start]):
            return []
    return found if len({m.concept_id for m in found}) == len(found) else []


def _cue(sentence: Sentence, parties: list[Mention]) -> Cue | None:
    """The word for taking part that the list stands right before or behind."""
    text, base = sentence.passage.text, sentence.span.start
    start, end = parties[0].start, parties[-1].end
    beside: list[tuple[int, Cue]] = []
    for key, first, last in sentence.passage.words.places("part", sentence.text):
        cue = Cue("part", key, base + first, base + last)
        gap = text[end : cue.start] if end <= cue.start else text[cue.end : start]
        bare = _without_names(sentence, gap)
        if cue.end <= start and not _LISTED.fullmatch(bare):
            bare = bare if _is_inside(sentence, cue, start) else "x" * (_FARTHEST + 1)
        if len(bare) <= _FARTHEST and not _BREAK.search(bare):
            beside.append((len(bare), cue))
    return min(beside, key=lambda one: (one[0], -len(one[1].id)), default=(0, None))[1]


def _is_inside(sentence: Sentence, cue: Cue, start: int) -> bool:
    """Whether only the programme stands between: "participan en la Gran Muralla Verde Kenia"."""
    gap = sentence.passage.text[cue.end : start]
    named = [m for m in sentence.mentions if m.kind == "initiative" and m.end <= start]
    return bool(named) and len(_without_names(sentence, gap).strip()) <= _FARTHEST // 2


def _without_names(sentence: Sentence, gap: str) -> str:
    for mention in sentence.mentions:
        gap = gap.replace(mention.text, "")
    return gap


def _programme(sentence: Sentence, cue: Cue, parties: list[Mention]) -> str | None:
    named = {m.concept_id for m in sentence.mentions if m.kind == "initiative"}
    if named:
        return named.pop() if len(named) == 1 else None
    phrase = _phrase(sentence, cue, parties)
    if phrase is not None:
        return phrase
    topics = sentence.passage.topics
    return topics[0] if topics and cue.end <= parties[0].start else None


def _phrase(sentence: Sentence, cue: Cue, parties: list[Mention]) -> str | None:
    """The name of a programme behind the word, up to the end of its clause or the Parties."""
    text, place = sentence.passage.text, cue.end
    if sentence.passage.language == "ar" and cue.end <= parties[0].start:
        place = parties[-1].end  # the verb, who, in what
    end = sentence.clause_at(place).end if place < sentence.span.end else place
    marks = [one.start for one in parties] + [one.start for one in sentence.dates]
    marks += [one.start for one in sentence.cues if one.role == "role"]
    end = min((mark for mark in marks if place < mark < end), default=end)
    written = text[place:end]
    if mark := _NAME_END.search(written):
        written = written[: mark.start()]
    words = sentence.passage.words
    written = written.strip()
    if _POINTING.match(written):
        return None  # "this initiative" names none
    for article in ("the ", "la ", "le ", "l’", "l'", "el ", "los ", "les ", "في ", "إلى "):
        written = written.removeprefix(article)
    fits = 1 < word_count(written) <= _LONGEST_NAME and words.search("programme", written)
    return name_of(written) if fits else None


def _supporters(sentence: Sentence) -> str | None:
    ids = [
        partner.concept_id
        for cue in sentence.cues
        if cue.role == "role" and cue.id == "supporter"
        for partner in partners_of(sentence, cue)
    ]
    return " ".join(dict.fromkeys(ids)) or None


def _since(sentence: Sentence) -> str | None:
    """The one date of the sentence, where it is that of joining."""
    if len(sentence.dates) != 1:
        return None
    date = sentence.dates[0]
    off = is_yardstick(sentence, date) or is_before(sentence, date) or is_deadline(sentence, date)
    return None if off or "/" in (date.iso or "") else date.iso
