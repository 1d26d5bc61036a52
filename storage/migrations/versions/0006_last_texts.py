"""Store which text of an address was written last, and when, by the clock of the channel."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("addresses", sa.Column("text_number", sa.BigInteger))
    op.add_column("addresses", sa.Column("text_at", UtcDateTime))
