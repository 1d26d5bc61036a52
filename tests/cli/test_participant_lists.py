"""Lists that were imported by mistake, on the command line: each success says how to undo it."""

import re

from tests.cli.conftest import CODE, Terminal

OTHER = "RM-2017"


def undoing(said: str) -> list[str]:
    """The command that a success message names to undo it."""
    found = re.findall(r"`followup ((?:participants|workshop) (?:undo|redo)[^`]*)`", said)
    assert found, said
    return str(found[-1]).split()


def names(office: Terminal, code: str) -> set[str]:
    people = office.data("participants", "list", code)
    return {one["name"] for one in people if not one["consent"].startswith("removed")}


def test_a_wrong_list_is_undone_by_the_command_that_its_message_names(office: Terminal) -> None:
    office.write("wrong.csv", "name,administration\nDee Rai,TO\nEma Fa,FJ\n")
    said = office.says("participants", "import", CODE, "wrong.csv")
    undone = office.says(*undoing(said))
    assert f"of {CODE} is undone: 2 people, 0 values." in undone
    assert "is undone already" in office.refuses(*undoing(said))
    again = office.says(*undoing(undone))
    assert "is saved again: 2 people, 0 values." in again
    newest = office.data("participants", "lists", CODE)[0]
    assert (newest["people"], newest["reached"], newest["undone_at"]) == (2, 0, None)


def test_a_list_of_the_wrong_workshop_is_moved_and_moved_off_again(office: Terminal) -> None:
    office.write("wrong.csv", "name,administration\nDee Rai,TO\nEma Fa,FJ\n")
    office.says("participants", "import", CODE, "wrong.csv")
    number = str(office.data("participants", "lists", CODE)[0]["number"])
    said = office.says("participants", "move", CODE, number, OTHER)
    assert f"2 people of import {number} moved from {CODE} to {OTHER}." in said
    assert names(office, OTHER) == {"Dee Rai", "Ema Fa"}
    assert "What follows:" in said.splitlines()
    undo, back = re.findall("`followup ([^`]*)`", said)
    assert f"of {OTHER} is undone: 2 people" in office.says(*undo.split())
    office.says(*back.split())
    assert names(office, OTHER) == set()
    assert {"Dee Rai", "Ema Fa"} <= names(office, CODE)


def test_a_moved_list_counts_who_was_in_the_other_workshop_already(office: Terminal) -> None:
    office.write("both.csv", "name,administration,email\nDee Rai,TO,dee@example.org\n")
    office.write(
        "wrong.csv", "name,administration,email\nDee Rai,TO,dee@example.org\nEma Fa,FJ,\n"
    )
    office.says("participants", "import", OTHER, "both.csv")
    office.says("participants", "import", CODE, "wrong.csv")
    number = str(office.data("participants", "lists", CODE)[0]["number"])
    said = office.says("participants", "move", CODE, number, OTHER)
    assert f"1 person of import {number} moved" in said
    assert f"1 more was in {OTHER} already." in said


def test_without_a_number_the_newest_undone_import_is_saved_again(office: Terminal) -> None:
    assert "No calendar is undone." in office.refuses("workshop", "redo")
    assert f"No list of {CODE} is undone." in office.refuses("participants", "redo", CODE)
    office.write("wrong.csv", "name,administration\nDee Rai,TO\n")
    office.says("participants", "import", CODE, "wrong.csv")
    office.says("participants", "undo", CODE)
    assert "is saved again: 1 person" in office.says("participants", "redo", CODE)


def test_the_same_file_again_and_a_question_about_one_mailbox(office: Terminal) -> None:
    office.write("one.csv", "name,administration,email\nDee Rai,TO,dee@example.org\n")
    office.says("participants", "import", CODE, "one.csv")
    assert "Nothing to do." in office.says("participants", "import", CODE, "one.csv")
    office.write("two.csv", "name,administration,email\nEma Fa,TO,dee@example.org\n")
    asked = office.type("participants", "import", CODE, "two.csv")
    assert asked.code == 2
    assert "Ema Fa (TO) may be Dee Rai (P-" in asked.out
    answer = ("--answer", "row 2 is=new person")
    said = office.says("participants", "import", CODE, "two.csv", *answer)
    assert "People: 1 new" in said
    assert {"Dee Rai", "Ema Fa"} <= names(office, CODE)


def test_a_wrong_calendar_is_undone(office: Terminal) -> None:
    office.write("wrong.csv", "code,title,dates,venue\nWRONG,Other,12-15 Jun. 2018,Suva\n")
    said = office.says("workshop", "import", "wrong.csv")
    undone = office.says(*undoing(said))
    assert "is undone: 1 workshop." in undone
    assert "WRONG" not in office.says("workshop", "list")
    office.says(*undoing(undone))
    assert "WRONG" in office.says("workshop", "list")
