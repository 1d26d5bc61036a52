"""Store what each import did, so that it can be undone, and by what an erased person is known."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IMPORT_CHANGES = (
    ("import_id", "imports", "CASCADE"),
    ("participant_id", "participants", None),
    ("enrolment_id", "enrolments", "SET NULL"),
)


def upgrade() -> None:
    op.add_column("enrolments", sa.Column("listed", sa.JSON))
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("workshop_code", sa.String(40)),
        sa.Column("ending", sa.String(8), nullable=False),
        sa.Column("file_hash", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("undone_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["workshop_code"],
            ["workshops.code"],
            name="fk_imports_workshop_code",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_workshop_code", "imports", ["workshop_code"])
    op.create_table(
        "import_changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("import_id", sa.Integer, nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("enrolment_id", sa.Integer),
        sa.Column("field", sa.String(16), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("undone_at", UtcDateTime),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=f"fk_import_changes_{column}", ondelete=then
            )
            for column, table, then in IMPORT_CHANGES
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_changes"),
    )
    for column, _, _ in IMPORT_CHANGES:
        op.create_index(f"ix_import_changes_{column}", "import_changes", [column])
    op.create_table(
        "calendar_changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("import_id", sa.Integer, nullable=False),
        sa.Column("workshop_code", sa.String(40), nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("undone_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["imports.id"],
            name="fk_calendar_changes_import_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_changes"),
    )
    op.create_index("ix_calendar_changes_import_id", "calendar_changes", ["import_id"])
    op.create_table(
        "keys",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_keys"),
    )
    op.create_table(
        "erased_marks",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("erased_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_erased_marks"),
    )
