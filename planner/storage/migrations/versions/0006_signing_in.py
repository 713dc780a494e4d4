"""Passwords, the second step, links that work once, and sessions that can be told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("oidc_issuer", sa.String(), nullable=True),
        sa.Column("oidc_subject", sa.String(), nullable=True),
        sa.Column("totp_seed", sa.String(), nullable=True),
        sa.Column("totp_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.CheckConstraint("(oidc_issuer IS NULL) = (oidc_subject IS NULL)", name=op.f("ck_credential_oidc")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_credential_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_credential")),
        sa.UniqueConstraint("oidc_issuer", "oidc_subject", name=op.f("uq_credential_oidc_issuer_oidc_subject")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(code_hash) = 64", name=op.f("ck_recovery_code_code_hash")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])
    _make_anew()


def _make_anew() -> None:
    """Make sessions and links anew: they pass by themselves, so everybody just signs in once more."""
    op.drop_table("session")
    op.drop_table("signin_link")
    op.create_table(
        "signin_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('demo', 'mail', 'password')", name=op.f("ck_signin_link_purpose")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_signin_link_token_hash")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_signin_link_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_signin_link")),
    )
    op.create_index(op.f("ix_signin_link_account_id"), "signin_link", ["account_id"])
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_session_token_hash")),
        sa.CheckConstraint("misses >= 0", name=op.f("ck_session_misses")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"])
    op.create_index(op.f("ix_session_expires_at"), "session", ["expires_at"])
