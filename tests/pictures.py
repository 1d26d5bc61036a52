"""`make pictures`: the desk in June 2018, and a report at the end of the invented year."""

import argparse
import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from analysis.formats.json import structured
from analysis.formats.page import PAGE
from analysis.formats.typesetting import typeset
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from bot.demo.cast import PLACES
from bot.demo.serving import DATABASE, SERVED_ON, begun, served
from bot.demo.year import ENDS
from storage.database import Database
from tests.tools import CHROMIUM

WIDTH, HEIGHT = 1100, 800
PAGES = {
    "desk-today": "",
    "desk-workshop": "/workshops/IPR-OC-2017",
    "desk-wave": "/workshops/IPR-OC-2017/waves/M6?do=hold",
}
"""The pages of the guides, by the names of their pictures."""
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
                page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
                await page.goto(links.desk)
                await page.get_by_role("button", name="Sign in").click()
                base = links.desk.partition("/sign-in")[0]
                for name, path in PAGES.items():
                    await _picture(page, base + path, out / f"{name}.png")
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


async def _picture(page: Page, address: str, file: Path) -> None:
    await page.goto(address)
    await page.screenshot(path=file)
    print(file)


if __name__ == "__main__":
    main()
