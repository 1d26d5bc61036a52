"""Tell people who were not asked from those who could not be reached, and replies from notices."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "notices", sa.Column("is_reply", sa.Boolean, nullable=False, server_default=sa.false())
    )
    # Nothing was sent to them, or their wave has asked nobody.
    op.execute(
        "UPDATE cases SET disposition = 'not_asked' WHERE disposition = 'non_contact' AND ("
        "disposition_detail = 'not_sent' OR wave_id NOT IN ("
        "SELECT tried.wave_id FROM cases AS tried JOIN attempts ON attempts.case_id = tried.id "
        "WHERE attempts.outcome IN ('sent', 'unknown', 'leaving', 'failed') "
        "UNION SELECT begun.wave_id FROM cases AS begun WHERE begun.started_at IS NOT NULL))"
    )
