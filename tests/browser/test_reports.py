"""Reports in a real browser: a manager looks and takes a file, a donor reads a link."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.desk.reports.report_status import set_status
from bot.web import WebServer
from storage.database import Database
from storage.office.staff import StaffRole
from tests.bot.desk.reports.conftest import CODE, told_in
from tests.bot.web.desk.told_office import ToldOffice
from tests.browser.conftest import LOCAL
from tests.browser.test_desk import faults

MANAGER, ORGANISER, _ = StaffRole
SIZES = {"phone": (320, 568, "dark"), "screen": (1280, 800, "light")}


class Served:
    """The office, and the address at which it is served."""

    def __init__(self, office: ToldOffice, base: str) -> None:
        self.office, self.base = office, base

    async def signs_in(self, page: Page, name: str, role: StaffRole) -> None:
        await page.goto(self.base + await self.office.link_for(name, role))
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("link", name="Reports", exact=True).click()


@pytest_asyncio.fixture(loop_scope="session")
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """An office that has presented the report on its workshop and on a donor."""
    file = tmp_path / "office.sqlite3"
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


async def test_a_manager_looks_at_the_report_on_a_donor_and_takes_its_file(
    served: Served, window: Browser
) -> None:
    """Takes seconds: a browser draws pages, and axe-core looks at them."""
    page = await window.new_page(
        viewport={"width": 320, "height": 568}, java_script_enabled=False, accept_downloads=True
    )
    await served.signs_in(page, "Eva", MANAGER)
    await page.get_by_label("the workshops of a donor").check()
    await page.get_by_role("button", name="Show").click()
    assert await page.locator("#report figure object").count() >= 2
    numbers = page.locator("#report details table").first
    assert not await numbers.is_visible()
    await page.locator("#report summary").first.click()
    assert await numbers.is_visible()
    await page.get_by_label("Show it as seen by").select_option("JICA")
    await page.get_by_role("button", name="Show").click()
    assert "For JICA." in await page.locator("#report").inner_text()
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Get the file").click()
    assert (await begun.value).suggested_filename == "donor-JICA-donor-JICA.pdf"
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("size", SIZES)
async def test_pages_of_reports_fit_and_shut_nobody_out(
    served: Served, window: Browser, size: str, pictures: Path | None
) -> None:
    """Takes seconds: axe-core looks at each page."""
    width, height, scheme = SIZES[size]
    page = await window.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    await served.signs_in(page, "Ana", ORGANISER)
    for path in ("", "?readers=donor:JICA&language=fa", "/share?do=make&readers=rtc"):
        await page.goto(f"{served.base}/desk/reports/{CODE}{path}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert await faults(page) == [], path
        if pictures:
            name = path.strip("/?").partition("&")[0].replace("?", "-") or "report"
            await page.screenshot(path=pictures / f"{name}.png", full_page=True)


async def test_another_choice_is_shown_without_loading_the_page_and_in_print_and_dark(
    served: Served, window: Browser
) -> None:
    page = await window.new_page(color_scheme="dark")
    await served.signs_in(page, "Eva", MANAGER)
    await page.goto(f"{served.base}/desk/reports/{CODE}")
    await page.evaluate("window.stays = true")
    await page.get_by_label("Language").select_option("fr")
    await page.wait_for_selector("#report > div[lang=fr]")
    assert await page.evaluate("window.stays")
    assert "language=fr" in page.url
    ground = "getComputedStyle(document.querySelector('.drawn')).backgroundColor"
    assert await page.evaluate(ground) == "rgb(255, 255, 255)"
    told = await page.locator("#report").inner_text()
    await page.emulate_media(media="print")
    assert await page.locator("#report figure object").first.is_visible()
    assert told.split()[:40] == (await page.locator("#report").inner_text()).split()[:40]


async def test_a_donor_reads_a_shared_report_without_an_account(
    served: Served, window: Browser
) -> None:
    ana = await window.new_page(viewport={"width": 1280, "height": 800})
    await served.signs_in(ana, "Ana", ORGANISER)
    await ana.goto(f"{served.base}/desk/reports/{CODE}")
    await ana.get_by_role("link", name="Share links", exact=True).click()
    await ana.get_by_label("For", exact=True).select_option("JICA")
    await ana.get_by_role("button", name="Make a link …").click()
    await ana.get_by_role("button", name="Make the link").click()
    link = await ana.locator("#once").input_value()
    donor = await (await window.new_context(viewport={"width": 320, "height": 568})).new_page()
    await donor.goto(link.replace(LOCAL, served.base))
    assert await faults(donor) == []
    await donor.get_by_role("link", name="Read the report").click()
    assert "For JICA." in await donor.locator("header").inner_text()
    assert await donor.locator("table").count() > 5
    await ana.goto(f"{served.base}/desk/reports/shares")
    await ana.get_by_role("button", name="End now").click()
    answer = await donor.goto(link.replace(LOCAL, served.base))
    assert answer is not None
    assert answer.status == 410
