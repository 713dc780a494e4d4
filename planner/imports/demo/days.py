"""The days of the demo school: its year, its own free days, its test week and the open evenings around it."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from planner.domain.calendar import DAY, WEEK, OpenDay, Period, PeriodKind, SchoolCalendar
from planner.imports.demo.tables import Row, table
from planner.imports.holidays import SchoolYear, periods_between, school_year, year_bounds

WEEKDAYS = {name: index for index, name in enumerate(("ma", "di", "wo", "do", "vr", "za", "zo"))}
AUGUST = 8
YEARS_BACK = 2  # as long ago as the first pupils started
BRIDGE_DAY_AFTER_EASTER = timedelta(days=40)  # Hemelvaart is the 39th day, a Thursday


@dataclass(frozen=True, kw_only=True)
class DemoYear:
    """The school year of the demo, with a calendar that also knows the years in which pupils started."""

    year: SchoolYear
    first_day: date
    last_day: date
    calendar: SchoolCalendar

    def school_day(self, day: date) -> date:
        """Return `day`, or the next school day when there are no lessons."""
        return day if self.calendar.is_school_day(day) else self.calendar.next_school_day(day)

    def run_of(self, row: Row) -> tuple[date, date]:
        """Return the first and last of `length` school days from the `week`-th `day` of `month`, or later."""
        month, rest = int(row["month"]), timedelta(days=int(row.get("length", "1")) - 1)
        first = date(self.year.start if month >= AUGUST else self.year.end, month, 1)
        offset = (WEEKDAYS[row["day"]] - first.weekday()) % 7
        day = first + timedelta(days=offset) + WEEK * (int(row["week"]) - 1)
        while not all(self.calendar.is_school_day(day + DAY * later) for later in range(rest.days + 1)):
            day += WEEK
        return day, day + rest


def demo_year(region: str, label: str) -> DemoYear:
    """Return the year; InputError for an unknown region or a year without known holidays."""
    year = school_year(label)
    first_day, last_day = year_bounds(region, label)
    periods = periods_between(region, date(year.start - YEARS_BACK, 1, 1), last_day)
    calendar = SchoolCalendar(label=year.label, first_day=first_day, last_day=last_day, periods=periods)
    return DemoYear(year=year, first_day=first_day, last_day=last_day, calendar=calendar)


def own_periods(year: DemoYear) -> tuple[Period, ...]:
    """Return the days that the school itself set apart, in order."""
    found = [_own_period(year, row) for row in table("own-days")]
    bridge = easter(year.year.end) + BRIDGE_DAY_AFTER_EASTER
    if year.calendar.is_school_day(bridge):
        found.append(Period(name="Vrijdag na Hemelvaart", first=bridge, last=bridge, kind=PeriodKind.CLOSED))
    return tuple(sorted(found, key=lambda period: period.first))


def open_evenings(year: DemoYear) -> tuple[OpenDay, ...]:
    """Return the open evenings of the schools around, on school days, in order."""
    kinds = {row["school"]: row["kind"] for row in table("partners")}
    found = (
        OpenDay(
            school=row["school"],
            day=year.run_of(row)[0],
            sector=kinds[row["school"]],
            register=row.get("register") == "ja",
            link=row["link"],
        )
        for row in table("open-days")
    )
    return tuple(sorted(found, key=lambda open_day: (open_day.day, open_day.school)))


def _own_period(year: DemoYear, row: Row) -> Period:
    first, last = year.run_of(row)
    return Period(name=row["name"], first=first, last=last, kind=PeriodKind(row["kind"]))
