"""An index of what open waves ask, so that nobody reads all of them for a few questionnaires."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

OPEN = sa.text("opened_at IS NOT NULL AND closed_at IS NULL")


def upgrade() -> None:
    columns = ["questionnaire_key", "questionnaire_version"]
    op.create_index("ix_waves_asking", "waves", columns, sqlite_where=OPEN, postgresql_where=OPEN)
