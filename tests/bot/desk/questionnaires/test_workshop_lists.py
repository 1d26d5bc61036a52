"""A correction of the choices of a workshop, taken back in those open waves that it changed."""

import pytest

from bot.desk.questionnaires.files import ChoiceLists, parse_lists
from bot.desk.questionnaires.lists_back import ListsPutBack, put_back_lists
from bot.desk.questionnaires.workshop_lists import (
    ListsChanged,
    correct_lists,
    import_lists,
)
from storage.fieldwork.waves import waves_of
from storage.instruments.questionnaires import get_questionnaire
from tests.bot.stage import SUVA, Stage

LISTS = "list_name,name,label\nobstacles,triage,{}\nobstacles,custody,{}\n"


@pytest.fixture
async def stage_of_two_waves(stage: Stage) -> Stage:
    """The end is open with the first text, and six months after with the text of before it."""
    await stage.workshop(SUVA)
    await imports(stage, "Use a kit", "Keep it")
    stage.at("2017-12-07 12:00")
    await stage.joined("Ada Vea")
    await stage.opens("END", "2017-12-08 09:30")
    return stage


async def imports(stage: Stage, *labels: str) -> ListsChanged:
    return await stage.application.transactions.write(
        import_lists, stage.application.office, SUVA.code, lists(*labels), stage.now
    )


async def corrects(stage: Stage, *labels: str) -> ListsChanged:
    return await stage.application.transactions.write(
        correct_lists, stage.application.office, SUVA.code, lists(*labels), stage.now
    )


async def puts_back(stage: Stage, number: int) -> ListsPutBack:
    return await stage.application.transactions.write(
        put_back_lists, stage.application.office, SUVA.code, number, stage.now
    )


async def asked(stage: Stage, key: str) -> list[str]:
    """Return the two choices as a wave asks them now."""
    read = stage.application.transactions.read
    wave = (await read(waves_of, SUVA.code))[key]
    assert wave.questionnaire_key
    assert wave.questionnaire_version
    found = await read(get_questionnaire, wave.questionnaire_key, wave.questionnaire_version)
    options = {one.name: one.label["en"] for every in found.choices.values() for one in every}
    return [options["triage"], options["custody"]]


def lists(*labels: str) -> ChoiceLists:
    return parse_lists(LISTS.format(*labels).encode(), "lists.csv")


async def test_a_wave_that_the_correction_did_not_change_is_left_alone(
    stage_of_two_waves: Stage,
) -> None:
    stage = stage_of_two_waves
    await imports(stage, "Use a tool kit", "Keep it")
    await stage.opens("M3", "2018-03-08 09:30")
    done = await corrects(stage, "Use a kit", "Keep it")
    assert done.corrected == ("M3 version 2, correction 1",)
    assert await asked(stage, "END") == ["Use a kit", "Keep it"]
    back = await puts_back(stage, done.number)
    assert await asked(stage, "M3") == ["Use a tool kit", "Keep it"]
    assert await asked(stage, "END") == ["Use a kit", "Keep it"]
    assert back.said == f"The choices of {SUVA.code} are as before."
    await puts_back(stage, back.number)
    assert await asked(stage, "M3") == ["Use a kit", "Keep it"]
    assert await asked(stage, "END") == ["Use a kit", "Keep it"]


async def test_what_a_later_correction_changed_stays_and_is_named(
    stage_of_two_waves: Stage,
) -> None:
    stage = stage_of_two_waves
    first = await corrects(stage, "Use a tool", "Keep them")
    await corrects(stage, "Use the tool", "Keep them")
    back = await puts_back(stage, first.number)
    assert back.said == (
        "Changed since, so they stay: choice triage of obstacles. The others are as before."
    )
    assert await asked(stage, "END") == ["Use the tool", "Keep it"]
    again = await puts_back(stage, first.number)
    assert again.said == (
        "Changed since, so they stay: choice triage of obstacles. Nothing was changed."
    )


async def test_a_wave_that_opened_with_the_corrected_choices_gets_those_of_before(
    stage_of_two_waves: Stage,
) -> None:
    stage = stage_of_two_waves
    done = await corrects(stage, "Use a tool", "Keep it")
    await stage.opens("M3", "2018-03-08 09:30")
    assert await asked(stage, "M3") == ["Use a tool", "Keep it"]
    back = await puts_back(stage, done.number)
    for wave in ("END", "M3"):
        assert await asked(stage, wave) == ["Use a kit", "Keep it"]
    await puts_back(stage, back.number)
    for wave in ("END", "M3"):
        assert await asked(stage, wave) == ["Use a tool", "Keep it"]
