"""Answers of families, arrivals at the door and steps to reach silent families: rows to domain values and back."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Row, Table, Update, delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from planner.domain.families.answers import Answer, Arrival, Reply, now_counts
from planner.domain.families.reaching import Mark, ReachStep
from planner.storage.db import AnySession, Base
from planner.storage.models import THE_KEEPING, AnswerKeepingRow, AnswerRow, ArrivalRow, HouseholdRow, ReachRow

_ANSWER, _ARRIVAL, _REACH, _KEEPING = (
    Base.metadata.tables[row.__tablename__] for row in (AnswerRow, ArrivalRow, ReachRow, AnswerKeepingRow)
)
WEEKS = 4  # after an event, until a school chooses otherwise
Marks = Mapping[ReachStep, ReachRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkKey:
    """One step for one household at one event."""

    event_id: str
    household_id: str
    step: ReachStep


def _count_of(session: AnySession, statement: Update) -> int:
    done = session.execute(statement)
    return done.rowcount if isinstance(done, CursorResult) else 0


def put(session: AnySession, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Make the row with this key have these values. Plain statements: hundreds of families answer in a minute."""
    which = [table.c[name] == value for name, value in key.items()]
    if not _count_of(session, update(table).where(*which).values(**values)):
        session.execute(insert(table).values(**key, **values))


def keeping(session: AnySession) -> tuple[int, int]:
    """Return how many weeks answers are kept after an event, and how often an answer changed."""
    row = session.execute(select(_KEEPING.c.weeks, _KEEPING.c.count)).one_or_none()
    return (row[0], row[1]) if row else (WEEKS, 0)


def keep_weeks(session: AnySession, weeks: int) -> None:
    """Keep answers this many weeks after an event."""
    put(session, _KEEPING, {"id": THE_KEEPING}, {"weeks": weeks, "count": keeping(session)[1]})


def _changed(session: AnySession) -> None:
    if not _count_of(session, update(_KEEPING).values(count=_KEEPING.c.count + 1)):
        session.execute(insert(_KEEPING).values(id=THE_KEEPING, weeks=WEEKS, count=1))


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
    which = select(_ANSWER).where(_ANSWER.c.event_id == event_id, _ANSWER.c.household_id == household_id)
    row = session.execute(which).one_or_none()
    return _answer(row) if row else None


def save_answer(session: AnySession, event_id: str, household_id: str, answer: Answer) -> None:
    """Keep an answer in the place of an earlier one."""
    facts = {"source": answer.source, "at": answer.at, "by": answer.by}
    put(session, _ANSWER, {"event_id": event_id, "household_id": household_id}, asdict(answer.reply) | facts)
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
        put(session, _ARRIVAL, {"event_id": event_id, "household_id": household_id}, asdict(arrival))
    _changed(session)


def load_marks(session: AnySession, event_id: str) -> Mapping[str, Marks]:
    """Return the steps that were taken to reach households, by household and step."""
    found: defaultdict[str, dict[ReachStep, ReachRow]] = defaultdict(dict)
    for row in session.scalars(select(ReachRow).filter_by(event_id=event_id)):
        found[row.household_id][row.step] = row
    return found


def save_mark(session: AnySession, key: MarkKey, mark: Mark, *, at: datetime, by: str) -> None:
    """Keep how a step went."""
    put(session, _REACH, asdict(key), {"mark": mark, "at": at, "by": by})


def drop_mark(session: AnySession, key: MarkKey) -> None:
    """Take a step back."""
    session.execute(delete(ReachRow).filter_by(**asdict(key)))


def is_there(session: AnySession, household_id: str) -> bool:
    """Return whether a household is still there, at this moment."""
    return session.scalar(select(HouseholdRow.id).where(HouseholdRow.id == household_id)) is not None


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


def _answer(row: AnswerRow | Row[Any]) -> Answer:
    reply = Reply(
        coming=row.coming,
        persons=row.persons,
        interpreter=row.interpreter,
        children=row.children,
        question=row.question,
    )
    return Answer(reply=reply, source=row.source, at=row.at, by=row.by)
