"""All tables of a database, and a search of its columns and files for a text that was deleted."""

from pathlib import Path

from sqlalchemy import Connection, Table, literal, select, union_all

from storage.database import Database
from storage.schema import metadata

FILLED = union_all(
    *(
        select(literal(table.name)).where(select(table).exists())
        for table in metadata.sorted_tables
    )
)


def filled_tables(connection: Connection) -> list[Table]:
    """Return the tables that have rows: most have none, and to read each takes a statement."""
    filled = set(connection.scalars(FILLED))
    return [table for table in metadata.sorted_tables if table.name in filled]


def holding(database: Database, wanted: str) -> list[str]:
    """Return where a text is found: columns, and files of SQLite."""
    return [*columns_with(database, wanted), *files_with(database, wanted)]


def columns_with(database: Database, wanted: str) -> list[str]:
    """Return every column of every table that contains a text."""

    def read(connection: Connection) -> list[str]:
        return [
            f"{table.name}.{column}"
            for table in filled_tables(connection)
            for row in connection.execute(select(table)).mappings()
            for column, value in row.items()
            if wanted.casefold() in str(value).casefold()
        ]

    return database.read(read)


def files_with(database: Database, wanted: str) -> list[str]:
    """Return the files of a SQLite database whose bytes contain a text."""
    if database.path is None:
        return []
    files = [Path(f"{database.path}{ending}") for ending in ("", "-wal", "-shm")]
    return [file.name for file in files if file.exists() and wanted.encode() in file.read_bytes()]
