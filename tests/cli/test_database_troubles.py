"""A database that is silent, locked, full or gone: a command ends with a sentence, or just reads."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

from storage.engines import BUSY_SECONDS
from tests.cli.conftest import CODE, PEOPLE, Terminal
from tests.storage.proxy import proxy_to

READING = [
    ("workshop", "list"),
    ("workshop", "show", CODE),
    ("participants", "list", CODE),
    ("questionnaire", "list"),
    ("wave", "list", CODE),
    ("programme", "list"),
    ("staff", "list"),
    ("audit",),
    ("check", "--offline"),
    ("doctor",),
]


@contextmanager
def writing(database: Path) -> Iterator[None]:
    """Hold the lock of writers, as a long transaction of the bot does."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def content(database: Path) -> list[str]:
    """Return everything stored, as statements."""
    with closing(sqlite3.connect(database)) as file:
        return list(file.iterdump())


def test_a_command_that_shows_something_neither_waits_for_a_writer_nor_writes(
    office: Terminal,
) -> None:
    database = office.folder / "followup.sqlite3"
    office.says("workshop", "list")
    before = content(database)
    for words in READING:
        with writing(database):
            began = monotonic()
            said = office.type(*words)
            took = monotonic() - began
        assert said.code == 0 or words == ("doctor",), (words, said)
        assert took < BUSY_SECONDS - 5, words  # a writer would be waited for longer
    assert content(database) == before


def test_a_silent_server_ends_a_command_with_a_sentence(
    terminal: Terminal, postgresql_url: str
) -> None:
    """Takes the two seconds that a connection may take."""
    with proxy_to(postgresql_url) as proxy:
        proxy.flowing.clear()
        limits = "database_limits: {connect_seconds: 2, long_statement_seconds: 1}"
        terminal.write("config.yaml", f"database: '{proxy.url}'\n{limits}")
        said = terminal.refuses("workshop", "list")
    assert "cannot be reached" in said
    assert len(said.splitlines()) == 1


def test_a_full_disk_ends_an_import_with_a_sentence_that_says_what_is_saved(
    office: Terminal,
) -> None:
    office.write("people.csv", PEOPLE + "".join(f"Officer {n},TO,\n" for n in range(900)))
    before = len(office.data("participants", "list", CODE))
    with full(office):
        said = office.refuses("participants", "import", CODE, "people.csv")
    assert "the disk may be full" in said
    assert len(said.splitlines()) == 1
    saved = len(office.data("participants", "list", CODE)) - before
    assert 0 < saved < 900
    assert f"{saved} rows of the list are saved. Import it again for the others." in said


SPARE_PAGES = 12
"""Room for the first rows of an import, and for what is noted of it."""


@contextmanager
def full(office: Terminal) -> Iterator[None]:
    """Let no file grow much beyond its size, as on a disk that is nearly full."""
    from sqlalchemy import event
    from sqlalchemy.pool import Pool

    def no_more_pages(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + SPARE_PAGES}")

    event.listen(Pool, "connect", no_more_pages)
    try:
        yield
    finally:
        event.remove(Pool, "connect", no_more_pages)


def test_a_folder_that_cannot_be_written_ends_a_command_with_a_sentence(office: Terminal) -> None:
    said = office.refuses("participants", "codes", CODE, "--out", "nowhere/codes.pdf")
    assert "codes.pdf: The file cannot be written" in said
    assert len(said.splitlines()) == 1
