"""Accounts with which staff sign in; how far a monthly message is; who was told, after a merge."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_accounts",
        sa.Column(
            "staff_id", sa.Integer, sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("by_email", sa.Boolean, nullable=False),
        sa.Column("bound_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.UniqueConstraint("issuer", "subject"),
    )
    op.create_table(
        "used_sign_ins",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("used_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_used_sign_ins_used_at", "used_sign_ins", ["used_at"])
    # What has left before this revision is not sent again, as before.
    outcome = sa.Column("outcome", sa.String(16), nullable=False, server_default="sent")
    op.add_column("digests", outcome)
    with op.batch_alter_table("help_told") as told:
        told.alter_column("attempt_id", existing_type=sa.Integer, nullable=True)
