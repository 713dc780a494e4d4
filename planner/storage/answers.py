"""Answers of families, arrivals at the door and steps to reach silent families: rows to domain values and back."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from planner.domain.answers import Answer, Arrival, Reply, now_counts
from planner.domain.reaching import ReachStep
from planner.storage.db import AnySession
from planner.storage.models import THE_KEEPING, AnswerKeepingRow, AnswerRow, ArrivalRow, ReachRow

WEEKS = 4  # after an event, until a school chooses otherwise
Marks = Mapping[ReachStep, ReachRow]


def keeping(session: AnySession) -> AnswerKeepingRow:
    """Return how long answers are kept and how often they changed; to read, not to change."""
    row = session.get(AnswerKeepingRow, THE_KEEPING)
    return row or AnswerKeepingRow(id=THE_KEEPING, weeks=WEEKS, count=0)


def keep_weeks(session: AnySession, weeks: int) -> None:
    """Keep answers this many weeks after an event."""
    session.merge(AnswerKeepingRow(id=THE_KEEPING, weeks=weeks, count=keeping(session).count))


def _changed(session: AnySession) -> None:
    known = keeping(session)
    session.merge(AnswerKeepingRow(id=THE_KEEPING, weeks=known.weeks, count=known.count + 1))
    session.flush()


def _of(column: InstrumentedAttribute[str], event_id: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if event_id is None else (column == event_id,)


def load_said(session: AnySession, event_id: str | None = None) -> Mapping[tuple[str, str], Answer]:
    """Return what families said, by event and household; of one event, or of the whole year."""
    rows = session.scalars(select(AnswerRow).where(*_of(AnswerRow.event_id, event_id)))
    return {(row.event_id, row.household_id): _answer(row) for row in rows}


def load_arrivals(session: AnySession, event_id: str | None = None) -> Mapping[tuple[str, str], Arrival]:
    """Return who was ticked at the door, by event and household."""
    rows = session.scalars(select(ArrivalRow).where(*_of(ArrivalRow.event_id, event_id)))
    return {(row.event_id, row.household_id): Arrival(persons=row.persons, at=row.at, by=row.by) for row in rows}


def load_current(session: AnySession, event_id: str | None = None) -> Mapping[str, Mapping[str, Answer]]:
    """Return the answers that count, by event and then by household."""
    said, here = load_said(session, event_id), load_arrivals(session, event_id)
    found: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    for key in {**said, **here}:
        answer = now_counts(said.get(key), here.get(key))
        if answer is not None:
            found[key[0]][key[1]] = answer
    return found


def said_by(session: AnySession, event_id: str, household_id: str) -> Answer | None:
    """Return what one household said, None for silence."""
    row = session.get(AnswerRow, (event_id, household_id))
    return _answer(row) if row else None


def save_answer(session: AnySession, event_id: str, household_id: str, answer: Answer) -> None:
    """Keep an answer in the place of an earlier one."""
    reply = answer.reply
    session.merge(
        AnswerRow(
            event_id=event_id,
            household_id=household_id,
            coming=reply.coming,
            persons=reply.persons,
            interpreter=reply.interpreter,
            children=reply.children,
            question=reply.question,
            source=answer.source,
            at=answer.at,
            by=answer.by,
        )
    )
    _changed(session)


def drop_answer(session: AnySession, event_id: str, household_id: str) -> None:
    """Let a household be silent again."""
    session.execute(delete(AnswerRow).filter_by(event_id=event_id, household_id=household_id))
    _changed(session)


def save_arrival(session: AnySession, event_id: str, household_id: str, arrival: Arrival | None) -> None:
    """Tick a household at the door; None takes the tick away."""
    if arrival is None:
        session.execute(delete(ArrivalRow).filter_by(event_id=event_id, household_id=household_id))
    else:
        facts = {"persons": arrival.persons, "at": arrival.at, "by": arrival.by}
        session.merge(ArrivalRow(event_id=event_id, household_id=household_id, **facts))
    _changed(session)


def load_marks(session: AnySession, event_id: str) -> Mapping[str, Marks]:
    """Return the steps that were taken to reach households, by household and step."""
    found: defaultdict[str, dict[ReachStep, ReachRow]] = defaultdict(dict)
    for row in session.scalars(select(ReachRow).filter_by(event_id=event_id)):
        found[row.household_id][row.step] = row
    return found


def save_mark(session: AnySession, row: ReachRow) -> None:
    """Keep how a step went."""
    session.merge(row)
    session.flush()


def drop_mark(session: AnySession, event_id: str, household_id: str, step: ReachStep) -> None:
    """Take a step back."""
    session.execute(delete(ReachRow).filter_by(event_id=event_id, household_id=household_id, step=step))


def forget_answers(session: AnySession, event_ids: Collection[str]) -> None:
    """Delete everything families said about these events, and who was at the door."""
    for table in (AnswerRow, ArrivalRow, ReachRow):
        session.execute(delete(table).where(table.event_id.in_(event_ids)))
    _changed(session)


def answered_events(session: AnySession) -> set[str]:
    """Return the ids of the events that something is kept about."""
    return {
        event_id
        for table in (AnswerRow, ArrivalRow, ReachRow)
        for event_id in session.scalars(select(table.event_id).distinct())
    }


def _answer(row: AnswerRow) -> Answer:
    reply = Reply(
        coming=row.coming,
        persons=row.persons,
        interpreter=row.interpreter,
        children=row.children,
        question=row.question,
    )
    return Answer(reply=reply, source=row.source, at=row.at, by=row.by)
