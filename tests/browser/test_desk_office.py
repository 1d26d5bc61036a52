"""An administrator's day in a real browser, without JavaScript: each page of the office is used once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.desk.office.signing_in import make_link
from bot.settings.office import Watch
from bot.settings.reading import read_settings
from bot.settings.shown import settings_shown
from bot.web import DESK_PAGES, Configuration, Doors, WebServer
from bot.web.desk.app import desk_of
from bot.web.desk.context import DeskContext
from storage.office.staff import StaffRole
from storage.operations.heartbeats import HELD, record_heartbeat
from tests.bot.stage import CHAT, SUVA, Stage
from tests.bot.web.desk.offices import AT_EASE
from tests.browser.conftest import LOCAL
from tests.browser.test_desk import faults
from tests.staff import employ

DONOR = "CCF Japan"
OTHER_COLOURS = {"phone": (320, 568, "dark"), "screen": (1280, 800, "light")}
"""The sizes and colours in which `test_desk.py` does not look at pages."""
PAGES = ("", "/sessions", "/audit", "/health", "/copies", "/retention", "/configuration")
QUESTIONS = ("?do=add", "/sessions?do=all", "/copies?do=make", "/health?do=continue")
Links = dict[str, str]


@pytest_asyncio.fixture(loop_scope="session")
async def links(stage: Stage, tmp_path: Path) -> AsyncIterator[Links]:
    """The desk of an office with data that is due, served; links by the names of its staff."""
    stage.at("2018-03-20 10:00")
    await stage.joined("Ada Vea")
    await stage.workshop(replace(SUVA, donors=(DONOR,)))
    stage.at("2019-03-20 10:00")
    working = stage.application
    write = working.transactions.write
    await write(record_heartbeat, HELD, stage.now)
    office = replace(working.office, watch=Watch(copies=tmp_path / "copies"))
    (tmp_path / "config.yaml").write_text("web: {port: 8090}\nretention: {addresses_days: 30}\n")
    settings = read_settings(tmp_path / "config.yaml")
    read = Configuration(settings.file, settings_shown(settings))
    parts = (working.transactions, office, working.clock, LOCAL, lambda: b"key", AT_EASE)
    desk = desk_of(DeskContext(*parts, configuration=read), DESK_PAGES)
    server = WebServer(Doors(desk, None), "127.0.0.1", 0)
    port = await server.start()
    found = {}
    for name, role in (("Ann", StaffRole.ADMINISTRATOR), ("Bo", StaffRole.ORGANISER)):
        code = await write(employ, (CHAT, f"desk{name}"), role, stage.now, name)
        link = await write(make_link, office, code, stage.now)
        found[name] = f"{LOCAL}:{port}{link.path}"
    yield found
    await server.stop()


async def test_a_day_of_an_administrator(links: Links, window: Browser) -> None:
    """Takes seconds: a browser draws two dozen pages, and a process makes a copy."""
    ann, bo = await _signed_in(window, links["Ann"]), await _signed_in(window, links["Bo"])
    await _follow(ann, "Office")
    await _invites_a_manager_and_binds(ann)
    await _ends_an_access_and_gives_it_back(ann)
    await _follow(ann, "Sessions")
    await _press(ann, "End the session of Bo")
    assert "The session of Bo is over." in await _note(ann)
    await bo.reload()
    assert await bo.get_by_role("heading", name="Sign in", exact=False).count() == 1
    await _goes_on_after_a_gap(ann)
    await _copies(ann)
    await _deletes_what_is_due(ann)
    await _reads_the_log(ann)
    await _follow(ann, "Configuration")
    row = ann.get_by_role("row").filter(has_text="retention.addresses_days")
    assert "30 file" in " ".join((await row.inner_text()).split())


async def _invites_a_manager_and_binds(page: Page) -> None:
    await _follow(page, "Add somebody …")
    await page.get_by_label("Name, as colleagues know the person").fill("Max")
    await page.get_by_role("radio", name="Manager").check()
    await _press(page, "Make the code")
    assert "/start" in await page.locator(".huge").inner_text()
    await _follow(page, "Back to the staff")
    await _follow(page, "Role … Max")
    await page.get_by_label(DONOR).check()
    await _press(page, "Save the role")
    assert f"is manager of {DONOR} now. It was: manager." in await _note(page)


async def _ends_an_access_and_gives_it_back(page: Page) -> None:
    await _follow(page, "End access … Max")
    await _press(page, "End the access")
    assert "Max has no access any more." in await _note(page)
    await _press(page, "Give it back Max")
    assert "Max has access again" in await _note(page)


async def _goes_on_after_a_gap(page: Page) -> None:
    await _follow(page, "Health")
    await _follow(page, "Go on …")
    await _press(page, "It is right: go on")
    assert "The next round does all that is due." in await _note(page)


async def _copies(page: Page) -> None:
    await _follow(page, "Make a copy")
    await _follow(page, "Make a copy now …")
    await _press(page, "Make the copy")
    assert "The copy is made and checked" in await _note(page)
    await page.get_by_role("link", name="Download …").click()
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Download it").click()
    saved = await (await begun.value).path()
    assert saved.read_bytes().startswith(b"SQLite format 3\0")


async def _deletes_what_is_due(page: Page) -> None:
    await _follow(page, "Retention")
    await _follow(page, "Delete what is due now …")
    await _press(page, "Delete it")
    assert "addresses, codes and links of 1 person" in await _note(page)


async def _reads_the_log(page: Page) -> None:
    await _follow(page, "Audit log")
    await page.get_by_label("Who", exact=True).select_option(label="Ann")
    await page.get_by_label("What", exact=True).select_option("copy of the database handed out")
    await _press(page, "Show")
    assert await page.get_by_role("row").count() == 2
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="CSV").click()
    saved = await (await begun.value).path()
    assert b"copy of the database handed out,followup-" in saved.read_bytes()


@pytest.mark.parametrize("size", OTHER_COLOURS)
async def test_pages_and_questions_fit_in_the_other_colours(
    links: Links, window: Browser, size: str, pictures: Path | None
) -> None:
    """Takes seconds: axe-core looks at each page."""
    width, height, scheme = OTHER_COLOURS[size]
    page = await window.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    await page.goto(links["Ann"])
    await _press(page, "Sign in")
    base = f"{links['Ann'].partition('/sign-in')[0]}/office"
    await page.goto(f"{base}/copies?do=make")
    await _press(page, "Make the copy")
    for path in (*PAGES, *QUESTIONS):
        await page.goto(f"{base}{path}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert await faults(page) == [], path
        if pictures:
            name = path.strip("/").replace("?do=", "-") or "staff"
            await page.screenshot(path=pictures / f"{name}.png", full_page=True)


async def _signed_in(window: Browser, link: str) -> Page:
    context = await window.new_context(
        viewport={"width": 320, "height": 568}, java_script_enabled=False, accept_downloads=True
    )
    page = await context.new_page()
    await page.goto(link)
    await _press(page, "Sign in")
    return page


async def _follow(page: Page, name: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("link", name=name, exact=True).click()


async def _press(page: Page, name: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("button", name=name, exact=True).click()


async def _note(page: Page) -> str:
    return await page.get_by_role("status").inner_text()
