"""The page of one person: each act once with its undo, and what cannot be done."""

import pytest

from storage.office.audit import Act, entries
from storage.people.addresses import add_address
from tests.bot.stage import CHAT, KASHIWA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

ADA = "/desk/people/p-101"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """Ana looks at Ada, who has joined Suva and is on the list of Kashiwa."""
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    given = ("email", "ada@example.org")
    await stage.application.transactions.write(add_address, ada.participant_id, *given, stage.now)
    window = await signed_in()
    return await window.opens(ADA)


async def acts_of(stage: Stage) -> list[str]:
    return [one.act for one in await stage.application.transactions.read(entries)]


async def test_the_page_shows_who_it_is_and_no_whole_address(ana: Window) -> None:
    assert ana.heading == "Ada Vea"
    for text in (
        "Tonga, participant, written to in English.",
        "Code P-101.",
        "reached",
        "there (",
    ):
        assert text in ana.text
    assert "ad…@example.org" in ana.text
    assert "ada@example.org" not in ana.answer.text
    assert (await ana.opens("/desk/people/P-999")).status == 404
    assert "There is no participant P-999." in ana.text
    assert "followup" not in ana.text


async def test_messages_are_stopped_after_a_question_and_started_again(
    stage: Stage, ana: Window
) -> None:
    await ana.follows("Stop messages …")
    assert "Stop all messages to Ada Vea (P-101)?" in ana.panel
    assert "would still have asked: M6 of IPR-OC-2017, " in ana.panel
    await ana.presses("Stop messages", why="email")
    assert ana.note.startswith("Messages to P-101 are stopped (email).")
    assert "stopped" in ana.text
    await ana.presses("Start again")
    assert ana.note == "P-101 gets messages again."
    # Undo of that stops again, without a second question.
    await ana.presses("Undo")
    assert ana.note.startswith("Messages to P-101 are stopped (email).")
    acts = await acts_of(stage)
    assert acts[-3:] == [Act.PERSON_STOPPED, Act.PERSON_STARTED, Act.PERSON_STOPPED]


async def test_a_stop_in_person_is_not_ended_by_the_office(stage: Stage, ana: Window) -> None:
    await ana.follows("Stop messages …")
    await stage.people["Ada"].types("/stop")
    # The page was open meanwhile: the question has changed.
    await ana.presses("Stop messages")
    assert "This has changed since you looked." in ana.errors
    assert "P-101 is stopped already." in ana.panel
    await ana.opens(ADA)
    assert "Only the person can start them again" in ana.text
    assert "Start again" not in ana.buttons
    assert "Stop messages …" not in ana.links


async def test_a_pause_is_typed_in_words_and_shown_again_when_it_is_no_day(ana: Window) -> None:
    await ana.follows("Pause …")
    await ana.presses("Pause", until="soon")
    assert ana.status == 422
    assert "'soon' is not a day." in ana.errors
    assert ana.tree.xpath('//input[@name="until"]')[0].get("value") == "soon"
    await ana.presses("Pause", until="20 June")
    assert ana.note == "P-101 gets no messages before Wed 20 June 2018."
    await ana.presses("Undo")
    assert ana.note == "P-101 gets messages again."
    await ana.presses("Undo")
    assert ana.note == "P-101 gets no messages before Wed 20 June 2018."


async def test_channel_language_and_address_are_changed_and_changed_back(
    stage: Stage, ana: Window
) -> None:
    await ana.follows("Channel …")
    await ana.presses("Save", channel=CHAT)
    assert ana.note == "P-101 is written to by chat from now on."
    await ana.presses("Undo")
    assert ana.note == "P-101 is written to by the usual channel from now on."
    await ana.opens(ADA)
    await ana.follows("Language …")
    await ana.presses("Save", language="fr")
    assert ana.note == "P-101 is written to in French from now on."
    await ana.presses("Undo")
    assert ana.note == "P-101 is written to in English from now on."
    await ana.opens(ADA)
    await ana.follows("E-mail …")
    await ana.presses("Save", email="nobody")
    assert "is not an e-mail address" in ana.errors
    await ana.presses("Save", email="vea@example.org")
    assert "ve…@example.org" in ana.text
    await ana.presses("Undo")
    assert ana.note == "Letters to P-101 go to the address before again."


async def test_a_person_is_removed_from_a_workshop_and_put_back(ana: Window) -> None:
    await ana.follows(f"Remove … from {KASHIWA.title}")
    await ana.presses("Remove", why="did-not-come")
    assert ana.note == "P-101 is removed from RM-2017."
    await ana.presses("Undo")
    assert ana.note == "P-101 is in RM-2017 again, with all answers."
    await ana.presses("Undo")
    assert ana.note == "P-101 is removed from RM-2017."
    await ana.opens(ADA)
    await ana.presses("Undo person removed RM-2017 did-not-come")
    assert ana.note == "P-101 is in RM-2017 again, with all answers."


async def test_leaving_out_of_a_wave_reaches_nobody_and_is_done_at_once(ana: Window) -> None:
    wave = "Leave out Combating counterfeiting and piracy for Oceania, M12"
    await ana.presses(wave)
    assert ana.note == "P-101 is left out of M12 of IPR-OC-2017."
    await ana.presses("Undo")
    assert ana.note == "P-101 is asked in M12 of IPR-OC-2017 as the others are."
    assert wave in ana.buttons


async def test_a_move_names_the_administration_and_is_moved_back(
    stage: Stage, ana: Window
) -> None:
    await ana.follows("Move …")
    await ana.presses("Move", administration="FJ", since="1 March")
    assert ana.note.startswith("P-101 works at FJ; ")
    assert "Fiji, participant" in ana.text
    await ana.presses("Undo")
    assert "Tonga, participant" in ana.text
    await ana.opens(ADA)
    await ana.follows("Move …")
    await ana.presses("Move", administration="FJ", since="some day")
    assert "'some day 2017' is not a day." not in ana.errors
    assert "is not a day." in ana.errors


async def test_a_supervisor_is_tied_and_removed_again(stage: Stage, ana: Window) -> None:
    await ana.follows("Supervisor … in Combating counterfeiting and piracy for Oceania")
    await ana.presses("Save")
    assert "Give the name of a new person, or the code of one who is known." in ana.errors
    await ana.presses("Save", name="Sione Fifita", email="sione@example.org")
    assert "is asked about P-101, if P-101 agrees." in ana.note
    assert "followup" not in ana.note
    await ana.presses("Undo")
    assert "is removed from IPR-OC-2017." in ana.note


async def test_everything_is_erased_after_the_name_is_typed(stage: Stage, ana: Window) -> None:
    await ana.follows("Erase …")
    assert "It cannot be undone." in ana.panel
    await ana.presses("Erase", name="Ada")
    assert "'Ada' is not the name of this person. Nothing was changed." in ana.errors
    await ana.presses("Erase", name="ada vea")
    assert ana.note.startswith("P-101 is erased. So are all answers.")
    assert ana.heading == "P-101 (erased)"
    assert "Erase …" not in ana.links
    assert "Ada" not in ana.answer.text
