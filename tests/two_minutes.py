"""The two minutes that a wave opened by hand waits, for tests whose clock is the real one."""

from sqlalchemy import Connection, update

from storage.database import Database
from storage.due_workshops import mark_due
from storage.fieldwork.due_contacts import plan_again
from storage.fieldwork.waves import all_open_waves
from storage.schema import waves


def pass_two_minutes(database: Database) -> None:
    """Let the two minutes of all waves that are opening be over, and close the database."""
    database.run(_over)
    database.close()


def _over(connection: Connection) -> None:
    connection.execute(update(waves).values(sends_from=None))
    opened = all_open_waves(connection)
    plan_again(connection, [wave.id for wave in opened], [])
    mark_due(connection, {wave.workshop_code for wave in opened})
