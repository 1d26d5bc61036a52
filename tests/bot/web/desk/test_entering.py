"""The call list, and answers typed question by question from paper or a telephone call."""

import pytest

from bot.desk.waves import acts
from tests.bot.stage import KASHIWA, SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

SHORT = """
spec: 1
key: M6
title: Six months after the workshop
languages: [en, fr]
survey:
  - {type: select_one yesno, name: use, label: {en: "Do you use it?", fr: "L'utilisez-vous ?"}}
  - {type: select_multiple what, name: what, label: "What do you use?"}
  - {type: integer, name: often, label: "How often?"}
choices:
  yesno:
    - {name: "yes", label: "Yes"}
    - {name: "no", label: Not yet}
  what:
    - {name: law, label: The law}
    - {name: tools, label: Tools}
    - {name: people, label: People}
"""
ENTER = "/desk/people/P-101/enter/IPR-OC-2017/M6"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """Ana, while M6 of Suva is open for Ada, who has never joined, and for Mele."""
    await stage.publish(SHORT)
    stage.at("2018-06-07 12:00")
    await stage.enrol("Ada Vea")
    await stage.enrol("Mele Tupou")
    await stage.joined("Tomasi Taufa")
    await stage.until_next_message()
    return await signed_in()


async def test_a_call_is_noted_taken_back_and_leads_to_the_answers(
    stage: Stage, ana: Window
) -> None:
    await ana.opens("/desk/people/calls")
    assert "2 people with a questionnaire" in ana.text
    assert "followup" not in ana.text
    await ana.follows("Note a call … Ada Vea, IPR-OC-2017")
    await ana.presses("Save")
    assert "Choose what came of it." in ana.errors
    await ana.presses("Save", result="no-answer")
    assert ana.note == "Noted about P-101: nobody answered."
    await ana.presses("Undo")
    assert ana.note == "The note about P-101 is taken back."
    assert "nobody answered" not in ana.text
    await ana.follows("Type answers of Ada Vea, IPR-OC-2017")
    assert ana.heading == "Type the answers of Ada Vea"
    assert ana.tree.xpath('//input[@value="telephone"]/@checked')


async def test_a_form_is_typed_by_numbers_corrected_and_the_next_one_follows(
    stage: Stage, ana: Window
) -> None:
    ada = stage.people["Ada"]
    await ana.opens(ENTER)
    await ana.presses("Yes, type the answers")
    assert "Tick that the person has agreed" in ana.errors
    await ana.presses("Yes, type the answers", mode="paper", agreed="yes")
    assert "Question 1 of about 3" in ana.text
    await ana.presses("Save and go on", typed="7")
    assert ana.status == 422
    assert ana.tree.xpath('//input[@name="typed"]')[0].get("value") == "7"
    await ana.presses("Save and go on", typed="1")
    await ana.presses("Save and go on", typed="1 3")
    await ana.presses("Back")
    assert "What do you use?" in ana.text
    await ana.presses("Keep it")
    await ana.presses("Save and go on", value="often")
    assert ana.tree.xpath('//input[@name="value"]')[0].get("value") == "often"
    await ana.presses("Save and go on", value="4")
    assert "All answers are saved, marked as paper." in ana.text
    await ana.presses("Correct question 1")
    await ana.presses("Save and go on", value="no")
    assert await stage.answers(ada, "M6") == {"use": "no", "what": "law people", "often": "4"}
    case = await stage.case(ada, "M6")
    assert (case.entered_mode, case.entered_by) == ("paper", "S-DESKANA")
    await ana.presses("Go on", who="nobody")
    assert "Nobody in M6" in ana.errors
    await ana.presses("Go on", who="mele")
    assert ana.heading == "Type the answers of Mele Tupou"


async def test_two_windows_on_one_form_store_each_answer_for_its_question(
    stage: Stage, ana: Window
) -> None:
    await ana.opens(ENTER)
    await ana.presses("Yes, type the answers", agreed="yes")
    other = Window(ana.client._transport.app)  # type: ignore[attr-defined]
    other.client.cookies = ana.client.cookies
    await other.opens(ana.path)
    await ana.presses("Save and go on", typed="1")
    # The other window still shows the first question: its answer is not taken for the second.
    await other.presses("Save and go on", typed="2")
    assert await stage.answers(stage.people["Ada"], "M6") == {"use": "yes"}
    assert "What do you use?" in other.text


async def test_a_wave_that_closes_meanwhile_says_so_and_keeps_what_was_saved(
    stage: Stage, ana: Window
) -> None:
    await ana.opens(ENTER)
    await ana.presses("Yes, type the answers", agreed="yes")
    await ana.presses("Save and go on", typed="1")
    office, transactions = stage.application.office, stage.application.transactions
    await transactions.write(acts.close_wave, office, SUVA.code, "M6", stage.now)
    await stage.fieldwork_round()
    await ana.presses("Save and go on", typed="2")
    assert ana.status == 409
    assert "M6 of IPR-OC-2017 is closed" in ana.errors
    assert await stage.answers(stage.people["Ada"], "M6") == {"use": "yes"}
    assert (await ana.opens(f"/desk/people/P-101/enter/{KASHIWA.code}/M6")).status == 404


async def test_questions_stand_in_the_language_of_the_person_and_in_english(
    stage: Stage, ana: Window
) -> None:
    await ana.opens("/desk/people/P-101")
    await ana.follows("Language …")
    await ana.presses("Save", language="fr")
    await ana.opens(ENTER)
    await ana.presses("Yes, type the answers", agreed="yes")
    assert "L'utilisez-vous ?" in ana.text
    await ana.follows("Show in English")
    assert "Do you use it?" in ana.text
    await ana.presses("Save and go on", typed="1")
    # The next question is in English too, and the answer before can be corrected.
    assert "Show in French" in ana.links
    await ana.presses("Correct question 1")
    assert "Do you use it?" in ana.text
