"""Interviews on the page: whole, half and half with the chat, changed, in two windows at once."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import func, select

from bot.messaging.messages import Filled, Sender
from storage.schema import answers, cases
from tests.bot.stage import KASHIWA, SUVA, Person, Stage
from tests.bot.web.browser import Browser
from tests.bot.web.conftest import Opening

JOB = "Are you still in the same job as in December 2017?"
USE = f"Do you use what you learned in “{SUVA.title}”?"
STAGE = f"Think about the topic of “{SUVA.title}”. How far is your administration with it today?"
ANCHORS = (
    f"Is something from “{SUVA.title}” part of something official today? Choose all that you know."
)
DONE = "Thank you. That was the last question. Your answers are saved."
Asked = Callable[[], Awaitable[tuple[Person, Browser]]]


@pytest.fixture
def asked(stage: Stage, browser: Opening) -> Asked:
    """Ada, who has agreed, before the first question of M6 in her browser."""

    async def at_the_first_question() -> tuple[Person, Browser]:
        ada = await stage.joined("Ada Vea")
        await stage.opens("M6", "2018-06-08 10:00")
        window = await browser(ada)
        await window.presses("Start")
        assert window.screen.heading == JOB
        return ada, window

    return at_the_first_question


async def to_the_end(window: Browser) -> None:
    """Answer the first choice of every question, and skip what has none."""
    for _ in range(30):
        if not {"Continue", "Skip"} & set(window.screen.buttons):
            return
        choices = window.screen.choices
        await (window.chooses(choices[0]) if choices else window.presses("Skip"))


async def test_a_person_agrees_answers_and_is_done(stage: Stage, browser: Opening) -> None:
    ada = await stage.enrol("Ada Vea")
    stage.at("2018-06-08 10:00")
    await stage.fieldwork_round()
    window = await browser(ada)
    assert window.screen.heading == "Hello Ada Vea."
    assert "You can stop at any time" in window.screen.text
    await window.presses("I agree")
    assert "questions, about 5 minutes" in window.screen.text
    await window.presses("Start")
    await window.chooses("Same job")
    await to_the_end(window)
    assert window.screen.heading == DONE
    assert (await stage.case(ada, "M6")).completed_at == stage.now
    assert (await stage.answers(ada, "M6"))["job"] == "same"
    assert {row.channel for row in await stage.rows(select(answers.c.channel))} == {"web"}


async def test_what_was_begun_in_chat_ends_on_the_page(stage: Stage, browser: Opening) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start", "Same job", "I do it regularly")
    window = await browser(ada)
    assert window.screen.heading == STAGE
    await to_the_end(window)
    assert window.screen.heading == DONE
    channels = {row.item: row.channel for row in await stage.rows(select(answers))}
    assert (channels["job"], channels["others_use"]) == ("chat", "web")


async def test_what_was_begun_on_the_page_ends_in_chat(stage: Stage, asked: Asked) -> None:
    ada, window = await asked()
    await window.chooses("Left customs")
    await ada.types("/continue")
    assert ada.sees("Who now does the work")
    for _ in range(10):
        if not ada.sees("Skip"):
            break
        await ada.taps("Skip")
    assert ada.sees(DONE)
    await window.opens()
    assert window.screen.heading == DONE


async def test_ticks_that_wait_in_chat_are_ticked_on_the_page(stage: Stage, asked: Asked) -> None:
    ada, window = await asked()
    await ada.types("/continue")
    await ada.taps("Same job", "I have tried it", "Skip", "Skip")
    await ada.taps("Training course", "Law or regulation")
    await window.opens()
    assert window.screen.heading == ANCHORS
    assert window.screen.chosen == ["Training course or curriculum", "Law or regulation"]
    await window.chooses("Law or regulation", "Budget or equipment")
    assert (await stage.answers(ada, "M6"))["anchors"] == "budget law"


async def test_back_shows_the_answer_given_and_going_on_keeps_it(
    stage: Stage, asked: Asked
) -> None:
    ada, window = await asked()
    await window.chooses("Same job")
    await window.presses("‹ Back")
    assert (window.screen.heading, window.screen.chosen) == (JOB, ["Same job"])
    await window.chooses("Same job")
    assert window.screen.heading == USE
    assert await stage.history(ada, "M6") == []


async def test_a_question_can_be_skipped_but_not_sent_empty(stage: Stage, asked: Asked) -> None:
    ada, window = await asked()
    await window.presses("Continue")
    assert window.answer.status_code == 422
    assert "Please choose one of the answers." in window.screen.text
    assert await stage.answers(ada, "M6") == {}
    await window.presses("Skip")
    assert window.screen.heading == USE
    assert await stage.answers(ada, "M6") == {"job": ""}


async def test_none_yet_does_not_go_with_other_answers(stage: Stage, asked: Asked) -> None:
    ada, window = await asked()
    await window.chooses("Same job")
    for _ in range(3):
        await window.presses("Skip")
    await window.chooses("Law or regulation", "None yet")
    assert "You cannot choose “None yet” together with other answers." in window.screen.text
    assert window.screen.chosen == ["Law or regulation", "None yet"]
    assert "anchors" not in await stage.answers(ada, "M6")
    await window.chooses("Law or regulation")
    assert (await stage.answers(ada, "M6"))["anchors"] == "law"


async def test_a_text_that_is_too_long_stays_in_its_box(stage: Stage, asked: Asked) -> None:
    ada, window = await asked()
    await window.chooses("Same job")
    for _ in range(3):
        await window.presses("Skip")
    await window.chooses("Law or regulation")
    await window.chooses("In force since the workshop")
    text = "Customs Act <b>12</b> & more " * 20
    await window.chooses(text=text)
    assert "Please send no more than 200 characters" in window.screen.text
    assert [one.value for one in window.screen.controls if one.kind == "textarea"] == [text]
    await window.chooses(text="Customs Act\r\n2018 <b>")
    assert (await stage.answers(ada, "M6"))["title_law"] == "Customs Act\n2018 <b>"


async def test_an_answer_is_changed_from_the_list_of_answers(stage: Stage, asked: Asked) -> None:
    ada, window = await asked()
    await window.chooses("Same job")
    await window.chooses("I have tried it")
    await window.follows("See or change my answers")
    assert "I have tried it" in window.screen.text
    changes = [one for one in window.screen.controls if one.label == "Change it"]
    await window.sends([("tap", changes[1].value)])
    assert window.screen.heading == USE
    await window.chooses("I do it regularly")
    assert window.screen.heading == STAGE
    assert (await stage.answers(ada, "M6"))["use_any"] == "regular"
    assert await stage.history(ada, "M6") == [("use_any", "tried", "changed")]


async def test_i18_two_windows_make_one_response_and_nothing_is_overwritten(
    stage: Stage, asked: Asked, browser: Opening
) -> None:
    ada, phone = await asked()
    desk = await browser(ada)
    await phone.chooses("Same job")
    await desk.chooses("Left customs")
    assert desk.answer.status_code == 422
    assert "You answered that question on 8 June." in desk.screen.text
    assert desk.screen.heading == USE
    assert (await stage.answers(ada, "M6"))["job"] == "same"
    await to_the_end(desk)
    await phone.chooses("I have tried it")
    assert phone.screen.heading == DONE
    assert "You answered that question on 8 June." in phone.screen.text
    assert await stage.rows(select(func.count()).select_from(cases)) == [(1,)]
    assert await stage.history(ada, "M6") == []


async def test_i18_a_form_that_is_sent_twice_says_nothing_the_second_time(
    stage: Stage, asked: Asked, browser: Opening
) -> None:
    ada, window = await asked()
    again = await browser(ada)
    await window.chooses("Same job")
    await again.chooses("Same job")
    assert again.answer.status_code == 200
    assert again.screen.heading == USE


async def test_a_page_of_a_question_that_is_not_asked_any_more_says_so(
    stage: Stage, asked: Asked, browser: Opening
) -> None:
    ada, window = await asked()
    await window.chooses("Same job")
    old = await browser(ada)
    await window.presses("‹ Back")
    await window.chooses("Left customs")
    await old.chooses("I have tried it")
    assert "We do not ask that question any more." in old.screen.text
    assert old.screen.heading.startswith("Who now does the work")
    assert "use_any" not in await stage.answers(ada, "M6")


async def test_d12_after_the_last_day_the_page_is_closed_and_takes_nothing(
    stage: Stage, asked: Asked
) -> None:
    ada, window = await asked()
    await window.chooses("Same job")
    stage.at("2018-07-07 00:00")
    await window.chooses("I have tried it")
    assert window.screen.heading == "This questionnaire closed on 6 July. Thank you."
    assert "You will get the next questionnaire in December" in window.screen.text
    assert await stage.answers(ada, "M6") == {"job": "same"}


async def test_stopping_on_the_page_asks_once_and_can_be_taken_back(
    stage: Stage, asked: Asked
) -> None:
    ada, window = await asked()
    await window.follows("Stop these messages")
    assert (await stage.enrolment(ada)).active
    await window.presses("Stop these messages")
    assert window.screen.text.count("We will not send you any more messages.") == 1
    assert not (await stage.enrolment(ada)).active
    await window.presses("Send me messages again")
    assert (await stage.enrolment(ada)).active
    assert window.screen.heading == JOB


async def test_not_now_and_no_are_kept_and_can_be_taken_back(
    stage: Stage, browser: Opening
) -> None:
    ada = await stage.enrol("Ada Vea")
    window = await browser(ada)
    await window.presses("Not now")
    await window.opens()
    assert (await stage.enrolment(ada)).declined_once_at == stage.now
    await window.presses("Not now")
    assert (await stage.enrolment(ada)).refused_at == stage.now
    assert window.screen.heading.startswith("We will not ask you again")
    await window.presses("I have changed my mind: I agree")
    assert (await stage.enrolment(ada)).active
    assert window.screen.heading.startswith("We have no questions for you at the moment.")


async def test_what_is_stored_can_be_read_before_agreeing(stage: Stage, browser: Opening) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    await window.follows("What is stored?")
    assert window.screen.heading == "What is stored?"
    assert "the address we write to" in window.screen.text
    await window.presses("I agree")
    assert window.screen.heading.startswith("We have no questions for you at the moment.")


async def test_a_link_shows_its_own_workshop_and_takes_no_answers_for_another(
    stage: Stage, browser: Opening
) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")
    stage.at("2018-06-08 10:00")
    await stage.fieldwork_round()
    suva = await browser(ada)
    assert "Suva" in suva.screen.text
    assert "Kashiwa" not in suva.screen.text
    await suva.presses("Start")
    other = await stage.case_of(ada, "M6", KASHIWA)
    await suva.sends([("case", str(other)), ("item", "9"), ("value", "same")])
    assert "That button does not work any more." in suva.screen.text
    assert await stage.answers(ada, "M6", KASHIWA) == {}
    kashiwa = await browser(ada, workshop=KASHIWA)
    assert "Kashiwa" in kashiwa.screen.text


async def test_a_form_of_somebody_elses_case_is_refused_by_the_use_case_too(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    ben = await stage.joined("Ben Qalo", "FJ")
    await stage.opens("M6", "2018-06-08 10:00")
    number = await stage.case_of(ben, "M6")
    reply = await ada.sends(Filled(Sender("chat", ada.identifier), number, 9, ("same",)))
    assert reply.notice == "This button belongs to somebody else's questionnaire."


async def test_the_language_can_be_chosen_before_agreeing(stage: Stage, browser: Opening) -> None:
    ada = await stage.enrol("Ada Vea")
    window = await browser(ada)
    await window.follows("Language")
    await window.presses("فارسی")
    assert (window.screen.language, window.screen.direction) == ("fa", "rtl")
    assert window.screen.heading != "Hello Ada Vea."
    assert "I agree" not in window.screen.buttons
    agree = next(one for one in window.screen.controls if one.name == "tap")
    await window.presses(agree.label)
    assert (await stage.enrolment(ada)).consented_at == stage.now
    await window.sends([("language", "tlh")])
    assert window.screen.language == "fa"


CHANGED = """
spec: 1
key: M6
title: Six months after the workshop
choices:
  yes_no: [{name: yes, label: "Yes"}, {name: no, label: "No"}]
survey:
  - {type: select_one yes_no, name: use, label: "Do you use it?"}
  - {type: text, name: how, label: "How?", relevant: "${use} = 'yes'"}
  - {type: text, name: last, label: "Anything else?"}
"""
REMOVED = "Earlier answers that do not fit any more were removed: 1."


async def test_a_page_says_that_an_accepted_answer_has_removed_another(
    stage: Stage, browser: Opening
) -> None:
    await stage.publish(CHANGED)
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    window = await browser(ada)
    await window.presses("Start")
    await window.chooses("Yes")
    await window.chooses(text="Daily")
    await window.presses("‹ Back")
    await window.presses("‹ Back")
    screen = await window.chooses("No")
    assert REMOVED in screen.text
    assert screen.heading == "Anything else?"
    assert await stage.answers(ada, "M6") == {"use": "no"}
    await window.presses("Skip")
    assert REMOVED not in window.screen.text
