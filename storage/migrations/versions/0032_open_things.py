"""Indexes of what is open, lost, due or to come, so that what is over costs nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

PARTIAL = (
    ("ix_cases_next_contact_channel", "cases", "next_contact_at IS NOT NULL",
     ["next_contact_channel", "next_contact_at"]),
    ("ix_cases_faulty", "cases", "hold = 'fault' AND closed_at IS NULL", ["id"]),
    ("ix_waves_not_closed", "waves", "closed_at IS NULL", ["workshop_code"]),
    ("ix_addresses_lost", "addresses", "state IN ('blocked', 'deleted', 'unreachable')",
     ["participant_id"]),
)  # fmt: skip


def upgrade() -> None:
    for name, table, these, columns in PARTIAL:
        rows = sa.text(these)
        op.create_index(name, table, columns, sqlite_where=rows, postgresql_where=rows)
    op.create_index("ix_workshops_ends_on", "workshops", ["ends_on"])
    op.create_index("ix_participants_language", "participants", ["language"])
