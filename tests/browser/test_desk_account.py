"""Signing in with an account of the office, in a real browser without JavaScript.

The browser decides whether the way to the provider and back is open: its rules for forms, cookies and
redirects are those of the desk.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.desk.office.signing_in import make_link
from bot.desk.office.staff_addresses import put_address
from bot.web import DESK_PAGES, Doors, WebServer
from bot.web.desk.app import desk_of
from bot.web.desk.context import DeskContext
from storage.office.staff import StaffRole
from tests.bot.access.accounts.provider_server import ProviderServer, provider_server
from tests.bot.stage import CHAT, Stage
from tests.bot.web.desk.offices import AT_EASE
from tests.browser.conftest import LOCAL
from tests.browser.test_desk import faults
from tests.staff import employ

EVA = "eva@example.org"
BUTTON = "Sign in with your account of the office"
SIZES = {"phone": (320, 568, "dark"), "screen": (1280, 800, "light")}


@pytest_asyncio.fixture(loop_scope="session")
async def desk(stage: Stage) -> AsyncIterator[tuple[str, str, ProviderServer]]:
    """The address of a desk with a provider, and a link of Eva, who has an address."""
    working = stage.application
    write = working.transactions.write
    parts = (working.transactions, working.office, working.clock, LOCAL, lambda: b"key", AT_EASE)
    with provider_server(stage.now) as provider:
        context = DeskContext(*parts, provider=provider.provider, letters=lambda: None)
        server = WebServer(Doors(desk_of(context, DESK_PAGES), None), "127.0.0.1", 0)
        base = f"{LOCAL}:{await server.start()}"
        provider.moved = (LOCAL, base)
        code = await write(employ, (CHAT, "deskeva"), StaffRole.MANAGER, stage.now, "Eva")
        await write(put_address, working.office, code, EVA, stage.now)
        link = await write(make_link, working.office, code, stage.now)
        yield f"{base}/desk", f"{base}{link.path}", provider
        await server.stop()


@pytest.mark.parametrize("size", SIZES)
async def test_a_member_signs_in_with_an_account_stops_using_it_and_signs_out(
    desk: tuple[str, str, ProviderServer], window: Browser, size: str, pictures: Path | None
) -> None:
    address, _, provider = desk
    provider.claims = {"sub": "u-1", "email": EVA, "email_verified": True}
    width, height, scheme = SIZES[size]
    context = await window.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=False,
    )
    page = await context.new_page()
    await page.goto(address)
    await _looked_at(page, width, pictures, "signed-out")
    await page.get_by_role("button", name=BUTTON).click()
    await page.get_by_role("link", name="Today").wait_for()
    await page.get_by_role("link", name="Your account").click()
    await _looked_at(page, width, pictures, "account")
    await _press(page, "Stop using it", f"{address}/account?*")
    assert "signs nobody in any more" in await page.locator("#note").inner_text()
    await _press(page, "Use my account of the office", f"{address}/account?*")
    assert "From now on you can sign in" in await page.locator("#note").inner_text()
    await _looked_at(page, width, pictures, "bound")
    await _press(page, "Sign out", f"{address}/sign-in?out")
    await _looked_at(page, width, pictures, "left")


async def _press(page: Page, button: str, to: str) -> None:
    """Press a button, and follow where it leads until it has come to an address."""
    await page.get_by_role("button", name=button).click()
    await page.wait_for_url(to)


async def _looked_at(page: Page, width: int, pictures: Path | None, name: str) -> None:
    if pictures:
        await page.screenshot(path=pictures / f"{name}.png", full_page=True)
    box = await page.locator("main").bounding_box()
    assert box and box["x"] + box["width"] <= width


async def test_its_pages_shut_nobody_out(
    desk: tuple[str, str, ProviderServer], window: Browser
) -> None:
    """Takes a second: axe-core looks at each page."""
    address, link, _ = desk
    page = await window.new_page(viewport={"width": 320, "height": 568})
    for path in ("", "/sign-in?out", "/sign-in/account/back"):
        await page.goto(f"{address}{path}")
        assert await faults(page) == [], path
    await page.goto(link)
    await page.get_by_role("button", name="Sign in").click()
    await page.goto(f"{address}/account")
    assert await faults(page) == []
