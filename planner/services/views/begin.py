"""The wizard of a new installation, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.services.views.school import TaskView


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginView:
    """One step: what was typed so far, and what there is to choose from. `at` counts from 0."""

    step: str
    at: int
    steps: tuple[tuple[str, str], ...]  # id, title
    typed: Mapping[str, str]
    regions: tuple[str, ...]
    years: tuple[str, ...]
    evenings: tuple[tuple[str, str, str], ...]  # name of the field, of the day, and the time or ""
    feasts: tuple[tuple[str, str, bool], ...]  # id, name, switched on
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyView:
    """A school that was just made: how far its plan is, and what is still missing."""

    task: TaskView
    is_demo: bool
    has_pupils: bool
