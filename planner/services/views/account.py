"""What the pages about signing in and accounts are made of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A session that just began: its secret, for the browser alone, and whether a second step must follow."""

    token: str
    is_whole: bool
    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One place where somebody is signed in."""

    id: int
    browser: str
    way: str
    since: datetime
    last_seen: datetime
    is_this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupView:
    """A second step that waits for its first code: a QR code (path data in a square) and text, in groups of four."""

    qr_path: str
    qr_size: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """Somebody's own account. `needs_old` tells whether a new password asks for the one of now."""

    name: str
    email: str
    role: str
    has_password: bool
    needs_old: bool
    has_second_step: bool
    must_have_second_step: bool
    recovery_codes: int
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account in the coordinator's list. `ways` are the words for how this person can come in."""

    id: int
    name: str
    email: str
    role: str
    role_name: str
    person: str
    ways: tuple[str, ...]
    has_second_step: bool
    sessions: int
    last_seen: datetime | None
    is_closed: bool
    is_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsView:
    """Everybody who may come in, with the roles and people to choose from as (id, name)."""

    accounts: tuple[AccountLine, ...]
    roles: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    can_mail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkToGive:
    """A link to set a password, shown once to be handed over."""

    name: str
    email: str
    url: str
    days: int
    is_mailed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SigninView:
    """What the first page offers: the school's own sign-in by name (empty: none), mail, and what went wrong."""

    school_signin: str
    can_mail: bool
    email: str = ""
    problem: str = ""
