"""How heavy and how slow the page is: a question's page beside a bare page of the same server.

Prints figures and judges nothing: they depend on the machine.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from httpx import AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.access.links import new_link
from bot.web import WebServer, build_app
from bot.web.interview.rendering import style
from storage.people.links import Purpose
from tests.benchmarks.figure import Figure
from tests.bot.stage import Stage, copied, made_database

ROUNDS = 200
LOCAL = "http://127.0.0.1"
MOST_BYTES = 50_000
FIRST = 10
"""So many of them are left out."""
GOAL = 2.5
"""The page of a question should take at most this many times as long as a bare page."""


def measure(rounds: int = ROUNDS) -> dict[str, Figure]:
    """Bytes of the heaviest page and milliseconds (medians) of a question's and a bare page."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measured(Path(folder), rounds))


async def _measured(folder: Path, rounds: int) -> dict[str, Figure]:
    stage = Stage(copied(made_database(folder / "made.sqlite3"), folder / "office.sqlite3"), {})
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start", "Same job")
    enrolment = ada.enrolments["IPR-OC-2017"].id
    secret = await stage.application.transactions.write(
        new_link, enrolment, Purpose.INTERVIEW, stage.now
    )
    # A bare page of another server, without our guards, with a text as long as a question's page.
    bare = WebServer(_bare(), "127.0.0.1", 0)
    page = WebServer(build_app(stage.application.pages, LOCAL), "127.0.0.1", 0, ("127.0.0.1",))
    try:
        async with AsyncClient() as client:
            hello = f"{LOCAL}:{await bare.start()}/"
            link = f"{LOCAL}:{await page.start()}/q/{secret}"
            (bare_ms, bare_work), (page_ms, page_work) = await _medians(
                client, rounds, hello, link
            )
            question, answers = await client.get(link), await client.get(f"{link}?show=answers")
    finally:
        await page.stop()
        await bare.stop()
        stage.close()
    weight = max(len(question.content), len(answers.content)) + len(style())
    times, work = round(page_ms / bare_ms, 2), round(page_work / bare_work, 2)
    return {
        "page": Figure(weight, "bytes", f"under {MOST_BYTES}", weight < MOST_BYTES),
        "question": Figure(page_ms, "ms"),
        "bare_page": Figure(bare_ms, "ms"),
        "times_bare": Figure(times, "times", f"at most {GOAL}", times <= GOAL),
        "times_bare, processor time": Figure(work, "times", f"at most {GOAL}", work <= GOAL),
    }


def _bare() -> Starlette:
    async def hello(_request: Request) -> Response:
        return HTMLResponse("<!doctype html><title>Hello</title><p>Hello" + "." * 3000)

    return Starlette(routes=[Route("/", hello)])


async def _medians(client: AsyncClient, rounds: int, *urls: str) -> list[tuple[float, float]]:
    """Median milliseconds of one request to each, by the clock and of the processor.

    They are asked in turn, so that what else the machine does meets all of them alike. By the
    clock a page also waits for its reading thread to get its turn: on a busy machine the
    processor's time tells more. The first requests are left out.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in urls]
    for _ in range(rounds):
        for url, times in zip(urls, taken, strict=True):
            clock, processor = time.perf_counter(), time.process_time()
            answer = await client.get(url)
            times.append((time.perf_counter() - clock, time.process_time() - processor))
            assert answer.status_code == 200, answer.status_code
    return [_median_of(times[FIRST:]) for times in taken]


def _median_of(times: list[tuple[float, float]]) -> tuple[float, float]:
    clock, processor = zip(*times, strict=True)
    return round(1000 * statistics.median(clock), 2), round(1000 * statistics.median(processor), 2)
