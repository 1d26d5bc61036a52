"""A database of an earlier version is migrated: no row is lost, and all names are the new ones."""

import re
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database import Conflict, Database
from storage.due_workshops import due_rows, mark_due
from storage.office.report_status import report_status_of
from storage.office.report_versions import all_cut_offs, cut_offs_of
from storage.operations.heartbeats import BACKUP, TICK, last_heartbeats
from storage.operations.process_leases import ProcessLease
from storage.operations.restoring import restore
from storage.operations.upgrading import SchemaState, prepare, schema_state
from storage.schema import metadata
from tests.databases import EARLIER, LAST_ROUND, put_earlier
from tests.patience import PATIENCE
from tests.storage.operations.test_upgrading import described, differences, names

NOW = datetime(2018, 6, 18, 12, tzinfo=UTC)
RENAMED = {
    "looks": "due_workshops",
    "beats": "heartbeats",
    "guesses": "failed_codes",
    "accepted_languages": "language_fallbacks",
    "report_versions": "report_statuses",
}
COLUMNS = {"half_way_told_at": "midpoint_told_at", "paused_at": "held_at"}
CHANGED = {"heard_number", "heard_at", "text_hash", "next_contact_channel", "for_role"} | {
    "text_number",
    "text_at",
    *("stop_reason", "paused_until", "passed_over_at", "removed_at", "removed_why", "listed"),
    *("set_aside_at", "set_aside_reason", "reopened_until", "seed", "thousandths", "moved_at"),
    *(
        "is_reply",
        "hold_reason",
        "remind_on",
        "sends_from",
        "days_set_at",
        "asked_at",
        "skipped_at",
        "present_since",
    ),
    "asks_files",
    *("planned_since", "planned_at", "email", "email_before", "sids", "ldc"),
}
"""Columns that only earlier or only later versions have."""
NEW_COLUMNS = {("workshops", "held_at"), ("participants", "title")}
NEW = {
    *("inbox", "left_out", "office_messages", "report_cut_offs", "report_files"),
    *(
        "anchor_decisions",
        "text_decisions",
        "walk_ins",
        "imports",
        "import_changes",
        "keys",
        "erased_marks",
        "plans",
    ),
    *("added_waves", "workshop_names", "calendar_changes", "people_apart"),
    *("sign_in_links", "desk_sessions", "waiting_files", "list_columns", "jobs"),
    *(
        "sign_in_wishes",
        "text_changes",
        "recommendations",
        "recommendation_changes",
        "next_steps",
        "themes",
        "theme_marks",
        "share_links",
    ),
    *("staff_accounts", "used_sign_ins"),
    "files",
    *("help_acts", "help_changes", "help_told", "digest_wishes", "digests"),
    *("answer_imports", "imported_cases", "unlinked_responses", "unlinked_answers"),
}
Rows = dict[str, list[str]]


@pytest.fixture(params=EARLIER)
def earlier(request: pytest.FixtureRequest, empty_url: str) -> Iterator[Database]:
    """A small office in the middle of a wave, as an earlier version has left it."""
    database = put_earlier(empty_url, request.param)
    yield database
    database.close()


def rows(connection: Connection) -> Rows:
    """All rows of all tables, by the names that the tables have today."""
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        RENAMED.get(name, name): sorted(
            str(sorted((COLUMNS.get(key, key), row[key]) for key in row if _stayed(name, key)))
            for row in connection.execute(text(f"SELECT * FROM {name}")).mappings()
        )
        for name in tables
        if name not in NEW
    }


def _stayed(table: str, column: str) -> bool:
    return column not in CHANGED and (table, column) not in NEW_COLUMNS


def test_every_row_is_there_after_the_migration(earlier: Database) -> None:
    before = earlier.read(rows)
    prepare(earlier, NOW)
    assert schema_state(earlier) is SchemaState.PRESENT
    assert earlier.read(rows) == before
    assert set(before) | NEW == set(metadata.tables)
    assert [name for name, found in before.items() if not found] == []


def test_the_migrated_schema_equals_a_new_one_in_every_name(earlier: Database) -> None:
    prepare(earlier, NOW)
    assert earlier.read(differences, metadata) == []
    migrated = earlier.read(described), earlier.read(names)
    earlier.run(metadata.drop_all)
    earlier.run(metadata.create_all)
    assert (earlier.read(described), earlier.read(names)) == migrated
    left = str(migrated)
    assert [old for old in RENAMED if re.search(rf"(\b|_){old}(\b|_)", left)] == []


def test_processes_that_start_at_once_migrate_once_and_keep_one_copy_of_before(
    earlier: Database, tmp_path: Path
) -> None:
    together = Barrier(4)

    def start(database: Database) -> Path | None:
        together.wait(PATIENCE)
        return prepare(database, NOW)

    before = earlier.read(rows)
    others = [Database(str(earlier.url)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        saved = [path for path in pool.map(start, others) if path is not None]
    for database in others:
        database.close()
    assert earlier.read(rows) == before
    assert saved == list(tmp_path.glob("*.backup"))
    assert len(saved) == (1 if earlier.is_sqlite else 0)
    for path in saved:
        with closing(sqlite3.connect(path)) as copy:
            (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
            assert revision in EARLIER


def test_a_wave_that_was_paused_is_on_hold(earlier: Database) -> None:
    paused = "UPDATE waves SET paused_at = '2018-06-17 10:00:00' WHERE opened_at IS NOT NULL"
    earlier.run(lambda connection: connection.execute(text(paused)))
    earlier.run(lambda c: c.execute(text("UPDATE cases SET hold = 'paused'")))
    prepare(earlier, NOW)
    held = "SELECT held_at IS NOT NULL, opened_at IS NOT NULL FROM waves"
    found = earlier.read(lambda connection: connection.execute(text(held)).all())
    assert any(opened for _, opened in found)
    assert all(bool(is_held) == bool(opened) for is_held, opened in found)
    holds = earlier.read(lambda c: c.scalars(text("SELECT DISTINCT hold FROM cases")).all())
    assert list(holds) == ["held"]


def test_new_rows_get_new_numbers_in_a_renamed_table(earlier: Database) -> None:
    prepare(earlier, NOW)
    before = earlier.read(due_rows, "RM-2017")
    earlier.run(mark_due, ["RM-2017"])
    (number,) = set(earlier.read(due_rows, "RM-2017")) - set(before)
    assert number > max(before)


def test_the_audit_log_still_refuses_changes(earlier: Database) -> None:
    prepare(earlier, NOW)
    for change in ("UPDATE audit SET who = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="the audit log is append-only"):
            earlier.run(Connection.execute, text(change))


def test_a_sqlite_file_that_a_running_bot_uses_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "followup.sqlite3"
    database = put_earlier(f"sqlite:///{path}", "0001")
    bot = ProcessLease(database)
    bot.enter()
    with pytest.raises(Conflict, match=r"uses followup\.sqlite3 already\. Stop it first"):
        prepare(database, NOW)
    assert schema_state(database) is SchemaState.OLDER
    assert not list(tmp_path.glob("*.backup"))
    bot.leave()
    assert prepare(database, NOW) is not None
    assert schema_state(database) is SchemaState.PRESENT
    database.close()


def test_a_sqlite_file_is_copied_before_and_the_copy_can_be_restored(tmp_path: Path) -> None:
    path = tmp_path / "followup.sqlite3"
    database = put_earlier(f"sqlite:///{path}", "0001")
    saved = prepare(database, NOW)
    database.close()
    assert saved == tmp_path / "followup.sqlite3.20180618T120000Z.backup"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with closing(sqlite3.connect(saved)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT count(*) FROM looks").fetchone() == (3,)
    _, signs = restore(path, saved, NOW, lambda c: last_heartbeats(c, NOW))
    last = datetime.fromisoformat(LAST_ROUND).replace(tzinfo=UTC)
    assert (signs[TICK], signs[BACKUP]) == (last, last)


DOUBLES = {
    "room_codes": ("revoked_at", "hash", "'newer'", "made_at"),
    "verifications": ("withdrawn_at", "id", "900", "verified_at"),
    "merges": ("undone_at", "id", "900", "merged_at"),
}
"""Table, the column that ends a row, its key, the key of a second row, and the column of its age."""


def after_all_rows(connection: Connection) -> str:
    """Return a moment later than all that is stored, as a value in SQL."""
    zone = ".000000" if connection.dialect.name == "sqlite" else "+00"
    return f"'2018-06-18 06:00:00{zone}'"


def doubled(connection: Connection, table: str) -> None:
    """Store what two transactions at once could store before there was an index: a row, newer."""
    ends, key, second, age = DOUBLES[table]
    names = [one["name"] for one in inspect(connection).get_columns(table)]
    changed = {key: second, age: after_all_rows(connection), ends: "NULL"}
    values = ", ".join(changed.get(name, name) for name in names)
    connection.execute(text(f"UPDATE {table} SET {ends} = NULL"))
    connection.execute(text(f"INSERT INTO {table} SELECT {values} FROM {table}"))


@pytest.mark.parametrize("table", DOUBLES)
def test_of_two_rows_where_one_is_allowed_now_the_newest_stays(
    earlier: Database, table: str
) -> None:
    ends, key, second, _ = DOUBLES[table]
    earlier.run(doubled, table)
    prepare(earlier, NOW)
    found = earlier.read(lambda c: c.execute(text(f"SELECT {key}, {ends} FROM {table}")).all())
    assert [str(row[0]) for row in found if row[1] is None] == [second.strip("'")]
    assert len(found) == 2


def test_of_two_members_in_one_chat_the_last_to_join_stays(earlier: Database) -> None:
    here = "UPDATE staff SET channel = 'chat', identifier = '901', joined_at = added_at"
    later = "UPDATE staff SET joined_at = {} WHERE code = :code"

    def same_chat(connection: Connection) -> str:
        code = str(connection.scalar(text("SELECT min(code) FROM staff WHERE removed_at IS NULL")))
        connection.execute(text(f"{here} WHERE removed_at IS NULL"))
        moment = after_all_rows(connection)
        connection.execute(text(later.format(moment)), {"code": code})
        return code

    last = earlier.run(same_chat)
    prepare(earlier, NOW)
    left = earlier.read(
        lambda c: list(c.scalars(text("SELECT code FROM staff WHERE removed_at IS NULL")))
    )
    assert left == [last]


def test_of_two_messages_and_two_notices_in_one_chat_the_newest_stays(earlier: Database) -> None:
    def again(connection: Connection) -> None:
        for table in ("wave_messages", "notices"):
            names = [one["name"] for one in inspect(connection).get_columns(table)]
            values = ", ".join("id + 900" if name == "id" else name for name in names)
            connection.execute(text(f"INSERT INTO {table} SELECT {values} FROM {table}"))

    before = earlier.read(rows)
    earlier.run(again)
    prepare(earlier, NOW)
    after = earlier.read(rows)
    assert len(after["notices"]) == len(before["notices"])
    assert len(after["wave_messages"]) == len(before["wave_messages"])
    assert earlier.read(lambda c: c.scalar(text("SELECT min(id) FROM notices"))) > 900


def test_a_final_version_has_its_moment_as_the_cut_off_of_every_wave(earlier: Database) -> None:
    tables = inspect(earlier.engine).get_table_names()
    statuses = "report_versions" if "report_versions" in tables else "report_statuses"
    final = f"UPDATE {statuses} SET status = 'final', cut_off_at = changed_at"
    earlier.run(lambda connection: connection.execute(text(final)))
    prepare(earlier, NOW)
    waves = set(earlier.read(lambda found: found.scalars(text("SELECT key FROM waves"))))
    told = earlier.read(all_cut_offs)
    assert {one.wave for one in told} == waves
    scope, version, moment = told[0].scope, told[0].version, told[0].at
    assert earlier.read(report_status_of, scope, version).cut_off == moment
    found = earlier.read(cut_offs_of, scope, version)
    assert found == dict.fromkeys(((scope, wave) for wave in waves), moment)


def test_people_to_whom_nothing_was_sent_count_as_not_asked(earlier: Database) -> None:
    def ends(connection: Connection) -> list[int]:
        found = list(connection.scalars(text("SELECT case_id FROM attempts ORDER BY case_id")))
        unsent = "SELECT id FROM cases WHERE id NOT IN (SELECT case_id FROM attempts) ORDER BY id"
        chosen = [found[0], *list(connection.scalars(text(unsent)))[:2]]
        end = "UPDATE cases SET disposition = 'non_contact', disposition_detail = :why WHERE id = :id"
        for case, why in zip(chosen, ("blocked", "not_sent", "no_address"), strict=True):
            connection.execute(text(end), {"id": case, "why": why})
        return chosen

    cases = earlier.run(ends)
    prepare(earlier, NOW)
    told = "SELECT disposition FROM cases WHERE disposition IS NOT NULL AND id = :id"
    found = [earlier.read(Connection.scalar, text(told), {"id": n}) for n in cases]
    # The wave has asked others, so the one without an address could not be reached.
    assert found == ["non_contact", "not_asked", "non_contact"]
