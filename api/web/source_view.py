"""What the source panel shows of a paragraph: frozen values, made at the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from api.desk import Desk, EditionChoice
from api.schemas import DocumentBody, EditionBody, OutlineParagraph, ParagraphBody
from api.web.reference import Reference
from kb.documents import EditionKind
from kb.languages import LANGUAGES, Language
from kb.references import cite

_OFFICIAL: Final = "https://docs.un.org/{language}/{symbol}"
"""Where the United Nations shows a document by its symbol; opened only when a reader asks."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text, and whether it is what was quoted."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The paragraph before or after."""

    label: str
    text: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Tab:
    """A text of the same paragraph; `is_shown` is the one on the panel."""

    language: Language
    edition: EditionKind
    is_shown: bool
    reference: Reference


@dataclass(frozen=True, slots=True)
class SourceView:
    """A paragraph in its place. `official` is None where no symbol is known."""

    reference: Reference
    document: str
    symbol: str | None
    session: str | None
    item: str | None
    headings: tuple[str, ...]
    paragraph: ParagraphBody
    parts: tuple[Part, ...]
    before: Neighbour | None
    after: Neighbour | None
    languages: tuple[Tab, ...]
    texts: tuple[Tab, ...]
    official: str | None


def source_view(desk: Desk, reference: Reference, language: Language) -> SourceView:
    """The paragraph of `reference`, for a reader of `language`. Raises NotFound."""
    choice = EditionChoice(reference.language, reference.edition, reference.version)
    found = desk.paragraph(reference.document_id, reference.paragraph, choice)
    own = EditionChoice(found.language, found.edition, found.version)
    document = desk.document(found.document_id, own)
    spans = _spans(reference)
    whole = _whole(document.paragraphs, found.paragraph)
    if whole is not None and whole != found.paragraph:
        if not spans:
            spans = [(found.start, found.start + len(found.text))]
        found = desk.paragraph(found.document_id, whole, own)
    shown = replace(
        reference,
        paragraph=found.paragraph,
        language=found.language,
        edition=found.edition,
        version=found.version,
    )
    before, after = _around(document, shown)
    named = found.symbol or found.document_id
    official = None
    if found.symbol:
        official = _OFFICIAL.format(language=found.language, symbol=quote(found.symbol))
    return SourceView(
        reference=shown,
        document=cite(named, "", language),
        symbol=found.symbol,
        session=found.session,
        item=document.agenda_item,
        headings=tuple(found.heading_path),
        paragraph=found,
        parts=marked(found.text, spans, found.start),
        before=before,
        after=after,
        languages=_languages(document.editions, shown),
        texts=_texts(document.editions, shown),
        official=official,
    )


def marked(text: str, spans: Iterable[tuple[int, int]], start: int = 0) -> tuple[Part, ...]:
    """`text`, which begins at code point `start`, cut at the spans; what lies outside is left."""
    parts: list[Part] = []
    at = 0
    for first, last in sorted(spans):
        begin = min(max(first - start, at), len(text))
        end = min(max(last - start, begin), len(text))
        if end == begin:
            continue
        parts += [Part(text[at:begin], False), Part(text[begin:end], True)]
        at = end
    parts.append(Part(text[at:], False))
    return tuple(part for part in parts if part.text)


def _spans(reference: Reference) -> list[tuple[int, int]]:
    own = (
        []
        if reference.start is None or reference.end is None
        else [(reference.start, reference.end)]
    )
    return [*own, *reference.also]


def _whole(paragraphs: Sequence[OutlineParagraph], label: str) -> str | None:
    """The paragraph that holds `label`; None for what is no running text."""
    return next(
        (one.paragraph for one in paragraphs if label in (one.paragraph, *one.subparagraphs)), None
    )


def _around(document: DocumentBody, shown: Reference) -> tuple[Neighbour | None, Neighbour | None]:
    labels = [one.paragraph for one in document.paragraphs]
    if shown.paragraph not in labels:
        return None, None
    at = labels.index(shown.paragraph)

    def neighbour(nth: int) -> Neighbour | None:
        if not 0 <= nth < len(labels):
            return None
        one = document.paragraphs[nth]
        return Neighbour(one.paragraph, one.text, _elsewhere(shown, one.paragraph))

    return neighbour(at - 1), neighbour(at + 1)


def _elsewhere(shown: Reference, label: str) -> Reference:
    return replace(shown, paragraph=label, start=None, end=None, also=())


def _languages(editions: Sequence[EditionBody], shown: Reference) -> tuple[Tab, ...]:
    """One for each language held: in the same sort of text where there is one."""
    tabs = []
    for language in LANGUAGES:
        held = [one for one in editions if one.language == language and _is_held(one, shown)]
        held.sort(key=lambda one: (one.edition != shown.edition, one.edition == "digest"))
        if held:
            tabs.append(_tab(held[0], shown, is_shown=language == shown.language))
    return tuple(tabs)


def _texts(editions: Sequence[EditionBody], shown: Reference) -> tuple[Tab, ...]:
    """The sorts of text in the language shown; none where there is but one."""
    kinds = {
        one.edition: one
        for one in editions
        if one.language == shown.language and _is_held(one, shown)
    }
    if len(kinds) < 2:
        return ()
    return tuple(
        _tab(one, shown, is_shown=one.edition == shown.edition)
        for one in sorted(kinds.values(), key=lambda one: one.edition == "digest")
    )


def _is_held(edition: EditionBody, shown: Reference) -> bool:
    is_shown = (edition.language, edition.edition, edition.version) == (
        shown.language,
        shown.edition,
        shown.version,
    )
    return is_shown or edition.status == "current"


def _tab(edition: EditionBody, shown: Reference, *, is_shown: bool) -> Tab:
    if is_shown:
        return Tab(edition.language, edition.edition, True, shown)
    there = replace(
        _elsewhere(shown, shown.paragraph),
        language=edition.language,
        edition=edition.edition,
        version=edition.version,
    )
    return Tab(edition.language, edition.edition, False, there)
