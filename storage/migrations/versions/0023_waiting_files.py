"""Lists that organisers have sent in the browser and not saved yet."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    staff_id = sa.ForeignKey("staff.id", ondelete="CASCADE")
    op.create_table(
        "waiting_files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("staff_id", sa.Integer, staff_id, nullable=False),
        sa.Column("workshop_code", sa.Text, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("later", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("sent_at", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_waiting_files_expires_at", "waiting_files", ["expires_at"])
