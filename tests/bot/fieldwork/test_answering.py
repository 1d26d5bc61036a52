"""Saving the first step of an interview: whoever answers a message has got it."""

from sqlalchemy import update

from bot.messaging.messages import Sender, Tapped
from storage import schema
from storage.database import Database
from storage.fieldwork.attempts import count_unknown
from surveys.planning.dispositions import Outcome
from tests.bot.fieldwork_world import World, utc


async def test_a_tap_on_a_message_of_unknown_outcome_makes_it_delivered(
    office_database: Database,
) -> None:
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    world.enrol("Ada")
    await world.tick(utc("2018-08-08T23:29"))
    lost = update(schema.attempts).values(outcome=Outcome.UNKNOWN, detail="timed_out", ref=None)
    world.database.run(lambda connection: connection.execute(lost))
    assert world.database.read(count_unknown) == 1
    card = next(card for card in reversed(world.channel.cards) if card.rows)
    start = card.rows[0][0].token
    await world.application.reception.receive(Tapped(Sender("demo", "ada"), start, "1"))
    assert world.database.read(count_unknown) == 0
    assert world.outcomes("Ada") == [("invitation", "sent", "answered")]
    world.close()
