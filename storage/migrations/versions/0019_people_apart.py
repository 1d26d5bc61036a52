"""Entries that the office knows to be two people, and titles of people."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("title", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "people_apart",
        sa.Column("one_id", sa.Integer, nullable=False),
        sa.Column("other_id", sa.Integer, nullable=False),
        sa.Column("decided_at", UtcDateTime, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["participants.id"],
                name=f"fk_people_apart_{column}",
                ondelete="CASCADE",
            )
            for column in ("one_id", "other_id")
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_people_apart"),
    )
    op.create_index("ix_people_apart_other_id", "people_apart", ["other_id"])
