"""Search all columns and files of a database for a text, to prove that it was deleted."""

from pathlib import Path

from sqlalchemy import select

from storage.database import Database
from storage.schema import metadata


def holding(database: Database, wanted: str) -> list[str]:
    """Return where a text is found: columns, and files of SQLite."""
    return [*columns_with(database, wanted), *files_with(database, wanted)]


def columns_with(database: Database, wanted: str) -> list[str]:
    """Return every column of every table that contains a text."""

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
    """Return the files of a SQLite database whose bytes contain a text."""
    if database.path is None:
        return []
    files = [Path(f"{database.path}{ending}") for ending in ("", "-wal", "-shm")]
    return [file.name for file in files if file.exists() and wanted.encode() in file.read_bytes()]
