"""The errors: one class per reaction a caller may have; every text is a Dutch sentence for the reader."""

from datetime import timedelta


class PlannerError(Exception):
    """Something went wrong that the reader can understand and act on."""


class InputError(PlannerError):
    """What was given cannot be used: the page answers 400, the command exits with 2."""


class NotFoundError(PlannerError):
    """What was asked for is not there, or not for this reader: the page answers 404."""


class ConflictError(PlannerError):
    """What was asked for clashes with what is already there: the page answers 409."""


class UnavailableError(PlannerError):
    """The database cannot be reached or written right now: the page answers 503 and says when to try again."""


class TooManyError(PlannerError):
    """Somebody guessed too often: the page answers 429 and says when to try again, after `wait`."""

    def __init__(self, message: str, *, wait: timedelta) -> None:
        super().__init__(message)
        self.wait = wait


class SettingsError(PlannerError):
    """The installation is not set up well: the program does not start."""


class InfeasibleError(PlannerError):
    """No plan exists; `rules` names a smallest set of hard rules that cannot hold together."""

    def __init__(self, message: str, rules: tuple[str, ...]) -> None:
        super().__init__(message)
        self.rules = rules
