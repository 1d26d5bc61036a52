"""What the office does next after workshops."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "next_steps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("change", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )
    columns = ["scope", "step", "change"]
    op.create_index("ix_next_steps_scope_step_change", "next_steps", columns, unique=True)
