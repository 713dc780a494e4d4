"""The own tasks and availability of one person, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from planner.services.views.routesheets import Told, TongueView


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLinks:
    """The addresses of a feed: https for Google and Nextcloud, webcal for Apple, Outlook and Thunderbird."""

    name: str
    https: str
    webcal: str
    google: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperLink:
    """A personal link as the school shows and prints it."""

    url: str
    qr_svg: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStops:
    """What can be said at the places that groups come by: their names, and the sentences in Dutch and `tongue`."""

    tongue: TongueView | None
    places: tuple[tuple[str, Told], ...]

    @property
    def draft(self) -> bool:
        """Whether nobody who knows the language has checked all of it yet."""
        return any(told.draft for _, told in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTask:
    """What somebody was asked for at one activity. Names nobody but first names of colleagues.

    `says` is "ja", "nee" or empty; `is_open` tells whether the answer can still be given or changed.
    """

    event_id: str
    title: str
    day_own: str
    day_dutch: str
    day_digits: str
    time: str
    places: tuple[str, ...]
    roles: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]  # time, what
    together: tuple[str, ...]
    says: str
    reason: str
    is_open: bool
    stops: OwnStops | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """When somebody can come."""

    weekdays: tuple[tuple[int, str, bool], ...]  # number, name in the own language, switched on
    not_before: str
    away: tuple[str, ...]
    most_evenings: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """The page of one person, in one language beside Dutch."""

    name: str
    school: str
    language: str
    rtl: bool
    own: Mapping[str, str]
    dutch: Mapping[str, str]
    draft: bool
    languages: tuple[tuple[str, str], ...]  # code, own name
    tasks: tuple[OwnTask, ...]
    availability: Availability
    feed: FeedLinks | None
