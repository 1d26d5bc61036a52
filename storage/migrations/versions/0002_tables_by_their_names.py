"""Name five tables, with their keys, indexes and sequences, and a column by what they hold."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
sa.Table("workshops", metadata, sa.Column("code", sa.String(40), primary_key=True))

TABLES = {
    "looks": sa.Table(
        "due_workshops",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "workshop_code", sa.ForeignKey("workshops.code", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Index("ix_due_workshops_at", "at"),
        sa.Index("ix_due_workshops_workshop_code", "workshop_code"),
    ),
    "accepted_languages": sa.Table(
        "language_fallbacks",
        metadata,
        sa.Column("workshop_code", sa.ForeignKey("workshops.code"), primary_key=True),
        sa.Column("wave_key", sa.String(24), primary_key=True),
        sa.Column("language", sa.String(12), primary_key=True),
        sa.Column("accepted_at", UtcDateTime, nullable=False),
        sa.Column("accepted_by", sa.Text, nullable=False),
    ),
    "report_versions": sa.Table(
        "report_statuses",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("cut_off_at", UtcDateTime),
        sa.Index("ix_report_statuses_scope", "scope"),
    ),
    "beats": sa.Table(
        "heartbeats",
        metadata,
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("at", UtcDateTime, nullable=False),
    ),
    "guesses": sa.Table(
        "failed_codes",
        metadata,
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("wait_until", UtcDateTime),
    ),
}
"""The tables as this revision leaves them, by their earlier names. No other table refers to them."""


def upgrade() -> None:
    for old, table in TABLES.items():
        op.rename_table(old, table.name)
        if op.get_bind().dialect.name == "sqlite":
            _copy_into_new_names(table)
        else:
            _rename_parts(old, table.name)
    op.execute("ALTER TABLE waves RENAME COLUMN half_way_told_at TO midpoint_told_at")


def _copy_into_new_names(table: sa.Table) -> None:
    """SQLite renames no constraint and no index: make the table again and copy its rows."""
    with op.batch_alter_table(table.name, recreate="always", copy_from=table):
        pass


def _rename_parts(old: str, new: str) -> None:
    """PostgreSQL: rename constraints (from 18 on NOT NULL is one too), indexes and the sequence."""
    bind = op.get_bind()
    table = {"name": new}
    constraints = "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(:name)"
    for name in bind.scalars(sa.text(constraints), table).all():
        op.execute(f"ALTER TABLE {new} RENAME CONSTRAINT {name} TO {name.replace(old, new)}")
    # The index of a primary key was renamed with its constraint.
    indexes = (
        "SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid "
        "WHERE indrelid = to_regclass(:name) AND NOT indisprimary"
    )
    for name in bind.scalars(sa.text(indexes), table).all():
        op.execute(f"ALTER INDEX {name} RENAME TO {name.replace(old, new)}")
    op.execute(f"ALTER SEQUENCE IF EXISTS {old}_id_seq RENAME TO {new}_id_seq")
