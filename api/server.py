"""The process that owns the stores and serves them."""

import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn
from pydantic import SecretStr

from api.addresses import is_loopback
from api.app import app_over
from api.desk import Desk
from api.guard import KnownHosts
from api.house import open_house
from kb.errors import SettingsError, StoreBusy
from kb.lease import claim, owner
from kb.settings import Settings

_SHUTDOWN_SECONDS: Final = 10
_BACKLOG: Final = 512


def run(
    settings: Settings,
    *,
    prepare: Callable[[Desk], None],
    ready: Callable[[str], None],
    insecure: bool = False,
) -> None:
    """Own the stores, `prepare` them, then serve until the process is told to stop.

    `ready` is called with the address once connections are taken. Raises SettingsError when the
    address cannot be bound or is open to other machines without `insecure`, StoreBusy when
    another process holds the home.
    """
    local = is_loopback(settings.host)
    if not local and not insecure:
        raise SettingsError(
            f"{settings.host} can be reached from other machines, who could read and write all: "
            "serve on 127.0.0.1, or say --insecure"
        )
    _refuse_second_server(settings)
    with _stoppable(), _bound(settings) as listener:
        url = _url(settings.host, listener.getsockname()[1])
        with open_house(settings) as house:
            house.own.init()
            prepare(house.own)
            token = settings.api_token or SecretStr(secrets.token_urlsafe(32))
            app = app_over(
                house.public, house.own, settings.model_copy(update={"api_token": token})
            )
            listener.listen(_BACKLOG)  # from here on, connections wait until they are served
            claim(house.kb.home, url, token.get_secret_value())
            ready(url)
            _serve(KnownHosts(app, hosts=_own_names(settings.host)) if local else app, listener)


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


def _serve(app: object, listener: socket.socket) -> None:
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_level="warning",
        access_log=False,  # its lines would hold what people search for
        proxy_headers=False,  # a header must not make a client look local
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _url(host: str, port: int) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _own_names(host: str) -> frozenset[str]:
    return frozenset({"127.0.0.1", "localhost", "::1", host})
