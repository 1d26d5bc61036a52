"""/person in chat: a person is found, and each act is undone by the button under its message."""

import pytest

from bot.messaging.messages import Tapped
from bot.messaging.tokens import Action, token
from surveys.people import Role
from tests.bot.stage import KASHIWA, Person, Stage


@pytest.fixture
async def eva(stage: Stage) -> Person:
    """Eva, an organiser, with Ada Vea and two who are called Mele."""
    stage.at("2018-06-07 12:00")
    for name in ("Ada Vea", "Mele Tupou", "Tomasi Méle"):
        await stage.joined(name)
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    return stage.visitor("Eva", "901")


async def test_a_person_is_found_by_code_and_by_parts_of_the_name(eva: Person) -> None:
    await eva.types("/person p-101")
    assert eva.text.splitlines() == [
        "Ada Vea (P-101)",
        "IPR-OC-2017: participant, TO, agreed, answers: 0",
        "RM-2017: participant, TO, not asked yet, answers: 0",
        "chat: 10…1 (in use since Thu 7 June 2018)",
        "Messages: as planned.",
    ]
    await eva.types("/person mele")
    assert eva.labels[:2] == ["Mele Tupou, TO (P-102)", "Tomasi Méle, TO (P-103)"]
    await eva.taps("Tomasi")
    assert eva.text.startswith("Tomasi Méle (P-103)")
    await eva.types("/person tupou mele")
    assert eva.text.startswith("Mele Tupou (P-102)")
    await eva.types("/person Nobody")
    assert eva.sees("Nobody is called “Nobody”.")
    await eva.types("/person")
    assert eva.sees("such as /person Mele")


async def test_the_wrong_person_on_the_list_is_removed_and_put_back(
    stage: Stage, eva: Person
) -> None:
    await eva.types("/person Ada")
    await eva.taps("Remove from RM-2017", "Wrong list")
    assert eva.text == "P-101 is removed from RM-2017."
    await eva.taps("Show Ada Vea")
    assert eva.sees("RM-2017: participant, TO, removed (wrong-list), answers: 0")
    await eva.taps("Put back into RM-2017")
    assert eva.text == "P-101 is in RM-2017 again, with all answers."
    # And within two taps after the act.
    await eva.taps("Undo", "Undo")
    assert (await stage.enrolment(stage.people["Ada"], KASHIWA)).active


async def test_messages_are_stopped_after_a_question_and_started_again(eva: Person) -> None:
    await eva.types("/person Ada")
    await eva.taps("Stop messages")
    assert eva.text == "Stop all messages to Ada Vea (P-101)? How do you know?"
    await eva.taps("Leave it")
    assert eva.sees("Messages: as planned.")
    await eva.taps("Stop messages", "By telephone")
    assert eva.text == "Messages to P-101 are stopped (telephone)."
    tap = eva.tap_on("Start again")
    await eva.sends(tap)
    assert eva.text == "P-101 gets messages again."
    await eva.sends(tap)
    assert eva.text == "P-101 gets messages. Nothing was changed."


async def test_a_pause_and_a_wave_left_out_are_taken_back(eva: Person) -> None:
    await eva.types("/person Ada")
    await eva.taps("Pause", "2 weeks")
    assert eva.text == "P-101 gets no messages before Thu 21 June 2018."
    await eva.taps("Undo", "Undo", "Show")
    assert eva.sees("Messages: paused until Thu 21 June 2018.")
    await eva.taps("Leave out of a wave", "M12, IPR-OC-2017")
    assert eva.text == "P-101 is left out of M12 of IPR-OC-2017."
    await eva.taps("Show", "Leave out of a wave")
    assert eva.sees("Ask in M12 again, IPR-OC-2017")
    await eva.taps("Ask in M12 again", "Undo", "Undo")
    assert eva.text == "P-101 is asked in M12 of IPR-OC-2017 as the others are."


async def test_a_person_who_has_stopped_cannot_be_started_by_the_office(
    stage: Stage, eva: Person
) -> None:
    await stage.people["Ada"].types("/stop")
    await eva.types("/person Ada")
    assert eva.sees("(in person)")
    assert not [label for label in eva.labels if label.startswith(("Start", "Stop", "Pause"))]


async def test_a_contact_point_hands_over_in_chat_and_it_is_taken_back(
    stage: Stage, eva: Person
) -> None:
    nia = await stage.joined("Nia Fonua", role=Role.CONTACT_POINT)
    await eva.types("/handover P-105")
    assert eva.sees("/handover P-7KQ2MZ9D Mele Tupou")
    await eva.types("/handover p-105 Leo Tau")
    assert eva.text.startswith("Leo Tau takes over from P-105")
    leo = stage.visitor("Leo", "940")
    await leo.types(eva.text.splitlines()[1])
    assert not (await stage.enrolment(nia)).active
    await eva.taps("Undo")
    assert eva.text == "P-105 is the contact point again."
    assert (await stage.enrolment(nia)).active
    await leo.taps("I agree")
    assert leo.sees("The office has taken you off the list of this workshop")


@pytest.mark.parametrize("numbers", [(), (1,), (999, 2), (1, 99), (1, 1, 9), (1, 6), (1, 9, 5)])
async def test_buttons_that_name_nothing_are_refused(
    eva: Person, numbers: tuple[int, ...]
) -> None:
    await eva.sends(Tapped(eva.sender, token(Action.OFFICE_PERSON_ACT, *numbers), ""))
    assert eva.sees("This list is old.")
