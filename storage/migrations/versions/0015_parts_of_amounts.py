"""Amounts of operations with decimals, such as 153,099.5 kg."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "operation_results",
        sa.Column("thousandths", sa.Integer, nullable=False, server_default="0"),
    )
