"""One answers for an administration: the contact point, a successor, or the next one."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from bot.access.links import address_of, new_link
from bot.desk.people.handover import Successor, hand_back, hand_over
from bot.desk.waves import acts
from bot.web import build_app
from storage.database import Conflict, Database
from storage.fieldwork.next_contact import refresh_person
from storage.fieldwork.waves import find_wave
from storage.instruments.questionnaires import publish
from storage.people.addresses import add_address
from storage.people.enrolments import enrolments_in, get_enrolment
from storage.people.links import Purpose
from storage.people.removals import set_removed
from surveys.people import RemovalReason, Role
from surveys.workshop import SURVEY
from tests.bot.fieldwork_world import Enrolled, World, utc
from tests.bot.stage import questionnaire_of
from tests.bot.web.browser import PUBLIC, Browser
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE
DAY = date(2018, 2, 5)
OPENS = utc("2018-02-05T00:00")
POINT = Role.CONTACT_POINT


SHORT = """
spec: 1
key: IPR
title: Intellectual property rights
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: "No"}]
survey:
  - {type: select_one yes_no, name: a, label: "Question a?"}
  - {type: select_one yes_no, name: b, label: "Question b?"}
  - {type: select_one yes_no, name: c, label: "Question c?"}
"""


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """A survey of administrations, asked now and again after a year."""
    world = World(office_database)
    world.database.run(publish, questionnaire_of(SHORT), world.now)
    world.workshop("IPR", ends=DAY, kind=SURVEY, plan="ipr", starts_on=DAY)
    yield world
    world.check_messages()
    world.close()


def point(world: World, name: str, **facts: object) -> Enrolled:
    return world.enrol(name, "FJ", "IPR", POINT, **facts)


def successor(world: World, of: str = "P-ANN", **how: str) -> str:
    """Hand over to Leo; return the link for him."""
    given = world.database.run(
        hand_over, world.office, of, Successor("Leo", **how), world.now + timedelta(minutes=1)
    )
    return given.page


def asked_in(world: World, wave: str) -> set[str]:
    return {name for name, key in world.cases() if key == wave}


async def answers(world: World, who: Enrolled, number: int = 3) -> Browser:
    """Let somebody answer some questions of the wave that is open, on the page."""
    window = await page(world, world.database.run(_link, who.enrolment, world))
    await window.presses("Start")
    for _ in range(number):
        await window.chooses("Yes")
    return window


async def page(world: World, link: str) -> Browser:
    window = Browser(build_app(world.application.pages, PUBLIC), link.removeprefix(PUBLIC))
    await window.opens()
    return window


async def test_a_successor_is_asked_in_the_next_wave_although_the_first_one_was_answered(
    world: World,
) -> None:
    ann = point(world, "Ann")
    await world.tick(OPENS)
    await answers(world, ann)
    window = await page(world, successor(world))
    await window.presses("I agree")
    await world.tick(OPENS + timedelta(days=50))
    await world.tick(OPENS + timedelta(days=366))
    assert asked_in(world, "IPR") == {"Ann"}
    assert asked_in(world, "IPR12") == {"Leo"}


async def test_a_successor_goes_on_by_the_page_with_what_was_answered_so_far(
    world: World,
) -> None:
    ann = point(world, "Ann")
    await world.until(OPENS + timedelta(hours=12))
    window = await answers(world, ann, 2)
    link = successor(world)
    leo = await page(world, link)
    assert leo.screen.heading == "Hello Leo."
    await leo.presses("I agree")
    assert "no questions for you" not in leo.screen.text
    assert "Answered so far: 2 of about" in leo.screen.text
    await leo.presses("Continue at question 3")
    moved = world.cases()["Leo", "IPR"].case
    assert (moved.answered, world.cases()["Ann", "IPR"].case.answered) == (2, 0)
    await window.opens()
    assert "Your successor now answers these questions" in window.screen.text


async def test_with_an_address_the_successor_takes_over_at_once_and_gets_the_letter(
    world: World,
) -> None:
    point(world, "Ann")
    await world.until(OPENS + timedelta(hours=12))
    successor(world, email="leo@ex.org")
    await world.until(OPENS + timedelta(days=2))
    assert (world.channel.chats(), world.mail.chats()) == (["ann"], ["leo@ex.org"])


async def test_a_handover_is_taken_back_unless_the_successor_has_answered(world: World) -> None:
    ann = point(world, "Ann")
    await world.until(OPENS + timedelta(hours=12))
    successor(world, email="leo@ex.org")
    done = world.database.run(hand_back, world.office, "P-ANN", world.now)
    assert done.undo == "followup participant handover P-ANN --name Leo"
    assert done.said == "P-ANN is the contact point again."
    assert world.database.read(get_enrolment, ann.enrolment).active
    await world.until(OPENS + timedelta(days=12))
    assert world.mail.sent == []
    assert set(world.channel.chats()) == {"ann"}
    again = world.database.run(hand_back, world.office, "P-ANN", world.now)
    assert "no successor. Nothing was changed." in again.said
    link = successor(world)
    leo = await page(world, link)
    await leo.presses("I agree")
    world.now += timedelta(minutes=5)
    await leo.presses("Start")
    await leo.chooses("Yes")
    with pytest.raises(Conflict, match="has answered since"):
        world.database.run(hand_back, world.office, "P-ANN", world.now)


async def test_the_next_contact_point_is_asked_where_the_first_cannot_be_reached(
    world: World,
) -> None:
    ann = point(world, "Ann", chat="")
    point(world, "Ben")
    await world.tick(OPENS)
    wave = world.database.read(find_wave, "IPR", "IPR")
    assert wave is not None and wave.opened_at is not None
    await world.tick(wave.opened_at + timedelta(days=6))
    assert asked_in(world, "IPR") == {"Ann"}
    await world.tick(wave.opened_at + timedelta(days=7))
    await world.tick(world.now + timedelta(minutes=1))
    assert asked_in(world, "IPR") == {"Ann", "Ben"}
    assert (
        "IPR IPR: P-ANN cannot be reached, so the next contact point of FJ"
        in world.channel.to_boss
    )
    # Whoever can be reached again comes first in the next wave.
    reached(world, ann)
    await world.tick(world.now + timedelta(days=1))
    await world.tick(OPENS + timedelta(days=366))
    assert asked_in(world, "IPR12") == {"Ann"}


async def test_nobody_is_reminded_once_another_has_answered_for_the_administration(
    world: World,
) -> None:
    ann = point(world, "Ann", chat="")
    ben = point(world, "Ben")
    await world.tick(OPENS)
    await world.tick(OPENS + timedelta(days=8))
    await world.tick(world.now + timedelta(minutes=1))
    reached(world, ann)
    await answers(world, ben)
    shown = world.database.read(acts.preview_wave, world.office, "IPR", "IPR", world.now)
    reasons = {one.name: one.reason for one in shown.messages}
    assert reasons["Ann"] == "another contact point has answered for the administration"
    await world.until(OPENS + timedelta(days=20))
    assert "ann" not in world.channel.chats()


def reached(world: World, who: Enrolled) -> None:
    """Let somebody join who had no chat."""

    def joins(connection: Connection) -> None:
        add_address(connection, who.participant, "demo", "ann", world.now)
        refresh_person(connection, who.participant, world.office.rules, world.now)

    world.database.run(joins)


def _link(connection: Connection, enrolment: int, world: World) -> str:
    secret = new_link(connection, enrolment, Purpose.INTERVIEW, world.now)
    return address_of(PUBLIC, Purpose.INTERVIEW, secret)


async def test_a_contact_point_answers_again_after_the_successor_was_removed(world: World) -> None:
    point(world, "Ann")
    successor(world, email="leo@example.org")
    leo = next(one for one in world.database.read(enrolments_in, "IPR") if one.about_enrolment_id)
    world.database.run(set_removed, leo.id, RemovalReason.WRONG_LIST, world.now)
    done = world.database.run(hand_back, world.office, "P-ANN", world.now)
    assert done.said == "P-ANN is the contact point again."
    await world.until(OPENS + timedelta(days=1))
    assert asked_in(world, "IPR") == {"Ann"}
    assert not world.database.run(hand_back, world.office, "P-ANN", world.now).changed
