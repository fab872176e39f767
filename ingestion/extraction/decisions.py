"""What decisions and resolutions ask, and of whom."""

import re
from collections.abc import Iterator
from typing import Final

from ingestion.extraction.excerpts import excerpt, name_of
from ingestion.extraction.proposals import Proposal
from ingestion.extraction.reading import Passage, Sentence
from kb.documents import Masthead
from kb.references import find_decisions, find_symbols
from kb.sentences import Span, word_count

_MOST_WORDS: Final = 20
_RESOLUTION: Final = re.compile(r"/(?:RES|DEC)/")
_TO: Final = re.compile(
    r"^[\s:：]*(?:to|à|d['’]|de|que|qu['’]|a que|a|إلى|أن|إلى أن|على|في)?\s*(?=\S)", re.IGNORECASE
)
_ENDS: Final = re.compile(r"[:：]\s*$")
_REPEAT: Final = re.compile(r"\s\(\d+(?:st|nd|rd|th)\)$")
_LONGEST_LEAD: Final = 6  # words between whom and a list of what
_OWN: Final = {
    "global-mechanism": "convention:global-mechanism",
    "secretariat": "convention:secretariat",
    "executive-secretary": "convention:executive-secretary",
}


def own_decision(passage: Passage, masthead: Masthead) -> str | None:
    """The decision or resolution that `passage` is a paragraph of."""
    for heading in reversed(passage.paragraph.heading_path):
        for decision in find_decisions(heading):
            return decision
    return next((s for s in masthead.symbols if _RESOLUTION.search(s)), None)


def operative(passage: Passage, decision: str) -> Iterator[Proposal]:
    """The demands of a paragraph of a decision: "Invites Parties to …"; one for each item."""
    text = passage.text
    if passage.paragraph.kind != "paragraph":
        return
    verb, verb_end = _verb_at(passage, 0)
    if verb is None or verb == "decides":
        return
    addressee = _addressee(passage, verb_end)
    if addressee is None:
        return
    name, end = addressee
    focus = Span(_skip(text, verb_end), end)
    top = [s for s in passage.paragraph.subparagraphs if _degree(s.label) == 1 and not s.run_in]
    first = top[0].start if top else len(text)
    lead = text[end:first].strip()
    if not top or not _ENDS.search(text[:first]) or word_count(lead) > _LONGEST_LEAD:
        what = _what(text, Span(end, first)) if lead else None
        if what is not None:
            yield _made(passage, decision, verb, name, what, focus, Span(0, first))
        return
    begun = _what(text, Span(end, first))
    for item in top:
        inside = passage.paragraph.subparagraphs
        deeper = [s.start for s in inside if item.start < s.start < item.end]
        span = Span(item.start, min(deeper, default=item.end))
        own = excerpt(text, span, Span(span.start, span.start), _MOST_WORDS)
        what = f"{begun}: {own}" if begun and own else name_of(own)
        if what is not None:
            yield _made(passage, decision, verb, name, what, span, span)


def _degree(label: str) -> int:
    return _REPEAT.sub("", label).count("(")


def cited(sentence: Sentence) -> Iterator[Proposal]:
    """A demand that a report tells of: "in decision 41/COP.16 the Conference requested …"."""
    decisions = find_decisions(sentence.text)
    symbols = [s for s in find_symbols(sentence.text) if _RESOLUTION.search(s)]
    if len(decisions) + len(symbols) != 1:
        return
    verbs = [cue for cue in sentence.cues if cue.role == "demand" and cue.id != "decides"]
    if len(verbs) != 1:
        return
    passage, cue = sentence.passage, verbs[0]
    addressee = _addressee(passage, cue.end)
    if addressee is None:
        return
    name, end = addressee
    what = _what(passage.text, Span(end, sentence.span.end))
    if what is not None:
        focus = Span(cue.start, end)
        yield _made(passage, (*decisions, *symbols)[0], cue.id, name, what, focus, sentence.span)


def _verb_at(passage: Passage, start: int) -> tuple[str | None, int]:
    words, text = passage.words, passage.text
    again = words.at("again", text, start)
    if again is not None:
        start = again[1]
        while start < len(text) and text[start] in " \u00a0":
            start += 1
    found = [c for c in words.find(text[start : start + 40]) if c.role == "demand" and c.start == 0]
    if not found:
        return None, start
    end = start + found[0].end
    again = words.at("again", text, _skip(text, end))
    return found[0].id, again[1] if again else end


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \u00a0":
        place += 1
    return place


def _addressee(passage: Passage, place: int) -> tuple[str, int] | None:
    text = passage.text
    place = _skip(text, place)
    for article in (
        "",
        "the ",
        "au ",
        "aux ",
        "à ",
        "a la ",
        "a los ",
        "a las ",
        "al ",
        "a ",
        "إلى ",
    ):
        if not text.startswith(article, place):
            continue
        found = passage.words.at("addressee", text, place + len(article))
        if found is not None and _whole(passage, text, found[1]):
            key, end = found
            written = text[place + len(article) : end].strip()
            return _OWN.get(key, f"name:{written}"), end
    return None


def _whole(passage: Passage, text: str, end: int) -> bool:
    """Whether the addressee ends there: "Parties and observers" are more than Parties."""
    after = text[end : end + 6]
    return not re.match(r"\s?(?:and\b|et\b|y\b|и\b|و|和|与|及|,|،|、)", after) and (
        passage.language == "zh" or not after[:1].isalpha()
    )


def _what(text: str, span: Span) -> str | None:
    start = span.start
    match = _TO.match(text[start : span.end])
    start += match.end() if match else 0
    return name_of(excerpt(text, Span(start, span.end), Span(start, start), _MOST_WORDS))


def _made(
    passage: Passage, decision: str, verb: str, name: str, what: str, focus: Span, sentence: Span
) -> Proposal:
    fields = {"decision": decision, "addressee": name, "verb": verb, "what": what}
    return Proposal("decisions", fields, passage, focus, sentence)
