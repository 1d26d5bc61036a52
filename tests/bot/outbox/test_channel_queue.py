"""The queues of channels: one that is mute holds up no other; a stop leaves nothing claimed."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bot.messaging.messages import Card, Leave, check_time
from bot.outbox.claiming import Batch, claim_batch
from bot.outbox.round_summary import RoundSummary
from bot.outbox.sending import SendingContext
from storage.database import Database
from storage.fieldwork.claims import set_leaving
from storage.fieldwork.due_contacts import count_due_by_channel
from tests.bot.fieldwork_world import BOSS, NETWORK, Notebook, World, utc
from tests.listening import statements_of
from tests.patience import PATIENCE

MORNING = utc("2018-08-08T23:29")


class Mute(Notebook):
    """A channel whose server takes a connection and says nothing; `let_go` ends that."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.let_go = asyncio.Event()
        self.leaves = True

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        if identifier == BOSS:
            return "0"
        if self.leaves:
            await check_time(leave)
        self.calls += 1
        await self.let_go.wait()
        return await super().send(identifier, card, replace, None)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = World(database)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.close()


async def due(world: World, chats: int, letters: int = 0) -> None:
    """Enrol people and go to the morning on which all of them are due."""
    for number in range(chats):
        world.enrol(f"p{number:02}")
    for number in range(letters):
        world.enrol(f"m{number:02}", chat="", email=f"m{number:02}@example.org")
    await world.tick(utc("2018-08-08T12:00"))
    world.now = MORNING


def by_outcome(world: World, names: int, prefix: str = "p") -> Counter[tuple[str, str, str]]:
    found = [world.outcomes(f"{prefix}{number:02}") for number in range(names)]
    return Counter(one[0] if one else ("", "due", "") for one in found)


async def started(sending: "asyncio.Future[bool]", begun: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not begun():
            await asyncio.sleep(0.005)
    assert not sending.done()


async def test_a_mute_mail_server_does_not_stop_the_messenger(world: World) -> None:
    mail = Mute("email")
    world.channels["email"] = mail
    await due(world, chats=40, letters=5)
    letters = asyncio.ensure_future(world.rounds.outbox.send_through("email", RoundSummary()))
    await started(letters, lambda: mail.calls >= 2)
    summary = RoundSummary()
    await world.rounds.outbox.send_through("demo", summary)
    assert summary.outcomes == {"invitation_sent": 40}
    # The mail server holds two letters; the others are not claimed and stay due.
    assert world.database.read(count_due_by_channel, MORNING) == {"email": 3}
    mail.let_go.set()
    await letters
    assert by_outcome(world, 5, "m") == {("invitation", "sent", ""): 5}


async def test_a_channel_that_cannot_be_reached_rests_and_claims_nothing(world: World) -> None:
    await due(world, chats=40)
    for number in range(40):
        world.channel.failures[f"p{number:02}"] = [NETWORK]
    await world.rounds.outbox.send_through("demo", RoundSummary())
    tried = world.channel.calls
    assert tried <= 16
    assert world.database.read(count_due_by_channel, MORNING) == {"demo": 40 - tried}
    with statements_of(world.database) as statements:
        await world.rounds.outbox.send_through("demo", RoundSummary())
    assert statements == []


@pytest.mark.parametrize("leaves", [False, True], ids=["waiting", "on its way"])
async def test_a_stop_leaves_nothing_claimed_and_nothing_on_its_way(
    world: World, leaves: bool
) -> None:
    """It takes seconds where messages are on their way: a stop waits for their answers."""
    mute = Mute("demo")
    mute.leaves = leaves
    world.channels["demo"] = mute
    await due(world, chats=40)
    summary = RoundSummary()
    sending = asyncio.ensure_future(world.rounds.outbox.send_through("demo", summary))
    await started(sending, lambda: mute.calls >= 16)
    world.rounds.stop()
    await sending
    lost, waits = ("invitation", "unknown", "interrupted"), ("", "due", "")
    expected = {lost: 16, waits: 24} if leaves else {waits: 40}
    assert by_outcome(world, 40) == expected
    await world.restart()
    await world.tick(MORNING)
    assert len(world.channel.to_people) == (24 if leaves else 40)
    assert max(Counter(world.channel.chats()).values()) == 1


async def test_what_is_on_its_way_when_it_stops_gets_its_outcome(world: World) -> None:
    mute = Mute("demo")
    world.channels["demo"] = mute
    await due(world, chats=20)
    sending = asyncio.ensure_future(world.rounds.outbox.send_through("demo", RoundSummary()))
    await started(sending, lambda: mute.calls >= 16)
    world.rounds.stop()
    mute.let_go.set()
    await sending
    assert by_outcome(world, 20) == {("invitation", "sent", ""): 16, ("", "due", ""): 4}


async def test_after_a_kill_what_waited_is_sent_and_what_was_leaving_never_again(
    world: World,
) -> None:
    await due(world, 12)
    dead = SendingContext(77, "demo")
    claimed = world.database.run(claim_batch, world.office, dead, 12, world.now).contacts
    for contact in claimed[:4]:
        assert world.database.run(set_leaving, contact.claimed.id, dead.process)
    await world.restart()
    await world.tick()
    assert by_outcome(world, 12) == {
        ("invitation", "sent", ""): 8,
        ("invitation", "unknown", "interrupted"): 4,
    }
    await world.until(MORNING + timedelta(days=5))
    # The four get the reminder with all others; nobody is left out.
    assert Counter(Counter(world.channel.chats()).values()) == {2: 8, 1: 4}


async def test_two_processes_share_what_is_due_instead_of_repeating_it(
    world: World, overlapping: Callable[..., tuple[Batch, Batch]]
) -> None:
    await due(world, chats=8)

    def claims(process: int) -> Callable[..., Batch]:
        sending = SendingContext(process, "demo")
        return lambda c: claim_batch(c, world.office, sending, 4, MORNING)

    both = overlapping(claims(1), claims(2))
    cases = [[one.claimed.case_id for one in batch.contacts] for batch in both]
    assert [len(one) for one in cases] == [4, 4]
    assert len({*cases[0], *cases[1]}) == 8


async def test_a_held_round_takes_no_claim_back_by_its_wrong_clock(world: World) -> None:
    mute = Mute("demo")
    mute.leaves = False
    world.channels["demo"] = mute
    await due(world, chats=2)
    sending = asyncio.ensure_future(world.rounds.outbox.send_through("demo", RoundSummary()))
    await started(sending, lambda: mute.calls == 2)
    world.now = MORNING + timedelta(days=243)
    await world.rounds.update_waves(held=True)
    world.now = MORNING
    mute.let_go.set()
    await sending
    assert {outcome for _, outcome, _ in by_outcome(world, 2)} == {"sent"}
