"""One file from the web, whole or not at all, and never from where it may not come."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import anyio
import httpx

from ingestion.addresses import Border, Target
from kb.errors import DownloadFailed

_REDIRECTS: Final = 5
_SILENCE_SECONDS: Final = 30.0  # the longest that a server may say nothing at all
_CHUNK: Final = 1 << 16
_HEADERS: Final = {
    "Accept": "application/pdf, application/*;q=0.9, */*;q=0.1",
    # A body that unpacks to a thousand times its size must not arrive in the first place.
    "Accept-Encoding": "identity",
    "User-Agent": "LandBrief (fetch)",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one download may take: bytes, and seconds in all."""

    max_bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said at the end of its redirects; `size` bytes of the body were written."""

    status: int
    size: int


def download(
    url: httpx.URL, to: Path, border: Border, bounds: Bounds, *, head: int | None = None
) -> Reply:
    """What is at `url`, written to the new file `to`; only its first `head` bytes where given.

    The body of an answer other than 200 is not read. Raises DownloadFailed with the cause in one
    line; what lies at `to` is worthless then.
    """

    async def bounded() -> Reply:
        try:
            with anyio.fail_after(bounds.seconds):
                return await _download(url, to, border, bounds, head)
        except TimeoutError as error:
            raise DownloadFailed(
                f"took longer than {bounds.seconds:g} seconds: LANDBRIEF_FETCH_SECONDS allows more"
            ) from error

    return anyio.run(bounded)


async def _download(
    url: httpx.URL, to: Path, border: Border, bounds: Bounds, head: int | None
) -> Reply:
    # Proxies and .netrc of the environment would decide where requests go and what they show.
    async with httpx.AsyncClient(trust_env=False, timeout=_SILENCE_SECONDS) as client:
        for _ in range(_REDIRECTS + 1):
            async with _opened(client, await border.checked(url)) as response:
                if response.status_code in (301, 302, 303, 307, 308):
                    url = _next(url, response)
                    continue
                if response.status_code != 200:
                    return Reply(response.status_code, 0)
                return Reply(200, await _write(response, to, bounds, head))
    raise DownloadFailed(f"was sent on more than {_REDIRECTS} times, the last time to {url.host}")


@asynccontextmanager
async def _opened(client: httpx.AsyncClient, target: Target) -> AsyncIterator[httpx.Response]:
    host = target.url.host
    try:
        response = await _sent(client, target)
        try:
            yield response
        finally:
            await response.aclose()
    except httpx.TimeoutException as error:
        raise DownloadFailed(f"{host} did not answer for {_SILENCE_SECONDS:g} seconds") from error
    except httpx.ConnectError as error:
        if "CERTIFICATE" in str(error).upper():
            raise DownloadFailed(f"{host} does not prove by a certificate who it is") from error
        raise DownloadFailed(f"{host} cannot be reached: is there a network?") from error
    except httpx.RemoteProtocolError as error:
        raise DownloadFailed(
            f"{host} broke off before the end or answered wrongly: try again"
        ) from error
    except httpx.HTTPError as error:
        raise DownloadFailed(f"{host} cannot be read from ({type(error).__name__})") from error


async def _sent(client: httpx.AsyncClient, target: Target) -> httpx.Response:
    """The answer of the first address that takes the connection."""
    url = target.url
    for left in range(len(target.addresses) - 1, -1, -1):
        address = target.addresses[len(target.addresses) - 1 - left]
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={**_HEADERS, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        try:
            return await client.send(request, stream=True)
        except httpx.ConnectError:
            if not left:
                raise
    raise AssertionError("a target has an address")


def _next(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    place = response.headers.get("location", "")
    try:
        if not place:
            raise httpx.InvalidURL("none")
        return url.join(place).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise DownloadFailed(f"{url.host} sent it on without saying where to") from error


async def _write(response: httpx.Response, to: Path, bounds: Bounds, head: int | None) -> int:
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise DownloadFailed("came packed, though it was asked for as it is")
    declared = response.headers.get("content-length", "")
    if head is None and declared.isdigit():
        _check_size(int(declared), bounds)
    written = 0
    with to.open("xb") as file:
        async for chunk in response.aiter_raw(_CHUNK):
            written += len(chunk)
            _check_size(written, bounds)
            file.write(chunk)
            if head is not None and written >= head:
                break
    return written


def _check_size(size: int, bounds: Bounds) -> None:
    if size > bounds.max_bytes:
        raise DownloadFailed(
            f"is larger than {bounds.max_bytes // (1 << 20)} MB: LANDBRIEF_MAX_FILE_MB allows more"
        )
