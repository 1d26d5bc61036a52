"""Housekeeping after a round: a heartbeat, and a daily copy, of which the newest are kept."""

import json
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import Connection, event

from bot.operations.backups import DailyBackups
from bot.operations.housekeeping import Housekeeping
from bot.settings.logs import set_up_logs
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.office.jobs import (
    JobEnd,
    JobFile,
    JobState,
    NewJob,
    begin_job,
    end_job,
    file_of_job,
    jobs_since,
)
from storage.office.staff import NewMember, StaffRole, add_member
from storage.operations.heartbeats import BACKUP, RETENTION, last_heartbeats
from storage.operations.upgrading import prepare
from tests.bot.fieldwork_world import utc

NOW = utc("2018-08-12T10:00")


def test_a_copy_is_made_each_day_and_the_oldest_goes(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}")
    prepare(database, NOW)
    copies = tmp_path / "copies"
    (tmp_path / "followup-notes.txt").write_text("not ours")
    housekeeping = Housekeeping(database, DailyBackups(copies, keep=2))
    for hours in range(0, 24 * 4, 6):
        housekeeping.after_round(NOW + timedelta(hours=hours), 0.1)
    assert [file.name for file in sorted(copies.iterdir())] == [
        "followup-20180814T100000Z.sqlite3",
        "followup-20180815T100000Z.sqlite3",
    ]
    assert {file.stat().st_mode & 0o777 for file in copies.iterdir()} == {0o600}
    assert copies.stat().st_mode & 0o777 == 0o700
    with closing(sqlite3.connect(copies / "followup-20180815T100000Z.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM heartbeats").fetchone() == (2,)
    database.close()


def test_a_copy_that_cannot_be_made_is_logged_and_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}")
    prepare(database, NOW)
    (tmp_path / "copies").write_text("a file where the folder should be")
    housekeeping = Housekeeping(database, DailyBackups(tmp_path / "copies", keep=2))
    housekeeping.after_round(NOW, 0.1)
    assert "backup_failed" in capsys.readouterr().out
    (tmp_path / "copies").unlink()
    housekeeping.after_round(NOW + timedelta(minutes=1), 0.1)
    heartbeats = database.read(last_heartbeats, NOW + timedelta(days=1))
    assert heartbeats == {"tick": NOW + timedelta(minutes=1), "backup": NOW + timedelta(minutes=1)}
    database.close()


def test_an_end_leaves_what_is_left_of_the_daily_work_to_the_next_process(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}")
    prepare(database, NOW)
    copies = DailyBackups(tmp_path / "copies", keep=2)
    office = Office(Rules({}, ("demo",)))
    housekeeping = Housekeeping(database, copies, office=office)

    def ends(_connection: Connection) -> None:
        housekeeping.end()

    event.listen(database.engine, "commit", ends)
    housekeeping.daily(NOW)
    event.remove(database.engine, "commit", ends)
    assert list(copies.folder.iterdir()) == []
    assert BACKUP not in database.read(last_heartbeats, NOW)
    Housekeeping(database, copies, office=office).daily(NOW)
    assert len(list(copies.folder.iterdir())) == 1
    assert database.read(last_heartbeats, NOW).keys() == {RETENTION, BACKUP}
    database.close()


def test_the_file_of_long_work_is_deleted_after_an_hour_and_its_end_after_a_week(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}")
    prepare(database, NOW)
    invited = NewMember("S-EVA", StaffRole.ORGANISER, "Eva", (), "command line")
    eva = database.run(add_member, invited, "SECRET", NOW)
    number, _ = database.run(begin_job, NewJob("codes", "RM", eva.id, "/codes"), NOW, NOW)
    file = JobFile("a.pdf", "application/pdf", b"%PDF")
    database.run(end_job, number, JobEnd(JobState.DONE, "Drawn.", file), NOW)
    housekeeping = Housekeeping(database, office=Office(Rules({}, ("demo",))))
    housekeeping.daily(NOW + timedelta(minutes=60))
    assert database.read(file_of_job, number, NOW) == file
    housekeeping.daily(NOW + timedelta(minutes=61))
    assert database.read(file_of_job, number, NOW) is None
    assert [one.said for one in database.read(jobs_since, NOW)] == ["Drawn."]
    housekeeping.daily(NOW + timedelta(days=8))
    assert database.read(jobs_since, NOW) == []
    database.close()


@pytest.mark.parametrize("form", ["json", "text"])
def test_logs_are_written_for_programs_or_for_people(
    form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging

    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    set_up_logs(form)
    try:
        structlog.get_logger("run").info("tick", opened=1)
        try:
            raise ValueError("Ada said yes")
        except ValueError:
            logging.getLogger("bot.telegram").exception("an update failed")
    finally:
        structlog.reset_defaults()
    written = capsys.readouterr().err
    first, second = written.splitlines()
    assert "Ada" not in written
    assert "ValueError" in second
    if form == "json":
        assert json.loads(first)["event"] == "tick"
        assert json.loads(second)["error"] == "ValueError"
    else:
        assert "tick" in first
        assert "opened=1" in first
        assert not first.startswith("{")
