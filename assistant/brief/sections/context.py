"""The documents that speak of the topic, and what they say of it in their own words."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from assistant.brief.dossier import Dossier, label_order
from assistant.brief.drafting import DraftSection, Line, Point, Remark, beginning
from assistant.brief.topic import Topic
from assistant.brief.words import BriefWords
from assistant.drafts import DraftStatement, joined
from assistant.evidence import Finding
from assistant.question import Vocabulary
from kb.languages import Language, detect_language
from kb.reading import title_in
from kb.references import cite
from kb.sentences import Span, sentences, word_count
from kb.views import DocumentSummary
from kb.wording import Wording

_DOCUMENTS: Final = 3
_NARRATIVE: Final = 3  # paragraphs quoted
_LONGEST: Final = 85.0  # words of a sentence
_SHORTEST: Final = 6.0


def context(dossier: Dossier, vocabulary: Vocabulary) -> DraftSection | None:
    """The section."""
    lines: list[Line] = unknown_remark(dossier)
    lines += [
        document_remark(one, dossier.topic.language) for one in dossier.documents[:_DOCUMENTS]
    ]
    lines += (Point(one) for one in _narrative(dossier, vocabulary))
    return DraftSection("context", tuple(lines)) if lines else None


def unknown_remark(dossier: Dossier) -> list[Line]:
    """Says which words of the topic nothing was found of."""
    if not dossier.unknown:
        return []
    words = BriefWords(dossier.topic.language)
    named = Wording(dossier.topic.language).list(
        words.say("quoted", text=w) for w in dossier.unknown
    )
    return [Remark("unknown_words", (("words", named),))]


def document_remark(document: DocumentSummary, language: Language) -> Remark:
    """Names a document, its title where it is known, and the texts held of it."""
    words = BriefWords(language)
    wording = Wording(language)
    editions = [one for one in document.editions if one.status == "current"]
    originals = [one.language for one in editions if one.kind == "original"]
    digests = [
        one.language for one in editions if one.kind == "digest" and one.language == language
    ]
    texts = [
        words.say("edition_original", language=wording.language_name(one))
        for one in dict.fromkeys(originals)
    ] + [words.say("edition_digest", language=wording.language_name(one)) for one in digests]
    if not texts and editions:
        name = wording.language_name(editions[0].language)
        texts = [words.say("edition_digest", language=name)]
    title = _title(document, language)
    values = [
        ("document", cite(document.symbol or document.document_id, "", language)),
        ("texts", wording.list(texts)),
    ]
    if title:
        values.append(("name", title))
    key = "document_line" if title else "document_short"
    return Remark(key, tuple(values), (document.document_id,))


def _title(document: DocumentSummary, language: Language) -> str | None:
    """In the reader's language, else in English: a title in a script that she may not read tells
    her nothing."""
    found = title_in(document, language)
    english = title_in(document, "en")
    for title, code in ((found, language), (english, "en")):
        if title and detect_language(title) in (code, None):
            return title
    return None


def _narrative(dossier: Dossier, vocabulary: Vocabulary) -> Iterator[DraftStatement]:
    """How the paragraphs begin that come first where the topic is spoken of most, and one of each
    further document."""
    findings = [one for one in dossier.findings() if _is_prose(one)]
    if not findings:
        return
    best = sorted(findings, key=lambda one: one.rank)[:_NARRATIVE]
    if dossier.topic.subjects or dossier.topic.is_document:
        # The heading under which most is said of the topic, from its first paragraph on.
        degree = dossier.places[findings[0].document_id, findings[0].label]
        best = [f for f in findings if dossier.places[f.document_id, f.label] == degree]
        groups = Counter((f.document_id, f.sources[0].passage.heading_path) for f in best)
        most = max(groups.values())
        group = next(key for key, n in groups.items() if n == most)
        best = [f for f in best if (f.document_id, f.sources[0].passage.heading_path) == group]
        best = sorted(best, key=lambda one: _place(one, dossier))[:_NARRATIVE]
    others = {one.document_id: one for one in reversed(findings)}
    first = [one for one in others.values() if one.document_id != best[0].document_id]
    ordered = [*best[: _NARRATIVE - len(first[:1])], *first[:1], *best, *findings]
    said: set[tuple[str, str]] = set()
    wording = Wording(dossier.topic.language)
    for finding in ordered:
        if len(said) == _NARRATIVE:
            return
        place = (finding.document_id, finding.label)
        source = finding.sources[0]
        span = _opening(source.passage.text, source.passage.language, dossier.topic, vocabulary)
        if span is not None and place not in said:
            said.add(place)
            spans = (beginning(source.passage.text, span, source.passage.language),)
            yield joined(source, spans, span, wording, dossier.topic.language)


def _place(finding: Finding, dossier: Dossier) -> tuple[int, tuple[int, int]]:
    order = [one.document_id for one in dossier.held]
    at = order.index(finding.document_id) if finding.document_id in order else len(order)
    return at, label_order(finding.label)


def _is_prose(finding: Finding) -> bool:
    return finding.sources[0].passage.kind in ("paragraph", "section", "summary", "ordinal")


def _opening(text: str, language: Language, topic: Topic, vocabulary: Vocabulary) -> Span | None:
    """The first sentence, or the second where it is the first that names the topic; of a length
    that can be read."""
    spans = sentences(text, language)[:2]
    readable = [s for s in spans if _SHORTEST <= word_count(s.of(text)) <= _LONGEST]
    wanted = set(topic.subjects or topic.terms)
    for span in readable:
        if wanted & set(vocabulary.concepts(span.of(text), language)):
            return span
    if readable and spans[0] is readable[0] and not topic.is_party:
        return readable[0]
    return spans[0] if topic.is_document and spans else None
