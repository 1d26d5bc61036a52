"""Jobs by the clock: they repeat, have a time limit, and hold no other back."""

import asyncio
from collections import Counter

import pytest

from bot.service.jobs import Job
from tests.patience import PATIENCE


async def reached(counts: Counter[str], name: str, number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while counts[name] < number:
            await asyncio.sleep(0.005)


async def test_a_job_that_fails_or_hangs_is_run_again_and_holds_no_other_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts: Counter[str] = Counter()

    async def fails() -> None:
        counts["fails"] += 1
        raise ValueError("secret words")

    async def hangs() -> None:
        counts["hangs"] += 1
        await asyncio.Event().wait()

    async def works() -> None:
        counts["works"] += 1

    jobs = [Job("a", fails, 0.05, 1), Job("b", hangs, 0.05, 0.1), Job("c", works, 0.05, None)]
    for job in jobs:
        job.start()
    for name in ("fails", "hangs", "works"):
        await reached(counts, name, 2)
    await asyncio.gather(*(job.end() for job in jobs))
    logged = capsys.readouterr().out
    assert "job_failed" in logged
    assert "job_timed_out" in logged
    assert "secret words" not in logged


async def test_an_end_waits_for_the_step_in_progress() -> None:
    counts: Counter[str] = Counter()

    async def step() -> None:
        counts["begun"] += 1
        await asyncio.sleep(0.1)
        counts["done"] += 1

    job = Job("step", step, 60, None)
    job.start()
    await reached(counts, "begun", 1)
    await job.end()
    assert counts["done"] == 1


async def test_a_job_can_be_run_before_its_time() -> None:
    counts: Counter[str] = Counter()

    async def works() -> None:
        counts["works"] += 1

    job = Job("works", works, 3600, None)
    job.start()
    await reached(counts, "works", 1)
    job.soon()
    await reached(counts, "works", 2)
    await job.end()
    job.soon()
    assert counts["works"] == 2


async def test_what_is_asked_for_while_a_job_runs_is_done_after_it() -> None:
    counts: Counter[str] = Counter()
    goes_on = asyncio.Event()

    async def works() -> None:
        counts["begun"] += 1
        await goes_on.wait()

    job = Job("works", works, 3600, None)
    job.start()
    await reached(counts, "begun", 1)
    job.soon()
    job.soon()
    goes_on.set()
    await reached(counts, "begun", 2)
    await job.end()
    assert counts["begun"] == 2
