"""Databases made by earlier versions of the program, to be opened by this one.

How they were made and what they hold is told in tests/data/databases/README.md.
"""

import gzip
import tarfile
from functools import cache
from pathlib import Path

from sqlalchemy import make_url

from storage.database import Database
from tests.places import DATA

FOLDER = DATA / "databases"
EARLIER = ("0001", "0002")
"""The revisions of which a database is kept."""
LATER = ("0006", "0008", "0015", "0023", "0025", "0028", "0029", "0030", "0031", "0032")
"""The revisions of which the same office is kept after their own code has worked with it."""
LAST_ROUND = "2018-06-17 18:00"
"""In UTC: the last round before the databases of EARLIER were put aside."""
LAST_ROUNDS = dict.fromkeys(EARLIER, LAST_ROUND) | {
    "0006": "2018-06-18 20:30",
    "0008": "2018-06-18 20:46",
    "0015": "2018-06-18 21:22",
    "0023": "2018-06-18 21:37",
    "0025": "2018-06-18 22:43",
    "0028": "2018-06-24 20:30",
    "0029": "2018-06-24 20:40",
    "0030": "2018-06-24 20:50",
    "0031": "2018-06-24 21:00",
    "0032": "2018-06-24 21:10",
}
"""In UTC: the last round in each of the databases."""


def put_earlier(url: str, revision: str) -> Database:
    """Fill an empty database with the content of an earlier version; it is not migrated yet."""
    if make_url(url).get_backend_name() == "sqlite":
        Path(make_url(url).database or "").write_bytes(_content(f"{revision}.sqlite"))
        return Database(url)
    statements = _content(f"{revision}.postgresql.sql")
    filling = Database(url)
    filling.run(lambda connection: connection.exec_driver_sql(statements.decode()))
    filling.close()  # the statements have changed settings of their connection
    return Database(url)


def _content(name: str) -> bytes:
    """Return a file: those of LATER are in one archive, because they have most pages in common."""
    if name.partition(".")[0] in LATER:
        return _later()[name]
    return gzip.decompress((FOLDER / f"{name}.gz").read_bytes())


@cache
def _later() -> dict[str, bytes]:
    with tarfile.open(FOLDER / "later.tar.xz") as archive:
        files = {one.name: archive.extractfile(one) for one in archive}
        return {name: file.read() for name, file in files.items() if file is not None}
