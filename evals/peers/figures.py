"""From what each contestant found and cost to the figures of the comparison."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from evals.measures.statistics import Difference, Interval, bootstrap, paired, quantile
from evals.peers.contestant import Corpus
from evals.peers.field import MINILM, OURS
from evals.peers.judging import Judged
from evals.peers.running import Run
from evals.questions import Question
from kb.languages import LANGUAGES

RECALL: Final = "recall@5"
NAMES_OWN: Final = "first hit: names a paragraph that it holds"
NAMES_GOLD: Final = "first hit: names a right paragraph"
INGESTION: Final = "ingestion, ms a paragraph"
QUERY: Final = "query p50, ms"
BARS: Final = {QUERY: 1 / 5, INGESTION: 1 / 20}
"""Most that ours may take of the MiniLM pipeline's time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One contestant over one corpus; `judged` is by question, empty for a synthetic corpus."""

    run: Run
    judged: tuple[Judged, ...] = ()
    memory_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Heat:
    """All contestants, by name, over one corpus."""

    corpus: Corpus
    questions: tuple[Question, ...]
    entries: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Ratio:
    """One of our times (ms) beside the MiniLM pipeline's."""

    time: str
    ours: float
    theirs: float

    @property
    def is_met(self) -> bool:
        """Whether the bar is met."""
        return self.ours <= BARS[self.time] * self.theirs


def quality(heat: Heat, name: str) -> dict[str, Interval]:
    """What one contestant found: the same measures in the same order for all."""
    judged = heat.entries[name].judged
    if not judged:
        return {}
    found = {RECALL: bootstrap([one.recall for one in judged])}
    pairs = tuple(zip(heat.questions, judged, strict=True))
    for language in LANGUAGES:
        if own := [one.recall for asked, one in pairs if asked.language == language]:
            found[f"{RECALL}, {language}"] = bootstrap(own)
    found[NAMES_OWN] = bootstrap([one.names_own for one in judged])
    found[NAMES_GOLD] = bootstrap([one.names_gold for one in judged])
    return found


def costs(heat: Heat, name: str) -> dict[str, Interval]:
    """What one contestant cost; time of ingestion is the median of its repetitions."""
    entry = heat.entries[name]
    ingestion = [1000 * seconds / heat.corpus.paragraphs for seconds in entry.run.ingest_s]
    found = {
        INGESTION: bootstrap(ingestion, quantile(0.5)),
        QUERY: bootstrap(entry.run.query_ms, quantile(0.5)),
        "query p95, ms": bootstrap(entry.run.query_ms, quantile(0.95)),
        "disk: store, MiB": bootstrap([entry.run.disk_mb]),
        "disk: model weights, MiB": bootstrap([entry.run.model_mb]),
    }
    if entry.memory_mb is not None:
        found["memory in a process of its own, MiB"] = bootstrap([entry.memory_mb])
    if entry.judged:
        shown = bootstrap([one.characters for one in entry.judged])
        found["text that five hits show, characters"] = shown
    return found


def differences(heat: Heat) -> Iterator[tuple[str, str, Difference]]:
    """Measure, peer, and ours less the peer's over the same questions."""
    peers = [name for name in heat.entries if name != OURS and heat.entries[name].judged]
    for peer in peers:
        mine, theirs = heat.entries[OURS].judged, heat.entries[peer].judged
        yield RECALL, peer, paired([x.recall for x in theirs], [x.recall for x in mine])
        named = [x.names_gold for x in theirs], [x.names_gold for x in mine]
        yield NAMES_GOLD, peer, paired(*named)


def ratios(heat: Heat) -> tuple[Ratio, ...]:
    """The times that have a bar."""
    ours, theirs = costs(heat, OURS), costs(heat, MINILM)
    return tuple(Ratio(time, ours[time].value, theirs[time].value) for time in BARS)


def not_ahead(heat: Heat) -> Iterator[str]:
    """The quality rows on which a peer does as well as we do, or better."""
    ours = quality(heat, OURS)
    for peer in heat.entries:
        for label, theirs in quality(heat, peer).items() if peer != OURS else ():
            mine = ours[label].value
            if theirs.value >= mine:
                yield f"{heat.corpus.name}, {label}: {mine:.2f}, {peer} {theirs.value:.2f}"
