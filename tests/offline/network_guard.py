"""Notes and refuses every connection and name look-up that leaves this machine."""

import ipaddress
import os
import sys
from collections.abc import Callable
from typing import Any

LOG_VARIABLE = "LANDBRIEF_TEST_CONNECTIONS"  # file that child processes append to
_TO_ADDRESS = ("socket.connect", "socket.sendto", "socket.sendmsg")
_LOOK_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


class LeavesTheMachineError(OSError):
    pass


def install(note: Callable[[str], None]) -> None:
    """Have `note` called with a line for each attempt, which then fails."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in _TO_ADDRESS:
            host = args[1][0] if isinstance(args[1], tuple) else None
        elif event in _LOOK_UP:
            host = args[0]
        else:
            return
        if not _stays(host):
            line = f"{event} {host!r}"
            note(line)
            raise LeavesTheMachineError(line)

    sys.addaudithook(hook)


def append_to_log(line: str) -> None:
    with open(os.environ[LOG_VARIABLE], "a", encoding="utf-8") as log:  # noqa: PTH123
        log.write(line + "\n")


def _stays(host: object) -> bool:
    # A socket of the file system has a path for an address, an unconnected one none.
    if host is None or host in ("", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(_text(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _text(host: object) -> str:
    return host.decode() if isinstance(host, bytes) else str(host)
