"""Files in a real browser: shown on a small phone, and added to a claim at the desk."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from bot.settings.office import ShownFiles
from bot.web import WebServer
from storage.database import Database
from storage.file_folder import KeptFile
from storage.office.staff import StaffRole
from storage.responses.shown_files import put_answer_file
from tests.analysis.builder import CUT_OFF, Story
from tests.bot.participants.test_files_shown import FORM, Folder
from tests.bot.stage import Stage
from tests.bot.web.desk.offices import AT_EASE
from tests.bot.web.desk.told_office import ToldOffice
from tests.browser.conftest import LOCAL, PHONE
from tests.browser.test_phone import GO_ON, Phone, Site, goes_to_her_link
from tests.shown_files import PDF, picture

SIZES = {"phone": (320, 568, "light"), "screen": (1280, 800, "dark")}


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(template, tmp_path)
    yield folder
    folder.stage.close()


@pytest.fixture
def stage(folder: Folder) -> Stage:
    return folder.stage


@pytest.mark.parametrize("javascript", [False, True], ids=["without-javascript", "with"])
async def test_a_photo_is_shown_on_a_small_phone(
    folder: Folder, site: Site, window: Browser, javascript: bool, pictures: Path
) -> None:
    context = await window.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        java_script_enabled=javascript,
    )
    page = await context.new_page()
    phone = Phone(page, javascript, pictures)
    await folder.stage.publish(FORM)
    ada = await folder.stage.enrol("Ada Vea")
    await goes_to_her_link(folder.stage, site, page, ada)
    await phone.presses("button")  # I agree
    await phone.presses("button")  # Start
    await page.get_by_label("Yes").check()
    await phone.presses(GO_ON)
    await phone.presses(GO_ON)  # nothing was chosen
    assert await page.get_by_role("alert").is_visible()
    photo = {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": picture("JPEG", place=True)}
    await page.get_by_label("Can you show it?").set_input_files(photo)  # type: ignore[arg-type]
    await phone.presses(GO_ON)
    assert await page.get_by_text("Anything else?").is_visible()
    assert len(folder.contents) == 1
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path) -> AsyncIterator[str]:
    """The desk of an office in which one officer tells of a new unit; gives a link to sign in."""
    url = f"sqlite:///{tmp_path / 'told.sqlite3'}"
    story = Story(url).workshop("W")
    told = {"anchor_status_unit": "new", "title_unit": "Order 45 of 2018"}
    case = story.answers(story.person("W", "FJ"), "M6", anchors="unit", **told)
    story.connection.commit()
    story.close()
    office = ToldOffice(Database(url), LOCAL)
    office.office = replace(office.office, files=ShownFiles(tmp_path / "shown"))
    office.now = CUT_OFF
    kept = KeptFile("a" * 32, "jpeg", 1_234_567, "b" * 64)
    await office.transactions.write(put_answer_file, kept, case, "photo", CUT_OFF)
    server = WebServer(office.doors(AT_EASE), "127.0.0.1", 0)
    port = await server.start()
    yield f"{LOCAL}:{port}{await office.link_for('Ana', StaffRole.ORGANISER)}"
    await server.stop()
    office.transactions.close()


@pytest.mark.parametrize("size", list(SIZES))
async def test_a_file_is_added_to_a_claim_at_the_desk(
    desk: str, window: Browser, size: str, pictures: Path | None
) -> None:
    wide, high, scheme = SIZES[size]
    page = await window.new_page(
        viewport={"width": wide, "height": high},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    await page.goto(desk)
    await page.get_by_role("button", name="Sign in").click()
    await page.goto(f"{desk.partition('/desk')[0]}/desk/reports/W/anchors")
    await page.get_by_role("link", name="Add a file").click()
    await looks(page, pictures, "asked")
    order = {"name": "order.pdf", "mimeType": "application/pdf", "buffer": PDF}
    await page.get_by_label("File", exact=True).set_input_files(order)  # type: ignore[arg-type]
    await page.get_by_label("What it is").fill("Order 45 of 2018")
    await page.get_by_role("button", name="Add it").click()
    await page.goto(f"{desk.partition('/desk')[0]}/desk/reports/W/anchors")
    await looks(page, pictures, "kept")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="File 2, PDF").click()
    assert (await (await download.value).path()).read_bytes() == PDF
    await page.context.close()


async def looks(page: Page, pictures: Path | None, name: str) -> None:
    """Nothing is wider than the screen, and axe finds nothing."""
    if pictures:
        await page.screenshot(path=pictures / f"{name}.png", full_page=True)
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= (page.viewport_size or {"width": 0})["width"]
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
