"""How long a program from outside may search, so that all measurements together stay within half an hour."""

from time import monotonic
from typing import Any

SECONDS = 30.0
LARGEST = 1_000_000  # choices; a model with more takes gigabytes and is not even written down in this time


class NotInTime(Exception):  # noqa: N818 - what happened, in words
    """There is no answer; the text is a Dutch note for the table that says why."""


class Deadline:
    """A moment after which nothing is done any more."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Return the seconds that are left; NotInTime when there are none."""
        left = self._end - monotonic()
        if left <= 0:
            raise NotInTime(f"niet binnen {self.seconds:g} s")
        return left


def minimised(solver: Any, terms: list[Any], deadline: Deadline) -> str:
    """Let HiGHS make a sum small in the time that is left; return a note, empty when it proved its answer the best.

    NotInTime when it found nothing.
    """
    import highspy  # noqa: PLC0415 - not in the process of OR-Tools

    solver.setOptionValue("time_limit", deadline.left)
    solver.minimize(solver.qsum(terms))
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise NotInTime(f"niet binnen {deadline.seconds:g} s")
    best = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return "" if best else f"niet bewezen binnen {deadline.seconds:g} s"
