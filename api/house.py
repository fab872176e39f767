"""The composition root: settings in, an open house out."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from api.desk_ingestion import ReadingApart
from api.gate import Gate
from api.local_desk import LocalDesk
from api.operations.turns import RemoteTurns
from api.remote_desk import RemoteDesk
from api.visible import VisibleKnowledge
from assistant.assistant import Assistant
from assistant.chat.opening import open_writer
from kb.documents import Visibility
from kb.knowledge_base import PUBLIC, KnowledgeBase, open_knowledge_base
from kb.settings import Settings
from kb.terms import load_terms, terms_version

OWNER: Final[frozenset[Visibility]] = frozenset({"public", "internal"})


@dataclass(frozen=True, slots=True)
class House:
    """Everything that is open, until the block ends that opened it."""

    kb: KnowledgeBase
    own: LocalDesk  # sees all
    public: LocalDesk  # keeps internal documents back


@contextmanager
def open_house(settings: Settings, *, serving: bool = False) -> Iterator[House]:
    """Own the home that `settings` name.

    Where it is `serving`, the owner's files too are read in a process of their own, as those that
    come in at the public desk always are.
    Raises StoreBusy when another process keeps it for longer than `lock_wait_seconds`,
    StoreDamaged, SettingsError.
    """
    terms = load_terms()
    gate = Gate()
    reading = ReadingApart(settings)

    with (
        closing(reading),
        open_writer(settings) as writer,
        open_knowledge_base(
            settings, concepts=terms.concepts, concepts_version=terms_version()
        ) as kb,
    ):

        def desk(visibility: frozenset[Visibility]) -> LocalDesk:
            assistant = Assistant(VisibleKnowledge(kb, visibility), terms, writer=writer)
            apart = serving or visibility == PUBLIC
            return LocalDesk(
                kb,
                assistant,
                settings,
                visibility=visibility,
                gate=gate,
                reading=reading if apart else None,
            )

        own, public = desk(OWNER), desk(PUBLIC)
        try:
            yield House(kb, own, public)
        finally:
            # A write that goes on would outlive the ownership of the home.
            gate.close()
            own.close()
            public.close()


@contextmanager
def open_reading_house(settings: Settings, owner_url: str) -> Iterator[House]:
    """The same home in a process that only reads, beside its owner, who listens at `owner_url`.

    What the owner writes is seen with the next request. Raises StoreDamaged, SettingsError.
    """
    terms = load_terms()
    token = settings.api_token.get_secret_value() if settings.api_token else ""
    with (
        RemoteDesk(owner_url, token) as owner,
        open_writer(settings) as writer,
        open_knowledge_base(
            settings, write=False, concepts=terms.concepts, concepts_version=terms_version()
        ) as kb,
    ):

        def desk(visibility: frozenset[Visibility]) -> LocalDesk:
            assistant = Assistant(VisibleKnowledge(kb, visibility), terms, writer=writer)
            turns = RemoteTurns(owner)
            return LocalDesk(kb, assistant, settings, visibility=visibility, turns=turns)

        with closing(desk(OWNER)) as own, closing(desk(PUBLIC)) as public:
            yield House(kb, own, public)
