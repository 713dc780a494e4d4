"""The goals of the staffing model as linear expressions; what they count is told in `planner.domain.staffing.goals`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from planner.domain.staffing.goals import ALONE, OPTIONAL_SHORT, SAME_WEEK, lane_pupils, links, load_of, wish_of
from planner.domain.staffing.plan import Lane, StaffPlan, covered_lanes, lanes_of
from planner.domain.staffing.refusals import covered_languages
from planner.solving.staffmodel import StaffModel


def covered(staff: StaffModel) -> Mapping[Lane, Any]:
    """Return for each language and place a literal that can be true only when somebody interprets there."""
    fixed = covered_lanes(staff.problem, tuple(staff.fixed.values()))
    helpers: defaultdict[Lane, list[Any]] = defaultdict(list)
    for pick in staff.picks:
        codes = covered_languages(pick.person, pick.need)
        for lane in lanes_of(pick.need):
            if lane[2] in codes:
                helpers[lane].append(pick.var)
    found: dict[Lane, Any] = {}
    for lane in staff.problem.lanes:
        found[lane] = 1 if lane in fixed else 0
        if lane not in fixed and helpers[lane]:
            found[lane] = staff.model.new_bool_var("")
            staff.model.add_bool_or([*helpers[lane], found[lane].negated()])
    return found


def uncovered(staff: StaffModel, covered: Mapping[Lane, Any]) -> Iterator[Any]:
    """Yield the pupils whose family nobody interprets for."""
    return (lane_pupils(staff.problem, lane) * (1 - var) for lane, var in covered.items())


def short(staff: StaffModel) -> Mapping[str, Any]:
    """Return how many people are missing, by id of the first need of each bundle."""
    found: dict[str, Any] = {}
    for needs in staff.bundles:
        need, alike = needs[0], staff.problem.counting_for(needs[0])
        asked = max(0, len(needs) * need.minimum - sum(staff.count[each.id] for each in alike))
        picks = [pick for each in alike for pick in staff.by_need[each.id]]
        found[need.id] = asked
        if asked and picks:
            found[need.id] = staff.model.new_int_var(0, asked, "")
            staff.model.add(found[need.id] >= asked - sum(pick.var for pick in picks))
    return found


def wishes(staff: StaffModel, short: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what does not suit people."""
    yield sum(wish_of(person, need) for _, need, person in staff.problem.known(staff.fixed.values()))
    for pick in staff.picks:
        yield wish_of(pick.person, pick.need) * pick.var
    for need_id, missing in short.items():
        if staff.problem.needs[need_id].optional:
            yield OPTIONAL_SHORT * missing
    yield from _alone(staff)


def _alone(staff: StaffModel) -> Iterator[Any]:
    there: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for pick in staff.picks:
        there[pick.person.id, pick.need.event_id].append(pick.var)
    for duty, need, _ in staff.problem.known(staff.fixed.values()):
        there[duty.person_id, need.event_id].append(1)
    for (person_id, event_id), mine in there.items():
        if beside := staff.problem.person[person_id].beside:
            company = sum(sum(there.get((other, event_id), ())) for other in sorted(beside))
            alone = staff.model.new_bool_var("")
            for var in mine:
                staff.model.add(alone >= var - company)
            yield ALONE * alone


def load(staff: StaffModel) -> Iterator[Any]:
    """Yield the weight of everyone's evenings; see `load_of`."""
    for person in staff.problem.people:
        taken = {need.day for need in staff.booked.get(person.id, ()) if not need.spread}
        yield load_of(taken)
        days = staff.days.get(person.id, {})
        yield from _squares(staff, len(taken), list(days.values()), most=person.max_evenings)
        yield from _same_week(staff, taken, days)


def _squares(staff: StaffModel, taken: int, evenings: list[Any], *, most: int) -> Iterator[Any]:
    """Yield what each further evening adds to the square of their number."""
    if len(evenings) == 1:
        yield (2 * taken + 1) * evenings[0]
        return
    steps = [staff.model.new_bool_var("") for _ in evenings[: max(0, most - taken)]]
    staff.model.add(sum(steps) == sum(evenings))
    for lower, higher in pairwise(steps):
        staff.model.add_implication(higher, lower)
    for number, step in enumerate(steps):
        yield (2 * (taken + number) + 1) * step


def _same_week(staff: StaffModel, taken: Iterable[date], days: Mapping[date, Any]) -> Iterator[Any]:
    before = Counter(day.isocalendar()[:2] for day in taken)
    weeks: defaultdict[Any, list[Any]] = defaultdict(list)
    for day, var in days.items():
        weeks[day.isocalendar()[:2]].append(var)
    for week, mine in weeks.items():
        if before[week]:
            yield from (SAME_WEEK * var for var in mine)
        elif len(mine) > 1:
            more = staff.model.new_int_var(0, len(mine), "")
            staff.model.add(more >= sum(mine) - 1)
            yield SAME_WEEK * more


def faces(staff: StaffModel) -> Iterator[Any]:
    """Yield the pupils whose family meets a face it does not know; see `links`."""
    who: defaultdict[tuple[str, str], dict[str, list[Any]]] = defaultdict(dict)
    sure = [(need, person, 1) for _, need, person in staff.problem.known(staff.fixed.values())]
    for need, person, var in (*sure, *((pick.need, pick.person, pick.var) for pick in staff.picks)):
        for code in covered_languages(person, need):
            who[need.event_id, code].setdefault(person.id, []).append(var)
    for link in links(staff.problem):
        first, then = who[link.first, link.language], who[link.then, link.language]
        again = []
        for person_id in (person_id for person_id in first if person_id in then):
            both = staff.model.new_bool_var("")
            staff.model.add(both <= sum(first[person_id]))
            staff.model.add(both <= sum(then[person_id]))
            again.append(both)
        if again:
            known = staff.model.new_bool_var("")
            staff.model.add(known <= sum(again))
            yield link.pupils * (1 - known)
        else:
            yield link.pupils


def lost(staff: StaffModel, old: StaffPlan, covered: Mapping[Lane, Any]) -> Iterator[Any]:
    """Yield the pupils whose family loses its interpreter."""
    had = covered_lanes(staff.problem, old)
    for lane in staff.problem.lanes:
        if lane in had:
            yield lane_pupils(staff.problem, lane) * (1 - covered[lane])


def missing(staff: StaffModel, old: StaffPlan, short: Mapping[str, Any]) -> Iterator[Any]:
    """Yield people that are missing and were not before."""
    was = Counter(need_id for need_id, _ in {duty.key for duty, _, _ in staff.problem.known(old)})
    for needs in staff.bundles:
        need = needs[0]
        if need.optional:
            continue
        before = sum(staff.problem.short(each, was) for each in needs)
        more = staff.model.new_int_var(0, len(needs) * need.minimum, "")
        staff.model.add(more >= short[need.id] - before)
        yield more


def changes(staff: StaffModel, old: StaffPlan) -> tuple[list[Any], list[Any]]:
    """Return the tasks given to or taken from people who were told, and those taken from others."""
    told: list[Any] = []
    others: list[Any] = []
    gone = {duty.key for duty, _, _ in staff.problem.known(old)} - staff.fixed.keys()
    added = staff.fixed.keys() - {duty.key for duty in old}
    told += [1 for _, person_id in added if person_id in staff.problem.told]
    for pick in staff.picks:
        is_told = pick.person.id in staff.problem.told
        if (pick.need.id, pick.person.id) in gone:
            gone.discard((pick.need.id, pick.person.id))
            (told if is_told else others).append(1 - pick.var)
        elif is_told:
            told.append(pick.var)
    for _, person_id in gone:
        (told if person_id in staff.problem.told else others).append(1)
    return told, others
