"""Organisers try a questionnaire in their own chat, and nothing of it is stored anywhere."""

import pytest

from bot.staff_chat.rehearsed_interview import ENDED, HEAD, OVER
from storage.office.staff import StaffRole
from storage.schema import metadata
from surveys.people import Role
from tests.bot.stage import SUVA, Person, Stage
from tests.bot.test_transcripts import TWO_LANGUAGES
from tests.staff import employ


@pytest.fixture
async def eva(stage: Stage) -> Person:
    stage.at("2018-06-07 12:00")
    await stage.workshop(SUVA)
    return stage.visitor("Eva", "901")


async def everything(stage: Stage) -> dict[str, int]:
    """How many rows stand in each table."""
    return {name: len(await stage.rows(table.select())) for name, table in metadata.tables.items()}


async def answered_to_the_end(person: Person) -> None:
    """Take the first choice, or type, until the thanks come; every card says what it is."""
    for _ in range(60):
        assert person.text.startswith(HEAD), person.text
        assert "End the rehearsal" in person.labels
        if person.sees("Thank you. That was the last question"):
            return
        if person.sees("Please type"):
            await person.types("12")
            continue
        await person.taps(person.labels[0])
        if "Done (1)" in person.labels:
            await person.taps("Done (1)")
    raise AssertionError("it never ends")


async def test_a_wave_is_rehearsed_to_its_end_and_leaves_no_trace(
    stage: Stage, eva: Person
) -> None:
    await eva.types("/wave")
    await eva.taps("Combating", "M6")
    before = await everything(stage)
    await eva.taps("Try it yourself")
    assert eva.text.startswith(HEAD)
    assert eva.sees("Hello Mele Tupou.")
    assert eva.sees("Combating counterfeiting and piracy for Oceania, Suva")
    assert eva.sees("You can answer until 6 July.")
    await eva.taps("Start")
    assert eva.sees("as in December 2017?")
    await answered_to_the_end(eva)
    await eva.taps("See or change my answers")
    assert eva.sees("Your answers so far.")
    await eva.taps("End the rehearsal")
    assert eva.text == ENDED
    assert await everything(stage) == before


@pytest.mark.parametrize("key", ["PRE", "END", "M3", "M6", "M12", "SUP6", "SUP12", "NCP12"])
async def test_every_packaged_questionnaire_can_be_tried(
    stage: Stage, eva: Person, key: str
) -> None:
    await eva.types(f"/rehearse {key}")
    await answered_to_the_end(eva)


async def test_a_questionnaire_is_chosen_from_a_list_or_named(stage: Stage, eva: Person) -> None:
    await eva.types("/rehearse M7")
    assert eva.sees("There is no questionnaire M7. Which questionnaire would you like to try?")
    assert "Six months after the workshop (M6)" in eva.labels
    await eva.taps("SUP6")
    assert eva.sees("Question 1")


async def test_the_language_can_be_changed_in_a_rehearsal(stage: Stage, eva: Person) -> None:
    await stage.publish(TWO_LANGUAGES)
    await eva.types("/rehearse M6")
    assert eva.sees("Do you use what you learned?")
    await eva.taps("⋯", "Language", "français")
    assert eva.sees("Utilisez-vous ce que vous avez appris ?")
    await eva.types("essayé")
    assert eva.sees("Pouvez-vous donner un exemple ?")


async def test_a_text_for_a_real_questionnaire_is_never_taken_by_a_rehearsal(
    stage: Stage, eva: Person
) -> None:
    await stage.publish(TWO_LANGUAGES)
    stage.people.clear()
    ada = await stage.joined("Ada Vea")
    chat = ("chat", ada.identifier)
    await stage.application.transactions.write(employ, chat, StaffRole.ORGANISER, stage.now)
    stage.at("2018-06-08 10:50")
    await stage.fieldwork_round()
    await ada.types("/rehearse M6")
    await ada.taps("Tried it")
    await ada.types("/continue")
    await ada.taps("Tried it")
    await ada.types("We check parcels by profile")
    assert (await stage.answers(ada, "M6"))["example"] == "We check parcels by profile"


async def test_old_buttons_of_a_rehearsal_store_nothing_and_say_so(
    stage: Stage, eva: Person
) -> None:
    await eva.types("/rehearse M6")
    old = eva.tap_on("Same job")
    await eva.types("/rehearse END")
    await eva.sends(old)
    assert eva.notice == OVER
    again = stage.reopened()
    try:
        await again.people["Eva"].sends(old)
        assert eva.notice == OVER
    finally:
        again.close()


async def test_a_sticker_is_answered_as_in_a_real_questionnaire(stage: Stage, eva: Person) -> None:
    await eva.types("/rehearse M6")
    await eva.sends_sticker()
    assert eva.sees("Please choose one of the buttons")
    assert eva.sees("Question 1 of about")


async def test_stop_ends_the_rehearsal_and_an_hour_of_silence_too(
    stage: Stage, eva: Person
) -> None:
    await eva.types("/rehearse M6")
    await eva.types("stop")
    assert eva.text == ENDED
    await eva.types("/rehearse M6")
    old = eva.tap_on("Same job")
    stage.at("2018-06-07 13:01")
    await eva.sends(old)
    assert eva.notice == OVER


async def test_managers_and_participants_cannot_rehearse(stage: Stage, eva: Person) -> None:
    manager = stage.visitor("Max", "903")
    await manager.types("/rehearse M6")
    assert manager.sees("You do not have access to this.")
    sam = await stage.joined("Sam Lolo", role=Role.SUPERVISOR)
    await sam.types("/rehearse SUP6")
    assert not sam.sees("REHEARSAL")
