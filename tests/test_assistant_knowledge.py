"""What the doors and the assistant remember of the knowledge is never older than it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from assistant_fakes import FakeKnowledge
from kb_fixtures import SYMBOL, add, document, opened
from record_samples import pledge

from api.record_bodies import RememberedBodies
from api.visible import VisibleKnowledge
from assistant.knowledge import Relay, Remembering
from kb.errors import NotFound, StoreBusy, Withdrawn
from kb.knowledge_base import PUBLIC, KnowledgeBase
from kb.passages import Passage


class Empty(Relay):
    """Holds nothing, and counts how often it is asked for a passage."""

    def __init__(self, error: Exception) -> None:
        self.fake = FakeKnowledge(())
        super().__init__(self.fake)
        self.error = error
        self.asked = 0

    def passage(self, document_id: str, label: str, **choice: object) -> Passage:
        del document_id, label, choice
        self.asked += 1
        raise self.error


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with opened(tmp_path) as one:
        yield one


@pytest.mark.parametrize("error", [NotFound("no 9"), Withdrawn("9 was withdrawn")])
def test_what_is_not_there_is_looked_for_once(error: NotFound) -> None:
    empty = Empty(error)
    remembering = Remembering(empty)
    for _ in range(3):
        with pytest.raises(type(error), match=str(error)):
            remembering.passage("D", "9")
    assert empty.asked == 1


def test_what_was_not_there_is_looked_for_again_after_a_change() -> None:
    empty = Empty(NotFound("no 9"))
    remembering = Remembering(empty)
    for _ in range(2):
        with pytest.raises(NotFound):
            remembering.passage("D", "9")
        empty.fake.replace_all(())
        remembering.search("anything")
    assert empty.asked == 2


def test_other_errors_are_not_remembered() -> None:
    empty = Empty(StoreBusy("another process"))
    remembering = Remembering(empty)
    for _ in range(2):
        with pytest.raises(StoreBusy):
            remembering.passage("D", "9")
    assert empty.asked == 2


def test_a_summary_is_that_of_the_store_as_it_is(kb: KnowledgeBase) -> None:
    seen = VisibleKnowledge(kb, PUBLIC)
    with pytest.raises(NotFound):
        seen.summary(SYMBOL)
    add(kb, document())
    assert [one.language for one in seen.editions(SYMBOL)] == ["en"]
    add(kb, document("fr"), source="fr.pdf")
    assert [one.language for one in seen.editions(SYMBOL)] == ["en", "fr"]
    kb.remove(SYMBOL)
    assert seen.summary(SYMBOL).status == "withdrawn"


def test_a_hidden_document_stays_unknown_however_often_it_is_asked_for(kb: KnowledgeBase) -> None:
    add(kb, document(), visibility="internal")
    seen = VisibleKnowledge(kb, PUBLIC)
    for _ in range(2):
        with pytest.raises(NotFound):
            seen.summary(SYMBOL)


def test_the_body_of_a_record_is_that_of_the_record_given(kb: KnowledgeBase) -> None:
    add(kb, document())
    one, other = (pledge("wells", "party:NOR", n, source=(SYMBOL, "1")) for n in (40, 41))
    bodies = RememberedBodies(kb.records, lambda: kb.generation)
    (first,) = bodies.of([one], "en")
    assert bodies.of([one], "en")[0] is first
    amounts = [body.model_dump()["amount"] for body in bodies.of([other, one], "en")]
    assert amounts == [41, 40]
    kb.remove(SYMBOL)
    (gone,) = bodies.of([one], "en")
    assert first.sources[0].status != gone.sources[0].status
    assert bodies.of([], "en") == []
