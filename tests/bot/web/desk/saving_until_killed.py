"""Saves a list at the desk in a process of its own, which is killed in the middle of it.

`python -m tests.bot.web.desk.saving_until_killed URL COOKIE PATH BUTTON` kills itself, as kill -9
does, before it commits the third slice of people.
"""

import asyncio
import os
import signal
import sys

from sqlalchemy import event

from storage.database import Database
from tests.bot.web.desk.offices import Desk
from tests.bot.web.desk.window import Window

STORED = 2
"""So many slices of people are stored before."""


def kill_after(database: Database, stored: int) -> None:
    """Kill this process before it commits one more slice of people."""
    slices: list[object] = []

    def enrols(connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("INSERT INTO enrolments") and connection not in slices:
            slices.append(connection)

    def commits(connection: object) -> None:
        if connection in slices and len(slices) > stored:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", enrols)
    event.listen(database.engine, "commit", commits)


async def main(url: str, cookie: str, path: str, button: str) -> None:
    """Press the button of the page, signed in by the cookie."""
    database = Database(url)
    kill_after(database, STORED)
    window = Window(Desk(database).app)
    window.client.cookies.set("__Host-desk", cookie)
    await window.opens(path)
    await window.presses(button)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
