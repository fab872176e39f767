"""How often somebody may ask: token buckets."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_MOST: Final = 20_000  # buckets held; the longest unused go first


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Rates:
    """Lets each of many through `per_minute` times a minute; at most as many at once.

    0 sets no limit. Not for several threads: the event loop alone asks.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, who: str) -> int | None:
        """None where `who` may go on, which is counted; else the seconds to wait, at least 1."""
        if not self._most:
            return None
        seconds = self.left(who)
        if seconds is None:
            self._filled(who).tokens -= 1
        return seconds

    def left(self, who: str) -> int | None:
        """As `wait`, but nothing is counted."""
        if not self._most:
            return None
        bucket = self._filled(who)
        if bucket.tokens >= 1:
            return None
        return max(1, math.ceil((1 - bucket.tokens) / self._per_second))

    def _filled(self, who: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = self._buckets[who] = _Bucket(self._most, now)
            if len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        bucket.tokens = min(self._most, bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        self._buckets.move_to_end(who)
        return bucket


def network_of(address: str) -> str:
    """Whose an address is: itself, or in version 6, where everybody has many, its /64."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
