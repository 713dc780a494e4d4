"""Who may come in, and with which secret. Only the SHA-256 (hex) of a secret is kept, never the secret."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base
from planner.storage.types import words

# A secret itself is shorter, so it cannot end up in the column by mistake.
_IS_HASH = "length(token_hash) = 64"


class InviteLinkRow(Base):
    """The address on a household's invitation for one event."""

    __tablename__ = "invite_link"
    __table_args__ = (
        UniqueConstraint("event_id", "household_id"),
        CheckConstraint("generation >= 1", name="generation"),
        CheckConstraint(_IS_HASH, name="token_hash"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    household_id: Mapped[str] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), index=True)
    generation: Mapped[int]
    token_hash: Mapped[str] = mapped_column(unique=True)
    revoked_at: Mapped[datetime | None]


class HelperLinkRow(Base):
    """The personal address of somebody without an account: own tasks and own availability."""

    __tablename__ = "helper_link"
    __table_args__ = (
        CheckConstraint("generation >= 1", name="generation"),
        CheckConstraint(_IS_HASH, name="token_hash"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    generation: Mapped[int]
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ShortCodeRow(Base):
    """The code of an invitation that can be typed or said. `attempt` makes another one when two were the same."""

    __tablename__ = "short_code"
    __table_args__ = (CheckConstraint("length(code_hash) = 64", name="code_hash"),)

    link_id: Mapped[int] = mapped_column(
        ForeignKey("invite_link.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    attempt: Mapped[int]
    code_hash: Mapped[str] = mapped_column(unique=True)


class AccountRow(Base):
    """Someone who may sign in. Without their person an account stays, for a coordinator must not be locked out.

    `email` is lower case. An id is never given out twice.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    role: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    disabled_at: Mapped[datetime | None]


class CredentialRow(Base):
    """With what an account's owner proves who it is; an account without this row has only links.

    Of the second step only a random seed is kept: its secret follows from the seed and the installation's key.
    `totp_since` is empty until the first right code; `totp_step` is the last code's step, which never counts again.
    """

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint("(oidc_issuer IS NULL) = (oidc_subject IS NULL)", name="oidc"),
        UniqueConstraint("oidc_issuer", "oidc_subject"),
    )

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    password_hash: Mapped[str | None]
    oidc_issuer: Mapped[str | None]
    oidc_subject: Mapped[str | None]
    totp_seed: Mapped[str | None]
    totp_since: Mapped[datetime | None]
    totp_step: Mapped[int] = mapped_column(default=0)


class RecoveryCodeRow(Base):
    """A code on paper that stands in for the second step, once: using it deletes the row."""

    __tablename__ = "recovery_code"
    __table_args__ = (CheckConstraint("length(code_hash) = 64", name="code_hash"),)

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)


class LinkPurpose(StrEnum):
    """What a one-time link is for; it opens nothing else."""

    DEMO = "demo"  # signs in, again and again until it is over
    MAIL = "mail"  # signs in, once
    PASSWORD = "password"  # noqa: S105 - sets a password, once


class SigninLinkRow(Base):
    """A link with a secret in it, until it is over."""

    __tablename__ = "signin_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('demo', 'mail', 'password')", name="purpose"),
        CheckConstraint(_IS_HASH, name="token_hash"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(words(LinkPurpose), default=LinkPurpose.DEMO)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SessionRow(Base):
    """A browser that is signed in; one that is not `is_whole` still has its second step to do.

    `way` is how it came in, `browser` its name in plain words, `misses` how many wrong codes it tried. The secret
    is replaced now and then, the id never. An id is never given out twice.
    """

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint(_IS_HASH, name="token_hash"),
        CheckConstraint("misses >= 0", name="misses"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    is_whole: Mapped[bool] = mapped_column(default=True)
    misses: Mapped[int] = mapped_column(default=0)
    way: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")
