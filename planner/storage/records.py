"""The one row of the school: its facts, what it set aside, and the guard against two people changing it at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from planner.errors import ConflictError, NotFoundError
from planner.storage.answers import keeping
from planner.storage.db import AnySession
from planner.storage.models import THE_SCHOOL, RuleOverrideRow, SchoolRow

Accepted = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFacts:
    """What is known of the school besides what planning asks for.

    `accepted` holds `(rule, where)` of each wish that the last proposal could not meet. `answered` rises
    with every answer of a family, and `revision` with every other change.
    """

    name: str
    region: str
    label: str
    is_demo: bool
    feasts: tuple[str, ...]
    accepted: Accepted
    revision: int
    answered: int = 0


def the_school(session: AnySession) -> SchoolRow:
    """Return the row of the school; NotFoundError when none is set up."""
    row = session.get(SchoolRow, THE_SCHOOL)
    if row is None:
        raise NotFoundError("Er is nog geen school ingericht.")
    return row


def has_school(session: AnySession) -> bool:
    """Return whether a school is set up."""
    return session.get(SchoolRow, THE_SCHOOL) is not None


def load_facts(session: AnySession) -> SchoolFacts:
    """Return the facts; NotFoundError when no school is set up."""
    row = the_school(session)
    return SchoolFacts(
        name=row.name,
        region=row.region,
        label=row.label,
        is_demo=row.is_demo,
        feasts=tuple(row.feasts),
        accepted=tuple((rule, where) for rule, where in row.accepted),
        revision=row.revision,
        answered=keeping(session)[1],
    )


def save_accepted(session: AnySession, accepted: Iterable[tuple[str, str]]) -> None:
    """Remember which wishes the last proposal could not meet."""
    the_school(session).accepted = [list(pair) for pair in accepted]
    session.flush()


def bump_revision(session: AnySession, *, seen: int | None = None) -> int:
    """Count a change of the school and return the new number.

    `seen` is the number on the form that asks for the change; ConflictError when someone else was earlier.
    """
    school = the_school(session)
    if seen is not None and seen != school.revision:
        raise ConflictError(
            "Iemand anders heeft dit intussen veranderd. Laad de pagina opnieuw en kijk of uw wijziging nog nodig is."
        )
    school.revision += 1
    session.flush()
    return school.revision


def load_overrides(session: AnySession) -> Mapping[str, str]:
    """Return the school's reason for each rule that it sets aside."""
    rows = session.scalars(select(RuleOverrideRow).order_by(RuleOverrideRow.rule))
    return {row.rule: row.reason for row in rows}


def save_override(session: AnySession, rule: str, *, reason: str, now: datetime) -> None:
    """Set a rule aside, or change the reason for it."""
    session.merge(RuleOverrideRow(rule=rule, reason=reason, created_at=now))
    session.flush()


def drop_override(session: AnySession, rule: str) -> None:
    """Let a rule count again; nothing happens when it already does."""
    session.execute(delete(RuleOverrideRow).where(RuleOverrideRow.rule == rule))
