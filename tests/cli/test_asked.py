"""Help that people asked for, on the command line: each act prints the command that takes it back."""

import json
import shlex

import pytest

from storage.database import Database
from tests.asking import asked_for_templates
from tests.cli.conftest import CODE, Terminal


@pytest.fixture
def asked(office: Terminal) -> Terminal:
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    database.run(asked_for_templates, CODE)
    database.close()
    return office


def undo(office: Terminal, said: str) -> str:
    """What the command does that an act has named as its undo."""
    command = said.splitlines()[-1].removeprefix("Undo: `followup ").rstrip("`")
    return office.says(*shlex.split(command))


def states(office: Terminal) -> list[str]:
    return [one["standing"]["state"] for one in office.data("asked", "list", CODE)]


def test_help_is_taken_up_closed_approved_and_undone(asked: Terminal) -> None:
    said = asked.says("asked", "take", CODE, "templates", "--by", "30 June 2030")
    assert "taken up until Sun 30 June 2030." in said
    assert states(asked) == ["taken up"] * 2
    assert "Taken back for 2 administrations" in undo(asked, said)
    assert states(asked) == ["waiting"] * 2
    sentence = "Model texts are at https://example.org/texts."
    french = "fr: Les textes sont sur https://example.org/fr."
    said = asked.says("asked", "close", CODE, "templates", sentence, "--in", french)
    assert f"`followup asked approve {CODE} templates`" in said
    listed = asked.says("asked", "list", CODE)
    assert "done, waits for approval" in listed and sentence in listed
    first = asked.type("asked", "approve", CODE, "templates")
    assert (first.code, "Add --yes to do it." in first.out) == (2, True)
    assert "2 people will read it once" in first.out and "fr: “Les textes" in first.out
    said = asked.says("asked", "approve", CODE, "templates", "--yes")
    assert "so already" in asked.says("asked", "approve", CODE, "templates")
    assert "done, told 0 of 1" in asked.says("asked", "list", CODE)
    undo(asked, said)
    assert "waits for approval" in asked.says("asked", "list")


def test_only_an_administration_that_asked_can_be_named(asked: Terminal) -> None:
    said = asked.says("asked", "close", CODE, "templates", "Sent.", "--administration", "to")
    assert "in 1 administration" in said
    refused = asked.refuses("asked", "close", CODE, "templates", "Sent.", "--administration", "JP")
    assert "Nobody from JP has asked" in refused
    found = json.loads(asked.says("audit", "--json"))
    assert [one["about"] for one in found if one["act"] == "help done"] == [f"{CODE} templates"]
