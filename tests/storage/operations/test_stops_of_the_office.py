"""A stop that the office has stored survives the restore of an earlier copy, with its reason."""

from sqlalchemy import Connection

from storage.database import Database
from storage.operations.restoring import carry_stops, stops_in
from storage.people.participants import get_participant
from storage.people.stops import stop_for_office
from surveys.people import StopReason
from tests.storage.world import NOW, made


def test_a_stop_is_carried_into_a_copy_with_its_reason(sqlite_database: Database) -> None:
    world = sqlite_database.run(made)

    def stopped_and_restored(connection: Connection) -> None:
        with connection.begin_nested() as trial:
            stop_for_office(connection, world.ada.id, StopReason.TELEPHONE, NOW)
            stops = stops_in(connection)
            trial.rollback()
        assert carry_stops(connection, stops) == 1
        assert get_participant(connection, world.ada.id).stop_reason is StopReason.TELEPHONE

    sqlite_database.run(stopped_and_restored)
