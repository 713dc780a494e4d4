"""The yearly clean-up: who left goes, with what was only for this year; counts without names stay."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, select

from planner.domain.access.rights import Right
from planner.domain.families.smallcells import FEWEST
from planner.domain.year import AMSTERDAM
from planner.errors import InputError
from planner.services.answers import answerkeeping
from planner.services.guarding import allowed
from planner.services.keeping.households import finish
from planner.services.state import YearState, read_state
from planner.services.views import CleanUpView, TallyLine
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.forgetting import forget
from planner.storage.models import (
    AuditRow,
    Base,
    DutyAnswerRow,
    EventRow,
    InviteLinkRow,
    PrintedRow,
    PublicationRow,
    PupilCodeRow,
    PupilInvitationRow,
    ReaderLinkRow,
    SessionRow,
    SigninLinkRow,
    TalkSlotRow,
    TallyRow,
    TaskRow,
)
from planner.storage.records import bump_revision

CONFIRMATION = "opruimen"
STAYS = (
    "De school, de klassen, de ruimtes en de instellingen.",
    "Collega’s, sleutelouders en andere helpers. Haal weg wie niet meer meedoet.",
    "De activiteiten met hun datums, taken en afgevinkte stappen.",
    "Leerlingen die blijven, en hun gezinnen.",
    "Tellingen per klas en per taal, zonder namen.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaving:
    """Who goes: pupils who left, and households that then have no pupil."""

    pupil_ids: frozenset[str]
    household_ids: frozenset[str]


def _leaving(state: YearState, today: date) -> _Leaving:
    pupils = frozenset(pupil.id for pupil in state.school.pupils if pupil.leaves and pupil.leaves < today)
    homes = frozenset(home.id for home in state.school.households if pupils.issuperset(home.pupil_ids))
    return _Leaving(pupil_ids=pupils, household_ids=homes)


def _counts(state: YearState, today: date) -> Iterator[TallyLine]:
    """Yield how many households each class and each language has; few is not told."""
    class_of = {pupil.id: pupil.class_id for pupil in state.school.pupils}
    names = {each.id: each.name for each in state.school.classes}
    homes = state.school.households
    classes = Counter(names[each] for home in homes for each in {class_of[pupil] for pupil in home.pupil_ids})
    languages = Counter(state.language_names.get(home.language, home.language) for home in homes)
    for kind, counter in (("klas", classes), ("taal", languages)):
        for name, count in sorted(counter.items()):
            yield TallyLine(day=today, kind=kind, name=name, households=count if count >= FEWEST else None)


def _past_links(today: date) -> ColumnElement[bool]:
    return InviteLinkRow.event_id.in_(select(EventRow.id).where(EventRow.last < today))


def _past_talks(today: date) -> ColumnElement[bool]:
    return TalkSlotRow.event_id.in_(select(EventRow.id).where(EventRow.last < today))


def _past_answers(today: date) -> ColumnElement[bool]:
    return DutyAnswerRow.event_id.in_(select(EventRow.id).where(EventRow.last < today))


def _old_publications(workspace: Workspace) -> list[PublicationRow]:
    """Return the publications that nobody sees any more and that still name people."""
    rows = workspace.session.scalars(select(PublicationRow).order_by(PublicationRow.number.desc()).offset(1))
    return [row for row in rows if any(event["people"] for event in row.snapshot["events"])]


def _other_sessions(keep: int | None) -> ColumnElement[bool]:
    return SessionRow.account_id.is_distinct_from(keep)


@allowed(Right.SETTINGS)
def view(workspace: Workspace, *, keep: int | None, now: datetime) -> CleanUpView:
    """Return what a clean-up now would take away and what stays; `keep` is the account that stays signed in."""
    session, today = workspace.session, now.astimezone(AMSTERDAM).date()
    state = read_state(workspace)
    going = _leaving(state, today)
    names = {each.id: each.name for each in state.school.classes}

    def count(table: type[Base], *which: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(table).where(*which)) or 0

    return CleanUpView(
        pupils=tuple(
            (f"{pupil.first_name} {pupil.last_name}".strip(), names[pupil.class_id], pupil.leaves)
            for pupil in state.school.pupils
            if pupil.id in going.pupil_ids and pupil.leaves
        ),
        households=tuple(home.name for home in state.school.households if home.id in going.household_ids),
        links=count(InviteLinkRow, _past_links(today)),
        talks=count(TalkSlotRow, _past_talks(today)),
        answers=count(DutyAnswerRow, _past_answers(today)),
        sessions=count(SessionRow, _other_sessions(keep)) + count(SigninLinkRow),
        tasks=count(TaskRow),
        prints=sum(1 for _ in workspace.prints_dir.glob("*")),
        publications=len(_old_publications(workspace)),
        counts=tuple(_counts(state, today)),
        tallies=tuple(
            TallyLine(day=row.day, kind=row.kind, name=row.name, households=row.households)
            for row in session.scalars(select(TallyRow).order_by(TallyRow.day.desc(), TallyRow.kind, TallyRow.name))
        ),
        stays=STAYS,
    )


@allowed(Right.SETTINGS)
def clean_up(workspace: Workspace, *, confirmed: str, keep: int | None, by: str, now: datetime) -> str:
    """Take away what `view` lists, for good; return what was done, in a sentence. InputError without the word."""
    if confirmed.strip().casefold() != CONFIRMATION:
        raise InputError(f'Typ het woord "{CONFIRMATION}" in het veld. Er is nog niets gewist.')
    session, today = workspace.session, now.astimezone(AMSTERDAM).date()
    with writing(session):
        state = read_state(workspace)
        going = _leaving(state, today)
        _keep_counts(workspace, state, today)
        answerkeeping.erase(workspace, answerkeeping.over(workspace, before=today))
        session.execute(delete(InviteLinkRow).where(_past_links(today)))
        session.execute(delete(TalkSlotRow).where(_past_talks(today)))
        session.execute(delete(DutyAnswerRow).where(_past_answers(today)))
        _drop_texts(workspace, today)
        forget(session, household_ids=going.household_ids, pupil_ids=going.pupil_ids)
        session.execute(delete(SessionRow).where(_other_sessions(keep)))
        session.execute(delete(SigninLinkRow))
        session.execute(delete(TaskRow))
        for row in _old_publications(workspace):
            row.snapshot = {"events": [event | {"people": []} for event in row.snapshot["events"]]}
        done = f"{len(going.pupil_ids)} leerlingen en {len(going.household_ids)} gezinnen"
        session.add(AuditRow(at=now, who=by, what="jaar opgeruimd", subject=done))
        bump_revision(session)
    for path in workspace.prints_dir.glob("*"):
        path.unlink(missing_ok=True)
    return finish(workspace, f"Opgeruimd: {done}.")


def _drop_texts(workspace: Workspace, today: date) -> None:
    """Take away what pupils wrote for activities that are over, what was printed for those, and every code."""
    past = select(EventRow.id).where(EventRow.last < today)
    for table in (PupilInvitationRow, PrintedRow):
        workspace.session.execute(delete(table).where(table.event_id.in_(past)))
    workspace.session.execute(delete(PupilCodeRow))
    workspace.session.execute(delete(ReaderLinkRow))


def _keep_counts(workspace: Workspace, state: YearState, today: date) -> None:
    """Keep the counts of before; a second clean-up on the same day changes nothing about the first."""
    session = workspace.session
    if session.scalar(select(TallyRow).where(TallyRow.day == today).limit(1)) is None:
        for line in _counts(state, today):
            session.add(TallyRow(day=line.day, kind=line.kind, name=line.name, households=line.households))
