"""Every place in which a text may stand: to prove that something is nowhere any more."""

from pathlib import Path

from sqlalchemy import select

from storage.database import Database
from storage.schema import metadata


def holding(database: Database, wanted: str) -> list[str]:
    """Where a text stands: the columns that hold it, and of SQLite the files too."""
    return [*columns_with(database, wanted), *files_with(database, wanted)]


def columns_with(database: Database, wanted: str) -> list[str]:
    """Every column of every table in which a text stands."""

    def read(connection):  # type: ignore[no-untyped-def]
        return [
            f"{table.name}.{column}"
            for table in metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
            for column, value in row.items()
            if wanted.casefold() in str(value).casefold()
        ]

    return database.read(read)  # type: ignore[no-any-return]


def files_with(database: Database, wanted: str) -> list[str]:
    """The files of a SQLite database in whose bytes a text stands."""
    if database.path is None:
        return []
    files = [Path(f"{database.path}{ending}") for ending in ("", "-wal", "-shm")]
    return [file.name for file in files if file.exists() and wanted.encode() in file.read_bytes()]
