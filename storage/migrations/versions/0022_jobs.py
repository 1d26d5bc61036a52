"""Long work that staff have begun at the desk."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column(
            "staff_id", sa.Integer, sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done", sa.Integer, nullable=False, server_default="0"),
        sa.Column("total", sa.Integer, nullable=False, server_default="0"),
        sa.Column("said", sa.Text, nullable=False, server_default=""),
        sa.Column("began_at", UtcDateTime, nullable=False),
        sa.Column("beat_at", UtcDateTime, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False, server_default=""),
        sa.Column("media_type", sa.Text, nullable=False, server_default=""),
        sa.Column("content", sa.LargeBinary),
        sa.Column("after", sa.JSON),
    )
    op.create_index("ix_jobs_beat_at", "jobs", ["beat_at"])
    op.create_index("ix_jobs_staff", "jobs", ["staff_id"])
    running = sa.text("state = 'running'")
    op.create_index(
        "ix_jobs_running",
        "jobs",
        ["kind", "about"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
