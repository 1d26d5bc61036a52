"""The desk, drawn from right to left, as a translation for Persian readers would need it."""

from typing import Any

import pytest
from playwright.async_api import Browser

from tests.bot.stage import SUVA
from tests.browser.test_desk import desk, signs_in

__all__ = ["desk"]

WAVE = f"/workshops/{SUVA.code}/waves/M6"
PAGES = ("", "/workshops", f"/workshops/{SUVA.code}", WAVE, "/people")
DRAWN = """() => {
  document.documentElement.dir = 'rtl';
  const place = (one) => one.getBoundingClientRect();
  const links = [...document.querySelectorAll('header nav a')].map((one) => place(one).right);
  const heads = [...document.querySelectorAll('thead tr')].map((row) =>
    [...row.querySelectorAll('th')].map((one) => place(one).right));
  const isolated = [...document.querySelectorAll('bdi')].map((one) =>
    getComputedStyle(one).unicodeBidi);
  return {
    wide: document.documentElement.scrollWidth,
    heading: getComputedStyle(document.querySelector('h1')).textAlign,
    links, heads, isolated,
  };
}"""
"""What a page looks like once its direction is turned round."""


async def drawn(window: Browser, desk: str, width: int, path: str) -> dict[str, Any]:
    """Return what a page of the desk looks like from right to left."""
    page = await window.new_page(viewport={"width": width, "height": 800})
    await signs_in(page, desk)
    await page.goto(f"{desk.partition('/sign-in')[0]}{path}")
    found: dict[str, Any] = await page.evaluate(DRAWN)
    return found


@pytest.mark.parametrize("path", PAGES)
async def test_w16_pages_are_mirrored_and_codes_stay_as_they_are(
    desk: str, window: Browser, path: str
) -> None:
    """Takes a second: a browser draws each page."""
    page = await drawn(window, desk, 1280, path)
    assert page["wide"] <= 1280
    assert page["heading"] == "start"
    assert page["links"]
    for sides in (page["links"], *page["heads"]):
        assert sides == sorted(sides, reverse=True)
    assert set(page["isolated"]) <= {"isolate"}


async def test_w16_a_mirrored_page_fits_on_a_phone(desk: str, window: Browser) -> None:
    page = await drawn(window, desk, 320, WAVE)
    assert page["wide"] <= 320
