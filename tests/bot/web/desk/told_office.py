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

    def __init__(self, database: Database, public: str = PUBLIC) -> None:
        self.now, self.public = FIRST, public
        self.office = replace(SHARING, public_url=public)
        self.database = database
        self.transactions = Transactions(database)
        self.app = self.doors(AT_EASE)

    def doors(self, pace: Pace) -> Doors:
        """Return everything that is served to browsers; long work goes at a pace."""
        working, public = (self.transactions, self.office, lambda: self.now), self.public
        readers = build_app(Pages(*working), public, share_routes(*working, public))
        context = DeskContext(*working, public, lambda: b"key", pace)
        return Doors(desk_of(context, DESK_PAGES), readers)

    async def signs_in(
        self,
        name: str = "Ana",
        role: StaffRole = StaffRole.ORGANISER,
        scope: tuple[str, ...] = (),
    ) -> Window:
        """Return the window of a member."""
        window = Window(self.app)
        await window.opens(await self.link_for(name, role, scope))
        return await window.presses("Sign in")

    async def link_for(self, name: str, role: StaffRole, scope: tuple[str, ...] = ()) -> str:
        """Return the path of a link with which a member signs in."""
        write = self.transactions.write
        code = await write(employ, ("demo", name.lower()), role, self.now, name, scope)
        return (await write(make_link, self.office, code, self.now)).path

    def reader(self) -> AsyncClient:
        """Return the fresh browser of somebody without an account."""
        return AsyncClient(transport=ASGITransport(self.app), base_url=PUBLIC)
