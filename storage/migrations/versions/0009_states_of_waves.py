"""Waves that have a row before they open: held, skipped, asked about, with days by hand."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE waves RENAME COLUMN paused_at TO held_at")
    op.execute("UPDATE cases SET hold = 'held' WHERE hold = 'paused'")
    # A wave opens by itself: nobody leaves one to its day any more.
    op.execute("ALTER TABLE wave_messages DROP COLUMN planned_at")
    for table in ("waves", "workshops"):
        op.add_column(table, sa.Column("hold_reason", sa.Text, nullable=False, server_default=""))
        op.add_column(table, sa.Column("remind_on", sa.Date))
    for name in ("sends_from", "days_set_at", "asked_at", "skipped_at"):
        op.add_column("waves", sa.Column(name, UtcDateTime))
    for name in ("planned_since", "held_at"):
        op.add_column("workshops", sa.Column(name, UtcDateTime))
