"""One load: officers answer questions in the chat over HTTP, or on the page, until the time is over.

Everything runs in this process but the database: the bot, the page, the stand-in of the messenger
and the people. The messenger's own limit is switched off. Each officer waits for the next question
before the next tap; what was shown after a tap counts as confirmed.
"""

import asyncio
import os
import re
import time
from dataclasses import dataclass, field
from statistics import quantiles

from httpx import AsyncClient
from sqlalchemy import Connection, select

from bot.channels.base import Channel
from bot.channels.telegram import build_application
from bot.channels.web import WebServer, build_app
from bot.talks.links import new_link
from bot.wiring import House, build_house
from storage.links import Purpose
from storage.schema import answers
from surveys.authoring import packaged_questionnaire
from tests.benchmarks.crowd import FIRST_CHAT, MORNING, Crowd, crowded
from tests.benchmarks.over_http import UNHURRIED, first_button
from tests.benchmarks.starting import resident
from tests.benchmarks.tap import FIRST, OFFICE
from tests.standin.control import StandIn
from tests.standin.people import Person

ON_THE_PAGE = 5
"""Every fifth officer answers on the page."""
LOCAL = "http://127.0.0.1"
PATIENCE = 60.0
ITEMS = [item.name for item in packaged_questionnaire("M6").items]


@dataclass(frozen=True)
class Load:
    """How many officers begin, evenly over how many seconds."""

    officers: int
    seconds: float


@dataclass
class Soaked:
    """What came of a load. `sure` are answers by case and item that somebody saw confirmed."""

    sure: dict[tuple[int, str], str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
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


async def soak(url: str, load: Load) -> Soaked:
    """Run a load on a new database and compare what was confirmed with what is stored."""
    channels: dict[str, Channel] = {}
    database = crowded(url, Crowd(load.officers, begun=True))
    house = build_house(database, OFFICE, channels, lambda: MORNING)
    page = WebServer(build_app(house.pages, LOCAL), "127.0.0.1", 0)
    found = Soaked()
    with StandIn() as tg:
        tg.limits(None, None)
        bot = build_application(tg.token, house.reception, base_url=tg.base_url, timing=UNHURRIED)
        channels["telegram"] = bot.channel
        await bot.start()
        try:
            address = f"{LOCAL}:{await page.start()}"
            async with AsyncClient(base_url=address, timeout=PATIENCE) as browser:
                await _all(house, tg, browser, load, found)
        finally:
            await page.stop()
            await bot.stop()
        stored = await house.memory.read(_stored)
        found.lost = sum(stored.get(place) != value for place, value in found.sure.items())
        house.memory.close()
    return found


async def _all(house: House, tg: StandIn, browser: AsyncClient, load: Load, found: Soaked) -> None:
    found.memory.append(resident(os.getpid()))
    gap = load.seconds / load.officers
    begun = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for case in range(1, load.officers + 1):
            await asyncio.sleep(max(0.0, begun + case * gap - time.monotonic()))
            if case % ON_THE_PAGE == 0:
                secret = await house.memory.transact(new_link, case, Purpose.INTERVIEW, MORNING)
                group.create_task(_on_the_page(browser, secret, case, found))
            else:
                person = tg.person(FIRST_CHAT + case, started=True)
                group.create_task(_in_the_chat(tg, person, case, found))
            if case == load.officers // 2:
                found.memory.append(resident(os.getpid()))
    found.memory.append(resident(os.getpid()))


async def _in_the_chat(tg: StandIn, person: Person, case: int, found: Soaked) -> None:
    """Two taps: the first answer of the first question, and of the next one that is shown."""
    data, message = first_button(case), 1
    for _ in range(2):
        before, tapped = len(person.screen), time.monotonic()
        edits = _edits(person)
        person.taps_data(message, data)

        def answered(before: int = before, edits: int = edits) -> bool:
            return len(person.screen) > before or _edits(person) > edits

        await tg.until(answered, PATIENCE)
        found.waits.append(time.monotonic() - tapped)
        name, value = _meant(data)
        found.sure[case, name] = value
        shown = person.screen[-1]
        message = shown.message_id
        picks = [cell.data for row in shown.buttons for cell in row if cell.data.startswith("1p")]
        if not picks:
            return
        data = picks[0]


def _edits(person: Person) -> int:
    return sum(message.edited for message in person.screen)


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


def _stored(connection: Connection) -> dict[tuple[int, str], str]:
    rows = connection.execute(select(answers.c.case_id, answers.c.item, answers.c.value))
    return {(row.case_id, row.item): row.value for row in rows}
