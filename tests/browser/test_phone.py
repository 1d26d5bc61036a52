"""The page in a real browser of the size of a small phone: read, answered, heard, typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Response

from bot.access.links import new_link
from storage.people.links import Purpose
from storage.people.participants import set_language
from tests.bot.stage import Person, Stage
from tests.browser.conftest import PHONE
from tests.browser.questionnaire import STORED, TEXT, TOLD

MOST_BYTES = 50_000
GO_ON = "form > button:not([name])"
Site = Callable[[str], str]


class Phone:
    """A person's phone: each page that comes is looked at before anything is done on it."""

    def __init__(self, page: Page, javascript: bool, pictures: Path | None) -> None:
        self.page = page
        self._javascript = javascript
        self._pictures = pictures
        self._seen = 0
        self._weight: list[int] = []
        page.on("response", self._weighed)

    async def _weighed(self, response: Response) -> None:
        sizes = await response.request.sizes()
        self._weight.append(sizes["responseBodySize"] + sizes["responseHeadersSize"])

    async def looks(self) -> None:
        """Nothing is wider than the screen, nothing shuts somebody out, and all is light."""
        self._seen += 1
        if self._pictures:
            file = self._pictures / f"{self._seen:02}.png"
            await self.page.screenshot(path=file, full_page=True)
        wide = await self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], await self.page.title()
        assert sum(self._weight) < MOST_BYTES
        self._weight.clear()
        for scheme in ("light", "dark") if self._javascript else ():
            await self.page.emulate_media(color_scheme=scheme)
            assert await self._faults() == [], (scheme, await self.page.title())

    async def _faults(self) -> list[tuple[str, list[str]]]:
        """What axe-core calls serious or critical, with the elements."""
        found = await Axe().run(self.page)
        return [
            (one["id"], [node["html"] for node in one["nodes"]])
            for one in found.response["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    async def presses(self, button: str) -> None:
        async with self.page.expect_navigation():
            await self.page.locator(button).first.click()
        await self.looks()


async def opened(stage: Stage, site: Site, page: Page, language: str) -> Person:
    """Ada, asked in a language, at her link."""
    await stage.publish(TEXT)
    ada = await stage.enrol("Ada Vea")
    await stage.application.transactions.write(set_language, ada.participant_id, language)
    await goes_to_her_link(stage, site, page, ada)
    return ada


async def goes_to_her_link(stage: Stage, site: Site, page: Page, ada: Person) -> None:
    """M6 has opened, and Ada opens a link of hers."""
    stage.at("2018-06-08 10:00")
    await stage.fieldwork_round()
    enrolment = ada.enrolments["IPR-OC-2017"].id
    secret = await stage.application.transactions.write(
        new_link, enrolment, Purpose.INTERVIEW, stage.now
    )
    await page.goto(site(f"/q/{secret}"))


@pytest.mark.parametrize("javascript", [False, True], ids=["without-javascript", "with"])
@pytest.mark.parametrize("language", ["en", "th", "fa"])
async def test_a_whole_interview_on_a_small_phone(
    stage: Stage, site: Site, window: Browser, language: str, javascript: bool, pictures: Path
) -> None:
    told = TOLD[language]
    context = await window.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        java_script_enabled=javascript,
    )
    page = await context.new_page()
    phone = Phone(page, javascript, pictures)
    ada = await opened(stage, site, page, language)
    await phone.looks()
    await phone.presses("button")  # I agree
    await phone.presses("button")  # Start
    html = page.locator("html")
    assert await html.get_attribute("lang") == language
    assert await html.get_attribute("dir") == told.direction
    await phone.presses(GO_ON)  # the note was read
    await phone.presses(GO_ON)  # nothing was chosen
    assert await page.get_by_role("alert").is_visible()
    await page.get_by_label(told.job).check()
    await phone.presses(GO_ON)
    for anchor in told.anchors:
        await page.get_by_label(anchor).check()
    await phone.presses(GO_ON)
    await page.get_by_role("textbox").fill(told.number)
    await phone.presses(GO_ON)
    back, skip = page.locator(".ways button").nth(0), page.locator(".ways button").nth(1)
    left, right = await back.bounding_box(), await skip.bounding_box()
    assert left is not None
    assert right is not None
    assert (left["x"] < right["x"]) is (told.direction == "ltr")
    await page.get_by_role("textbox").fill(told.words)
    await phone.presses(GO_ON)
    assert await page.locator("fieldset, textarea").count() == 0
    assert await stage.answers(ada, "M6") == {**STORED, "title": told.words}
    await phone.presses("footer nav a, form a")
    assert await page.get_by_text(told.words).is_visible()
    await context.close()


async def test_an_interview_by_keyboard_alone(stage: Stage, site: Site, window: Browser) -> None:
    page = await window.new_page(viewport=PHONE)  # type: ignore[arg-type]
    ada = await opened(stage, site, page, "en")

    async def focused() -> str:
        spoken = (
            "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText"
        )
        return str(await page.evaluate(spoken)).strip()

    async def tabs_to(name: str) -> None:
        for _ in range(12):
            await page.keyboard.press("Tab")
            if await focused() == name:
                return
        raise AssertionError(f"the keyboard does not reach {name!r}")

    async def enters() -> None:
        async with page.expect_navigation():
            await page.keyboard.press("Enter")

    for button in ("I agree", "Start", "Continue", "Continue"):
        await tabs_to(button)
        await enters()
    assert "Please choose one of the answers." in await focused()
    await tabs_to("Same job")
    await page.keyboard.press("Space")
    await enters()
    await tabs_to("Named unit or post")
    await page.keyboard.press("Space")
    await tabs_to("Continue")
    await enters()
    stored = await stage.answers(ada, "M6")
    assert (stored["job"], stored["anchors"]) == ("same", "unit")


async def test_the_language_is_changed_in_the_middle_and_codes_are_kept(
    stage: Stage, site: Site, window: Browser
) -> None:
    page = await window.new_page(viewport=PHONE)  # type: ignore[arg-type]
    ada = await opened(stage, site, page, "en")
    for button in ("I agree", "Start", "Continue"):
        await page.get_by_role("button", name=button).click()
    await page.get_by_label("Same job").check()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("link", name="Language").click()
    await page.get_by_role("button", name="فارسی").click()
    assert await page.locator("html").get_attribute("dir") == "rtl"
    assert await page.get_by_role("checkbox").count() == 3
    await page.get_by_label("هنوز هیچ").check()
    await page.locator(GO_ON).click()
    await page.locator("input[name=value]").wait_for()
    assert await stage.answers(ada, "M6") == {"hello": "OK", "job": "same", "anchors": "none"}


@pytest.mark.parametrize("language", ["en", "th", "fa"])
async def test_six_months_after_as_it_is_packaged(
    stage: Stage, site: Site, window: Browser, language: str, pictures: Path
) -> None:
    context = await window.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = await context.new_page()
    phone = Phone(page, False, pictures)
    ada = await stage.enrol("Ada Vea")
    await stage.application.transactions.write(set_language, ada.participant_id, language)
    await goes_to_her_link(stage, site, page, ada)
    await phone.presses("button")
    await phone.presses("button")
    assert await page.locator("html").get_attribute("lang") == language
    for _ in range(20):
        if not await page.locator("main form input[name=item]").count():
            break
        if await page.locator("fieldset").count():
            await page.locator("fieldset input").first.check()
        else:
            await page.get_by_role("textbox").fill("SOP 12/2018")
        await phone.presses(GO_ON)
    assert (await stage.case(ada, "M6")).completed_at == stage.now
    assert (await stage.answers(ada, "M6"))["job"] == "same"
    await context.close()
