"""What somebody agreed with the school about being asked: whether, how, with whom and where."""

from dataclasses import dataclass, replace

from planner.domain.access.rights import Right
from planner.domain.staffing.people import Channel
from planner.errors import InputError
from planner.services.guarding import allowed
from planner.services.staffing.staffing import assign
from planner.services.state import load_state
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.people import save_people
from planner.storage.records import bump_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """The answers of the form; `beside` is the id of a colleague, `room` of a room, each "" for none."""

    consent: bool
    channel: str
    beside: str
    room: str


@allowed(Right.PLAN)
def save(workspace: Workspace, person_id: str, given: Agreements) -> None:
    """Keep what was agreed; whoever may not be asked has no task any more.

    NotFoundError for somebody unknown, InputError for a channel, colleague or room that is not there.
    """
    state, session = load_state(workspace), workspace.session
    person = state.person(person_id)
    if given.channel and given.channel not in set(Channel):
        raise InputError(f"Zo kan iemand niet worden gevraagd. Kies uit: {', '.join(Channel)}.")
    if given.beside:
        state.person(given.beside)
    if given.room and given.room not in state.room_names:
        raise InputError("Deze ruimte is er niet (meer). Kies een ruimte uit de lijst.")
    changed = replace(
        person,
        consent=given.consent,
        channel=Channel(given.channel) if given.channel else None,
        beside=frozenset({given.beside} if given.beside else ()),
        rooms=frozenset({given.room} if given.room else ()),
    )
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_people(session, [changed if each.id == person_id else each for each in state.people])
        assign(workspace)
