"""Who does what at one event, with the language coverage matrix, as its page shows it."""

from collections import defaultdict

from planner.domain.access.rights import Right
from planner.domain.staffing.coverage import Cell, coverage
from planner.domain.staffing.gaps import nobody_at_all
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person
from planner.domain.staffing.plan import Duty, StaffEvent, bookings_of, lanes_of
from planner.domain.staffing.refusals import refusals
from planner.domain.staffing.why import ONLY_PHONE, who_could, why_here
from planner.services.guarding import allowed
from planner.services.lines import event_line
from planner.services.routes.routemissing import people_missing
from planner.services.routes.routeplan import plan_of, walk_of_event
from planner.services.state import YearState, load_state
from planner.services.views import BoardView, CellView, MatrixRow, NameView, NeedView, PartView, PostView
from planner.services.workspace import Workspace

TOGETHER = "Samen"
MOST_OPTIONS = 12  # names in one list to choose from


def name_view(person: Person) -> NameView:
    """Return somebody's name as pages show it."""
    return NameView(id=person.id, name=person.name, channel=person.channel or "")


def event_of(state: YearState, event_id: str) -> StaffEvent:
    """Return an event of the staffing problem; NotFoundError when it is not in this year's plan."""
    state.event(event_id)
    return next(event for event in state.staff_problem.events if event.id == event_id)


def _class_names(state: YearState) -> dict[str | None, str]:
    return {None: TOGETHER, **{each.id: each.name for each in state.school.classes}}


def _cell(state: YearState, cell: Cell) -> CellView:
    people = state.staff_problem.person
    return CellView(
        families=cell.families, people=tuple(name_view(people[each]) for each in cell.people), help=cell.help
    )


def matrix(state: YearState, event: StaffEvent) -> tuple[tuple[PartView, ...], tuple[MatrixRow, ...]]:
    """Return the parts and the rows of the coverage matrix of an event."""
    names = _class_names(state)
    order = {each.id: at for at, each in enumerate(state.school.classes)}
    cells = coverage(state.staff_problem, state.staff_plan, event)
    keys = sorted(
        {(cell.start, cell.end, cell.class_id) for cell in cells},
        key=lambda key: (key[0], key[1], order.get(key[2] or "", -1), key[2] or ""),
    )
    parts = tuple(PartView(place=names.get(key[2], key[2] or ""), start=key[0], end=key[1]) for key in keys)
    by_language: defaultdict[str, dict[object, Cell]] = defaultdict(dict)
    for cell in cells:
        by_language[cell.language][cell.start, cell.end, cell.class_id] = cell
    rows = tuple(
        MatrixRow(
            language=state.language_names.get(code, code),
            families=event.expected.per_language.get(code, 0),
            cells=tuple(_cell(state, mine[key]) if key in mine else None for key in keys),
        )
        for code, mine in by_language.items()
    )
    return parts, rows


def _need_view(state: YearState, need: Need, duties: list[Duty], booked: dict[str, list[Need]]) -> NeedView:
    problem, plan = state.staff_problem, state.staff_plan
    gaps = [gap for gap in state.gaps[need.event_id] if gap.need_id == need.id]
    missing = sum(gap.missing for gap in gaps)
    options: tuple[NameView, ...] = ()
    if missing and not need.spread:
        free = (
            person
            for person in problem.people
            if not any(refusals(person, need, booked.get(person.id, ()), problem.names))
        )
        options = tuple(name_view(person) for person in free)[:MOST_OPTIONS]
    helps = {who_could(problem, plan, lane) for lane in lanes_of(need)} if missing and need.language else set()
    return NeedView(
        id=need.id,
        role=need.title,
        scope=", ".join(filter(None, (state.language_names.get(need.language or "", ""), need.about))),
        start=need.start,
        end=need.end,
        posts=tuple(
            PostView(
                person=name_view(problem.person[duty.person_id]),
                why=why_here(problem, plan, duty),
                pinned=duty.pinned,
            )
            for duty in duties
        ),
        missing=missing,
        why=" ".join([*(gap.why for gap in gaps), *(helps - {ONLY_PHONE})]),
        options=options,
        optional=need.optional,
        is_round=need.spread,
    )


def _missing_in_groups(workspace: Workspace, state: YearState, event_id: str) -> tuple[str, ...]:
    """Return who the groups of an event miss; one person for a language is too few when it has three groups."""
    if walk_of_event(state, event_id) is None:
        return ()
    return people_missing(state, plan_of(workspace, state, event_id))


def _board(workspace: Workspace, state: YearState, event_id: str) -> BoardView:
    event, problem = event_of(state, event_id), state.staff_problem
    duties: defaultdict[str, list[Duty]] = defaultdict(list)
    for duty, need, _ in state.duties_of(event_id):
        duties[need.id].append(duty)
    booked = dict(bookings_of(problem, state.staff_plan))
    views = {need.id: _need_view(state, need, duties[need.id], booked) for need in event.needs}
    posts = [need.id for need in event.needs if need.class_id and need.language]
    shown = [view for need_id, view in views.items() if need_id not in posts and (view.posts or view.missing)]
    parts, rows = matrix(state, event)
    return BoardView(
        line=event_line(state, state.event(event_id)),
        parts=parts,
        matrix=rows,
        needs=tuple(sorted(shown, key=lambda view: (view.optional, not view.missing))),
        posts=tuple(views[need_id] for need_id in posts if views[need_id].posts),
        choices=tuple((need.id, need.label(state.language_names)) for need in event.needs if not need.spread),
        people=tuple(name_view(person) for person in sorted(problem.people, key=lambda each: (each.name, each.id))),
        in_groups=_missing_in_groups(workspace, state, event_id),
        nobody=nobody_at_all(problem, state.staff_plan, event),
        broken=tuple(
            violation.why
            for violation in state.staff_violations
            if violation.hard and violation.where.startswith(f"{event_id}:")
        ),
    )


@allowed(Right.SEE_YEAR)
def board(workspace: Workspace, event_id: str) -> BoardView:
    """Return the division of people of an event; NotFoundError when it is not in this year's plan."""
    state = load_state(workspace)
    return state.once(f"board {event_id}", lambda: _board(workspace, state, event_id))
