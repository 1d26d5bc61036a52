"""Which versions a correction of texts changed, and changes of questionnaires and programmes.

A correction of choices stored its versions at the moment of the change itself.
"""

import json

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

CHANGES = sa.table(
    "text_changes",
    sa.column("id", sa.Integer),
    sa.column("workshop_code", sa.String),
    sa.column("in_open_waves", sa.Boolean),
    sa.column("corrected", sa.Text),
    sa.column("changed_at", UtcDateTime()),
)
VERSIONS = sa.table(
    "questionnaires",
    sa.column("key", sa.String),
    sa.column("version", sa.Integer),
    sa.column("revision", sa.Integer),
    sa.column("workshop_code", sa.String),
    sa.column("published_at", UtcDateTime()),
)


def upgrade() -> None:
    corrected = sa.Column("corrected", sa.Text, nullable=False, server_default="[]")
    op.add_column("text_changes", sa.Column("questionnaire", sa.String(24)))
    op.add_column("text_changes", sa.Column("programme", sa.String(40)))
    op.add_column("text_changes", corrected)
    for column in ("questionnaire", "programme"):
        op.create_index(f"ix_text_changes_{column}", "text_changes", [column])
    _note_corrected()


def _note_corrected() -> None:
    connection = op.get_bind()
    changes = sa.select(CHANGES).where(CHANGES.c.in_open_waves)
    for change in connection.execute(changes).all():
        of_it = sa.select(VERSIONS.c.key, VERSIONS.c.version, VERSIONS.c.revision).where(
            VERSIONS.c.workshop_code == change.workshop_code,
            VERSIONS.c.published_at == change.changed_at,
            VERSIONS.c.revision > 0,
        )
        found = json.dumps([list(row) for row in connection.execute(of_it)])
        noted = sa.update(CHANGES).where(CHANGES.c.id == change.id).values(corrected=found)
        connection.execute(noted)
