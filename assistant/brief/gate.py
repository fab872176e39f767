"""The gate of a note: nothing is in it that the gate of answers lets not pass, and nothing stands
around a statement that its record does not bear out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from assistant.answer import Answer, Citation, Statement, StatementKind
from assistant.brief.dossier import Dossier
from assistant.brief.drafting import (
    DraftBar,
    DraftChart,
    DraftRow,
    DraftSection,
    DraftTable,
    Line,
    Point,
    Remark,
    Together,
)
from assistant.brief.note import Bar, Chart, Row, Section, Table
from assistant.brief.sections import changes, context, decisions, gaps
from assistant.brief.sections.figures import not_alike
from assistant.brief.sections.progress import STATES
from assistant.brief.sections.questions import RAISES, is_over
from assistant.brief.words import STATEMENT, BriefWords
from assistant.drafts import Draft, DraftStatement
from assistant.evidence import Evidence
from assistant.grounding import grounded
from assistant.question import Vocabulary
from kb.languages import Language
from kb.records.kinds import Milestone
from kb.records.naming import sentence_case, shipped_names
from kb.records.record import Record
from kb.records.words import word

_Key = tuple[str, str, str, str, int, int, int]
_JOINTS: Final[Mapping[Language, str]] = {"zh": "——"}
_PAIRS: Final = frozenset(("then_and_now", "contradict"))
_THING: Final = (
    "subject", "programme", "activity", "progress", "measure", "value", "unit", "provider",
    "initiative", "amount", "currency", "stage",
)  # fmt: skip
_SCOPE: Final = {
    "different_measures": ("measure", "purpose"),
    "different_units": ("unit", "currency", "per"),
    "different_scopes": ("of", "baseline", "deadline", "period_start", "period_end"),
}


class BriefGate:
    """Checks the sections of one note, and numbers their citations as they come."""

    def __init__(
        self,
        dossier: Dossier,
        evidence: Evidence,
        vocabulary: Vocabulary,
        reader: changes.Comparing,
    ) -> None:
        """`evidence` holds what the statements rest on beside the paragraphs of `dossier`."""
        self._reader = reader
        self._dossier = dossier
        self._evidence = evidence
        self._vocabulary = vocabulary
        self._language: Language = dossier.topic.language
        self._words = BriefWords(self._language)
        self._numbers: dict[_Key, Citation] = {}
        self._quoted: set[str] = set()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Those of the statements that passed, numbered from 1 in the order of the note."""
        return tuple(self._numbers.values())

    def section(self, draft: DraftSection) -> Section | None:
        """What of a section passes; None if nothing does."""
        lines: list[Statement] = []
        for line in draft.lines:
            lines += self._line(line)
        table = self._table(draft.table) if draft.table else None
        chart = self._chart(draft.chart) if draft.chart else None
        notes = [one for line in draft.notes for one in self._line(line)]
        if not lines and table is None and chart is None:
            return None
        title = self._words.say(f"section_{draft.key}")
        return Section(draft.key, title, tuple(dict.fromkeys(lines)), table, chart, tuple(notes))

    def _line(self, line: Line) -> list[Statement]:
        match line:
            case Point():
                return self._point(line)
            case Remark():
                return [Statement(self._said(line), "note")] if self.is_so(line) else []
            case Together():
                if line.remark is not None and not self.is_so(line.remark):
                    return []
                said = [self._point(one) for one in line.points]
                if not all(said):
                    return []
                before = [Statement(self._said(line.remark), "note")] if line.remark else []
                return before + [one for some in said for one in some]

    def _point(self, point: Point) -> list[Statement]:
        frame = point.frame
        if frame is not None and not self._may_stand_around(frame, point.draft):
            return []
        passed = self._passed((point.draft,))
        if not passed:
            return []
        statement = passed[0]
        if frame is None:
            # Words that the note has quoted before need not be read twice.
            if statement.kind in ("quote", "digest"):
                if statement.text in self._quoted:
                    return []
                self._quoted.add(statement.text)
            return [statement]
        text = self._words.say(frame, **{STATEMENT: statement.text})
        kind: StatementKind = "computed" if statement.kind == "computed" else "note"
        return [replace(statement, text=sentence_case(text), kind=kind)]

    def _passed(self, drafts: Sequence[DraftStatement]) -> list[Statement]:
        """The statements if all pass the gate of answers, else none."""
        topic = self._dossier.topic
        draft = Draft(topic.text, self._language, tuple(drafts), subjects=frozenset(topic.subjects))
        answer = grounded(draft, self._evidence, self._vocabulary)
        if answer.abstained or len(answer.statements) < len(drafts):
            return []
        return [self._numbered(one, answer) for one in answer.statements]

    def _numbered(self, statement: Statement, answer: Answer) -> Statement:
        own = {one.n: one for one in answer.citations}
        numbers = []
        for n in statement.citations:
            citation = own[n]
            key = (
                citation.document_id,
                citation.label,
                citation.language,
                citation.edition,
                citation.version,
                citation.start,
                citation.end,
            )
            held = self._numbers.setdefault(key, replace(citation, n=len(self._numbers) + 1))
            numbers.append(held.n)
        return replace(statement, citations=tuple(numbers))

    def _table(self, draft: DraftTable) -> Table | None:
        rows = [row for one in draft.rows if (row := self._row(one)) is not None]
        if not rows:
            return None
        # A column in which no row has anything is left out.
        kept = [at for at in range(len(draft.columns)) if any(row.cells[at] for row in rows)]
        return Table(
            self._words.say(draft.caption),
            tuple(self._words.say(draft.columns[at]) for at in kept),
            tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in rows),
        )

    def _row(self, draft: DraftRow) -> Row | None:
        said = "\n".join(one.text for one in draft.drafts).casefold()
        if not all(piece.casefold() in said for cell in draft.cells for piece in cell):
            return None
        passed = self._passed(draft.drafts)
        if not passed:
            return None
        joint = _JOINTS.get(self._language, " – ")
        return Row(tuple(sentence_case(joint.join(cell)) for cell in draft.cells), tuple(passed))

    def _chart(self, draft: DraftChart) -> Chart | None:
        bars = [bar for one in draft.bars if (bar := self._bar(one)) is not None]
        if not bars:
            return None
        completed, in_progress, not_started = (
            sentence_case(word("progress", state, self._language)) for state in STATES
        )
        return Chart(
            self._words.say("caption_progress", name=draft.name),
            self._words.say("col_activity"),
            (completed, in_progress, not_started),
            tuple(bars),
        )

    def _bar(self, draft: DraftBar) -> Bar | None:
        """The bar, if its three statements pass and are those of its figures and its label."""
        found = [one.statement for one in draft.records]
        statements = [one for one in found if isinstance(one, Milestone)]
        claimed = [one.claim.records if one.claim else () for one in draft.drafts]
        if tuple(one.progress for one in statements) != STATES:
            return None
        if claimed != [(record,) for record in draft.records]:
            return None
        wholes = {one.of for one in statements}
        names = {shipped_names().name(one.activity, self._language) for one in statements}
        if len(wholes) > 1 or {sentence_case(one) for one in names} != {draft.label}:
            return None
        passed = self._passed(draft.drafts)
        if not passed:
            return None
        completed, in_progress, not_started = (int(one.value) for one in statements)
        whole = int(statements[0].of or 0)
        return Bar(draft.label, (completed, in_progress, not_started), whole, tuple(passed))

    def _said(self, remark: Remark) -> str:
        if remark.count is not None:
            return self._words.count(remark.key, remark.count, **dict(remark.values))
        return self._words.say(remark.key, **dict(remark.values))

    def is_so(self, remark: Remark) -> bool:
        """Whether what the note says of its own accord is true of the dossier."""
        dossier = self._dossier
        match remark.key:
            case "document_line" | "document_short":
                return any(
                    context.document_remark(one, self._language) == remark
                    for one in dossier.documents
                )
            case "not_summed":
                return not_alike([dossier.index.by_id[one] for one in remark.about])
            case "gap_no_money" | "gap_no_disbursed" | "gap_other_document":
                return remark in gaps.unsaid(dossier)
            case "no_decision":
                return remark in decisions.no_decision(dossier)
            case "no_change":
                compared = changes.compared(dossier, self._reader)
                return remark in changes.no_change(dossier) and not list(compared)
            case "unknown_words":
                return [remark] == context.unknown_remark(dossier)
            case "left_out":
                return bool(remark.count)
            case key if key in _PAIRS:
                return len(self._records(remark.about)) == len(remark.about) > 1
            case key if key in _SCOPE:
                return self._differ(remark.about, _SCOPE[key])
            case _:
                return False

    def _records(self, ids: Iterable[str]) -> list[Record]:
        by_id = self._dossier.index.by_id
        return [by_id[one] for one in ids if one in by_id]

    def _differ(self, ids: Iterable[str], columns: Sequence[str]) -> bool:
        held = self._records(ids)
        return len(held) > 1 and any(
            len({getattr(one.statement, name, None) for one in held}) > 1 for name in columns
        )

    def _may_stand_around(self, frame: str, draft: DraftStatement) -> bool:
        """Whether the records of a statement bear out the message around it."""
        claim = draft.claim
        if claim is None:
            return False
        first = claim.records[0]
        check: Callable[[], bool] | None = {
            "sum": lambda: claim.operation == "sum" and claim.against is None,
            "gap_contradiction": lambda: claim.operation == "sum" and claim.against is not None,
            "q_contradiction": lambda: claim.operation == "sum" and claim.against is not None,
            "change_rise": lambda: claim.operation == "difference" and self._grew(claim.records),
            "change_fall": lambda: (
                claim.operation == "difference" and self._grew(claim.records[::-1])
            ),
            "change_same": lambda: len(claim.records) == 1 and self._is_said_twice(first),
            "planned": lambda: decisions.is_planned(first, self._dossier),
            "q_planned": lambda: (
                decisions.is_planned(first, self._dossier) and not is_over(first, self._dossier)
            ),
            "gap_perhaps_part": lambda: gaps.is_perhaps_part(first),
            "gap_no_provider": lambda: gaps.has_no_provider(first),
        }.get(frame)
        if check is not None:
            return check()
        raises = RAISES.get(frame)
        return raises is not None and len(claim.records) == 1 and raises(first)

    def _grew(self, records: Sequence[Record]) -> bool:
        """Whether the first of two figures is of a later document than the second, or of a later
        date."""
        later, earlier = records
        dates = [getattr(one.statement, "as_of", None) or "" for one in (later, earlier)]
        if all(dates) and dates[0] != dates[1]:
            return dates[0] > dates[1]
        order = [one.document_id for one in self._dossier.held]
        places = [
            min(order.index(a.document_id) for a in one.sources if a.document_id in order)
            for one in (later, earlier)
        ]
        return places[0] < places[1]

    def _is_said_twice(self, record: Record) -> bool:
        """Whether a record of another document gives the same figure of the same thing."""
        return any(
            other.id != record.id and _same(record, other)
            for other in self._dossier.index.by_id.values()
        )


def _same(record: Record, other: Record) -> bool:
    documents = {one.document_id for one in record.sources}
    return (
        record.kind == other.kind
        and not documents & {one.document_id for one in other.sources}
        and all(
            getattr(record.statement, name, None) == getattr(other.statement, name, None)
            for name in _THING
        )
    )
