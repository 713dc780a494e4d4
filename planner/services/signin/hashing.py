"""Password hashes, argon2id. Few at a time: a flood of sign-ins must not take the memory or the processor of all.

Measured (`make bench ONLY=signin`, 2 cores): 19 MiB, 2 passes, 1 lane takes 30 ms; the library's own 64 MiB,
3 passes, 4 lanes takes 132 ms and 3.4 times the memory. Ours is the first choice of the OWASP cheat sheet on
password storage (2026), and holds in a server of 512 MB.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from planner.domain.access.passwords import LONGEST, normal
from planner.errors import TooManyError

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1
WAITING = 4  # who may wait for the one that is at work; more would keep every thread of the server busy
BUSY = "Er proberen nu veel mensen tegelijk in te loggen. Probeer het over een paar seconden opnieuw."
_WAIT = timedelta(seconds=5)


class Hasher:
    """Makes and checks hashes, one at a time. `count` is how many times it really worked."""

    def __init__(self) -> None:
        self.count = 0
        self._argon2 = PasswordHasher(
            time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, hash_len=32, salt_len=16, type=Type.ID
        )
        self._room = threading.BoundedSemaphore(WAITING + 1)
        self._turn = threading.Lock()
        self._nobody = ""

    @contextmanager
    def _one(self) -> Iterator[PasswordHasher]:
        """Wait for a turn; TooManyError when too many wait already."""
        if not self._room.acquire(blocking=False):
            raise TooManyError(BUSY, wait=_WAIT)
        try:
            with self._turn:
                self.count += 1
                yield self._argon2
        finally:
            self._room.release()

    def hash(self, password: str) -> str:
        """Return the hash to keep of a password."""
        with self._one() as argon2:
            return argon2.hash(normal(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Return whether a password belongs to a hash. Without one it is never right, for exactly as much work."""
        if not self._nobody:
            self._nobody = self._argon2.hash(secrets.token_hex())
        with self._one() as argon2:
            try:
                is_right = argon2.verify(kept or self._nobody, normal(password)[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return False
            return is_right and bool(kept)

    def is_old(self, kept: str) -> bool:
        """Return whether a hash was made with other parameters than those of today."""
        return self._argon2.check_needs_rehash(kept)


# One for the process: what it guards, the processor and the memory, is shared by everything in it.
HASHER = Hasher()
