"""followup case: what a change would do, the change, and the command that undoes it."""

import re
import shlex

from storage.database import Database
from storage.fieldwork.cases import open_case
from storage.fieldwork.wave_decisions import Opening, open_wave
from storage.fieldwork.workshops import get_workshop
from storage.people.enrolments import enrolments_in
from surveys.planning.plans_file import packaged_plans
from tests.cli.conftest import CODE, Terminal
from tests.storage.world import NOW


def asked(office: Terminal) -> str:
    """Return the code of Ada, who has a case in M6."""
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")

    def open_m6(connection):  # type: ignore[no-untyped-def]
        planned = packaged_plans()["standard"].wave("M6")
        assert planned is not None
        dated = planned.dated(get_workshop(connection, CODE))
        wave = open_wave(connection, dated, Opening(("M6", 1), NOW, "plan"))
        open_case(connection, wave.id, enrolments_in(connection, CODE)[0].id, NOW)

    database.run(open_m6)
    database.close()
    people = office.data("participants", "list", CODE)
    return str(next(one["participant"] for one in people if one["name"] == "Ada Vea"))


def undoing(said: str) -> list[str]:
    """Return the command that a success message gives to undo it."""
    found = re.search(r"Undo: `followup (.*)`", said)
    assert found is not None, said
    return shlex.split(found[1])


def test_a_case_is_set_aside_after_a_yes_and_put_back_by_the_command_shown(
    office: Terminal,
) -> None:
    ada = asked(office)
    words = ("case", "set-aside", CODE, "M6", ada, "--reason", "asked twice")
    assert "Add --yes to do it." in office.says(*words)
    assert "set aside" not in office.says("case", "list", ada)
    done = office.says(*words, "--yes")
    assert f"{CODE} M6 of Ada Vea is set aside" in done
    assert "set aside (asked twice)" in office.says("case", "list", ada)
    assert "set aside already. Nothing was changed." in office.says(*words, "--yes")
    assert "counts again" in (back := office.says(*undoing(done)))
    assert "set aside" not in office.says("case", "list", ada)
    assert "is set aside" in office.says(*undoing(back))
    assert "set aside (asked twice)" in office.says("case", "list", ada)


def test_a_case_of_a_closed_wave_is_opened_and_closed_again(office: Terminal) -> None:
    ada = asked(office)
    office.says("wave", "close", CODE, "M6", "--yes")
    done = office.says("case", "reopen", CODE, "M6", ada, "--days", "3", "--yes")
    assert f"{CODE} M6 of Ada Vea is open again until" in done
    again = office.says("case", "reopen", CODE, "M6", ada, "--yes")
    assert "is open already, until" in again
    assert f"{CODE} M6 of Ada Vea is closed again." in office.says(*undoing(done))
    assert "was not opened again. Nothing" in office.says(
        "case", "close", CODE, "M6", ada, "--yes"
    )


def test_a_case_of_a_wave_that_opens_in_two_minutes_is_not_said_to_be_closed(
    office: Terminal,
) -> None:
    office.says("wave", "open", CODE, "M6", "--yes")
    people = office.data("participants", "list", CODE)
    ada = next(one["participant"] for one in people if one["name"] == "Ada Vea")
    assert "0 answers, not open yet" in office.says("case", "list", ada)
    assert "is not open yet" in office.says("case", "reopen", CODE, "M6", ada)


def test_what_cannot_be_done_says_why(office: Terminal) -> None:
    ada = asked(office)
    moved = office.says("case", "move", CODE, "M6", ada, "--to", "KASHIWA", "--yes")
    assert "has no answers. Nothing was changed." in moved
    refused = office.refuses("case", "set-aside", CODE, "M9", ada, "--reason", "x", "--yes")
    assert f"{ada} is not asked in M9 of {CODE}." in refused
    assert "Say why" in office.refuses("case", "set-aside", CODE, "M6", ada, "--reason", " ")
