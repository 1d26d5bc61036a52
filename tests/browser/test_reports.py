"""Reports in a real browser: a manager looks, holds the figures against a file, and compares."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from analysis.formats.json import report_of
from storage.office.staff import StaffRole
from tests.bot.desk.reports.conftest import CODE
from tests.bot.web.desk.test_report import cells, cells_of
from tests.browser.test_desk import MOST_BYTES, faults
from tests.browser.told import Served, follow, press, serving

MANAGER, ORGANISER, _ = StaffRole
SIZES = {"phone": (320, 568, "dark"), "screen": (1280, 800, "light")}
PASSPHRASE = "small parcels first"
PAGES = (
    "",
    f"/{CODE}",
    f"/{CODE}?readers=donor:JICA&language=fa",
    f"/{CODE}/share?do=make&readers=rtc",
    "/compare",
    f"/compare?of={CODE}",
)


@pytest_asyncio.fixture(loop_scope="session")
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path / "office.sqlite3") as served:
        yield served


async def test_a_manager_looks_at_reports_takes_their_figures_and_compares(
    served: Served, window: Browser
) -> None:
    """Takes seconds: a browser draws pages."""
    context = await window.new_context(
        viewport={"width": 320, "height": 568}, java_script_enabled=False, accept_downloads=True
    )
    page = await context.new_page()
    await served.signs_in(page, "Eva", MANAGER)
    await page.get_by_label("the workshops of a donor").check()
    await press(page, "Show")
    assert await page.locator("#report figure object").count() >= 2
    numbers = page.locator("#report details table").first
    assert not await numbers.is_visible()
    await page.locator("#report summary").first.click()
    assert await numbers.is_visible()
    await page.get_by_label("Show it as seen by").select_option("JICA")
    await press(page, "Show")
    assert "Prepared for JICA." in await page.locator("#report").inner_text()
    await _tells_what_its_file_tells(page)
    await follow(page, "Reports")
    await press(page, "Show")
    await page.get_by_label("Of", exact=True).select_option("M6")
    await page.get_by_label("Language").select_option("fr")
    await press(page, "Show")
    assert await page.locator("#report > div[lang=fr]").count() == 1
    await page.get_by_label("Of", exact=True).select_option("")
    await press(page, "Show")
    await _tells_what_its_file_tells(page)
    assert await page.get_by_role("link", name="Share links").count() == 0
    assert await page.get_by_text("An organiser can make a link").count() == 1
    await follow(page, "Reports")
    await follow(page, "Compare")
    await press(page, "Show the waves")
    assert await page.locator("#report table").count() >= 1
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def _tells_what_its_file_tells(page: Page) -> None:
    """Hold all figures of a page against those of its file for programs."""
    await page.get_by_label("Figures for programs (JSON)").check()
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Get the file").click()
    report = report_of((await (await begun.value).path()).read_bytes())
    assert await page.get_by_role("heading", level=1).inner_text() == report.title
    told = cells(await page.content())
    assert len(told) > 50
    assert told == cells_of(report)


async def test_what_a_mark_counts_is_said_where_the_mark_stands(
    served: Served, window: Browser
) -> None:
    page = await window.new_page()
    await served.signs_in(page, "Eva", MANAGER)
    await page.goto(f"{served.base}/desk/reports/{CODE}", wait_until="load")
    pictures = page.main_frame.child_frames
    assert len(pictures) == await page.locator("#report figure object").count()
    titles = [one for part in pictures for one in await part.locator("title").all_text_contents()]
    assert any("12 of 12" in one for one in titles)


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
    for path in PAGES:
        answer = await page.goto(f"{served.base}/desk/reports{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert len(await answer.body()) < MOST_BYTES, path
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert await faults(page) == [], path
        if pictures:
            name = path.strip("/?").partition("&")[0].replace("?", "-").replace("/", "-") or "list"
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
