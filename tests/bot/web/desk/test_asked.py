"""Asked of the office: taken up, closed and approved at the desk, each act with its Undo."""

import pytest

from bot.web.desk.pages.people.asked import ADDRESS
from storage.office.staff import StaffRole
from tests.asking import asked_for_templates
from tests.bot.stage import CHAT, SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window
from tests.staff import employ

PAGE = f"/desk{ADDRESS}"
NAMED = "Examples or templates"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """Ana, whom Tonga and Fiji asked for templates."""
    await stage.enrol("Ada Vea", "TO")
    await stage.enrol("Ben Qalo", "FJ")
    await stage.application.transactions.write(asked_for_templates, SUVA.code)
    stage.at("2018-04-10 10:00", "Asia/Bangkok")
    return await (await signed_in()).opens(PAGE)


async def test_help_is_taken_up_closed_and_approved_with_undo(ana: Window) -> None:
    assert "2 people, 2 administrations" in ana.text
    await ana.follows(f"Take up … {NAMED}")
    await ana.presses("Take it up", by="30 June")
    assert "taken up until Sat 30 June 2018." in ana.note
    await ana.presses("Undo")
    assert ana.note == "Taken back for 2 administrations."
    await ana.follows(f"Close … {NAMED}")
    assert "Nobody reads it before it is approved." in ana.panel
    refused = await ana.presses("Close it", **{"sentence-en": "See www.example.org"})
    assert "an address that not everybody can open" in refused.errors
    assert "See www.example.org" in refused.panel
    sentence = "Model texts are at https://example.org/texts."
    await ana.presses("Close it", **{"sentence-en": sentence})
    assert "done, waits for approval" in ana.text
    await ana.follows(f"Approve … {NAMED}")
    assert sentence in ana.panel and "2 people will read it once" in ana.panel
    await ana.presses("Approve")
    assert "done, told 0 of 1" in ana.text
    await ana.presses("Undo")
    assert "done, waits for approval" in ana.text


async def test_one_administration_alone_and_the_undo_on_today(ana: Window) -> None:
    await ana.follows("Take up … for Fiji")
    await ana.presses("Take it up", by="1 July")
    assert "asked by 1 person in 1 administration" in ana.note
    await ana.opens("/desk")
    await ana.presses(f"Undo of help taken up {SUVA.code} templates")
    assert ana.note == "Taken back for 1 administration."


async def test_today_says_what_is_past_its_day_and_what_waits_for_approval(
    ana: Window,
) -> None:
    for day, late in (("10 April 2018", False), ("9 April 2018", True)):
        await (await ana.opens(PAGE)).follows("Take up … for Fiji")
        await ana.presses("Take it up", by=day)
        await ana.opens("/desk")
        assert ("1 kind of help past the day" in ana.text) is late
    closing = f"{PAGE}?do=close&workshop={SUVA.code}&help=templates"
    await (await ana.opens(closing)).presses("Close it", **{"sentence-en": "Sent in April."})
    await ana.opens("/desk")
    assert "1 sentence about help waits for approval" in ana.text
    assert "1 kind of help past the day" not in ana.text


async def test_a_change_of_the_sentence_meanwhile_asks_again(ana: Window) -> None:
    closing = f"{PAGE}?do=close&workshop={SUVA.code}&help=templates"
    await (await ana.opens(closing)).presses("Close it", **{"sentence-en": "Sent in March."})
    await ana.follows(f"Approve … {NAMED}")
    other = Window(ana.app)
    other.client.cookies = ana.client.cookies
    await (await other.opens(closing)).presses("Close it", **{"sentence-en": "Sent in April."})
    await ana.presses("Approve")
    assert "This has changed since you looked." in ana.errors
    assert "Sent in April." in ana.panel


async def test_chat_lists_what_was_asked_for(ana: Window, stage: Stage) -> None:
    role = StaffRole.ORGANISER
    await stage.application.transactions.write(employ, (CHAT, "901"), role, stage.now, "Eva")
    eva = stage.visitor("Eva", "901")
    await eva.types("/asked")
    assert f"{SUVA.code}: {NAMED} (TO, 1 person): waiting" in eva.text
    await eva.types(f"/asked {SUVA.code}")
    assert "(FJ, 1 person): waiting" in eva.text
