"""What people said about their tasks, kept apart from the tasks: rows to domain values and back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from planner.domain.staffing.dutyanswers import Answer, Says
from planner.domain.staffing.people import Decline
from planner.domain.year import AMSTERDAM
from planner.storage.db import AnySession
from planner.storage.models import DutyAnswerRow

Key = tuple[str, str]  # need and person


def load_answers(session: AnySession, *, person_id: str = "") -> Mapping[Key, Answer]:
    """Return the last answer of everyone, or of one person, by need and person."""
    mine = [DutyAnswerRow.person_id == person_id] if person_id else []
    rows = session.scalars(select(DutyAnswerRow).where(*mine).order_by(DutyAnswerRow.need_id, DutyAnswerRow.person_id))
    return {
        (row.need_id, row.person_id): Answer(
            need_id=row.need_id,
            person_id=row.person_id,
            event_id=row.event_id,
            says=row.says,
            reason=row.reason,
            at=row.answered_at,
        )
        for row in rows
    }


def load_declines(session: AnySession) -> Mapping[str, frozenset[Decline]]:
    """Return the tasks that each person said no to, by person."""
    found: defaultdict[str, set[Decline]] = defaultdict(set)
    for row in session.scalars(select(DutyAnswerRow).where(DutyAnswerRow.says == Says.NO)):
        said_on = row.answered_at.astimezone(AMSTERDAM).date()
        found[row.person_id].add(Decline(need_id=row.need_id, said_on=said_on, reason=row.reason))
    return {person_id: frozenset(declines) for person_id, declines in found.items()}


def save_answers(session: AnySession, answers: Iterable[Answer]) -> None:
    """Keep answers; a later one takes the place of an earlier one."""
    for each in answers:
        session.merge(
            DutyAnswerRow(
                need_id=each.need_id,
                person_id=each.person_id,
                event_id=each.event_id,
                says=each.says,
                reason=each.reason,
                answered_at=each.at,
            )
        )
    session.flush()
