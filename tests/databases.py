"""Databases made by earlier versions of the program, to be opened by this one.

How they were made and what they hold is told in tests/data/databases/README.md.
"""

import gzip
from pathlib import Path

from sqlalchemy import make_url

from storage.database import Database
from tests.places import DATA

FOLDER = DATA / "databases"
EARLIER = ("0001", "0002")
"""The revisions of which a database is kept."""
LAST_ROUND = "2018-06-17 18:00"
"""In UTC: the last round before the databases were put aside."""


def put_earlier(url: str, revision: str) -> Database:
    """Fill an empty database with the content of an earlier version; it is not migrated yet."""
    if make_url(url).get_backend_name() == "sqlite":
        content = gzip.decompress((FOLDER / f"{revision}.sqlite.gz").read_bytes())
        Path(make_url(url).database or "").write_bytes(content)
        return Database(url)
    statements = gzip.decompress((FOLDER / f"{revision}.postgresql.sql.gz").read_bytes())
    filling = Database(url)
    filling.run(lambda connection: connection.exec_driver_sql(statements.decode()))
    filling.close()  # the statements have changed settings of their connection
    return Database(url)
