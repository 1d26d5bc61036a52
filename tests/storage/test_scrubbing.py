"""After an erasure and scrubbing, no byte of the SQLite files holds what was erased."""

import random
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from storage.database import Database
from storage.erasure.erasing import erase
from storage.fieldwork.waves import Wave
from storage.people.addresses import move_address
from storage.people.participants import set_stopped
from storage.schema import addresses, answer_history, answers, cases, enrolments, participants
from tests.patience import PATIENCE
from tests.storage.world import NOW, WORKSHOP, made

PEOPLE = range(10, 610)
GONE = 100
TOLD = ("NAMEOF", "IDENTOF", "WORDOF")


def text_of(what: str, number: int) -> str:
    """Return a text that stands for one person, and for no other."""
    return f"{what}{number:06d}X"


def many_people(connection: Connection, random_: random.Random, wave: Wave) -> None:
    """Store people with addresses and answers of all lengths, in one wave."""
    connection.execute(
        insert(participants),
        [
            {"id": one, "code": f"P-{one}", "name": text_of("NAMEOF", one), "language": "en"}
            for one in PEOPLE
        ],
    )
    connection.execute(insert(addresses), [address(one, random_) for one in PEOPLE])
    enrolled = {"workshop_code": WORKSHOP.code, "role": "participant", "administration_code": "FJ"}
    connection.execute(
        insert(enrolments),
        [{"id": one, "participant_id": one, "enrolled_at": NOW, **enrolled} for one in PEOPLE],
    )
    connection.execute(
        insert(cases),
        [
            {"id": one, "wave_id": wave.id, "enrolment_id": one, "created_at": NOW}
            for one in PEOPLE
        ],
    )
    given = [answer(one, f"q{n}", random_) for one in PEOPLE for n in range(3)]
    connection.execute(insert(answers), given)
    earlier = [answer(one, "q1", random_) for one in PEOPLE[::2]]
    gone = {"replaced_at": NOW, "why": "changed"}
    connection.execute(insert(answer_history), [one | gone for one in earlier])


def address(number: int, random_: random.Random) -> dict[str, object]:
    identifier = f"{random_.randrange(10**9)}{text_of('IDENTOF', number)}"
    where = {"channel": "telegram", "identifier": identifier, "state": "active"}
    return {"id": number, "participant_id": number, "since": NOW, **where}


def answer(number: int, item: str, random_: random.Random) -> dict[str, object]:
    """An answer in own words; some fill a part of a page, some several pages."""
    words = text_of("WORDOF", number) * random_.choice((1, 2, 5, 30, random_.choice((1, 900))))
    how = {"state": "answered", "language": "en", "channel": "demo", "answered_at": NOW}
    return {"case_id": number, "item": item, "value": words, **how}


def year(connection: Connection, random_: random.Random) -> None:
    """Let people change answers, names and addresses, so that rows move between pages."""
    for _ in range(1500):
        one = random_.choice(PEOPLE)
        kind = random_.random()
        if kind < 0.4:
            longer = text_of("NAMEOF", one) + "n" * random_.randrange(200)
            mine = participants.c.id == one
            connection.execute(update(participants).where(mine).values(name=longer))
        elif kind < 0.8:
            this = (answers.c.case_id == one) & (answers.c.item == "q1")
            connection.execute(delete(answers).where(this))
            connection.execute(insert(answers), [answer(one, "q1", random_)])
        else:
            moved = f"{random_.randrange(10**9)}{text_of('IDENTOF', one)}"
            move_address(connection, one, moved, NOW)


def left_of(database: Database, gone: Iterable[int]) -> list[str]:
    """Return the texts of erased people that the bytes of the files still hold."""
    path = Path(str(database.path))
    files = [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]
    content = b"".join(file.read_bytes() for file in files if file.exists())
    texts = (text_of(what, one) for what in TOLD for one in gone)
    return [text for text in texts if text.encode() in content]


def erase_some(database: Database, random_: random.Random) -> list[int]:
    gone = random_.sample(PEOPLE, GONE)
    for one in gone:
        database.run(partial(erase, keep_answers=False), one, NOW)
    return gone


@pytest.fixture
def lived_in(sqlite_database: Database) -> Database:
    """An office with many people after a year."""
    world = sqlite_database.run(made)
    random_ = random.Random(7)
    sqlite_database.run(many_people, random_, world.wave)
    sqlite_database.run(year, random_)
    return sqlite_database


def test_no_byte_of_the_files_holds_what_was_erased(lived_in: Database) -> None:
    """Takes a second or two: only among many rows does SQLite leave copies behind."""
    gone = erase_some(lived_in, random.Random(8))
    before = everything(lived_in)
    lived_in.scrub_whole()
    assert left_of(lived_in, gone) == []
    stays = sorted(set(PEOPLE) - set(gone))[:50]
    assert len(left_of(lived_in, stays)) == len(TOLD) * len(stays)
    assert everything(lived_in) == before


def everything(database: Database) -> list[str]:
    """Return all rows as statements, from a file that is whole."""
    with closing(sqlite3.connect(str(database.path))) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        return list(file.iterdump())


def test_taps_go_on_while_a_file_is_scrubbed(lived_in: Database) -> None:
    def tap(number: int) -> float:
        began = monotonic()
        lived_in.run(set_stopped, number, NOW)
        return monotonic() - began

    with ThreadPoolExecutor(1) as other:
        scrubbing = other.submit(lived_in.scrub_whole)
        waited = [tap(number) for number in PEOPLE[:100]]
        scrubbing.result(timeout=PATIENCE)
    assert max(waited) < 2
    stopped = select(participants.c.id).where(participants.c.stopped_at.is_not(None))
    assert len(lived_in.read(lambda c: c.scalars(stopped).all())) == 100


def test_a_reader_does_not_keep_a_scrub_from_its_end_for_ever(lived_in: Database) -> None:
    gone = erase_some(lived_in, random.Random(9))

    def look(connection: Connection) -> bool:
        """Read as a long report does: the log cannot be emptied meanwhile."""
        connection.execute(select(participants.c.id).limit(1)).all()
        return any(not lived_in.scrub() for _ in range(60))

    assert lived_in.read(look) is False
    lived_in.scrub_whole()
    assert left_of(lived_in, gone) == []
