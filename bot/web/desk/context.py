"""What every page of the desk works with, and who a request comes from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from starlette.requests import Request

from bot.access.accounts.provider import Provider
from bot.desk.office.signing_in import due_to_mark, mark_seen, session_of
from bot.desk.reports.viewing import Viewed
from bot.runtime.clock import Clock
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.web.desk.forms import all_storable
from bot.web.desk.guarding import Door
from bot.web.desk.running import PACE, Pace, Runner
from bot.web.desk.shelf import Shelf
from bot.web.desk.visits import UNREAD, Configuration, Visit

PREFIX = "/desk"
LONGEST_COOKIE = 100


@dataclass(frozen=True)
class DeskContext:
    """The database, the office, the clock, and the address of the server as browsers see it.

    `codes_key` gives the key of one-time codes; `pace` is that of long work. `letters` is called when
    somebody has asked for a letter to sign in; None if the office sends no letters. `configuration`
    is shown to administrators. `provider` has the accounts of the office; None without.
    """

    transactions: Transactions
    office: Office
    clock: Clock
    url: str
    codes_key: Callable[[], bytes]
    pace: Pace = PACE
    letters: Callable[[], None] | None = None
    configuration: Configuration = UNREAD
    provider: Provider | None = None

    @cached_property
    def runner(self) -> Runner:
        """What runs long work in this process."""
        return Runner(self.transactions, self.clock, self.pace)

    @cached_property
    def shelf(self) -> Shelf[Viewed]:
        """The reports that this process has worked out for pages."""
        return Shelf(self.pace.soon)

    @property
    def door(self) -> Door:
        """The rules for cookies and forms."""
        return Door(self.url)

    @property
    def base(self) -> str:
        """The path at which a proxy serves this server, "" for the root of the host."""
        return urlsplit(self.url).path.rstrip("/")

    async def visit_of(self, request: Request) -> Visit | None:
        """Return the visit of a member who is signed in; None for anybody else."""
        cookie, now = self.door.cookie_of(request), self.clock()
        if not cookie or len(cookie) > LONGEST_COOKIE:
            return None
        session = await self.transactions.read(session_of, cookie, now)
        if session is None:
            return None
        if due_to_mark(session, now):
            await self.transactions.write(mark_seen, session, now)
        place, query = all_storable(request.path_params), all_storable(request.query_params)
        office = self.office.acting_as(session.member.code)
        working = (self.transactions, office, session, now, self.codes_key, self.runner)
        accounts = self.provider is not None
        return Visit(*working, self.shelf, self.configuration, place, query, accounts)
