"""A whole interview on the page, with the chat beside it."""

from sqlalchemy import select

from storage.schema import answers
from tests.bot.conversation.stage import Stage
from tests.bot.web.conftest import Opening

JOB = "Are you still in the same job as in December 2017?"
USE = "Do you use what you learned in “Combating counterfeiting and piracy for Oceania”?"
DONE = "Thank you. That was all; your answers are saved."


async def test_a_person_agrees_answers_and_is_done(stage: Stage, browser: Opening) -> None:
    ada = await stage.enrol("Ada Vea")
    stage.at("2018-06-08 10:00")
    await stage.fieldwork_round()
    window = await browser(ada)
    assert window.screen.heading == "Hello Ada Vea."
    assert "You may stop at any time" in window.screen.text
    await window.presses("I agree")
    assert "questions, about 5 minutes" in window.screen.text
    await window.presses("Start")
    assert window.screen.heading == JOB
    await window.chooses("Same job")
    for _ in range(20):
        if not window.screen.choices:
            break
        await window.chooses(window.screen.choices[0])
    assert window.screen.heading == DONE
    assert (await stage.case(ada, "M6")).completed_at == stage.now
    assert (await stage.answers(ada, "M6"))["job"] == "same"
    assert {row.channel for row in await stage.rows(select(answers.c.channel))} == {"web"}
