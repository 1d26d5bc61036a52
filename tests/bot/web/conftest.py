"""The application with its web page, and people with browsers."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.access.links import PATHS, new_link
from bot.web import build_app
from storage.people.links import Purpose
from tests.bot.stage import SUVA, Person, Stage, copied, shared_template
from tests.bot.web.browser import PUBLIC, Browser

Opening = Callable[..., Awaitable[Browser]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_template(tmp_path_factory)


@pytest.fixture
def stage(template: Path, tmp_path: Path) -> Iterator[Stage]:
    """The application before the workshop in Suva, without participants."""
    stage = Stage(copied(template, tmp_path / "office.sqlite3"), {})
    yield stage
    stage.close()


@pytest.fixture
def browser(stage: Stage) -> Opening:
    """Return a function that opens a browser on a personal link of a person."""
    app = build_app(stage.application.pages, PUBLIC)

    async def opened(
        person: Person, purpose: Purpose = Purpose.INTERVIEW, workshop: object = SUVA
    ) -> Browser:
        enrolment = person.enrolments[workshop.code]  # type: ignore[attr-defined]
        secret = await stage.application.transactions.write(
            new_link, enrolment.id, purpose, stage.now
        )
        window = Browser(app, f"/{PATHS[purpose]}/{secret}")
        await window.opens()
        return window

    return opened
