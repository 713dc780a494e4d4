"""The rules and their state this year, as the page shows them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

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

BOOKS = (SCHOOL_RULES, STAFF_RULES, ROOM_RULES, ROUND_RULES, COMPANION_RULES, TALK_RULES)
SOURCES = {"toolkit": "uit de toolkit", "proposed": "voorstel van Schakelplan"}


def _state(rule_id: str, overrides: Mapping[str, str], broken: Mapping[str, list[Problem]]) -> str:
    if rule_id in overrides:
        return "uitgezet"
    return "gebroken" if broken.get(rule_id) else "gehouden"


def _plan_problems(state: YearState) -> Iterator[Problem]:
    """Yield what the dates break."""
    return (problem_of(state, violation) for violation in state.violations)


def _found(workspace: Workspace, state: YearState) -> Iterator[tuple[str, Violation]]:
    """Yield what the plan of each evening breaks, with the event; a breach of a whole year has its person there."""
    event_of = {need.id: need.event_id for need in state.staff_problem.needs.values()}
    event_of |= {need.id: need.event_id for need in state.room_problem.needs}
    for violation in (*state.staff_violations, *state.room_violations):
        yield event_of.get(violation.where, violation.where), violation
    for event_id in state.by_id:
        if walk_of_event(state, event_id):
            yield from ((event_id, each) for each in plan_of(workspace, state, event_id).violations)
        elif state.runbook(event_id).kind is Kind.CONVERSATION:
            found = read_round(workspace, event_id, state)
            yield from ((event_id, each) for each in (found.violations if found.plan else ()))


def _evening_problems(workspace: Workspace, state: YearState) -> Iterator[Problem]:
    """Yield one line for each rule of an event or a person: the first breach in words, and how many more there are."""
    grouped: defaultdict[tuple[str, str], list[Violation]] = defaultdict(list)
    for where, violation in _found(workspace, state):
        grouped[violation.rule, where].append(violation)
    people = {person.id: person.name for person in state.people}
    for (rule, where), (first, *more) in grouped.items():
        event = state.by_id.get(where)
        yield Problem(
            rule=rule,
            title="",
            hard=first.hard,
            where=event.occurrence.title if event else people.get(where, where),
            why=f"{first.why} En nog {len(more)} keer." if more else first.why,
            event_id=where if event else "",
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
    broken = _broken((*_plan_problems(state), *_evening_problems(workspace, state)))

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
