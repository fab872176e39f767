"""LandBrief itself, as every door opens it."""

from collections.abc import Sequence
from pathlib import Path

from evals.home import opened
from evals.peers.contestant import Corpus, Found
from ingestion.pipeline import IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.errors import UnreadableFile
from kb.settings import Settings


class LandBrief:
    """`KnowledgeBase.search` over the files that a user would ingest."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._kb = opened(settings.model_copy(update={"home": folder}), write=True)

    def ingest(self, corpus: Corpus) -> None:
        """Reads the files as `landbrief ingest` does, and loads the digests as `init` does."""
        if corpus.with_digests:
            self._kb.init_shipped()
        options, limits = IngestOptions(), ReadLimits()
        for report in ingest_paths(self._kb, corpus.files, options=options, limits=limits):
            if report.status == "rejected":
                raise UnreadableFile(f"{report.path}: {report.reason}")

    def search(self, query: str, k: int) -> Sequence[Found]:
        """Paragraphs, each under its own label; the query's language is not told."""
        hits = self._kb.search(query, k=k)
        return [Found(h.passage.document_id, h.passage.text, h.passage.label) for h in hits]

    def written(self) -> tuple[Path, Path | None]:
        """The home; nothing but it is needed."""
        return self._folder, None

    def close(self) -> None:
        """Lets go of the home."""
        self._kb.close()
