"""The cycle: ten activities in order and the rules between them (C01–C16), as the toolkit gives them."""

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.runbook import Runbook, Source


class CheckKind(StrEnum):
    """What a rule can ask of a plan. Each kind has one function in `requirements` or `rules`."""

    ORDER = "order"  # `then` starts after `first` has ended
    GAP = "gap"  # `then` starts min_weeks to max_weeks after `first` has ended
    NEXT_GAP = "next_gap"  # one of several `thens` starts min_weeks to max_weeks after `first`
    WINDOW = "window"  # `first` lies between two days of the year
    STARTED_WITHIN = "started_within"  # every invited pupil of `first` started in the last `months`
    WHOLE_PHASE = "whole_phase"  # every pupil of these phases is invited for `first`
    LEAVES_WITHIN = "leaves_within"  # invited pupils of `first` leave within `months`
    EARLY_LEAVERS = "early_leavers"  # who leaves halfway a year within `months` is invited for `first`
    SPLIT = "split"  # `first` is held apart for each destination sector
    BEFORE_OPEN_DAYS = "before_open_days"  # `first` lies before `share` of the region's open days
    AFTER_OPEN_DAYS = "after_open_days"  # `first` lies after `share` of the region's open days
    LESSON_FOLLOWS = "lesson_follows"  # a school day follows `first` within `days`
    BEFORE_TRANSITION = "before_transition"  # `first` starts at most max_weeks before the pupils leave
    STEP_BEFORE_SUMMER = "step_before_summer"  # `step` of `first` is due before the summer holiday
    LESSON_THEN_HOME = "lesson_then_home"  # lesson, then homework, then the activity `first`


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing a rule asks. Which fields count depends on `kind`; weeks and months are calendar ones."""

    kind: CheckKind
    hard: bool
    weight: int = 10
    first: str = ""
    thens: tuple[str, ...] = ()
    min_weeks: int = 0
    max_weeks: int = 0
    months: int = 0
    weeks_ahead: int = 0
    window: tuple[tuple[int, int], tuple[int, int]] | None = None
    phases: tuple[int, ...] = ()
    share: float = 0.5
    days: int = 0
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the cycle: what it asks, why, and what the toolkit offers when it cannot hold."""

    id: str
    title: str
    reason: str
    fallback: str
    checks: tuple[Check, ...]
    source: Source
    section: str = ""

    @property
    def hard(self) -> bool:
        """Whether any part of the rule is hard."""
        return any(check.hard for check in self.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The activities of a school year in the toolkit's order, and the rules between them."""

    title: str
    runbooks: tuple[Runbook, ...]
    rules: tuple[Rule, ...]

    def runbook(self, runbook_id: str) -> Runbook:
        """Return the runbook with this id; KeyError when there is none."""
        return {runbook.id: runbook for runbook in self.runbooks}[runbook_id]

    def rule(self, rule_id: str) -> Rule:
        """Return the rule with this id; KeyError when there is none."""
        return {rule.id: rule for rule in self.rules}[rule_id]
