"""The school: pupils, their households and their classes. No more of a person than a plan needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import cached_property


class Destination(StrEnum):
    """Where a pupil goes after the ISK, as far as the planning must know it."""

    MBO = "mbo"
    VMBO = "vmbo"
    HAVO_VWO = "havo-vwo"
    PRO = "pro"
    WORK = "werk"

    @property
    def sector(self) -> str:
        """`"mbo"` for mbo and work, `"vo"` for every secondary school; the split of 'Verder na de ISK'."""
        return "mbo" if self in {Destination.MBO, Destination.WORK} else "vo"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolClass:
    """A class of the ISK, led by a mentor."""

    id: str
    name: str
    phase: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Who is invited together. Pupils of separated parents belong to two households.

    `language` is the household's own choice (a BCP 47-like code such as `ar`, `ti`, `zh-Hans`).
    """

    id: str
    name: str
    language: str
    pupil_ids: tuple[str, ...]
    adults: int = 1
    interpreter: bool = False
    relation: str = "ouders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """A pupil, with the facts that decide which activities are for them.

    `phase` is 1 or 2, `route` 1 to 3 (LOWAN learning routes), `started` the first ISK day,
    `leaves` the expected day of transition when it is known.
    """

    id: str
    number: str
    first_name: str
    last_name: str
    class_id: str
    phase: int
    route: int
    started: date
    leaves: date | None = None
    destination: Destination | None = None


@dataclass(frozen=True, kw_only=True)
class School:
    """Everything about pupils and settings that planning a year asks for.

    `evenings` maps an allowed weekday (0 = Monday) to the earliest time an activity for parents may
    begin on it. `market_last_year` says whether this year's phase 2 had an interessemarkt (rule C06).
    `evenings_of` is the number of evenings of an activity that is divided over more than one, `more_sectors`
    what a school shows besides the runbook's; both by the id of the (whole) occurrence.
    """

    name: str
    classes: tuple[SchoolClass, ...]
    pupils: tuple[Pupil, ...]
    households: tuple[Household, ...]
    evenings: Mapping[int, time]
    market_last_year: bool = True
    verder_split: int = 2
    evenings_of: Mapping[str, int] = field(default_factory=dict)
    more_sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _pupils(self) -> Mapping[str, Pupil]:
        return {pupil.id: pupil for pupil in self.pupils}

    @cached_property
    def _languages(self) -> Mapping[str, str]:
        # Later households must not replace the first one, so the mapping is filled from the back.
        return {pupil_id: home.language for home in reversed(self.households) for pupil_id in home.pupil_ids}

    def pupil(self, pupil_id: str) -> Pupil:
        """Return the pupil with this id; KeyError when there is none."""
        return self._pupils[pupil_id]

    def language_of(self, pupil_id: str) -> str:
        """Return the language of the first household of this pupil, `"nl"` when none is known."""
        return self._languages.get(pupil_id, "nl")
