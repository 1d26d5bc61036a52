"""Keeping it running: who to call, how it is, copies and the way back."""

import json
from datetime import timedelta

from bot.wiring import utc_now
from storage.beats import note_beat
from storage.database import Database
from tests.cli.conftest import CODE, Terminal


def test_people_whom_no_message_reaches_are_a_list_to_call(office: Terminal) -> None:
    said = office.says("participants", "list", "--unreachable")
    assert said == "Everybody who is asked something can be reached.\n"
    office.says("wave", "open", CODE, "M6")
    calls = office.data("participants", "list", "--unreachable", CODE)
    assert [(one["name"], one["reason"], one["open"]) for one in calls] == [
        (name, "has not joined yet", ["M6"]) for name in ("Ada Vea", "Ben Qalo", "Chi Lan")
    ]
    said = office.says("participants", "list", "--unreachable")
    assert "followup participants codes" in said
    assert "Tonga" in said
    assert "followup workshop list" in office.refuses("participants", "list")


def checks(office: Terminal) -> tuple[int, dict[str, dict[str, str]]]:
    said = office.type("doctor", "--json")
    return said.code, {one["name"]: one for one in json.loads(said.out)["checks"]}


def beat(office: Terminal, name: str, hours: float = 0) -> None:
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    database.run(note_beat, name, utc_now() - timedelta(hours=hours))
    database.close()


def test_a_doctor_says_what_needs_a_person_and_how_to_put_it_right(office: Terminal) -> None:
    said = office.type("doctor")
    assert said.code == 2
    assert said.out.startswith("wrong  rounds: The bot has not run yet.\n       Start it with")
    assert "Ada" not in said.out
    beat(office, "tick")
    code, found = checks(office)
    assert code == 0
    assert {name for name, one in found.items() if one["level"] != "fine"} == {"backup"}
    office.says("backup", "copy.sqlite3")
    assert checks(office)[1]["backup"]["level"] == "fine"
    beat(office, "backup", hours=24 * 8)
    beat(office, "tick", hours=1)
    code, found = checks(office)
    assert (code, found["backup"]["level"], found["rounds"]["level"]) == (2, "wrong", "wrong")
    assert found["rounds"]["says"] == "The last round was 60 minutes ago."
    office.write("config.yaml", "fieldwork: {late_minutes: 90}")
    assert checks(office)[1]["rounds"]["level"] == "fine"


def test_a_doctor_makes_no_database_and_migrates_none(terminal: Terminal) -> None:
    said = terminal.type("doctor")
    assert said.code == 2
    assert "There is no database yet" in said.out
    assert list(terminal.folder.iterdir()) == []
