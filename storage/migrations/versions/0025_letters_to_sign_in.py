"""Letters with which staff sign in to the desk, and what waits for the office found by an index."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("email", sa.Text))
    op.add_column("staff", sa.Column("email_before", sa.Text))
    has_access = sa.text("removed_at IS NULL")
    op.create_index(
        "ix_staff_email",
        "staff",
        ["email"],
        unique=True,
        sqlite_where=has_access,
        postgresql_where=has_access,
    )
    op.create_table(
        "sign_in_wishes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id", ondelete="CASCADE")),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("left_at", UtcDateTime),
    )
    op.create_index("ix_sign_in_wishes_staff", "sign_in_wishes", ["staff_id"])
    op.create_index("ix_sign_in_wishes_asked_at", "sign_in_wishes", ["asked_at"])
    for name, table, column, where in (
        ("ix_cases_unreachable", "cases", "id", "hold = 'unreachable' AND closed_at IS NULL"),
        ("ix_addresses_waiting", "addresses", "since", "state = 'waiting'"),
    ):
        rows = sa.text(where)
        op.create_index(name, table, [column], sqlite_where=rows, postgresql_where=rows)
