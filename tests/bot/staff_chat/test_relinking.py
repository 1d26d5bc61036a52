"""/relink in chat: a line a person, however many accounts ask for one of them."""

import pytest

from bot.messaging.messages import Tapped
from bot.messaging.tokens import Action, token
from storage.office.audit import Act, entries
from tests.bot.stage import SUVA, Person, Stage


@pytest.fixture
async def eva(stage: Stage) -> Person:
    """Eva, an organiser, before whom 30 accounts have sent the code of Ada, and then one that of Ben."""
    stage.at("2018-06-07 12:00")
    ada, ben = await stage.joined("Ada Vea"), await stage.joined("Ben Oti")
    for number in range(30):
        other = stage.visitor(f"Other {number}", str(1000 + number))
        await other.types(f"/start {ada.codes[SUVA.code]}")
    await stage.visitor("Ben again", "1500").types(f"/start {ben.codes[SUVA.code]}")
    eva = stage.visitor("Eva", "901")
    await eva.types("/relink")
    return eva


async def test_30_accounts_that_ask_for_one_person_hide_nobody_else(eva: Person) -> None:
    assert eva.text.splitlines()[:2] == [
        "1. Ada Vea, TO (P-101), 30 accounts, since Thu 7 June 2018",
        "2. Ben Oti, TO (P-102), chat 1500, since Thu 7 June 2018",
    ]
    await eva.taps("Approve 2")
    assert eva.notice == "P-102 answers from this account now."


async def test_the_accounts_of_a_person_are_compared_by_the_number_of_the_chat(
    stage: Stage, eva: Person
) -> None:
    await eva.taps("Show 1")
    assert eva.text.splitlines()[:2] == [
        "Ada Vea, TO (P-101): 30 accounts",
        "1. chat 1000, since Thu 7 June 2018",
    ]
    assert eva.sees("10 more accounts are not shown.")
    assert eva.sees("followup participant relink P-101 telegram:NUMBER")
    other = stage.people["Other 2"]
    await other.types("/id")
    assert other.sees("Your chat number is 1002.")
    await eva.taps("Approve 3")
    await other.types("/continue")
    assert not other.sees("do not know this chat")


async def test_all_accounts_that_ask_for_a_person_are_refused_together(
    stage: Stage, eva: Person
) -> None:
    tap = eva.tap_on("Refuse all of 1")
    await eva.sends(tap)
    assert eva.notice == "P-101 is not linked: 30 accounts refused."
    assert eva.text.startswith("1. Ben Oti")
    written = await stage.application.transactions.read(entries)
    refused = [one for one in written if one.act is Act.LINK_REFUSED]
    assert [(one.about, one.counts) for one in refused] == [("P-101", {"accounts": 30})]
    await eva.sends(tap)
    assert eva.sees("This was decided already.")


async def test_a_list_of_a_person_that_was_decided_shows_everybody(eva: Person) -> None:
    await eva.sends(Tapped(eva.sender, token(Action.OFFICE_WISHES, 999), eva.looks_at.ref))
    assert eva.text.startswith("1. Ada Vea")
