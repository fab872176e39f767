"""The process that owns the stores and serves them."""

import secrets
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.types import ASGIApp

from api.addresses import is_loopback, reached_at
from api.app import UPLOADS, app_over
from api.desk import Desk
from api.guard import KnownHosts
from api.house import House, open_house
from api.operations.forwarding import FromWorkers, Link
from api.operations.memory import give_back, spare_arenas
from api.operations.operating import Operations, operations_of
from api.operations.tracing import open_tracing
from api.operations.workers import Work, workers
from api.opinions import Opinions
from api.security.access import Access, access_of, check_exposure
from api.security.log_secrets import hide_secrets
from api.security.slow_clients import impatient_protocol
from api.web.doors import page_doors
from kb.errors import SettingsError, StoreBusy
from kb.keys import has_keys
from kb.lease import claim, owner
from kb.settings import Settings

_SHUTDOWN_SECONDS: Final = 10
_BACKLOG: Final = 512
_LOOPBACK: Final = "127.0.0.1"


def run(
    settings: Settings,
    *,
    prepare: Callable[[Desk], None],
    ready: Callable[[str], None],
    insecure: bool = False,
) -> None:
    """Own the stores, `prepare` them, then serve until the process is told to stop.

    `ready` is called with the address once connections are taken. Raises SettingsError when the
    address cannot be bound, or is open to other machines without a key or `insecure`; StoreBusy
    when another process holds the home.
    """
    spare_arenas()
    home = settings.home.expanduser()
    check_exposure(settings, insecure=insecure, has_keys=lambda: has_keys(home))
    _refuse_second_server(settings)
    with _stoppable(), _bound(settings) as listener:
        url = _url(settings.host, listener.getsockname()[1])
        with open_house(settings, serving=True) as house:
            # What was being uploaded when a server was killed is nobody's any more.
            shutil.rmtree(home / UPLOADS, ignore_errors=True)
            house.own.init()
            prepare(house.own)
            give_back()
            token = settings.api_token or SecretStr(secrets.token_urlsafe(32))
            tracing = open_tracing(settings.otel_endpoint)
            settings = settings.model_copy(update={"api_token": token})
            hide_secrets(settings)
            access = access_of(settings, house.kb.keys, insecure=insecure)
            operations = operations_of(house.kb, settings, tracing)
            app = app_over(house.public, house.own, settings, access, operations, page=page_doors())
            _mount_page(app, house, settings, access, operations)
            listener.listen(_BACKLOG)  # from here on, connections wait until they are served
            with _private() as private:
                near = _url(_LOOPBACK, private.getsockname()[1])
                # The token counts on this machine alone: its commands come by loopback.
                reached = url if is_loopback(reached_at(settings.host)) else near
                claim(house.kb.home, reached, token.get_secret_value())
                link = Link(near, secrets.token_urlsafe(32))
                with workers(Work(settings, link, insecure), listener):
                    ready(url)
                    served = behind_its_names(FromWorkers(app, link.secret), settings)
                    serve(served, [listener, private], settings)


def _mount_page(
    app: FastAPI, house: House, settings: Settings, access: Access, operations: Operations
) -> None:
    # Not at the top: workers import this module, and the framework costs a second and its memory.
    from api.web.mount import mount_page

    mount_page(
        app,
        public=operations.desk(house.public),
        own=operations.desk(house.own),
        access=access,
        lines=operations.lines,
        settings=settings,
        opinions=Opinions(operations.feedback, operations.metrics),
    )


def _refuse_second_server(settings: Settings) -> None:
    held_by = owner(settings.home.expanduser())
    if held_by is not None and held_by.url is not None:
        raise StoreBusy(
            f"{settings.home} is already served at {held_by.url} (process {held_by.pid})"
        )


@contextmanager
def _stoppable() -> Iterator[None]:
    """Both ways of being told to stop unwind the stack and end the process quietly."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _bound(settings: Settings) -> Iterator[socket.socket]:
    """A socket that has the address but refuses connections, which could not be served yet."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        # An address that a stopped server has just left can be had again.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"cannot serve at {_url(settings.host, settings.port)} "
                f"({error.strerror or error}): choose another with --port or LANDBRIEF_PORT"
            ) from error
        yield listener


@contextmanager
def _private() -> Iterator[socket.socket]:
    """Where the workers of this server reach it, and nobody from another machine."""
    with socket.create_server((_LOOPBACK, 0), backlog=_BACKLOG) as listener:
        yield listener


def behind_its_names(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Where the names of the server are known, no other one is answered to."""
    named = frozenset(name.strip() for name in settings.hosts.split(",") if name.strip())
    if not named and not is_loopback(settings.host):
        return app
    return KnownHosts(app, hosts=_own_names(settings.host) | named)


def serve(app: ASGIApp, listeners: list[socket.socket], settings: Settings) -> None:
    """Serve until the process is told to stop; what is under way then is finished first."""
    config = uvicorn.Config(
        app,
        http=impatient_protocol(settings.header_seconds),
        log_level="warning",
        log_config=None,  # its lines go where ours do
        access_log=False,  # its lines would hold what people search for
        proxy_headers=False,  # a header must not make a client look local
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    uvicorn.Server(config).run(sockets=listeners)


def _url(host: str, port: int) -> str:
    host = reached_at(host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _own_names(host: str) -> frozenset[str]:
    return frozenset({"127.0.0.1", "localhost", "::1", host})
