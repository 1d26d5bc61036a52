"""One e-mail address is in use: after a correction or a merge nothing goes to the one before."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.desk.people.contact_channels import put_email, put_email_back
from bot.desk.people.person import merge_people, unmerge_people
from bot.outbox.sending import SendingContext, claim_contact
from bot.web import build_app
from storage.database import Database
from storage.fieldwork.claims import set_leaving
from storage.people.addresses import addresses_of
from storage.schema import links
from surveys.people import AddressState
from tests.bot.fieldwork_world import NETWORK, Enrolled, World, all_files, utc
from tests.bot.web.browser import PUBLIC, Browser

DAY = utc("2018-08-09T00:00")
NOON = DAY + timedelta(hours=12)


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.close()


@pytest.fixture
def minh(world: World) -> Enrolled:
    return world.enrol("Minh", "VN", chat="", email="old@ex.org")


def corrected(world: World, email: str = "new@ex.org") -> str:
    return world.database.run(put_email, world.office, "P-MINH", email, world.now).said


def in_use(world: World, who: Enrolled) -> list[str]:
    known = world.database.read(addresses_of, who.participant)
    return [one.identifier for one in known if one.state is AddressState.ACTIVE]


async def page(world: World, number: int) -> str:
    """Return the heading of the page that the link of a letter leads to."""
    letter = world.mail.cards[number].envelope
    assert letter is not None
    window = Browser(build_app(world.application.pages, PUBLIC), letter.url.partition(".org")[2])
    return (await window.opens()).heading


async def test_after_a_correction_the_links_end_and_the_person_gets_new_ones(
    world: World, minh: Enrolled
) -> None:
    await world.until(NOON)
    assert world.mail.chats() == ["old@ex.org"]
    assert "One before, and its links, are out of use." in corrected(world)
    assert corrected(world) == "P-MINH has this e-mail address. Nothing was changed."
    assert await page(world, 0) == "This link is no longer in use."
    await world.until(DAY + timedelta(days=2))
    assert [chat for _, chat, _ in world.mail.sent] == ["old@ex.org", "new@ex.org"]
    assert await page(world, 1) == "Hello Minh."
    assert in_use(world, minh) == ["new@ex.org"]


async def test_a_correction_is_taken_back(world: World, minh: Enrolled) -> None:
    corrected(world)
    done = world.database.run(put_email_back, world.office, "P-MINH", world.now)
    assert done.said == "Letters to P-MINH go to the address before again."
    assert in_use(world, minh) == ["old@ex.org"]
    world.now += timedelta(minutes=1)
    world.database.run(put_email_back, world.office, "P-MINH", world.now)
    assert in_use(world, minh) == ["new@ex.org"]


async def test_a_letter_to_be_tried_again_does_not_go_to_the_old_address(
    world: World, minh: Enrolled
) -> None:
    world.mail.failures["old@ex.org"] = [NETWORK]
    await world.tick(NOON)
    corrected(world)
    await world.until(DAY + timedelta(days=3))
    assert set(world.mail.chats()) == {"new@ex.org"}


async def test_a_letter_that_waits_for_its_turn_is_taken_back(
    world: World, minh: Enrolled
) -> None:
    await world.tick(DAY - timedelta(hours=14))
    world.now = NOON - timedelta(hours=8)

    def claimed(connection: Connection) -> int:
        (file,) = all_files(connection)
        sending = SendingContext(7)
        contact = claim_contact(connection, world.office, file.case.id, world.now, sending)
        assert contact is not None
        return contact.claimed.id

    number = world.database.run(claimed)
    corrected(world)
    assert not world.database.run(set_leaving, number, 7)
    await world.until(DAY + timedelta(days=3))
    assert set(world.mail.chats()) == {"new@ex.org"}


async def test_after_a_merge_one_address_is_in_use_and_undoing_it_brings_both_back(
    world: World, minh: Enrolled
) -> None:
    world.workshop("RM2", ends=DAY.date() - timedelta(days=181))
    lan = world.enrol("Lan", "VN", "RM2", chat="", email="lan@ex.org")
    await world.until(DAY + timedelta(days=2))
    sent = [one for one in world.mail.chats() if one == "lan@ex.org"]
    before = world.database.read(lambda c: sorted(map(tuple, c.execute(links.select()).all())))
    world.database.run(merge_people, world.office, ("P-MINH", "P-LAN"), world.now)
    assert in_use(world, minh) == ["old@ex.org"]
    number = world.mail.chats().index("lan@ex.org")
    assert await page(world, number) == "This link is no longer in use."
    assert await page(world, 1 - number) == "Hello Minh."
    await world.until(DAY + timedelta(days=6))
    assert [one for one in world.mail.chats() if one == "lan@ex.org"] == sent
    world.database.run(unmerge_people, world.office, "P-LAN", world.now)
    assert in_use(world, lan) == ["lan@ex.org"]
    after = world.database.read(lambda c: sorted(map(tuple, c.execute(links.select()).all())))
    assert set(before) <= set(after)
