"""One load: officers answer questions in the chat over HTTP, or on the page, until the time is over.

The bot with its page is a process of its own; the stand-in of the messenger and the people are in
this one. The messenger's own limit is switched off. Each officer waits for the next question before
the next tap; what was shown after a tap counts as confirmed.
"""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from httpx import AsyncClient
from sqlalchemy import Connection, select

from bot.access.links import new_link
from storage.people.links import Purpose
from storage.schema import answers
from surveys.authoring.packaged import packaged_questionnaire
from tests.benchmarks.crowd import FIRST_CHAT, MORNING, Crowd, crowded
from tests.benchmarks.over_http import first_button
from tests.benchmarks.resting import resident
from tests.benchmarks.tap import FIRST
from tests.process.starting import surroundings
from tests.soak.serving import LOCAL
from tests.standin.calls import Message
from tests.standin.control import StandIn
from tests.standin.people import Person

ON_THE_PAGE = 5
"""Every fifth officer answers on the page."""
PATIENCE = 60.0
"""Who has waited so long, in seconds, was not answered."""
TAPS_AGAIN = 20.0
"""Seconds after which a tap that shows nothing is repeated, once."""
ITEMS = [item.name for item in packaged_questionnaire("M6").items]


@dataclass(frozen=True)
class Load:
    """So many officers begin in each minute, evenly over so many seconds of it, for some minutes.

    In the chat they give so many answers each, on the page one.
    """

    officers: int
    seconds: float
    minutes: int = 1
    answers: int = 1

    @property
    def everybody(self) -> int:
        return self.officers * self.minutes


@dataclass
class Soaked:
    """What came of a load. `sure` are answers by case and item that somebody saw confirmed."""

    sure: dict[tuple[int, str], str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    transactions: list[float] = field(default_factory=list)
    """Megabytes of the bot's process: before, and at the end of each minute."""
    processor: float = 0.0
    """Seconds of processor time of the bot's process, from before the first tap."""
    unanswered: int = 0
    lost: int = 0

    @property
    def confirmed(self) -> int:
        return len(self.sure)

    @property
    def p95(self) -> float:
        return quantiles(self.waits, n=20)[-1]

    @property
    def slowest(self) -> float:
        return max(self.waits)

    @property
    def growth(self) -> float:
        """Memory at the end to that after the first minute, when everything is loaded."""
        return self.transactions[-1] / self.transactions[1]


@dataclass
class Reader:
    """An officer's phone: its chat, and whether something new is on it."""

    person: Person
    news: asyncio.Event

    @classmethod
    def of(cls, tg: StandIn, case: int) -> "Reader":
        loop, news = asyncio.get_running_loop(), asyncio.Event()
        person = tg.person(FIRST_CHAT + case, started=True)

        def wake() -> None:
            loop.call_soon_threadsafe(news.set)

        person.watch(wake)
        return cls(person, news)

    async def taps(self, message: int, data: str) -> Message:
        """What is shown after a tap, or after a second one. Raises TimeoutError."""
        self.news.clear()
        self.person.taps_data(message, data)
        try:
            await asyncio.wait_for(self.news.wait(), TAPS_AGAIN)
        except TimeoutError:
            # A reply that was swallowed does not come; people tap again.
            self.person.taps_data(message, data)
            await asyncio.wait_for(self.news.wait(), PATIENCE - TAPS_AGAIN)
        return self.person.screen[-1]


def soak(url: str, load: Load) -> Soaked:
    """Run a load on a new database and compare what was confirmed with what is stored."""
    database = crowded(url, Crowd(load.everybody, begun=True))
    secrets = database.run(_links, load)
    found = Soaked()
    with StandIn() as tg:
        tg.limits(None, None)
        with _served(url, tg) as (process, port):
            asyncio.run(_all(tg, f"{LOCAL}:{port}", process, Tapping(load, secrets, found)))
    stored = database.run(stored_answers)
    database.close()
    found.lost = sum(stored.get(place) != value for place, value in found.sure.items())
    return found


@contextmanager
def _served(url: str, tg: StandIn) -> Iterator[tuple[int, int]]:
    """The process of the bot, and the port of its page; it ends as one that is told to stop."""
    command = [sys.executable, "-m", "tests.soak.serving", url, tg.token, tg.base_url]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=surroundings(), text=True, stdin=pipe, stdout=pipe
    ) as child:
        assert child.stdin and child.stdout
        yield child.pid, int(child.stdout.readline())
        child.stdin.close()
        assert child.wait(PATIENCE) == 0


@dataclass(frozen=True)
class Tapping:
    """What the people of a load share: who answers on the page by which secret, and what came."""

    load: Load
    secrets: dict[int, str]
    found: Soaked


def processor_time(process: int) -> float:
    """The seconds that a process was at work so far, in all its threads (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _all(tg: StandIn, address: str, process: int, work: Tapping) -> None:
    load, found = work.load, work.found
    found.transactions.append(resident(process))
    used, begun = processor_time(process), time.monotonic()
    async with (
        AsyncClient(base_url=address, timeout=PATIENCE) as browser,
        asyncio.TaskGroup() as group,
    ):
        for case in range(1, load.everybody + 1):
            minute, place = divmod(case - 1, load.officers)
            due = begun + minute * 60 + place * load.seconds / load.officers
            if place == 0 and minute:
                found.transactions.append(resident(process))
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if case in work.secrets:
                group.create_task(_on_the_page(browser, work.secrets[case], case, found))
            else:
                group.create_task(in_the_chat(Reader.of(tg, case), case, work))
    found.transactions.append(resident(process))
    found.processor = processor_time(process) - used


async def in_the_chat(reader: Reader, case: int, work: Tapping) -> None:
    """Taps on the first answer of the first question, and of those that are shown next."""
    data, message, found = first_button(case), 1, work.found
    for _ in range(work.load.answers):
        tapped = time.monotonic()
        try:
            shown = await reader.taps(message, data)
        except TimeoutError:
            found.unanswered += 1
            return
        found.waits.append(time.monotonic() - tapped)
        name, value = _meant(data)
        found.sure[case, name] = value
        shown_data = (cell.data or "" for row in shown.buttons for cell in row)
        picks = [one for one in shown_data if one.startswith("1p")]
        if not picks:
            return
        data, message = picks[0], shown.message_id


def _meant(data: str) -> tuple[str, str]:
    """Item and code of a button of an answer."""
    _, place, choice = (int(number, 36) for number in data[2:].split("."))
    questionnaire = packaged_questionnaire("M6")
    item = questionnaire.items[place]
    return item.name, questionnaire.options(item)[choice].name


async def _on_the_page(browser: AsyncClient, secret: str, case: int, found: Soaked) -> None:
    """The first question on the page: the form is sent as a browser sends it."""
    begun = time.monotonic()
    shown = await browser.get(f"/q/{secret}")
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown.text))
    choice = re.search(r'type="radio" name="([^"]+)" value="([^"]+)"', shown.text)
    assert choice, "the page must ask the first question"
    form[choice[1]] = choice[2]
    sent = await browser.post(f"/q/{secret}", data=form, headers={"Origin": LOCAL})
    assert sent.status_code == 303, sent.status_code
    found.waits.append(time.monotonic() - begun)
    found.sure[case, ITEMS[FIRST]] = choice[2]


def _links(connection: Connection, load: Load) -> dict[int, str]:
    """The secret of the page by case, for every fifth officer."""
    return {
        case: new_link(connection, case, Purpose.INTERVIEW, MORNING)
        for case in range(ON_THE_PAGE, load.everybody + 1, ON_THE_PAGE)
    }


def stored_answers(connection: Connection) -> dict[tuple[int, str], str]:
    rows = connection.execute(select(answers.c.case_id, answers.c.item, answers.c.value))
    return {(row.case_id, row.item): row.value for row in rows}
