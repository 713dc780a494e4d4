"""The tables, one class each; a class ends in `Row` so that it is never mistaken for the domain's own value."""

from planner.storage.db import Base
from planner.storage.models.access import (
    AccountRow,
    CredentialRow,
    InviteLinkRow,
    LinkPurpose,
    RecoveryCodeRow,
    SessionRow,
    SigninLinkRow,
)
from planner.storage.models.calendar import OpenDayRow, PeriodOrigin, PeriodRow
from planner.storage.models.events import DutyRow, EventRow, RoomUseRow, StepStateRow
from planner.storage.models.holding import THE_HOLD, HoldRow, TallyRow
from planner.storage.models.imports import ImportColumnRow, ImportRow, ImportState
from planner.storage.models.people import PersonChildRow, PersonRow, RoomRow
from planner.storage.models.publishing import FeedEntryRow, FeedKind, FeedRow, PublicationRow
from planner.storage.models.pupils import HouseholdPupilRow, HouseholdRow, PupilRow, SchoolClassRow
from planner.storage.models.routes import (
    RouteCompanionRow,
    RouteGroupRow,
    RouteMemberRow,
    RouteSetupRow,
    RouteVisitRow,
)
from planner.storage.models.school import THE_SCHOOL, RuleOverrideRow, SchoolRow
from planner.storage.models.talks import THE_SETTINGS, TalkRoundRow, TalkSettingsRow, TalkSlotRow, TalkWishRow
from planner.storage.models.work import AuditRow, TaskRow, TaskState

__all__ = [
    "THE_HOLD",
    "THE_SCHOOL",
    "THE_SETTINGS",
    "AccountRow",
    "AuditRow",
    "Base",
    "CredentialRow",
    "DutyRow",
    "EventRow",
    "FeedEntryRow",
    "FeedKind",
    "FeedRow",
    "HoldRow",
    "HouseholdPupilRow",
    "HouseholdRow",
    "ImportColumnRow",
    "ImportRow",
    "ImportState",
    "InviteLinkRow",
    "LinkPurpose",
    "OpenDayRow",
    "PeriodOrigin",
    "PeriodRow",
    "PersonChildRow",
    "PersonRow",
    "PublicationRow",
    "PupilRow",
    "RecoveryCodeRow",
    "RoomRow",
    "RoomUseRow",
    "RouteCompanionRow",
    "RouteGroupRow",
    "RouteMemberRow",
    "RouteSetupRow",
    "RouteVisitRow",
    "RuleOverrideRow",
    "SchoolClassRow",
    "SchoolRow",
    "SessionRow",
    "SigninLinkRow",
    "StepStateRow",
    "TalkRoundRow",
    "TalkSettingsRow",
    "TalkSlotRow",
    "TalkWishRow",
    "TallyRow",
    "TaskRow",
    "TaskState",
]
