"""One's own tasks: what somebody was asked for, their answer, and when they can come. Of oneself only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from planner.domain.access.rights import Right
from planner.domain.staffing.dutyanswers import Answer, Says
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person, PersonKind
from planner.domain.year import AMSTERDAM
from planner.errors import ConflictError, InputError, NotFoundError
from planner.exports.dates import full_date, weekday_names
from planner.services.guarding import NOT_YOURS, allowed
from planner.services.people.ownstops import own_stops
from planner.services.people.owntexts import texts_for
from planner.services.rooms.floorplans import where
from planner.services.state import YearState, load_state
from planner.services.views import Availability, OwnTask, OwnView
from planner.services.workspace import Workspace
from planner.services.year import feeds
from planner.storage.db import writing
from planner.storage.dutyanswers import load_answers, save_answers
from planner.storage.events import StoredEvent
from planner.storage.records import bump_revision

NO_LIMIT = 99  # how an unlimited number of evenings is kept
SCHOOL_WEEK = 5
MOST_NAMES = 6
LONGEST_REASON = 200
Answers = Mapping[tuple[str, str], Answer]


@dataclass(frozen=True, slots=True)
class _Asked:
    """An activity for which somebody was asked: first and last day or moment as published, and for what."""

    event: StoredEvent
    times: tuple[date, date]
    needs: tuple[Need, ...]


def me(workspace: Workspace, state: YearState) -> Person:
    """Return who is at work; NotFoundError when that is nobody of the school's people."""
    if not workspace.actor.person_id:
        raise NotFoundError(NOT_YOURS)
    return state.person(workspace.actor.person_id)


@allowed(Right.OWN_DUTIES)
def view(workspace: Workspace, *, language: str = "", now: datetime) -> OwnView:
    """Return one's own page, in `language` or else the first of one's own that there are texts for."""
    state = load_state(workspace)
    person = me(workspace, state)
    texts = texts_for(workspace, person, language)
    dutch = workspace.languages["nl"]
    answers = load_answers(workspace.session, person_id=person.id)
    return OwnView(
        name=person.name,
        school=state.school.name,
        language=texts.language.code,
        rtl=texts.language.rtl,
        own=texts.own,
        dutch=texts.dutch,
        draft=texts.draft,
        languages=texts.choices,
        tasks=tuple(
            replace(
                _task(state, person, asked, answers, locales=(texts.language.babel, dutch.babel), now=now),
                stops=own_stops(workspace, state, person, asked.event, asked.needs),
            )
            for asked in _asked(workspace, state, person, answers, now)
        ),
        availability=_availability(state, person, texts.language.babel),
        feed=feeds.own_links(workspace),
    )


def _asked(
    workspace: Workspace, state: YearState, person: Person, answers: Answers, now: datetime
) -> tuple[_Asked, ...]:
    """Return what is published of one's tasks from today on, in order of time.

    A task that somebody said no to is still here, so that they can change their mind.
    """
    published = feeds.published(workspace, person.id)
    today = now.astimezone(AMSTERDAM).date()
    found = (
        _Asked(event, published[event.uid], _needs(state, person, event, answers))
        for event in state.events
        if event.uid in published
    )
    upcoming = (each for each in found if each.needs and _day(each.times[1]) >= today)
    return tuple(sorted(upcoming, key=lambda each: (_day(each.times[0]), each.event.planned.id)))


def _needs(state: YearState, person: Person, event: StoredEvent, answers: Answers) -> tuple[Need, ...]:
    mine = {need.id for _, need, who in state.duties_of(event.planned.id) if who.id == person.id}
    said_no = {need_id for (need_id, _), answer in answers.items() if answer.says is Says.NO}
    asked = (need for need in state.staff_problem.needs.values() if need.event_id == event.planned.id)
    return tuple(need for need in asked if need.id in mine | said_no)


def _day(moment: date) -> date:
    return moment.astimezone(AMSTERDAM).date() if isinstance(moment, datetime) else moment


def _is_open(times: tuple[date, date], now: datetime) -> bool:
    """Return whether one can still answer: until an evening begins, and until the last day of a round."""
    start, end = times
    return now < start if isinstance(start, datetime) else now.astimezone(AMSTERDAM).date() <= end


def _task(
    state: YearState, person: Person, asked: _Asked, answers: Answers, *, locales: tuple[str, str], now: datetime
) -> OwnTask:
    event, times, needs = asked.event, asked.times, asked.needs
    own, dutch = (_days(times, locale) for locale in locales)
    said = [answers.get((need.id, person.id)) for need in needs]
    return OwnTask(
        event_id=event.planned.id,
        title=event.occurrence.title,
        day_own=own,
        day_dutch=dutch,
        day_digits=" – ".join(f"{day:%d-%m-%Y}" for day in dict.fromkeys(map(_day, times))),
        time=_time(times),
        places=_places(state, event, needs),
        roles=tuple(dict.fromkeys(need.label(state.language_names) for need in needs)),
        steps=_steps(state, event, needs),
        together=_together(state, person, event, needs),
        says=_says(said),
        reason=next((each.reason for each in said if each), ""),
        is_open=_is_open(times, now),
    )


def _says(said: Iterable[Answer | None]) -> str:
    """Return the answer to all needs of an activity together; empty while one of them has none."""
    words = {answer.says if answer else None for answer in said}
    if Says.NO in words:
        return Says.NO
    return "" if None in words else Says.YES


def _days(times: tuple[date, date], locale: str) -> str:
    return " – ".join(full_date(day, locale) for day in dict.fromkeys(map(_day, times)))


def _time(times: tuple[date, date]) -> str:
    """Return when it starts and ends; of a round of conversations everybody agrees on the time."""
    return "–".join(f"{each.astimezone(AMSTERDAM):%H:%M}" for each in times if isinstance(each, datetime))


def _places(state: YearState, event: StoredEvent, needs: Iterable[Need]) -> tuple[str, ...]:
    everywhere = where(state, event.planned.id)
    rooms = {room.name for need in needs for _, room in everywhere.at(need.place_ids, need.scope)}
    return tuple(sorted(rooms))[:MOST_NAMES]


def _steps(state: YearState, event: StoredEvent, needs: Iterable[Need]) -> tuple[tuple[str, str], ...]:
    """Return one's own rows of the draaiboek in the chosen form."""
    mine = {row_id for need in needs if not need.spread for row_id in need.rows}
    rows = state.runbook(event.planned.id).rows
    return tuple((f"{row.start:%H:%M}", row.what) for row in rows if row.id in mine)


def _together(state: YearState, person: Person, event: StoredEvent, needs: Iterable[Need]) -> tuple[str, ...]:
    """Return the first names of colleagues who do the same rows, not of another class; nobody else is named."""
    mine = tuple(needs)
    names = (
        who.name.partition(" ")[0]
        for _, need, who in state.duties_of(event.planned.id)
        if who.kind is PersonKind.STAFF and who.id != person.id and any(_same_work(each, need) for each in mine)
    )
    return tuple(dict.fromkeys(names))[:MOST_NAMES]


def _same_work(one: Need, other: Need) -> bool:
    elsewhere = one.class_id and other.class_id and one.class_id != other.class_id
    return not elsewhere and bool(set(one.rows) & set(other.rows))


def _availability(state: YearState, person: Person, locale: str) -> Availability:
    names = weekday_names(locale)
    return Availability(
        weekdays=tuple((day, names[day], day in person.weekdays) for day in range(SCHOOL_WEEK)),
        not_before=f"{person.not_before:%H:%M}" if person.not_before else "",
        away=tuple(day.isoformat() for day in sorted(person.unavailable)),
        most_evenings="" if person.max_evenings >= NO_LIMIT else str(person.max_evenings),
        first_day=state.calendar.first_day,
        last_day=state.calendar.last_day,
    )


@allowed(Right.OWN_DUTIES)
def answer(workspace: Workspace, event_id: str, says: str, *, reason: str = "", now: datetime) -> None:
    """Keep one's answer for an activity; the last one counts.

    NotFoundError when one is not asked there, ConflictError when it is too late, InputError for an odd answer.
    """
    if says not in set(Says):
        raise InputError("Kies ja of nee.")
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON or not reason.isprintable():
        raise InputError(f"Gebruik voor de reden hooguit {LONGEST_REASON} gewone tekens.")
    session = workspace.session
    with writing(session):
        state = load_state(workspace)
        person = me(workspace, state)
        answers = load_answers(session, person_id=person.id)
        known = {each.event.planned.id: each for each in _asked(workspace, state, person, answers, now)}
        asked = known.get(event_id)
        if asked is None:
            raise NotFoundError("Hiervoor bent u niet gevraagd.")
        if not _is_open(asked.times, now):
            raise ConflictError("Dit kan niet meer veranderen. Bel de school.")
        given = (
            Answer(
                need_id=need.id,
                person_id=person.id,
                event_id=event_id,
                says=Says(says),
                reason=reason,
                at=now.astimezone(UTC),
            )
            for need in asked.needs
        )
        save_answers(session, given)
        bump_revision(session)
