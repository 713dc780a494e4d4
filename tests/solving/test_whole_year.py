"""Staff and rooms for the shipped runbooks and a large demo school: the sizes a real school has."""

from datetime import timedelta
from pathlib import Path

import pytest

from planner.definitions.loader import load_cycle
from planner.domain.calendar import SchoolCalendar
from planner.domain.occurrences import make_occurrences
from planner.domain.rooms.plan import RoomProblem, room_gaps, room_needs_of
from planner.domain.rooms.rules import validate_rooms
from planner.domain.rules import plan_from
from planner.domain.staffing.plan import StaffProblem, staff_event
from planner.domain.staffing.rules import validate_staffing
from planner.domain.year import YearProblem
from planner.imports.demo import build_demo
from planner.imports.holidays import year_bounds
from planner.solving.rooms import GreedyRooms
from planner.solving.staffing import GreedyStaffing

RUNBOOKS = Path(__file__).parents[2] / "runbooks"
LABEL = "2026-2027"


def year_of(size):
    """Return the demo school with every occurrence on the first Tuesday or Thursday of its months that is free."""
    demo = build_demo(size=size, seed=1, region="Midden", label=LABEL)
    first, last = year_bounds("Midden", LABEL)
    calendar = SchoolCalendar(label=LABEL, first_day=first, last_day=last, periods=demo.periods)
    cycle = load_cycle(RUNBOOKS).cycle
    occurrences = make_occurrences(cycle, demo.school, label=LABEL, names={})
    problem = YearProblem(calendar=calendar, school=demo.school, cycle=cycle, occurrences=occurrences)
    dates = {}
    for occurrence in occurrences:
        day = occurrence.first
        while day.weekday() not in {1, 3} or day in dates.values() or not calendar.is_school_day(day):
            day += timedelta(days=1)
        dates[occurrence.id] = day
    return demo, problem, plan_from(problem, dates)


@pytest.fixture(scope="module", params=[12, 120, 600])
def year(request):
    return year_of(request.param)


def test_whole_year_is_staffed_without_breaking_a_hard_rule(year):
    demo, problem, plan = year

    events = tuple(staff_event(e, problem.runbook_of(e.id), demo.school, problem.by_id[e.id]) for e in plan)
    staff = StaffProblem(events=events, people=demo.people, school=demo.school)
    duties = GreedyStaffing().propose(staff)

    assert not [violation for violation in validate_staffing(staff, duties) if violation.hard]
    assert len({duty.need_id for duty in duties}) > len(staff.needs) / 2
    assert GreedyStaffing().replan(staff, duties) == duties


def test_whole_year_has_rooms_without_breaking_a_hard_rule(year):
    demo, problem, plan = year
    needs = tuple(
        need
        for event in plan
        for need in room_needs_of(event, problem.runbook_of(event.id), demo.school, problem.by_id[event.id])
    )
    rooms = RoomProblem(needs=needs, rooms=demo.rooms)

    uses = GreedyRooms().propose(rooms)

    assert not [violation for violation in validate_rooms(rooms, uses) if violation.hard]
    assert len(room_gaps(rooms, uses)) + len({use.need_id for use in uses}) == len(needs)
    assert GreedyRooms().replan(rooms, uses) == uses
