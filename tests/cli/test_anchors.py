"""The office verifies anchors: evidence with who and when, listed, and taken back."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, insert, update

from storage import schema
from storage.database import Database
from storage.fieldwork.cases import open_case
from storage.fieldwork.wave_decisions import Opening, open_wave
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import publish
from storage.people.enrolments import enrolments_in
from surveys.authoring.packaged import packaged_questionnaire
from surveys.planning.plans_file import packaged_plans
from tests.cli.conftest import CODE, Terminal

TOLD = datetime(2018, 6, 20, tzinfo=UTC)
ANSWERS = {
    "use_1": "regular",
    "anchors": "procedure training",
    "anchor_status_procedure": "new",
    "anchor_status_training": "drafted",
    "title_procedure": "Order 7 of 2018",
}


def told(connection: Connection) -> int:
    """The case of Ada, who told of a procedure in force, six months after."""
    publish(connection, packaged_questionnaire("M6"), TOLD)
    planned = packaged_plans()["standard"].wave("M6")
    assert planned is not None
    dated = planned.dated(get_workshop(connection, CODE))
    wave = open_wave(connection, dated, Opening(("M6", 1), TOLD, "plan"))
    case = open_case(connection, wave.id, enrolments_in(connection, CODE)[0].id, TOLD)
    facts = {"started_at": TOLD, "completed_at": TOLD, "answered": 5, "asked": 5}
    connection.execute(update(schema.cases).where(schema.cases.c.id == case).values(**facts))
    answers(connection, case, ANSWERS)
    return case


def answers(connection: Connection, case: int, values: Mapping[str, str]) -> None:
    for item, value in values.items():
        row = {"case_id": case, "item": item, "value": value, "state": "answered"}
        row |= {"language": "en", "channel": "telegram"}
        connection.execute(insert(schema.answers).values(answered_at=TOLD, **row))


def stored(office: Terminal, story: Callable[[Connection], int]) -> str:
    """The number of the case of a story, as it is typed."""
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    try:
        return str(database.run(story))
    finally:
        database.close()


@pytest.fixture
def case(office: Terminal) -> str:
    return stored(office, told)


def grade(office: Terminal) -> str:
    found = office.data("anchor", "list", CODE)
    return next(one["grade"] for one in found if one["anchor"] == "procedure")


def test_the_office_verifies_an_anchor_and_it_is_seen_who_and_when(
    office: Terminal, case: str
) -> None:
    assert grade(office) == "described"
    words = ("anchor", "verify", case, "procedure", "--by", "P. Officer")
    assert office.data(*words, "--how", "Order 7 seen")["changed"] is True
    assert office.data(*words, "--how", "again")["changed"] is False
    assert grade(office) == "verified"
    (one,) = (found for found in office.data("anchor", "list", CODE) if found["by"])
    assert (one["by"], one["how"]) == ("P. Officer", "Order 7 seen")
    assert datetime.fromisoformat(one["at"]).date() > date(2018, 6, 20)
    assert "Order 7 of 2018" in office.says("anchor", "list", CODE)
    back = ("anchor", "unverify", case, "procedure", "--by", "Head")
    assert office.data(*back)["changed"] is True
    assert office.data(*back)["changed"] is False
    assert grade(office) == "described"
    log = office.says("audit")
    for act in ("own words read", "anchor verified", "anchor not verified any more"):
        assert act in log
    assert "Order 7" not in log


def test_only_an_anchor_in_force_that_somebody_told_of_can_be_verified(
    office: Terminal, case: str
) -> None:
    how = ("--by", "P. Officer", "--how", "seen")
    for number, anchor in ((case, "training"), (case, "budget"), ("999", "procedure")):
        said = office.refuses("anchor", "verify", number, anchor, *how)
        assert "followup anchor list" in said
    said = office.refuses("anchor", "verify", case, "procedure", "--by", "", "--how", "")
    assert "--by" in said
    assert "--how" in said
    assert office.data("anchor", "list", "TFA-2017") == []
