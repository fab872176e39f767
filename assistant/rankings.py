"""The sentences found, ranked once for each question that is asked of them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import Finding
from assistant.question import Question
from assistant.ranking import Candidate, rank
from assistant.reading import Reading


class Rankings:
    """Ranks the findings of one answer, and remembers the ranking for as long as it is made."""

    def __init__(self, findings: Sequence[Finding], reading: Reading) -> None:
        self.findings = tuple(findings)
        self.reading = reading
        self._held: dict[Question, list[Candidate]] = {}

    def of(self, question: Question) -> list[Candidate]:
        """Every sentence of the findings' first texts, the best answer first."""
        found = self._held.get(question)
        if found is None:
            found = self._held[question] = rank(question, self.findings, self.reading)
        return found

    def over(self, findings: Sequence[Finding]) -> "Rankings":
        """The same over findings that have the same first texts, and others beside them."""
        changed = {
            old: new for old, new in zip(self.findings, findings, strict=True) if old is not new
        }
        other = Rankings(findings, self.reading)
        for question, ranked in self._held.items():
            other._held[question] = [
                replace(c, finding=(new := changed[c.finding]), source=new.sources[0])
                if c.finding in changed
                else c
                for c in ranked
            ]
        return other
