"""A correction of the texts of a questionnaire, taken back in all interviews that show it."""

from bot.desk.questionnaires.publishing import correct_texts
from bot.desk.questionnaires.putting_back import put_correction_back
from storage.fieldwork.waves import waves_of
from storage.instruments.questionnaires import get_questionnaire, newest
from tests.bot.desk.questionnaires.test_workshop_lists import imports
from tests.bot.stage import SUVA, Stage


async def title(stage: Stage, key: str) -> str:
    """Return the title of what an open wave asks now."""
    read = stage.application.transactions.read
    wave = (await read(waves_of, SUVA.code))[key]
    assert wave.questionnaire_key
    assert wave.questionnaire_version
    found = await read(get_questionnaire, wave.questionnaire_key, wave.questionnaire_version)
    return found.title["en"]


async def test_a_wave_that_opened_with_the_corrected_texts_gets_those_of_before(
    stage: Stage,
) -> None:
    write, office = stage.application.transactions.write, stage.application.office
    await stage.workshop(SUVA)
    await imports(stage, "Use a kit", "Keep it")
    stage.at("2017-12-07 12:00")
    await stage.joined("Ada Vea")
    before = await stage.application.transactions.read(newest, "M3")
    assert before is not None
    right = before.title["en"]
    told = before.model_copy(update={"title": {**before.title, "en": "Wrong"}})
    done = await write(correct_texts, office, told, stage.now)
    await stage.opens("M3", "2018-03-08 09:30")
    assert await title(stage, "M3") == "Wrong"
    back = await write(put_correction_back, office, "M3", done.number, stage.now)
    assert await title(stage, "M3") == right
    await write(put_correction_back, office, "M3", back.number, stage.now)
    assert await title(stage, "M3") == "Wrong"
