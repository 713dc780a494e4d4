"""Dates in the language of a family."""

from datetime import date


def full_date(day: date, locale: str) -> str:
    """Return weekday, day, month and year in words for a Babel locale ("maandag 9 november 2026").

    Gregorian and with Western digits, as on every Dutch school letter (domain notes F).
    """
    from babel.dates import format_date  # noqa: PLC0415 - loads locale data, needed for invitations only

    return format_date(day, format="full", locale=locale)
