"""kill -9 of the real process at random moments of a wave, over real HTTP, then a quiet end."""

import asyncio
import random
from collections import Counter
from pathlib import Path

from bot.desk.waves import acts
from bot.runtime.clock import utc_now
from bot.settings.reading import read_settings
from storage.database import Database
from storage.operations.upgrading import prepare
from tests.process.conftest import join
from tests.process.harness import WORKSHOP, Office, Process, invited, make_office, people_of
from tests.standin.control import StandIn
from tests.standin.faults import Fault
from tests.standin.people import Person
from tests.torture.figures import Figures
from tests.torture.schedule import MADE_AT, clean
from tests.two_minutes import pass_two_minutes

LONG = 120.0
"""Seconds to wait for a process: two of them start at the same time here."""


def kill_some(folder: Path, url: str, seed: int, times: int) -> Figures:
    """So many schedules, each on the same office as it was before its wave was sent.

    `url` is an empty database of PostgreSQL, or '' for a SQLite file in the folder.
    """
    folder.mkdir()
    office = make_office(folder)
    asyncio.run(join(office, office.joined))
    if url:
        database = Database(url)
        prepare(database, MADE_AT)
        database.close()
        office = office.moved_to(url)
    total = Figures()
    for one in range(seed, seed + times):
        _opened_anew(office)
        with StandIn() as tg:
            office.points_to(tg)
            total.add(_killed(office, tg, random.Random(one)))
    return total


def _opened_anew(office: Office) -> None:
    """Nothing was asked before, and the wave is open."""
    here = read_settings(office.config).office_of()
    database = office.opened()
    database.run(clean)
    database.run(acts.open_wave, here, WORKSHOP, "M6", utc_now())
    pass_two_minutes(database)


def _killed(office: Office, tg: StandIn, chance: random.Random) -> Figures:
    """One or two kills while messages leave and two people begin to answer."""
    chats = people_of(office, tg)
    people = [chats[one.chat] for one in office.joined[:2]]
    tg.faults.add(Fault.reset_after(method="sendMessage", skip=chance.randint(0, 9)))
    tg.faults.add(Fault.garbage(method="sendMessage", skip=chance.randint(0, 9)))
    tg.faults.add(Fault.slow(0.5, method="sendMessage", times=None))
    kills = chance.randint(1, 2)
    for _ in range(kills):
        _killed_after(Process(office, tg, whole=True), chance.randint(1, 14), people)
    tg.faults.clear()
    last = Process(office, tg, whole=True)
    last.until(lambda: last.ticks() >= 2 and tg.pending == 0, LONG)
    answered = {person.id for person in people if _answers(last, person)}
    assert last.stop() == 0
    return _counted(office, tg, kills, answered)


def _killed_after(process: Process, messages: int, people: list[Person]) -> None:
    """One process until so many more messages were asked for, or a round has ended."""
    wanted = len(process.tg.calls("sendMessage")) + messages
    process.until(lambda: len(process.tg.calls("sendMessage")) >= wanted or process.ticks(), LONG)
    for person in people:
        _starts(person)
    process.kill()


def _starts(person: Person) -> None:
    if person.screen and "Start" in person.last.labels:
        person.taps("Start")


def _answers(process: Process, person: Person) -> bool:
    """Whether somebody who was invited has seen that the first answer was taken."""
    if not person.screen:
        return False
    _starts(person)
    process.until(lambda: person.last.text.startswith("Question 1"))
    person.taps("1. Same job")
    process.until(lambda: "Question 2" in person.last.text)
    return True


def _counted(office: Office, tg: StandIn, kills: int, answered: set[int]) -> Figures:
    outcomes = office.outcomes()
    ended = Counter(outcome for one in outcomes.values() for outcome in one)
    new = invited(tg, office)
    sent = {chat for chat, found in outcomes.items() if "sent" in found}
    stored = {one.chat: office.answers(one) for one in office.joined if one.chat in answered}
    return Figures(
        schedules=1,
        crashes=kills,
        killed=kills,
        invitations=len(new),
        confirmed=len(answered),
        unknown=ended["unknown"],
        duplicates=sum(number - 1 for number in new.values()),
        lost_answers=sum(found != {"job": "same"} for found in stored.values()),
        never_contacted=len({one.chat for one in office.joined} - outcomes.keys()),
        said_sent_and_was_not=len(sent - new.keys()),
    )
