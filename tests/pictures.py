"""`make pictures`: the desk in June 2018, and a report at the end of the invented year."""

import argparse
import asyncio
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright
from sqlalchemy import Connection

from analysis.formats.json import structured
from analysis.formats.page import PAGE
from analysis.formats.typesetting import typeset
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from bot.demo.cast import PLACES
from bot.demo.serving import DATABASE, SERVED_ON, begun, served
from bot.demo.year import ENDS
from bot.desk.office.signing_in import make_link
from bot.desk.office.staff import StaffInvitation, add
from bot.settings.office import Office
from storage.database import Database
from storage.office.staff import StaffRole
from storage.operations.heartbeats import BACKUP, TICK, record_heartbeat
from tests.tools import CHROMIUM

WIDTH, HEIGHT = 1100, 800
PAGES = {
    "desk-today": "",
    "desk-workshop": "/workshops/IPR-OC-2017",
    "desk-wave": "/workshops/IPR-OC-2017/waves/M6?do=hold",
    "desk-report": "/reports/IPR-OC-2017",
}
"""The pages of the guides that an organiser sees, by the names of their pictures."""
FOR_ADMINISTRATORS = {"desk-health": "/office/health"}
REPORT, PIXELS_PER_INCH = "report.png", 100


def main() -> None:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    asyncio.run(_draw(parser.parse_args().out))


async def _draw(out: Path) -> None:
    if CHROMIUM.path is None:
        raise SystemExit(CHROMIUM.missing)
    with tempfile.TemporaryDirectory() as folder:
        year = begun(Path(folder), 2017)
        try:
            await year.run(until=SERVED_ON)
            async with served(year, 0) as links, async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path=CHROMIUM.path, args=["--no-sandbox", "--disable-gpu"]
                )
                await _pictures(browser, links.desk, PAGES, out)
                working = year.application
                path = await working.transactions.write(administrator, working.office, year.now)
                desk = links.desk.partition("/desk/")[0] + path
                await _pictures(browser, desk, FOR_ADMINISTRATORS, out)
                await browser.close()
            await year.run(until=ENDS)
        finally:
            year.close()
        draw_report(Path(folder) / DATABASE, out / REPORT)


def draw_report(year: Path, file: Path) -> None:
    """Draw the page for managers on the eight workshops, from the database of a whole year."""
    database = Database(f"sqlite:///{year}")
    try:
        report = database.read(build, [*PLACES], ENDS, Wishes())
    finally:
        database.close()
    drawn = typeset(PAGE, structured(report), report.cut_off, pixels=PIXELS_PER_INCH)
    file.write_bytes(drawn[0])
    print(file)


def administrator(connection: Connection, office: Office, now: datetime) -> str:
    """Employ an administrator of a bot that runs; return the path of a link that signs in."""
    for job in (TICK, BACKUP, *office.rules.channels):
        record_heartbeat(connection, job, now)
    added = add(connection, office, StaffInvitation(StaffRole.ADMINISTRATOR, "Eva"), now)
    return make_link(connection, office, added.member.code, now).path


async def _pictures(browser: Browser, link: str, pages: Mapping[str, str], out: Path) -> None:
    """Sign in with a link, and draw pages of the desk."""
    context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page = await context.new_page()
    await page.goto(link)
    await page.get_by_role("button", name="Sign in").click()
    base = link.partition("/sign-in")[0]
    for name, path in pages.items():
        await _picture(page, base + path, out / f"{name}.png")
    await context.close()


async def _picture(page: Page, address: str, file: Path) -> None:
    answer = await page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"There is no page at {address} to draw.")
    await page.screenshot(path=file)
    print(file)


if __name__ == "__main__":
    main()
