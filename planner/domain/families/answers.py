"""What a family said about coming: one answer for each household and event, whoever brought it; the last one counts."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from planner.domain.runbook import Runbook
from planner.domain.year import PlannedEvent, event_times, local

MOST_PERSONS = 12  # of one household on one evening; more is a slip of the finger
MOST_CHILDREN = 6  # for whom child care is asked
LONGEST_QUESTION = 500  # characters


class Source(StrEnum):
    """Who brought an answer."""

    FAMILY = "gezin"
    PUPIL = "leerling"
    MENTOR = "mentor"
    SCHOOL = "school"
    DOOR = "deur"


class Flaw(StrEnum):
    """Why an answer cannot be taken. Each is the name of a text in every language of the families."""

    CHOOSE = "choose_first"
    NUMBER = "wrong_number"
    LONG = "too_long"
    LATE = "too_late"
    CODE_WRONG = "code_wrong"
    CODE_UNKNOWN = "code_unknown"
    CODE_EXTRA = "code_extra"
    TRY_AGAIN = "try_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was said: coming with `persons` people in all, or not coming.

    `interpreter` is the code of the language they need an interpreter for, empty for none; `children` is
    for how many small children they ask child care; `question` is for the school, in their own words.
    """

    coming: bool
    persons: int = 0
    interpreter: str = ""
    children: int = 0
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply with who brought it and when (aware, UTC); `by` is the name of a colleague, empty for the family."""

    reply: Reply
    source: Source
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A household that was ticked at the door, with how many they are."""

    persons: int
    at: datetime
    by: str = ""


def plain(reply: Reply) -> Reply:
    """Return a reply without what does not belong to it: who stays at home needs no chair and no interpreter."""
    return reply if reply.coming else Reply(coming=False, question=reply.question)


def flaw_of(reply: Reply) -> Flaw | None:
    """Return what is wrong with a reply, None when nothing is."""
    if len(reply.question) > LONGEST_QUESTION:
        return Flaw.LONG
    if reply.coming and not (1 <= reply.persons <= MOST_PERSONS and 0 <= reply.children <= MOST_CHILDREN):
        return Flaw.NUMBER
    return None


def now_counts(answer: Answer | None, arrival: Arrival | None) -> Answer | None:
    """Return the answer that counts: who stands at the door is coming, whatever was said before.

    Taking the tick away brings the earlier answer back, so nothing a family said is lost at the door.
    """
    if arrival is None:
        return answer
    asked = answer.reply if answer and answer.reply.coming else Reply(coming=True)
    here = Reply(
        coming=True,
        persons=arrival.persons,
        interpreter=asked.interpreter,
        children=asked.children,
        question=answer.reply.question if answer else "",
    )
    return Answer(reply=here, source=Source.DOOR, at=arrival.at, by=arrival.by)


def family_closes(runbook: Runbook, event: PlannedEvent) -> datetime:
    """Return until when a family or a pupil may answer: when guests are expected, of a round its last moment."""
    start, end = event_times(runbook, event.span)
    if event.span.first != event.span.last:
        return end
    return max(start, local(event.span.first, runbook.invitation.start))


def school_closes(event: PlannedEvent) -> datetime:
    """Return until when the school may write an answer down: the end of the day after, for lists kept on paper."""
    return local(event.span.last + timedelta(days=2), time(0, 0))


def door_opens(event: PlannedEvent) -> datetime:
    """Return from when families can be ticked: the day itself; earlier it can only be a mistake."""
    return local(event.span.first, time(0, 0))
