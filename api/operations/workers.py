"""Processes beside the owner of the stores: they answer and search, and share its address."""

import logging
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from api.operations.forwarding import Link, ToOwner
from kb.settings import Settings

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


_STOP_SECONDS: Final = 12.0
_log = logging.getLogger("landbrief")


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker is told: `settings` hold the token of the owner."""

    settings: Settings
    link: Link
    insecure: bool


@contextmanager
def workers(work: Work, listener: socket.socket) -> Iterator[None]:
    """As many as the settings want, serving `listener`, which listens; stopped at the end.

    One that dies is started again.
    """
    count = work.settings.api_workers
    if not count:
        yield
        return
    context = multiprocessing.get_context("spawn")

    def begun() -> "BaseProcess":
        process = context.Process(target=_work, args=(work, listener), daemon=True)
        process.start()
        return process

    running = [begun() for _ in range(count)]
    stopping, wake = threading.Event(), context.Pipe(duplex=False)

    def watch() -> None:
        while not stopping.is_set():
            wait([wake[0], *(one.sentinel for one in running)])
            for nth, one in enumerate(running):
                if not stopping.is_set() and not one.is_alive():
                    _log.error("a worker ended with %s: another takes its place", one.exitcode)
                    stopping.wait(1.0)  # a worker that cannot start must not take the machine
                    running[nth] = begun()

    watcher = threading.Thread(target=watch, name="workers", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stopping.set()
        wake[1].send(None)
        watcher.join()
        for one in running:
            one.terminate()
        for one in running:
            one.join(_STOP_SECONDS)
            if one.is_alive():
                one.kill()
                one.join()


def _work(work: Work, listener: socket.socket) -> None:
    """The life of a worker."""
    # Ctrl-C goes to the whole group: the owner ends its workers when it is done itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_owner, daemon=True).start()
    # Not at the top: the owner's module imports this one.
    from api.app import app_over
    from api.house import open_reading_house
    from api.operations.logs import log_as_set
    from api.operations.operating import operations_of
    from api.operations.tracing import open_tracing
    from api.security.access import access_of
    from api.security.log_secrets import hide_secrets
    from api.server import behind_its_names, serve

    settings = work.settings
    log_as_set(settings.log_format, settings.log_level)
    hide_secrets(settings)
    with open_reading_house(settings, work.link.url) as house:
        app = app_over(
            house.public,
            house.own,
            settings,
            access_of(settings, house.kb.keys, insecure=work.insecure),
            operations_of(house.kb, settings, open_tracing(settings.otel_endpoint)),
        )
        serve(behind_its_names(ToOwner(app, work.link), settings), [listener], settings)


def _end_with_owner() -> None:
    owner = multiprocessing.parent_process()
    if owner is not None:
        wait([owner.sentinel])
        os._exit(1)  # a killed owner leaves nobody to serve for
