"""How fast the messenger's queue sends beside a mail server that is mute, or takes a letter a second."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, update

from bot.messaging.messages import Card, Channel, File, Leave, check_time
from bot.outbox.round_summary import RoundSummary
from bot.service.wiring import build_application
from bot.settings.office import Office
from storage.fieldwork.next_contact import Rules
from storage.schema import addresses, cases
from surveys.planning.plans_file import packaged_plans
from tests.benchmarks.crowd import LATE_MORNING, OPENED, Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.idle import Quick
from tests.benchmarks.worlds import copy_of_crowd

CHATS, LETTERS = 100, 20
GOAL = 0.8
OFFICE = Office(
    Rules(packaged_plans(), ("telegram", "email")), public_url="https://followup.example.org"
)
Pause = Callable[[], Awaitable[object]]


class Mail:
    """A mail server that waits before it takes a letter."""

    name = "email"

    def __init__(self, pause: Pause) -> None:
        self._pause = pause

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        await check_time(leave)
        await self._pause()
        return "1"

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        return await self.send(identifier, card)


SERVERS: dict[str, Pause] = {
    "a mute mail server": lambda: asyncio.Event().wait(),
    "letters at one a second": lambda: asyncio.sleep(1),
}


def measure(chats: int = CHATS, letters: int = LETTERS) -> dict[str, Figure]:
    """Messages a second without letters, and the ratio with each mail server."""
    alone = asyncio.run(_rate(None, chats, letters))
    found = {"messages, no letters": Figure(alone, "a second")}
    for name, pause in SERVERS.items():
        ratio = asyncio.run(_rate(Mail(pause), chats, letters)) / alone
        found[f"messages beside {name}"] = Figure(
            ratio, "times", f"at least {GOAL}", ratio >= GOAL
        )
    return found


async def _rate(mail: Mail | None, chats: int, letters: int) -> float:
    """Messages a second through the messenger; letters that are left at the end are cut off."""
    with TemporaryDirectory() as folder:
        database = copy_of_crowd(Path(folder), "mail", Crowd(chats + letters))
        database.run(_due, chats)
        channels: dict[str, Channel] = {"telegram": Quick()}
        if mail is not None:
            channels["email"] = mail
        application = build_application(database, OFFICE, channels, lambda: LATE_MORNING)
        await application.rounds.recover()
        outbox, summary = application.rounds.outbox, RoundSummary()
        posting = asyncio.ensure_future(outbox.send_through("email", RoundSummary()))
        begun = time.perf_counter()
        await outbox.send_through("telegram", summary)
        taken = time.perf_counter() - begun
        posting.cancel()
        await asyncio.wait({posting})
        application.transactions.close()
    return summary.outcomes["invitation_sent"] / taken


def _due(connection: Connection, chats: int) -> None:
    """Everybody is due, the last ones by letter."""
    mail = addresses.c.participant_id > chats
    letter = addresses.c.identifier + "@example.org"
    connection.execute(update(addresses).where(mail).values(channel="email", identifier=letter))
    for channel, these in (("telegram", cases.c.id <= chats), ("email", cases.c.id > chats)):
        due = {"next_contact_at": OPENED, "next_contact_channel": channel}
        connection.execute(update(cases).where(these).values(due))
