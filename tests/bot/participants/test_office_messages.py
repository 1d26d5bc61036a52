"""What a person writes that answers no question reaches the office, and nothing else does."""

from datetime import datetime

from sqlalchemy import Connection

from bot.desk.people.person import erase_code
from bot.desk.people.personal_data import personal_copy, personal_data_of
from storage.office.audit import Act, entries
from storage.people.office_messages import messages_of
from storage.people.participants import participant_with
from surveys.office_messages import LONGEST, MOST_WAITING
from tests.bot.stage import Person, Stage
from tests.storage.everything import columns_with

PASSED_ON = "We have passed your message on to the office."
ONE_CHOICE = """
spec: 1
key: M6
title: Six months after the workshop
survey:
  - {type: select_one yesno, name: use, label: "Do you use it?"}
choices:
  yesno:
    - {name: "yes", label: "Yes"}
    - {name: "no", label: Not yet}
"""
WRONG = "I answered about the wrong workshop!"


async def kept(stage: Stage, person: Person) -> list[str]:
    found = await stage.application.transactions.read(messages_of, [person.participant_id])
    return [one.text for one in found]


async def asked(stage: Stage) -> Person:
    """Ada is asked a question with buttons, and then nothing more."""
    await stage.publish(ONE_CHOICE)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    return ada


async def test_a_message_after_the_thanks_reaches_the_office_and_is_not_thanked_again(
    stage: Stage,
) -> None:
    ada, eva = await asked(stage), stage.visitor("Eva", "901")
    await ada.taps("Yes")
    await ada.types(WRONG)
    assert ada.text.startswith(PASSED_ON)
    assert "not stored" not in ada.text
    await stage.fieldwork_round()
    assert "Ada Vea has written to the office." in eva.text
    assert WRONG not in eva.text
    await eva.taps("Read the messages")
    assert eva.sees(f"1. Ada Vea (P-101), IPR-OC-2017, Fri 8 June 2018:\n{WRONG}")
    await eva.taps("Settled 1")
    assert eva.sees("The message of Ada Vea is settled.")
    await eva.taps("Undo", "Show all")
    assert eva.sees(WRONG)
    acts = [(one.act, one.about) for one in await stage.application.transactions.read(entries)]
    assert (Act.MESSAGE_SETTLED, "P-101") in acts
    assert WRONG not in str(acts)


async def test_a_text_that_names_no_choice_is_kept_and_the_question_comes_again(
    stage: Stage,
) -> None:
    ada = await asked(stage)
    await ada.types(WRONG)
    assert ada.text.startswith(f"{PASSED_ON}\n\nPlease choose one of the buttons")
    assert "Not yet" in ada.labels
    await ada.types("yess")
    assert ada.text.startswith("Please choose one of the buttons")
    await ada.types("not yet")
    assert await stage.answers(ada, "M6") == {"use": "no"}
    assert await kept(stage, ada) == [WRONG]


async def test_thanks_are_no_message_and_the_same_text_is_kept_once(stage: Stage) -> None:
    ada = await asked(stage)
    await ada.taps("Yes")
    await ada.types("thank you")
    assert ada.text.startswith("What you just sent is not stored.")
    for _ in range(2):
        await ada.types(WRONG)
        assert ada.text.startswith(PASSED_ON)
    assert await kept(stage, ada) == [WRONG]


async def test_nobody_can_flood_the_office(stage: Stage) -> None:
    ada = await asked(stage)
    await ada.taps("Yes")
    for number in range(MOST_WAITING + 1):
        await ada.types(f"{number} of many messages " + "x" * LONGEST)
    assert ada.text.startswith("The office has several messages of yours to read.")
    texts = await kept(stage, ada)
    assert len(texts) == MOST_WAITING
    assert max(map(len, texts)) == LONGEST


async def test_messages_go_with_the_person(stage: Stage) -> None:
    ada = await asked(stage)
    await ada.types(WRONG)
    copy = await stage.application.transactions.read(_copy_of, "P-101", stage.now)
    assert copy["messages"] == [{"written_at": stage.now.isoformat(), "text": WRONG}]
    await stage.application.transactions.write(_erased, stage)
    assert await kept(stage, ada) == []
    assert columns_with(stage.application.transactions.database, "Ada Vea") == []


def _copy_of(connection: Connection, code: str, now: datetime) -> dict[str, object]:
    person = participant_with(connection, code)
    return personal_copy(personal_data_of(connection, person, now))


def _erased(connection: Connection, stage: Stage) -> None:
    office = stage.application.office
    erase_code(connection, office, "P-101", stage.now, keep_answers=True)
