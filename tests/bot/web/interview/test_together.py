"""Two windows that send at the same moment, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from bot.access.links import new_link
from bot.runtime.opening import open_database
from bot.settings.config import Settings
from bot.web import build_app
from storage.people.links import Purpose
from storage.schema import answer_history, answers
from tests.bot.stage import BEFORE_ALL, Stage
from tests.bot.web.browser import PUBLIC, Browser


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    stage = Stage(open_database(Settings(database=database_url), BEFORE_ALL), {})
    yield stage
    stage.close()


async def test_i18_of_forms_sent_at_the_same_moment_one_is_the_answer(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start")
    secret = await stage.application.transactions.write(
        new_link, ada.enrolments["IPR-OC-2017"].id, Purpose.INTERVIEW, stage.now
    )
    app = build_app(stage.application.pages, PUBLIC)
    windows = [Browser(app, f"/q/{secret}") for _ in range(4)]
    for window in windows:
        await window.opens()
    jobs = ("Same job", "Left customs", "Other job in customs", "On long leave")
    await asyncio.gather(*(window.chooses(job) for window, job in zip(windows, jobs, strict=True)))
    told = sorted(window.answer.status_code for window in windows)
    assert told == [200, 422, 422, 422]
    rows = await stage.rows(select(answers.c.item))
    assert [row.item for row in rows] == ["job"]
    assert await stage.rows(select(func.count()).select_from(answer_history)) == [(0,)]
