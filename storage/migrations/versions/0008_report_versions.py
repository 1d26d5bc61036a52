"""Store what readers outside the office got of each version of a report, and its cut-offs by wave."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_cut_offs",
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("workshop", sa.String(40), nullable=False),
        sa.Column("wave", sa.String(24), nullable=False),
        sa.Column("cut_off_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("scope", "version", "workshop", "wave", name="pk_report_cut_offs"),
    )
    op.create_table(
        "report_files",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("whom", sa.String(80), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report_files"),
    )
    op.create_index(
        "ix_report_files_same",
        "report_files",
        ["scope", "version", "status", "level", "audience", "whom", "language", "form"],
        unique=True,
    )
    # A version that was final counted all its waves until one moment.
    op.execute(
        "INSERT INTO report_cut_offs (scope, version, workshop, wave, cut_off_at) "
        "SELECT said.scope, said.version, waves.workshop_code, waves.key, MAX(said.cut_off_at) "
        "FROM report_statuses AS said CROSS JOIN waves "
        "WHERE said.cut_off_at IS NOT NULL AND ("
        "said.scope = 'all' OR said.scope = waves.workshop_code OR EXISTS ("
        "SELECT 1 FROM workshop_donors AS paid WHERE paid.workshop_code = waves.workshop_code "
        "AND said.scope = 'donor:' || paid.donor)) "
        "GROUP BY said.scope, said.version, waves.workshop_code, waves.key"
    )
