"""Texts in people's own words on the command line: listed, released, withheld, and read again."""

import pytest
from sqlalchemy import Connection, update

from bot.cli import words
from storage import schema
from storage.database import Database
from surveys import withholding
from tests.cli.conftest import CODE, Terminal
from tests.cli.test_anchors import answers, stored, told

PROOF = "Order 7 of 2018"


def agreed(connection: Connection) -> int:
    """Ada has told of an equipment, by the name of a colleague, and may be quoted."""
    case = told(connection)
    facts = {"answered": 7, "asked": 7}
    connection.execute(update(schema.cases).where(schema.cases.c.id == case).values(**facts))
    answers(connection, case, {"title_budget": "The engine of Ben Qalo", "quote": "anonymous"})
    return case


@pytest.fixture
def case(office: Terminal) -> str:
    return stored(office, agreed)


def test_a_text_is_listed_with_its_marks_and_released_shortened(
    office: Terminal, case: str
) -> None:
    assert office.says("words", "list", CODE) == (
        f"{case} title_budget: {CODE} M6, en, unread\n"
        "  The engine of Ben Qalo\n"
        "  look at: Ben (name), Qalo (name)\n"
        f"{case} title_procedure: {CODE} M6, en, unread\n"
        f"  {PROOF}\n"
    )
    shorter = ("words", "release", case, "title_budget", "--text", "The engine of [name]")
    said = office.says(*shorter)
    assert f"Text title_budget of case {case} is released, read by command line" in said
    assert "  The engine of [name]\n" in said
    assert office.data(*shorter)["changed"] is False
    assert "  released: The engine of [name]\n" in office.says("words", "list")
    log = office.says("audit")
    for act in ("own words read", "text released"):
        assert act in log
    assert "engine" not in log


def test_a_title_by_somebody_who_may_not_be_quoted_is_not_listed(
    office: Terminal, case: str
) -> None:
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    refused = update(schema.answers).where(schema.answers.c.item == "quote").values(value="no")
    database.run(lambda connection: connection.execute(refused))
    database.close()
    assert "title_procedure" not in office.says("words", "list")
    assert "no text 'title_procedure'" in office.refuses(
        "words", "release", case, "title_procedure"
    )


def test_texts_are_withheld_put_back_and_found_by_their_state(office: Terminal, case: str) -> None:
    assert office.data("words", "withhold", case, "title_procedure")["state"] == "withheld"
    assert "was withheld already" in office.says("words", "withhold", case, "title_procedure")
    (one,) = office.data("words", "list", "--state", "withheld")
    assert (one["text"], one["kind"], one["marks"]) == (PROOF, "evidence", [])
    assert office.data("words", "again", case, "title_procedure")["changed"] is True
    log = office.says("audit")
    for act in ("text withheld", "text to be read again"):
        assert act in log
    assert len(office.data("words", "list", CODE, "--state", "unread")) == 2
    assert "There is no such text." in office.says("words", "list", CODE, "--state", "released")


def test_a_second_member_of_staff_is_named_by_the_code(office: Terminal, case: str) -> None:
    fay = office.data("staff", "add", "organiser", "--name", "Fay")["code"]
    office.says("words", "release", case, "title_procedure")
    second = office.data("words", "release", case, "title_procedure", "--by", fay)
    assert second["read_by"][1] == fay
    assert f"released by {second['read_by'][0]}, {fay}" in office.says("words", "list")


def test_what_cannot_be_released_is_refused_with_what_to_do(office: Terminal, case: str) -> None:
    said = office.refuses("words", "release", case, "title_procedure", "--text", "Order 8")
    assert "is not made of the text" in said
    assert "[name]" in said
    assert f"followup words list {CODE}" in office.refuses("words", "release", case, "job")
    assert "There is no case 999" in office.refuses("words", "withhold", "999", "title_procedure")
    assert "followup workshop list" in office.refuses("words", "list", "NO-2017")


def test_why_a_text_is_withheld_is_listed(office: Terminal, case: str) -> None:
    office.says("words", "withhold", case, "title_budget", "--why", "writer")
    listed = office.says("words", "list", "--state", "withheld")
    assert f"{case} title_budget: {CODE} M6, en, withheld: it shows who wrote it\n" in listed
    assert office.type("words", "withhold", case, "title_budget", "--why", "mood").code != 0


def test_the_command_line_has_each_reason_to_withhold() -> None:
    assert [*map(str, words.Why)] == [*map(str, withholding.Why)]
