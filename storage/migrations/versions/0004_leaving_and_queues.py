"""Attempts that leave, a queue for each channel, notices for a role; indexes of what is open."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PARTIAL = (
    ("ix_cases_next_contact_at", "cases", "next_contact_at", "next_contact_at IS NOT NULL"),
    ("ix_attempts_in_flight", "attempts", "claimed_by", "outcome IN ('claimed', 'leaving')"),
    ("ix_attempts_unknown", "attempts", "case_id", "outcome = 'unknown'"),
)


def upgrade() -> None:
    # Until now a claim was stored before its message might leave: it may have left.
    op.execute("UPDATE attempts SET outcome = 'leaving' WHERE outcome = 'claimed'")
    for table, name in (("cases", "next_contact_channel"), ("notices", "for_role")):
        op.add_column(table, sa.Column(name, sa.String(16), nullable=False, server_default=""))
    op.execute(
        "UPDATE notices SET for_role = 'organiser' WHERE EXISTS (SELECT 1 FROM staff WHERE "
        "staff.channel = notices.channel AND staff.identifier = notices.identifier)"
    )
    op.drop_index("ix_cases_next_contact_at", "cases")
    op.drop_index("ix_attempts_outcome", "attempts")
    for name, table, column, these in PARTIAL:
        where = sa.text(these)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
