"""A new office in a real browser without JavaScript: from nothing to an open wave with codes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.desk.office.signing_in import make_link
from bot.web import Doors, WebServer
from storage.office.staff import StaffRole
from tests.bot.stage import CHAT, Stage
from tests.bot.web.desk.offices import desk_at_ease
from tests.browser.conftest import LOCAL
from tests.staff import employ

CALENDAR = (
    b"code,title,start,end,city,country,kind\n"
    b"RM-2018,Risk management,2018-06-04,2018-06-08,Kashiwa,JP,regional\n"
)
PEOPLE = (
    b"name,administration,email\n"
    b"Mele Tupou,Tonga,mele@example.org\n"
    b"Vai Moa,Atlantis,vai@example.org\n"
    b"Mele Tupou,Tonga,MELE@example.org\n"
)


@pytest_asyncio.fixture(loop_scope="session")
async def link(stage: Stage) -> AsyncIterator[str]:
    """The desk of an office without any workshop, served; gives the link of an organiser."""
    stage.at("2018-06-05 10:00")
    working = stage.application
    parts = (working.transactions, working.office, working.clock)
    app = Doors(desk_at_ease(*parts, LOCAL), None)
    server = WebServer(app, "127.0.0.1", 0)
    port = await server.start()
    write = working.transactions.write
    code = await write(employ, (CHAT, "deskeva"), StaffRole.ORGANISER, stage.now, "Eva")
    found = await write(make_link, working.office, code, stage.now)
    yield f"{LOCAL}:{port}{found.path}"
    await server.stop()


async def test_a_new_office_opens_a_wave_and_prints_codes(
    link: str, window: Browser, tmp_path: Path
) -> None:
    """Takes seconds: a browser starts, and draws and prints a dozen pages."""
    page = await window.new_page(
        viewport={"width": 320, "height": 568}, java_script_enabled=False, accept_downloads=True
    )
    await page.goto(link)
    await _press(page, "Sign in")
    await _follow(page, "Import a calendar")
    await _send(page, tmp_path / "calendar.csv", CALENDAR)
    await _press(page, "Save 1")
    await _follow(page, "Risk management")
    await _send(page, tmp_path / "people.csv", PEOPLE)
    assert await _heading(page) == "1 new, 1 to ask about"
    await page.get_by_label("Another administration").select_option("FJ")
    await _press(page, "Use these answers")
    assert await _heading(page) == "2 new"
    assert await page.get_by_role("cell", name="kept once").count() == 1
    await _press(page, "Save 2")
    await _follow(page, "On the last day")
    await _follow(page, "Open now …")
    await _press(page, "Open now")
    assert "Nothing is sent before." in await page.get_by_role("status").inner_text()
    await _follow(page, "Codes for those who have not joined")
    assert "The codes are new." in await page.locator("main").inner_text()
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Get the codes").click()
    sheet = await begun.value
    assert sheet.suggested_filename == "codes-RM-2018-CONFIDENTIAL.pdf"
    assert (await sheet.path()).read_bytes().startswith(b"%PDF")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def _heading(page: Page) -> str:
    return await page.get_by_role("heading", level=1).inner_text()


async def _follow(page: Page, name: str) -> None:
    await page.get_by_role("link", name=name, exact=True).first.click()


async def _press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).first.click()


async def _send(page: Page, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    await page.get_by_label("A file, up to 2 MB").set_input_files(file)
    await _press(page, "Look at it")
