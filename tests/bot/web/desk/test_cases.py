"""The questionnaires of one person on the page: messages, wrong workshop, set aside, opened, read."""

from datetime import timedelta

import pytest

from bot.desk.waves import acts
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole
from tests.bot.participants.test_office_messages import ONE_CHOICE, WRONG
from tests.bot.stage import CHAT, KASHIWA, SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window
from tests.staff import employ

ADA = "/desk/people/P-101"
OF_SUVA = f"{SUVA.title}, M6"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """Ana looks at Ada, who has answered about Suva and says that it was the wrong workshop."""
    await stage.publish(ONE_CHOICE)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")
    for _ in range(2):
        await stage.until_next_message()
    first = next(one for one in ada.screen if SUVA.title in one.card.text and one.buttons)
    stage.messenger.latest[ada.identifier] = first
    await ada.taps("Start", "Yes")
    await ada.types(WRONG)
    window = await signed_in()
    return await window.opens(ADA)


async def test_answers_about_the_wrong_workshop_are_moved_and_moved_back(
    stage: Stage, ana: Window
) -> None:
    ada = stage.people["Ada"]
    assert WRONG in ana.text
    await ana.follows(f"Wrong workshop … {OF_SUVA}")
    assert "Ada Vea is told in chat." in ana.panel
    await ana.presses("Save")
    assert "Choose what shall happen to them." in ana.errors
    await ana.presses("Save", to=KASHIWA.code)
    assert ana.note.startswith("1 answer of IPR-OC-2017 M6 of Ada Vea belong")
    assert await stage.answers(ada, "M6", KASHIWA) == {"use": "yes"}
    await ana.presses("Undo")
    assert await stage.answers(ada, "M6", SUVA) == {"use": "yes"}


async def test_answers_that_cannot_move_any_more_are_not_offered_and_not_moved(
    stage: Stage, ana: Window
) -> None:
    ada = stage.people["Ada"]
    await ana.follows(f"Wrong workshop … {OF_SUVA}")
    await ada.types("/continue")
    await ada.taps("Not yet")
    await ana.presses("Save", to=KASHIWA.code)
    assert "This has changed since you looked." in ana.errors
    assert await stage.answers(ada, "M6", KASHIWA) == {"use": "no"}


async def test_a_case_is_set_aside_put_back_and_in_the_history(stage: Stage, ana: Window) -> None:
    await ana.follows(f"Set aside … {OF_SUVA}")
    await ana.presses("Set aside", reason="asked twice")
    assert ana.note.startswith("IPR-OC-2017 M6 of Ada Vea is set aside")
    assert "set aside (asked twice)" in ana.text
    await ana.opens(ADA)
    await ana.presses("Undo case set aside IPR-OC-2017 M6")
    assert ana.note.startswith("IPR-OC-2017 M6 of Ada Vea counts again: 1 answer.")
    assert "Undo case set aside IPR-OC-2017 M6" not in ana.buttons
    await ana.presses("Undo")
    assert "set aside (asked twice)" in ana.text
    await ana.follows(f"Put back … {OF_SUVA}")
    await ana.presses("Put back")
    assert "set aside" not in ana.note


async def test_one_case_of_a_closed_wave_is_opened_again_and_closed(
    stage: Stage, ana: Window
) -> None:
    transactions, office = stage.application.transactions, stage.application.office
    await transactions.write(acts.close_wave, office, KASHIWA.code, "M6", stage.now)
    await stage.fieldwork_round()
    await ana.opens(ADA)
    await ana.follows(f"Open again … {KASHIWA.title}, M6")
    await ana.presses("Open it", days="200")
    assert "A case is opened for 1 to 60 days." in ana.errors
    await ana.opens(ADA)
    await ana.follows(f"Open again … {KASHIWA.title}, M6")
    await ana.presses("Open it", days="7")
    assert "M6 of Ada Vea is open again until Mon 18 June 2018." in ana.note
    await ana.presses("Undo")
    assert "M6 of Ada Vea is closed again." in ana.note


async def read_by(stage: Stage) -> list[tuple[str, str]]:
    """Return who has read answers of whom, as the audit log has it."""
    written = await stage.application.transactions.read(entries)
    return [(one.who, one.about) for one in written if one.act is Act.ANSWERS_READ]


async def test_who_reads_answers_is_in_the_history(stage: Stage, ana: Window) -> None:
    await ana.follows(f"Read the answers, {OF_SUVA}")
    assert ana.heading == "Answers of Ada Vea"
    assert "1. Do you use it? Yes" in ana.text
    # To load it again is no second reading, but an hour later it is.
    await ana.opens(ana.path)
    assert await read_by(stage) == [("S-DESKANA", "P-101 IPR-OC-2017 M6")]
    stage.now += timedelta(hours=1, minutes=1)
    await ana.opens(ana.path)
    assert len(await read_by(stage)) == 2
    await ana.opens(ADA)
    assert "answers of a person read" in ana.text


async def test_a_message_is_settled_where_it_stands_and_waits_again(
    stage: Stage, ana: Window
) -> None:
    await ana.opens("/desk/people/messages")
    assert WRONG in ana.text
    await ana.presses("Settled the message of Ada Vea")
    assert ana.note == "The message of Ada Vea is settled."
    assert "No message to the office waits." in ana.text
    await ana.presses("Undo")
    assert WRONG in ana.text
    await ana.opens(ADA)
    (settle,) = [one for one in ana.buttons if one.startswith("Settled")]
    # Meanwhile Eva settles it in chat.
    await stage.application.transactions.write(
        employ, (CHAT, "901"), StaffRole.ORGANISER, stage.now, "Eva"
    )
    eva = stage.visitor("Eva", "901")
    await eva.types("/messages")
    await eva.taps("Settled 1")
    await ana.presses(settle)
    assert ana.note == "The message of Ada Vea was settled before, by Eva. Nothing was changed."
    written = await stage.application.transactions.read(entries)
    assert [one.about for one in written if one.act is Act.MESSAGES_READ][-1] == "office"
