"""Answers from tables of earlier surveys, of people who are known and of nobody who is."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer_imports",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("wave_id", sa.Integer, nullable=False),
        sa.Column("ending", sa.String(8), nullable=False),
        sa.Column("file_hash", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("finished_at", UtcDateTime),
        sa.Column("undone_at", UtcDateTime),
        sa.Column("wave_before", sa.JSON(none_as_null=True)),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["waves.id"], name="fk_answer_imports_wave_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer_imports"),
    )
    in_force = sa.text("undone_at IS NULL")
    op.create_index(
        "ix_answer_imports_in_force",
        "answer_imports",
        ["wave_id", "file_hash"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    op.create_table(
        "imported_cases",
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("import_id", sa.Integer, nullable=False),
        sa.Column("made", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_imported_cases_case_id", ondelete="CASCADE"
        ),
        _of_import("imported_cases"),
        sa.PrimaryKeyConstraint("case_id", name="pk_imported_cases"),
    )
    op.create_index("ix_imported_cases_import_id", "imported_cases", ["import_id"])
    op.create_table(
        "unlinked_responses",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("import_id", sa.Integer, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("administration_code", sa.String(8)),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("completed_at", UtcDateTime),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("disposition", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["administration_code"],
            ["administrations.code"],
            name="fk_unlinked_responses_administration_code",
        ),
        _of_import("unlinked_responses"),
        sa.PrimaryKeyConstraint("id", name="pk_unlinked_responses"),
        sa.UniqueConstraint("import_id", "row", name="uq_unlinked_responses_import_id_row"),
    )
    op.create_table(
        "unlinked_answers",
        sa.Column("response_id", sa.Integer, nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("answered_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["unlinked_responses.id"],
            name="fk_unlinked_answers_response_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "item", name="pk_unlinked_answers"),
    )


def _of_import(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_import_id"
    return sa.ForeignKeyConstraint(
        ["import_id"], ["answer_imports.id"], name=name, ondelete="CASCADE"
    )
