"""A presented report, a link to it, and readers without an account."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from httpx import ASGITransport, AsyncClient

from bot.desk.reports.choices import Wishes
from bot.desk.reports.feeds import FeedPlan, make_feed
from bot.desk.reports.sharing import MadeShare, SharePlan, make_share
from bot.runtime.transactions import Transactions
from bot.web import Doors, build_app, share_routes
from bot.web.interview.pages import Pages
from storage.database import Database
from storage.office.staff import StaffRole
from tests.bot.desk.reports.conftest import CODE, FIRST, OFFICE, RTC, told_in
from tests.bot.web.browser import PUBLIC
from tests.staff import employ

SHARING = replace(OFFICE, public_url=PUBLIC, contact="office@example.org")
DONOR = Wishes("donor", "JICA")
LAST_DAY = date(2018, 7, 31)


class Shared:
    """An office that shares its report, at `now`."""

    def __init__(self, database: Database) -> None:
        self.now = FIRST + timedelta(days=1)
        self.database = database
        self.transactions = Transactions(database)
        clock: Callable[[], datetime] = lambda: self.now  # noqa: E731
        working = (self.transactions, SHARING, clock)
        routes = share_routes(*working, PUBLIC)
        self.app = Doors(
            build_app(Pages(*working), PUBLIC), build_app(Pages(*working), PUBLIC, routes)
        )

    def shares(self, passphrase: str = "", wishes: Wishes = RTC) -> MadeShare:
        """Make a link to the report on the workshop."""
        plan = SharePlan([CODE], wishes, "Tokyo desk", LAST_DAY, passphrase)
        return make_share(self.database, SHARING, plan, self.now)

    def reader(self) -> AsyncClient:
        """Return a fresh browser."""
        return AsyncClient(transport=ASGITransport(self.app), base_url=PUBLIC)


def path_of(made: MadeShare) -> str:
    """Return the path of a link."""
    return made.url.removeprefix(PUBLIC)


@pytest.fixture(scope="session")
def presented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an office that has presented and shared its report: drawing takes seconds."""
    file = tmp_path_factory.mktemp("presented") / "office.sqlite3"
    for versions in told_in(f"sqlite:///{file}"):
        versions.present(FIRST)
        office = Shared(versions.database)
        for wishes in (RTC, DONOR):
            office.shares(wishes=wishes)
        office.transactions.close()
    return file


@pytest.fixture
def shared(presented: Path, tmp_path: Path) -> Iterator[Shared]:
    """The office, with the files of its report stored."""
    copied = Path(copyfile(presented, tmp_path / "office.sqlite3"))
    office = Shared(Database(f"sqlite:///{copied}"))
    yield office
    office.transactions.close()


def employed(shared: Shared, scope: tuple[str, ...] = ()) -> str:
    """Add a manager and return the code."""
    return shared.database.run(
        employ, ("demo", "eva"), StaffRole.MANAGER, shared.now, "Eva", scope
    )


def feed_of(shared: Shared, member: str) -> MadeShare:
    """Make a feed of the report for a member."""
    return make_feed(shared.database, SHARING, FeedPlan([CODE], RTC, member, LAST_DAY), shared.now)
