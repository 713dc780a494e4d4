"""How templates say dates, times and numbers in Dutch."""

from datetime import date, datetime

from flask import Flask

from planner.domain.schoolrules import MONTHS, WEEKDAYS, say_day
from planner.domain.year import AMSTERDAM


def short_day(day: date) -> str:
    """Return "di 9 mrt"."""
    month = "mrt" if day.month == 3 else MONTHS[day.month - 1][:3]  # noqa: PLR2004 - March is written mrt
    return f"{WEEKDAYS[day.weekday()][:2]} {day.day} {month}"


def clock(moment: datetime) -> str:
    """Return the wall-clock time in the Netherlands, "19:00"."""
    return f"{moment.astimezone(AMSTERDAM):%H:%M}"


def clock_range(start: datetime, end: datetime | None) -> str:
    """Return "19:00–21:00", or "19:00" when the end is open."""
    return f"{clock(start)}–{clock(end)}" if end else f"vanaf {clock(start)}"


def amount(number: int, one: str, more: str) -> str:
    """Return a number with its noun: "1 gezin", "3 gezinnen"."""
    return f"{number} {one if number == 1 else more}"


def register(app: Flask) -> None:
    """Give the templates of `app` these filters."""
    app.add_template_filter(say_day, "dag")
    app.add_template_filter(short_day, "dag_kort")
    app.add_template_filter(clock, "tijd")
    app.add_template_filter(clock_range, "tijden")
    app.add_template_filter(amount, "aantal")
