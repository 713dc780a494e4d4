"""The rules and their state this year, as the page shows them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from planner.domain.access.rights import Right
from planner.domain.cycle import Rule
from planner.domain.rooms.rules import ROOM_RULES
from planner.domain.schoolrules import SCHOOL_RULES, SchoolRule
from planner.domain.staffing.rules import STAFF_RULES
from planner.services.guarding import allowed
from planner.services.lines import problem_of
from planner.services.state import YearState, load_state
from planner.services.views import Problem, RuleLine
from planner.services.workspace import Workspace

SOURCES = {"toolkit": "uit de toolkit", "proposed": "voorstel van Schakelplan"}


def _state(rule_id: str, overrides: Mapping[str, str], broken: Mapping[str, list[Problem]]) -> str:
    if rule_id in overrides:
        return "uitgezet"
    return "gebroken" if broken.get(rule_id) else "gehouden"


def _plan_problems(state: YearState) -> Iterator[Problem]:
    """Yield what the dates break."""
    return (problem_of(state, violation) for violation in state.violations)


def _task_problems(state: YearState) -> Iterator[Problem]:
    """Yield what the division of people and rooms breaks, with the event it is about."""
    needs = {need.id: (need.event_id, need.label(state.language_names)) for need in state.staff_problem.needs.values()}
    needs |= {need.id: (need.event_id, need.label) for need in state.room_problem.needs}
    people = {person.id: person.name for person in state.people}
    for found in (*state.staff_violations, *state.room_violations):
        event_id, label = needs.get(found.where, ("", people.get(found.where, found.where)))
        title = f"{state.event(event_id).occurrence.title}: {label}" if event_id else label
        yield Problem(rule=found.rule, title="", hard=found.hard, where=title, why=found.why, event_id=event_id)


def _broken(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.rule].append(problem)
    return found


@allowed(Right.SEE_YEAR)
def rules(workspace: Workspace) -> tuple[RuleLine, ...]:
    """Return every rule: the cycle's, the school's, and those for people and rooms, which cannot be set aside."""
    state = load_state(workspace)
    broken = _broken((*_plan_problems(state), *_task_problems(state)))

    def line(rule: Rule | SchoolRule, *, can_be_overridden: bool) -> RuleLine:
        return RuleLine(
            id=rule.id,
            title=rule.title,
            hard=rule.hard,
            reason=rule.reason,
            fallback=rule.advice if isinstance(rule, SchoolRule) else rule.fallback,
            source=SOURCES["proposed" if isinstance(rule, SchoolRule) else rule.source],
            state=_state(rule.id, state.overrides, broken),
            override=state.overrides.get(rule.id, ""),
            can_be_overridden=can_be_overridden,
            problems=tuple(broken.get(rule.id, ())),
        )

    return (
        *(line(rule, can_be_overridden=True) for rule in state.cycle.rules),
        *(line(rule, can_be_overridden=rule.can_be_overridden) for rule in SCHOOL_RULES.values()),
        *(line(rule, can_be_overridden=False) for rule in (*STAFF_RULES.values(), *ROOM_RULES.values())),
    )
