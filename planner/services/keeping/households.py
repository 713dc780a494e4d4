"""A household's data: to find, to give to the family on request, and to erase on request."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.school import Household, Pupil
from planner.errors import InputError, NotFoundError
from planner.services.answers import answerlines
from planner.services.guarding import NOT_YOURS, allowed
from planner.services.state import YearState, load_state, read_state
from planner.services.talks.householdtalks import talks_of, wish_of
from planner.services.views import AnswerFacts, HouseholdLine, HouseholdView, InvitationFacts, PupilFacts
from planner.services.workspace import Workspace
from planner.storage.answers import load_arrivals, load_said
from planner.storage.db import writing
from planner.storage.events import load_events
from planner.storage.forgetting import forget, only_of, scrub
from planner.storage.models import AuditRow, InviteLinkRow, PupilInvitationRow
from planner.storage.records import bump_revision

CONFIRMED = "ja"
_FAILED_SCRUB = "De gegevens zijn weg. Alleen de schijf is nog niet schoongemaakt: dat gebeurt bij de volgende keer."


def _full_name(pupil: Pupil) -> str:
    return f"{pupil.first_name} {pupil.last_name}".strip()


def _class_names(state: YearState) -> dict[str, str]:
    return {each.id: each.name for each in state.school.classes}


def _line(state: YearState, home: Household) -> HouseholdLine:
    pupils = [state.school.pupil(pupil_id) for pupil_id in home.pupil_ids]
    names = _class_names(state)
    return HouseholdLine(
        id=home.id,
        name=home.name,
        language=state.language_names.get(home.language, home.language),
        pupils=tuple(_full_name(pupil) for pupil in pupils),
        classes=tuple(sorted({names[pupil.class_id] for pupil in pupils})),
    )


@allowed(Right.SEE_FAMILIES)
def households(workspace: Workspace, *, search: str = "") -> tuple[HouseholdLine, ...]:
    """Return the households one may see, by name; with `search` those with that text in name, pupils or class."""
    state = load_state(workspace)
    wanted = search.strip().casefold()
    lines = (_line(state, home) for home in state.school.households if _is_for(workspace, state, home))
    found = (line for line in lines if wanted in "\n".join((line.name, *line.pupils, *line.classes)).casefold())
    return tuple(sorted(found, key=lambda line: (line.name.casefold(), line.id)))


def _is_for(workspace: Workspace, state: YearState, home: Household) -> bool:
    """Return whether who is at work sees a family: whoever sees all of them, or a class of one of its pupils."""
    actor = workspace.actor
    return actor.class_ids is None or any(
        actor.sees_class(state.school.pupil(pupil_id).class_id) for pupil_id in home.pupil_ids
    )


def _home(state: YearState, household_id: str) -> Household:
    home = next((each for each in state.school.households if each.id == household_id), None)
    if home is None:
        raise NotFoundError("Dit gezin is er niet (meer).")
    return home


def _pupil_facts(state: YearState, home: Household) -> Iterator[PupilFacts]:
    names = _class_names(state)
    for pupil_id in home.pupil_ids:
        pupil = state.school.pupil(pupil_id)
        yield PupilFacts(
            number=pupil.number,
            first_name=pupil.first_name,
            last_name=pupil.last_name,
            school_class=names[pupil.class_id],
            phase=pupil.phase,
            route=pupil.route,
            started=pupil.started,
            leaves=pupil.leaves,
            destination=pupil.destination or "",
            is_shared=_is_shared(state, home, pupil_id),
        )


def _is_shared(state: YearState, home: Household, pupil_id: str) -> bool:
    return any(pupil_id in other.pupil_ids for other in state.school.households if other.id != home.id)


def _invitations(workspace: Workspace, state: YearState, home: Household) -> Iterator[InvitationFacts]:
    """Yield every activity with a pupil of this household, also those that were dropped."""
    session = workspace.session
    links = {row.event_id: row for row in session.scalars(select(InviteLinkRow).filter_by(household_id=home.id))}
    rows = session.scalars(select(PupilInvitationRow).where(PupilInvitationRow.pupil_id.in_(home.pupil_ids)))
    written = {(row.event_id, row.pupil_id): row for row in rows}
    for event in load_events(session, with_removed=True):
        mine = [pupil_id for pupil_id in home.pupil_ids if pupil_id in event.occurrence.pupil_ids]
        link = links.get(event.planned.id)
        if mine or link:
            yield InvitationFacts(
                activity=event.occurrence.title + (" (vervallen)" if event.removed_at else ""),
                first=event.planned.span.first,
                last=event.planned.span.last,
                pupils=tuple(state.school.pupil(pupil_id).first_name for pupil_id in mine),
                is_invited=any(pupil_id in event.planned.pupil_ids for pupil_id in mine),
                link="geen" if link is None else "beëindigd" if link.revoked_at else "gemaakt",
                texts=tuple(text for pupil_id in mine for text in _written(written.get((event.planned.id, pupil_id)))),
            )


def _answers(workspace: Workspace, state: YearState, home: Household) -> Iterator[AnswerFacts]:
    session = workspace.session
    said = {event: answer for (event, household), answer in load_said(session).items() if household == home.id}
    here = {event: arrival for (event, household), arrival in load_arrivals(session).items() if household == home.id}
    for event in load_events(session, with_removed=True):
        event_id = event.planned.id
        if event_id in said or event_id in here:
            answer = answerlines.said(state, said.get(event_id))
            yield AnswerFacts(
                activity=event.occurrence.title,
                first=event.planned.span.first,
                coming=answer.coming,
                persons=answer.persons,
                interpreter=answer.interpreter,
                children=answer.children,
                question=answer.question,
                source=answer.source,
                by=answer.by,
                at=answer.when,
                here=here[event_id].persons if event_id in here else None,
            )


def _written(row: PupilInvitationRow | None) -> Iterator[str]:
    if row:
        yield from (text for pair in (row.greeting, *row.lines, row.who) for text in pair if text)


@allowed(Right.SEE_FAMILIES)
def household_view(workspace: Workspace, household_id: str) -> HouseholdView:
    """Return everything known about a household and nothing of another one; NotFoundError for one that is not there.

    A mentor gets the pupils of the own class only, not their brothers and sisters elsewhere.
    """
    state = load_state(workspace)
    home = _home(state, household_id)
    if not _is_for(workspace, state, home):
        raise NotFoundError(NOT_YOURS)
    mine = (each for each in home.pupil_ids if workspace.actor.sees_class(state.school.pupil(each).class_id))
    seen = replace(home, pupil_ids=tuple(mine))
    # A child in two households has parents in both; then nobody here can tell whose parent the helper is.
    own = {pupil_id for pupil_id in home.pupil_ids if not _is_shared(state, home, pupil_id)}
    return HouseholdView(
        id=home.id,
        name=home.name,
        language=state.language_names.get(home.language, home.language),
        adults=home.adults,
        interpreter=home.interpreter,
        relation=home.relation,
        pupils=tuple(_pupil_facts(state, seen)),
        invitations=tuple(_invitations(workspace, state, seen)),
        answers=tuple(_answers(workspace, state, home)),
        helpers=tuple(person.name for person in state.people if person.children and person.children <= own),
        talks=tuple(talks_of(workspace, state, seen)),
        wish=wish_of(workspace, home),
    )


def as_json(view: HouseholdView) -> bytes:
    """Return a household's data as a file that a family may take to another program."""
    return json.dumps(asdict(view), default=lambda value: value.isoformat(), ensure_ascii=False, indent=2).encode()


@allowed(Right.SETTINGS)
def erase(workspace: Workspace, household_id: str, *, confirmed: str, by: str, now: datetime) -> str:
    """Erase a household for good, with the pupils who have no other one; return what was done, in a sentence.

    InputError without the confirmation, NotFoundError when the household is not there.
    """
    if confirmed != CONFIRMED:
        raise InputError("Zet eerst het vinkje dat u het zeker weet.")
    session = workspace.session
    with writing(session):
        home = _home(read_state(workspace), household_id)
        pupils = only_of(session, {home.id})
        forget(session, household_ids={home.id}, pupil_ids=pupils)
        bump_revision(session)
        # Neither a name nor an id: the record must not bring back who was erased.
        session.add(AuditRow(at=now, who=by, what="gezin gewist", subject=f"1 gezin, {len(pupils)} leerlingen"))
    return finish(workspace, "Alles van dit gezin is gewist.")


def finish(workspace: Workspace, done: str) -> str:
    """Forget what this program itself remembers, and clean the disk; return the sentence for the reader."""
    workspace.kept.clear()
    engine = workspace.session.get_bind().engine
    workspace.session.close()
    return done if scrub(engine) else f"{done} {_FAILED_SCRUB}"
