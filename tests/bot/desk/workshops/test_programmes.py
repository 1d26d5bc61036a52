"""Two changes of one programme at the same moment: neither is lost."""

from functools import partial

from sqlalchemy import Connection

from bot.desk.workshops.programmes import add_programme, import_results
from bot.importing.files import open_list
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.programmes import get_programme
from surveys.planning.plans_file import packaged_plans
from tests.storage.test_two_at_once import both_at_once
from tests.storage.world import NOW

OFFICE = Office(Rules(packaged_plans(), ()))


def test_days_that_came_while_a_programme_was_corrected_stay(database: Database) -> None:
    add = partial(add_programme, office=OFFICE, named=("IPR-1", "Kula"), now=NOW)
    database.run(add, around=("", ""))
    given = open_list(b"operation,days\nKula,12\n", "results.csv")

    def results(connection: Connection) -> None:
        import_results(connection, OFFICE, "IPR-1", given, NOW)

    def corrected(connection: Connection) -> None:
        add(connection, around=("2018-02", ""))

    assert both_at_once(database, results, corrected) == ["done", "done"]
    found = database.read(get_programme, "IPR-1")
    assert (found.days, found.trainers.month) == (12, "2018-02")
