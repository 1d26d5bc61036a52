"""Pages over much data: they stay below 100 kB, lists are shown a page at a time."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Connection, insert

from storage.database import Database
from storage.office.staff import StaffRole
from storage.schema import enrolments, participants
from tests.bot.stage import SUVA
from tests.bot.web.desk.offices import NOW, Desk, desk_over
from tests.bot.web.desk.window import Window

WORKSHOP = f"/desk/workshops/{SUVA.code}"
MOST_BYTES = 100_000
PEOPLE = 5_000


def crowd(connection: Connection) -> None:
    """Thousands of people with long names in one workshop."""
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
def sqlite_office(office_sqlite_template, tmp_path):  # type: ignore[no-untyped-def]
    import shutil

    path = tmp_path / "office.sqlite3"
    shutil.copy(office_sqlite_template, path)
    return Database(f"sqlite:///{path}")


async def test_no_page_of_a_crowded_workshop_is_heavy(desk: Desk) -> None:
    ana = await desk.signs_in("Ana", StaffRole.ORGANISER)
    for page in ("", "/waves/M6", "/waves/M6?rest=2", "/codes", "/codes?do=renew", "/room"):
        await ana.opens(f"{WORKSHOP}{page}")
        print(page, ana.status, len(ana.answer.content))
    for page in ("/desk", "/desk/people", "/desk/find?q=hohen", "/desk/people/calls", "/desk/people/waiting","/desk/reports", f"/desk/people/P-000001"):
        await ana.opens(page)
        print(page, ana.status, len(ana.answer.content))
    await ana.opens(f"{WORKSHOP}/import")
    import time
    for label, rows in (("good", [f"Person Number{n}\tTonga\tperson{n}@example.org" for n in range(10000)]), ("bad", [f"Person Number{n}\tTonga\tperson{n}.example.org" for n in range(10000)]), ("atlantis", [f"Person Number{n}\tAtlantis{n}\tp{n}@example.org" for n in range(3000)]), ("wide", ["\t".join(["Ada","Tonga",*["x"]*300])])):
        await ana.opens(f"{WORKSHOP}/import")
        t=time.perf_counter()
        head = "name\tadministration\temail" + ("\t"+"\t".join(f"c{n}" for n in range(298)) if label=="wide" else "")
        await ana.presses("Look at it", table=head+"\n" + "\n".join(rows))
        print(label, ana.status, ana.heading[:100] if ana.status==200 else "", len(ana.answer.content), round(time.perf_counter()-t,1), [b for b in ana.buttons if b.startswith("Save")])
