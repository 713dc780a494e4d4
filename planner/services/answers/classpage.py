"""A mentor's own class: its pupils and families, and the moments of the year that are for them."""

from collections.abc import Iterable
from datetime import datetime

from planner.domain.access.rights import Right
from planner.domain.year import AMSTERDAM
from planner.errors import NotFoundError
from planner.services.guarding import NOT_YOURS, allowed
from planner.services.lines import event_lines
from planner.services.state import YearState, load_state
from planner.services.views import ClassMoment, ClassPupil, ClassView
from planner.services.workspace import Workspace


@allowed(Right.SEE_FAMILIES)
def view(workspace: Workspace, *, now: datetime) -> tuple[ClassView, ...]:
    """Return one's own classes; NotFoundError for who has no class of their own."""
    own = workspace.actor.class_ids
    if not own:
        raise NotFoundError(NOT_YOURS)
    state = load_state(workspace)
    return tuple(
        ClassView(
            name=each.name,
            phase=each.phase,
            pupils=tuple(_pupils(state, each.id)),
            moments=tuple(_moments(state, each.id, now)),
        )
        for each in state.school.classes
        if each.id in own
    )


def _pupils(state: YearState, class_id: str) -> Iterable[ClassPupil]:
    mine = (pupil for pupil in state.school.pupils if pupil.class_id == class_id)
    for pupil in sorted(mine, key=lambda each: (each.first_name, each.last_name, each.id)):
        homes = [home for home in state.school.households if pupil.id in home.pupil_ids]
        yield ClassPupil(
            name=f"{pupil.first_name} {pupil.last_name}".strip(),
            leaves=pupil.leaves,
            households=tuple(
                (home.id, home.name, state.language_names.get(home.language, home.language), home.interpreter)
                for home in homes
            ),
        )


def _moments(state: YearState, class_id: str, now: datetime) -> Iterable[ClassMoment]:
    """Yield what is still to come this year for somebody of the class, with how many of them are invited."""
    today = now.astimezone(AMSTERDAM).date()
    mine = {pupil.id for pupil in state.school.pupils if pupil.class_id == class_id}
    for line in event_lines(state):
        invited = mine & set(state.event(line.id).planned.pupil_ids)
        if invited and line.last >= today:
            yield ClassMoment(
                title=line.title,
                kind=line.kind,
                phase=line.phase,
                first=line.first,
                last=line.last,
                pupils=len(invited),
                starts=f"{state.runbook(line.id).invitation.start:%H:%M}" if line.timed else "",
            )
