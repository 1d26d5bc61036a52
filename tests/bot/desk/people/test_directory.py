"""How a person stands with the office: the first state that fits."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.desk.people.directory import PersonState, directory, state_of
from storage.database import Database
from storage.people.enrolments import NewEnrolment, enrol
from storage.people.participants import NewParticipant, add_participant
from surveys.people import AddressState, Participant
from tests.bot.fieldwork_world import World

NOW = datetime(2018, 6, 7, tzinfo=UTC)
ADA = Participant(1, "P-1", "Ada")
BLOCKED, ACTIVE = AddressState.BLOCKED, AddressState.ACTIVE


@pytest.mark.parametrize(
    ("person", "active", "ways", "state"),
    [
        (replace(ADA, erased_at=NOW, stopped_at=NOW), False, (), PersonState.ERASED),
        (replace(ADA, stopped_at=NOW), True, (ACTIVE,), PersonState.STOPPED),
        (ADA, False, (ACTIVE,), PersonState.OUT),
        (replace(ADA, paused_until=date(2018, 7, 1)), True, (ACTIVE,), PersonState.PAUSED),
        (ADA, True, (), PersonState.NOT_JOINED),
        (ADA, True, (BLOCKED,), PersonState.LOST),
        (ADA, True, (BLOCKED, ACTIVE), PersonState.REACHED),
    ],
)
def test_the_first_state_that_fits_is_shown(
    person: Participant, active: bool, ways: tuple[AddressState, ...], state: PersonState
) -> None:
    assert state_of(person, ways, active=active) is state


def test_the_list_is_in_the_order_of_names_and_counts_all_states(
    office_database: Database,
) -> None:
    world = World(office_database)
    world.workshop()

    def add(connection: object) -> None:
        for number in range(30):
            new = NewParticipant(f"P-{number}", f"Person {number:02}")
            person = add_participant(connection, new)  # type: ignore[arg-type]
            enrol(connection, NewEnrolment("RM", person.id, "TO"), NOW)  # type: ignore[arg-type]

    world.database.run(add)
    found = world.database.read(directory, world.office, "person rm", "not joined yet")
    assert [one.name for one in found.people[:2]] == ["Person 00", "Person 01"]
    assert found.counts == {PersonState.NOT_JOINED: 30}
    assert world.database.read(directory, world.office, "", "reached").people == ()
    world.close()
