"""The desk of an office whose twelve officers have answered after six months; the wave is over."""

from dataclasses import replace

from httpx import ASGITransport, AsyncClient

from bot.desk.office.signing_in import make_link
from bot.runtime.transactions import Transactions
from bot.web import DESK_PAGES, Doors, build_app, share_routes
from bot.web.desk.app import desk_of
from bot.web.desk.context import DeskContext
from bot.web.desk.running import Pace
from bot.web.interview.pages import Pages
from storage.database import Database
from storage.office.staff import StaffRole
from tests.bot.desk.reports.conftest import FIRST, OFFICE
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.offices import AT_EASE
from tests.bot.web.desk.window import Window
from tests.staff import employ

SHARING = replace(OFFICE, public_url=PUBLIC, contact="office@example.org")


class ToldOffice:
    """An office at `now` with a desk, and with share links for readers."""

    def __init__(self, database: Database) -> None:
        self.now = FIRST
        self.database = database
        self.transactions = Transactions(database)
        self.app = self.doors(AT_EASE)

    def doors(self, pace: Pace) -> Doors:
        """Return everything that is served to browsers; long work goes at a pace."""
        working = (self.transactions, SHARING, lambda: self.now)
        readers = build_app(Pages(*working), PUBLIC, share_routes(*working, PUBLIC))
        context = DeskContext(*working, PUBLIC, lambda: b"key", pace)
        return Doors(desk_of(context, DESK_PAGES), readers)

    async def signs_in(
        self,
        name: str = "Ana",
        role: StaffRole = StaffRole.ORGANISER,
        scope: tuple[str, ...] = (),
    ) -> Window:
        """Return the window of a member."""
        write = self.transactions.write
        code = await write(employ, ("demo", name.lower()), role, self.now, name, scope)
        link = await write(make_link, SHARING, code, self.now)
        window = Window(self.app)
        await window.opens(link.path)
        return await window.presses("Sign in")

    def reader(self) -> AsyncClient:
        """Return the fresh browser of somebody without an account."""
        return AsyncClient(transport=ASGITransport(self.app), base_url=PUBLIC)
