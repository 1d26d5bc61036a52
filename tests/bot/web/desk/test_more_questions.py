"""One more questionnaire for a workshop, choices of its own, and programmes with their operations."""

import pytest

from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

PAGE = f"/desk/workshops/{SUVA.code}/questions"
RESULTS = b"operation,cases,kg\nKula,12,153099.5\n"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    return await signed_in()


async def test_one_more_questionnaire_is_shown_asked_and_taken_back(ana: Window) -> None:
    await ana.opens(f"{PAGE}?do=add")
    await ana.presses("Show what would happen", key="M3", day="11 June", days="many")
    assert "'many' is no number of days." in ana.errors
    await ana.presses("Show what would happen", days="14")
    assert "from Mon 11 June 2018 to Mon 25 June 2018" in ana.panel
    await ana.presses("Ask it")
    assert "is added" in ana.note
    assert "open for 14 days" in ana.text
    await ana.presses("Undo")
    assert "is taken back" in ana.note
    assert "Only the questionnaires of its plan." in ana.text


async def test_choices_are_shown_before_they_are_saved(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it")
    assert "Nothing was sent." in ana.errors
    file = (
        "choices.csv",
        b"list_name,name,label::English (en)\ntakeaways,manual,The manual\n",
        "text/csv",
    )
    await ana.presses("Look at it", file)
    assert "Nothing is saved yet." in ana.text
    await ana.presses("Save the choices")
    assert ana.note.startswith("Saved: ")
    assert "takeaways: 1 choices" in ana.text


async def test_a_programme_has_its_operation_and_the_results_of_it(ana: Window) -> None:
    await ana.opens("/desk/workshops/programmes?do=add")
    await ana.presses("Save", code="PACIFIC-2018", operation="Kula", trainers="2018-02")
    assert ana.note == "PACIFIC-2018 is saved."
    await ana.presses("Save the results", ("results.csv", RESULTS, "text/csv"))
    assert ana.note == "Saved: 2 amounts of PACIFIC-2018."
    assert "153099.5 kg" in ana.text
    await ana.presses("Save the results", ("results.csv", b"operation\nOther\n", "text/csv"))
    assert "has no row of the operation 'Kula'" in ana.errors
