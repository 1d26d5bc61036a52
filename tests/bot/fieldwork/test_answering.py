"""Saving a step: a message of unknown outcome was delivered; organisers are told of bounds."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.messaging.messages import Card, Sender, Tapped
from bot.web.interview.page import PageQuery
from storage import schema
from storage.database import Database
from storage.fieldwork.attempts import count_unknown
from storage.instruments.questionnaires import publish
from storage.schema import notices
from surveys.authoring.reading import read_questionnaire
from surveys.planning.dispositions import Outcome
from tests.bot.fieldwork_world import World, utc
from tests.bot.stage import Stage
from tests.templates import ON_SQLITE

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
    world = await _perhaps_invited(office_database)
    assert world.database.read(count_unknown) == 1
    await _starts(world, "1")
    assert world.database.read(count_unknown) == 0
    assert world.outcomes("Ada") == [("invitation", "sent", "answered")]
    world.close()


async def test_a_tap_on_the_reminder_says_nothing_about_the_invitation_before_it(
    office_database: Database,
) -> None:
    world = await _perhaps_invited(office_database)
    await world.tick(utc("2018-08-12T23:29"))
    reminder = select(schema.attempts.c.ref).where(schema.attempts.c.ordinal == 2)
    await _starts(world, str(world.database.read(lambda c: c.scalar(reminder))))
    assert world.outcomes("Ada") == [
        ("invitation", "unknown", "timed_out"),
        ("reminder", "sent", ""),
    ]
    world.close()


@ON_SQLITE
@pytest.mark.parametrize(
    ("label", "facts"),
    [
        ("Later", {}),
        ("Stop these messages", {}),
        ("I agree", {"agreed": False}),
        ("What is stored?", {"agreed": False}),
    ],
)
async def test_any_button_of_a_message_of_unknown_outcome_makes_it_delivered(
    office_database: Database, label: str, facts: dict[str, bool]
) -> None:
    world = await _perhaps_invited(office_database, **facts)
    buttons = [one for row in _invitation(world).rows for one in row if one.text == label]
    await world.application.reception.receive(Tapped(Sender("demo", "ada"), buttons[0].token, "1"))
    assert world.outcomes("Ada") == [("invitation", "sent", "answered")]
    world.close()


@ON_SQLITE
async def test_a_reminder_below_the_known_card_that_is_tapped_was_delivered(
    office_database: Database,
) -> None:
    world = await _perhaps_invited(office_database)
    await _starts(world, "1")
    await world.tick(utc("2018-08-12T23:29"))
    reminded = schema.attempts.c.ordinal == 2
    lost = update(schema.attempts).where(reminded).values(outcome=Outcome.UNKNOWN, ref=None)
    world.database.run(lambda connection: connection.execute(lost))
    await _starts(world, "1")  # the old card tells nothing
    assert world.outcomes("Ada")[1][1] == "unknown"
    await _starts(world, "77")
    assert world.outcomes("Ada")[1] == ("reminder", "sent", "answered")
    world.close()


async def test_a_letter_of_unknown_outcome_was_delivered_once_its_page_is_used(
    office_database: Database,
) -> None:
    world = await _perhaps_invited(office_database, chat="", email="ada@example.org")
    card = world.mail.cards[-1]
    assert card.envelope is not None
    secret = card.envelope.url.rpartition("/")[2]
    await world.application.pages.show(secret, PageQuery())
    assert world.outcomes("Ada") == [("invitation", "unknown", "timed_out")]
    start = Tapped(Sender("web", ""), card.rows[0][0].token)
    await world.application.pages.take(secret, PageQuery(), start)
    assert world.outcomes("Ada") == [("invitation", "sent", "answered")]
    world.close()


def _invitation(world: World) -> Card:
    return next(card for card in reversed(world.channel.cards) if card.rows)


async def _perhaps_invited(database: Database, **facts: object) -> World:
    """Nobody knows whether the invitation of Ada has arrived."""
    world = World(database)
    world.keeps_only("M6")
    world.workshop()
    world.enrol("Ada", **facts)
    await world.tick(utc("2018-08-08T23:29"))
    lost = update(schema.attempts).values(outcome=Outcome.UNKNOWN, detail="timed_out", ref=None)
    card = update(schema.cases).values(card_ref=None, card_address_id=None)
    world.database.run(lambda connection: (connection.execute(lost), connection.execute(card)))
    return world


async def _starts(world: World, ref: str) -> None:
    tapped = Tapped(Sender("demo", "ada"), _invitation(world).rows[0][0].token, ref)
    await world.application.reception.receive(tapped)
