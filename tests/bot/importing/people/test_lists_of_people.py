"""Lists of people as offices write them, with what is expected beside each (`tests/data/lists/n*`)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.importing.people.found import People
from bot.importing.people.reading import read_people
from bot.importing.rows.imported import Imported
from bot.importing.rows.rows import Reading
from bot.importing.tables.reading import read_book
from storage.database import Database
from surveys.planning.administrations import packaged_administrations
from tests.bot.importing.people.test_matching import everybody
from tests.bot.importing.test_importing import WORKSHOPS, people, workshops
from tests.bot.importing.test_lists_of_offices import LISTS
from tests.templates import ON_SQLITE


def text_of(name: str) -> str:
    return (Path(LISTS) / name).read_text("utf-8")


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(f"{name}.expect.json"))
    return found


@pytest.fixture
def ready(office_database: Database) -> Database:
    """A database with the workshops that lists are for."""
    workshops(office_database, WORKSHOPS)
    return office_database


def listed(database: Database, name: str, code: str, answers: Mapping[str, str] = {}) -> Imported:
    return people(database, text_of(name), code, answers=dict(answers))


def test_spoiled_names_and_addresses_are_mended_or_pointed_at() -> None:
    name = "n1_spoiled_names_and_addresses.csv"
    want = expected(name)
    read = People(Reading(name), dict(packaged_administrations()), {})
    read_people(read_book(text_of(name).encode()), read)
    assert [[one.name, one.title, one.email] for one in read.listed] == want["people"]
    said = {one.place.split()[1].strip(","): one.message for one in read.reading.problems}
    said.pop("1", None)  # the columns that are not read
    assert said.keys() == want["said"].keys()
    assert all(part in said[row] for row, part in want["said"].items())


@ON_SQLITE
def test_a_list_of_2026_finds_the_people_of_2017(ready: Database) -> None:
    name = "n2_people_of_2026.csv"
    want = expected(name)
    listed(ready, "n2_people_of_2017.csv", "RM")
    before = {one.name: one.code for one in everybody(ready)}
    asked = listed(ready, name, "VN")
    each = {"known people": "ask about each"}
    told = {one.key: one.text for one in listed(ready, name, "VN", each).questions}
    assert told.keys() == {f"row {row} is" for row in want["known"]}
    for row, (known, how) in want["known"].items():
        assert (
            f"may be {known} ({before[known]}), of RM, with the same administration; {how}."
            in (told[f"row {row} is"])
        )
    assert len(asked.questions) <= len(told)
    answers = each | {f"row {row} is": before[known] for row, (known, _) in want["known"].items()}
    listed(ready, name, "VN", answers)
    new = [one.name for one in everybody(ready, "VN") if one.code not in before.values()]
    assert sorted(new) == sorted(want["new"])


@ON_SQLITE
def test_mailboxes_and_namesakes_are_asked_about_once(ready: Database) -> None:
    name = "n3_mailboxes_and_namesakes.csv"
    want = expected(name)
    asked = {one.key: one.text for one in listed(ready, name, "RM").questions}
    assert asked == {row: f"{row}: {text}." for row, text in want["asked"].items()}
    assert listed(ready, name, "RM", want["answers"]).new == want["new"]
    again = listed(ready, name, "RM", {"row 7": "same person"})
    assert (again.questions, again.new, again.changed) == ((), 0, 0)
    other = {"the list is for": "VN", "row 7": "same person", "known people": "ask about each"}
    keys = [one.key for one in listed(ready, name, "VN", other).questions]
    assert sorted(keys) == want["asked_in_another_workshop"]
