"""Files that people show, and files that the office has seen; they lie in a folder of their own."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(32), nullable=False, unique=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id", ondelete="SET NULL")),
        sa.Column("about", sa.String(8), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("with_claim", sa.Boolean, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", UtcDateTime, nullable=False),
    )
    asks = sa.Column("asks_files", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("waves", asks)
    op.create_index("ix_files_case_id", "files", ["case_id"])
    gone = sa.text("case_id IS NULL")
    op.create_index("ix_files_gone", "files", ["id"], sqlite_where=gone, postgresql_where=gone)
