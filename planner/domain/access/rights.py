"""Who may do what: the roles of a school's people and the rights each of them brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Why somebody may come in."""

    COORDINATOR = "coordinator"
    TEAM = "team"
    MENTOR = "mentor"
    COLLEAGUE = "collega"
    REVIEWER = "tekstlezer"
    HELPER = "helper"  # a sleutelouder, volunteer or partner behind a personal link; no account
    SYSTEM = "systeem"  # the command line and the worker: whoever runs them has the database anyway
    NOBODY = "niemand"


class Right(StrEnum):
    """Something one may do. A right over families or answers reaches as far as `Actor.sees_class`."""

    SEE_CALENDAR = "see_calendar"  # the dates of the year, without names
    SEE_YEAR = "see_year"  # every activity with its people and rooms
    PLAN = "plan"  # change and publish what is planned
    SEE_FAMILIES = "see_families"  # pupils and households
    ANSWERS = "answers"  # what families answered, and taking it down for them
    SETTINGS = "settings"  # the school itself: rules, lists in and out, clean-up
    ACCOUNTS = "accounts"  # who may come in
    OWN_DUTIES = "own_duties"  # one's own tasks and availability
    REVIEW_TEXTS = "review_texts"  # texts in a language one reads


ACCOUNT_ROLES = (Role.COORDINATOR, Role.TEAM, Role.MENTOR, Role.COLLEAGUE, Role.REVIEWER)
EVERYTHING = frozenset(Right)
GRANTS: Mapping[Role, frozenset[Right]] = {
    Role.COORDINATOR: EVERYTHING,
    Role.TEAM: EVERYTHING - {Right.SETTINGS, Right.ACCOUNTS, Right.REVIEW_TEXTS},
    Role.MENTOR: frozenset({Right.SEE_CALENDAR, Right.SEE_FAMILIES, Right.ANSWERS, Right.OWN_DUTIES}),
    Role.COLLEAGUE: frozenset({Right.SEE_CALENDAR, Right.OWN_DUTIES}),
    Role.REVIEWER: frozenset({Right.SEE_CALENDAR, Right.OWN_DUTIES, Right.REVIEW_TEXTS}),
    Role.HELPER: frozenset({Right.OWN_DUTIES}),
    Role.SYSTEM: EVERYTHING,
    Role.NOBODY: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is at work.

    `class_ids` are the classes of which this person sees the families; None stands for all of them. `person_id`
    is who this is among the school's people, when that is known.
    """

    role: Role
    name: str = ""
    account_id: int | None = None
    person_id: str | None = None
    class_ids: frozenset[str] | None = frozenset()

    def may(self, right: Right) -> bool:
        """Return whether this role brings a right."""
        return right in GRANTS[self.role]

    def sees_class(self, class_id: str) -> bool:
        """Return whether the families of a class are this person's to see."""
        return self.may(Right.SEE_FAMILIES) and (self.class_ids is None or class_id in self.class_ids)


SYSTEM = Actor(role=Role.SYSTEM, class_ids=None)
NOBODY = Actor(role=Role.NOBODY)


def actor_for(
    role: Role, *, name: str = "", account_id: int | None = None, person_id: str | None = None, class_id: str | None
) -> Actor:
    """Return the actor of an account; only a mentor is bound to a class, and without one sees no family."""
    own = frozenset({class_id} if class_id else ())
    return Actor(
        role=role,
        name=name,
        account_id=account_id,
        person_id=person_id,
        class_ids=own if role is Role.MENTOR else None,
    )
