"""Help that people asked for: taken up, done, and told; monthly messages to members of staff."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "help_acts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )
    _add_changes()
    op.create_table(
        "help_told",
        sa.Column(
            "enrolment_id",
            sa.Integer,
            sa.ForeignKey("enrolments.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("help", sa.String(64), primary_key=True),
        sa.Column(
            "attempt_id",
            sa.Integer,
            sa.ForeignKey("attempts.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("told_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_help_told_attempt_id", "help_told", ["attempt_id"])
    _add_digests()


def _add_changes() -> None:
    op.create_table(
        "help_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "act_id", sa.Integer, sa.ForeignKey("help_acts.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "workshop_code",
            sa.String(40),
            sa.ForeignKey("workshops.code", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "administration_code",
            sa.String(8),
            sa.ForeignKey("administrations.code"),
            nullable=False,
        ),
        sa.Column("help", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("sentence", sa.Text, nullable=False, server_default=""),
        sa.Column("translations", sa.JSON, nullable=False),
        sa.Column("approved", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_help_changes_act_id", "help_changes", ["act_id"])
    op.create_index("ix_help_changes_workshop_code", "help_changes", ["workshop_code"])


def _add_digests() -> None:
    op.create_table(
        "digest_wishes",
        sa.Column(
            "staff_id", sa.Integer, sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("wished_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "digests",
        sa.Column(
            "staff_id", sa.Integer, sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("left_at", UtcDateTime, nullable=False),
    )
