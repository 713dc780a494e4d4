"""What a coordinator sets for planning: evenings, feasts, days off, open days."""

from collections.abc import Iterable, Mapping
from datetime import date, time

from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.calendar import Period, PeriodKind
from planner.domain.schoolrules import WEEKDAYS, say_day
from planner.errors import InputError, NotFoundError
from planner.imports import feasts as feast_calendars
from planner.imports.holidays import memorial_days, school_periods, school_year, year_bounds
from planner.services.answers import answerkeeping
from planner.services.guarding import allowed
from planner.services.state import load_state
from planner.services.views import SettingsView
from planner.services.workspace import Workspace
from planner.storage.calendars import load_periods, replace_periods
from planner.storage.db import writing
from planner.storage.models import OpenDayRow, PeriodOrigin, PeriodRow, SchoolRow
from planner.storage.records import bump_revision, the_school
from planner.storage.schools import save_planning

SCHOOL_WEEK = 5
LONGEST_NAME = 80
LONGEST_PERIOD_DAYS = 100
OWN_KINDS = tuple(kind for kind in PeriodKind if kind is not PeriodKind.RAMADAN)
SECTORS = ("mbo", "vo")
HIGHEST_ID = 2**31 - 1  # of a row; SQLite refuses to look for numbers far above it
Form = Mapping[str, str]


@allowed(Right.SETTINGS)
def view(workspace: Workspace) -> SettingsView:
    """Return the settings as the form shows them."""
    state, session = load_state(workspace), workspace.session
    on = set(state.facts.feasts)
    evenings = state.school.evenings
    this_year = PeriodRow.last >= state.calendar.first_day  # older days only serve to count deadlines back
    periods = session.scalars(select(PeriodRow).where(this_year).order_by(PeriodRow.first, PeriodRow.id))
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
        answer_weeks=answerkeeping.weeks(workspace),
    )


def _clock(text: str, day: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise InputError(f'Bij {day} staat "{text[:10]}". Schrijf een tijd als 18:30, of laat het vak leeg.') from None


def evenings_in(form: Form) -> Mapping[int, time]:
    """Return the earliest time for each weekday that a form gives one for; InputError for an odd time or none."""
    given = {day: form.get(f"evening_{day}", "").strip() for day in range(SCHOOL_WEEK)}
    found = {day: _clock(text, WEEKDAYS[day]) for day, text in given.items() if text}
    if not found:
        raise InputError("Kies minstens één dag waarop ouders kunnen komen, met een tijd.")
    return found


def official_days(region: str, label: str, chosen: Iterable[str]) -> tuple[Period, ...]:
    """Return the official calendar of a region and a year with the feasts the school chose."""
    return (*school_periods(region, label), *memorial_days(label), *feast_calendars.feast_periods(chosen, label))


def _is_feast(period: Period) -> bool:
    return period.kind in {PeriodKind.FEAST, PeriodKind.RAMADAN}


def _days(form: Form, old: SchoolRow, *, region: str, label: str) -> tuple[date, date]:
    """Return first and last ISK day: as given, or those of another region or year when that was chosen."""
    first, last = _day(form, "first_day"), _day(form, "last_day")
    if (region, label) != (old.region, old.label) and (first, last) == (old.first_day, old.last_day):
        return year_bounds(region, label)
    if not first < last:
        raise InputError("De laatste lesdag ligt niet na de eerste. Wissel de datums om of kies andere.")
    _refuse_outside(label, first, last)
    return first, last


@allowed(Right.SETTINGS)
def save(workspace: Workspace, form: Form, *, feasts: Iterable[str]) -> None:
    """Keep the main form, whole or not at all; InputError says which field is odd.

    Another region or school year brings its own official days; days the school added itself stay. The dates
    of the activities stay too, until somebody plans or repairs the year.
    """
    session = workspace.session
    name, evenings = name_in(form, "name", "de school"), evenings_in(form)
    split = form.get("verder_split", "2")
    if split not in {"1", "2", "3"}:
        raise InputError("Kies 1, 2 of 3 bijeenkomsten voor 'Verder na de ISK'.")
    chosen = [key for key in feast_calendars.available() if key in set(feasts)]
    region, label = form.get("region", ""), form.get("label", "").strip()
    official = official_days(region, label, chosen)
    with writing(session):
        school = the_school(session)
        same = (region, label) == (school.region, school.label)
        school.first_day, school.last_day = _days(form, school, region=region, label=label)
        school.name, school.region, school.label, school.feasts = name, region, label, chosen
        save_planning(session, evenings, market_last_year=bool(form.get("market_last_year")), verder_split=int(split))
        bump_revision(session)
        if same:  # holidays the school changed stay changed
            official = (
                *(period for period in load_periods(session, PeriodOrigin.OFFICIAL) if not _is_feast(period)),
                *(period for period in official if _is_feast(period)),
            )
        replace_periods(session, official, origin=PeriodOrigin.OFFICIAL)


def _day(form: Form, key: str) -> date:
    text = form.get(key, "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f'"{text[:20]}" is geen datum. Kies een dag in de kalender.') from None


def _refuse_outside(label: str, *days: date) -> None:
    """Refuse days that are not in the school year: a slip of the pen, and a calendar of centuries fits no page."""
    year = school_year(label)
    for day in days:
        if not year.first <= day <= year.last:
            raise InputError(
                f"{say_day(day).capitalize()} valt buiten schooljaar {label}. "
                f"Kies een dag van {say_day(year.first)} tot en met {say_day(year.last)}."
            )


def name_in(form: Form, key: str, about: str) -> str:
    """Return a name of a form with single spaces; InputError when there is none or it is odd."""
    text = " ".join(form.get(key, "").split())
    if not text or len(text) > LONGEST_NAME or not text.isprintable():
        raise InputError(f"Geef {about} een naam van hooguit {LONGEST_NAME} tekens.")
    return text


@allowed(Right.SETTINGS)
def add_period(workspace: Workspace, form: Form) -> None:
    """Add days: `name`, `first`, `last` (empty: one day), `kind`."""
    name, first = name_in(form, "name", "deze dagen"), _day(form, "first")
    last = _day(form, "last") if form.get("last") else first
    if last < first:
        raise InputError("De laatste dag ligt vóór de eerste. Wissel de datums om.")
    _refuse_outside(load_state(workspace).calendar.label, first, last)
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


@allowed(Right.SETTINGS)
def drop_period(workspace: Workspace, period_id: int) -> None:
    """Take days out of the calendar; NotFoundError when they are not there (any more)."""
    session = workspace.session
    with writing(session):
        row = session.get(PeriodRow, period_id) if period_id <= HIGHEST_ID else None
        if row is None:
            raise NotFoundError("Deze dagen stonden al niet meer in de kalender.")
        bump_revision(session)
        session.delete(row)


@allowed(Right.SETTINGS)
def add_open_day(workspace: Workspace, form: Form) -> None:
    """Add an open day: `school`, `day`, `sector` ("mbo" or "vo")."""
    school, day, sector = name_in(form, "school", "de school"), _day(form, "day"), form.get("sector", "")
    if sector not in SECTORS:
        raise InputError("Kies mbo of vo.")
    _refuse_outside(load_state(workspace).calendar.label, day)
    session = workspace.session
    with writing(session):
        bump_revision(session)
        session.add(OpenDayRow(school=school, day=day, sector=sector, register=False, link=""))


@allowed(Right.SETTINGS)
def drop_open_day(workspace: Workspace, day_id: int) -> None:
    """Take an open day off the list; NotFoundError when it is not there (any more)."""
    session = workspace.session
    with writing(session):
        row = session.get(OpenDayRow, day_id) if day_id <= HIGHEST_ID else None
        if row is None:
            raise NotFoundError("Deze open dag stond al niet meer op de lijst.")
        bump_revision(session)
        session.delete(row)
