"""Allow one of what must be one: indexes that refuse a second row.

Where two transactions at once have stored two rows, the newest stays as it is. Of room codes, unused
codes, staff in one chat, verifications and merges, the others are ended at the moment they began;
of messages that follow a wave and of notices, they are deleted.
"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ENDED = (
    (
        "room_codes",
        "workshop_code",
        "revoked_at IS NULL",
        "made_at",
        "hash",
        "revoked_at = made_at",
    ),
    (
        "codes",
        "enrolment_id",
        "used_at IS NULL AND revoked_at IS NULL",
        "created_at",
        "hash",
        "revoked_at = created_at",
    ),
    (
        "staff",
        "channel, identifier",
        "removed_at IS NULL AND identifier IS NOT NULL",
        "joined_at",
        "id",
        "removed_at = joined_at",
    ),
    (
        "verifications",
        "case_id, anchor",
        "withdrawn_at IS NULL",
        "verified_at",
        "id",
        "withdrawn_at = verified_at",
    ),
    (
        "merges",
        "other_id",
        "undone_at IS NULL",
        "merged_at",
        "id",
        "undone_at = merged_at, moved = '{}'",
    ),
)
"""Table, what must be one, among which rows, what tells their age, and how the others are ended."""
DELETED = (
    ("wave_messages", ("workshop_code", "key", "channel", "identifier")),
    ("notices", ("channel", "identifier", "text_hash")),
)
"""Table, and what must be one; the row with the highest id stays."""
INDEXES = (
    ("merges", "ix_merges_in_force", ("other_id",), "undone_at IS NULL"),
    ("codes", "ix_codes_unused", ("enrolment_id",), "used_at IS NULL AND revoked_at IS NULL"),
    ("room_codes", "ix_room_codes_not_ended", ("workshop_code",), "revoked_at IS NULL"),
    (
        "verifications",
        "ix_verifications_in_force",
        ("case_id", "anchor"),
        "withdrawn_at IS NULL",
    ),
    ("staff", "ix_staff_channel_identifier", ("channel", "identifier"), "removed_at IS NULL"),
)


def upgrade() -> None:
    op.add_column(
        "notices", sa.Column("text_hash", sa.String(64), nullable=False, server_default="")
    )
    _hash_texts()
    for ended in ENDED:
        _end_all_but_the_newest(*ended)
    for table, columns in DELETED:
        newest = f"SELECT max(id) FROM {table} GROUP BY {', '.join(columns)}"  # noqa: S608
        op.execute(f"DELETE FROM {table} WHERE id NOT IN ({newest})")  # noqa: S608
    op.drop_index("ix_staff_channel_identifier", "staff")
    for table, name, those, where in INDEXES:
        rows = sa.text(where)
        op.create_index(
            name, table, list(those), unique=True, sqlite_where=rows, postgresql_where=rows
        )
    chat = ["workshop_code", "key", "channel", "identifier"]
    op.create_index("ix_wave_messages_chat", "wave_messages", chat, unique=True)
    op.create_index(
        "ix_notices_same", "notices", ["channel", "identifier", "text_hash"], unique=True
    )


def _hash_texts() -> None:
    bind = op.get_bind()
    change = sa.text("UPDATE notices SET text_hash = :hash WHERE id = :number")
    for number, words in bind.execute(sa.text("SELECT id, text FROM notices")).all():
        digest = hashlib.sha256(words.encode()).hexdigest()
        bind.execute(change, {"hash": digest, "number": number})


def _end_all_but_the_newest(
    table: str, one: str, among: str, age: str, key: str, ended: str
) -> None:
    order = f"PARTITION BY {one} ORDER BY {age} DESC, {key} DESC"
    ranked = f"SELECT {key}, row_number() OVER ({order}) AS place FROM {table} WHERE {among}"  # noqa: S608
    others = f"SELECT {key} FROM ({ranked}) AS ranked WHERE place > 1"  # noqa: S608
    op.execute(f"UPDATE {table} SET {ended} WHERE {key} IN ({others})")  # noqa: S608
