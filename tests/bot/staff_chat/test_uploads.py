"""Organisers send questionnaires as files: checked, told, tried, published once."""

import io

import pytest
from openpyxl import load_workbook

from bot.messaging.messages import Uploaded
from storage.instruments.questionnaires import newest
from surveys.xlsform.writing import write_xlsform
from tests.bot.stage import Person, Stage

FORM = """
| survey   |                 |       |                     |          |
|          | type            | name  | label::English (en) | relevant |
|          | select_one yn   | used  | {label}             |          |
|          | text            | how   | How?                | {when}   |
| choices  |                 |       |                     |          |
|          | list_name       | name  | label::English (en) |          |
|          | yn              | yes   | Yes                 |          |
|          | yn              | notyet | Not yet            |          |
| settings |                 |       |                     |          |
|          | form_title      | form_id | default_language  |          |
|          | Short follow-up | short | English (en)        |          |
"""
SOUND = FORM.format(label="Do you use it?", when="${used} = 'yes'")
LISTED = "hotel,nights\nTanoa,4\nGrand,5\n"


@pytest.fixture
def eva(stage: Stage) -> Person:
    """Eva, an organiser."""
    stage.at("2018-06-07 12:00")
    return stage.visitor("Eva", "901")


async def sends(person: Person, name: str, content: str | bytes) -> None:
    given = content if isinstance(content, bytes) else content.encode()
    await person.sends(Uploaded(person.sender, name, given))


async def test_a_form_is_checked_told_and_published_once(stage: Stage, eva: Person) -> None:
    await sends(eva, "short.md", SOUND)
    assert eva.text.startswith("SHORT: Short follow-up\nIt is new")
    assert eva.labels == ["Publish", "Play it", "Cancel"]
    assert await stage.application.transactions.read(newest, "SHORT") is None
    tap = eva.tap_on("Publish")
    await eva.sends(tap)
    assert eva.text == "SHORT version 1 is published. No wave asks it yet."
    await eva.sends(tap)
    assert "Already published as SHORT version 1 on Thu 7 June 2018, 06:00 in Bangkok" in eva.text
    await sends(eva, "short.md", SOUND)
    assert "This is the same as version 1. There is nothing to publish." in eva.text
    assert eva.labels == ["Play it"]


async def test_what_a_new_version_changes_is_told_before_it_is_published(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, "short.md", SOUND)
    await eva.taps("Publish")
    await sends(eva, "short.md", FORM.format(label="Do you use it today?", when=""))
    assert "Changes against version 1:" in eva.text
    assert "“Do you use it?” becomes “Do you use it today?”" in eva.text
    assert "how is asked always; before it was asked if" in eva.text
    assert "Correct texts only" not in eva.labels


async def test_a_correction_of_texts_is_offered_as_such(stage: Stage, eva: Person) -> None:
    await sends(eva, "short.md", SOUND)
    await eva.taps("Publish")
    await sends(eva, "short.md", SOUND.replace("Do you use it?", "Do you use it now?"))
    await eva.taps("Correct texts only")
    assert "SHORT version 1, correction 1 is published. Interviews under way" in eva.text
    corrected = await stage.application.transactions.read(newest, "SHORT")
    assert corrected is not None
    assert (corrected.version, corrected.items[0].label["en"]) == (1, "Do you use it now?")
    undo = eva.tap_on("Undo")
    await eva.sends(undo)
    assert eva.text == "The texts of SHORT are as before: SHORT version 1, correction 2."
    back = await stage.application.transactions.read(newest, "SHORT")
    assert back is not None
    assert back.items[0].label["en"] == "Do you use it?"
    again = eva.tap_on("Undo")
    await eva.sends(undo)
    assert eva.text.endswith("Nothing was changed.")
    await eva.sends(again)
    assert eva.text == "The texts of SHORT are as before: SHORT version 1, correction 3."


async def test_mistakes_come_back_with_the_marked_workbook(stage: Stage, eva: Person) -> None:
    rows = "".join(f"|          | gps  | place{n} | Where?  |   |\n" for n in range(30))
    await sends(eva, "bad.md", SOUND.replace("| choices", rows + "| choices", 1))
    listed = eva.screen[0].card.text.splitlines()
    assert listed[0] == "Nothing was published. Please correct 30 problems in bad.md."
    assert listed[1].startswith("- bad.md, sheet 'survey', row 4, column 'type': 'gps'")
    assert len(listed) == 22
    assert listed[-1] == "… and 10 more."
    assert "cells to mend coloured" in eva.text
    (file,) = stage.messenger.files
    marked = load_workbook(io.BytesIO(file.content))
    assert marked["survey"]["A4"].comment is not None
    assert await stage.application.transactions.read(newest, "SHORT") is None


async def test_a_form_can_be_played_before_anything_is_published(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, "short.md", SOUND)
    await eva.taps("Play it")
    assert "REHEARSAL. Nothing is stored." in eva.text
    await eva.taps("Not yet")
    assert "Nothing was saved" in eva.text
    assert await stage.application.transactions.read(newest, "SHORT") is None


async def test_a_workbook_that_the_bot_wrote_itself_is_the_same(stage: Stage, eva: Person) -> None:
    six = await stage.application.transactions.read(newest, "M6")
    assert six is not None
    await sends(eva, "M6.xlsx", write_xlsform(six))
    assert "This is the same as version 1." in eva.text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("notes.csv", "Tanoa, 4 nights\n", "This file is not a questionnaire"),
        ("hotels.csv", LISTED, "hotels.csv is a table. What does it list?"),
        ("photo.jpg", b"\xff\xd8\xff", "Files of this kind cannot be read."),
        ("broken.xlsx", b"PK\x03\x04rest", "The file is damaged"),
        ("short.yaml", "spec: 1\nkey: SHORT\n", "This questionnaire asks nothing."),
    ],
)
async def test_other_files_are_answered_with_what_can_be_sent(
    eva: Person, name: str, content: str | bytes, told: str
) -> None:
    await sends(eva, name, content)
    assert told in eva.text
    assert "Publish" not in eva.labels


async def test_only_organisers_publish(stage: Stage, eva: Person) -> None:
    await sends(eva, "short.md", SOUND)
    tap = eva.tap_on("Publish")
    max_ = stage.visitor("Max", "903")
    await sends(max_, "short.md", SOUND)
    assert max_.text == "You do not have access to this. Ask an organiser."
    await max_.sends(type(tap)(max_.sender, tap.token, ""))
    assert max_.notice == "You do not have access to this. Ask an organiser."
    ada = await stage.joined("Ada Vea")
    await sends(ada, "short.md", SOUND)
    await ada.sends(type(tap)(ada.sender, tap.token, ""))
    assert await stage.application.transactions.read(newest, "SHORT") is None
