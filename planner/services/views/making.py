"""The pupil's workshop, ready to be shown, and what comes back from it."""

from dataclasses import dataclass

from planner.services.views.event import InvitationSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An activity that a pupil can make an invitation for, and how far that is."""

    event_id: str
    title: str
    when: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A sentence to choose: in Dutch, in the own language, whether it is chosen, and by what name it is sent."""

    id: str
    dutch: str
    own: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MakingView:
    """The page on which an invitation is made. `free` are the pupil's own lines; `notes` what a mentor said."""

    event_id: str
    title: str
    pupil: str
    language: str
    own_name: str
    rtl: bool
    languages: tuple[tuple[str, str], ...]
    greetings: tuple[Choice, ...]
    own_greeting: str
    sentences: tuple[Choice, ...]
    free: tuple[str, ...]
    whos: tuple[Choice, ...]
    own_who: str
    borders: tuple[str, ...]
    border: str
    colour: bool
    consent: bool
    state: str
    note: str
    sheet: InvitationSheet
    started: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came from the page: chosen ids and own words."""

    language: str
    greeting: str = ""
    own_greeting: str = ""
    sentences: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    whos: tuple[str, ...] = ()
    own_who: str = ""
    border: str = ""
    colour: bool = False
    consent: bool = False
