"""A real browser on the real page: Chromium of the system, steered by playwright.

A worker starts one browser, and a test has pages of its own in it: to start it takes a second of a
processor. Playwright belongs to one event loop, so all tests and fixtures here run in that of the
session.

Without a browser on this machine the tests are skipped, except where FOLLOWUP_TOOLS is "required".
"""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from analysis.formats.typesetting import font_folders
from bot.web import WebServer, build_app
from tests.bot.stage import Stage, copied, shared_template
from tests.tools import CHROMIUM

PHONE = {"width": 320, "height": 568}
LOCAL = "http://127.0.0.1"
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser of the system is."""
    found = CHROMIUM.path
    if found is None:
        pytest.skip(CHROMIUM.missing)
    return found


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the letters that reports are set in, so that Thai has its real width here too."""
    home = tmp_path_factory.mktemp("letters")
    (home / "fonts").mkdir()
    for number, folder in enumerate(font_folders()):
        (home / "fonts" / str(number)).symlink_to(folder, target_is_directory=True)
    return home


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder in the event loop of the browser."""
    for item in items:
        if item.path.is_relative_to(HERE) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str, fonts: Path) -> AsyncIterator[Browser]:
    """The running browser of this worker."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
            env={**os.environ, "XDG_DATA_HOME": str(fonts)},
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser) -> AsyncIterator[Browser]:
    """A running browser without any page; what a test opens in it is closed after the test."""
    yield browser
    for context in browser.contexts:
        await context.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_template(tmp_path_factory)


@pytest.fixture
def stage(template: Path, tmp_path: Path) -> Iterator[Stage]:
    """The office before the workshop in Suva, with nobody enrolled yet."""
    stage = Stage(copied(template, tmp_path / "office.sqlite3"), {})
    yield stage
    stage.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(stage: Stage) -> AsyncIterator[Callable[[str], str]]:
    """The page served on a free port; gives the address of a path."""
    server = WebServer(build_app(stage.application.pages, LOCAL), "127.0.0.1", 0)
    port = await server.start()
    yield lambda path: f"{LOCAL}:{port}{path}"
    await server.stop()


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    """Where to put pictures of every page, if FOLLOWUP_PICTURES names a folder."""
    folder = os.environ.get("FOLLOWUP_PICTURES")
    if not folder:
        return None
    path = Path(folder) / str(request.node.name)
    path.mkdir(parents=True, exist_ok=True)
    return path
