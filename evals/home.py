"""Homes to evaluate in: a fresh one with what ships and the originals, or the user's own."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.brief.writer import Briefer
from assistant.chat.drafting import ChatWriter
from assistant.chat.opening import open_writer
from assistant.conversations import Conversations
from assistant.knowledge import Knowledge
from evals.brief_text import SECTIONS, Briefing, BriefText
from evals.systems import Asking, System
from ingestion.pipeline import FileReport, IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.languages import Language
from kb.settings import Settings
from kb.terms import load_terms, terms_version

_BESIDE: Final = ("shared", "seeds")
"""Where the originals lie beside a checkout that has them."""
_GOLD: Final = ".gold.json"


@dataclass(frozen=True, slots=True)
class Home:
    """An open knowledge base as a system. `originals`: original editions are among it.

    `assistant_over` makes such an assistant over another knowledge.
    """

    system: System
    assistant_over: Callable[[Knowledge], Asking]
    originals: bool
    ingested: tuple[str, ...]  # a line for each file


@contextmanager
def fresh_home(
    settings: Settings, *, without_originals: bool = False, documents: Path | None = None
) -> Iterator[Home]:
    """A temporary home with what ships, and the original documents where they are at hand; or
    with the documents of that folder alone, for sets that ask about others."""
    with TemporaryDirectory(prefix="landbrief-eval-") as folder:
        own = settings.model_copy(update={"home": Path(folder)})
        with open_writer(own) as writer, opened(own, write=True) as kb:
            if documents is None:
                kb.init_shipped()
            originals = documents or (None if without_originals else originals_folder(settings))
            reports = _ingest(kb, originals, own) if originals else ()
            kb.index_cards()
            held = any(one.status in ("added", "updated") for one in reports)
            over = partial(assistant_over, writer=writer)
            yield Home(system_of(kb, writer), over, held, tuple(map(_line, reports)))


@contextmanager
def own_home(settings: Settings) -> Iterator[Home]:
    """The home that `settings` name, as it is; it is only read, also while a server owns it."""
    with open_writer(settings) as writer, opened(settings, write=False) as kb:
        editions = [
            edition
            for document in kb.documents()
            for edition in document.editions
            if edition.status == "current"
        ]
        lines = (f"{one.source}: {one.language} {one.kind}" for one in editions)
        held = any(one.kind == "original" for one in editions)
        over = partial(assistant_over, writer=writer)
        yield Home(system_of(kb, writer), over, held, tuple(lines))


def originals_folder(settings: Settings) -> Path | None:
    """The folder that LANDBRIEF_ORIGINALS names, else the one beside the checkout, else None."""
    beside = Path(__file__).resolve().parents[2].joinpath(*_BESIDE)
    folder = settings.originals or beside
    return folder if folder.is_dir() and any(folder.iterdir()) else None


def system_of(kb: KnowledgeBase, writer: ChatWriter | None = None) -> System:
    """The system as it ships, over `kb`; a chat model words its answers where there is one."""
    assistant = assistant_over(kb, writer)
    conversations = Conversations(assistant, load_terms())

    def converse(conversation_id: str, question: str) -> Answer:
        return conversations.ask(question, conversation_id)

    return System(kb, assistant, kb, converse, briefing_over(kb))


def briefing_over(kb: KnowledgeBase) -> Briefing:
    """Briefing notes as they ship, over `kb`, as they are judged."""
    briefer = Briefer(kb, load_terms())

    def briefing(topic: str, language: Language) -> BriefText:
        note = briefer.write(topic, language)
        keys = {one.key for one in note.sections}
        sections = tuple(key for key in SECTIONS if key in keys)
        return BriefText(sections, tuple(note.statements), note.citations)

    return briefing


def assistant_over(kb: Knowledge, writer: ChatWriter | None = None) -> Assistant:
    """The assistant as it ships, over `kb`."""
    return Assistant(kb, load_terms(), writer=writer)


def data_hash() -> str:
    """SHA-256 over everything that ships in `kb/data`: names and contents."""
    digest = hashlib.sha256()
    for name, file in sorted(_files_in(files("kb").joinpath("data"), "")):
        digest.update(f"{name}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def opened(settings: Settings, *, write: bool) -> KnowledgeBase:
    """The home that `settings` name, as every door opens it."""
    terms = load_terms()
    return open_knowledge_base(
        settings, write=write, concepts=terms.concepts, concepts_version=terms_version()
    )


def _ingest(kb: KnowledgeBase, folder: Path, settings: Settings) -> tuple[FileReport, ...]:
    sources = _documents_in(folder)
    limits = ReadLimits(
        max_file_mb=settings.max_file_mb,
        max_pages=settings.max_pages,
        max_unpacked_mb=settings.max_unpacked_mb,
    )
    return tuple(ingest_paths(kb, sources, options=IngestOptions(), limits=limits))


def _documents_in(folder: Path) -> list[Path]:
    """The folder; of one with gold structure only the documents that it is of."""
    gold = {file.name.removesuffix(_GOLD) for file in folder.glob(f"*{_GOLD}")}
    if not gold:
        return [folder]
    return [
        file
        for file in sorted(folder.iterdir())
        if file.stem in gold and not file.name.endswith(_GOLD)
    ]


def _line(report: FileReport) -> str:
    name = report.document_id or Path(report.path).name
    return f"{name}: {report.status}{f' ({report.reason})' if report.reason else ''}"


def _files_in(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            yield from _files_in(entry, name)
        else:
            yield name, entry
