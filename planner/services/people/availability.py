"""When somebody can come, as they say so themselves. The planning keeps to it from the next time on."""

from collections.abc import Iterable, Mapping
from datetime import date, time

from planner.domain.access.rights import Right
from planner.errors import InputError
from planner.services.guarding import allowed
from planner.services.people.owntasks import NO_LIMIT, SCHOOL_WEEK, me
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.people import save_availability
from planner.storage.records import bump_revision

MOST_DAYS = 60


@allowed(Right.OWN_DUTIES)
def save(workspace: Workspace, form: Mapping[str, str], *, days: Iterable[str], away: Iterable[str]) -> None:
    """Keep one's own availability: `days` are numbers (0 is Monday), `away` ISO dates; empty ones are left out.

    `form` may hold `not_before` ("HH:MM") and `most_evenings`. InputError says which field is odd; nothing is kept.
    """
    session = workspace.session
    with writing(session):
        state = load_state(workspace)
        person = me(workspace, state)
        weekend = {day for day in person.weekdays if day >= SCHOOL_WEEK}  # nobody asks for it here; it stays
        save_availability(
            session,
            person.id,
            weekdays=_weekdays(days) | weekend,
            not_before=_clock(form.get("not_before", "").strip()),
            unavailable=_days(state, away),
            max_evenings=_evenings(form.get("most_evenings", "").strip()),
        )
        bump_revision(session)


def _weekdays(texts: Iterable[str]) -> set[int]:
    chosen = set(texts)
    found = {day for day in range(SCHOOL_WEEK) if str(day) in chosen}
    if not found:
        raise InputError("Kies minstens één dag. Kunt u nooit meer? Bel dan de school.")
    return found


def _clock(text: str) -> time | None:
    if not text:
        return None
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise InputError(f'"{text[:10]}" is geen tijd. Schrijf bijvoorbeeld 18:30.') from None


def _days(state: YearState, texts: Iterable[str]) -> set[date]:
    found = {_date(state, text.strip()) for text in texts if text.strip()}
    if len(found) > MOST_DAYS:
        raise InputError(f"Dat zijn meer dan {MOST_DAYS} dagen. Bel de school.")
    return found


def _date(state: YearState, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError(f'"{text[:20]}" is geen datum. Kies een dag in de kalender.') from None
    if not state.calendar.first_day <= day <= state.calendar.last_day:
        raise InputError(f"{day:%d-%m-%Y} valt buiten dit schooljaar. Kies een andere dag.")
    return day


def _evenings(text: str) -> int:
    if not text:
        return NO_LIMIT
    if not (text.isdecimal() and text.isascii() and len(text) <= 2):  # noqa: PLR2004 - the highest number is 99
        raise InputError(f'"{text[:10]}" is geen aantal avonden. Schrijf een getal, bijvoorbeeld 3.')
    return int(text)
