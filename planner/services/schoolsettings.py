"""What a coordinator sets for planning: evenings, feasts, days off, open days."""

from collections.abc import Mapping
from datetime import date, time

from sqlalchemy import delete, select

from planner.domain.calendar import PeriodKind
from planner.domain.schoolrules import WEEKDAYS
from planner.errors import InputError, NotFoundError
from planner.imports import feasts as feast_calendars
from planner.services.state import load_state
from planner.services.views import SettingsView
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import OpenDayRow, PeriodOrigin, PeriodRow
from planner.storage.records import bump_revision, the_school
from planner.storage.schools import save_planning

SCHOOL_WEEK = 5
LONGEST_NAME = 80
LONGEST_PERIOD_DAYS = 100
OWN_KINDS = (PeriodKind.CLOSED, PeriodKind.HOLIDAY, PeriodKind.TEST_WEEK, PeriodKind.MEMORIAL)
SECTORS = ("mbo", "vo")
Form = Mapping[str, str]


def view(workspace: Workspace) -> SettingsView:
    """Return the settings as the form shows them."""
    state, session = load_state(workspace), workspace.session
    on = set(state.facts.feasts)
    evenings = state.school.evenings
    periods = session.scalars(select(PeriodRow).order_by(PeriodRow.first, PeriodRow.id))
    open_days = session.scalars(select(OpenDayRow).order_by(OpenDayRow.day, OpenDayRow.id))
    return SettingsView(
        name=state.school.name,
        region=state.facts.region,
        label=state.calendar.label,
        first_day=state.calendar.first_day,
        last_day=state.calendar.last_day,
        evenings=tuple(
            (day, WEEKDAYS[day], f"{evenings[day]:%H:%M}" if day in evenings else "") for day in range(SCHOOL_WEEK)
        ),
        feasts=tuple((key, name, key in on) for key, name in feast_calendars.available().items()),
        periods=tuple((row.id, row.name, row.first, row.last, row.kind, row.origin) for row in periods),
        open_days=tuple((row.id, row.school, row.day, row.sector) for row in open_days),
        market_last_year=state.school.market_last_year,
        verder_split=state.school.verder_split,
    )


def _clock(text: str, day: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise InputError(f'Bij {day} staat "{text[:10]}". Schrijf een tijd als 18:30, of laat het vak leeg.') from None


def _evenings(form: Form) -> Mapping[int, time]:
    given = {day: form.get(f"evening_{day}", "").strip() for day in range(SCHOOL_WEEK)}
    found = {day: _clock(text, WEEKDAYS[day]) for day, text in given.items() if text}
    if not found:
        raise InputError("Kies minstens één dag waarop ouders kunnen komen, met een tijd.")
    return found


def save(workspace: Workspace, form: Form) -> None:
    """Keep the main form: `evening_0` … `evening_4`, `feast_<id>`, `market_last_year`, `verder_split`."""
    state, session = load_state(workspace), workspace.session
    evenings = _evenings(form)
    split = form.get("verder_split", "2")
    if split not in {"1", "2", "3"}:
        raise InputError("Kies 1, 2 of 3 bijeenkomsten voor 'Verder na de ISK'.")
    chosen = [key for key in feast_calendars.available() if form.get(f"feast_{key}")]
    days = feast_calendars.feast_periods(chosen, state.calendar.label)
    kinds = (PeriodKind.FEAST, PeriodKind.RAMADAN)
    with writing(session):
        bump_revision(session)
        save_planning(session, evenings, market_last_year=bool(form.get("market_last_year")), verder_split=int(split))
        the_school(session).feasts = chosen
        session.execute(delete(PeriodRow).where(PeriodRow.kind.in_(kinds), PeriodRow.origin == PeriodOrigin.OFFICIAL))
        for day in days:
            session.add(
                PeriodRow(
                    name=day.name,
                    first=day.first,
                    last=day.last,
                    kind=day.kind,
                    about=day.about,
                    origin=PeriodOrigin.OFFICIAL,
                )
            )


def _day(form: Form, key: str) -> date:
    text = form.get(key, "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f'"{text[:20]}" is geen datum. Kies een dag in de kalender.') from None


def _name(form: Form, key: str, about: str) -> str:
    text = " ".join(form.get(key, "").split())
    if not text or len(text) > LONGEST_NAME or not text.isprintable():
        raise InputError(f"Geef {about} een naam van hooguit {LONGEST_NAME} tekens.")
    return text


def add_period(workspace: Workspace, form: Form) -> None:
    """Add days: `name`, `first`, `last` (empty: one day), `kind`."""
    name, first = _name(form, "name", "deze dagen"), _day(form, "first")
    last = _day(form, "last") if form.get("last") else first
    if last < first:
        raise InputError("De laatste dag ligt vóór de eerste. Wissel de datums om.")
    if (last - first).days > LONGEST_PERIOD_DAYS:
        raise InputError(f"Dat zijn meer dan {LONGEST_PERIOD_DAYS} dagen. Controleer het jaar.")
    kind = form.get("kind", PeriodKind.CLOSED)
    if kind not in OWN_KINDS:
        raise InputError(f'"{kind[:20]}" kan niet. Kies uit: {", ".join(OWN_KINDS)}.')
    session = workspace.session
    with writing(session):
        bump_revision(session)
        origin = PeriodOrigin.OWN
        session.add(PeriodRow(name=name, first=first, last=last, kind=PeriodKind(kind), about="", origin=origin))


def drop_period(workspace: Workspace, period_id: int) -> None:
    """Take days out of the calendar; NotFoundError when they are not there (any more)."""
    session = workspace.session
    with writing(session):
        row = session.get(PeriodRow, period_id)
        if row is None:
            raise NotFoundError("Deze dagen stonden al niet meer in de kalender.")
        bump_revision(session)
        session.delete(row)


def add_open_day(workspace: Workspace, form: Form) -> None:
    """Add an open day: `school`, `day`, `sector` ("mbo" or "vo")."""
    school, day, sector = _name(form, "school", "de school"), _day(form, "day"), form.get("sector", "")
    if sector not in SECTORS:
        raise InputError("Kies mbo of vo.")
    session = workspace.session
    with writing(session):
        bump_revision(session)
        session.add(OpenDayRow(school=school, day=day, sector=sector, register=False, link=""))


def drop_open_day(workspace: Workspace, day_id: int) -> None:
    """Take an open day off the list; NotFoundError when it is not there (any more)."""
    session = workspace.session
    with writing(session):
        row = session.get(OpenDayRow, day_id)
        if row is None:
            raise NotFoundError("Deze open dag stond al niet meer op de lijst.")
        bump_revision(session)
        session.delete(row)
