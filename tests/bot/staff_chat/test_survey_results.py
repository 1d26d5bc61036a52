"""The result of one survey as a manager gets it in chat."""

from sqlalchemy import text

from bot.desk.people.case_changes import set_aside
from bot.messaging.messages import Button, Card, Say
from bot.settings.office import Office
from bot.staff_chat.reports import SURVEYS
from storage.fieldwork.next_contact import Rules
from surveys.planning.plans_file import packaged_plans
from tests.bot.staff_chat.test_reports import NOW, Manager, manager, some_answer

__all__ = ["manager"]

OFFICE = Office(Rules(packaged_plans(), ("telegram",)), acting="S-ORG")


def buttons(card: Card) -> dict[str, Button]:
    return {button.text: button for row in card.rows for button in row}


async def surveys(manager: Manager) -> Card:
    report = (await manager.report()).says[0].card
    return (await manager.tap(buttons(report)[SURVEYS])).says[0].card


async def test_the_result_of_a_survey_is_a_picture_with_its_files(manager: Manager) -> None:
    some_answer(manager, 8)
    card = await surveys(manager)
    assert (card.text, list(buttons(card))) == ("The result of which survey of TFA?", ["M6"])
    said = (await manager.tap(buttons(card)["M6"])).says[0]
    assert content(said).startswith(b"\x89PNG")
    assert "8 of 12" in said.card.text
    assert list(buttons(said.card)) == ["PDF", "Word", "Excel", "Slides"]
    files = [(await manager.tap(button)).says[0] for button in buttons(said.card).values()]
    assert [content(one)[:4] for one in files] == [b"%PDF", *[b"PK\x03\x04"] * 3]
    names = [one.file.name for one in files if one.file]
    assert names == [f"TFA-M6-CONFIDENTIAL.{form}" for form in ("pdf", "docx", "xlsx", "pptx")]


def content(said: Say) -> bytes:
    return said.file.content if said.file else b""


async def test_what_is_set_aside_is_not_shown_from_what_was_drawn_before(manager: Manager) -> None:
    some_answer(manager, 8)
    m6 = buttons(await surveys(manager))["M6"]
    assert "8 of 12" in (await manager.tap(m6)).says[0].card.text
    case = manager.story.connection.execute(text("select min(id) from cases")).scalar_one()
    manager.story.connection.rollback()
    await manager.transactions.write(set_aside, OFFICE, case, "wrong workshop", NOW)
    assert "7 of 12" in (await manager.tap(m6)).says[0].card.text


async def test_under_five_answers_the_result_of_a_survey_is_one_sentence(manager: Manager) -> None:
    some_answer(manager, 3)
    said = (await manager.tap(buttons(await surveys(manager))["M6"])).says[0]
    assert (said.file, said.card.rows) == (None, ())
    assert said.card.text == "3 of 12 have answered. Results appear from 5."


async def test_a_workshop_without_an_opened_survey_says_so(manager: Manager) -> None:
    manager.open()
    card = await surveys(manager)
    assert (card.text, card.rows) == ("No survey of TFA has been opened yet.", ())
