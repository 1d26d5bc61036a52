"""One more questionnaire for a workshop, choices of its own, and programmes with their operations."""

import pytest

from storage.fieldwork.waves import waves_of
from storage.instruments.questionnaires import get_questionnaire
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.given import choices
from tests.bot.web.desk.window import Window

PAGE = f"/desk/workshops/{SUVA.code}/questions"
LISTS_UNDO = f"Undo of imported {SUVA.code} lists"
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
    await ana.presses("Undo")
    assert "from Mon 11 June 2018 to Mon 25 June 2018" in ana.note


async def test_choices_are_shown_before_they_are_saved(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it")
    assert "Nothing was sent." in ana.errors
    await ana.presses("Look at it", choices("The manual"))
    assert "Nothing is saved yet." in ana.text
    await ana.presses("Save the choices")
    assert ana.note == "Saved: 1 change of choices."
    assert "takeaways: 1 choice manual: The manual en" in ana.text
    await ana.presses("Undo")
    assert ana.note == f"The choices of {SUVA.code} are as before."
    assert "takeaways:" not in ana.text


async def test_choices_that_somebody_changed_since_are_not_put_back(
    ana: Window, signed_in: SignIn
) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it", choices("The manual"))
    await ana.presses("Save the choices")
    bo = await signed_in(name="Bo")
    await bo.opens(PAGE)
    await bo.presses("Look at it", choices("The manual", "The course"))
    await bo.presses("Save the choices")
    await ana.presses("Undo")
    assert ana.note == "Changed since, so they stay: takeaways. Nothing was changed."
    await ana.opens("/desk")
    assert [one for one in ana.buttons if one.startswith("Undo of imported")] == [LISTS_UNDO]
    await ana.presses(LISTS_UNDO)
    assert ana.note == f"The choices of {SUVA.code} are as before."
    assert "takeaways: 1 choice manual: The manual en" in ana.text
    await ana.presses("Undo")
    assert "takeaways: 2 choices" in ana.text
    assert "takeaways: 2 choices" in ana.text


async def test_texts_of_choices_are_corrected_in_open_waves_after_a_question(
    stage: Stage, ana: Window
) -> None:
    stage.at("2017-12-09 10:00")
    await ana.opens(PAGE)
    await ana.presses("Look at it", choices("The manul"))
    await ana.presses("Save the choices")
    await stage.joined("Ada Vea")
    await stage.fieldwork_round()
    await ana.opens(PAGE)
    await ana.presses("Look at it", choices("The manual", "The course"))
    assert "Open already, so with the choices of before: END." in ana.text
    assert "Correct them in open waves too …" not in ana.links  # there is a new choice
    await ana.opens(PAGE)
    await ana.presses("Look at it", choices("The manual"))
    await ana.follows("Correct them in open waves too …")
    assert "“The manul” becomes “The manual”." in ana.panel
    assert "1 wave is open with the choices of before: END." in ana.panel
    await ana.presses("Correct the texts")
    assert ana.note == "Saved: 1 change of texts. Corrected: END version 2, correction 1."
    assert "manual: The manual en" in ana.text
    assert await asked(stage) == "The manual"
    await ana.opens("/desk")
    await ana.presses(LISTS_UNDO)
    assert "manual: The manul en" in ana.text
    assert await asked(stage) == "The manul"


async def asked(stage: Stage) -> str:
    """The choice `manual` in the open wave at the end, as it is asked now."""
    read = stage.application.transactions.read
    wave = (await read(waves_of, SUVA.code))["END"]
    key, version = wave.questionnaire_key, wave.questionnaire_version
    assert key
    assert version
    found = await read(get_questionnaire, key, version)
    options = [one for options in found.choices.values() for one in options]
    return next(one.label["en"] for one in options if one.name == "manual")


async def test_a_programme_has_its_operation_and_the_results_of_it(ana: Window) -> None:
    await ana.opens("/desk/workshops/programmes?do=add")
    await ana.presses("Save", code="PACIFIC-2018", operation="Kula", trainers="2018-02")
    assert ana.note == "PACIFIC-2018 is saved."
    await ana.presses("Save the results", ("results.csv", RESULTS, "text/csv"))
    assert ana.note == "Saved: 2 amounts of PACIFIC-2018."
    assert "153099.5 kg" in ana.text
    await ana.presses("Save the results", ("results.csv", b"operation\nOther\n", "text/csv"))
    assert "has no row of the operation 'Kula'" in ana.errors


async def test_a_programme_and_its_results_are_taken_back_in_turn(ana: Window) -> None:
    await ana.opens("/desk/workshops/programmes?do=add")
    await ana.presses("Save", code="KULA", operation="Kula", trainers=SUVA.code)
    await ana.presses("Save the results", ("results.csv", RESULTS, "text/csv"))
    await ana.presses("Save the results", ("results.csv", RESULTS, "text/csv"))
    assert ana.note == "Nothing was changed: these are the results of KULA."
    await ana.opens("/desk")
    assert "Programme changed: KULA change number 1 Taken back, or changed since." in ana.text
    await ana.opens(f"/desk/workshops/{SUVA.code}?do=rename")
    await ana.presses("Change the code", new="IPR-FJ")
    await ana.opens("/desk")
    await ana.presses("Undo of imported KULA results")
    assert ana.note == "The programme KULA is as before."
    assert "No results yet." in ana.text
    await ana.opens("/desk")
    await ana.presses("Undo of programme changed KULA")
    assert ana.note == "The programme KULA is removed."
    assert "There is no programme yet." in ana.text
    await ana.presses("Undo")
    assert "IPR-FJ → Kula" in ana.text
