"""The composition root of commands: the stores, or the server that owns them."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from api.desk import Desk
from kb.errors import StoreBusy
from kb.lease import owner
from kb.settings import Settings, load_settings

_LOOK_AGAIN_SECONDS: Final = 0.5


@contextmanager
def open_desk(*, shipped: bool = False, public: bool = False) -> Iterator[Desk]:
    """A desk at LANDBRIEF_HOME; `shipped` has a home that holds nothing yet initialized first.

    A `public` one keeps internal documents back. Raises StoreBusy when another process that takes
    no work holds the home for longer than `lock_wait_seconds`.
    """
    settings = load_settings()
    with ExitStack() as stack:
        desk, is_new = _enter(settings, stack, public)
        if shipped and is_new:
            desk.init()
        yield desk


def _enter(settings: Settings, stack: ExitStack, public: bool) -> tuple[Desk, bool]:
    deadline = time.monotonic() + settings.lock_wait_seconds
    while True:
        held_by = owner(settings.home.expanduser())
        if held_by is not None and held_by.url and held_by.token:
            from api.remote_desk import RemoteDesk

            remote = RemoteDesk(held_by.url, held_by.token, public=public)
            return stack.enter_context(remote), False
        try:
            return _enter_local(settings, deadline, stack, public)
        except StoreBusy:
            # Whoever holds the home may be a server that is about to say where it listens.
            if time.monotonic() >= deadline:
                raise


def _enter_local(
    settings: Settings, deadline: float, stack: ExitStack, public: bool
) -> tuple[Desk, bool]:
    from api.house import open_house

    wait = min(_LOOK_AGAIN_SECONDS, max(0.0, deadline - time.monotonic()))
    house = stack.enter_context(open_house(settings.model_copy(update={"lock_wait_seconds": wait})))
    desk = house.public if public else house.own
    return desk, not (house.kb.documents() and house.kb.records.are_loaded())
