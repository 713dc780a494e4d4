"""The rules and their state this year, as the page shows them."""

from collections import defaultdict
from collections.abc import Mapping

from planner.domain.schoolrules import SCHOOL_RULES
from planner.services.lines import problem_of
from planner.services.state import YearState, load_state
from planner.services.views import Problem, RuleLine
from planner.services.workspace import Workspace

SOURCES = {"toolkit": "uit de toolkit", "proposed": "voorstel van Schakelplan"}


def _state(rule_id: str, overrides: Mapping[str, str], broken: Mapping[str, list[Problem]]) -> str:
    if rule_id in overrides:
        return "uitgezet"
    return "gebroken" if broken.get(rule_id) else "gehouden"


def _broken(state: YearState) -> Mapping[str, list[Problem]]:
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for violation in state.violations:
        found[violation.rule].append(problem_of(state, violation))
    return found


def rules(workspace: Workspace) -> tuple[RuleLine, ...]:
    """Return every rule: the cycle's first, then the school's."""
    state = load_state(workspace)
    broken = _broken(state)
    lines = [
        RuleLine(
            id=rule.id,
            title=rule.title,
            hard=rule.hard,
            reason=rule.reason,
            fallback=rule.fallback,
            source=SOURCES[rule.source],
            state=_state(rule.id, state.overrides, broken),
            override=state.overrides.get(rule.id, ""),
            can_be_overridden=True,
            problems=tuple(broken.get(rule.id, ())),
        )
        for rule in state.cycle.rules
    ]
    lines += [
        RuleLine(
            id=own.id,
            title=own.title,
            hard=own.hard,
            reason=own.reason,
            fallback=own.advice,
            source=SOURCES["proposed"],
            state=_state(own.id, state.overrides, broken),
            override=state.overrides.get(own.id, ""),
            can_be_overridden=own.can_be_overridden,
            problems=tuple(broken.get(own.id, ())),
        )
        for own in SCHOOL_RULES.values()
    ]
    return tuple(lines)
