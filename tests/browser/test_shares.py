"""A shared report in a real browser: a donor reads it until it is taken back or over."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page

from analysis.formats.json import report_of
from bot.desk.reports import choices
from bot.desk.reports.reporting import reports
from bot.desk.reports.viewing import View
from storage.office.staff import StaffRole
from tests.bot.desk.reports.conftest import CODE
from tests.bot.web.desk.test_report import cells_of
from tests.browser.conftest import LOCAL
from tests.browser.test_desk import faults
from tests.browser.told import Served, follow, press, serving

MANAGER, ORGANISER, _ = StaffRole
SIZES = {"phone": (320, 568, "dark"), "screen": (1280, 800, "light")}
PASSPHRASE = "small parcels first"


@pytest_asyncio.fixture(loop_scope="session")
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path / "office.sqlite3") as served:
        yield served


async def test_a_donor_reads_a_shared_report_with_a_passphrase_until_it_is_taken_back(
    served: Served, window: Browser, pictures: Path | None
) -> None:
    """Takes seconds: a browser draws pages and three files, and axe-core looks at some."""
    ana = await window.new_page(viewport={"width": 1280, "height": 800})
    await served.signs_in(ana, "Ana", ORGANISER)
    link = await _shared(ana, served)
    donor = await (await window.new_context(accept_downloads=True)).new_page()
    await donor.goto(link)
    await _fits(donor, pictures, "passphrase")
    await donor.get_by_label("The passphrase").fill("something else")
    await press(donor, "Show the report")
    assert "This is not the passphrase." in await donor.get_by_role("alert").inner_text()
    await donor.get_by_label("The passphrase").fill(PASSPHRASE)
    await press(donor, "Show the report")
    await _fits(donor, pictures, "shared")
    await follow(donor, "Read the report")
    # The report runs no scripts, so axe-core looks at a copy.
    copy = await window.new_page()
    await copy.set_content(await donor.content())
    await _fits(copy, pictures, "report")
    await _sees_what_donors_may_see(donor, served)
    await donor.go_back()
    async with donor.expect_download() as begun:
        await donor.get_by_role("link", name="Numbers (Excel)").click()
    assert (await (await begun.value).path()).read_bytes().startswith(b"PK")
    await ana.get_by_role("link", name="All links").click()
    await press(ana, "End now")
    assert "shows nothing any more" in await ana.get_by_role("status").inner_text()
    assert await _is_over(donor, link)
    await _fits(donor, pictures, "over")
    await press(ana, "Undo")
    assert not await _is_over(donor, link)
    served.office.now += timedelta(days=90)
    assert await _is_over(donor, link)


async def _shared(page: Page, served: Served) -> str:
    """Make a link for a donor, with a passphrase; return its address where it is served."""
    await page.goto(f"{served.base}/desk/reports/{CODE}")
    await follow(page, "Share links")
    await page.get_by_label("For", exact=True).select_option("JICA")
    await press(page, "Make a link …")
    await page.get_by_label("Passphrase").fill(PASSPHRASE)
    await press(page, "Make the link")
    return (await page.locator("#once").input_value()).replace(LOCAL, served.base)


async def _sees_what_donors_may_see(page: Page, served: Served) -> None:
    """Hold a shared page against the report for its readers, and that for the office."""
    told = await page.locator("body").inner_text()
    office, codes = served.office, [CODE]
    made = [
        report_of(
            reports(office.database, office.office, codes, ["json"], office.now, wishes)["json"]
        )
        for wishes in (View(CODE, "donor:JICA").wishes(office.office), choices.STAFF)
    ]
    for_donor, for_office = (set(cells_of(one)) for one in made)
    words = " ".join(told.split())
    assert [one.text for one in made[0].headlines if one.text not in words] == []
    assert "CONFIDENTIAL" not in told
    hidden = {one for one in for_office - for_donor if " of 12" in one}
    assert [one for one in hidden if one in words] == []


async def _is_over(page: Page, link: str) -> bool:
    """Whether a link says that it is not in use any more, instead of what it showed."""
    answer = await page.goto(link)
    assert answer is not None
    over = answer.status == 410
    told = await page.get_by_role("heading", level=1).inner_text()
    assert over == (told == "This link is no longer in use.")
    assert over == ("Ask the office for a new one" in await page.locator("main").inner_text())
    return over


async def _fits(page: Page, pictures: Path | None, name: str) -> None:
    """Look at a page on a phone and on a screen, dark and light."""
    for size, (width, height, scheme) in SIZES.items():
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert await faults(page) == [], name
        if pictures:
            await page.screenshot(path=pictures / f"{name}-{size}.png", full_page=True)
