"""Columns about a participant's supervisor, and about who does not want to be contacted."""

import pytest

from bot.desk.people.personal_data import personal_copy, personal_data_of
from storage.database import Database
from storage.erasure.erasing import erase
from storage.people.addresses import addresses_of
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in
from surveys.people import Role
from surveys.problems import BadInput
from tests.bot.importing.test_importing import NOW, people, ready
from tests.templates import EMPTY_ON_SQLITE

__all__ = ["ready"]
HEAD = "Name,Administration,Email,Supervisor,Supervisor's e-mail\n"
TWO = HEAD + "Ada Vea,FJ,ada@example.org,Eve Tau,eve@example.org\nBen Oti,FJ,,,\n"


def names(database: Database) -> dict[int, str]:
    return {number: one.name or "" for number, one in database.read(people_in, "RM").items()}


def tied(database: Database) -> dict[str, str]:
    """Return whom each supervisor is asked about, by name."""
    enrolled = {one.id: one for one in database.read(enrolments_in, "RM")}
    called = names(database)
    return {
        called[one.participant_id]: called[enrolled[one.about_enrolment_id or 0].participant_id]
        for one in enrolled.values()
        if one.role is Role.SUPERVISOR
    }


def test_a_supervisor_named_in_a_row_is_asked_about_its_participant(ready: Database) -> None:
    done = people(ready, TWO)
    assert done.new == 3
    assert tied(ready) == {"Eve Tau": "Ada Vea"}
    (eve,) = [number for number, name in names(ready).items() if name == "Eve Tau"]
    assert [one.identifier for one in ready.read(addresses_of, eve)] == ["eve@example.org"]
    again = people(ready, TWO)
    assert (again.new, again.changed, again.same) == (0, 0, 3)


def test_one_supervisor_of_two_is_asked_about_the_first_and_the_list_says_so(
    ready: Database,
) -> None:
    two = TWO.replace("Ben Oti,FJ,,,", "Ben Oti,FJ,,Eve Tau,EVE@example.org")
    (warning,) = people(ready, two).warnings
    assert "row 3, column Supervisor: 'Eve Tau' supervises the participant of row 2" in str(
        warning
    )
    assert tied(ready) == {"Eve Tau": "Ada Vea"}


@EMPTY_ON_SQLITE
def test_a_supervisor_without_a_name_is_an_error_that_names_the_column(ready: Database) -> None:
    with pytest.raises(BadInput, match="row 2, column Supervisor: The name is missing"):
        people(ready, TWO.replace("Eve Tau", ""))


@EMPTY_ON_SQLITE
@pytest.mark.parametrize(("mark", "refused"), [("yes", 1), ("x", 1), ("no", 0), ("", 0)])
def test_who_is_marked_do_not_contact_is_not_asked(
    ready: Database, mark: str, refused: int
) -> None:
    done = people(ready, f"name,administration,do not contact\nAda,FJ,{mark}\n")
    said = [str(one) for one in done.warnings if "not contacted" in str(one)]
    assert len(said) == refused
    (ada,) = ready.read(enrolments_in, "RM")
    assert (ada.refused_at is not None) == bool(refused)


def test_a_title_is_kept_beside_the_name_until_the_person_is_erased(ready: Database) -> None:
    people(ready, "Title,Name,Administration\nDr,Ada Vea,FJ\n,Rev. Ben Oti,FJ\n")
    found = ready.read(people_in, "RM").values()
    assert [(one.title, one.name) for one in found] == [("Dr", "Ada Vea"), ("Rev.", "Ben Oti")]
    ada, _ = found
    assert personal_copy(ready.read(personal_data_of, ada, NOW))["title"] == "Dr"
    ready.run(erase, ada.id, NOW, keep_answers=False)
    assert [one.title for one in ready.read(people_in, "RM").values()] == ["", "Rev."]


def test_a_column_of_titles_is_no_column_of_posts(ready: Database) -> None:
    done = people(ready, "Title,Name,Administration\nDirector,Ada Vea,FJ\n")
    assert "These columns are not read: Title." in str(done.warnings[0])
