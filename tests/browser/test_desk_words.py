"""Own words and their themes in a real browser: by the keyboard alone, and looked at by axe-core."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page
from sqlalchemy import select

from bot.desk.office.signing_in import make_link
from bot.desk.reports.own_words import TextPlace, own_words, release, withhold
from bot.web import WebServer
from storage.database import Database
from storage.office.staff import StaffRole
from storage.schema import theme_marks
from surveys.withholding import Why
from tests.analysis.builder import CUT_OFF
from tests.analysis.quoting import told
from tests.analysis.theming import mark, write_book
from tests.bot.web.desk.offices import OFFICE, Desk
from tests.browser.conftest import LOCAL
from tests.staff import employ

SIZES = {"phone": (320, 568, "light"), "screen": (1280, 900, "dark")}
PAGES = (
    "reports/words",
    "reports/words/read",
    "reports/words/themes",
    "reports/words/differ",
    "reports/themes",
)
LONG = (
    "After the workshop Mele Tupou and I looked at small parcels first, and in case 2018/0417 we "
)
TEXTS = [f"{LONG}stopped {number} chargers." for number in range(12)]


class Served:
    """A desk that is served, with the link of an organiser."""

    def __init__(self, desk: Desk, link: str) -> None:
        self.desk, self.link = desk, link
        self.base = link.partition("/sign-in")[0]

    async def states(self) -> list[str]:
        found = await self.desk.transactions.read(own_words, (), "", CUT_OFF)
        return sorted(one.state for one in found)

    async def decided(self) -> None:
        """Four texts were read before, one of them is withheld."""
        write = self.desk.transactions.write
        first, *others = await self.desk.transactions.read(own_words, (), "", CUT_OFF)
        for one in others[:3]:
            await write(release, OFFICE, TextPlace(one.case, one.item), CUT_OFF)
        await write(withhold, OFFICE, TextPlace(first.case, first.item), CUT_OFF, Why.WRITER)

    async def marked(self) -> list[str]:
        newest = select(theme_marks.c.themes).order_by(theme_marks.c.id.desc()).limit(1)
        found = await self.desk.transactions.read(lambda c: c.scalars(newest).all())
        return list(found)


@pytest_asyncio.fixture(loop_scope="session")
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """An office whose participants wrote twelve texts; two readers differ in the last one."""
    url = f"sqlite:///{tmp_path / 'words.sqlite3'}"
    story, cases = told(TEXTS, url=url)
    write_book(story)
    story.set("participants", 1, name="Mele Tupou")
    for number, case in enumerate(cases):
        for by in ("S-FAY", "S-GUS") if number else ():
            other = number == 11 and by == "S-GUS"
            mark(story, case, "example", "teaching" if other else "seizures", by)
    story.spoken(cases[1], "th")
    story.connection.commit()
    desk = Desk(Database(url), LOCAL)
    desk.now = CUT_OFF
    server = WebServer(desk.app, "127.0.0.1", 0)
    port = await server.start()
    write = desk.transactions.write
    code = await write(employ, ("demo", "ana"), StaffRole.ORGANISER, CUT_OFF, "Ana")
    link = await write(make_link, OFFICE, code, CUT_OFF)
    yield Served(desk, f"{LOCAL}:{port}{link.path}")
    await server.stop()
    desk.transactions.close()
    story.close()


async def signed_in(window: Browser, served: Served, size: str = "screen") -> Page:
    width, height, scheme = SIZES[size]
    page = await window.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    await page.goto(served.link)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("heading", name="Needs you").wait_for()
    return page


async def test_texts_are_read_by_the_keyboard_alone(served: Served, window: Browser) -> None:
    """Takes seconds: a browser starts, and draws pages."""
    page = await signed_in(window, served)
    await page.goto(f"{served.base}/reports/words")
    await page.locator("input[value=shorter]:focus").wait_for()
    await page.keyboard.press("Enter")
    assert await served.states() == ["unread"] * 12, "nothing is chosen beforehand"
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.get_by_text("Withheld.").wait_for()
    assert (await served.states())[-1] == "withheld"
    await page.locator("input[value=shorter]:focus").wait_for()
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")
    await page.get_by_text("Released.").wait_for()
    assert (await served.states())[0] == "released"


async def test_themes_are_ticked_by_the_keyboard_alone(served: Served, window: Browser) -> None:
    """Takes seconds: a browser starts, and draws pages."""
    page = await signed_in(window, served)
    await page.goto(f"{served.base}/reports/words/themes")
    await page.locator("input[value=targeting]:focus").wait_for()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")
    await page.locator("#note").wait_for()
    assert await served.marked() == ["teaching"]


@pytest.mark.parametrize("size", SIZES)
async def test_pages_about_own_words_fit_and_shut_nobody_out(
    served: Served, window: Browser, size: str, pictures: Path | None
) -> None:
    """Takes seconds: axe-core looks at each page."""
    await served.decided()
    page = await signed_in(window, served, size)
    for path in PAGES:
        await page.goto(f"{served.base}/{path}")
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= SIZES[size][0], path
        found = await Axe().run(page)
        assert found.response["violations"] == [], path
        if pictures:
            name = path.replace("/", "-")
            await page.screenshot(path=pictures / f"{name}-{size}.png", full_page=True)
