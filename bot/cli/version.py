"""followup --version."""

from importlib.metadata import version

from sqlalchemy import make_url

from bot.cli.configuration import settings_of
from storage.schema import REVISION
from surveys.problems import BadInput

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def version_line() -> str:
    """Return version, schema and kind of database, such as "followup 1.0.0, schema 0025, SQLite"."""
    return f"followup {version('followup')}, schema {REVISION}, {_database()}"


def _database() -> str:
    """Return the kind of the database that the commands of this folder use."""
    try:
        return NAMES[make_url(settings_of(None).database).get_backend_name()]
    except BadInput:
        return "no database: the configuration cannot be read"
