"""Periods and open days: rows to domain values and back."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select

from planner.domain.calendar import OpenDay, Period, SchoolCalendar
from planner.storage.db import AnySession
from planner.storage.merging import Values, add_rows, replace_rows
from planner.storage.models import OpenDayRow, PeriodOrigin, PeriodRow
from planner.storage.records import the_school


def load_calendar(session: AnySession) -> SchoolCalendar:
    """Return the school year; NotFoundError when no school is set up."""
    school = the_school(session)
    return SchoolCalendar(
        label=school.label,
        first_day=school.first_day,
        last_day=school.last_day,
        periods=load_periods(session),
        open_days=tuple(_open_day(row) for row in session.scalars(select(OpenDayRow).order_by(OpenDayRow.id))),
    )


def load_periods(session: AnySession, origin: PeriodOrigin | None = None) -> tuple[Period, ...]:
    """Return the periods in the order in which they came, all of them or those of one origin."""
    query = select(PeriodRow).order_by(PeriodRow.id)
    if origin is not None:
        query = query.where(PeriodRow.origin == origin)
    return tuple(_period(row) for row in session.scalars(query))


def save_calendar(session: AnySession, calendar: SchoolCalendar, *, own: Collection[Period] = ()) -> None:
    """Replace the whole school year; the periods in `own` are the school's, the others official ones."""
    school = the_school(session)
    school.label = calendar.label
    school.first_day = calendar.first_day
    school.last_day = calendar.last_day
    origin = dict.fromkeys(own, PeriodOrigin.OWN)
    official = PeriodOrigin.OFFICIAL
    replace_rows(session, PeriodRow, [_period_values(each, origin.get(each, official)) for each in calendar.periods])
    replace_rows(session, OpenDayRow, [_open_day_values(each) for each in calendar.open_days])
    session.flush()
    session.expire_all()


def replace_periods(session: AnySession, periods: Iterable[Period], *, origin: PeriodOrigin) -> None:
    """Replace the periods of one origin, such as the official ones of another region; the others stay."""
    session.execute(delete(PeriodRow).where(PeriodRow.origin == origin))
    add_rows(session, PeriodRow, [_period_values(each, origin) for each in periods])
    session.expire_all()


def _period(row: PeriodRow) -> Period:
    return Period(name=row.name, first=row.first, last=row.last, kind=row.kind, about=row.about)


def _period_values(period: Period, origin: PeriodOrigin) -> Values:
    return {
        "name": period.name,
        "first": period.first,
        "last": period.last,
        "kind": period.kind,
        "about": period.about,
        "origin": origin,
    }


def _open_day(row: OpenDayRow) -> OpenDay:
    return OpenDay(school=row.school, day=row.day, sector=row.sector, register=row.register, link=row.link)


def _open_day_values(open_day: OpenDay) -> Values:
    return {
        "school": open_day.school,
        "day": open_day.day,
        "sector": open_day.sector,
        "register": open_day.register,
        "link": open_day.link,
    }
