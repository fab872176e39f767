"""Where a download may go: to hosts that are allowed, at addresses that everybody can reach."""

import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import anyio
import httpx

from kb.errors import DownloadFailed

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host's name."""
_PORTS: Final = {"http": 80, "https": 443}
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked: `url` as it was meant, `addresses` to connect to."""

    url: httpx.URL
    addresses: tuple[str, ...]


def origin(url: httpx.URL) -> tuple[str, int]:
    """Host, in lower case, and port."""
    return url.host.lower().rstrip("."), url.port or _PORTS.get(url.scheme, 0)


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says."""
    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Border:
    """Lets through what may be asked.

    `start` is the address of the service. `hosts` are others that it may send a download on to,
    at the usual ports. `private` lets loopback and private addresses pass.
    """

    def __init__(
        self,
        start: httpx.URL,
        hosts: Sequence[str],
        *,
        private: bool,
        resolve: Resolve = system_resolver,
    ) -> None:
        self._start = start
        self._hosts = frozenset(host.lower().rstrip(".") for host in hosts)
        self._private = private
        self._resolve = resolve

    async def checked(self, url: httpx.URL) -> Target:
        """`url` with the addresses to connect to. Raises DownloadFailed naming what forbids it.

        The addresses are looked up once: a name that means another one a moment later cannot
        lead elsewhere than what was checked.
        """
        host, port = origin(url)
        if url.scheme not in _PORTS or not host:
            raise DownloadFailed(f'"{_shown(url)}" is no address of the web (http or https)')
        if self._start.scheme == "https" and url.scheme != "https":
            raise DownloadFailed(f'was sent on to "{_shown(url)}", which is not encrypted')
        if url.userinfo:
            raise DownloadFailed(f'was sent on to an address with a user name, at "{host}"')
        usual = port == _PORTS[url.scheme]
        if (host, port) != origin(self._start) and not (usual and host in self._hosts):
            raise DownloadFailed(
                f'was sent on to the host "{host}{"" if usual else f":{port}"}", which is not '
                "allowed: LANDBRIEF_FETCH_HOSTS lists the others that are"
            )
        return Target(url, await self._addresses(host, port))

    async def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        try:
            found = tuple(await self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise DownloadFailed(
                f'the host "{host}" is not known here: is there a network?'
            ) from error
        for address in found:
            if not (self._private or is_public(address)):
                raise DownloadFailed(
                    f'the host "{host}" has the address {address}, which is not a public one'
                )
        if not found:
            raise DownloadFailed(f'the host "{host}" has no address')
        return found


def is_public(address: str) -> bool:
    """Whether `address` is one of the public Internet; also through a form that holds another."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (parsed, *_inside(parsed)))


def _inside(address: _Address) -> Sequence[_Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    held: list[_Address] = []
    if address.ipv4_mapped is not None:
        held.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        held.append(address.sixtofour)
    if address.teredo is not None:
        held.extend(address.teredo)
    if address in _NAT64:
        held.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return held


def _shown(url: httpx.URL) -> str:
    return str(url.copy_with(userinfo=b""))[:200]
