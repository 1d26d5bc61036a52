"""The routes for monitoring: levels and figures, no personal data."""

import re
from collections.abc import AsyncIterator
from functools import partial

import httpx
import pytest

from bot.operations.health import health_of
from bot.operations.housekeeping import Housekeeping
from bot.operations.metrics import Metrics
from bot.web import build_monitor
from storage.database import Database
from tests.bot.fieldwork_world import DELETED, World, utc
from tests.patience import PATIENCE

OPEN = utc("2018-08-12T00:00")


@pytest.fixture
async def world(office_database: Database) -> AsyncIterator[World]:
    world = World(office_database, utc("2018-07-20T00:00"))
    world.workshop()
    world.enrol("Ada")
    world.enrol("Ben")
    world.channel.failures = {"ben": [DELETED]}
    await world.until(OPEN)
    yield world
    world.close()


async def get(world: World, path: str, metrics: Metrics | None = None) -> httpx.Response:
    health = partial(health_of, world.database, world.office, world.now)
    transport = httpx.ASGITransport(build_monitor(health, metrics.text if metrics else None))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


async def test_healthz_answers_503_until_the_bot_has_run_and_names_nobody(world: World) -> None:
    answer = await get(world, "/healthz")
    assert (answer.status_code, answer.json()["well"]) == (503, False)
    Housekeeping(world.database).after_round(world.now, 0.1)
    answer = await get(world, "/healthz")
    assert (answer.status_code, answer.json()["well"]) == (200, True)
    assert answer.json()["checks"]["rounds"]["level"] == "fine"
    assert answer.json()["checks"]["addresses"] == {
        "level": "look", "says": "1 person cannot be reached."
    }  # fmt: skip
    assert not re.search("ada|ben|fiji", answer.text.lower())


async def test_healthz_answers_503_where_the_database_is_gone(world: World) -> None:
    lost = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    health = partial(health_of, lost, world.office, world.now)
    transport = httpx.ASGITransport(build_monitor(health, None))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/healthz")
    assert answer.status_code == 503
    assert [(name, one["level"]) for name, one in answer.json()["checks"].items()] == [
        ("database", "wrong")
    ]
    lost.close()


async def test_metrics_count_messages_answers_rounds_and_what_is_due(world: World) -> None:
    assert (await get(world, "/metrics")).status_code == 404
    metrics = Metrics(world.database, lambda: utc("2018-08-30T00:00"), PATIENCE)
    Housekeeping(world.database, metrics=metrics).after_round(world.now, 0.25)
    answer = await get(world, "/metrics", metrics)
    assert answer.status_code == 200
    figures = dict(
        line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#")
    )
    sent = 'followup_messages_total{channel="demo",kind="invitation",outcome="sent"}'
    failed = 'followup_messages_total{channel="demo",kind="invitation",outcome="failed"}'
    assert (figures[sent], figures[failed]) == ("1.0", "1.0")
    assert figures["followup_contacts_due"] == "1.0"
    assert figures["followup_round_seconds_sum"] == "0.25"
    labels = set(re.findall(r'(\w+)="', answer.text))
    assert labels <= {"channel", "kind", "outcome", "heartbeat", "version", "schema"}
    assert not re.search("ada|ben", answer.text.lower())
