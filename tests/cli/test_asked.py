"""Help that people asked for, on the command line: each act prints the command that takes it back."""

import json
import shlex
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from storage import schema
from storage.database import Database
from storage.instruments.questionnaires import publish
from surveys.authoring.packaged import packaged_questionnaire
from tests.cli.conftest import CODE, Terminal

AT = datetime(2018, 3, 10, 2, tzinfo=UTC)


def _asked(connection) -> None:  # type: ignore[no-untyped-def]
    """Ada and Ben have asked for templates in the wave of three months."""
    version = connection.scalar(
        select(schema.questionnaires.c.version).where(schema.questionnaires.c.key == "M3")
    )
    if version is None:
        publish(connection, packaged_questionnaire("M3"), AT)
    wave = {"workshop_code": CODE, "key": "M3", "role": "participant"}
    wave |= {"questionnaire_key": "M3", "questionnaire_version": 1}
    wave |= {"opens_on": AT.date(), "closes_on": AT.date(), "opened_at": AT, "closed_at": AT}
    added = insert(schema.waves).values(wave).returning(schema.waves.c.id)
    number = connection.execute(added).scalar_one()
    mine = schema.enrolments.c.workshop_code == CODE
    for one in connection.scalars(select(schema.enrolments.c.id).where(mine).limit(2)).all():
        values = {"wave_id": number, "enrolment_id": one, "created_at": AT}
        added = insert(schema.cases).values(values).returning(schema.cases.c.id)
        told = {"case_id": connection.execute(added).scalar_one(), "item": "help"}
        told |= {"value": "templates", "state": "answered", "language": "en", "channel": "demo"}
        connection.execute(insert(schema.answers).values(told | {"answered_at": AT}))


@pytest.fixture
def asked(office: Terminal) -> Terminal:
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    database.run(_asked)
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
