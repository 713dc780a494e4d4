"""What somebody says about a task they were asked for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Says(StrEnum):
    """Yes or no."""

    YES = "ja"
    NO = "nee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a task; the last one counts. `reason` may be empty, `at` is aware UTC."""

    need_id: str
    person_id: str
    event_id: str
    says: Says
    reason: str
    at: datetime
