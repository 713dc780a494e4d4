"""The floor plan: of the school, and of an evening part by part."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC

from planner.domain.access.rights import Right
from planner.domain.drawing.floorplan import FloorPlan, Scene, floor_plan
from planner.domain.drawing.floors import Paper
from planner.domain.rooms.plan import RoomNeed
from planner.domain.rooms.room import Room, plain_name
from planner.domain.rooms.whereabouts import Part, Whereabouts, own_places, parts_of, whereabouts
from planner.errors import NotFoundError
from planner.exports.drawing import as_html, as_svg
from planner.exports.floorplan import floor_drawing
from planner.services.guarding import allowed
from planner.services.rooms.planpictures import as_data, pictures
from planner.services.state import YearState, load_state
from planner.services.views import EventPlanView, PartLine, PlanDrawing, PlanLegend, PlanPage, RoomContent
from planner.services.workspace import Workspace

Address = Callable[[int], str]  # of the drawing under a floor
SCREEN = Paper(width=230, height=400, smallest=2.9, largest=4.6)
SHEET = Paper(width=267, height=128)  # A4 on its side, under a heading and above a legend
SMALL = Paper(width=180, height=92, smallest=3.2, largest=5.0)  # on somebody's own sheet, in letters of 9 points
LOW = Paper(width=180, height=74, smallest=3.2)  # the same under many lines
LARGE = Paper(width=180, height=122, smallest=3.2, largest=5.5)  # the same where few lines stand above it


def drawing(plan: FloorPlan, *, title: str, key: str = "plan") -> PlanDrawing:
    """Return a plan as it is shown, with its legend; `key` tells several plans on one page apart."""
    drawn = floor_drawing(plan, title=title, key=key)
    return PlanDrawing(
        svg=as_svg(drawn),
        paper=as_html(drawn),
        legend=tuple(
            PlanLegend(written=line.written, name=line.name, details=line.details, is_drawn=line.is_drawn)
            for line in plan.legend
        ),
    )


@allowed(Right.SEE_YEAR)
def school_plan(workspace: Workspace, *, address: Address) -> PlanDrawing:
    """Return the building with how many people fit in each room."""
    state = load_state(workspace)
    plan = floor_plan(
        Scene(
            rooms=state.rooms,
            notes={room.id: (f"{room.capacity} plaatsen",) for room in state.rooms},
            entrance=state.entrance,
            pictures=pictures(workspace, address),
        ),
        SCREEN,
    )
    names = ", ".join(room.name for room in state.rooms)
    return drawing(plan, title=f"Plattegrond van de school: {names}")


def parts(state: YearState, event_id: str, only: Collection[str] | None = None) -> tuple[Part, ...]:
    """Return the parts of an evening, or of `only` these rows of it; a round of conversations has none."""
    event = state.event(event_id)
    rows = (row for row in state.runbook(event_id).rows if only is None or row.id in only)
    return parts_of(rows, event.planned)


def where(state: YearState, event_id: str) -> Whereabouts:
    """Return the rooms of an event."""
    return whereabouts(state.room_problem, state.room_uses.get(event_id, ()), event_id)


def part_line(state: YearState, event_id: str, part: Part) -> PartLine:
    """Return a part as a line to choose from."""
    names = {place.id: place.name for place in state.runbook(event_id).places}
    return PartLine(
        id=part.id,
        start=part.start.astimezone(UTC),
        end=part.end.astimezone(UTC) if part.end else None,
        places=tuple(names[place] for place in part.place_ids),
        what=part.what,
    )


def said(state: YearState, need: RoomNeed) -> str:
    """Return what a room is for in few words: the class, the language, the sector, or the place itself."""
    return state.language_names.get(need.about, need.about) or need.name


def notes(state: YearState, pairs: Sequence[tuple[RoomNeed, Room]]) -> Mapping[str, tuple[str, ...]]:
    """Return by room id what is in it: words, each once, and none that only say the room's name again."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for need, room in pairs:
        words = said(state, need)
        found[room.id] |= {words: None} if plain_name(words) != plain_name(room.name) else {}
    return {room_id: tuple(words) for room_id, words in found.items()}


def contents(state: YearState, event_id: str, part: Part) -> tuple[RoomContent, ...]:
    """Return what is in each room at a part of an evening, floor by floor."""
    everywhere = where(state, event_id)
    people: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, task, person in state.duties_of(event_id):
        for _, room in everywhere.at(own_places(task, part), task.scope):
            people[room.id][person.name] = None
    pairs = everywhere.at(part.place_ids)
    words, rooms = notes(state, pairs), {room.id: room for _, room in pairs}
    persons: defaultdict[str, int] = defaultdict(int)
    for need, room in pairs:
        persons[room.id] = max(persons[room.id], need.persons)
    return tuple(
        RoomContent(
            room_id=room.id,
            room=room.name,
            floor=room.floor,
            what=words[room.id],
            persons=persons[room.id],
            people=tuple(people[room.id]),
        )
        for room in sorted(rooms.values(), key=lambda each: (each.floor, each.name, each.id))
    )


def _scene(workspace: Workspace, state: YearState, found: Mapping[str, tuple[str, ...]], address: Address) -> Scene:
    return Scene(rooms=state.rooms, notes=found, entrance=state.entrance, pictures=pictures(workspace, address))


def _page(workspace: Workspace, event_id: str, part: Part, paper: Paper, address: Address) -> PlanPage:
    state = load_state(workspace)
    rooms = contents(state, event_id, part)
    found = {each.room_id: (*each.what, f"{each.persons} mensen") for each in rooms}
    told = "; ".join(f"{each.room}: {', '.join(each.what)}" for each in rooms) or "er is nog geen ruimte"
    plan = floor_plan(_scene(workspace, state, found, address), paper)
    title = f"Plattegrond om {part.start:%H:%M}. {told}"
    return PlanPage(
        part=part_line(state, event_id, part), drawing=drawing(plan, title=title, key=f"om-{part.id}"), rooms=rooms
    )


@allowed(Right.SEE_YEAR)
def event_plan(workspace: Workspace, event_id: str, part_id: str, *, address: Address) -> EventPlanView:
    """Return an evening on the plan at one part, the first one that has rooms when none is asked for.

    NotFoundError for an unknown event or part.
    """
    state = load_state(workspace)
    known = {part.id: part for part in parts(state, event_id)}
    if part_id and part_id not in known:
        raise NotFoundError("Dit deel van de avond is er niet. Kies een deel uit de lijst.")
    rooms = where(state, event_id)
    chosen = known.get(part_id) or next((part for part in known.values() if rooms.at(part.place_ids)), None)
    return EventPlanView(
        id=event_id,
        title=state.event(event_id).occurrence.title,
        parts=tuple(part_line(state, event_id, part) for part in known.values()),
        page=_page(workspace, event_id, chosen, SCREEN, address) if chosen else None,
    )


@allowed(Right.SEE_YEAR)
def sheets(workspace: Workspace, event_id: str) -> tuple[PlanPage, ...]:
    """Return the plans to print: one for each time that something moves to another room."""
    state = load_state(workspace)
    rooms, found, before = where(state, event_id), [], None
    for part in parts(state, event_id):
        now = notes(state, rooms.at(part.place_ids))
        if now and now != before:
            found.append(_page(workspace, event_id, part, SHEET, as_data(workspace)))
            before = now
    return tuple(found)


def walk(
    workspace: Workspace,
    stops: Sequence[str],
    found: Mapping[str, tuple[str, ...]],
    *,
    key: str,
    paper: Paper = SMALL,
) -> PlanDrawing:
    """Return a plan with the way from the entrance past rooms, by id, in this order; of the floors on the way alone."""
    state = load_state(workspace)
    floors = {room.floor for room in state.rooms if room.id in stops}
    floors |= {state.entrance.floor} if state.entrance else set()
    scene = Scene(
        rooms=tuple(room for room in state.rooms if room.floor in floors or not stops),
        notes=found,
        entrance=state.entrance,
        route=tuple(stops),
        from_entrance=True,
        pictures=pictures(workspace, as_data(workspace)),
    )
    names = {room.id: room.name for room in state.rooms}
    title = "De weg: " + ", dan ".join(names[stop] for stop in stops)
    return drawing(floor_plan(scene, paper), title=title, key=key)
