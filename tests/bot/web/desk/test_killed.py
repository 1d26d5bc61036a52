"""A process is killed in the middle of a long import: everybody is told, and it goes on once."""

import signal
import subprocess
import sys
from datetime import timedelta

from sqlalchemy import Connection, func, select

from storage.database import Database
from storage.office.staff import StaffRole
from storage.schema import enrolments, participants
from tests.bot.stage import SUVA
from tests.bot.web.desk import saving_until_killed
from tests.bot.web.desk.offices import desk_over
from tests.patience import PATIENCE
from tests.places import ROOT

PEOPLE = 450
TABLE = "name\tadministration\n" + "".join(f"Person Number{n}\tTonga\n" for n in range(PEOPLE))
WORKSHOP = f"/desk/workshops/{SUVA.code}"


def numbers(connection: Connection) -> list[int]:
    """How many people and how many enrolments are stored."""
    tables = (participants, enrolments)
    return [connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


async def test_w22_an_import_that_was_killed_is_said_to_be_and_ends_whole_when_begun_again(
    office_database: Database,
) -> None:
    """It takes a second for the process that is killed."""
    async with desk_over(office_database) as desk:
        ana = await desk.signs_in("Ana", StaffRole.ORGANISER)
        await ana.opens(f"{WORKSHOP}/import")
        await ana.presses("Look at it", table=TABLE)
        (button,) = [one for one in ana.buttons if one.startswith("Save ")]
        url = office_database.url.render_as_string(hide_password=False)
        words = (url, ana.client.cookies["__Host-desk"], ana.path, button)
        process = [sys.executable, "-m", saving_until_killed.__name__, *words]
        ended = subprocess.run(process, cwd=ROOT, timeout=PATIENCE, check=False)
        assert ended.returncode == -signal.SIGKILL
        people, enrolled = await desk.transactions.read(numbers)
        assert 0 < people == enrolled < PEOPLE
        file = ana.path
        await ana.presses(button)
        assert "This runs already. It was not begun twice." in ana.note
        desk.now += timedelta(minutes=2)
        await ana.opens("/desk")
        assert f"interrupted Import: {SUVA.code}, file 1" in ana.text
        await ana.follows(f"Look at the import: {SUVA.code}, file 1")
        await ana.follows("Start it again there")
        assert ana.path == file
        (button,) = [one for one in ana.buttons if one.startswith("Save ")]
        await ana.presses(button)
        assert ana.note.startswith("Saved: "), ana.text
        assert await desk.transactions.read(numbers) == [PEOPLE, PEOPLE]
        await ana.opens("/desk")
        assert "interrupted" not in ana.text
