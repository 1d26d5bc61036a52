"""followup demo."""

import asyncio
import gc
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.cli.common import Json, fail
from bot.cli.printing import show as show_result
from bot.cli.printing import table
from bot.wording.days import day_words

PORT = 8080

if TYPE_CHECKING:
    from bot.demo.summary import Summary


def demo(
    out: Annotated[Path, typer.Option("--out", help="The folder to write into.")] = Path(
        "demo-out"
    ),
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same year.")] = 2017,
    serve: Annotated[
        bool,
        typer.Option("--serve", help="Only serve web page and desk, in the middle of the year."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Play the year after the workshops of 2017, with invented people and no network."""
    from bot.demo import show
    from bot.demo.comparing import HEADING
    from bot.demo.year import ENDS

    # What is loaded by now stays: to look for garbage in it takes a sixth of the time.
    gc.freeze()
    gc.set_threshold(50_000)
    if serve:
        _check_port()
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(out, seed))
        return
    with _bar() as bar:
        show.read_libraries()
        summary = show.live_a_year(out, seed, _days(bar, ENDS))
        drawing = bar.add_task("reports", total=1 + len(show.wanted_reports(out)))
        show.write_reports(out, lambda: bar.advance(drawing))
        show.write_office_chat(out)
        bar.advance(drawing)
        beside = show.beside_truth(out, seed)
    lines = [
        "",
        "From the chat of an invented officer, six months after the workshop:",
        "",
        *show.excerpt(out),
        "  …",
        "",
        *_counted(summary),
        "",
        "The people are invented, so the truth is known. By delegation (docs/how-far-to-trust.md):",
        "",
        *table(HEADING, [one.row for one in beside]),
        "",
        f"Look at {out}/reports/all-CONFIDENTIAL.pdf, {out}/transcript.txt and {out}/summary.json",
        f"How a manager asks for a report in chat: {out}/office-chat.txt",
        "To answer on the web page yourself, and to see the desk: followup demo --serve",
    ]
    show_result({**asdict(summary), "truth": beside}, lines, as_json)


def _bar() -> Progress:
    columns = (TextColumn("{task.description:24}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True))


def _days(bar: Progress, until: datetime) -> Callable[[datetime], None]:
    """Return what shows each new day of the year."""
    from bot.demo.year import BEGINS

    task = bar.add_task("the year", total=(until - BEGINS).days)

    def day(now: datetime) -> None:
        bar.update(task, completed=(now - BEGINS).days, description=day_words(now))

    return day


def _check_port() -> None:
    """End with words if the port is taken: the year until June takes minutes."""
    try:
        socket.create_server(("127.0.0.1", PORT)).close()
    except OSError as error:
        fail(
            f"Port {PORT} cannot be opened: {os.strerror(error.errno or 0)}. Perhaps it runs already."
        )


async def _serve(out: Path, seed: int) -> None:
    """Live to the middle of the year, then serve the page until Ctrl-C."""
    from bot.demo.serving import SERVED_ON, begun, served

    year = begun(out, seed)
    try:
        with _bar() as bar:
            await year.run(_days(bar, SERVED_ON), SERVED_ON)
        async with served(year, PORT) as links:
            typer.echo(f"It is {day_words(year.now)}. Open these links in a browser.")
            typer.echo(f"The page of a participant: {links.participant}")
            typer.echo(f"The desk of an organiser:  {links.desk}")
            typer.echo("All people are invented. Ctrl-C ends it.")
            await asyncio.Event().wait()
    finally:
        year.close()


def _counted(summary: "Summary") -> list[str]:
    """Return the year in numbers."""
    from bot.wording.counts import counted

    enrolments = counted(sum(summary.enrolments.values()), "enrolment")
    lines = [
        f"{counted(summary.workshops, 'workshop')}, {enrolments},",
        f"{counted(summary.cases, 'case')}, {counted(summary.answers, 'answer')}.",
        "Dispositions by wave:",
    ]
    for wave, found in summary.dispositions_by_wave.items():
        parts = ", ".join(f"{name} {number}" for name, number in found.items())
        number = summary.cases_by_wave[wave]
        lines.append(f"  {wave:6}{number:4} {'case' if number == 1 else 'cases'}: {parts}")
    return lines
