"""Plans at the desk: shown, sent, changed where workshops follow them, removed, and each taken back."""

import pytest

from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.given import LONGER, SHORT
from tests.bot.web.desk.window import Window

PAGE = "/desk/workshops/plans"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    stage.at("2018-01-20 10:00")
    await stage.workshop(SUVA)
    return await signed_in()


async def test_the_packaged_plans_are_shown_with_their_waves_and_given_as_files(
    ana: Window,
) -> None:
    await ana.opens("/desk/workshops")
    await ana.follows("Plans")
    assert "standard 8 waves, 1 workshop follows it Reminders after 4, 9, 16 days." in ana.text
    assert "SUP6 6 months after 28 days later supervisors SUP6" in ana.text
    await ana.follows("As a file the plan standard")
    assert ana.answer.headers["content-disposition"] == 'attachment; filename="standard.yaml"'
    assert "key: standard" in ana.answer.text


async def test_a_new_plan_is_stored_at_once_and_removed_and_both_are_undone(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Store the plan", ("short.yaml", SHORT.encode(), "application/yaml"))
    assert ana.note == "The plan short is stored. - M3: new"
    await ana.presses("Undo")
    assert ana.note == "The plan short is removed. No workshop followed it."
    await ana.presses("Store the plan", plan=SHORT)
    await ana.presses("Remove the plan short")
    assert "short" not in ana.tree.xpath("//h2/@id")
    await ana.presses("Undo")
    assert ana.note == "The plan short is as before. Waves that have opened stay."
    assert "short" in ana.tree.xpath("//h2/@id")


async def test_a_workshop_follows_another_plan_and_its_first_one_again(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Store the plan", plan=SHORT)
    await ana.opens(f"/desk/workshops/{SUVA.code}")
    await ana.follows("Another plan …")
    await ana.presses("Show what would change", plan="short")
    assert "3 months after (M3): Thu 8 March 2018 to Thu 5 April 2018." in ana.panel
    assert "6 months after (M6) is no longer asked." in ana.panel
    await ana.presses("Follow this plan")
    assert "follows the plan short, no longer standard." in ana.note
    assert "M12" not in ana.text
    await ana.presses("Undo")
    assert "follows the plan standard, no longer short." in ana.note
    assert "M12" in ana.text


async def test_a_plan_that_a_workshop_follows_is_changed_after_a_question(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Store the plan", plan=SHORT)
    await ana.opens(f"/desk/workshops/{SUVA.code}?do=plan&plan=short")
    await ana.presses("Follow this plan")
    await ana.opens(PAGE)
    assert "Remove the plan short" not in ana.buttons
    await ana.presses("Store the plan", ("short.yaml", LONGER.encode(), "application/yaml"))
    assert f"1 workshop follows it: {SUVA.code}. Waves that have opened stay." in ana.panel
    assert "4 months after" not in ana.text
    await ana.presses("Change it")
    assert "M3 4 months after" in ana.text
    await ana.presses("Undo")
    assert "M3 3 months after" in ana.text


async def test_the_last_change_of_a_plan_is_taken_back_from_what_was_done_lately(
    ana: Window,
) -> None:
    await ana.opens(PAGE)
    await ana.presses("Store the plan", plan=SHORT)
    await ana.presses("Store the plan", plan=LONGER)
    await ana.opens("/desk")
    assert ana.buttons.count("Undo of plan changed short") == 1
    await ana.opens(PAGE)
    assert ana.buttons.count("Undo of plan changed short") == 1
    await ana.opens("/desk")
    await ana.presses("Undo of plan changed short")
    assert "M3 3 months after" in ana.text
    await ana.opens("/desk")
    await ana.presses("Undo of plan changed short put back")
    assert "M3 4 months after" in ana.text
    await ana.presses("Remove the plan short")
    await ana.opens("/desk")
    await ana.presses("Undo of plan changed short removed")
    assert "M3 4 months after" in ana.text


async def test_what_was_changed_since_is_not_put_back(ana: Window, signed_in: SignIn) -> None:
    await ana.opens(PAGE)
    await ana.presses("Store the plan", plan=SHORT)
    bo = await signed_in(name="Bo")
    await bo.opens(PAGE)
    await bo.presses("Store the plan", plan=LONGER)
    await ana.presses("Undo")
    assert ana.errors == "The plan short was changed since. Nothing was changed."


async def test_all_mistakes_of_a_plan_are_said_and_what_was_written_stays(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Store the plan")
    assert "Nothing was sent. Choose a .yaml file, or write the plan." in ana.errors
    await ana.presses("Store the plan", plan=SHORT.replace("M3,", "NONE,"))
    assert "is not a published questionnaire" in ana.errors
    assert "NONE" in ana.tree.xpath('//textarea[@name="plan"]')[0].text
