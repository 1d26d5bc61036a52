"""The office verifies anchors: evidence with who and when, listed, and taken back."""

import shlex
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from storage import schema
from storage.database import Database
from storage.fieldwork.cases import open_case
from storage.fieldwork.wave_decisions import Opening, open_wave
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import publish
from storage.people.enrolments import NewEnrolment, enrol, enrolments_in
from storage.people.participants import NewParticipant, add_participant
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


def told_anew(connection: Connection) -> int:
    """The case of Ada, who tells since when; somebody of her delegation denies it in words."""
    case = told(connection)
    changed = {"anchor_status_procedure": "new", "title_procedure": "Order 7 of 2018"}
    here = schema.answers.c.case_id == case
    connection.execute(delete(schema.answers).where(here))
    answers(connection, case, ANSWERS | changed)
    ada = enrolments_in(connection, CODE)[0]
    other = add_participant(connection, NewParticipant("P-OTHER", "Other"))
    place = NewEnrolment(CODE, other.id, ada.administration_code)
    colleague = enrol(connection, place, TOLD)
    wave = connection.scalar(select(schema.cases.c.wave_id).where(schema.cases.c.id == case))
    assert wave is not None
    denied = open_case(connection, wave, colleague.id, TOLD)
    facts = {"started_at": TOLD, "completed_at": TOLD, "answered": 5, "asked": 5}
    connection.execute(update(schema.cases).where(schema.cases.c.id == denied).values(**facts))
    answers(connection, denied, {"anchors": "none"})
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
    return str(next(one["grade"] for one in found if one["anchor"] == "procedure"))


def test_the_office_verifies_an_anchor_and_it_is_seen_who_and_when(
    office: Terminal, case: str
) -> None:
    assert grade(office) == "described"
    words = ("anchor", "verify", case, "procedure", "--by", "P. Officer")
    assert office.data(*words, "--how", "Order 7 seen")["changed"] is True
    assert office.data(*words, "--how", "again")["changed"] is False
    assert grade(office) == "document seen"
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


def procedure(office: Terminal) -> tuple[str, str, str]:
    """The evidence of the procedure, how it stands, and what the office says of its title."""
    found = office.data("anchor", "list", CODE)
    one = next(one for one in found if one["anchor"] == "procedure")
    return one["grade"], one["stands"], one["read"]


def undone(office: Terminal, said: str) -> str:
    """What the command says that a message gives as its undo."""
    command = said.partition("Undo: `followup ")[2].partition("`")[0]
    return office.says(*shlex.split(command))


def test_the_office_accepts_and_rejects_a_title_and_takes_that_back(office: Terminal) -> None:
    case = stored(office, told_anew)
    assert procedure(office) == ("described", "disputed", "")
    rejected = office.says("anchor", "reject", case, "procedure")
    assert procedure(office) == ("claimed", "disputed", "rejected")
    assert "already" in office.says("anchor", "reject", case, "procedure")
    accepted = office.says("anchor", "accept", case, "procedure")
    assert procedure(office) == ("described", "disputed", "accepted")
    assert "Nothing was changed" in undone(office, rejected)
    assert "rejected again" in undone(office, accepted)
    assert procedure(office) == ("claimed", "disputed", "rejected")
    log = office.says("audit")
    assert log.count("anchor description accepted") == 1
    assert log.count("anchor description rejected") == 1
    assert log.count("anchor decision taken back") == 1
    assert "Order 7" not in log


def test_the_office_decides_a_dispute_and_takes_that_back(office: Terminal) -> None:
    case = stored(office, told_anew)
    no = office.says("anchor", "decide", case, "procedure", "no")
    assert procedure(office)[1] == "no"
    assert "already" in office.says("anchor", "decide", case, "procedure", "no")
    assert "undecided again" in undone(office, no)
    assert procedure(office)[1] == "disputed"
    office.says("anchor", "decide", case, "procedure", "yes")
    assert procedure(office)[1] == "yes"
    log = office.says("audit")
    assert log.count("anchor dispute decided") == 2
    assert log.count("anchor decision taken back") == 1


def test_a_document_seen_decides_by_itself_and_names_its_undo(office: Terminal) -> None:
    case = stored(office, told_anew)
    words = ("anchor", "verify", case, "procedure", "--by", "P. O'Hara", "--how", "seen")
    said = office.says(*words)
    assert procedure(office) == ("document seen", "yes", "")
    undone(office, said)
    assert procedure(office) == ("described", "disputed", "")


def test_what_nobody_told_of_or_disputes_cannot_be_decided(office: Terminal) -> None:
    case = stored(office, told_anew)
    assert "gives no title" in office.refuses("anchor", "accept", case, "training")
    assert "new or changed" in office.refuses("anchor", "decide", case, "training", "yes")
    assert "no case 999" in office.refuses("anchor", "reject", "999", "procedure")
    assert "no decision 99" in office.refuses("anchor", "undo", "99")
