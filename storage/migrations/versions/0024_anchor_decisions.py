"""What the office decides about anchors, and since when people work elsewhere."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "anchor_decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "case_id", sa.Integer, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("anchor", sa.String(64), nullable=False),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("answered_at", UtcDateTime),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_anchor_decisions_case_id", "anchor_decisions", ["case_id"])
    op.add_column("enrolments", sa.Column("present_since", UtcDateTime))
