"""The tables, one class each; a class ends in `Row` so that it is never mistaken for the domain's own value."""

from planner.storage.db import Base
from planner.storage.models.access import (
    AccountRow,
    CredentialRow,
    HelperLinkRow,
    InviteLinkRow,
    LinkPurpose,
    RecoveryCodeRow,
    SessionRow,
    ShortCodeRow,
    SigninLinkRow,
)
from planner.storage.models.answers import THE_KEEPING, AnswerKeepingRow, AnswerRow, ArrivalRow, ReachRow, TurnoutRow
from planner.storage.models.building import THE_ENTRANCE, CornerRow, EntranceRow, PlanPictureRow
from planner.storage.models.calendar import OpenDayRow, PeriodOrigin, PeriodRow
from planner.storage.models.events import (
    DutyAnswerRow,
    DutyBarRow,
    DutyRow,
    EventRow,
    RoomUseRow,
    StepStateRow,
    WaitingFormRow,
)
from planner.storage.models.holding import THE_HOLD, HoldRow, TallyRow
from planner.storage.models.imports import ImportColumnRow, ImportRow, ImportState
from planner.storage.models.people import PersonChildRow, PersonRow, RoomRow
from planner.storage.models.publishing import FeedEntryRow, FeedKind, FeedRow, PublicationRow
from planner.storage.models.pupils import HouseholdPupilRow, HouseholdRow, PupilRow, SchoolClassRow
from planner.storage.models.routes import RouteCompanionRow, RouteGroupRow, RouteMemberRow, RouteSetupRow, RouteVisitRow
from planner.storage.models.school import THE_SCHOOL, RuleOverrideRow, SchoolRow
from planner.storage.models.talks import THE_SETTINGS, TalkRoundRow, TalkSettingsRow, TalkSlotRow, TalkWishRow
from planner.storage.models.work import AuditRow, TaskRow, TaskState
from planner.storage.models.workshop import (
    MakingState,
    OwnLanguageRow,
    PrintedRow,
    PupilCodeRow,
    PupilInvitationRow,
    ReaderLinkRow,
    WordingRow,
    WordingState,
)

__all__ = [
    "THE_ENTRANCE",
    "THE_HOLD",
    "THE_KEEPING",
    "THE_SCHOOL",
    "THE_SETTINGS",
    "AccountRow",
    "AnswerKeepingRow",
    "AnswerRow",
    "ArrivalRow",
    "AuditRow",
    "Base",
    "CornerRow",
    "CredentialRow",
    "DutyAnswerRow",
    "DutyBarRow",
    "DutyRow",
    "EntranceRow",
    "EventRow",
    "FeedEntryRow",
    "FeedKind",
    "FeedRow",
    "HelperLinkRow",
    "HoldRow",
    "HouseholdPupilRow",
    "HouseholdRow",
    "ImportColumnRow",
    "ImportRow",
    "ImportState",
    "InviteLinkRow",
    "LinkPurpose",
    "MakingState",
    "OpenDayRow",
    "OwnLanguageRow",
    "PeriodOrigin",
    "PeriodRow",
    "PersonChildRow",
    "PersonRow",
    "PlanPictureRow",
    "PrintedRow",
    "PublicationRow",
    "PupilCodeRow",
    "PupilInvitationRow",
    "PupilRow",
    "ReachRow",
    "ReaderLinkRow",
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
    "ShortCodeRow",
    "SigninLinkRow",
    "StepStateRow",
    "TalkRoundRow",
    "TalkSettingsRow",
    "TalkSlotRow",
    "TalkWishRow",
    "TallyRow",
    "TaskRow",
    "TaskState",
    "TurnoutRow",
    "WaitingFormRow",
    "WordingRow",
    "WordingState",
]
