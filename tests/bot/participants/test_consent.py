"""Joining, agreeing, declining, stopping: nothing is asked before an agreement or after a no."""

import pytest

from bot.messaging.messages import Sender, Tapped, Typed
from bot.messaging.tokens import Action, token
from bot.settings.office import CONSENT_VERSION
from storage.people.participants import get_participant
from tests.bot.stage import CHAT, KASHIWA, Stage

WORDS_OF_STOP = ("stop", " Stop ", "STOP.", "/stop", "unsubscribe")


async def test_nothing_is_asked_before_the_person_has_agreed(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    await stage.until_next_message()
    assert ada.sees("I agree")
    number = await stage.case_of(ada, "M6")
    for message in (
        Tapped(ada.sender, token(Action.GO, number), ada.screen[-1].ref),
        Tapped(ada.sender, token(Action.PICK, number, 9, 0), ada.screen[-1].ref),
        Typed(ada.sender, "1"),
        Typed(ada.sender, "1", ada.screen[-1].ref),
    ):
        await ada.sends(message)
        assert ada.sees("I agree")
    case = await stage.case(ada, "M6")
    assert (case.started_at, case.asked_at) == (None, None)
    assert await stage.answers(ada, "M6") == {}


async def test_nobody_has_taken_part_in_a_workshop_before_it_begins(stage: Stage) -> None:
    stage.at("2017-12-03 12:00")
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    assert "You will take part in: " in ada.text
    stage.at("2017-12-04 12:00")
    ben = await stage.enrol("Ben Qalo", "FJ")
    await ben.joins()
    assert "You took part in: " in ben.text


async def test_the_agreement_is_stored_once_with_its_version(stage: Stage) -> None:
    stage.at("2018-06-08 10:00")
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    tap = ada.tap_on("I agree")
    await ada.sends(tap)
    agreed = await stage.enrolment(ada)
    stage.at("2018-06-08 10:01")
    await ada.sends(tap)
    assert agreed.consent_version == CONSENT_VERSION
    assert await stage.enrolment(ada) == agreed


async def test_not_now_tapped_twice_is_one_not_now(stage: Stage) -> None:
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    tap = ada.tap_on("Not now")
    await ada.together(tap, tap)
    enrolment = await stage.enrolment(ada)
    assert enrolment.declined_once_at == stage.now
    assert enrolment.refused_at is None
    assert ada.sees("We will ask you one more time later")


async def test_declining_the_second_asking_is_a_refusal_and_nothing_more_is_sent(
    stage: Stage,
) -> None:
    stage.at("2018-06-07 12:00")
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    await ada.taps("Not now")
    await stage.until_next_message()
    await ada.taps("Not now")
    assert (await stage.enrolment(ada)).refused_at == stage.now
    shown = len(ada.screen)
    for day in range(9, 30):
        stage.at(f"2018-06-{day:02} 10:50")
        await stage.fieldwork_round()
    assert len(ada.screen) == shown
    await ada.types("Hello")
    assert ada.text.startswith("What you just sent is not stored.")
    assert ada.sees("We have no questions for you at the moment.")


async def test_a_refusal_can_be_taken_back_and_an_agreement_not_by_an_old_button(
    stage: Stage,
) -> None:
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    first_no = ada.tap_on("Not now")
    await ada.taps("Not now")
    await ada.joins()
    await ada.taps("Not now", "I have changed my mind: I agree")
    assert (await stage.enrolment(ada)).active
    await ada.sends(first_no)
    assert ada.text == "You have already agreed. To stop, send /stop."
    assert (await stage.enrolment(ada)).consented_at is not None


async def test_a_code_of_another_person_is_not_taken_over(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    ben = await stage.enrol("Ben Qalo", "FJ")
    await ben.types(f"/start {ada.codes['IPR-OC-2017']}")
    assert ben.text.startswith("Another account already uses this code.")
    assert "Ada" not in ben.text
    await ben.joins()
    await ada.types(f"/start {ben.codes['IPR-OC-2017']}")
    assert ada.text.startswith("This code is already in use.")


async def test_a_fresh_code_of_another_person_does_not_mix_two_people_in_one_chat(
    stage: Stage,
) -> None:
    ada = await stage.joined("Ada Vea")
    ben = await stage.enrol("Ben Qalo", "FJ")
    await ada.types(f"/start {ben.codes['IPR-OC-2017']}")
    assert ada.text.startswith("This chat already has an entry on our list")
    await ben.joins()
    assert ben.sees("Hello Ben Qalo.")


async def test_a_stranger_is_told_the_way_in_and_no_names(stage: Stage) -> None:
    await stage.joined("Ada Vea")
    zoe = stage.visitor("Zoe", "777")
    for text in ("/start", "/start nonsense", "hello", "/mydata", "stop"):
        await zoe.types(text)
        assert "code" in zoe.text
        assert "Ada" not in zoe.text
    await zoe.sends(Tapped(zoe.sender, token(Action.GO, 1), ""))
    assert "do not know this chat" in zoe.text


async def test_anybody_can_read_the_number_of_their_own_chat_for_the_office(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    zoe = stage.visitor("Zoe", "777")
    number = "Your chat number is 777. Give it to the office if they ask."
    await zoe.types("/id")
    assert zoe.text == number
    await zoe.types("/start")
    assert zoe.text.splitlines()[-1] == number
    await zoe.types("hello")
    assert "777" not in zoe.text
    await ada.types("/id")
    assert "Your chat number is" in ada.text


async def test_a_code_used_again_by_its_own_chat_shows_where_the_person_stands(
    stage: Stage,
) -> None:
    ada = await stage.joined("Ada Vea")
    await ada.joins()
    assert ada.text.startswith("Thank you. We have no questions for you at the moment.")


async def test_start_without_a_code_shows_a_consent_that_was_not_answered(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.types("/start")
    assert ada.sees("Kashiwa")
    assert ada.sees("I agree")


@pytest.mark.parametrize("word", WORDS_OF_STOP)
async def test_d14_stop_ends_everything_and_is_never_an_answer(stage: Stage, word: str) -> None:
    await stage.publish(TEXT_FIRST)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    await ada.types(word)
    assert ada.text.startswith("We will not send you any more messages.")
    assert await stage.answers(ada, "M6") == {}
    stopped = await stage.application.transactions.read(get_participant, ada.participant_id)
    assert stopped.stopped_at == stage.now
    shown = len(ada.screen)
    for day in range(9, 30):
        stage.at(f"2018-06-{day:02} 10:50")
        await stage.fieldwork_round()
    stage.at("2018-12-10 10:50")
    await stage.fieldwork_round()
    assert len(ada.screen) == shown


async def test_d14_stop_inside_a_longer_text_is_an_answer(stage: Stage) -> None:
    await stage.publish(TEXT_FIRST)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    await ada.types("We stop parcels at the border.")
    assert await stage.answers(ada, "M6") == {"story": "We stop parcels at the border."}


async def test_d14_the_stop_button_works_after_the_questionnaire_has_closed(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    stage.at("2018-07-20 12:00")
    await stage.fieldwork_round()
    await ada.taps("Stop these messages")
    assert ada.sees("Send me messages again")
    stopped = await stage.application.transactions.read(get_participant, ada.participant_id)
    assert stopped.stopped_at == stage.now


async def test_an_old_button_of_a_stopped_person_answers_nothing(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    await ada.types("stop")
    await ada.taps("Same job")
    assert ada.sees("Send me messages again")
    assert await stage.answers(ada, "M6") == {}
    await ada.joins()
    assert ada.sees("Send me messages again")


async def test_a_person_who_comes_back_goes_on_where_it_stopped(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start", "Same job")
    await ada.types("stop")
    back = ada.tap_on("Send me messages again")
    await ada.sends(back)
    assert ada.text.startswith("Question 2 of about")
    await ada.sends(back)
    assert (await stage.enrolment(ada)).active
    assert (await stage.case(ada, "M6")).next_contact_at is not None


async def test_a_blocked_bot_is_noticed_and_letting_it_in_again_too(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    chi = await stage.joined("Chi Naidu", "FJ")
    await chi.blocks()
    stage.at("2018-06-08 11:00", "Pacific/Fiji")
    await stage.fieldwork_round()
    assert (await stage.case(chi, "M6")).hold == "unreachable"
    stage.messenger.blocked_by.clear()
    await chi.joins()
    assert (await stage.case(chi, "M6")).hold == ""


async def test_staff_can_take_part_too(stage: Stage) -> None:
    eva = await stage.enrol("Eva Fifita")
    eva.identifier, eva.sender = "901", Sender(CHAT, "901")
    await eva.joins()
    assert eva.sees("Hello Eva Fifita.")
    await eva.taps("I agree")
    assert (await stage.enrolment(eva)).consented_at is not None


async def test_staff_who_write_a_text_are_told_their_commands(stage: Stage) -> None:
    eva = stage.visitor("Eva", "901")
    await eva.types("hello")
    assert eva.sees("/wave")


async def test_mydata_shows_what_is_stored_and_stays_possible_after_a_stop(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await ada.types("/stop")
    await ada.types("/mydata")
    assert "Name: Ada Vea" in ada.text
    assert "Language: English" in ada.text
    assert "Suva (Tonga): stopped" in ada.text
    assert "0 answers are stored." in ada.text
    assert ada.labels == ["Send me a copy as a file", "Delete my data"]


TEXT_FIRST = """
spec: 1
key: M6
title: Six months after the workshop
survey:
  - {type: text, name: story, label: "What happened?"}
  - {type: text, name: more, label: "And then?"}
"""
