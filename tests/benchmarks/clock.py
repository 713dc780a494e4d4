"""Wall time and memory of what this process does."""

import resource
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from statistics import median
from time import perf_counter
from types import ModuleType

KIB_PER_MB = 1024  # Linux gives ru_maxrss in KiB


def peak_mb() -> float:
    """Return the most memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MB


def seconds_of(action: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def median_of(action: Callable[[], object], *, times: int, before: Callable[[], object] | None = None) -> float:
    """Return the median of several calls in seconds; `before` runs before each of them, outside the measurement."""
    found = []
    for _ in range(times):
        if before:
            before()
        found.append(seconds_of(action))
    return median(found)


class Stopwatch:
    """Adds up how long parts take, also of functions deep inside a use case."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what happens inside for the part `name`."""
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += perf_counter() - start

    def watch(self, module: ModuleType, function: str, name: str) -> None:
        """Count every call of a module's function for the part `name`."""
        original = getattr(module, function)

        @wraps(original)
        def timed(*args: object, **options: object) -> object:
            with self.part(name):
                return original(*args, **options)

        setattr(module, function, timed)
