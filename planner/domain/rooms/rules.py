"""The judge of which room is for what: every rule (R01–R08) that a plan breaks, whoever made it."""

from collections import defaultdict
from collections.abc import Iterator
from math import ceil

from planner.domain.requirements import Violation
from planner.domain.rooms.plan import RoomNeed, RoomPlan, RoomProblem, hub_of, lacking
from planner.domain.rooms.room import Room
from planner.domain.rulebook import RuleBook, SchoolRule
from planner.domain.schoolrules import say_day
from planner.domain.staffing.needs import overlap

WALK_MINUTES = 3  # proposed: what families walk between two rooms of one evening

ROOM_RULES = RuleBook(
    SchoolRule("R01", "Iedereen past erin", "Voor iedereen die wordt verwacht, is een stoel."),
    SchoolRule("R02", "De ruimte heeft wat nodig is", "Het draaiboek vraagt bijvoorbeeld een scherm of geluid."),
    SchoolRule(
        "R03", "Een ruimte tegelijk maar één keer", "Twee groepen kunnen niet op hetzelfde moment in één ruimte."
    ),
    SchoolRule("R04", "Dicht bij elkaar", "Gezinnen kennen de school nog niet en lopen liever niet ver.", weight=3),
    SchoolRule(
        "R07",
        "Samen in één ruimte",
        "Een klas of groep in twee ruimtes vraagt ook twee mensen die haar begeleiden.",
        weight=5,
    ),
    SchoolRule(
        "R08",
        "Een lokaal dat bij de sector past",
        "In een keuken of een werkplaats ziet u het werk meteen.",
        weight=2,
    ),
    SchoolRule("R05", "Vastgezette ruimte", "Iemand heeft deze ruimte vastgezet."),
    SchoolRule("R06", "Elke ruimte bestaat", "Een ruimte of een onderdeel kan ondertussen zijn verdwenen."),
)
_broken = ROOM_RULES.broken


def _unknown(problem: RoomProblem, plan: RoomPlan) -> Iterator[Violation]:
    """R06: a use points to a need and a room that exist."""
    for use in plan:
        if use.need_id not in problem.need:
            yield _broken("R06", where=use.need_id, why="Er is een ruimte gekozen voor iets dat niet meer bestaat.")
        elif use.room_id not in problem.room:
            why = f"De ruimte voor {problem.need[use.need_id].label} bestaat niet meer."
            yield _broken("R06", where=use.need_id, why=why)


def _chosen(problem: RoomProblem, plan: RoomPlan) -> dict[str, tuple[Room, ...]]:
    """Return the rooms of each need that has any, each room once."""
    found: defaultdict[str, dict[str, Room]] = defaultdict(dict)
    for _, need, room in problem.known(plan):
        found[need.id][room.id] = room
    return {need_id: tuple(rooms.values()) for need_id, rooms in found.items()}


def _fits(problem: RoomProblem, plan: RoomPlan) -> Iterator[Violation]:
    """R01 and R02: rooms chosen for one need hold everyone together, and each has what is asked."""
    for need_id, rooms in _chosen(problem, plan).items():
        need, names = problem.need[need_id], " en ".join(room.name for room in rooms)
        seats = sum(room.capacity for room in rooms)
        if seats < need.persons:
            why = f"{need.label}: {names} heeft {seats} plaatsen, er worden {need.persons} mensen verwacht."
            yield _broken("R01", where=need_id, why=why)
        for room in rooms:
            if missing := lacking(room, need):
                why = f"{need.label}: {room.name} heeft dit niet: {' en '.join(missing)}."
                yield _broken("R02", where=need_id, why=why)


def _split(problem: RoomProblem, plan: RoomPlan) -> Iterator[Violation]:
    """R07: a need has one room."""
    for need_id, rooms in _chosen(problem, plan).items():
        if len(rooms) > 1:
            names = " en ".join(sorted(room.name for room in rooms))
            why = f"{problem.need[need_id].label} zit in {names}. Zorg dat er in elke ruimte iemand is."
            yield _broken("R07", where=need_id, why=why, count=len(rooms) - 1)


def _clashes(problem: RoomProblem, plan: RoomPlan) -> Iterator[Violation]:
    """R03: no room is used twice at the same time. Of two uses the one that is not pinned is named."""
    taken: defaultdict[str, list[RoomNeed]] = defaultdict(list)
    for _, need, room in sorted(problem.known(plan), key=lambda each: (not each[0].pinned, each[1].start, each[1].id)):
        for other in taken[room.id]:
            if overlap(need, other):
                why = f"{room.name} is op {say_day(need.day)} tegelijk voor {other.label} en {need.label}."
                yield _broken("R03", where=need.id, why=why)
        taken[room.id].append(need)


def _far(problem: RoomProblem, plan: RoomPlan) -> Iterator[Violation]:
    """R04: no room lies more than three minutes from the largest room of its event."""
    by_event: defaultdict[str, list[RoomNeed]] = defaultdict(list)
    for need in problem.needs:
        by_event[need.event_id].append(need)
    chosen = _chosen(problem, plan)
    for needs in by_event.values():
        hub = hub_of({need_id: rooms[0] for need_id, rooms in chosen.items()}, tuple(needs))
        if hub:
            for need in needs:
                for room in chosen.get(need.id, ()):
                    yield from _walk(need, room, hub)


def _walk(need: RoomNeed, room: Room, hub: Room) -> Iterator[Violation]:
    minutes = room.walking_minutes(hub)
    if minutes > WALK_MINUTES:
        why = f"{need.label}: {room.name} is {ceil(minutes)} minuten lopen van {hub.name}."
        yield _broken("R04", where=need.id, why=why, count=ceil(minutes - WALK_MINUTES))


def _liked(problem: RoomProblem, plan: RoomPlan) -> Iterator[Violation]:
    """R08: a room has what is good to have for its sector, where the school has such a room."""
    for need_id, rooms in _chosen(problem, plan).items():
        need = problem.need[need_id]
        if need_id in problem.suited and not any(need.likes in room.features for room in rooms):
            names = " en ".join(sorted(room.name for room in rooms))
            yield _broken("R08", where=need_id, why=f"{need.label} zit in {names}, zonder {need.likes}.")


def _pinned(problem: RoomProblem, plan: RoomPlan) -> Iterator[Violation]:
    """R05: every pinned use whose need and room still exist is in the plan."""
    there = {use.key for use in plan}
    for use, need, room in problem.known(problem.pinned):
        if use.key not in there:
            yield _broken("R05", where=need.id, why=f"{room.name} is vastgezet voor {need.label} en staat er niet.")


def validate_rooms(problem: RoomProblem, plan: RoomPlan) -> tuple[Violation, ...]:
    """Return every rule the plan breaks, hard ones first; `where` is a room need's id.

    Needs without a room break no rule: `room_gaps` lists them.
    """
    found = [v for check in (_unknown, _fits, _split, _clashes, _far, _liked, _pinned) for v in check(problem, plan)]
    return tuple(sorted(found, key=lambda v: (not v.hard, v.rule, v.where, v.why)))
