"""The rules and their state this year, as the page shows them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from planner.domain.access.rights import Right
from planner.domain.cycle import Rule
from planner.domain.requirements import Violation
from planner.domain.rooms.rules import ROOM_RULES
from planner.domain.routes.companions import COMPANION_RULES
from planner.domain.routes.rules import ROUND_RULES
from planner.domain.rulebook import SchoolRule
from planner.domain.runbook import Kind
from planner.domain.schoolrules import SCHOOL_RULES
from planner.domain.staffing.rules import STAFF_RULES
from planner.domain.talks.rules import TALK_RULES
from planner.services.guarding import allowed
from planner.services.lines import problem_of
from planner.services.routes.routeplan import plan_of, walk_of_event
from planner.services.state import YearState, load_state
from planner.services.talks.talkround import read_round
from planner.services.views import Problem, RuleLine
from planner.services.workspace import Workspace
from planner.storage.events import StoredEvent

BOOKS = (SCHOOL_RULES, STAFF_RULES, ROOM_RULES, ROUND_RULES, COMPANION_RULES, TALK_RULES)
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


def _evening_problems(workspace: Workspace, state: YearState) -> Iterator[Problem]:
    """Yield what going round and the planned conversations break, a line for each rule of an event."""
    for event in state.events:
        event_id = event.planned.id
        if walk_of_event(state, event_id):
            yield from _lines(event, plan_of(workspace, state, event_id).violations)
        elif state.runbook(event_id).kind is Kind.CONVERSATION:
            found = read_round(workspace, event_id, state)
            yield from _lines(event, found.violations if found.plan else ())


def _lines(event: StoredEvent, violations: Iterable[Violation]) -> Iterator[Problem]:
    """Yield one line for each rule: the first breach in words, and how many more there are."""
    for _, found in groupby(sorted(violations, key=lambda each: each.rule), key=lambda each: each.rule):
        first, *more = found
        why = f"{first.why} En nog {len(more)} keer." if more else first.why
        yield Problem(
            rule=first.rule, title="", hard=first.hard, where=event.occurrence.title, why=why, event_id=event.planned.id
        )


def _broken(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.rule].append(problem)
    return found


@allowed(Right.SEE_YEAR)
def rules(workspace: Workspace) -> tuple[RuleLine, ...]:
    """Return every rule: the cycle's, the school's, and those of each evening, which cannot be set aside."""
    state = load_state(workspace)
    broken = _broken((*_plan_problems(state), *_task_problems(state), *_evening_problems(workspace, state)))

    def line(rule: Rule | SchoolRule) -> RuleLine:
        return RuleLine(
            id=rule.id,
            title=rule.title,
            hard=rule.hard,
            reason=rule.reason,
            fallback=rule.advice if isinstance(rule, SchoolRule) else rule.fallback,
            source=SOURCES["proposed" if isinstance(rule, SchoolRule) else rule.source],
            state=_state(rule.id, state.overrides, broken),
            override=state.overrides.get(rule.id, ""),
            can_be_overridden=rule.can_be_overridden if isinstance(rule, SchoolRule) else True,
            problems=tuple(broken.get(rule.id, ())),
        )

    own = (rule for book in BOOKS for rule in book.values())
    return (*(line(rule) for rule in state.cycle.rules), *(line(rule) for rule in own))
