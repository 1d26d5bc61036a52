"""The desk in a real browser: every address, on a phone and on a screen, light and dark."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from bot.desk.office.signing_in import make_link
from bot.desk.workshops.sent_tables import WAVE
from bot.web import DESK_PAGES, Doors, WebServer
from storage.instruments.drafts import add_draft
from storage.office.jobs import NewJob, begin_job
from storage.office.staff import StaffRole, member_with
from storage.office.waiting_files import NewFile, add_file, set_answers
from storage.people.participants import get_participant
from surveys.authoring.packaged import packaged_questionnaire
from tests.bot.stage import CHAT, SUVA, Stage
from tests.bot.web.desk.offices import desk_at_ease
from tests.browser.conftest import LOCAL
from tests.staff import employ

MOST_BYTES = 100_000
PEOPLE = b"name,administration\nEva Moa,Atlantis\nFinau Tau,Tonga\n"
CHOICES = b"list_name,name,label::English (en)\ntakeaways,manual,The new manual\n"
ANSWERS = b"""name,date,M3_used,Remarks of the office
Ada Vea,2018-03-20,yes,telephoned
Ned Nobody,2018-03-21,perhaps,
"""
SIZES = {"phone": (320, 568, "light"), "screen": (1280, 800, "dark")}
"""Width, height and colours: what is light on a phone is light on a screen."""
NO_PAGES = {
    "/workshops/import/template",
    "/workshops/plans/{key}",
    "/workshops/{code}/import/template",
    "/reports/{code}/files/{number}",
    "/reports/{code}/pictures/{name}",
    "/reports/compare/pictures/{name}",
}
"""Addresses of what is no page."""


@pytest_asyncio.fixture(loop_scope="session")
async def desk(stage: Stage) -> AsyncIterator[str]:
    """The desk of an office with an open wave, served; gives the link of an administrator."""
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    for name in ("Ada Vea", "Ben Qalo", "Chi Tan"):
        await stage.joined(name)
    await stage.enrol("Dan Ravu", "FJ")
    stage.at("2018-06-08 11:29")
    await stage.fieldwork_round()
    working = stage.application
    parts = (working.transactions, working.office, working.clock)
    app = Doors(desk_at_ease(*parts, LOCAL), None)
    server = WebServer(app, "127.0.0.1", 0)
    port = await server.start()
    write = working.transactions.write
    role = StaffRole.ADMINISTRATOR
    code = await write(employ, (CHAT, "deskann"), role, stage.now, "Ann")
    link = await write(make_link, working.office, code, stage.now)
    ann = (await working.transactions.read(member_with, code)).id
    for name, content in (("people.csv", PEOPLE), ("choices.csv", CHOICES)):
        await write(add_file, NewFile(ann, SUVA.code, name, content), stage.now)
    answers = await write(add_file, NewFile(ann, SUVA.code, "m3.csv", ANSWERS), stage.now)
    await write(set_answers, answers, {WAVE: "M3"}, stage.now)
    other = packaged_questionnaire("M6").model_copy(update={"title": {"en": "Half a year later"}})
    await write(add_draft, other, code, stage.now)
    await write(begin_job, NewJob("code sheet", SUVA.code, ann, ""), stage.now, stage.now)
    yield f"{LOCAL}:{port}{link.path}"
    await server.stop()


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_fits_is_light_and_shuts_nobody_out(
    stage: Stage, desk: str, window: Browser, size: str, pictures: Path | None
) -> None:
    """Takes seconds: axe-core looks at each page."""
    width, height, scheme = SIZES[size]
    page = await window.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    await signs_in(page, desk)
    base = desk.partition("/sign-in")[0]
    ada = (await stage.application.transactions.read(get_participant, 1)).code
    for path in [filled(row.path, ada) for row in DESK_PAGES if row.path not in NO_PAGES]:
        answer = await page.goto(f"{base}{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert len(await answer.body()) < MOST_BYTES, path
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert await faults(page) == [], path
        if pictures:
            name = path.strip("/").replace("/", "-") or "today"
            await page.screenshot(path=pictures / f"{name}.png", full_page=True)


async def signs_in(page: Page, link: str) -> None:
    await page.goto(link)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("heading", name="Needs you").wait_for()


def filled(path: str, person: str) -> str:
    """Return an address with a workshop, a wave or a person that is there."""
    people = path.startswith("/people")
    number = "2" if "/questions/" in path else "3" if "/answers/" in path else "1"
    given = {"{code}": person if people else SUVA.code, "{key}": "M6", "{number}": number}
    given |= {"{workshop}": SUVA.code, "{wave}": "M6"}
    for name, value in given.items():
        path = path.replace(name, value)
    return path


async def faults(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe-core finds, with the elements."""
    found = await Axe().run(page)
    return [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found.response["violations"]
    ]


async def test_an_organiser_opens_a_wave_with_the_keyboard_alone(
    stage: Stage, desk: str, window: Browser
) -> None:
    page = await window.new_page(viewport={"width": 1280, "height": 800})
    await signs_in(page, desk)
    await page.goto(f"{desk.partition('/sign-in')[0]}/workshops/{SUVA.code}/waves/M12")

    async def tabs_to(name: str) -> None:
        for _ in range(40):
            await page.keyboard.press("Tab")
            spoken = (
                "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText"
            )
            if str(await page.evaluate(spoken)).strip() == name:
                return
        raise AssertionError(f"the keyboard does not reach {name!r}")

    await tabs_to("Open now …")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "panel"
    await tabs_to("Open now")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "note"
    assert "Nothing is sent before." in await page.get_by_role("status").inner_text()
    await tabs_to("Undo")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert "again" in await page.get_by_role("status").inner_text()


async def test_a_form_on_paper_is_typed_with_numbers_and_enter(
    stage: Stage, desk: str, window: Browser
) -> None:
    page = await window.new_page(viewport={"width": 1280, "height": 800})
    await signs_in(page, desk)
    ada = (await stage.application.transactions.read(get_participant, 1)).code
    await page.goto(f"{desk.partition('/sign-in')[0]}/people/{ada}/enter/{SUVA.code}/M6")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    for typed in ("1", "1"):
        assert await page.evaluate("document.activeElement.id") == "typed"
        await page.keyboard.type(typed)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
    saved = await page.get_by_role("button", name="Correct").all_inner_texts()
    assert len(saved) == 2


async def test_the_calendar_of_a_fiscal_year_is_printed_on_one_sheet(
    stage: Stage, desk: str, window: Browser, pictures: Path | None
) -> None:
    for number in range(14):
        begins = date(2017, 7, 3) + timedelta(days=23 * number)
        ends = begins + timedelta(days=4)
        await stage.workshop(
            replace(SUVA, code=f"IPR-OC-{number}", starts_on=begins, ends_on=ends)
        )
    page = await window.new_page()
    await signs_in(page, desk)
    await page.goto(f"{desk.partition('/sign-in')[0]}/workshops/year?fiscal=2017")
    sheet = await page.pdf(prefer_css_page_size=True)
    if pictures:
        (pictures / "year.pdf").write_bytes(sheet)
    assert sheet.count(b"/Type /Page\n") == 1
