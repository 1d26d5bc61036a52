"""Who a person is: two entries of one person, successors, new accounts, new links."""

from dataclasses import replace

import pytest

from bot.web import DESK_PAGES, Doors, build_app, build_desk
from surveys.people import Role
from tests.bot.stage import KASHIWA, SUVA, Stage
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

MELE = "/desk/people/P-101"


@pytest.fixture
def app(stage: Stage) -> Doors:
    """Everything that is served to browsers, by an office with personal links."""
    working = stage.application
    office = replace(working.office, public_url=PUBLIC)
    parts = (working.transactions, office, working.clock, PUBLIC)
    desk = build_desk(*parts, lambda: b"key", DESK_PAGES)
    return Doors(desk, build_app(working.pages, PUBLIC))


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """Ana looks at Mele, of whom there is a second entry in another workshop."""
    stage.at("2018-01-07 12:00")
    await stage.joined("Mele Fonua")
    await stage.enrol("FONUA Mele", workshop=KASHIWA)
    window = await signed_in()
    return await window.opens(MELE)


async def test_two_entries_are_seen_joined_and_parted_again(stage: Stage, ana: Window) -> None:
    assert "FONUA Mele P-102: RM-2017 (TO) Name in other order." in ana.text
    await ana.follows("One person … FONUA Mele P-102")
    assert "Are Mele Fonua (P-101) and FONUA Mele (P-102) one person?" in ana.panel
    assert "1 workshop and 0 addresses of P-102 go to P-101." in ana.panel
    await ana.presses("One person")
    assert ana.note.startswith("One person, one code: Mele Fonua, P-101.")
    assert "Same person?" not in ana.text
    await ana.opens("/desk/people/P-102")
    assert "This entry is part of Mele Fonua" in ana.text
    await ana.opens(MELE)
    await ana.presses("Undo people merged P-102 into")
    assert ana.note == "P-102 and P-101 are two people again."


async def test_two_people_are_not_asked_about_again_but_can_be_joined_by_code(ana: Window) -> None:
    await ana.presses("Two people FONUA Mele P-102")
    assert ana.note == "P-101 and P-102 stay two people."
    assert "Same person?" not in ana.text
    await ana.follows("Same person as …")
    await ana.presses("Look", other="P-999")
    assert "There is no participant P-999." in ana.errors
    await ana.presses("Look", other="p-102")
    assert "one person?" in ana.panel
    await ana.presses("One person", tell="yes")
    assert ana.note.startswith("One person, one code")
    await ana.presses("Undo")
    assert ana.note.endswith("are two people again.")


async def test_a_link_is_shown_once_and_ends_the_one_before(stage: Stage, ana: Window) -> None:
    await ana.follows(f"New link … for {SUVA.title}")
    assert "Earlier links of IPR-OC-2017 do not work any more" in ana.panel
    await ana.presses("Make the link")
    (link,) = ana.tree.xpath('//input[@class="once"]')
    assert link.get("value").startswith(f"{PUBLIC}/")
    assert (await ana.client.get(link.get("value"))).status_code == 200
    await ana.opens(MELE)
    assert link.get("value") not in ana.answer.text


async def test_a_contact_point_hands_over_and_takes_it_back(stage: Stage, ana: Window) -> None:
    assert "Hand over …" not in ana.links
    await stage.enrol("Ben Oti", workshop=KASHIWA, role=Role.CONTACT_POINT)
    await ana.opens("/desk/people/P-103")
    await ana.follows("Hand over …")
    await ana.presses("Hand over", name="Sione Fifita")
    first, page = (one.get("value") for one in ana.tree.xpath('//input[@class="once"]'))
    assert first.startswith("/start ")
    assert page.startswith(PUBLIC)
    await ana.presses("Undo")
    assert ana.note == "P-103 is the contact point again."
    await ana.follows("Hand over …")
    await ana.presses("Hand over", name="Sione", email="sione@example.org")
    assert "has taken over from P-103 for RM-2017." in ana.note
    await ana.presses("Undo")
    assert ana.note == "P-103 is the contact point again."


async def test_a_new_account_is_linked_by_its_number(stage: Stage, ana: Window) -> None:
    await ana.follows("New account …")
    assert "there is no undo" in ana.panel
    await ana.presses("Link", chat="101")
    assert "This account answers for this person already." in ana.errors
    await ana.presses("Link", chat="555")
    assert ana.note == "P-101 answers from the new account now."
    assert "out of use" in ana.text
