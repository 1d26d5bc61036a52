"""Invitations against a messenger that allows 30 a second and 1 a second for each chat.

The stand-in refuses what is too fast, as the real one does. Meanwhile people tap.
"""

import asyncio
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles

from sqlalchemy import Connection

from bot.channels.telegram import build_telegram
from bot.desk.waves import acts
from bot.messaging.messages import Channel
from bot.runtime.opening import open_database
from bot.service.wiring import build_application
from bot.settings.config import Settings
from storage.fieldwork.workshops import put_workshop
from storage.people.addresses import add_address
from storage.people.enrolments import NewEnrolment, enrol, set_consent
from storage.people.participants import NewParticipant, add_participant
from surveys.workshop import Workshop
from tests.benchmarks.figure import Figure
from tests.standin.control import StandIn
from tests.standin.people import Person

PEOPLE = 180
ALLOWED = 30
ENDED = date(2018, 2, 9)
OPENED = datetime(2018, 8, 8, 20, tzinfo=UTC)
DUE = datetime(2018, 8, 8, 23, 29, tzinfo=UTC)
"""The end of the daily window in Fiji: everybody is due."""
FIRST_CHAT = 100_000
TAP_EVERY = 0.4


def measure(number: int = PEOPLE) -> dict[str, Figure]:
    """The pace of sending, refusals, and how long a tap waits for its question meanwhile."""
    with tempfile.TemporaryDirectory() as folder, StandIn() as tg:
        tg.limits(per_second=ALLOWED, per_chat_per_second=1)
        chats = range(FIRST_CHAT, FIRST_CHAT + number)
        people = {chat: tg.person(chat, started=True) for chat in chats}
        waits = asyncio.run(_send(tg, Path(folder), people))
        sent = [call for call in tg.calls("sendMessage") if call.accepted]
        refused = sum(call.outcome == "429" for call in tg.calls())
        took = sent[-1].at - sent[0].at
        # A card that is edited for a tap takes one of the allowed messages too.
        edited = [one for one in tg.calls("editMessageText") if sent[0].at < one.at < sent[-1].at]
        rate = (len(sent) - 1 + len(edited)) / took
    late = quantiles(waits, n=20)[-1]
    least = 0.95 * ALLOWED
    return {
        "invitations sent": Figure(len(sent), "messages", f"{number}", len(sent) == number),
        "invitations": Figure((len(sent) - 1) / took, "a second"),
        "pace with the cards of taps": Figure(
            rate, "a second", f"at least {least}", rate >= least
        ),
        "refused as too fast (429)": Figure(refused, "calls", "0", refused == 0),
        "tap to question, 95 % of taps": Figure(late, "seconds", "under 1", late < 1),
        "tap to question, slowest": Figure(max(waits), "seconds"),
        "taps meanwhile": Figure(len(waits), "taps"),
    }


async def _send(tg: StandIn, folder: Path, people: dict[int, Person]) -> list[float]:
    """One round that invites everybody, with taps meanwhile; their waits in seconds."""
    settings = Settings(database=f"sqlite:///{folder / 'bench.sqlite3'}")
    channels: dict[str, Channel] = {}
    application = build_application(
        open_database(settings, OPENED), settings.office_of(), channels, lambda: DUE
    )
    application.transactions.database.run(_people, len(people))
    application.transactions.database.run(
        acts.open_wave, application.office, "BENCH", "M6", OPENED
    )
    bot = build_telegram(tg.token, application.reception, application.inbox, base_url=tg.base_url)
    channels["telegram"] = bot.channel
    await bot.start()
    try:
        tapping = asyncio.create_task(_tap(tg, people))
        await application.rounds.tick()
        return await tapping
    finally:
        await bot.stop()
        application.transactions.close()


def _people(connection: Connection, people: int) -> None:
    starts = ENDED - timedelta(days=4)
    put_workshop(connection, Workshop("BENCH", "Risk", "regional", starts, ENDED, "Suva", "FJ"))
    for number in range(people):
        person = add_participant(connection, NewParticipant(f"P-{number}", f"Officer {number}"))
        add_address(connection, person.id, "telegram", str(FIRST_CHAT + number), OPENED)
        enrolment = enrol(connection, NewEnrolment("BENCH", person.id, "FJ"), OPENED)
        set_consent(connection, enrolment.id, 1, OPENED)


async def _tap(tg: StandIn, people: dict[int, Person]) -> list[float]:
    """Somebody who was invited taps Start, every little while until all are invited."""
    tapped: dict[int, float] = {}
    while True:
        await asyncio.sleep(TAP_EVERY)
        invited = [call.chat_id for call in tg.accepted() if call.chat_id not in tapped]
        if len(invited) + len(tapped) >= len(people):
            break
        if invited and invited[0] is not None:
            tapped[invited[0]] = time.monotonic()
            people[invited[0]].taps("Start")
    await tg.until(lambda: len(_answered(tg)) == len(tapped), timeout=30)
    answered = _answered(tg)
    return [answered[chat] - at for chat, at in tapped.items()]


def _answered(tg: StandIn) -> dict[int, float]:
    calls = tg.calls("editMessageText")
    return {call.chat_id: call.at for call in calls if call.outcome == "ok" and call.chat_id}
