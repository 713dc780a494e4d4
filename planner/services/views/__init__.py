"""What pages, prints and --json are made of: plain values, ready to be shown, never database rows."""

from planner.services.views.event import (
    DutyView,
    EventView,
    FamilyCount,
    FormView,
    GapView,
    InvitationSheet,
    RoomUseView,
    RowView,
    StepView,
)
from planner.services.views.school import (
    FeedLinks,
    PersonLine,
    PersonView,
    RoomLine,
    SettingsView,
    TaskView,
)
from planner.services.views.year import (
    Attention,
    Change,
    DayMark,
    EventLine,
    Hold,
    Month,
    Problem,
    RuleLine,
    YearView,
)

__all__ = [
    "Attention",
    "Change",
    "DayMark",
    "DutyView",
    "EventLine",
    "EventView",
    "FamilyCount",
    "FeedLinks",
    "FormView",
    "GapView",
    "Hold",
    "InvitationSheet",
    "Month",
    "PersonLine",
    "PersonView",
    "Problem",
    "RoomLine",
    "RoomUseView",
    "RowView",
    "RuleLine",
    "SettingsView",
    "StepView",
    "TaskView",
    "YearView",
]
