"""An office with a presented report, served to a browser, and what its stories do again and again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page

from bot.desk.reports.report_status import set_status
from bot.web import WebServer
from storage.database import Database
from storage.office.staff import StaffRole
from tests.bot.desk.reports.conftest import CODE, told_in
from tests.bot.web.desk.told_office import ToldOffice
from tests.browser.conftest import LOCAL


class Served:
    """The office, and the address at which it is served."""

    def __init__(self, office: ToldOffice, base: str) -> None:
        self.office, self.base = office, base

    async def signs_in(self, page: Page, name: str, role: StaffRole) -> None:
        await page.goto(self.base + await self.office.link_for(name, role))
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("link", name="Reports", exact=True).click()


@asynccontextmanager
async def serving(file: Path) -> AsyncIterator[Served]:
    """Serve an office that has presented the report on its workshop and on a donor."""
    for _ in told_in(f"sqlite:///{file}"):
        pass
    office = ToldOffice(Database(f"sqlite:///{file}"), LOCAL)
    for scope in (CODE, "donor:JICA"):
        set_status(office.database, office.office, scope, ("presented", "public"), office.now)
    server = WebServer(office.app, "127.0.0.1", 0)
    port = await server.start()
    yield Served(office, f"{LOCAL}:{port}")
    await server.stop()
    office.transactions.close()


async def press(page: Page, name: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("button", name=name).first.click()


async def follow(page: Page, name: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("link", name=name, exact=True).first.click()
