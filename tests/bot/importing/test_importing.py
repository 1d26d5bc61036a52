"""Import of workshops and people: all problems at once, and completely or not at all."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Connection, select

from bot.desk.people.participant_lists import import_participants
from bot.desk.workshops.calendars import import_workshops
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.settings.office import Office
from storage import schema
from storage.database import Database, NotFound
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import all_workshops, get_workshop
from storage.people.addresses import addresses_of
from storage.people.administrations import put_administrations
from storage.people.enrolments import enrolments_in
from storage.people.participants import get_participant
from surveys.people import Role
from surveys.planning.administrations import packaged_administrations
from surveys.planning.plans_file import packaged_plans
from surveys.problems import BadInput
from tests.bot.fieldwork_world import World, utc
from tests.templates import EMPTY_ON_SQLITE

NOW = utc("2018-01-10T10:00")
OFFICE = Office(Rules(packaged_plans(), ("demo",)))
WORKSHOPS = """code,title,kind,starts_on,ends_on,city,country,donors,confirmed
RM,Risk management,regional,2018-02-05,2018-02-09,Suva,FJ,CCF/Japan; NORAD; CCF/Japan,yes
VN,"Projects, and more",national,2018-03-05,2018-03-09,Hanoi,VN,,tbc
"""
PEOPLE = """name,administration,email,role,about
Ada,FJ,ada@example.org,,
Ben ,NP,,,
Chief,FJ,,supervisor,Ada
"""


@pytest.fixture
def ready(database: Database) -> Database:
    """A database with the administrations and the workshop RM."""
    database.run(put_administrations, packaged_administrations().values())
    workshops(database, WORKSHOPS)
    return database


def workshops(database: Database, text: str, *, dry_run: bool = False) -> Imported:
    given = open_list(text.encode(), "workshops.csv", dry_run)
    return import_workshops(database, OFFICE, given, NOW)


def people(
    database: Database,
    text: str | bytes,
    code: str = "RM",
    *,
    dry_run: bool = False,
    answers: Mapping[str, str] | None = None,
) -> Imported:
    content = text if isinstance(text, bytes) else text.encode()
    given = open_list(content, "people.csv", dry_run, answers or {})
    return import_participants(database, OFFICE, code, given, NOW)


def same_person(done: Imported) -> dict[str, str]:
    """Return answers that say of each question that it is the person whom it names first."""
    return {question.key: question.choices[0].value for question in done.questions}


def another_person(done: Imported) -> dict[str, str]:
    """Return answers that say of each question that it is another person."""
    return {question.key: question.choices[-1].value for question in done.questions}


def mistakes(database: Database, text: str | bytes) -> list[str]:
    with pytest.raises(BadInput) as problem:
        people(database, text)
    return str(problem.value).splitlines()


def names(database: Database, code: str = "RM") -> list[tuple[str, str, str]]:
    """Return name, administration and role of all enrolled people, in order."""

    def listed(connection: Connection) -> list[tuple[str, str, str]]:
        return [
            (get_participant(connection, e.participant_id).name, e.administration_code, e.role)
            for e in enrolments_in(connection, code)
        ]

    return database.read(listed)


def rows(database: Database, table: str) -> int:
    return len(database.read(lambda c: c.execute(select(schema.metadata.tables[table])).all()))


# Workshops


def test_workshops_are_imported_with_their_donors_and_plans(ready: Database) -> None:
    rm = ready.read(get_workshop, "RM")
    vn = ready.read(get_workshop, "VN")
    assert (rm.donors, rm.plan, rm.confirmed) == (("CCF/Japan", "NORAD"), "standard", True)
    assert (vn.title, vn.plan, vn.confirmed) == ("Projects, and more", "national", False)


def test_importing_workshops_again_corrects_what_changed(ready: Database) -> None:
    assert workshops(ready, WORKSHOPS) == Imported(same=2)
    assert workshops(ready, WORKSHOPS.replace("Suva", "Nadi")) == Imported(changed=1, same=1)
    assert ready.read(get_workshop, "RM").city == "Nadi"
    more = WORKSHOPS + "TFA,TFA,regional,2018-04-02,2018-04-06,Tokyo,JP,,\n"
    assert workshops(ready, more, dry_run=True) == Imported(new=1, changed=1, same=1)
    assert len(ready.read(all_workshops)) == 2


@EMPTY_ON_SQLITE
def test_every_mistake_in_a_list_of_workshops_is_named_at_once(ready: Database) -> None:
    text = (
        "code,title,kind,starts_on,ends_on,city,country,plan,confirmed\n"
        "A B,Fine,worldwide,soon,2018-02-09,Suva,XX,weekly,perhaps\n"
        "TFA,,regional,2018-02-05,2018-02-09,Suva,FJ,,\n"
        "OK,Fine,regional,2018-02-09,2018-02-05,Suva,FJ,,\n"
    )
    with pytest.raises(BadInput) as problem:
        workshops(ready, text)
    found = {(one.place, one.value) for one in problem.value.problems}
    assert found == {
        ("row 2, column code, Fine", "A B"),
        ("row 3, column title", ""),
        ("row 2, column kind, Fine", "worldwide"),
        ("row 2, column starts_on, Fine", "soon"),
        ("row 2, column country, Fine", "XX"),
        ("row 2, column plan, Fine", "weekly"),
        ("row 2, column confirmed, Fine", "perhaps"),
        ("row 4, column ends_on, Fine", "2018-02-05"),
    }
    assert len(ready.read(all_workshops)) == 2
    twice = WORKSHOPS + "RM,Again,regional,2018-02-05,2018-02-09,Suva,FJ,,\n"
    with pytest.raises(BadInput, match="row 4, column code, Again: 'RM' is the code of row 2 too"):
        workshops(ready, twice)


# People


def test_people_are_enrolled_in_their_roles(ready: Database) -> None:
    assert people(ready, PEOPLE) == Imported(new=3)
    assert names(ready) == [
        ("Ada", "FJ", "participant"),
        ("Ben", "NP", "participant"),
        ("Chief", "FJ", "supervisor"),
    ]
    ada, _, chief = ready.read(enrolments_in, "RM")
    assert chief.about_enrolment_id == ada.id


def test_importing_the_same_list_twice_repeats_nothing(ready: Database) -> None:
    people(ready, PEOPLE)
    before = ready.read(enrolments_in, "RM")
    assert people(ready, PEOPLE) == Imported(same=3)
    assert ready.read(enrolments_in, "RM") == before
    assert rows(ready, "participants") == 3


def test_a_corrected_list_corrects_people_and_enrolments(ready: Database) -> None:
    people(ready, PEOPLE)
    corrected = PEOPLE.replace("Ada,FJ,ada@", "Ada Lind,TO,ada@").replace(",Ada\n", ",Ada Lind\n")
    asked = people(ready, corrected)
    assert "Ada Lind (TO) may be Ada (P-" in asked.questions[0].text
    done = people(ready, corrected, answers=same_person(asked))
    assert (done.new, done.changed, done.same) == (0, 1, 2)
    assert names(ready)[0] == ("Ada Lind", "TO", "participant")
    added = people(ready, "name,administration,email\nBen,NP,ben@example.org\n")
    assert (added.new, added.changed) == (0, 1)
    ben = ready.read(enrolments_in, "RM")[1].participant_id
    assert [one.identifier for one in ready.read(addresses_of, ben)] == ["ben@example.org"]


def test_m15_a_list_twice_with_two_more_and_a_corrected_name_makes_32_people(
    ready: Database,
) -> None:
    listed = [f"Officer {number},NP,o{number}@ex.org" for number in range(30)]
    heading = "name,administration,email"
    people(ready, "\n".join([heading, *listed]))
    again = ["Officer Null,NP,o0@ex.org", *listed[1:], "Eli,FJ,eli@ex.org", "Fay,FJ,fay@ex.org"]
    asked = people(ready, "\n".join([heading, *again]))
    done = people(ready, "\n".join([heading, *again]), answers=same_person(asked))
    assert (done.new, done.changed, done.same) == (2, 1, 29)
    assert rows(ready, "participants") == 32
    assert rows(ready, "addresses") == 32


def test_m09_one_person_is_known_again_however_name_and_address_are_spelled(
    ready: Database,
) -> None:
    heading = "name,administration,email\n"
    people(ready, heading + "An L\u00ea,VN,An.Le@Ex.org\n")
    assert people(ready, heading + "An Le\u0302,VN,an.le@ex.org \n") == Imported(same=1)
    other = heading + "An L\u00ea,VN,another@ex.org\n"
    asked = people(ready, other)
    assert "in this workshop with the address a…@ex.org" in asked.questions[0].text
    assert people(ready, other, answers=another_person(asked)).new == 1
    assert rows(ready, "participants") == 2


@EMPTY_ON_SQLITE
@pytest.mark.parametrize("code", ["xx", "qq-FJ", "Klingonish"])
def test_a_language_that_nobody_knows_is_refused(ready: Database, code: str) -> None:
    (mistake,) = mistakes(ready, f"name,administration,language\nAda,FJ,{code}\n")
    assert "row 2, column language" in mistake
    assert "is not a language. Write the name or the code" in mistake
    assert rows(ready, "participants") == 0


def test_a_person_in_two_workshops_is_one_person_by_e_mail(ready: Database) -> None:
    people(ready, PEOPLE)
    done = people(ready, "name,administration,email\nAda,FJ,ADA@example.org\n", "VN")
    assert done == Imported(new=1)
    assert rows(ready, "participants") == 3
    assert ready.read(enrolments_in, "VN")[0].participant_id == (
        ready.read(enrolments_in, "RM")[0].participant_id
    )
    # Without an e-mail address only the office can say whether it is the same Ben.
    ben = "name,administration\nBen,NP\n"
    asked = people(ready, ben, "VN")
    people(ready, ben, "VN", answers=another_person(asked))
    assert rows(ready, "participants") == 4


def test_two_people_of_one_name_stay_two(ready: Database) -> None:
    text = "name,administration,email\nJo Fa,TO,jo1@example.org\nJo Fa,TO,jo2@example.org\n"
    done = people(ready, text)
    assert done.new == 2
    assert "a second person" in str(done.warnings[0])
    assert people(ready, text).same == 2
    (question,) = people(ready, "name,administration\nJo Fa,TO\n").questions
    assert [choice.label[:9] for choice in question.choices] == [
        "Jo Fa, P-",
        "Jo Fa, P-",
        "Another p",
    ]


def test_l06_one_name_is_kept_whole_and_a_name_of_spaces_is_missing(ready: Database) -> None:
    head = "first name,family name,administration\n"
    people(ready, head + "Suharto,  ,FJ\n ,Tupou,TO\nMele ,  Vea,TO\n")
    assert [name for name, *_ in names(ready)] == ["Suharto", "Tupou", "Mele Vea"]
    assert "The name is missing." in mistakes(ready, head + "  , \u00a0 ,FJ\n")[0]


@EMPTY_ON_SQLITE
def test_every_mistake_in_a_list_of_people_is_named_at_once(ready: Database) -> None:
    with pytest.raises(BadInput) as problem:
        people(
            ready,
            "name,administration,email,language,timezone,role\n"
            ",FJ,,,,\n"
            "Ada,Fiji,ada@example.org,Klingonish,Suva,boss\n"
            "\n"
            "Ben,NP,ben@example.org,en,Asia/Katmandu,participant\n"
            "Dee,FJ,,,,,extra\n",
        )
    assert {(one.place, one.value) for one in problem.value.problems} == {
        ("row 2, column name", ""),
        ("row 3, column language, Ada", "Klingonish"),
        ("row 3, column timezone, Ada", "Suva"),
        ("row 6", ""),
    }
    assert "1 value is beyond the last column: extra." in str(problem.value)
    assert rows(ready, "participants") == 0


def test_two_rows_that_may_be_one_person_are_asked_about(ready: Database) -> None:
    text = "name,administration\nAda,FJ\nada , FJ\n"
    (question,) = people(ready, text).questions
    assert question.text.startswith("row 3: same name, and not two addresses as row 2")
    assert rows(ready, "participants") == 0
    assert people(ready, text, answers={"row 3": "same person"}).new == 1
    assert rows(ready, "participants") == 1


def test_a_supervisor_must_answer_about_somebody_of_the_list(ready: Database) -> None:
    text = (
        "name,administration,role,about\n"
        "Ada,FJ,,\nChief,FJ,supervisor,Nobody\nHead,FJ,supervisor,\n"
    )
    found = mistakes(ready, text)
    assert len(found) == 2
    assert "row 3, column about, Chief: 'Nobody' names no participant" in found[0]
    assert rows(ready, "participants") == 0
    assert rows(ready, "enrolments") == 0


@EMPTY_ON_SQLITE
def test_a_misspelt_column_is_read_by_its_countries_or_asked_about(ready: Database) -> None:
    done = people(ready, "name,administraton\nAda,FJ\n", dry_run=True)
    assert "Understood: administration from 'administraton'." in done.notes[0]
    asked = people(ready, "name,administraton\nAda,Customs North\n").questions
    assert [one.key for one in asked] == ["column administration", "administration"]
    assert "B 'administraton': Customs North" in asked[0].choices[0].label
    answers = {"column administration": "none", "administration": "FJ"}
    assert people(ready, "name,administraton\nAda,Customs North\n", answers=answers).new == 1


@EMPTY_ON_SQLITE
def test_two_columns_of_names_are_asked_about_with_their_first_cells(ready: Database) -> None:
    text = "name,administration,name\nAda,FJ,Eve\n"
    (question,) = people(ready, text).questions
    assert question.text == "Which column is the name?"
    assert [one.label for one in question.choices] == ["A 'name': Ada", "C 'name': Eve"]
    assert """C 'name': Eve (--column "name=C")""" in str(question)
    assert people(ready, text, answers={"column name": "C"}).lines == ("Eve (FJ), participant",)


@EMPTY_ON_SQLITE
def test_columns_that_are_not_known_are_passed_over_with_a_warning(ready: Database) -> None:
    done = people(ready, "Name,Administration,Position,e-mail\nAda,FJ,Chief,ada@example.org\n")
    assert done.new == 1
    (warning,) = done.warnings
    assert warning.message == "These columns are not read: Position."
    assert rows(ready, "addresses") == 1


@EMPTY_ON_SQLITE
def test_cells_that_a_short_row_lacks_are_empty(ready: Database) -> None:
    assert people(ready, "name,administration,email,language\nAda,FJ\n").new == 1
    (question,) = people(ready, "name,administration,email\nBen\n").questions
    assert question.text == "row 2 (Ben) names no administration."


@EMPTY_ON_SQLITE
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "The file is empty."),
        (
            "name,administration\nJos\xe9,FJ\n".encode("latin-1"),
            "This is not UTF-8 text, and its coding is not clear.",
        ),
        (b"\xff\xfen\x00a\x00\x00", "This is not a text file, or it is damaged."),
        (b'name,administration\n"' + b"x" * 200_000 + b'",FJ\n', "cannot be read as CSV: line 2"),
        (
            b"name,administration\n" + b"x" * 32_767 + b",FJ\nAda,FJ\n" + b"y" * 1_001 + b",FJ\n",
            "row 2, column name: 'xxx",
        ),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_way_out(
    ready: Database, content: bytes, expected: str
) -> None:
    assert expected in mistakes(ready, content)[0]


def test_names_in_any_script_and_files_of_any_system_are_read(ready: Database) -> None:
    text = "\ufeffname,administration\r\n\u0e2a\u0e21\u0e0a\u0e32\u0e22,TH\r\n\u738b \u5c0f\u660e,CN\r\n"
    assert people(ready, text).new == 2
    assert [name for name, _, _ in names(ready)] == [
        "\u0e2a\u0e21\u0e0a\u0e32\u0e22",
        "\u738b \u5c0f\u660e",
    ]
    assert people(ready, "name,administration\rOld Mac,FJ\r").new == 1


def test_only_looking_changes_nothing(ready: Database) -> None:
    assert people(ready, PEOPLE, dry_run=True) == Imported(new=3)
    assert rows(ready, "participants") == rows(ready, "enrolments") == 0
    with pytest.raises(NotFound, match="There is no workshop NONE"):
        people(ready, PEOPLE, "NONE")


async def test_a_corrected_place_moves_the_messages_that_are_still_to_come(
    database: Database,
) -> None:
    world = World(database, utc("2018-08-08T10:30"))
    world.workshop()
    world.enrol("Ada", "FJ")
    await world.tick()
    given = open_list(b"name,administration,timezone\nAda,FJ,Europe/Brussels\n", "people.csv")
    import_participants(database, world.office, "RM", given, world.now)
    world.check()
    await world.until(utc("2018-08-09T12:00"))
    (sent,) = world.channel.times("ada")
    assert utc("2018-08-09T07:30") <= sent < utc("2018-08-09T09:30")
    assert Role.PARTICIPANT in {one.role for one in database.read(enrolments_in, "RM")}
    world.close()
