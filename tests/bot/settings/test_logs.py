"""What is logged about one update, request or run says so, in every layer and thread."""

import asyncio
import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from httpx import AsyncClient, MockTransport, Response
from httpx import Request as Asked
from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.runtime.transactions import Transactions
from bot.service.jobs import Job
from bot.settings.logs import mark, set_up_logs
from bot.web import WebServer
from storage.database import Database
from tests.patience import PATIENCE


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What the logs of a process write, only for this test."""
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    set_up_logs()
    yield written
    structlog.reset_defaults()


def speak(_connection: Connection) -> None:
    """Log as libraries do, in the thread of a transaction."""
    logging.getLogger("bot.deep").warning("deep")


def said(logs: StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in logs.getvalue().splitlines()]


async def test_each_run_of_a_job_has_a_number_in_all_that_it_logs(
    sqlite_database: Database, logs: StringIO
) -> None:
    transactions = Transactions(sqlite_database)

    async def work() -> None:
        structlog.get_logger("run").info("tick")
        await transactions.write(speak)
        await transactions.read(speak)
        raise ValueError

    job = Job("waves", work, 60, None)
    for _ in range(2):
        await job.run()
    transactions.close()
    lines = said(logs)
    assert [line["event"] for line in lines] == ["tick", "deep", "deep", "job_failed"] * 2
    first, second = {line["run"] for line in lines[:4]}, {line["run"] for line in lines[4:]}
    assert len(first) == len(second) == 1
    assert first != second
    assert {line["job"] for line in lines} == {"waves"}


async def test_each_request_has_a_number_and_requests_at_once_do_not_mix(
    logs: StringIO,
) -> None:
    both = asyncio.Barrier(2)

    async def page(_request: Request) -> PlainTextResponse:
        structlog.get_logger("web").info("before")
        await both.wait()
        structlog.get_logger("web").info("after")
        return PlainTextResponse("")

    server = WebServer(Starlette(routes=[Route("/", page)]), "127.0.0.1", 0)
    url = f"http://127.0.0.1:{await server.start()}"
    async with AsyncClient(base_url=url, timeout=PATIENCE) as client:
        await asyncio.gather(client.get("/"), client.get("/"))
    await server.stop()
    numbers = [line["request"] for line in said(logs) if line["event"] in ("before", "after")]
    assert sorted(map(numbers.count, set(numbers))) == [2, 2]


async def test_what_one_task_is_about_is_not_said_of_another(
    logs: StringIO,
) -> None:
    mark(job="messenger")

    async def about(update: int) -> None:
        mark(update=update)
        await asyncio.sleep(0)
        structlog.get_logger("inbox").info("handled", number=update)

    await asyncio.gather(*map(about, range(3)))
    structlog.get_logger("inbox").info("outside")
    *lines, outside = said(logs)
    assert all(line["update"] == line["number"] for line in lines)
    assert not any("job" in line for line in lines)
    assert "update" not in outside
    assert outside["job"] == "messenger"


def answers(_request: Asked) -> Response:
    return Response(200)


async def test_no_address_that_is_asked_is_logged(logs: StringIO) -> None:
    async with AsyncClient(transport=MockTransport(answers)) as client:
        await client.get("https://id.example.org/secret")
    assert said(logs) == []
