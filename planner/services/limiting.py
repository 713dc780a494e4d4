"""How often somebody may guess: failures are counted per door and network, what succeeds never is.

A hall full of families has one address, so neither the number of requests nor of visitors says anything; only
guesses that failed do. Counts are kept in memory: one process serves a school, and a restart may forgive.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from planner.errors import TooManyError

IPV6_PREFIX = 64  # bits: a household or a phone has all addresses of one /64 to choose from


def network_of(address: str) -> str:
    """Return what counts as one guesser: an IPv4 address, or the /64 of an IPv6 address; odd text counts as itself."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is None:
            return str(ip_network((parsed, IPV6_PREFIX), strict=False))
        parsed = parsed.ipv4_mapped
    return str(parsed)


@dataclass(slots=True)
class Failures:
    """The failed tries of the last `window`, at most `limit` of them for each door and guesser.

    At most `most` guessers are remembered; the one who failed longest ago is forgotten first. Safe to share
    between threads.
    """

    limit: int = 20
    window: timedelta = timedelta(minutes=10)
    most: int = 20_000
    _tries: OrderedDict[tuple[str, str], deque[datetime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, door: str, guesser: str, *, now: datetime) -> None:
        """Count one failure."""
        with self._lock:
            tries = self._tries.setdefault((door, guesser), deque(maxlen=self.limit))
            tries.append(now)
            self._tries.move_to_end((door, guesser))
            while len(self._tries) > self.most:
                self._tries.popitem(last=False)

    def wait(self, door: str, guesser: str, *, now: datetime) -> timedelta:
        """Return how long this guesser has to wait; zero when there are tries left."""
        with self._lock:
            tries = self._tries.get((door, guesser))
            if tries is None or len(tries) < self.limit:
                return timedelta()
            return max(timedelta(), tries[0] + self.window - now)

    def forget(self, door: str, guesser: str) -> None:
        """Forgive what this guesser did at a door, for instance because it turned out to be the owner."""
        with self._lock:
            self._tries.pop((door, guesser), None)

    def clear(self) -> None:
        """Forgive everybody."""
        with self._lock:
            self._tries.clear()


def refuse_guesser(failures: Failures, door: str, guesser: str, *, now: datetime) -> None:
    """Raise TooManyError when a guesser has no tries left at a door."""
    wait = failures.wait(door, guesser, now=now)
    if wait:
        minutes = -(-wait // timedelta(minutes=1))
        later = "1 minuut" if minutes == 1 else f"{minutes} minuten"
        raise TooManyError(f"Dit is te vaak niet gelukt. Probeer het over {later} opnieuw.", wait=wait)
