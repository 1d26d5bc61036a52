"""The desk over a database of either kind, without an application around it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from starlette.types import ASGIApp

from bot.desk.office.signing_in import make_link
from bot.runtime.clock import Clock
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.web import DESK_PAGES, Doors
from bot.web.desk.app import desk_of
from bot.web.desk.context import DeskContext
from bot.web.desk.running import Pace
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.office.staff import StaffRole
from surveys.planning.plans_file import packaged_plans
from tests.bot.stage import SUVA
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.window import Window
from tests.patience import PATIENCE
from tests.staff import employ

NOW = datetime(2018, 3, 20, 3, tzinfo=UTC)
OFFICE = Office(Rules(packaged_plans(), ("demo",)))


AT_EASE = Pace(soon=PATIENCE)
"""Of a desk that waits for the end of work that nobody holds back, however busy the machine is."""


def desk_at_ease(
    transactions: Transactions, office: Office, clock: Clock, public: str = PUBLIC
) -> ASGIApp:
    """Return the desk with all its pages."""
    return desk_of(
        DeskContext(transactions, office, clock, public, lambda: b"key", AT_EASE), DESK_PAGES
    )


class Desk:
    """A desk at `now`, at which members sign in."""

    def __init__(self, database: Database, public: str = PUBLIC) -> None:
        self.now = NOW
        self.transactions = Transactions(database)
        clock: Callable[[], datetime] = lambda: self.now  # noqa: E731
        self.app = Doors(desk_at_ease(self.transactions, OFFICE, clock, public), None)

    async def signs_in(
        self, name: str = "Ann", role: StaffRole = StaffRole.ADMINISTRATOR
    ) -> Window:
        """Return the window of a new member."""
        write = self.transactions.write
        code = await write(employ, ("demo", name.lower()), role, self.now, name)
        link = await write(make_link, OFFICE, code, self.now)
        window = Window(self.app)
        await window.opens(link.path)
        return await window.presses("Sign in")


@asynccontextmanager
async def desk_over(database: Database) -> AsyncIterator[Desk]:
    """Open a desk with the workshop in Suva."""
    desk = Desk(database)
    await desk.transactions.write(put_workshop, SUVA)
    yield desk
    desk.transactions.close()
