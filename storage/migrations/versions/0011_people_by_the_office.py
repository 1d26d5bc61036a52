"""Store what the office decides about one person: stopped, paused, removed, left out, passed over.

Of several e-mail addresses of a person that work, only the newest stays in use.
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    reason = sa.Column("stop_reason", sa.String(16), nullable=False, server_default="")
    op.add_column("participants", reason)
    op.add_column("participants", sa.Column("paused_until", sa.Date))
    op.add_column("enrolments", sa.Column("passed_over_at", UtcDateTime))
    op.add_column("enrolments", sa.Column("removed_at", UtcDateTime))
    why = sa.Column("removed_why", sa.String(16), nullable=False, server_default="")
    op.add_column("enrolments", why)
    op.create_table(
        "left_out",
        sa.Column("enrolment_id", sa.Integer, nullable=False),
        sa.Column("wave_key", sa.String(24), nullable=False),
        sa.Column("left_out_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name="fk_left_out_enrolment_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "wave_key", name="pk_left_out"),
    )
    # Letters were always sent to the newest one.
    op.execute(
        "UPDATE addresses SET state = 'replaced', reason = 'replaced' "
        "WHERE channel = 'email' AND state = 'active' AND EXISTS ("
        "SELECT 1 FROM addresses AS newer WHERE newer.participant_id = addresses.participant_id "
        "AND newer.channel = 'email' AND newer.state = 'active' AND newer.id > addresses.id)"
    )
