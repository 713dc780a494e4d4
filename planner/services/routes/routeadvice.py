"""What each advised change would bring before it is made, and what the school decided so far."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from planner.domain.evenings import root_of
from planner.domain.rooms.plan import lacking
from planner.domain.rooms.room import Room
from planner.domain.routes.brief import WITH_STOPS, RouteBrief
from planner.domain.routes.count import Repair, RepairKind
from planner.domain.routes.rounds import RoundsProblem, Stop
from planner.domain.routes.setup import RouteSetup, repaired
from planner.domain.saying import say_list
from planner.domain.schoolrules import say_day
from planner.domain.year import AMSTERDAM, local
from planner.services.routes.routeplan import RoutePlan
from planner.services.state import YearState
from planner.services.views.routes import RepairView, SettledView
from planner.services.year.severalevenings import evenings_of

SCHOOLS = frozenset({"mbo", "vo"})  # not a sector of work
PINNED = "Er staat iets vast. Kies eerst: maak alles los."
EVENINGS, SECTORS = "evenings", "sectors"  # decisions that are kept with the activity, not with its rounds


def _what_if(plan: RoutePlan, repair: Repair) -> tuple[RouteBrief, RoundsProblem]:
    """Return the evening as it would be with a change taken over."""
    brief = replace(plan.brief, setup=repaired(plan.brief.setup, repair))
    return brief, brief.problem(brief.groups() if repair.kind is RepairKind.FULLER else plan.groups)


def _new_stops(plan: RoutePlan, problem: RoundsProblem) -> list[Stop]:
    return [stop for stop in problem.stops if stop.id not in plan.problem.stop]


def _roomless(plan: RoutePlan, problem: RoundsProblem) -> list[Stop]:
    """Return the stops for which no room is left: new ones, and those whose room would go to another."""
    known = plan.problem.stop
    return [stop for stop in problem.stops if not stop.room and (stop.id not in known or known[stop.id].room)]


def _fuller(state: YearState, plan: RoutePlan, repair: Repair) -> Iterator[str]:
    del state
    _, problem = _what_if(plan, repair)
    most = max(group.persons for group in problem.walkers)
    yield f"De grootste groep heeft dan {most} mensen. Elke groep heeft een begeleider nodig."
    yield from _regrouped(plan)


def _regrouped(plan: RoutePlan) -> Iterator[str]:
    """Yield what making other groups means for a plan there is."""
    if plan.stored.is_planned and plan.groups:
        yield PINNED if is_pinned(plan) else "De groepen worden meteen opnieuw gemaakt. Kies daarna Herstel."


def _share(state: YearState, plan: RoutePlan, repair: Repair) -> Iterator[str]:
    del state
    rooms = [stop.room for stop in _what_if(plan, repair)[1].stops if stop.groups > 1 and stop.room]
    yield f"{say_list([f'{room.name} ({room.capacity} plaatsen)' for room in rooms])}. Er zijn geen mensen meer nodig."


def _rooms(state: YearState, plan: RoutePlan, repair: Repair) -> Iterator[str]:
    del state
    brief, problem = _what_if(plan, repair)
    new = _new_stops(plan, problem)
    placed = [f"{stop.name} in {stop.room.name}" for stop in new if stop.room]
    if placed:
        yield f"Vrij op deze avond: {say_list(placed)}."
    without = [stop.name for stop in _roomless(plan, problem)]
    if without:
        yield f"Geen lokaal vrij voor {say_list(without)}. Zoek eerst een lokaal, bij Ruimtes."
    yield from _hosts(brief, problem)


def _hosts(brief: RouteBrief, problem: RoundsProblem) -> Iterator[str]:
    alone = [stop.name for stop in problem.stops if not brief.hosts(stop)]
    if alone:
        yield f"Nog nodig: iemand die ontvangt bij {say_list(alone)}."
    else:
        yield "Er zijn genoeg mensen: wie bij een sector hoort, verdeelt zich over de lokalen."


def _late(state: YearState, plan: RoutePlan, problem: RoundsProblem) -> str:
    """Return until when it goes on, and whether the invitation says so; empty when it does."""
    end = max(each.end for each in problem.rounds).astimezone(AMSTERDAM)
    said = state.runbook(plan.event.planned.id).invitation.end
    if said is None or end <= local(plan.brief.start.date(), said):
        return ""
    return f"De laatste ronde is om {end:%H:%M} klaar. Op de uitnodiging staat {said:%H:%M}: vertel dit op tijd."


def _rounds(state: YearState, plan: RoutePlan, repair: Repair) -> Iterator[str]:
    late = _late(state, plan, _what_if(plan, repair)[1])
    yield f"{late} Ook wie helpt, blijft langer." if late else "Dat past voor het einde op de uitnodiging."


def _shorter(state: YearState, plan: RoutePlan, repair: Repair) -> Iterator[str]:
    del state
    rounds = _what_if(plan, repair)[1].rounds
    end = max(each.end for each in rounds).astimezone(AMSTERDAM)
    yield f"Lokalen en mensen blijven gelijk. Om {end:%H:%M} is het klaar."


def _fewer(state: YearState, plan: RoutePlan, repair: Repair) -> Iterator[str]:
    del state
    free = len(plan.problem.rounds) - repair.amount
    where = "in de hal" if plan.groups else "vrij"
    yield f"Dan {'is' if free == 1 else 'zijn'} er {free} van de {len(plan.problem.rounds)} rondes {where}."


def free_rooms(plan: RoutePlan) -> tuple[Room, ...]:
    """Return the rooms that could hold one sector more."""
    need = next((need for need in plan.brief.room_needs if need.about), None)
    return tuple(
        room
        for room in plan.brief.free_rooms
        if need and room.capacity >= min(need.persons, plan.brief.size) and not lacking(room, need)
    )


def _topics(state: YearState, plan: RoutePlan, repair: Repair) -> Iterator[str]:
    if plan.brief.shape not in WITH_STOPS:
        yield "Vraag mensen bij ‘Wie doet wat’. Daarna telt Schakelplan opnieuw."
        return
    room = f"Er {'is nog 1 lokaal' if (n := len(free_rooms(plan))) == 1 else f'zijn nog {n} lokalen'} vrij."
    more = "Zoek er eerst lokalen bij." if n < repair.amount else "Schakelplan zoekt het lokaal en wie er ontvangt."
    yield f"{room} {more}"
    if n >= repair.amount and (ready := _ready(state, plan)):
        yield f"Iemand voor {say_list(list(ready))} is er al."


def _ready(state: YearState, plan: RoutePlan) -> tuple[str, ...]:
    """Return sectors that somebody can tell about and that are not shown yet."""
    shown = " ".join(need.about for need in plan.brief.room_needs).casefold()
    known = dict.fromkeys(person.sector for person in state.people if person.sector)
    return tuple(sector.capitalize() for sector in known if sector not in shown and sector not in SCHOOLS)


def _evenings(state: YearState, plan: RoutePlan, repair: Repair) -> Iterator[str]:
    del state
    parts = plan.brief.divisions[repair.amount - 2]
    families = [sum(bool(party.child_ids & part) for party in plan.brief.coming) for part in parts]
    first = say_day(plan.event.planned.span.first)
    yield f"Op de avonden komen {say_list([*map(str, families)])} gezinnen. Wie een taal deelt, komt samen."
    yield f"De eerste avond blijft op {first}. Voor de andere zoekt Schakelplan de beste dag dichtbij."
    yield "Wie op de andere avond komt, krijgt een nieuwe uitnodiging. De oude QR-code wijst ook naar de goede dag."
    yield from _regrouped(plan)


_FOLLOWS: Mapping[RepairKind, Callable[[YearState, RoutePlan, Repair], Iterator[str]]] = {
    RepairKind.FULLER: _fuller,
    RepairKind.SHARE: _share,
    RepairKind.ROOMS: _rooms,
    RepairKind.ROUNDS: _rounds,
    RepairKind.SHORTER: _shorter,
    RepairKind.FEWER: _fewer,
    RepairKind.TOPICS: _topics,
    RepairKind.EVENINGS: _evenings,
}


def is_pinned(plan: RoutePlan) -> bool:
    """Return whether a visit or somebody who walks along is fixed to a group as it is."""
    return any(each.pinned for each in plan.visits) or any(each.pinned for each in plan.companions)


def can_take_over(plan: RoutePlan, repair: Repair) -> bool:
    """Return whether one tap makes the change: not when rooms or people have to be found first."""
    if repair.kind in {RepairKind.FULLER, RepairKind.EVENINGS}:
        return not (plan.groups and is_pinned(plan))
    if repair.kind is RepairKind.ROOMS:
        return not _roomless(plan, _what_if(plan, repair)[1])
    if repair.kind is RepairKind.TOPICS:
        return plan.brief.shape in WITH_STOPS and len(free_rooms(plan)) >= repair.amount
    return True


def advice(state: YearState, plan: RoutePlan) -> tuple[RepairView, ...]:
    """Return the smallest changes, each with what follows from it; those that one tap makes first."""
    found = [
        RepairView(
            kind=each.kind,
            what=each.what,
            follows=tuple(_FOLLOWS[each.kind](state, plan, each)),
            can_take_over=can_take_over(plan, each),
            names=_names(state, plan, each),
            then=each.then,
        )
        for each in plan.repairs
    ]
    return tuple(sorted(found, key=lambda each: not each.can_take_over))


def _names(state: YearState, plan: RoutePlan, repair: Repair) -> tuple[str, ...]:
    """Return a name to begin with for each sector more; none for another change."""
    if repair.kind is not RepairKind.TOPICS or not can_take_over(plan, repair):
        return ()
    return (*_ready(state, plan), *[""] * repair.amount)[: repair.amount]


# ---- what was decided ----


def _say(state: YearState, plan: RoutePlan, setup: RouteSetup) -> Iterator[tuple[str, str]]:
    leeway = plan.leeway
    if setup.most_groups:
        yield "most_groups", f"Hooguit {setup.most_groups} {leeway.walker_names}."
    if setup.shared:
        yield "shared", f"Twee groepen tegelijk bij {say_list(list(setup.shared))}."
    if setup.extra:
        yield "extra", f"Een lokaal meer voor {say_list(list(setup.extra))}."
    if setup.rounds:
        late = _late(state, plan, plan.problem)
        yield "rounds", " ".join(part for part in (f"{setup.rounds} rondes.", late) if part)
    if setup.session_minutes:
        yield "session_minutes", f"Elk bezoek duurt {setup.session_minutes} minuten."
    if setup.wanted:
        verb = "heeft" if leeway.at_tables else "ziet"
        names = leeway.topic_name if setup.wanted == 1 else leeway.topic_names
        yield "wanted", f"Elke {leeway.walker_name} {verb} {setup.wanted} {names}."


def settled(state: YearState, plan: RoutePlan) -> tuple[SettledView, ...]:
    """Return what the school decided that the runbook does not say; each can be taken back on its own."""
    event_id = plan.event.planned.id
    found = [SettledView(kind=kind, what=what) for kind, what in _say(state, plan, plan.brief.setup)]
    if sectors := state.school.more_sectors.get(root_of(event_id)):
        found.append(SettledView(kind=SECTORS, what=f"Sectoren erbij: {say_list(list(sectors))}."))
    evenings = evenings_of(state, event_id)
    if len(evenings) > 1:
        days = say_list([say_day(each.planned.span.first) for each in evenings])
        others = tuple((e.planned.id, e.occurrence.title) for e in evenings if e.planned.id != event_id)
        found.append(SettledView(kind=EVENINGS, what=f"Verdeeld over {len(evenings)} avonden: {days}.", others=others))
    return tuple(found)
