"""Store what messengers bring before it is acknowledged; addresses need no number of a text more."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("bot", sa.BigInteger, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("holder", sa.Integer, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("handled_at", UtcDateTime),
        sa.Column("settled_at", UtcDateTime),
        sa.Column("failed_at", sa.String(80), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("bot", "number", name="uq_inbox_bot_number"),
    )
    unsettled = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_inbox_unsettled",
        "inbox",
        ["id"],
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
    # A batch would make the table again, and lose what refers to its rows.
    op.execute("ALTER TABLE addresses DROP COLUMN heard_number")
    op.execute("ALTER TABLE addresses DROP COLUMN heard_at")
