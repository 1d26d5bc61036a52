"""Saving a step: a message of unknown outcome was delivered; organisers are told of bounds."""

from datetime import timedelta

from sqlalchemy import select, update

from bot.messaging.messages import Sender, Tapped
from storage import schema
from storage.database import Database
from storage.fieldwork.attempts import count_unknown
from storage.instruments.questionnaires import publish
from storage.schema import notices
from surveys.authoring.reading import read_questionnaire
from surveys.planning.dispositions import Outcome
from tests.bot.fieldwork_world import World, utc
from tests.bot.stage import Stage

DOUBLED = """
spec: 1
key: M6
title: Six months after the workshop
survey:
  - {type: text, name: first, label: "What has changed?", parameters: {max: 4000}}
  - {type: calculate, name: twice, calculation: "concat(${first}, ${first})"}
  - {type: text, name: second, label: "You wrote: ${twice}. Anything else?"}
  - {type: text, name: third, label: "And then?"}
"""
FOUR = "concat(${first}, ${first}, ${first}, ${first})"


async def test_a_text_that_is_too_long_is_empty_and_organisers_are_told_once(stage: Stage) -> None:
    checked = read_questionnaire(DOUBLED, "test.yaml")
    # As it was published before the check measured texts.
    items = [
        item.model_copy(update={"calculation": FOUR}) if item.name == "twice" else item
        for item in checked.items
    ]
    older = checked.model_copy(update={"items": tuple(items)})
    await stage.application.transactions.write(publish, older, stage.now)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    await ada.types("x" * 3_000)
    assert "You wrote: . Anything else?" in ada.text
    await ada.types("No")
    stage.now += timedelta(hours=1)
    await ada.types("Nothing")
    assert "That was the last question" in ada.text
    assert set(await stage.answers(ada, "M6")) == {"first", "second", "third"}
    told = [row for row in await stage.rows(select(notices)) if "twice" in row.text]
    assert sorted(row.identifier for row in told) == ["901", "902", "904"]
    assert {row.text for row in told} == {
        "M6 version 2: an expression of twice makes a text that is too long, or is too much work."
        " It counts as empty, and the questionnaire goes on. Correct it, and publish a new version."
    }


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
