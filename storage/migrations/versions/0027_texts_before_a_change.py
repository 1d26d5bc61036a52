"""What plans and choices were before each change, so that it can be taken back later."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_workshop = sa.ForeignKey("workshops.code", ondelete="CASCADE")
    op.create_table(
        "text_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("plan", sa.String(40)),
        sa.Column("workshop_code", sa.String(40), of_workshop),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("in_open_waves", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )
    for column in ("plan", "workshop_code"):
        op.create_index(f"ix_text_changes_{column}", "text_changes", [column])
