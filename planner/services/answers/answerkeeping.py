"""Letting go of answers: a set time after an activity they are erased, and counts without names stay."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.families.answers import Answer
from planner.domain.families.smallcells import without_small
from planner.domain.school import Household
from planner.domain.year import AMSTERDAM
from planner.errors import InputError
from planner.services.answers.answerlines import class_names, classes_of, invited_of
from planner.services.guarding import allowed
from planner.services.invitations.invitations import invited_households
from planner.services.state import YearState, read_state
from planner.services.views import TurnoutLine
from planner.services.workspace import Workspace
from planner.storage.answers import answered_events, forget_answers, keep_weeks, keeping, load_arrivals
from planner.storage.db import writing
from planner.storage.models import EventRow, TurnoutRow
from planner.storage.records import has_school

MOST_WEEKS = 26
EVERYONE = "alle"


def _numbers(homes: Collection[Household], answers: Mapping[str, Answer], here: set[str]) -> list[int]:
    """Return how many households come, cannot come, were silent, and were there."""
    said = [answers[home.id].reply for home in homes if home.id in answers]
    coming = sum(reply.coming for reply in said)
    return [coming, len(said) - coming, len(homes) - len(said), sum(home.id in here for home in homes)]


def _lines(kind: str, groups: Mapping[str, list[int]]) -> Iterator[TurnoutLine]:
    shown = without_small([numbers[:3] for numbers in groups.values()])
    present = without_small([[numbers[3]] for numbers in groups.values()])
    for name, (coming, cannot, silent), (here,) in zip(groups, shown, present, strict=True):
        yield TurnoutLine(kind=kind, name=name, coming=coming, cannot=cannot, silent=silent, present=here)


def _counts(state: YearState, event_id: str, here: set[str]) -> Iterator[TurnoutLine]:
    """Yield the counts of an activity: of everybody, each class and each language."""
    homes, answers = invited_households(state, event_id), state.answers.get(event_id, {})
    in_class = {
        name: [home for home in homes if class_id in classes_of(state, invited_of(state, event_id, home))]
        for class_id, name in class_names(state).items()
    }
    speaking: dict[str, list[Household]] = {}
    for home in sorted(homes, key=lambda each: each.language):
        speaking.setdefault(state.language_names.get(home.language, home.language), []).append(home)
    for kind, groups in (("alle", {EVERYONE: list(homes)}), ("klas", in_class), ("taal", speaking)):
        yield from _lines(kind, {name: _numbers(mine, answers, here) for name, mine in groups.items() if mine})


def over(workspace: Workspace, *, before: date) -> set[str]:
    """Return the ids of the activities that ended before a day and of which answers are kept."""
    ended = set(workspace.session.scalars(select(EventRow.id).where(EventRow.last < before)))
    return ended & answered_events(workspace.session)


def erase(workspace: Workspace, event_ids: Collection[str]) -> None:
    """Erase the answers, arrivals and tries of these activities for good; inside the caller's transaction.

    Counts are kept the first time; of an activity that was dropped there are none.
    """
    session, state = workspace.session, read_state(workspace)
    present = {event.planned.id for event in state.events}
    known = set(session.scalars(select(TurnoutRow.event_id)))
    arrived = load_arrivals(session)
    for event_id in sorted(set(event_ids) & present - known):
        here = {home for event, home in arrived if event == event_id}
        for line in _counts(state, event_id, here):
            session.add(
                TurnoutRow(
                    event_id=event_id,
                    kind=line.kind,
                    name=line.name,
                    coming=line.coming,
                    cannot=line.cannot,
                    silent=line.silent,
                    present=line.present,
                )
            )
    forget_answers(session, event_ids)


def erase_old(workspace: Workspace, *, now: datetime) -> int:
    """Erase what has been kept long enough; return for how many activities."""
    session = workspace.session
    if not has_school(session):
        return 0
    before = now.astimezone(AMSTERDAM).date() - timedelta(weeks=weeks(workspace))
    gone = over(workspace, before=before)
    if gone:
        with writing(session):
            erase(workspace, gone)
    return len(gone)


@allowed(Right.ANSWERS)
def turnout(workspace: Workspace, event_id: str) -> tuple[TurnoutLine, ...]:
    """Return the counts that stayed of an activity, everybody first; empty as long as its answers are kept."""
    order = {EVERYONE: 0, "klas": 1, "taal": 2}
    rows = workspace.session.scalars(select(TurnoutRow).filter_by(event_id=event_id))
    lines = (
        TurnoutLine(
            kind=row.kind,
            name=row.name,
            coming=row.coming,
            cannot=row.cannot,
            silent=row.silent,
            present=row.present,
        )
        for row in rows
    )
    return tuple(sorted(lines, key=lambda line: (order[line.kind], line.name)))


@allowed(Right.SETTINGS)
def set_weeks(workspace: Workspace, text: str) -> None:
    """Keep answers this many weeks after an activity; InputError for an odd number."""
    weeks = int(text) if text.isascii() and text.isdecimal() and len(text) <= len("26") else 0
    if not 1 <= weeks <= MOST_WEEKS:
        raise InputError(f"Kies een aantal weken van 1 tot en met {MOST_WEEKS}.")
    with writing(workspace.session):
        keep_weeks(workspace.session, weeks)


def weeks(workspace: Workspace) -> int:
    """Return how many weeks after an activity its answers are kept."""
    return keeping(workspace.session)[0]
