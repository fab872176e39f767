"""Conversations in SQL: owners, limits, pages, deletion."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kb.conversations import ConversationLimits, ConversationStore
from kb.errors import NotFound
from kb.store import Store, open_store


class Clock:
    """Some seconds later at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=5)
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def kept(store: Store, clock: Clock | None = None, **limits: int) -> ConversationStore:
    return ConversationStore(store, ConversationLimits(**limits), clock or Clock())


def add(talks: ConversationStore, one: str, owner: str | None = None, question: str = "Q?") -> None:
    talks.add(one, owner, question, {"answer": "A"}, {"asked": question})


def test_a_turn_is_read_as_it_was_added(store: Store) -> None:
    talks = kept(store)
    add(talks, "c", "key", "How  many\nsites?")
    add(talks, "c", "key", "And in Asia?")
    conversation, turns = talks.read("c", "key")
    assert conversation.title == "How many sites?"
    assert conversation.turns == 2
    assert [turn.question for turn in turns] == ["How  many\nsites?", "And in Asia?"]
    assert turns[0].answer == {"answer": "A"}
    assert conversation.created_at < conversation.updated_at
    assert conversation.updated_at.tzinfo is not None
    assert talks.memories("c", "key") == ({"asked": "How  many\nsites?"}, {"asked": "And in Asia?"})


@pytest.mark.parametrize(("owner", "other"), [("a", "b"), ("a", None), (None, "a")])
def test_a_conversation_of_another_owner_is_not_found(
    store: Store, owner: str | None, other: str | None
) -> None:
    talks = kept(store)
    add(talks, "c", owner)
    with pytest.raises(NotFound):
        talks.read("c", other)
    with pytest.raises(NotFound):
        talks.memories("c", other)
    with pytest.raises(NotFound):
        add(talks, "c", other)
    with pytest.raises(NotFound):
        talks.rename("c", other, "mine")
    with pytest.raises(NotFound):
        talks.delete("c", other)
    assert talks.page(other) == ((), None)
    assert talks.read("c", owner)[0].turns == 1


def test_an_unknown_conversation_has_no_memory(store: Store) -> None:
    assert kept(store).memories("nowhere", None) == ()
    with pytest.raises(NotFound, match="nowhere"):
        kept(store).read("nowhere", None)


def test_the_oldest_turns_go_first(store: Store) -> None:
    talks = kept(store, turns=3)
    for number in range(5):
        add(talks, "c", question=f"{number}?")
    assert [turn.question for turn in talks.read("c", None)[1]] == ["2?", "3?", "4?"]


def test_pages_have_every_conversation_once_the_last_spoken_in_first(store: Store) -> None:
    talks = kept(store)
    for number in range(7):
        add(talks, f"c{number}", "key")
    add(talks, "c2", "key")
    seen: list[str] = []
    after = None
    while True:
        items, after = talks.page("key", limit=3, after=after)
        seen += [one.id for one in items]
        if after is None:
            break
    assert seen == ["c2", "c6", "c5", "c4", "c3", "c1", "c0"]


def test_a_renamed_conversation_keeps_its_place(store: Store) -> None:
    talks = kept(store)
    add(talks, "c")
    assert talks.rename("c", None, " Riyadh \n partnership ").title == "Riyadh partnership"
    add(talks, "c")
    assert talks.read("c", None)[0].title == "Riyadh partnership"


def test_a_deleted_conversation_leaves_nothing(store: Store) -> None:
    talks = kept(store)
    add(talks, "c")
    add(talks, "d")
    talks.delete("c", None)
    assert [one.id for one in talks.page(None)[0]] == ["d"]
    assert talks.memories("c", None) == ()
    add(talks, "c", "somebody else")
    assert talks.read("c", "somebody else")[0].turns == 1


def test_what_is_too_old_or_too_much_is_dropped(store: Store) -> None:
    clock = Clock()
    talks = kept(store, clock, conversations=3, days=10)
    add(talks, "old")
    clock.now += timedelta(days=11)
    for number in range(5):
        add(talks, f"c{number}")
    # Looked at when a store is first written to, and from time to time.
    add(kept(store, clock, conversations=3, days=10), "new")
    assert [one.id for one in talks.page(None)[0]] == ["new", "c4", "c3"]


def test_a_turn_changes_nothing_that_a_search_finds(store: Store) -> None:
    before = store.generation()
    add(kept(store), "c")
    assert store.generation() == before
