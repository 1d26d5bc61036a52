"""Store messages to the office, cases that were set aside or opened again, and seeds of codes."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_messages",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", UtcDateTime, nullable=False),
        sa.Column("settled_by", sa.Text, nullable=False, server_default=""),
        sa.Column("settled_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_office_messages_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_messages")),
    )
    op.create_index("ix_office_messages_participant_id", "office_messages", ["participant_id"])
    op.add_column("cases", sa.Column("set_aside_at", UtcDateTime))
    op.add_column(
        "cases", sa.Column("set_aside_reason", sa.Text, nullable=False, server_default="")
    )
    op.add_column("cases", sa.Column("reopened_until", UtcDateTime))
    op.add_column("codes", sa.Column("seed", sa.String(32)))
    op.create_table(
        "walk_ins",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("room_hash", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("identifier", sa.Text, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("administration_code", sa.String(8), nullable=False),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["room_hash"],
            ["room_codes.hash"],
            name=op.f("fk_walk_ins_room_hash"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["administration_code"],
            ["administrations.code"],
            name=op.f("fk_walk_ins_administration_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_ins")),
        sa.UniqueConstraint("channel", "identifier", name=op.f("uq_walk_ins_channel_identifier")),
    )
