"""Fieldwork with two channels: each person gets one message through one of them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.access.links import PATHS, new_link, visitor_of
from bot.desk.people import contact_channels
from bot.desk.people.participant_lists import import_participants
from bot.desk.waves import acts
from bot.importing.files import open_list
from bot.messaging.messages import Commanded, DeliveryError, Sender, Tapped
from bot.web import build_app
from storage.database import Conflict, Database, NotFound
from storage.people.addresses import addresses_of
from storage.people.links import Purpose
from surveys.people import AddressState
from tests.bot.fieldwork_world import (
    BLOCKED,
    DELETED,
    NETWORK,
    TIMED_OUT,
    Enrolled,
    World,
    utc,
)
from tests.bot.web.browser import PUBLIC, Browser
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE

NO_MAILBOX = DeliveryError("no_mailbox", permanent=True)
DAY = utc("2018-08-09T00:00")
"""The day of the wave six months after the workshop, in the places of these tests."""


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.check_messages()
    world.close()


def through(world: World, name: str) -> str:
    """Return the channel of a person and its reason, as a preview shows them."""
    shown = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
    (line,) = (one for one in shown.messages if one.name == name)
    return f"{line.channel}: {line.why_channel}"


async def test_d05_two_routes_to_a_person_carry_one_invitation(world: World) -> None:
    ann = world.enrol("Ann", "TH", email="ann@ex.org")
    world.workshop("RM2")
    world.enrol("Ann", "TH", workshop="RM2", same_as=ann)
    world.enrol("Minh", "VN", email="minh@ex.org")
    assert through(world, "Ann") == "demo: the usual way"
    assert through(world, "Minh") == "email: the messenger is blocked there"
    await world.until(DAY + timedelta(hours=12))
    assert (world.channel.chats(), world.mail.chats()) == (["ann"], ["minh@ex.org"])


async def test_d05_a_person_on_two_lists_and_twice_on_one_is_one_in_the_preview_and_in_the_wave(
    world: World,
) -> None:
    ann = world.enrol("Ann", "TH", email="ann@ex.org")
    for text in (
        "Ann,TH,ann@ex.org\nBen,TH,ben@ex.org\n Ann ,TH,ANN@ex.org\n",
        "Ann,TH,ann@ex.org\nChi,TH,chi@ex.org\n",
    ):
        content = f"name,administration,email\n{text}".encode()
        given = open_list(content, "people.csv")
        import_participants(world.database, world.office, "RM", given, world.now)
    shown = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
    assert [one.name for one in shown.sent_to] == ["Ann", "Ben", "Chi"]
    await world.until(DAY + timedelta(hours=12))
    assert (world.channel.chats(), world.mail.chats()) == (
        [ann.chat],
        ["ben@ex.org", "chi@ex.org"],
    )


async def test_m15_a_list_sent_again_during_a_wave_repeats_no_invitation(world: World) -> None:
    def listed(*people: str) -> tuple[int, int, int]:
        rows = "".join(f"{name},TH,{name[-3:].lower()}@ex.org\n" for name in people)
        text = f"name,administration,email\n{rows}".encode()
        given = open_list(text, "people.csv")
        done = import_participants(world.database, world.office, "RM", given, world.now)
        if done.questions:  # the person of this address has a new name
            answers = {one.key: one.choices[0].value for one in done.questions}
            given = open_list(text, "people.csv", answers=answers)
            done = import_participants(world.database, world.office, "RM", given, world.now)
        return done.new, done.changed, done.same

    assert listed("Ann", "Ben", "Chi") == (3, 0, 0)
    await world.until(DAY + timedelta(hours=12))
    assert listed("Ann", "Lee Ben", "Chi", "Dee", "Eli") == (2, 1, 2)
    await world.until(DAY + timedelta(hours=36))
    invited = [f"{name}@ex.org" for name in ("ann", "ben", "chi", "dee", "eli")]
    assert world.mail.chats() == invited


@pytest.mark.parametrize("failure", [BLOCKED, DELETED])
async def test_d06_d07_a_lost_chat_hands_over_to_the_mailbox_on_another_day_with_the_reason(
    world: World, failure: DeliveryError
) -> None:
    world.enrol("Ann", "TH", email="ann@ex.org")
    world.enrol("Ben", "TH")
    world.channel.failures["ann"] = [failure]
    await world.until(DAY + timedelta(hours=12))
    assert (world.channel.chats(), world.mail.sent) == (["ben"], [])
    assert through(world, "Ann") == f"email: demo does not work: {failure.reason}"
    await world.until(DAY + timedelta(hours=36))
    assert world.mail.chats() == ["ann@ex.org"]
    assert world.outcomes("Ann") == [
        ("invitation", "failed", failure.reason), ("invitation", "sent", "")
    ]  # fmt: skip


async def test_d08_somebody_who_lets_the_bot_in_again_is_written_to_in_the_chat(
    world: World,
) -> None:
    ann = world.enrol("Ann", "TH", email="ann@ex.org")
    for active in (False, False, True):
        await world.blocks(ann, active=active)
        assert world.channel.sent == world.mail.sent == []
    await world.until(DAY + timedelta(hours=12))
    assert (world.channel.chats(), world.mail.chats()) == (["ann"], [])


async def test_a_mailbox_that_does_not_exist_hands_over_to_the_chat(world: World) -> None:
    world.enrol("Minh", "VN", email="minh@ex.org")
    world.mail.failures["minh@ex.org"] = [NO_MAILBOX]
    await world.until(DAY + timedelta(hours=36))
    assert (world.channel.chats(), world.mail.chats()) == (["minh"], [])
    assert through(world, "Minh") == "demo: email does not work: no_mailbox"


async def test_a_letter_that_may_have_arrived_is_never_followed_by_a_chat_message(
    world: World,
) -> None:
    world.enrol("Minh", "VN", email="minh@ex.org")
    world.mail.failures["minh@ex.org"] = [TIMED_OUT]
    await world.until(DAY + timedelta(days=3))
    assert world.channel.to_people == world.mail.to_people == []
    assert world.outcomes("Minh") == [("invitation", "unknown", "timed_out")]


async def test_an_attempt_that_may_be_tried_again_keeps_its_channel(world: World) -> None:
    minh = world.enrol("Minh", "VN", email="minh@ex.org")
    world.mail.failures["minh@ex.org"] = [NETWORK, NETWORK]
    await world.until(DAY + timedelta(hours=12))
    assert world.outcomes("Minh") == [("invitation", "sent", "")]
    assert world.mail.chats() == ["minh@ex.org"]
    assert world.channel.to_people == []
    assert minh.chat == "minh"


async def test_a_wish_for_another_channel_ends_what_waits_in_the_old_one(world: World) -> None:
    world.enrol("Minh", "VN", email="minh@ex.org")
    world.mail.failures["minh@ex.org"] = [NETWORK] * 50
    await world.until(DAY + timedelta(hours=12))
    assert world.outcomes("Minh") == [("invitation", "retry", "network")]
    world.database.run(contact_channels.choose_channel, world.office, "P-MINH", "demo", world.now)
    assert through(world, "Minh") == "demo: the person asked for it"
    await world.until(DAY + timedelta(days=2))
    assert (world.channel.chats(), world.mail.sent) == (["minh"], [])
    assert world.outcomes("Minh") == [
        ("invitation", "failed", "channel_changed"), ("invitation", "sent", "")
    ]  # fmt: skip


async def test_somebody_with_a_mailbox_only_is_asked_for_consent_by_letter(world: World) -> None:
    lan = world.enrol("Lan", "VN", chat="", email="lan@ex.org", agreed=False)
    await world.until(DAY + timedelta(hours=12))
    (card,) = world.mail.cards
    assert "You can stop at any time" in card.text
    around = card.envelope
    assert around is not None
    for url, purpose in ((around.url, Purpose.INTERVIEW), (around.stop_url, Purpose.STOP)):
        visitor = world.database.read(visitor_of, url.rpartition("/")[2], purpose)
        assert visitor is not None
        assert visitor.enrolment.id == lan.enrolment


async def test_reminders_by_letter_hang_on_the_first_one_and_each_has_its_own_name(
    world: World,
) -> None:
    world.enrol("Minh", "VN", email="minh@ex.org")
    await world.until(DAY + timedelta(days=30))
    around = [card.envelope for card in world.mail.cards if card.envelope]
    first, *later = around
    assert len(later) == 3
    assert first.thread == ""
    assert {one.thread for one in later} == {first.key}
    assert len({one.key for one in around}) == len({one.url for one in around}) == 4
    assert len({one.subject for one in around}) == 1


async def test_without_the_mail_server_in_this_process_letters_stay_due(world: World) -> None:
    world.enrol("Minh", "VN", chat="", email="minh@ex.org")
    world.enrol("Ann", "TH")
    del world.channels["email"]
    # Each round looks at the letter again: one an hour is enough.
    for hour in range(13):
        await world.tick(DAY + timedelta(hours=hour))
    assert (world.channel.chats(), world.outcomes("Minh")) == (["ann"], [])
    assert world.cases()["Minh", "M6"].case.next_contact_at is not None


async def test_a_person_changes_the_way_in_the_chat_and_takes_it_back(world: World) -> None:
    world.enrol("Ann", "TH", email="ann@ex.org")
    here = Sender("demo", "ann")
    for label, notice in (("E-mail", "E-mail"), ("demo", "demo"), ("E-mail", "E-mail")):
        asked = await world.application.reception.receive(Commanded(here, "channel"))
        buttons = {one.text: one for row in asked.says[0].card.rows for one in row}
        assert set(buttons) >= {label, "‹ Back"}
        done = await world.application.reception.receive(Tapped(here, buttons[label].token))
        assert done.notice.endswith(f"{notice}.")
        back = await world.application.reception.receive(Tapped(here, buttons["‹ Back"].token))
        assert back.notice == ""
    assert through(world, "Ann") == "email: the person asked for it"
    await world.until(DAY + timedelta(hours=12))
    assert (world.channel.chats(), world.mail.chats()) == ([], ["ann@ex.org"])


async def on_the_page(world: World, who: Enrolled) -> Browser:
    """Return a person's page, at the choice of channels."""
    secret = world.database.run(new_link, who.enrolment, Purpose.INTERVIEW, world.now)
    window = Browser(
        build_app(world.application.pages, PUBLIC), f"/{PATHS[Purpose.INTERVIEW]}/{secret}"
    )
    await window.opens()
    await window.follows("How you get our messages")
    return window


async def test_a_person_changes_the_way_on_the_page_before_a_wave_and_while_it_is_open(
    world: World,
) -> None:
    ann = world.enrol("Ann", "TH", email="ann@ex.org", agreed=False)
    window = await on_the_page(world, ann)
    assert window.screen.buttons == ["demo", "E-mail"]
    await window.presses("E-mail")
    assert window.screen.buttons == ["demo", "✓ E-mail"]
    assert "Noted. From now on we use: E-mail." in window.screen.text
    assert through(world, "Ann") == "email: the person asked for it"
    await world.until(DAY + timedelta(hours=12))
    assert (world.channel.chats(), world.mail.chats()) == ([], ["ann@ex.org"])

    window = await on_the_page(world, ann)
    await window.presses("demo")
    await window.follows("‹ Back")
    assert window.screen.heading == "Hello Ann."
    assert world.cases()["Ann", "M6"].case.asked_at is None
    await world.until(DAY + timedelta(days=12))
    assert (set(world.channel.chats()), world.mail.chats()) == ({"ann"}, ["ann@ex.org"])


@pytest.mark.parametrize(
    ("ways_known", "told"),
    [
        ({"chat": "ann"}, "We know one way to reach you."),
        ({"chat": ""}, "We have no working address for you."),
    ],
)
async def test_the_page_offers_no_way_that_does_not_exist_nor_that_of_somebody_else(
    world: World, ways_known: dict[str, object], told: str
) -> None:
    ann = world.enrol("Ann", "TH", **ways_known)
    ben = world.enrol("Ben", "TH", email="ben@ex.org")
    theirs = await on_the_page(world, ben)
    token = next(one.value for one in theirs.screen.controls if one.label == "E-mail")
    window = await on_the_page(world, ann)
    assert told in window.screen.heading
    assert window.screen.buttons == []
    await window.sends([("tap", token)])
    assert (window.screen.buttons, through(world, "Ben")) == ([], "demo: the usual way")


async def test_a_wish_that_cannot_be_met_is_refused_with_what_there_is(world: World) -> None:
    world.enrol("Ann", "TH")
    wishes = {"email": "no email address that works, but only demo", "fax": "not a channel here"}
    for wish, words in wishes.items():
        with pytest.raises(Conflict, match=words):
            world.database.run(
                contact_channels.choose_channel, world.office, "P-ANN", wish, world.now
            )
    with pytest.raises(NotFound, match="no participant P-X"):
        world.database.run(contact_channels.choose_channel, world.office, "P-X", "demo", world.now)


async def test_a_new_address_takes_the_place_of_one_that_failed(world: World) -> None:
    minh = world.enrol("Minh", "VN", chat="", email="minh@ex.org")
    world.enrol("Ann", "TH", email="ann@ex.org")
    world.mail.failures["minh@ex.org"] = [NO_MAILBOX]
    await world.until(DAY + timedelta(hours=12))
    assert world.mail.sent == []
    for wrong, words in {"nobody": "is not an e-mail", "Ann@ex.org": "somebody else"}.items():
        with pytest.raises(Conflict, match=words):
            world.database.run(
                contact_channels.put_email, world.office, "P-MINH", wrong, world.now
            )
    world.database.run(
        contact_channels.put_email, world.office, "P-MINH", "Minh2@ex.org", world.now
    )
    await world.until(DAY + timedelta(hours=36))
    assert world.mail.chats() == ["minh2@ex.org"]
    # The old one works again: the office was told so, and the newest that works is taken.
    world.database.run(
        contact_channels.put_email, world.office, "P-MINH", "minh@ex.org", world.now
    )
    known = world.database.read(addresses_of, minh.participant)
    assert {one.state for one in known} == {AddressState.ACTIVE}
