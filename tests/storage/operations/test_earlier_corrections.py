"""A correction of choices that an earlier version has stored is taken back where it was made."""

from datetime import UTC, datetime, timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, bindparam, text

from storage.database import Database
from storage.instruments.text_changes import Correction, changes_of_choices
from storage.operations.upgrading import MIGRATIONS, prepare
from storage.types import UtcDateTime

NOW = datetime(2018, 6, 18, 12, tzinfo=UTC)
BEFORE = NOW - timedelta(hours=1)
VERSIONS = (("END", 2, 0, BEFORE), ("END", 2, 1, NOW), ("M6", 3, 1, BEFORE), ("M6", 3, 2, NOW))
WORKSHOP = text(
    "INSERT INTO workshops "
    "(code, title, kind, starts_on, ends_on, confirmed, city, country, plan, note) VALUES "
    "('RM', 'Risk', 'regional', '2018-02-05', '2018-02-09', :yes, 'Suva', 'FJ', 'standard', '')"
).bindparams(yes=True)
VERSION = text(
    "INSERT INTO questionnaires "
    "(key, version, revision, checksum, body, published_at, base_version, workshop_code) "
    "VALUES (:key, :version, :revision, '', '{}', :at, 1, 'RM')"
).bindparams(bindparam("at", type_=UtcDateTime()))
CHANGE = text(
    "INSERT INTO text_changes (workshop_code, before, after, in_open_waves, changed_at) "
    "VALUES ('RM', '{}', '{}', :open_too, :at)"
).bindparams(bindparam("at", NOW, UtcDateTime()))


def test_a_correction_of_choices_learns_which_versions_it_changed(empty_url: str) -> None:
    database = Database(empty_url)
    database.run(_earlier)
    prepare(database, NOW)
    imported, corrected = database.read(changes_of_choices, "RM")
    assert corrected.what.corrected == (Correction("END", 2, 1), Correction("M6", 3, 2))
    assert imported.what.corrected == ()
    database.close()


def _earlier(connection: Connection) -> None:
    """Make a database of revision 0028, with a correction of choices and an import of them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0028")
    connection.execute(WORKSHOP)
    for row in VERSIONS:
        connection.execute(
            VERSION, dict(zip(("key", "version", "revision", "at"), row, strict=True))
        )
    for open_too in (True, False):
        connection.execute(CHANGE, {"open_too": open_too})
