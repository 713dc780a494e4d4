"""The steps of the wizard: what each of them asks, and the school that comes of the answers.

What was typed is kept as it was typed, outside the database; it is read again at the end, when the whole school is
written as one change.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from planner.domain.access.mailaddress import mail_address
from planner.domain.access.rights import NOBODY, Right
from planner.domain.calendar import SchoolCalendar
from planner.domain.rooms.room import FEATURES, Room
from planner.domain.runbook import Kind
from planner.domain.school import School, SchoolClass
from planner.domain.schoolrules import WEEKDAYS
from planner.domain.staffing.people import Person, PersonKind
from planner.errors import InputError
from planner.imports import feasts
from planner.imports.holidays import REGIONS, available_years, year_bounds
from planner.imports.matching import slug
from planner.services import tasks
from planner.services.begin import demo, firstrun
from planner.services.begin.firstrooms import read_rooms
from planner.services.guarding import allowed
from planner.services.signin import accounts, sessions
from planner.services.state import load_state
from planner.services.views import BeginView, ReadyView
from planner.services.workspace import Workspace
from planner.services.year.schoolsettings import SCHOOL_WEEK, evenings_in, name_in, official_days
from planner.storage.db import writing
from planner.storage.models import AccountRow
from planner.storage.schools import SchoolSettings, save_school

SCHOOL, EVENINGS, ROOMS, CLASSES, COORDINATOR = "school", "avonden", "ruimtes", "klassen", "coordinator"
STEPS = (SCHOOL, EVENINGS, ROOMS, CLASSES, COORDINATOR)
TITLES = {
    SCHOOL: "Uw school",
    EVENINGS: "Avonden en feesten",
    ROOMS: "Ruimtes",
    CLASSES: "Klassen",
    COORDINATOR: "De LOB-coördinator",
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    SCHOOL: ("name", "region", "label", "market_last_year"),
    EVENINGS: (*(f"evening_{day}" for day in range(SCHOOL_WEEK)), "feast"),
    ROOMS: ("rooms",),
    CLASSES: ("phase_1", "phase_2"),
    COORDINATOR: ("name", "email"),
}
DEFAULT_EVENINGS = {f"evening_{day}": "15:30" for day in range(4)}
COORDINATOR_ROLE = "lob-coordinator"
YEARS_OFFERED = 3
MOST_CLASSES = 60
LONGEST_CLASS = 20

Form = Mapping[str, str]
Typed = Mapping[str, Mapping[str, str]]  # by step; several feasts are one text with commas


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """What came of the wizard: the token of the coordinator's session, and the task that plans the year.

    `password` is the secret of the link that sets a password; empty for the demo school.
    """

    session: str
    task_id: str
    password: str = ""


def view(step: str, typed: Form, *, now: datetime) -> BeginView:
    """Return a step as its page shows it; an empty `typed` gives what most schools choose."""
    shown = dict.fromkeys(FIELDS[step], "") | dict(typed or _proposed(step, now))
    this = demo.label_of(now)
    on = _feasts(shown)
    return BeginView(
        step=step,
        at=STEPS.index(step),
        steps=tuple((each, TITLES[each]) for each in STEPS),
        typed=shown,
        regions=REGIONS,
        years=tuple(year.label for year in available_years() if year.label >= this)[:YEARS_OFFERED],
        evenings=tuple(
            (f"evening_{day}", WEEKDAYS[day], shown.get(f"evening_{day}", "")) for day in range(SCHOOL_WEEK)
        ),
        feasts=tuple((each, name, each in on) for each, name in feasts.available().items()),
        features=tuple(FEATURES),
    )


def _proposed(step: str, now: datetime) -> Form:
    if step == SCHOOL:
        return {"region": "Midden", "label": demo.label_of(now)}
    return DEFAULT_EVENINGS if step == EVENINGS else {}


def check(workspace: Workspace, step: str, form: Form) -> None:
    """Refuse what is odd in one step; InputError says which field."""
    _READERS[step](workspace, form)


def found(workspace: Workspace, typed: Typed, *, now: datetime) -> Founded:
    """Make the school, its first coordinator and their session as one change, and have the year planned.

    InputError names the first step that is odd or missing; ConflictError when somebody else was earlier.
    """
    given = {step: typed.get(step, {}) for step in STEPS}
    for step in STEPS:
        check(workspace, step, given[step])
    school, calendar, settings = _school(workspace, given)
    name, email = _coordinator(workspace, given[COORDINATOR])
    person = Person(id=slug(name), name=name, kind=PersonKind.STAFF, roles=frozenset({COORDINATOR_ROLE}))
    session = workspace.session
    with writing(session):
        firstrun.still_open(workspace)
        rooms = _rooms(workspace, given[ROOMS])
        save_school(session, school, calendar, people=(person,), rooms=rooms, settings=settings)
        token, password = accounts.first_coordinator(workspace, name=name, email=email, person_id=person.id, now=now)
        return replace(_planned(workspace, token, "year.propose", now=now), password=password)


def found_demo(workspace: Workspace, *, now: datetime) -> Founded:
    """Make the demo school and a session of its coordinator as one change, and have its year planned.

    ConflictError when somebody else was earlier.
    """
    session = workspace.session
    with writing(session):
        firstrun.still_open(workspace)
        demo.lay(workspace, label=demo.label_of(now))
        account_id = session.scalars(select(AccountRow.id)).one()
        token = accounts.open_session(workspace, account_id, way=sessions.BY_DEMO, now=now)
        return _planned(workspace, token, "demo.plan", now=now)


def _planned(workspace: Workspace, token: str, kind: str, *, now: datetime) -> Founded:
    """Have the year planned in the name of the new coordinator."""
    owner = accounts.visitor_of(workspace, token, now=now) or NOBODY
    task_id = tasks.queue(replace(workspace, actor=owner), kind=kind, arguments={}, now=now)
    return Founded(session=token, task_id=task_id)


@allowed(Right.PLAN)
def ready(workspace: Workspace, task_id: str) -> ReadyView:
    """Return how far the plan of a new school is; NotFoundError when there is no such task."""
    state = load_state(workspace)
    return ReadyView(
        task=tasks.task_view(workspace, task_id),
        is_demo=state.facts.is_demo,
        has_pupils=bool(state.school.pupils),
    )


def _school(workspace: Workspace, given: Typed) -> tuple[School, SchoolCalendar, SchoolSettings]:
    form = given[SCHOOL]
    region, label, chosen = form["region"], form["label"].strip(), _feasts(given[EVENINGS])
    first, last = year_bounds(region, label)
    school = School(
        name=name_in(form, "name", "de school"),
        classes=_classes(workspace, given[CLASSES]),
        pupils=(),
        households=(),
        evenings=evenings_in(given[EVENINGS]),
        market_last_year=bool(form.get("market_last_year")),
    )
    calendar = SchoolCalendar(
        label=label, first_day=first, last_day=last, periods=official_days(region, label, chosen), open_days=()
    )
    return school, calendar, SchoolSettings(region=region, feasts=chosen)


def _the_school(_: Workspace, form: Form) -> None:
    name_in(form, "name", "de school")
    year_bounds(form.get("region", ""), form.get("label", "").strip())


def _feasts(form: Form) -> tuple[str, ...]:
    known = form.get("feast", "").split(",")
    return tuple(each for each in feasts.available() if each in known)


def _evenings(workspace: Workspace, form: Form) -> None:
    """Refuse evenings on which some activity can never be: then no year could be planned."""
    evenings = evenings_in(form)
    earliest = min(evenings.values())
    for runbook in workspace.cycle.runbooks:
        begins = runbook.invitation.start
        if runbook.kind is not Kind.CONVERSATION and begins < earliest:
            day = WEEKDAYS[min(evenings, key=lambda each: evenings[each])]
            raise InputError(
                f"'{runbook.title}' begint om {begins:%H:%M}. Vul bij minstens één dag een tijd van {begins:%H:%M} "
                f"of vroeger in, bijvoorbeeld bij {day}."
            )


def _rooms(_: Workspace, form: Form) -> tuple[Room, ...]:
    return read_rooms(form.get("rooms", ""))


def _classes(_: Workspace, form: Form) -> tuple[SchoolClass, ...]:
    """Return the classes of both phases; names are parted by commas or lines."""
    found: dict[str, SchoolClass] = {}
    for phase in (1, 2):
        for name in _names(form.get(f"phase_{phase}", "")):
            class_id = slug(name)
            if class_id in found:
                raise InputError(f'De klas "{name}" staat er twee keer. Haal er een weg.')
            found[class_id] = SchoolClass(id=class_id, name=name, phase=phase)
    if len(found) > MOST_CLASSES:
        raise InputError(f"Dat zijn meer dan {MOST_CLASSES} klassen. Lees ze later in met een lijst.")
    return tuple(found.values())


def _names(text: str) -> Sequence[str]:
    names = [" ".join(part.split()) for part in re.split(r"[,;\n]", text)]
    for name in names:
        if len(name) > LONGEST_CLASS or not name.isprintable():
            raise InputError(f'"{name[:LONGEST_CLASS]}" kan geen klas zijn. Zet tussen de klassen een komma.')
    return [name for name in names if name]


def _coordinator(_: Workspace, form: Form) -> tuple[str, str]:
    """Return name and address, the address in lower case."""
    name = name_in(form, "name", "de coördinator")
    email = mail_address(form.get("email", ""))
    if email is None:
        raise InputError("Dit e-mailadres klopt niet. Schrijf het als naam@school.nl.")
    return name, email


_READERS: Mapping[str, Callable[[Workspace, Form], object]] = {
    SCHOOL: _the_school,
    EVENINGS: _evenings,
    ROOMS: _rooms,
    CLASSES: _classes,
    COORDINATOR: _coordinator,
}
