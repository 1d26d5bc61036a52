"""Offices to start from: one where people have joined, and one where a wave has opened as well."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messaging.messages import Commanded, Sender, Tapped
from bot.runtime.clock import utc_now
from bot.runtime.opening import open_database
from bot.service.wiring import build_application
from bot.settings.reading import read_settings
from storage.office.staff import StaffRole
from tests.process.harness import (
    EVA,
    FAY,
    Office,
    Officer,
    Process,
    Run,
    make_office,
    office_in,
    people_of,
)
from tests.shared import made_once
from tests.staff import employ
from tests.standin.control import StandIn
from tests.standin.fixtures import telegram_standin
from tests.standin.people import Person

__all__ = ["telegram_standin"]


@pytest.fixture
def tg(telegram_standin: StandIn) -> StandIn:
    return telegram_standin


@pytest.fixture(scope="session")
def joined_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose people have joined and agreed; its workshop has no open wave."""

    def make(folder: Path) -> None:
        office = make_office(folder)
        asyncio.run(join(office, office.joined))

    return office_in(made_once(tmp_path_factory, "joined", make))


@pytest.fixture(scope="session")
def opened_office(joined_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The same, with M6 opened on the command line and not yet sent."""

    def make(folder: Path) -> None:
        joined_office.copied_to(folder).opens("M6")

    return office_in(made_once(tmp_path_factory, "opened", make))


async def join(office: Office, officers: list[Officer]) -> None:
    """These people follow their links and agree."""
    settings = read_settings(office.config)
    database = open_database(settings, utc_now())
    for chat in (EVA, FAY):
        database.run(employ, ("telegram", str(chat)), StaffRole.ORGANISER, utc_now())
    application = build_application(database, settings.office_of(), {})
    for officer in officers:
        sender = Sender("telegram", str(officer.chat), "en")
        reply = await application.reception.receive(Commanded(sender, "start", officer.code))
        agree = next(
            button
            for row in reply.says[-1].card.rows
            for button in row
            if button.text == "I agree"
        )
        await application.reception.receive(Tapped(sender, agree.token))
    application.transactions.close()


@pytest.fixture
def quiet(joined_office: Office, tmp_path: Path, tg: StandIn) -> Office:
    """An office of this test where no wave is open."""
    office = joined_office.copied_to(tmp_path)
    office.points_to(tg)
    return office


@pytest.fixture
def busy(opened_office: Office, tmp_path: Path, tg: StandIn) -> Office:
    """An office of this test where a wave is open and everybody is due."""
    office = opened_office.copied_to(tmp_path)
    office.points_to(tg)
    return office


@pytest.fixture
def run(tg: StandIn) -> Iterator[Run]:
    """Starts processes, and ends them after the test whatever happened."""
    begun: list[Process] = []

    def start(office: Office, *, whole: bool = False) -> Process:
        begun.append(Process(office, tg, whole=whole))
        return begun[-1]

    yield start
    for process in begun:
        if process.popen.poll() is None:
            process.kill()


@pytest.fixture
def chats(joined_office: Office, tg: StandIn) -> dict[int, Person]:
    """The accounts of all officers by chat, and of the organisers."""
    return people_of(joined_office, tg)
