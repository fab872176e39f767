"""The composition root: settings in, an open house out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from api.gate import Gate
from api.local_desk import LocalDesk
from api.visible import VisibleKnowledge
from assistant.assistant import Assistant
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
def open_house(settings: Settings) -> Iterator[House]:
    """Own the home that `settings` name.

    Raises StoreBusy when another process keeps it for longer than `lock_wait_seconds`,
    StoreDamaged, SettingsError.
    """
    terms = load_terms()
    gate = Gate()

    with open_knowledge_base(
        settings, concepts=terms.concepts, concepts_version=terms_version()
    ) as kb:

        def desk(visibility: frozenset[Visibility]) -> LocalDesk:
            assistant = Assistant(VisibleKnowledge(kb, visibility), terms)
            return LocalDesk(kb, assistant, settings, visibility=visibility, gate=gate)

        try:
            yield House(kb, desk(OWNER), desk(PUBLIC))
        finally:
            # A write that goes on would outlive the ownership of the home.
            gate.close()
