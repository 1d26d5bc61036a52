"""Groups of countries, and recommendations of the report on a fiscal year."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "administrations",
        sa.Column("sids", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "administrations", sa.Column("ldc", sa.String(10), nullable=False, server_default="")
    )
    op.create_table(
        "recommendations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("fiscal_year", sa.Integer, nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_recommendations_fiscal_year", "recommendations", ["fiscal_year"])
    proposed = sa.text("rule <> ''")
    op.create_index(
        "ix_recommendations_rule",
        "recommendations",
        ["fiscal_year", "rule"],
        unique=True,
        sqlite_where=proposed,
        postgresql_where=proposed,
    )
    op.create_table(
        "recommendation_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "recommendation_id",
            sa.Integer,
            sa.ForeignKey("recommendations.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False, server_default=""),
        sa.Column("due_on", sa.Date),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False, server_default="open"),
        sa.Column("outcome_words", sa.Text, nullable=False, server_default=""),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )
    op.create_index(
        "ix_recommendation_changes_recommendation_id",
        "recommendation_changes",
        ["recommendation_id"],
    )
