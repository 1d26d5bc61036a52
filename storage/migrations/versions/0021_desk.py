"""The desk in the browser: links to sign in, and sessions."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    staff_id = sa.ForeignKey("staff.id", ondelete="CASCADE")
    op.create_table(
        "sign_in_links",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("staff_id", sa.Integer, staff_id, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("once", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("used_at", UtcDateTime),
    )
    op.create_index("ix_sign_in_links_staff", "sign_in_links", ["staff_id"])
    staff_id = sa.ForeignKey("staff.id", ondelete="CASCADE")
    op.create_table(
        "desk_sessions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("staff_id", sa.Integer, staff_id, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("browser", sa.String(80), nullable=False),
        sa.Column("began_at", UtcDateTime, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.Column("note", sa.JSON),
    )
    op.create_index("ix_desk_sessions_staff", "desk_sessions", ["staff_id"])
