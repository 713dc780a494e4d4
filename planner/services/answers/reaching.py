"""The reach list: families that said nothing about an activity, each with the next step and who can take it.

There is no telephone number in Schakelplan. Who calls, asks the mentor or the office for it.
"""

from datetime import date, datetime

from planner.domain.access.rights import Right
from planner.domain.families.reaching import Mark, ReachStep, next_step, steps_for
from planner.domain.school import Household
from planner.domain.staffing.people import PersonKind
from planner.domain.year import AMSTERDAM
from planner.errors import InputError, NotFoundError
from planner.services.answers.answering import texts_in
from planner.services.answers.answerlines import class_names, classes_of, days_until, first_names, invited_of
from planner.services.guarding import allowed
from planner.services.invitations.invitations import DUTCH, invited_households, sheet_for
from planner.services.state import YearState, load_state
from planner.services.views import ReachLine, ReachTry, ReachView
from planner.services.workspace import Workspace
from planner.storage.answers import MarkKey, Marks, drop_mark, is_there, load_marks, save_mark
from planner.storage.db import writing

_ORDER = {step: number for number, step in enumerate(ReachStep)}


def _helpers(state: YearState, event_id: str, language: str) -> tuple[str, ...]:
    """Return the names of sleutelouders who speak a language, those who help at this activity first."""
    if language == DUTCH:
        return ()
    here = {person.id for _, _, person in state.duties_of(event_id)}
    able = [person for person in state.people if person.kind is PersonKind.KEY_PARENT and person.interprets(language)]
    return tuple(person.name for person in sorted(able, key=lambda each: (each.id not in here, each.name)))


def _tries(steps: tuple[ReachStep, ...], marks: Marks) -> tuple[ReachTry, ...]:
    """Return the steps with how they went; one that was taken stays in sight also when it is no step any more."""
    following = next_step(steps, {step: row.mark for step, row in marks.items()})
    shown = (*steps, *sorted(set(marks) - set(steps), key=lambda step: _ORDER[step]))
    found = []
    for step in shown:
        row = marks.get(step)
        found.append(
            ReachTry(
                step=step,
                mark=row.mark if row else "",
                by=row.by if row else "",
                when=row.at if row else None,
                is_next=step is following,
            )
        )
    return tuple(found)


def _line(
    workspace: Workspace, state: YearState, event_id: str, home: Household, *, marks: Marks, days: int
) -> ReachLine:
    pupils = invited_of(state, event_id, home)
    classes = classes_of(state, pupils)
    helpers = _helpers(state, event_id, home.language)
    tries = _tries(steps_for(has_helper=bool(helpers), days_left=days), marks)
    nameless = Household(id=home.id, name="", language=home.language, pupil_ids=())
    sheet = sheet_for(workspace, state, state.event(event_id), nameless)
    code, texts = texts_in(workspace, home.language)
    when = " ".join(
        part for part in (sheet.date_own if code == home.language else sheet.date_dutch, sheet.time) if part
    )
    dutch = " ".join(part for part in (sheet.date_dutch, sheet.time) if part)
    return ReachLine(
        household_id=home.id,
        name=home.name,
        pupils=first_names(state, pupils),
        classes=tuple(class_names(state)[each] for each in classes),
        mentors=tuple(person.name for person in state.people if person.class_id in classes),
        language_code=home.language,
        language=state.language_names.get(home.language, home.language),
        helpers=helpers,
        tries=tries,
        next_step=next((each.step for each in tries if each.is_next), ""),
        sentence=texts["call"].replace("{when}", when),
        sentence_dutch=workspace.answer_texts[DUTCH].strings["call"].replace("{when}", dutch),
        sentence_code=code,
        rtl=code in workspace.languages and workspace.languages[code].rtl,
        is_draft=not workspace.answer_texts[code].reviewed,
    )


@allowed(Right.SEE_YEAR)
def reach_view(workspace: Workspace, event_id: str, *, now: datetime) -> ReachView:
    """Return the silent families of an activity; those for whom all was tried come last."""
    state = load_state(workspace)
    event, answers = state.event(event_id), state.answers.get(event_id, {})
    homes = invited_households(state, event_id)
    days = days_until(event.planned.span.first, _today(now))
    marks = load_marks(workspace.session, event_id)
    lines = (
        _line(workspace, state, event_id, home, marks=marks.get(home.id, {}), days=days)
        for home in homes
        if home.id not in answers
    )
    return ReachView(
        event_id=event_id,
        title=event.occurrence.title,
        first=event.planned.span.first,
        days_left=days,
        families=len(homes),
        lines=tuple(sorted(lines, key=lambda line: not line.next_step)),
    )


def _today(now: datetime) -> date:
    return now.astimezone(AMSTERDAM).date()


def _step(text: str) -> ReachStep:
    try:
        return ReachStep(text)
    except ValueError:
        raise InputError("Deze stap is er niet. Laad de pagina opnieuw.") from None


@allowed(Right.SEE_YEAR)
def mark(workspace: Workspace, event_id: str, household_id: str, *, step: str, how: str, now: datetime) -> None:
    """Keep how a step went: "gedaan", "onzeker", or nothing at all. Pressing twice is the same as once."""
    state = load_state(workspace)
    if household_id not in {home.id for home in invited_households(state, event_id)}:
        raise NotFoundError("Dit gezin hoort niet bij deze activiteit.")
    key = MarkKey(event_id=event_id, household_id=household_id, step=_step(step))
    if how and how not in set(Mark):
        raise InputError("Kies gedaan of onzeker.")
    session = workspace.session
    with writing(session):
        if not how:
            drop_mark(session, key)
        elif is_there(session, household_id):
            save_mark(session, key, Mark(how), at=now, by=workspace.actor.name)
