"""Same person? It is asked whenever it may be, and never decided silently."""

import pytest

from bot.importing.rows.imported import Imported
from storage.database import Database
from storage.people.addresses import add_address, addresses_of, find_address
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in
from storage.schema import participants
from surveys.people import AddressState, Participant
from tests.bot.importing.test_importing import (
    NOW,
    WORKSHOPS,
    another_person,
    people,
    rows,
    same_person,
    workshops,
)
from tests.templates import ON_SQLITE

HEAD = "name,administration,email\n"
MELE = HEAD + "Mele Fonua,TO,mele@exmaple.org\n"


@pytest.fixture
def ready(office_database: Database) -> Database:
    workshops(office_database, WORKSHOPS)
    return office_database


def everybody(database: Database, code: str = "RM") -> list[Participant]:
    known = database.read(people_in, code)
    return [known[one.participant_id] for one in database.read(enrolments_in, code)]


def asks(done: Imported) -> str:
    (question,) = done.questions
    return question.text


def test_a_corrected_address_is_asked_about_and_then_the_only_one_in_use(ready: Database) -> None:
    people(ready, MELE)
    corrected = MELE.replace("exmaple", "example")
    asked = people(ready, corrected)
    assert "Mele Fonua (TO) may be Mele Fonua (P-" in asks(asked)
    assert "with the address m…@exmaple.org" in asks(asked)
    assert people(ready, corrected, answers=same_person(asked)).changed == 1
    (mele,) = everybody(ready)
    (address,) = ready.read(addresses_of, mele.id)
    assert (address.identifier, address.state) == ("mele@example.org", AddressState.ACTIVE)
    assert people(ready, corrected) == Imported(same=1)
    # A letter never goes back to the address that is out of use, whatever an old list says.
    assert people(ready, MELE) == Imported(same=1)
    assert ready.read(find_address, "email", "mele@exmaple.org") is None


def test_one_mailbox_of_two_officers_hands_nobody_over(ready: Database) -> None:
    people(ready, HEAD + "Mele Fonua,TO,customs@example.org\n")
    (mele,) = everybody(ready)
    ready.run(add_address, mele.id, "demo", "77", NOW)
    second = HEAD + "Sione Tupou,TO,customs@example.org\n"
    asked = people(ready, second)
    assert "Sione Tupou (TO) may be Mele Fonua (P-" in asks(asked)
    assert "who has the same e-mail address" in asks(asked)
    assert [one.name for one in everybody(ready)] == ["Mele Fonua"]
    done = people(ready, second, answers=another_person(asked))
    assert "is the address of Mele Fonua; this person is listed without it." in str(done.warnings)
    mele, sione = everybody(ready)
    assert (mele.name, sione.name) == ("Mele Fonua", "Sione Tupou")
    assert ready.read(addresses_of, sione.id) == []
    assert {one.channel for one in ready.read(addresses_of, mele.id)} == {"email", "demo"}
    # What was decided is not asked again.
    both = HEAD + "Mele Fonua,TO,customs@example.org\nSione Tupou,TO,customs@example.org\n"
    assert people(ready, second).questions == ()
    assert people(ready, both).same == 2


def test_an_address_that_is_out_of_use_can_be_given_to_somebody_else(ready: Database) -> None:
    people(ready, MELE)
    corrected = MELE.replace("exmaple", "example")
    people(ready, corrected, answers=same_person(people(ready, corrected)))
    assert people(ready, HEAD + "Sione Tupou,TO,mele@exmaple.org\n").new == 1
    mele, sione = everybody(ready)
    assert [one.identifier for one in ready.read(addresses_of, sione.id)] == ["mele@exmaple.org"]
    assert [one.identifier for one in ready.read(addresses_of, mele.id)] == ["mele@example.org"]


def test_a_mailbox_of_another_workshop_is_asked_about_too(ready: Database) -> None:
    people(ready, HEAD + "Mele Fonua,TO,customs@example.org\n")
    asked = people(ready, HEAD + "Sione Tupou,TO,customs@example.org\n", "VN")
    assert "may be Mele Fonua (P-" in asks(asked)
    assert everybody(ready, "VN") == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Mele Fonua", "the same name and administration"),
        ("FONUA Mele", "the same administration; name in other order"),
        ("Fonua, Mélé", "the same administration; name in other order"),
        (
            "Ms. Mele Fonuá",
            "the same administration; name in another form (spaces, accents, titles)",
        ),
    ],
)
def test_a_name_without_address_is_known_again_over_workshops_after_a_question(
    ready: Database, name: str, how: str
) -> None:
    people(ready, "name,administration\nMele Fonua,TO\n")
    again = f'name,administration\n"{name}",TO\n'
    asked = people(ready, again, "VN")
    assert f"of RM, with {how}." in asks(asked)
    assert people(ready, again, "VN", answers=same_person(asked)).new == 1
    assert rows(ready, "participants") == 1
    assert everybody(ready)[0].code == everybody(ready, "VN")[0].code
    assert people(ready, again, "VN").questions == ()


def test_the_order_of_the_parts_of_a_name_makes_no_second_person_silently(ready: Database) -> None:
    people(ready, MELE)
    asked = people(ready, HEAD + "FONUA Mele,TO,\n")
    assert "who is in this workshop; name in other order" in asks(asked)
    assert rows(ready, "participants") == 1
    people(ready, HEAD + "FONUA Mele,TO,\n", answers=another_person(asked))
    assert rows(ready, "participants") == 2


def test_two_namesakes_can_be_imported_again(ready: Database) -> None:
    text = "name,administration\nJo Fa,TO\nJo Fa,TO\n"
    assert people(ready, text, answers={"row 3": "two people"}).new == 2
    assert people(ready, text) == Imported(same=2)
    three = text + "Jo Fa,TO\n"
    assert people(ready, three, answers={"row 4": "two people"}).new == 1


def test_one_row_for_two_namesakes_asks_which_of_them(ready: Database) -> None:
    people(ready, HEAD + "Jo Fa,TO,jo1@example.org\nJo Fa,TO,jo2@example.org\n")
    text = "name,administration,language\nJo Fa,TO,fr\n"
    asked = people(ready, text)
    (question,) = asked.questions
    first, second = everybody(ready)
    assert [one.value for one in question.choices] == [first.code, second.code, "new person"]
    people(ready, text, answers={question.key: second.code})
    assert [one.language for one in everybody(ready)] == ["en", "fr"]


def test_two_rows_are_never_one_person_by_their_answers(ready: Database) -> None:
    people(ready, "name,administration\nMele Fonua,TO\n")
    text = (
        "name,administration,email\nMele Fonua,TO,m1@example.org\nMele Fonua,TO,m2@example.org\n"
    )
    (mele,) = everybody(ready)
    both = {"row 2 is": mele.code, "row 3 is": mele.code}
    assert people(ready, text, "VN", answers=both).new == 2
    assert len({one.code for one in everybody(ready, "VN")} - {mele.code}) == 1


def test_an_answer_that_names_nobody_of_the_question_is_no_answer(ready: Database) -> None:
    people(ready, MELE)
    other = HEAD + "Sione Tupou,FJ,mele@exmaple.org\n"
    assert people(ready, other, answers={"row 2 is": "P-SOMEBODY"}).questions != ()
    assert len(ready.read(lambda c: c.execute(participants.select()).all())) == 1


def test_a_supervisor_with_the_mailbox_of_an_officer_is_asked_about(ready: Database) -> None:
    text = (
        "name,administration,email,role,about\nMele Fonua,TO,customs@example.org,,\n"
        "Chief,TO,customs@example.org,supervisor,Mele Fonua\n"
    )
    asked = people(ready, text)
    assert "Chief (TO) may be Mele Fonua (of this list)" in asks(asked)
    people(ready, text, answers=another_person(asked))
    assert [one.name for one in everybody(ready)] == ["Mele Fonua", "Chief"]


def test_many_people_known_from_another_workshop_are_asked_about_at_once(ready: Database) -> None:
    listed = "name,administration\n" + "".join(f"Officer {n},TO\n" for n in range(5))
    people(ready, listed)
    yes = {"the list is for": "VN"}
    asked = people(ready, listed, "VN", answers=yes)
    assert "5 people have the name and the administration of somebody of another" in asks(asked)
    each = people(ready, listed, "VN", answers=yes | another_person(asked))
    assert len(each.questions) == 5
    assert people(ready, listed, "VN", answers=yes | same_person(asked)).new == 5
    assert rows(ready, "participants") == 5


@ON_SQLITE
@pytest.mark.parametrize(
    ("before", "now", "how"),
    [
        ("Somchai Jaidee,TH", "นายสมชาย ใจดี,TH", "name in another script"),
        ("王伟,CN", "Wang Wei,CN", "name in another script"),
        ("Mele Fonua,TO", "Mele Fonuaa,TO", "name spelt a little otherwise"),
        ("Mele Fonua,TO", "M. Fonua,TO", "one of the names has an initial"),
    ],
)
def test_a_list_of_later_years_finds_people_whose_names_are_written_otherwise(
    ready: Database, before: str, now: str, how: str
) -> None:
    people(ready, f"name,administration\n{before}\n")
    again = f"name,administration\n{now}\n"
    asked = people(ready, again, "VN")
    assert f"of RM, with the same administration; {how}." in asks(asked)
    assert rows(ready, "participants") == 1
    assert people(ready, again, "VN", answers=same_person(asked)).new == 1
    assert rows(ready, "participants") == 1
    assert people(ready, again, "VN") == Imported(same=1)


@ON_SQLITE
def test_a_corrected_spelling_in_one_workshop_is_asked_about(ready: Database) -> None:
    people(ready, "name,administration\nMele Fonua,TO\nSione Tupou,TO\n")
    corrected = "name,administration\nMele Fonuaa,TO\nSione Tupou,TO\n"
    asked = people(ready, corrected)
    assert "who is in this workshop; name spelt a little otherwise." in asks(asked)
    assert people(ready, corrected, answers=same_person(asked)).changed == 1
    assert [one.name for one in everybody(ready)] == ["Mele Fonuaa", "Sione Tupou"]


@ON_SQLITE
def test_the_same_name_of_another_administration_raises_no_question(ready: Database) -> None:
    people(ready, "name,administration\nMele Fonua,TO\n")
    assert people(ready, "name,administration\nFONUA Mele,FJ\n", "VN").questions == ()


def test_two_people_whom_the_office_told_apart_are_not_asked_about_again(ready: Database) -> None:
    people(ready, HEAD + "Mele Fonua,TO,customs@example.org\n")
    sione = HEAD + "Sione Tupou,TO,customs@example.org\n"
    people(ready, sione, answers=another_person(people(ready, sione)))
    asked = people(ready, sione, "VN")
    # In another workshop Sione is known, and the owner of the mailbox is not offered any more.
    assert "may be Sione Tupou (P-" in asks(asked)
    assert "Mele" not in asks(asked)
    assert people(ready, sione, "VN", answers=same_person(asked)).new == 1
    assert rows(ready, "participants") == 2


@ON_SQLITE
def test_a_person_told_apart_is_not_taken_for_a_wrong_spelling_of_the_other(
    ready: Database,
) -> None:
    people(ready, "name,administration\nMele Fonua,TO\n")
    near = "name,administration\nMele Fonuaa,TO\n"
    people(ready, near, "VN", answers=another_person(people(ready, near, "VN")))
    # Both are known now: each row is the person of its own name, and nothing else is asked.
    assert "may be Mele Fonuaa (P-" in asks(people(ready, near))
    assert "a little otherwise" not in asks(people(ready, near))


@ON_SQLITE
def test_a_mailbox_that_moved_to_another_domain_is_a_reason_to_ask(ready: Database) -> None:
    people(ready, HEAD + "Mele Fonua,TO,mele.fonua@example.org\n")
    married = HEAD + "Mele Tupou,TO,mele.fonua@example.net\n"
    assert "the same mailbox at another domain" in asks(people(ready, married, "VN"))
    stranger = HEAD + "Ana Vea,TO,mele.fonua@example.net\n"
    assert people(ready, stranger, "VN").questions == ()


@ON_SQLITE
def test_a_title_is_kept_corrected_and_makes_no_other_person(ready: Database) -> None:
    people(ready, "name,administration\nMr. Sione Tupou,TO\n")
    (sione,) = everybody(ready)
    assert (sione.name, sione.title) == ("Sione Tupou", "Mr.")
    assert people(ready, "name,administration\nSione Tupou,TO\n") == Imported(same=1)
    assert people(ready, "name,administration\nDr. Sione Tupou,TO\n").changed == 1
    assert everybody(ready)[0].title == "Dr."


@ON_SQLITE
def test_a_name_stored_with_its_title_is_the_same_person(ready: Database) -> None:
    people(ready, "name,administration\nSione Tupou,TO\n")
    ready.run(lambda c: c.execute(participants.update().values(name="Mr. Sione Tupou")))
    assert people(ready, "name,administration\nMr. Sione Tupou,TO\n").questions == ()
    assert rows(ready, "participants") == 1


@ON_SQLITE
def test_many_people_with_common_names_are_asked_about_at_once(ready: Database) -> None:
    twice = "".join(f"Officer {n},TO,{who}{n}@example.org\n" for n in range(5) for who in "ab")
    people(ready, HEAD + twice)
    new = HEAD + "".join(f"Officer {n},TO,new{n}@example.org\n" for n in range(5))
    yes = {"the list is for": "VN"}
    asked = people(ready, new, "VN", answers=yes)
    assert "5 people have a name that several people of the same administration" in asks(asked)
    each = yes | {asked.questions[0].key: asked.questions[0].choices[1].value}
    assert len(people(ready, new, "VN", answers=each).questions) == 5
    all_new = yes | {asked.questions[0].key: asked.questions[0].choices[0].value}
    assert people(ready, new, "VN", answers=all_new).new == 5
    assert rows(ready, "participants") == 15


@ON_SQLITE
def test_a_participant_and_the_supervisor_in_the_same_row_are_asked_about_apart(
    ready: Database,
) -> None:
    people(ready, "name,administration\nMele Fonua,TO\nSione Tupou,TO\n")
    both = "name,administration,supervisor\nMele Fonua,TO,Sione Tupou\n"
    asked = people(ready, both, "VN")
    assert [one.key for one in asked.questions] == ["row 2 is", "supervisor of row 2 is"]
    assert people(ready, both, "VN", answers=same_person(asked)).new == 2
    assert rows(ready, "participants") == 2


def test_two_officers_of_one_mailbox_in_one_list_are_told_apart_once(ready: Database) -> None:
    both = HEAD + "Mele Fonua,TO,customs@example.org\nSione Tupou,TO,customs@example.org\n"
    assert "row 3: same e-mail as row 2 (Mele Fonua / Sione Tupou)" in asks(people(ready, both))
    assert people(ready, both, answers={"row 3": "two people"}).new == 2
    asked = people(ready, both, "VN")
    # Who each of them is may be asked, but not again whether they are one.
    assert [one.key for one in asked.questions] == ["row 3 is"]
    assert people(ready, both, "VN", answers=same_person(asked)).new == 2
    assert rows(ready, "participants") == 2
    assert people(ready, both, "VN") == people(ready, both)


@ON_SQLITE
def test_two_namesakes_without_address_are_told_apart_once(ready: Database) -> None:
    text = "name,administration\nJo Fa,TO\nJo Fa,TO\n"
    people(ready, text, answers={"row 3": "two people"})
    asked = people(ready, text, "VN")
    assert [one.key for one in asked.questions] == ["row 2 is", "row 3 is"]
    first, second = everybody(ready)
    told = {"row 2 is": first.code, "row 3 is": second.code}
    assert people(ready, text, "VN", answers=told).new == 2
    assert rows(ready, "participants") == 2
