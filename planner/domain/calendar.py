"""The school calendar: which days count, and how deadlines are counted back in school weeks."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
WEEKEND = 5  # date.weekday() of Saturday
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def say_day(day: date) -> str:
    """Return a date as a Dutch reader says it: "dinsdag 9 maart 2027"."""
    return f"{WEEKDAYS[day.weekday()]} {say_day_and_month(day)} {day.year}"


def say_day_and_month(day: date) -> str:
    """Return "9 maart"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


class PeriodKind(StrEnum):
    """Why a period stands in the calendar. Holidays, public days and closed days have no lessons."""

    HOLIDAY = "vakantie"
    PUBLIC = "feestdag"
    CLOSED = "gesloten"
    TEST_WEEK = "toetsweek"
    FEAST = "feest"
    RAMADAN = "ramadan"
    MEMORIAL = "bijzondere dag"


FREE_KINDS = frozenset({PeriodKind.HOLIDAY, PeriodKind.PUBLIC, PeriodKind.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A named run of days, both ends included. `about` adds what a reader must know ("±1 dag")."""

    name: str
    first: date
    last: date
    kind: PeriodKind
    about: str = ""

    def __contains__(self, day: object) -> bool:
        """Whether `day` is a date within the period."""
        return isinstance(day, date) and self.first <= day <= self.last

    def may_hold(self, day: date) -> bool:
        """Return whether `day` is in the period, or a day beside one that may turn out "±1 dag" different."""
        margin = DAY if self.about.startswith("±1 dag") else timedelta(0)
        return self.first - margin <= day <= self.last + margin


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay:
    """An open day of a destination school in the region."""

    school: str
    day: date
    sector: str
    register: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A counted-back date. `moved_for` names the free period it had to leave, empty when it did not move."""

    due: date
    nominal: date
    moved_for: str = ""


@dataclass(frozen=True, kw_only=True)
class SchoolCalendar:
    """One school year. `first_day` and `last_day` bound the activities; `periods` may reach further back."""

    label: str
    first_day: date
    last_day: date
    periods: tuple[Period, ...]
    open_days: tuple[OpenDay, ...] = ()

    @cached_property
    def _free(self) -> dict[date, str]:
        free: dict[date, str] = {}
        for period in self.periods:
            if period.kind in FREE_KINDS:
                day = period.first
                while day <= period.last:
                    free.setdefault(day, period.name)
                    day += DAY
        return free

    def free_because(self, day: date) -> str:
        """Return why there are no lessons on `day`: a period's name, `"weekend"`, or `""` on a school day."""
        return self._free.get(day) or ("weekend" if day.weekday() >= WEEKEND else "")

    def is_school_day(self, day: date) -> bool:
        """Return whether there are lessons on `day`."""
        return not self.free_because(day)

    def on(self, day: date, *kinds: PeriodKind) -> tuple[Period, ...]:
        """Return the periods of these kinds that hold `day`."""
        return tuple(period for period in self.periods if period.kind in kinds and day in period)

    def school_days(self) -> tuple[date, ...]:
        """Return every school day of the year, in order."""
        count = (self.last_day - self.first_day).days + 1
        days = (self.first_day + timedelta(days=offset) for offset in range(count))
        return tuple(day for day in days if self.is_school_day(day))

    def last_school_day_until(self, day: date) -> date:
        """Return `day` itself or the last school day before it."""
        while not self.is_school_day(day):
            day -= DAY
        return day

    def next_school_day(self, day: date) -> date:
        """Return the first school day after `day`."""
        day += DAY
        while not self.is_school_day(day):
            day += DAY
        return day

    def add_school_days(self, day: date, count: int) -> date:
        """Return the school day `count` school days after `day` (a school day); 0 gives `day`."""
        for _ in range(count):
            day = self.next_school_day(day)
        return day

    def _has_lessons(self, monday: date) -> bool:
        return any(self.is_school_day(monday + timedelta(days=offset)) for offset in range(WEEKEND))

    def school_weeks_from(self, day: date, weeks_before: int) -> Deadline:
        """Count `weeks_before` school weeks back from `day` (forward when negative).

        A week without any lesson does not count. A deadline that lands on a free day moves to the last
        school day before it (docs: "deadlines that fall in a holiday move to the last school day before"),
        but a follow-up never moves to `day` or earlier: it takes the next school day instead.
        """
        step = -WEEK if weeks_before > 0 else WEEK
        nominal, monday = day, day - timedelta(days=day.weekday())
        left = abs(weeks_before)
        while left:
            monday, nominal = monday + step, nominal + step
            left -= self._has_lessons(monday)
        moved_for = "" if self.is_school_day(nominal) else self.free_because(nominal)
        due = self.last_school_day_until(nominal)
        if weeks_before < 0 and due <= day:
            due = self.next_school_day(nominal)
        return Deadline(due=due, nominal=nominal, moved_for=moved_for)

    def before_summer(self, day: date) -> date:
        """Return the last school day before the summer holiday that precedes `day`."""
        summers = [p.first for p in self.periods if p.name == "Zomervakantie" and p.last < day]
        return self.last_school_day_until((max(summers) if summers else self.first_day) - DAY)
