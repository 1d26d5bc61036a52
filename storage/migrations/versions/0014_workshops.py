"""Store plans of the office, added waves and other names of workshops, and when staff moved one."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshops", sa.Column("moved_at", UtcDateTime))
    op.create_table(
        "workshop_names",
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("workshop_code", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_code"],
            ["workshops.code"],
            name="fk_workshop_names_workshop_code",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "name", name="pk_workshop_names"),
    )
    op.create_index("ix_workshop_names_workshop_code", "workshop_names", ["workshop_code"])
    op.create_table(
        "added_waves",
        sa.Column("workshop_code", sa.String(40), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("questionnaire", sa.String(24), nullable=False),
        sa.Column("opens", sa.String(40), nullable=False),
        sa.Column("open_days", sa.Integer, nullable=False),
        sa.Column("added_at", UtcDateTime, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_code"],
            ["workshops.code"],
            name="fk_added_waves_workshop_code",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_code", "key", name="pk_added_waves"),
    )
    op.create_table(
        "plans",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_plans"),
    )
