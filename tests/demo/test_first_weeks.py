"""The first weeks of the demonstration, lived once more."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from lxml import html
from sqlalchemy import Connection, select

from bot.demo.serving import begun, served
from bot.demo.summary import summarise
from bot.demo.year import Year
from storage.database import Database
from storage.schema import answer_history, answers, attempts
from tests.demo.conftest import SEED
from tests.patience import PATIENCE

EARLY = datetime(2017, 11, 14, tzinfo=UTC)
"""The first workshop is just over; before it nobody has a questionnaire open."""


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The first weeks, lived once more with the same seed."""
    year = begun(tmp_path_factory.mktemp("weeks"), SEED)
    asyncio.run(year.run(until=EARLY))
    yield year
    year.close()


def test_the_same_seed_gives_the_same_weeks(folder: Path, database: Database, weeks: Year) -> None:
    other = weeks.application.transactions.database
    again = other.read(summarise, SEED, EARLY)
    assert again.answers > 500
    found, expected = (one.read(told_and_sent, weeks.now) for one in (other, database))
    assert found == expected
    assert len(found) > again.answers
    _, _, said = (folder / "transcript.txt").read_text("utf-8").partition("\n\n")
    assert weeks.hero_lines()
    assert said.startswith("\n".join([*weeks.hero_lines(), ""]))


async def test_the_printed_links_show_an_open_questionnaire_and_the_desk(weeks: Year) -> None:
    async with served(weeks, 0) as links, AsyncClient(timeout=PATIENCE) as client:
        page = await client.get(links.participant)
        door = html.fromstring((await client.get(links.desk)).text)
        (form,) = door.xpath("//form")
        desk = await client.post(links.desk, data=dict(form.form_values()))
        assert desk.status_code == 303
        desk = await client.get(links.desk.partition("/sign-in")[0])
    assert page.status_code == 200
    assert "Start" in page.text
    assert "Before the workshop" in page.text
    assert {one.get("type") for one in form.xpath(".//input")} == {"hidden"}
    assert "November 2017" in desk.text


def told_and_sent(connection: Connection, end: datetime) -> set[tuple[Any, ...]]:
    """Return all that people have answered and all that they were sent before a moment.

    An answer that was replaced stands in the history with the moment at which it was given.
    """
    answered = [answers.c[name] for name in ("case_id", "item", "value", "answered_at")]
    replaced = [answer_history.c[column.name] for column in answered]
    sent = [attempts.c[name] for name in ("case_id", "kind", "outcome", "claimed_at")]
    found = (
        tuple(row)
        for columns, at in (
            (answered, answers.c.answered_at),
            (replaced, answer_history.c.answered_at),
            (sent, attempts.c.claimed_at),
        )
        for row in connection.execute(select(*columns).where(at < end))
    )
    return set(found)
