"""The format of a runbook folder: what keys there are, checked by pydantic, and the same as a JSON Schema."""

import re
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.domain.cycle import CheckKind
from planner.domain.runbook import Anchor, Kind, Per, Shape, Source, Split, StepKind

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_YEAR_DAY = re.compile(r"\d\d-\d\d", re.ASCII)
_COMMON_YEAR = 2023  # a year without 29 February: a day of the school year exists every year


def _clock(value: object) -> time:
    """Return a time of day from "HH:MM"; all YAML scalars arrive as text."""
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise PydanticCustomError("clock", "not a time of day")
    return time.fromisoformat(value)


def _year_day(value: object) -> tuple[int, int]:
    """Return (month, day) from "MM-DD"."""
    if not isinstance(value, str) or not _YEAR_DAY.fullmatch(value):
        raise PydanticCustomError("year_day", "not a day of the year")
    month, day = (int(part) for part in value.split("-"))
    try:
        date(_COMMON_YEAR, month, day)
    except ValueError:
        raise PydanticCustomError("no_such_day", "this day does not exist every year") from None
    return month, day


def _truth(value: object) -> bool:
    """Return True for "ja", False for "nee"; YAML's own yes and no are read as text."""
    if not isinstance(value, str) or value not in {"ja", "nee"}:
        raise PydanticCustomError("truth", "not ja or nee")
    return value == "ja"


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$")]
_CLOCK_SCHEMA = {"type": "string", "pattern": "^([01]\\d|2[0-3]):[0-5]\\d$"}
_DAY_SCHEMA = {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$"}
Clock = Annotated[time, BeforeValidator(_clock), WithJsonSchema(_CLOCK_SCHEMA)]
YearDay = Annotated[tuple[int, int], BeforeValidator(_year_day), WithJsonSchema(_DAY_SCHEMA)]
Truth = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"enum": ["ja", "nee"]})]


class Part(BaseModel):
    """A mapping of which every key is known; numbers come as text and are read as numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ClausePart(Part):
    """A way to belong to the audience; every given part must hold."""

    phases: list[Annotated[int, Field(ge=1, le=2)]] = []
    routes: list[Annotated[int, Field(ge=1, le=3)]] = []
    started_within_months: Annotated[int, Field(ge=1, le=36)] | None = None
    starts_within_weeks: Annotated[int, Field(ge=0, le=12)] = 0
    leaves_within_months: Annotated[int, Field(ge=1, le=36)] | None = None


class MomentPart(Part):
    """A time of the year at which the activity takes place, from `first` to `last` ("MM-DD")."""

    id: Id
    title: Text
    first: YearDay
    last: YearDay
    only_with_pupils: Truth = False
    source: Source = Source.PROPOSED


class OccurrencesPart(Part):
    """How many times the activity is held, and for whom."""

    split: Split
    own_group_from: Annotated[int, Field(ge=1, le=50)] = 4
    own_groups: Annotated[int, Field(ge=0, le=30)] = 4
    moments: Annotated[list[MomentPart], Field(min_length=1)]


class PlacePart(Part):
    """A kind of room the activity needs."""

    id: Id
    name: Text
    per: Literal[Per.EVENT, Per.CLASS, Per.LANGUAGE, Per.SECTOR, Per.GROUP] = Per.EVENT
    features: list[Text] = []
    capacity: Annotated[int, Field(ge=1, le=2000)] | None = None
    says: Annotated[list[Text], Field(max_length=3)] = []
    outside: Truth = False
    source: Source = Source.TOOLKIT


class MaterialPart(Part):
    """A thing to have ready, counted per event, person or parent."""

    id: Id
    name: Text
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    per: Per = Per.EVENT
    source: Source = Source.TOOLKIT


class RowPart(Part):
    """A row of the draaiboek."""

    id: Id
    start: Clock
    end: Clock | None = None
    places: Annotated[list[Id], Field(min_length=1)]
    needs: list[Id] = []
    what: Text
    responsible: Annotated[list[Id], Field(min_length=1)]
    parallel: Truth = False
    source: Source = Source.TOOLKIT
    responsible_source: Source = Source.TOOLKIT


class StepPart(Part):
    """A step of the stappenplan, counted in school weeks before (or, negative, after) the day."""

    id: Id
    what: Text
    who: Annotated[list[Id], Field(min_length=1)]
    weeks_before: Annotated[int, Field(ge=-12, le=40)] = 0
    anchor: Anchor = Anchor.EVENT
    kind: StepKind = StepKind.TASK
    link: Id | None = None
    condition: Text | None = None
    source: Source = Source.PROPOSED


class RolePart(Part):
    """A role, with how many people it needs and per what."""

    id: Id
    title: Text
    minimum: Annotated[int, Field(ge=0, le=100)] = 1
    maximum: Annotated[int, Field(ge=1, le=100)] | None = None
    per: Literal[Per.EVENT, Per.CLASS, Per.LANGUAGE, Per.SECTOR, Per.GROUP, Per.ROOM, Per.PARENT] = Per.EVENT
    each: Annotated[int, Field(ge=1, le=100)] = 1
    interprets: Truth = False
    optional: Truth = False
    source: Source = Source.TOOLKIT


class WalkPart(Part):
    """How people go round: past which places, in sessions of how many minutes, and who walks along."""

    shape: Shape
    row: Id
    places: list[Id] = []
    guides: list[Id] = []
    session_minutes: Annotated[int, Field(ge=3, le=120)] = 20
    gap_minutes: Annotated[int, Field(ge=0, le=60)] = 0
    group_size: Annotated[int, Field(ge=2, le=100)] = 16
    wanted: Annotated[int, Field(ge=0, le=24)] = 0
    source: Source = Source.PROPOSED


class OwnInvitationPart(Part):
    """What the invitation says in a form, where that is something else."""

    about: Annotated[list[Text], Field(min_length=1, max_length=8)]
    start: Clock
    end: Clock | None = None
    source: Source = Source.PROPOSED


class InvitationPart(OwnInvitationPart):
    """What the invitation says in plain Dutch."""

    title: Text
    who_may_come: Text


class FormPart(Part):
    """An alternative form: what it drops from the main form and what it adds."""

    id: Id
    title: Text
    shape: Literal["evening", "tour", "speed_date", "carousel", "slots", "visit", "fair", "alumni", "media"]
    what: Text
    drops: list[Id] = []
    rows: list[RowPart] = []
    steps: list[StepPart] = []
    roles: list[RolePart] = []
    places: list[PlacePart] = []
    materials: list[MaterialPart] = []
    walk: WalkPart | None = None
    invitation: OwnInvitationPart | None = None
    source: Source = Source.TOOLKIT


class AssignmentPart(Part):
    """Preparation by pupils, in a lesson or at home; `step` names the step that plans it."""

    title: Text
    what: Text
    step: Id | None = None
    products: list[Text] = []


class RunbookPart(Part):
    """A whole `runbook.yaml`."""

    id: Id
    title: Text
    short: Annotated[str, StringConstraints(min_length=1, max_length=16, strip_whitespace=True)]
    goal: Text
    phase: Annotated[int, Field(ge=1, le=2)]
    kind: Kind
    audience: Annotated[list[ClausePart], Field(min_length=1)]
    occurrences: OccurrencesPart
    places: Annotated[list[PlacePart], Field(min_length=1)]
    roles: Annotated[list[RolePart], Field(min_length=1)]
    materials: list[MaterialPart] = []
    runsheet: Annotated[list[RowPart], Field(min_length=1)]
    preparation: Annotated[list[StepPart], Field(min_length=1)]
    lesson: AssignmentPart | None = None
    home: AssignmentPart | None = None
    forms: list[FormPart] = []
    outcomes: list[Text] = []
    aftercare: list[Text] = []
    invitation: InvitationPart
    links: dict[Id, Text] = {}
    sectors: list[Text] = []
    sector_features: dict[Text, Text] = {}
    group_size: Annotated[int, Field(ge=1, le=100)] | None = None
    round_school_days: Annotated[int, Field(ge=1, le=40)] = 1
    slot_minutes: Annotated[int, Field(ge=5, le=240)] = 30
    walk: WalkPart | None = None


class CheckPart(Part):
    """One thing a rule asks of a plan."""

    kind: CheckKind
    hard: Truth = False
    weight: Annotated[int, Field(ge=1, le=100)] = 10
    first: Id
    thens: list[Id] = []
    min_weeks: Annotated[int, Field(ge=0, le=52)] = 0
    max_weeks: Annotated[int, Field(ge=0, le=52)] = 0
    months: Annotated[int, Field(ge=0, le=36)] = 0
    weeks_ahead: Annotated[int, Field(ge=0, le=12)] = 0
    window: Annotated[list[YearDay], Field(min_length=2, max_length=2)] | None = None
    phases: list[Annotated[int, Field(ge=1, le=2)]] = []
    share: Annotated[float, Field(gt=0, le=1)] = 0.5
    days: Annotated[int, Field(ge=0, le=60)] = 0
    step: Id | None = None


class RulePart(Part):
    """A rule of the cycle with its reason and its fallback."""

    id: Annotated[str, StringConstraints(pattern=r"^C\d\d$")]
    title: Text
    reason: Text
    fallback: Text
    source: Source
    section: str = ""
    checks: Annotated[list[CheckPart], Field(min_length=1)]


class CyclePart(Part):
    """A whole `cycle.yaml`."""

    title: Text
    activities: Annotated[list[Id], Field(min_length=1)]
    rules: list[RulePart]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `runbook.yaml`, for editors that complete and check while typing."""
    return RunbookPart.model_json_schema(by_alias=True)
