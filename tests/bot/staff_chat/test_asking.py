"""An organiser publishes an own questionnaire and asks it of one workshop, in chat alone."""

import pytest

from bot.messaging.messages import Uploaded
from bot.staff_chat.workshop_choice import OLD_LIST
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import newest
from surveys.authoring.packaged import packaged_questionnaire
from surveys.xlsform.writing import write_xlsform
from tests.bot.staff_chat.test_uploads import FORM
from tests.bot.stage import SUVA, Person, Stage

MATRIX = FORM.format(label="Do you use it?", when="").replace("| short ", "| RISKMATRIX ")


@pytest.fixture
async def eva(stage: Stage) -> Person:
    """Eva, an organiser, seven months after the workshop in Suva."""
    stage.at("2018-06-07 12:00")
    await stage.workshop(SUVA)
    return stage.visitor("Eva", "901")


async def sends(person: Person, name: str, content: str | bytes) -> None:
    given = content if isinstance(content, bytes) else content.encode()
    await person.sends(Uploaded(person.sender, name, given))


async def keys(stage: Stage) -> list[str]:
    found = await stage.application.transactions.read(get_workshop, SUVA.code)
    return [one.key for one in found.added]


async def test_a_published_questionnaire_is_asked_of_a_workshop_and_taken_back(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, "matrix.md", MATRIX)
    await eva.taps("Publish")
    assert eva.text == "RISKMATRIX version 1 is published. No wave asks it yet."
    await eva.taps("Ask it of a workshop", "Combating")
    assert eva.labels[0] == "6 months after: Fri 8 June 2018"
    assert not any(label.startswith("3 months") for label in eva.labels)
    await eva.taps("Ask supervisors instead")
    assert "It asks its supervisors." in eva.text
    await eva.taps("12 months after")
    days = "from Sat 8 December 2018 to Sat 5 January 2019"
    said = f"IPR-OC-2017 RISKMATRIX is added: {days}, for 0 supervisors."
    assert eva.text == said
    assert await keys(stage) == ["RISKMATRIX"]
    undo = eva.tap_on("Undo")
    await eva.sends(undo)
    assert eva.text == "IPR-OC-2017 RISKMATRIX is dropped. It reached nobody."
    await eva.sends(undo)
    assert eva.text == "It was taken back already. Nothing was changed."
    assert await keys(stage) == []


async def test_a_wave_that_opens_at_once_is_asked_about(stage: Stage, eva: Person) -> None:
    stage.at("2018-06-12 12:00")
    await sends(eva, "matrix.md", MATRIX)
    await eva.taps("Publish", "Ask it of a workshop", "Combating", "6 months after")
    assert "Its first messages leave in the next working hours. Add it?" in eva.text
    assert await keys(stage) == []
    await eva.taps("Yes")
    assert await keys(stage) == ["RISKMATRIX"]
    await eva.types("/workshops")
    await eva.taps(SUVA.code, "Take back RISKMATRIX")
    assert await keys(stage) == []


async def test_publishing_over_a_packaged_one_says_what_it_reaches_and_is_undone(
    stage: Stage, eva: Person
) -> None:
    m12 = packaged_questionnaire("M12")
    first = next(item for item in m12.items if item.label)
    items = tuple(
        item.model_copy(update={"label": {**item.label, "en": "Another question?"}})
        if item is first
        else item
        for item in m12.items
    )
    await sends(eva, "m12.xlsx", write_xlsform(m12.model_copy(update={"items": items})))
    assert "M12 is a packaged questionnaire: this replaces it here." in eva.text
    assert "the first is IPR-OC-2017 M12 on Sat 8 December 2018." in eva.text
    assert "Publish over M12" in eva.labels
    await eva.taps("Publish over M12")
    assert eva.text.startswith("M12 version 2 is published. 1 wave asks it from now on")
    undo = eva.tap_on("Undo: publish version 1 again")
    await eva.sends(undo)
    again = await stage.application.transactions.read(newest, "M12")
    assert again is not None
    assert (again.version, again.by_name[first.name].label["en"]) == (3, first.label["en"])
    assert again.languages == m12.languages
    await eva.sends(undo)
    assert eva.text == "M12 version 3 was published since. Nothing was changed."


async def test_old_buttons_say_that_they_are_old(stage: Stage, eva: Person) -> None:
    await sends(eva, "matrix.md", MATRIX)
    await eva.taps("Publish", "Ask it of a workshop")
    tap = eva.tap_on("Combating")
    await eva.sends(type(tap)(tap.sender, "1QBzz.1", tap.ref))
    assert eva.text == OLD_LIST
