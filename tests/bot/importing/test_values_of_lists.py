"""Lists and calendars with difficult days, codes and words, compared with how they should be read.

The expectations stand beside the files, in `tests/data/lists`.
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.desk.people.participant_lists import import_participants
from bot.desk.workshops.calendars import import_workshops
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from storage.database import Database
from storage.fieldwork.workshops import put_workshop
from storage.people.administrations import put_administrations
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in
from surveys.planning.administrations import packaged_administrations
from surveys.problems import BadInput
from tests.bot.importing.test_importing import NOW, OFFICE
from tests.bot.stage import SUVA
from tests.places import DATA

LISTS = DATA / "lists"
CALENDARS = (
    "v1_days_of_five_calendars.csv",
    "v2_series_of_outlook.ics",
    "v3_codes_of_a_mac.xlsx",
    "v6_places_in_their_script.csv",
)


@pytest.fixture
def office(sqlite_database: Database) -> Database:
    sqlite_database.run(put_administrations, packaged_administrations().values())
    return sqlite_database


def expected(name: str) -> Any:
    return json.loads((LISTS / f"{name}.expect.json").read_text("utf-8"))


def calendar(
    office: Database, name: str, answers: Mapping[str, str], without: str = ""
) -> Imported:
    content = (LISTS / name).read_bytes()
    if without:
        lines = [line for line in content.splitlines() if not line.startswith(without.encode())]
        content = b"\r\n".join(lines)
    return import_workshops(office, OFFICE, open_list(content, name, answers=answers), NOW)


@pytest.mark.parametrize("name", CALENDARS)
def test_a_calendar_is_asked_about_and_read_as_expected(office: Database, name: str) -> None:
    want = expected(name)
    without = want.get("without_row", "")
    asked = calendar(office, name, {}, without)
    if want["questions"]:
        assert sorted(one.key for one in asked.questions) == sorted(want["questions"])
        asked = calendar(office, name, want["answers"], without)
    assert asked.questions == ()
    read = [
        (one.code, one.starts_on.isoformat(), one.ends_on.isoformat(), one.country)
        for one in asked.workshops
    ]
    codes = [row[0] or got[0] for row, got in zip(want["workshops"], read, strict=True)]
    assert read == [(code, *row[1:]) for code, row in zip(codes, want["workshops"], strict=True)]
    if "titles" in want:
        assert [one.title for one in asked.workshops] == want["titles"]
    said = "\n".join((*map(str, asked.warnings), *asked.notes))
    for part in (*want.get("said", ()), want.get("coding", "")):
        assert part in said
    assert "\ufffd" not in said
    again = calendar(office, name, want["answers"], without)
    assert (again.new, again.changed, again.same) == (0, 0, len(read))


@pytest.mark.parametrize("name", ["v1_days_of_five_calendars.csv", "v4_spoiled_codes.xlsx"])
def test_a_calendar_with_mistakes_is_refused_with_each_of_them(
    office: Database, name: str
) -> None:
    want = expected(name)
    with pytest.raises(BadInput) as refused:
        calendar(office, name, want.get("answers", {}))
    said = str(refused.value).splitlines()
    assert len(said) == len(want["refused"])
    for line, part in zip(said, want["refused"], strict=True):
        assert part in line


def test_a_list_in_words_of_many_languages_is_asked_about_and_read(office: Database) -> None:
    name = "v5_words_of_the_world.tsv"
    want = expected(name)
    office.run(put_workshop, SUVA)

    def people(answers: Mapping[str, str]) -> Imported:
        given = open_list((LISTS / name).read_bytes(), name, answers=answers)
        return import_participants(office, OFFICE, SUVA.code, given, NOW)

    asked = {one.key: [each.value for each in one.choices] for one in people({}).questions}
    assert sorted(asked) == sorted(want["questions"])
    assert want["choices"].items() <= asked.items()
    assert people(want["answers"]).new == len(want["people"])
    called = office.read(people_in, SUVA.code)
    listed = [
        [person.name, one.administration_code, person.language]
        for one in office.read(enrolments_in, SUVA.code)
        for person in [called[one.participant_id]]
    ]
    assert listed == want["people"]
