"""The code book of the office, what readers mark in own words; translations, why a text is withheld."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "themes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("change", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("example", sa.Text, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_themes_code_change", "themes", ["code", "change"], unique=True)
    op.create_table(
        "theme_marks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "case_id", sa.Integer, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("answered_at", UtcDateTime, nullable=False),
        sa.Column("part", sa.String(16), nullable=False),
        sa.Column("themes", sa.Text, nullable=False),
        sa.Column("taken_back", sa.Boolean, nullable=False),
        sa.Column("marked_by", sa.Text, nullable=False),
        sa.Column("marked_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_theme_marks_case_id", "theme_marks", ["case_id"])
    op.add_column(
        "text_decisions", sa.Column("translation", sa.Text, nullable=False, server_default="")
    )
    op.add_column(
        "text_decisions", sa.Column("reason", sa.String(16), nullable=False, server_default="")
    )
