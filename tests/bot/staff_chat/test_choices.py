"""Choices of a workshop sent in chat: never taken for people, whatever the sheet is called."""

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook

from bot.messaging.messages import Uploaded
from bot.messaging.tokens import Action, number_of, token
from storage.instruments.workshop_lists import lists_of, put_lists
from storage.office.staff import StaffRole
from surveys.questionnaire import Option
from tests.bot.stage import CHAT, SUVA, Person, Stage
from tests.staff import employ

ROWS = [
    ("list_name", "name", "label::English (en)"),
    ("needs", "seizure", "How to seize goods"),
    ("needs", "profiling", "Profiling of containers"),
]


def workbook(sheet: str) -> bytes:
    """A workbook with a note and the choices on a sheet of this name."""
    book = Workbook()
    book.active.title = "Read me"
    book.active.append(["Please keep the codes."])
    added = book.create_sheet(sheet)
    for row in ROWS:
        added.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
async def eva(stage: Stage) -> Person:
    stage.at("2018-06-07 12:00")
    await stage.workshop(SUVA)
    return stage.visitor("Eva", "901")


async def sends(person: Person, content: bytes, name: str = "needs.xlsx") -> None:
    await person.sends(Uploaded(person.sender, name, content))


async def needs(stage: Stage) -> list[str]:
    found = await stage.application.transactions.read(lists_of, SUVA.code)
    return [option.name for option in found.get("needs", ())]


async def test_choices_are_shown_saved_and_taken_back(stage: Stage, eva: Person) -> None:
    await sends(eva, workbook("Participants"))
    assert eva.text == (
        "needs.xlsx has choices of questions: needs (2). Which workshop are they for?"
    )
    await eva.taps("Combating")
    assert "The choice seizure of list needs is new." in eva.text
    assert eva.text.endswith("Nothing is saved yet.")
    assert await needs(stage) == []
    save = eva.tap_on("Save")
    await eva.sends(save)
    assert eva.text.startswith("Saved in IPR-OC-2017: 2 changes.")
    assert await needs(stage) == ["seizure", "profiling"]
    undo = eva.tap_on("Undo")
    await eva.sends(save)
    assert eva.text.endswith("has these choices already. Nothing was changed.")
    await eva.sends(undo)
    assert eva.text == "The choices of IPR-OC-2017 are as before."
    assert await needs(stage) == []
    again = eva.tap_on("Undo")
    await eva.sends(undo)
    assert eva.text.endswith("Nothing was changed.")
    await eva.sends(again)
    assert await needs(stage) == ["seizure", "profiling"]


async def test_choices_are_taken_back_after_a_restart_and_by_another_member(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, workbook("choices"))
    await eva.taps("Combating", "Save")
    undo = eva.tap_on("Undo")
    after = stage.reopened()
    ben = after.visitor("Ben", "902")
    await after.application.transactions.write(
        employ, (CHAT, ben.identifier), StaffRole.ORGANISER, after.now, "Ben"
    )
    await ben.sends(replace(undo, sender=ben.sender))
    assert ben.text == "The choices of IPR-OC-2017 are as before."
    assert await needs(after) == []


async def test_a_button_of_before_changes_had_numbers_says_where_the_undo_is(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, workbook("choices"))
    await eva.taps("Combating", "Save")
    old = token(Action.CHOICES_UNDO, 1, number_of(SUVA.code))
    await eva.sends(replace(eva.tap_on("Undo"), token=old))
    assert eva.text.startswith("This button is too old: it does not say which change")
    assert await needs(stage) == ["seizure", "profiling"]


async def test_what_was_changed_since_stays(stage: Stage, eva: Person) -> None:
    await sends(eva, workbook("choices"))
    await eva.taps("Combating", "Save")
    other = {"needs": (Option(name="other", label={"en": "Other"}),)}
    await stage.application.transactions.write(put_lists, SUVA.code, other, stage.now)
    await eva.taps("Undo")
    assert eva.text == "Changed since, so they stay: needs. Nothing was changed."
    assert await needs(stage) == ["other"]


async def test_a_text_file_of_choices_in_any_order_of_columns_is_known(
    stage: Stage, eva: Person
) -> None:
    text = "name,list_name,label\nseizure,needs,How to seize goods\n"
    await sends(eva, text.encode(), "needs.csv")
    await eva.taps("Combating", "Save")
    assert await needs(stage) == ["seizure"]
    await sends(eva, text.replace(",needs,", ",hotels,").encode(), "needs.csv")
    assert "is not a list that a workshop can have of its own" in eva.text
