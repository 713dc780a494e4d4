"""Who may come in, and with which secret. Only the SHA-256 (hex) of a secret is kept, never the secret."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base

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


class SigninLinkRow(Base):
    """A link that signs in until it is over; whoever holds it may use it again."""

    __tablename__ = "signin_link"
    __table_args__ = (CheckConstraint(_IS_HASH, name="token_hash"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SessionRow(Base):
    """A browser that is signed in."""

    __tablename__ = "session"
    __table_args__ = (CheckConstraint(_IS_HASH, name="token_hash"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
