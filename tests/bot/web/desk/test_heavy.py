"""Pages over much data: they stay below 100 kB, lists are shown a page at a time."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from storage.database import Database
from storage.office.staff import StaffRole
from storage.schema import enrolments, participants
from tests.bot.stage import SUVA
from tests.bot.web.desk.offices import NOW, Desk, desk_over
from tests.listening import statements_of

WORKSHOP = f"/desk/workshops/{SUVA.code}"
MOST_BYTES = 100_000
MOST_STATEMENTS = 80
PEOPLE = 220


def crowd(connection: Connection) -> None:
    """Hundreds of people with long names in one workshop."""
    names = [f"Nguyễn Thị Mai Hương von Hohenzollern-Sigmaringen {n}" for n in range(PEOPLE)]
    numbers = range(1, PEOPLE + 1)
    people = [
        {"id": n, "code": f"P-{n:06}", "name": name, "language": "en"}
        for n, name in zip(numbers, names, strict=True)
    ]
    connection.execute(insert(participants), people)
    places = [
        {
            "workshop_code": SUVA.code,
            "participant_id": n,
            "administration_code": "TO",
            "role": "participant",
            "enrolled_at": NOW,
        }
        for n in numbers
    ]
    connection.execute(insert(enrolments), places)


@pytest.fixture
async def desk(sqlite_office: Database) -> AsyncIterator[Desk]:
    async with desk_over(sqlite_office) as one:
        await one.transactions.write(crowd)
        yield one


@pytest.fixture
def sqlite_office(office_sqlite_template: Path, tmp_path: Path) -> Database:
    return Database(f"sqlite:///{shutil.copy(office_sqlite_template, tmp_path / 'o.sqlite3')}")


async def test_no_page_of_a_crowded_workshop_is_heavy(desk: Desk) -> None:
    """No page asks the database about each person by one."""
    ana = await desk.signs_in("Ana", StaffRole.ORGANISER)
    of_workshop = ("", "/waves/M6?rest=2", "/codes", "/codes?do=renew", "/room")
    of_people = ("", "?q=hohen", "/calls", "/waiting", "/P-000001")
    pages = [WORKSHOP + one for one in of_workshop]
    for page in (*pages, *(f"/desk/people{one}" for one in of_people), "/desk", "/desk/reports"):
        with statements_of(desk.transactions.database) as said:
            await ana.opens(page)
        assert len(said) < MOST_STATEMENTS, page
        assert ana.status == 200, page
        assert len(ana.answer.content) < MOST_BYTES, page
        if "rest=2" in page:
            assert "Page 2 of 5" in ana.text
            assert ana.tree.xpath("//details[@open]//td")


MISTAKEN = "\n".join(f"Person Number{n}\tTonga\tperson{n}.example.org" for n in range(700))
UNKNOWN = "\n".join(f"Person Number{n}\tAtlantis{n}\tp{n}@example.org" for n in range(60))


@pytest.mark.parametrize("rows", [MISTAKEN, UNKNOWN], ids=["mistakes", "questions"])
async def test_a_long_list_with_much_to_say_is_no_heavy_page(desk: Desk, rows: str) -> None:
    ana = await desk.signs_in("Ana", StaffRole.ORGANISER)
    await ana.opens(f"{WORKSHOP}/import")
    await ana.presses("Look at it", table=f"name\tadministration\temail\n{rows}")
    assert ana.status == 200
    assert len(ana.answer.content) < MOST_BYTES
