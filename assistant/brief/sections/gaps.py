"""Where the sources contradict themselves, and what they leave unsaid."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from assistant.brief.dossier import ENOUGH, Dossier
from assistant.brief.drafting import DraftSection, Line, Point, Remark, Together, Voice
from assistant.brief.sections.changes import Comparing
from assistant.brief.sections.room import room
from assistant.claim_words import stages
from assistant.record_claims import RecordClaim
from kb.languages import Language
from kb.quantities import find_quantities
from kb.records.kinds import Funding
from kb.records.record import Record
from kb.references import cite

LINES: Final = 6
_EACH: Final = 2  # of one sort of gap
PROMISED: Final = ("pledged", "committed", "approved", "mobilised")


def gaps(dossier: Dossier, voice: Voice, records: Comparing) -> DraftSection | None:
    """The section."""
    lines: list[Line] = list(_contradictions(dossier, voice, records))
    for frame, wanted in (
        ("gap_perhaps_part", is_perhaps_part),
        ("gap_no_provider", has_no_provider),
    ):
        lines += _framed(voice, frame, [r for r in dossier.records("funding") if wanted(r)])
    lines += unsaid(dossier)
    return DraftSection("gaps", tuple(lines[: room(dossier, LINES)])) if lines else None


def contradictions(dossier: Dossier) -> Iterator[RecordClaim]:
    """Totals of the topic whose parts do not add up to them."""
    by_id = dossier.index.by_id
    for total, parts in dossier.index.wrong_sums.items():
        if dossier.weights.get(total, 0.0) >= ENOUGH:
            yield RecordClaim(
                tuple(by_id[one] for one in parts), operation="sum", against=by_id[total]
            )


def _contradictions(dossier: Dossier, voice: Voice, records: Comparing) -> Iterator[Line]:
    for claim in contradictions(dossier):
        draft = voice.said(claim)
        if draft is not None:
            yield Point(draft, "gap_contradiction")
    for one in records.findings():
        if one.kind != "contradiction" or one.rule == "parts":
            continue
        if max(dossier.weights.get(key, 0.0) for key in one.records) < ENOUGH:
            continue
        held = [dossier.index.by_id.get(key) for key in one.records]
        drafts = [voice.said(RecordClaim((r,))) for r in held if r is not None]
        said = tuple(Point(draft) for draft in drafts if draft is not None)
        if len(said) == len(one.records):
            yield Together(said, Remark("contradict", (), one.records))


def _framed(voice: Voice, frame: str, records: list[Record]) -> Iterator[Point]:
    for record in records[:_EACH]:
        draft = voice.said(RecordClaim((record,)))
        if draft is not None:
            yield Point(draft, frame)


def is_perhaps_part(record: Record) -> bool:
    """Whether a larger amount may include this one, and no text says."""
    one = record.statement
    return isinstance(one, Funding) and one.perhaps_part_of is not None


def has_no_provider(record: Record) -> bool:
    """Whether it is promised or paid, and by whom is not said."""
    one = record.statement
    return isinstance(one, Funding) and one.provider is None and one.stage in PROMISED


def unsaid(dossier: Dossier) -> list[Remark]:
    """What the paragraphs found do not say at all."""
    topic = dossier.topic
    if len(topic.subjects) != 1 or topic.subjects[0].split(":")[0] not in ("initiative", "phrase"):
        return []
    name = ("name", dossier.name)
    found = []
    for key in ("gap_no_money", "gap_no_disbursed"):
        if UNSAID[key](dossier):
            found.append(Remark(key, (name,), topic.subjects))
    found += (
        Remark("gap_other_document", (("document", reference), name), (document,))
        for document, reference in silent(dossier)
    )
    return found


def silent(dossier: Dossier) -> list[tuple[str, str]]:
    """The documents held of which no paragraph names the topic, with their citation."""
    language = dossier.topic.language
    return [
        (one.document_id, cite(one.symbol or one.document_id, "", language))
        for one in dossier.held
        if one.document_id in dossier.silent
    ]


def _texts(dossier: Dossier) -> Iterator[tuple[str, Language]]:
    for finding in dossier.findings():
        for source in finding.sources:
            yield source.passage.text, source.passage.language


def _no_money(dossier: Dossier) -> bool:
    if dossier.records("funding", least=0.01):
        return False
    return bool(dossier.places) and not any(
        quantity.currency
        for text, language in _texts(dossier)
        for quantity in find_quantities(text, language)
    )


def _no_disbursed(dossier: Dossier) -> bool:
    found = [one.statement for one in dossier.records("funding") if _is_own(one, dossier)]
    promised = [one for one in found if isinstance(one, Funding) and one.stage in PROMISED]
    if not promised or any(isinstance(o, Funding) and o.stage == "disbursed" for o in found):
        return False
    return not any("disbursed" in stages(text, language) for text, language in _texts(dossier))


def _is_own(record: Record, dossier: Dossier) -> bool:
    one = record.statement
    return isinstance(one, Funding) and one.initiative in dossier.topic.subjects


UNSAID: Final[Mapping[str, Callable[[Dossier], bool]]] = {
    "gap_no_money": _no_money,
    "gap_no_disbursed": _no_disbursed,
}
"""What must hold for each remark: the composer and the gate ask the same question."""
