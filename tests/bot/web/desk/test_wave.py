"""The page of a wave: each act with its question and its undo, and what others did meanwhile."""

import pytest

from storage.office.staff import StaffRole
from surveys.planning.wave_states import UNDO_TIME
from tests.bot.stage import CHAT, SUVA, Person, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window
from tests.staff import employ

M6 = f"/desk/workshops/{SUVA.code}/waves/M6"


@pytest.fixture
async def ada(stage: Stage) -> Person:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    return await stage.joined("Ada Vea")


@pytest.fixture
async def ana(ada: Person, signed_in: SignIn) -> Window:
    return await signed_in()


async def test_a_planned_wave_says_what_will_happen_and_to_whom(ana: Window) -> None:
    await ana.opens(M6)
    assert ana.heading == "6 months after: Combating counterfeiting and piracy for Oceania"
    assert "Opens by itself on Fri 8 June 2018. You need do nothing." in ana.text
    assert "Ada Vea" in ana.text
    assert "Fri 8 June 2018" in ana.text
    assert "Hello Mele Tupou" in ana.text
    assert [link for link in ana.links if link.endswith("…")] == [
        "Open now …",
        "Hold …",
        "Change the days …",
        "Skip …",
    ]


async def test_a_wave_opened_early_asks_first_and_is_undone_before_its_first_message(
    stage: Stage, ada: Person, ana: Window
) -> None:
    await ana.opens(M6)
    await ana.follows("Open now …")
    assert "3 months from now: open today for 1 person?" in ana.panel
    await ana.presses("Open now")
    assert "Nothing is sent before." in ana.note
    assert "in Bangkok" in ana.note
    assert (ana.buttons.count("Undo"), ana.links.count("Undo")) == (1, 0)  # that of the note
    await ana.presses("Undo")
    assert "is planned for Fri 8 June 2018 again" in ana.note
    stage.now += UNDO_TIME
    await stage.fieldwork_round()
    assert "Six months" not in ada.text


async def test_who_opens_a_wave_is_told_first_that_its_people_have_not_joined(
    stage: Stage, ada: Person, ana: Window
) -> None:
    await stage.enrol("Ben Qalo", "FJ")
    await ana.opens(f"{M6}?do=open")
    assert "2 people are on the list. A message can be sent to 1 of them as things" in ana.panel
    await ana.opens(f"{M6.replace('M6', 'SUP6')}?do=open")
    assert "A message can be sent" not in ana.panel


async def test_a_wave_whose_message_somebody_has_asks_whether_to_tell_them(
    stage: Stage, ada: Person, ana: Window
) -> None:
    await ana.opens(f"{M6}?do=open")
    await ana.presses("Open now", until="30 April")
    stage.at("2018-03-20 11:29")
    await stage.fieldwork_round()
    await ana.opens(M6)
    assert "0 of 1 have answered" in ana.text
    await ana.follows("Back to planned …")
    assert "1 person has a message of it already" in ana.panel
    await ana.presses("Put it back", tell="tell")
    await stage.fieldwork_round()
    assert ada.sees("came too early. The questions come on 8 June.")


async def test_a_hold_has_a_reason_and_a_day_and_release_undoes_it(ana: Window) -> None:
    await ana.opens(f"{M6}?do=hold")
    await ana.presses("Hold this wave", reason="The last day may move", remind="no day")
    assert "'no day' is not a day." in ana.errors
    assert ana.tree.xpath('//input[@name="reason"]')[0].value == "The last day may move"
    await ana.presses("Hold this wave", remind="11 June")
    assert "Organisers are reminded on Mon 11 June 2018." in ana.note
    assert "On hold since" in ana.text
    assert "(The last day may move)." in ana.text
    await ana.presses("Undo")
    assert "It opens by itself on Fri 8 June 2018." in ana.note


async def test_days_that_are_near_are_asked_about_again(ana: Window) -> None:
    await ana.opens(f"{M6}?do=days")
    await ana.presses("Change the days", days="22 March to 20 April")
    assert ana.errors == ""
    assert "opens by itself on Thu 22 March 2018: its first messages leave" in ana.panel
    await ana.presses("Change the days")
    assert "has other days: Thu 22 March 2018 to Fri 20 April 2018" in ana.note
    await ana.presses("Undo")
    assert "is planned for Fri 8 June 2018 again" in ana.note


async def test_skipping_closing_and_opening_again_are_undone(stage: Stage, ana: Window) -> None:
    await ana.opens(f"{M6}?do=skip")
    await ana.presses("Skip this wave")
    assert "nobody is asked in it" in ana.note
    await ana.presses("Undo")
    assert "is planned for Fri 8 June 2018 again" in ana.note
    await ana.opens(f"{M6}?do=open")
    await ana.presses("Open now")
    stage.now += UNDO_TIME
    await ana.opens(f"{M6}?do=close")
    await ana.presses("Close this wave")
    assert "is closed: nobody was asked" in ana.note
    await ana.presses("Undo")
    assert "is open again" in ana.note


async def test_a_person_is_left_out_at_once_and_asked_again(ana: Window) -> None:
    await ana.opens(M6)
    await ana.presses("Leave out Ada Vea")
    assert "is left out of M6" in ana.note
    assert "1 person: is left out of this wave" in ana.text
    await ana.presses("Undo")
    assert "as the others are" in ana.note


async def test_what_was_done_in_chat_while_the_question_was_open_is_said(
    stage: Stage, ana: Window
) -> None:
    await ana.opens(f"{M6}?do=open")
    role = StaffRole.ORGANISER
    await stage.application.transactions.write(employ, (CHAT, "901"), role, stage.now, "Eva")
    eva = stage.visitor("Eva", "901")
    await eva.types("/wave")
    await eva.taps("Combating counterfeiting", "M6", "Open now", "Yes")
    await ana.presses("Open now")
    assert ana.status == 409
    assert ana.errors.startswith("This has changed since you looked.")
    await ana.presses("Open now")
    assert "was already opened" in ana.note


async def test_a_wave_or_workshop_that_does_not_exist_is_said_with_those_that_do(
    ana: Window,
) -> None:
    await ana.opens(f"/desk/workshops/{SUVA.code}/waves/M9")
    assert (ana.status, ana.heading) == (404, "There is no such page")
    assert "M6" in ana.text


async def test_a_wave_leads_to_the_codes_of_those_who_have_not_joined(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    await stage.enrol("Dan Ravu", "FJ")
    ana = await signed_in()
    await ana.opens(f"/desk/workshops/{SUVA.code}/waves/M6")
    await ana.follows("Codes for those who have not joined")
    assert ana.heading == f"Codes for {SUVA.title}"
