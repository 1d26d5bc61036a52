"""Playing a questionnaire at the desk: in any language, to its end, and nothing is stored."""

import pytest

from storage.instruments.drafts import add_draft
from surveys.xlsform.reading import read_xlsform
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

SHORT = b"""
| survey   |                 |       |                     |          |
|          | type            | name  | label::English (en) | relevant |
|          | select_one yn   | used  | Do you use it?             |          |
|          | text            | how   | How?                | ${used} = 'yes'   |
| choices  |                 |       |                     |          |
|          | list_name       | name  | label::English (en) |          |
|          | yn              | yes   | Yes                 |          |
|          | yn              | notyet | Not yet            |          |
| settings |                 |       |                     |          |
|          | form_title      | form_id | default_language  |          |
|          | Short follow-up | short | English (en)        |          |
"""
PAGE = "/desk/questionnaires"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """Ana, an organiser."""
    stage.at("2018-06-07 12:00")
    return await signed_in()


async def test_a_questionnaire_is_played_and_nothing_is_stored(stage: Stage, ana: Window) -> None:
    await ana.opens(f"{PAGE}/M6/play?language=fa")
    assert 'dir="rtl"' in ana.answer.text
    await ana.presses("Ask in this language", language="en")
    first = _asked(ana)
    await ana.presses("Continue")
    assert _asked(ana) == first
    assert ana.errors != ""
    await _answers(ana)
    assert _asked(ana) != first
    await ana.presses("‹ Back")
    assert _asked(ana) == first


async def test_a_draft_is_played_to_its_end_and_an_answer_changed(
    stage: Stage, ana: Window
) -> None:
    short, problems = read_xlsform(SHORT, "short.md")
    assert short is not None, problems
    number = await stage.application.transactions.write(add_draft, short, "S-1", stage.now)
    await ana.opens(f"{PAGE}/drafts/{number}")
    await ana.follows("Play it")
    await ana.presses("Continue", value="yes")
    await ana.presses("Continue", value="With the team")
    assert "Thank you. That was the last question. Nothing was saved." in ana.text
    assert "With the team" in ana.text
    await ana.presses("Change it 1")
    await ana.presses("Continue", value="notyet")
    assert "Thank you." in ana.text
    assert "With the team" not in ana.text


async def test_a_wave_is_tried_with_its_invented_person(stage: Stage, ana: Window) -> None:
    await stage.workshop(SUVA)
    await ana.opens(f"/desk/workshops/{SUVA.code}/waves/M6")
    await ana.follows("Try it")
    assert "Question 1 of" in ana.text
    await _answers(ana)
    assert "Question 2 of" in ana.text


async def test_what_a_form_of_a_rehearsal_carries_is_not_trusted(ana: Window) -> None:
    await ana.opens(f"{PAGE}/M6/play")
    for carried in ("{", "[1]", '[["nothing", "x", "answered"]]', '[["a", "b", "c"]]'):
        sent = {"played": carried, "position": "nothing", "item": "nothing"}
        await ana.presses("Ask in this language", **sent)
        assert ana.status == 200
        assert "Question 1 of" in ana.text


def _asked(window: Window) -> str:
    return str(window.tree.xpath('//input[@name="item"][@value!=""]/@value')[0])


async def _answers(window: Window) -> None:
    """Answer the question with its first choice."""
    first = window.tree.xpath('//input[@name="value"]/@value')[0]
    await window.presses("Continue", value=str(first))
