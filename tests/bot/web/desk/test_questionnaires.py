"""The pages of questionnaires: send one, mend it, play it, publish it, take it back."""

import pytest

from bot.desk.questionnaires.drafts import save_draft
from bot.desk.questionnaires.publishing import correct_texts, publish_version
from storage.instruments.questionnaires import newest
from surveys.authoring.packaged import packaged_questionnaire
from surveys.questionnaire import Questionnaire
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import File, Window

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
PAGE = "/desk/questionnaires"


def form(label: str = "Do you use it?", when: str = "${used} = 'yes'") -> File:
    return ("short.md", FORM.format(label=label, when=when).encode(), "text/markdown")


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """Ana, an organiser, at the list of questionnaires."""
    stage.at("2018-06-07 12:00")
    return await (await signed_in()).opens(PAGE)


async def sends(ana: Window, file: File) -> Window:
    await ana.opens(PAGE)
    return await ana.presses("Check it", file)


async def stored(stage: Stage, key: str = "SHORT") -> Questionnaire:
    found = await stage.application.transactions.read(newest, key)
    assert found is not None
    return found


async def test_the_list_shows_what_is_published_and_the_page_its_texts(ana: Window) -> None:
    assert "M6" in ana.text
    await ana.opens(f"{PAGE}/m6?other=fa")
    assert ana.status == 200
    assert "Waves that open from now on ask version 1." in ana.text
    assert 'dir="rtl"' in ana.answer.text
    assert len(ana.answer.content) < 100_000


async def test_all_mistakes_of_a_file_stand_on_one_page(ana: Window) -> None:
    """Reads the file in another process, which takes a second."""
    await sends(ana, form(label="", when="${usd} = 'yes'"))
    assert ana.status == 422
    assert ana.heading == "2 mistakes in the file"
    assert "usd" in ana.text
    assert "row 2" in ana.text.lower()
    await ana.presses("Get it with the cells marked")
    assert ana.answer.content.startswith(b"PK")


async def test_no_file_and_a_file_of_another_kind_are_said_in_words(ana: Window) -> None:
    """Reads the file in another process, which takes a second."""
    await ana.presses("Check it")
    assert ana.errors == "Choose a file first."
    await sends(ana, ("people.csv", b"hotel,nights\nTanoa,4\n", "text/csv"))
    assert ana.status == 422
    assert "This file is not a questionnaire" in ana.errors


async def test_a_new_questionnaire_is_published_at_once_and_waits_until_then(
    stage: Stage, ana: Window
) -> None:
    """Reads the file in another process, which takes a second."""
    await sends(ana, form())
    assert "has no mistakes. Nothing is published yet." in ana.note
    draft = ana.path
    await ana.opens(PAGE)
    assert "Not published yet" in ana.text
    await ana.opens(draft)
    await ana.presses("Publish")
    assert ana.note == "SHORT version 1 is published. Waves that open from now on ask it."
    await ana.opens(draft)
    assert "Publish" not in ana.buttons
    assert "as SHORT version 1." in ana.text


async def test_a_version_that_others_ask_is_asked_about_and_undone(
    stage: Stage, ana: Window
) -> None:
    """The undo of a version that somebody has replaced since changes nothing."""
    draft = await _draft_of_m6(stage)
    await ana.opens(f"{PAGE}/drafts/{draft}")
    assert "Answers already given stay as they are." in ana.text
    await ana.follows("Publish over M6 …")
    assert "M6 is a packaged questionnaire: this replaces it here." in ana.panel
    await ana.presses("Publish over M6")
    assert ana.note.startswith("M6 version 2 is published.")
    undo = ana.path
    await ana.presses("Undo: version 1 again")
    assert ana.note.startswith("M6 version 3 is published.")
    assert (await stored(stage, "M6")).title == packaged_questionnaire("M6").title
    await ana.opens(undo)
    assert "Undo: version 1 again" not in ana.buttons
    await ana.opens(f"{PAGE}/M6")
    assert "newest" in ana.text


async def test_an_undo_after_another_version_says_so(stage: Stage, ana: Window) -> None:
    draft = await _draft_of_m6(stage)
    await ana.opens(f"{PAGE}/drafts/{draft}")
    await ana.follows("Publish over M6 …")
    await ana.presses("Publish over M6")
    other = packaged_questionnaire("M6").model_copy(update={"title": {"en": "By another"}})
    office = stage.application.office
    await stage.application.transactions.write(publish_version, office, other, stage.now)
    await ana.presses("Undo: version 1 again")
    assert ana.errors == "M6 version 3 was published since. Nothing was changed."
    assert (await stored(stage, "M6")).version == 3


async def test_texts_are_corrected_in_open_interviews(stage: Stage, ana: Window) -> None:
    draft = await _draft_of_m6(stage)
    await ana.opens(f"{PAGE}/drafts/{draft}")
    await ana.follows("Correct the texts only …")
    assert "Interviews under way show the corrected texts" in ana.panel
    await ana.presses("Correct the texts")
    assert ana.note.startswith("M6 version 1, correction 1 is published.")


async def test_a_correction_asks_again_when_another_came_while_it_was_looked_at(
    stage: Stage, ana: Window
) -> None:
    draft = await _draft_of_m6(stage)
    await ana.opens(f"{PAGE}/drafts/{draft}?do=correct")
    before = await stored(stage, "M6")
    told = before.model_copy(update={"title": {**before.title, "en": "By another"}})
    office = stage.application.office
    await stage.application.transactions.write(correct_texts, office, told, stage.now)
    await ana.presses("Correct the texts")
    assert "By another" in ana.panel
    assert (await stored(stage, "M6")).title["en"] == "By another"


async def test_a_correction_is_taken_back_from_the_history_after_a_question(
    stage: Stage, ana: Window
) -> None:
    draft = await _draft_of_m6(stage)
    await ana.opens(f"{PAGE}/drafts/{draft}?do=correct")
    await ana.presses("Correct the texts")
    await ana.opens(f"{PAGE}/m6")
    await ana.presses("Undo of questionnaire published M6 version 1, correction 1")
    assert "Interviews under way show the earlier texts" in ana.panel
    await ana.presses("Put them back")
    assert ana.note == "The texts of M6 are as before: M6 version 1, correction 2."
    assert (await stored(stage, "M6")).title == packaged_questionnaire("M6").title


async def test_an_earlier_version_is_published_again_and_what_changed_is_shown(
    stage: Stage, ana: Window
) -> None:
    draft = await _draft_of_m6(stage)
    await ana.opens(f"{PAGE}/drafts/{draft}")
    await ana.follows("Publish over M6 …")
    await ana.presses("Publish over M6")
    await ana.opens(f"{PAGE}/M6?version=1")
    assert "Changed since, up to version 2" in ana.text
    await ana.follows("Publish again … version 1")
    assert "Publish version 1 again?" in ana.panel
    await ana.presses("Publish it")
    assert ana.note.startswith("M6 version 3 is published.")


async def test_files_of_a_questionnaire(stage: Stage, ana: Window) -> None:
    """Draws a form, which takes half a second."""
    await ana.opens(f"{PAGE}/M6")
    await ana.presses("Get the form (PDF)", language="fr")
    assert ana.answer.content.startswith(b"%PDF")
    assert 'filename="M6-fr.pdf"' in ana.answer.headers["content-disposition"]
    await ana.opens(f"{PAGE}/M6")
    await ana.presses("Excel file of version 1")
    assert ana.answer.content.startswith(b"PK")


async def test_a_questionnaire_is_asked_of_a_workshop_and_taken_back(
    stage: Stage, ana: Window
) -> None:
    await stage.workshop(SUVA)
    await ana.opens(f"{PAGE}/M6")
    await ana.follows("Ask it of a workshop …")
    await ana.presses("Ask it", workshop=SUVA.code, opens="end + 12 months")
    assert "is added:" in ana.note
    said = ana.note
    await ana.presses("Undo")
    assert "is taken back" in ana.note
    await ana.presses("Undo")
    assert ana.note == said


async def test_a_wave_that_opens_soon_is_asked_about_first(stage: Stage, ana: Window) -> None:
    await stage.workshop(SUVA)
    await ana.opens(f"{PAGE}/M6?do=ask")
    await ana.presses("Ask it", workshop=SUVA.code, opens="day", day="tomorrow")
    assert "Its first messages leave in the next working hours." in ana.panel
    await ana.presses("Ask it")
    assert "is added:" in ana.note
    await ana.opens(f"{PAGE}/M6?do=ask")
    await ana.presses("Ask it", workshop=SUVA.code, opens="day", day="some day")
    assert "is not a day." in ana.errors


async def test_what_is_not_there_is_said(ana: Window) -> None:
    for path in ("NOTHING", "NOTHING/play", "drafts/9", "drafts/x", "M6?version=9"):
        assert (await ana.opens(f"{PAGE}/{path}")).status == 404, path


async def _draft_of_m6(stage: Stage) -> int:
    """Store a draft of M6 with another title; return its number."""
    other = packaged_questionnaire("M6").model_copy(update={"title": {"en": "Half a year later"}})
    return await _draft(stage, other)


async def _draft(stage: Stage, questionnaire: Questionnaire) -> int:
    transactions, office = stage.application.transactions, stage.application.office
    sent = (office.acting_as("S-1"), questionnaire, stage.now)
    return await transactions.write(save_draft, *sent)
