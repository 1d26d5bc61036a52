"""A table of earlier answers, sent in chat with its wave beside it, and taken back."""

import pytest

from bot.messaging.messages import Uploaded
from tests.bot.stage import SUVA, Person, Stage

TABLE = "person,date,job,Mood\nP-MELE,2018-03-20,Same job,fine\n"
CAPTION = f"answers {SUVA.code} m3"


@pytest.fixture
async def eva(stage: Stage) -> Person:
    """Eva, an organiser, long after M3."""
    stage.at("2018-06-07 12:00")
    await stage.workshop(SUVA)
    return stage.visitor("Eva", "901")


async def sends(eva: Person, caption: str = CAPTION, content: str = TABLE) -> None:
    await eva.sends(Uploaded(eva.sender, "answers.csv", content.encode(), caption=caption))


async def test_a_table_is_asked_about_imported_and_taken_back(stage: Stage, eva: Person) -> None:
    await sends(eva)
    assert 'What is column D, "Mood" (fine)?' in eva.text
    assert "Nothing is stored yet." in eva.text
    await eva.taps("Leave out all other columns")
    assert "Nobody on the list of this workshop is P-MELE" in eva.text
    await eva.taps("people not found: Keep them without a person")
    assert "IPR-OC-2017 M3: 1 response to 1 question, 1 without a person." in eva.text
    tap = eva.tap_on("Import 1 response")
    await eva.sends(tap)
    assert eva.text.startswith("Imported.\n")
    assert eva.labels == ["Undo"]
    undo = eva.tap_on("Undo")
    await eva.sends(tap)
    assert eva.text.startswith("Already imported: ")
    await eva.sends(undo)
    assert "1 response is taken back." in eva.text
    assert "M3 is again as it was before." in eva.text
    await eva.sends(undo)
    assert "is taken back already. Nothing was changed." in eva.text


async def test_a_table_that_cannot_be_read_names_what_to_do(eva: Person) -> None:
    await sends(eva, content="a,b\n1,2\n")
    assert "Nothing was imported. Please correct:" in eva.text
    assert "Name the columns" in eva.text


async def test_a_workshop_or_a_wave_that_is_not_known_is_refused(eva: Person) -> None:
    await sends(eva, "answers NOWHERE M3")
    assert "NOWHERE" in eva.text
    await sends(eva, f"answers {SUVA.code} M99")
    assert "has no wave" in eva.text


async def test_a_table_without_a_word_beside_it_is_told_what_to_write(eva: Person) -> None:
    await sends(eva, caption="")
    assert eva.sees("What does it list?")
    assert eva.sees("answers IPR-OC-2017 M3")


async def test_columns_of_a_table_are_remembered_and_can_be_asked_about_again(eva: Person) -> None:
    await sends(eva)
    without = "people not found: Keep them without a person"
    await eva.taps("Leave out all other columns", without, "Import 1 response")
    await sends(eva, content=TABLE.replace("P-MELE", "P-BEN"))
    assert "D left out." in eva.text
    assert "remembered columns: Keep" in eva.labels
    await eva.taps("remembered columns: Forget, ask again")
    assert 'What is column D, "Mood" (fine)?' in eva.text
