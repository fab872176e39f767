"""A small vocabulary and a knowledge base in memory, for the tests of the assistant."""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from kb.analysis import index_tokens, query_tokens
from kb.documents import EditionKind, Visibility
from kb.errors import NotFound
from kb.languages import LANGUAGES, Language
from kb.passages import EditionInfo, Hit, Passage
from kb.references import parse_label
from kb.terms import Concept, Kind, Terms
from kb.views import DocumentSummary

_VOCABULARY = Path(__file__).parent / "data" / "assistant_vocabulary.csv"


def small_vocabulary() -> Terms:
    """Five Parties, three organizations, two initiatives, one treaty and three terms."""
    with _VOCABULARY.open(encoding="utf-8") as lines:
        return Terms(
            Concept(
                f"{row['kind']}:{row['id']}",
                cast(Kind, row["kind"]),
                {language: tuple(row[language].split(" | ")) for language in LANGUAGES},
            )
            for row in csv.DictReader(lines)
        )


def passage(
    text: str,
    label: str = "1",
    *,
    document: str = "ICCD/COP(99)/1",
    language: Language = "en",
    edition: EditionKind = "original",
    session: str | None = "COP(99)",
    heading: tuple[str, ...] = (),
    **more: object,
) -> Passage:
    """A current, public top-level passage."""
    made = Passage(
        document_id=document,
        symbol=document if "/" in document else None,
        session=session,
        label=label,
        kind="paragraph",
        language=language,
        edition=edition,
        version=1,
        status="current",
        visibility="public",
        text=text,
        start=0,
        heading_path=heading,
    )
    return replace(made, **more)  # type: ignore[arg-type]


@dataclass
class FakeKnowledge:
    """Passages in memory, found by the words and names that they share with the query."""

    passages: tuple[Passage, ...]
    parts: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    vocabulary: Terms = field(default_factory=small_vocabulary)
    generation: int = 1
    searched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tokens = [self._index(p) for p in self.passages]

    def replace_all(self, passages: tuple[Passage, ...]) -> None:
        """Other passages, as after an ingestion."""
        self.passages = passages
        self.generation += 1
        self.__post_init__()

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
        edition: EditionKind | None = None,
        visibility: Iterable[Visibility] = ("public",),
    ) -> tuple[Hit, ...]:
        self.searched.append(query)
        wanted = query_tokens(query, language, self.vocabulary.concepts)
        df = Counter(t for tokens in self._tokens for t in set(tokens))
        scores: dict[tuple[str, str], tuple[float, Passage]] = {}
        for found, tokens in zip(self.passages, self._tokens, strict=True):
            if documents is not None and found.document_id not in documents:
                continue
            if edition not in (None, found.edition) or found.visibility not in visibility:
                continue
            length = math.sqrt(sum(tokens.values()) + 20)
            score = sum(
                w * math.log(1 + len(self.passages) / df[t]) * min(2, tokens[t])
                for t, w in wanted.items()
                if t in tokens
            )
            key = (found.document_id, found.label)
            shown = found.language == language
            best = scores.get(key)
            if score and (
                best is None or (shown, score / length) > (best[1].language == language, best[0])
            ):
                scores[key] = (max(score / length, best[0] if best else 0.0), found)
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])[:k]
        return tuple(Hit(p, s, n, ("lexical",)) for n, (s, p) in enumerate(ranked, start=1))

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,
        edition: EditionKind | None = None,
        version: int | None = None,
    ) -> Passage:
        top = parse_label(label).top
        held = [*self.passages, *(p for parts in self.parts.values() for p in parts)]
        found = [
            p
            for p in held
            if (p.document_id, p.label) == (document_id, label)
            and edition in (None, p.edition)
            and version in (None, p.version)
        ]
        if not found:
            raise NotFound(f"{document_id} has no passage {label} (top {top})")
        return min(found, key=lambda p: (p.language != language, p.edition != "original"))

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        held = dict.fromkeys(
            (p.language, p.edition, p.version, p.status)
            for p in self.passages
            if p.document_id == document_id
        )
        if not held:
            raise NotFound(f"no document {document_id}")
        return tuple(EditionInfo(la, e, v, s, None, "file", 1) for la, e, v, s in held)

    def documents(self) -> tuple[DocumentSummary, ...]:
        first = {p.document_id: p for p in reversed(self.passages)}
        return tuple(
            DocumentSummary(
                document_id=key,
                symbol=p.symbol,
                symbols=(p.symbol,) if p.symbol else (),
                session=p.session,
                agenda_item=None,
                issuer=None,
                title=None,
                visibility=p.visibility,
                status=p.status,
                superseded_by=p.superseded_by,
                corrects=None,
                corrected_by=(),
                editions=self.editions(key),
            )
            for key, p in sorted(first.items())
        )

    def _index(self, held: Passage) -> Counter[str]:
        tokens = Counter(index_tokens(held.text, held.language))
        tokens.update(self.vocabulary.concepts(held.text, held.language))
        return tokens
