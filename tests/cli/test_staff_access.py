"""Roles, sessions and the audit log on the command line; each undo is the line that was said."""

import csv
import io
import re
import shlex

from bot.desk.office.signing_in import sign_in
from bot.runtime.clock import utc_now
from storage.database import Database
from tests.cli.conftest import CODE, Terminal

UNDO = re.compile(r"Undo: `followup (.*)`")


def undoes(office: Terminal, said: str) -> str:
    """Type the undo that was said."""
    found = UNDO.search(said)
    assert found, said
    return office.says(*shlex.split(found[1]))


def test_a_role_and_its_limits_are_taken_back_as_said(office: Terminal) -> None:
    eva = office.data("staff", "add", "manager", "--workshop", CODE)["code"]
    said = office.says("staff", "role", eva, "organiser")
    assert f"{eva} is organiser now." in said
    assert f"{eva} is manager of {CODE} now." in undoes(office, said)
    assert "Nothing was changed." in office.says(
        "staff", "role", eva, "manager", "--workshop", CODE
    )


def test_a_removal_is_taken_back_as_said(office: Terminal) -> None:
    eva = office.data("staff", "add", "organiser", "--name", "Eva")["code"]
    said = office.says("staff", "remove", eva)
    assert f"{eva} has access again" in undoes(office, said)
    assert "Nothing was changed." in office.says("staff", "take-back", eva)


def test_browsers_are_listed_and_signed_out_after_a_question(office: Terminal) -> None:
    eva = office.data("staff", "add", "organiser", "--name", "Eva")["code"]
    secret = office.data("staff", "link", eva)["url"].rpartition("/")[2]
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    database.run(sign_in, secret, "Firefox on Windows", utc_now())
    database.close()
    assert "Firefox on Windows" in office.says("staff", "sessions")
    asked = office.type("staff", "sign-out", eva)
    assert asked.code == 2
    assert "Would sign out 1 browser: Eva." in asked.out
    assert "Signed out: Eva." in office.says("staff", "sign-out", eva, "--yes")
    assert "Nobody is signed in." in office.says("staff", "sessions")


def test_the_audit_log_is_filtered_and_written(office: Terminal) -> None:
    lines = office.data("audit", "--about", CODE.lower(), "--act", "imported")
    assert [one["about"] for one in lines] == [f"{CODE} people"]
    assert office.data("audit", "--until", "8 June 2018") == []
    assert office.data("audit", "--since", "today", "--who", "plan") == []
    office.says("audit", "--act", "imported", "--out", "log.csv")
    written = (office.folder / "log.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written)))
    assert [row[3] for row in rows] == ["what", "imported", "imported"]
    assert office.data("audit", "--act", "exported")[0]["about"] == "audit log"
    assert "There is no act jumped." in office.refuses("audit", "--act", "jumped")
    assert "neither .csv nor .xlsx" in office.refuses("audit", "--out", "log.pdf")


def test_the_configuration_is_shown_with_where_it_came_from(office: Terminal) -> None:
    office.write("config.yaml", "web: {port: 8091}")
    rows = {one["key"]: (one["value"], one["from"]) for one in office.data("configuration")}
    assert rows["web.port"] == ("8091", "file")
    assert rows["metrics"] == ("no", "default")
    assert f"Read from {office.folder / 'config.yaml'}." in office.says("configuration")
