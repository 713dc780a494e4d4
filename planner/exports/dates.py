"""Dates in the language of a family."""

from collections.abc import Mapping
from datetime import date


def full_date(day: date, locale: str) -> str:
    """Return weekday, day, month and year in words for a Babel locale ("maandag 9 november 2026").

    Gregorian and with Western digits, as on every Dutch school letter (domain notes F).
    """
    from babel.dates import format_date  # noqa: PLC0415 - loads locale data, needed for invitations only

    return format_date(day, format="full", locale=locale)


def weekday_names(locale: str) -> Mapping[int, str]:
    """Return the name of each weekday (0 is Monday) for a Babel locale, as it stands on its own."""
    from babel.dates import get_day_names  # noqa: PLC0415 - loads locale data, needed for few pages only

    return get_day_names("wide", context="stand-alone", locale=locale)
