"""One event as its page and its prints show it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime

from planner.domain.access.rights import Right
from planner.domain.event import DatedStep, counted, dated_preparation, dated_runsheet, groups_for
from planner.domain.families.expected import Expected
from planner.domain.rooms.reasons import why_room
from planner.domain.runbook import Per, Runbook
from planner.domain.year import AMSTERDAM
from planner.services.guarding import allowed
from planner.services.lines import event_line, problem_of, say_decline
from planner.services.state import YearState, load_state
from planner.services.views import (
    DutyView,
    EventView,
    FamilyCount,
    FormView,
    GapView,
    RoomUseView,
    RowView,
    StepView,
)
from planner.services.workspace import Workspace
from planner.storage.events import StoredEvent
from planner.storage.steps import StepDone, load_done_steps


def counts_of(runbook: Runbook, expected: Expected) -> Mapping[Per, int]:
    """Return how many there are of everything a material can be counted per."""
    return {
        Per.EVENT: 1,
        Per.CLASS: sum(1 for persons in expected.per_class.values() if persons),
        Per.LANGUAGE: sum(1 for families in expected.per_language.values() if families),
        Per.SECTOR: len(runbook.sectors) or 1,
        Per.GROUP: groups_for(expected.persons, runbook.group_size),
        Per.ROOM: max(1, len(runbook.sectors)),
        Per.PERSON: expected.persons,
        Per.PARENT: expected.parents,
        Per.PUPIL: expected.pupils,
        Per.FAMILY: expected.families,
    }


def _people_by_row(state: YearState, event_id: str) -> Mapping[str, Mapping[str, str]]:
    """Return the names of who does each row, by row and person."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for _, need, person in state.duties_of(event_id):
        for row_id in need.rows:
            found[row_id][person.id] = person.name
    return found


def _rooms_by_place(state: YearState, event_id: str) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for _, need, room in state.room_problem.known(state.room_uses.get(event_id, ())):
        found[need.place_id].append(room.name)
    return found


def runsheet(state: YearState, event: StoredEvent, *, person_id: str = "") -> tuple[RowView, ...]:
    """Return the draaiboek of an event; the rows of `person_id` are marked."""
    runbook = state.runbook(event.planned.id)
    counts = counts_of(runbook, state.expected(event.planned.id))
    people, rooms = _people_by_row(state, event.planned.id), _rooms_by_place(state, event.planned.id)
    return tuple(
        RowView(
            id=dated.row.id,
            start=dated.start.astimezone(UTC),
            end=dated.end.astimezone(UTC) if dated.end else None,
            places=dated.places,
            rooms=tuple(dict.fromkeys(room for place in dated.row.places for room in rooms.get(place, ()))),
            what=dated.row.what,
            needs=dated.needs,
            responsible=dated.responsible,
            people=tuple(people.get(dated.row.id, {}).values()),
            proposed="proposed" in {dated.row.source, dated.row.responsible_source},
            mine=person_id in people.get(dated.row.id, {}),
        )
        for dated in dated_runsheet(runbook, event.planned, counts=counts)
    )


def _step(runbook: Runbook, dated: DatedStep, roles: Mapping[str, str], done: StepDone | None, today: date) -> StepView:
    step = dated.step
    return StepView(
        id=step.id,
        due=dated.deadline.due,
        moved_for=dated.deadline.moved_for,
        weeks_before=step.weeks_before,
        what=step.what,
        who=tuple(roles[role] for role in step.who),
        kind=step.kind,
        link=dict(runbook.links).get(step.link or "", ""),
        condition=step.condition or "",
        proposed=step.source == "proposed",
        done_at=done.at if done else None,
        done_by=done.by if done else "",
        overdue=done is None and dated.deadline.due < today,
    )


def preparation(workspace: Workspace, state: YearState, event: StoredEvent, *, today: date) -> tuple[StepView, ...]:
    """Return the stappenplan of an event with what is done."""
    runbook = state.runbook(event.planned.id)
    roles = {role.id: role.title for role in runbook.roles}
    done = load_done_steps(workspace.session)
    dated = dated_preparation(runbook, event.planned, calendar=state.calendar)
    return tuple(_step(runbook, each, roles, done.get((event.planned.id, each.step.id)), today) for each in dated)


def duties(state: YearState, event_id: str) -> tuple[DutyView, ...]:
    """Return who does what at an event."""
    return tuple(
        DutyView(
            person_id=person.id,
            person=person.name,
            role=need.title,
            scope=state.language_names.get(need.language or "", need.about),
            rows=need.rows,
            reason=duty.reason,
            start=need.start,
            end=need.end,
            pinned=duty.pinned,
        )
        for duty, need, person in state.duties_of(event_id)
    )


def gaps(state: YearState, event_id: str) -> tuple[GapView, ...]:
    """Return who is still missing at an event, and why."""
    found = []
    for gap in state.gaps[event_id]:
        need = state.need(gap.need_id)
        if need.class_id and need.language:
            continue  # the class rooms are in the matrix of the languages, one by one
        scope = state.language_names.get(gap.language or need.language or "", need.about)
        found.append(GapView(role=need.title, scope=scope, missing=gap.missing, why=gap.why, optional=need.optional))
    return tuple(found)


def declined(state: YearState, event_id: str) -> tuple[str, ...]:
    """Return who said no to something at an event, a sentence each."""
    return tuple(
        say_decline(person, decline, need=need.label(state.language_names))
        for need, person, decline in state.declines
        if need.event_id == event_id
    )


def rooms(state: YearState, event_id: str) -> tuple[RoomUseView, ...]:
    """Return the places of an event with their room, or why there is none."""
    uses, pinned = defaultdict(list), set()
    for use, need, room in state.room_problem.known(state.room_uses.get(event_id, ())):
        uses[need.id].append(room)
        pinned |= {need.id} if use.pinned else set()
    found = []
    for need in (need for need in state.room_problem.needs if need.event_id == event_id):
        mine = sorted(uses[need.id], key=lambda room: room.name)
        found.append(
            RoomUseView(
                place=need.name,
                scope=state.language_names.get(need.about, need.about),
                persons=need.persons,
                room=" + ".join(room.name for room in mine),
                capacity=sum(room.capacity for room in mine),
                features=tuple(sorted({feature for room in mine for feature in room.features} or need.features)),
                reason=why_room(state.room_problem, state.room_plan, need.id),
                need_id=need.id,
                pinned=need.id in pinned,
            )
        )
    return tuple(found)


def _families(state: YearState, expected: Expected) -> tuple[tuple[FamilyCount, ...], tuple[FamilyCount, ...]]:
    classes = {each.id: each.name for each in state.school.classes}
    per_class: defaultdict[str, int] = defaultdict(int)
    for (class_id, _), families in expected.class_language.items():
        per_class[class_id] += families
    languages = (
        FamilyCount(name=state.language_names.get(code, code), families=families)
        for code, families in expected.per_language.items()
        if families
    )
    return tuple(languages), tuple(
        FamilyCount(name=classes.get(class_id, class_id), families=count) for class_id, count in per_class.items()
    )


def _audience(runbook: Runbook) -> str:
    """Return in words who the activity is for."""
    parts = []
    for clause in runbook.audience:
        words = [f"fase {' en '.join(map(str, clause.phases))}"] if clause.phases else []
        if clause.started_within_months:
            words.append(f"gestart in de {clause.started_within_months} maanden ervoor")
        if clause.starts_within_weeks:
            words.append(f"of binnen {clause.starts_within_weeks} weken erna")
        if clause.leaves_within_months:
            words.append(f"gaat binnen {clause.leaves_within_months} maanden naar een andere school")
        parts.append(" ".join(words) or "iedereen")
    return "; of ".join(parts)


@allowed(Right.SEE_YEAR)
def event_view(workspace: Workspace, event_id: str, *, now: datetime, person_id: str = "") -> EventView:
    """Return everything about one event; NotFoundError when it is not in this year's plan."""
    state = load_state(workspace)
    event, runbook = state.event(event_id), state.runbook(event_id)
    expected = state.expected(event_id)
    per_language, per_class = _families(state, expected)
    counts = counts_of(runbook, expected)
    main = FormView(id="", title="Gewone vorm", what=runbook.goal, chosen=not event.form_id)
    forms = (FormView(id=f.id, title=f.title, what=f.what, chosen=f.id == event.form_id) for f in runbook.forms)
    return EventView(
        line=event_line(state, event),
        goal=runbook.goal,
        audience=_audience(runbook),
        school=state.school.name,
        runsheet=runsheet(state, event, person_id=person_id),
        preparation=preparation(workspace, state, event, today=now.astimezone(AMSTERDAM).date()),
        duties=duties(state, event_id),
        gaps=gaps(state, event_id),
        declined=declined(state, event_id),
        rooms=rooms(state, event_id),
        per_language=per_language,
        per_class=per_class,
        pupils=expected.pupils,
        persons=expected.persons,
        coming=expected.coming,
        cannot=expected.cannot,
        silent=expected.silent,
        children=expected.children,
        problems=tuple(problem_of(state, v) for v in state.violations if v.where in {event_id, runbook.id}),
        materials=tuple(counted(material, counts) for material in runbook.materials),
        outcomes=runbook.outcomes,
        aftercare=runbook.aftercare,
        lesson=f"{runbook.lesson.title}: {runbook.lesson.what}" if runbook.lesson else "",
        home=f"{runbook.home.title}: {runbook.home.what}" if runbook.home else "",
        forms=(main, *forms) if runbook.forms else (),
        goes_round=runbook.walk is not None,
        gathers=runbook.gathers,
        invitation_title=runbook.invitation.title,
        invitation_about=runbook.invitation.about,
    )
