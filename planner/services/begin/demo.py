"""The demo school: a believable ISK, made from data files, with its year planned and published."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select

from planner.domain.access.rights import Role
from planner.domain.calendar import SchoolCalendar
from planner.domain.event import dated_preparation
from planner.domain.year import AMSTERDAM, local
from planner.errors import ConflictError
from planner.imports import feasts
from planner.imports.demo import DemoSchool, build_demo
from planner.imports.holidays import memorial_days, school_periods, year_bounds
from planner.services.begin import demotalks
from planner.services.progress import Progress, nobody
from planner.services.state import load_state
from planner.services.workspace import Workspace
from planner.services.year import planning, publishing
from planner.storage.building import save_entrance
from planner.storage.db import writing
from planner.storage.events import clear_events, load_plan
from planner.storage.models import (
    AccountRow,
    FeedEntryRow,
    FeedRow,
    HelperLinkRow,
    PublicationRow,
    RuleOverrideRow,
    TalkWishRow,
)
from planner.storage.records import has_school as school_is_stored
from planner.storage.records import load_facts
from planner.storage.schools import SchoolSettings, save_school
from planner.storage.steps import StepDone, mark_step

AUGUST = 8
SIZE, REGION = 120, "Midden"  # of the demo school, unless told otherwise
JUST_PAST = timedelta(days=5)  # younger than this a task of the demo school is still to be done
NOON = time(12)


def has_school(workspace: Workspace) -> bool:
    """Return whether a school is set up; a demo school only counts when its year was planned."""
    session = workspace.session
    return school_is_stored(session) and (not load_facts(session).is_demo or bool(load_plan(session)))


def label_of(now: datetime) -> str:
    """Return the school year of a moment: "2026-2027" from August 2026 on."""
    day = now.astimezone(AMSTERDAM).date()
    first = day.year if day.month >= AUGUST else day.year - 1
    return f"{first}-{first + 1}"


def _calendar(made: DemoSchool, *, region: str, label: str) -> SchoolCalendar:
    first, last = year_bounds(region, label)
    periods = (*school_periods(region, label), *memorial_days(label), *feasts.feast_periods(made.feasts, label))
    return SchoolCalendar(
        label=label, first_day=first, last_day=last, periods=(*periods, *made.periods), open_days=made.open_days
    )


def _store(workspace: Workspace, made: DemoSchool, calendar: SchoolCalendar, *, region: str) -> None:
    session = workspace.session
    coordinator = next(person for person in made.people if person.id == made.coordinator)
    with writing(session):
        clear_events(session)
        for table in (FeedEntryRow, FeedRow, PublicationRow, AccountRow, RuleOverrideRow, TalkWishRow, HelperLinkRow):
            session.execute(delete(table))
        settings = SchoolSettings(region=region, is_demo=True, feasts=made.feasts, own_periods=made.periods)
        save_school(session, made.school, calendar, people=made.people, rooms=made.rooms, settings=settings)
        save_entrance(session, made.entrance)
        session.add(AccountRow(name=coordinator.name, role=Role.COORDINATOR, person_id=coordinator.id))


def _tick_the_past(workspace: Workspace, *, by: str, now: datetime) -> None:
    """Mark what was due some time ago as done, as in a school that has been at work since the summer."""
    state, session = load_state(workspace), workspace.session
    before = (now - JUST_PAST).astimezone(AMSTERDAM).date()
    with writing(session):
        for event in state.events:
            runbook = state.runbook(event.planned.id)
            for dated in dated_preparation(runbook, event.planned, calendar=state.calendar):
                if dated.deadline.due <= before:
                    done = StepDone(at=local(dated.deadline.due, NOON).astimezone(UTC), by=by)
                    mark_step(session, event.planned.id, dated.step.id, done=done)


def make(workspace: Workspace, *, size: int, seed: int, region: str, label: str | None, now: datetime) -> Iterator[str]:
    """Make or replace the demo school, plan its year and publish it; yields a line for each step.

    Never replaces a school of its own: ConflictError. InputError for an odd size, region or year.
    """
    if has_school(workspace) and not load_facts(workspace.session).is_demo:
        raise ConflictError(
            "In deze database staat een echte school; de voorbeeldschool komt daar niet overheen. "
            "Kies een andere database met DATABASE_URL."
        )
    year = label or label_of(now)
    made = lay(workspace, size=size, seed=seed, region=region, label=year)
    counts = f"{len(made.school.pupils)} leerlingen, {len(made.people)} mensen, {len(made.rooms)} ruimtes"
    yield f"{made.school.name}: {counts}."
    yield f"Het schooljaar {year} plannen ({region}) …"
    count = plan(workspace, now=now)
    yield f"{count} activiteiten gepland en gepubliceerd."


def lay(workspace: Workspace, *, size: int = SIZE, seed: int = 1, region: str = REGION, label: str) -> DemoSchool:
    """Store the demo school without a plan, in place of what was there, and return it."""
    made = build_demo(size=size, seed=seed, region=region, label=label)
    _store(workspace, made, _calendar(made, region=region, label=label), region=region)
    return made


def plan(workspace: Workspace, *, now: datetime, progress: Progress = nobody) -> int:
    """Plan and publish the demo school's year, with its past done; return how many activities there are."""
    planning.propose(workspace, now=now, progress=progress)
    coordinator = workspace.session.scalar(select(AccountRow.name).order_by(AccountRow.id)) or ""
    _tick_the_past(workspace, by=coordinator, now=now)
    count = publishing.publish(workspace, by="Schakelplan", now=now)
    demotalks.make(workspace, by=coordinator, now=now)
    return count


def run_plan(workspace: Workspace, _: Mapping[str, Any], progress: Progress, now: datetime) -> None:
    """Do the task `demo.plan`."""
    plan(workspace, now=now, progress=progress)
