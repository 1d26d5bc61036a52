"""The story of a wrong wave in chat: each act asks as much as it reaches, and is undone in two taps."""

import pytest

from surveys.planning.plan import Plan
from surveys.planning.wave_states import UNDO_TIME
from tests.bot.stage import SUVA, Person, Stage


@pytest.fixture
async def eva(stage: Stage) -> Person:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    return stage.visitor("Eva", "901")


async def looks_at(eva: Person, wave: str) -> None:
    await eva.types("/wave")
    await eva.taps("Combating counterfeiting", wave)


async def test_a_wave_opened_by_mistake_is_undone_before_its_first_message(
    stage: Stage, eva: Person
) -> None:
    ada = await stage.joined("Ada Vea")
    await looks_at(eva, "M6")
    await eva.taps("Open now")
    assert eva.sees(
        "IPR-OC-2017 M6 is planned for Fri 8 June 2018, 3 months from now: open today for 1 person?"
    )
    await eva.taps("Yes")
    assert eva.sees("Nothing is sent before.")
    await stage.fieldwork_round()
    assert "Six months" not in ada.text
    await eva.taps("Undo")
    assert eva.sees("Opens by itself on Fri 8 June 2018. You need do nothing.")
    stage.now += UNDO_TIME
    await stage.fieldwork_round()
    assert "Six months" not in ada.text


async def test_who_has_the_message_already_is_told_and_a_tap_on_it_says_when_the_questions_come(
    stage: Stage, eva: Person
) -> None:
    ada = await stage.joined("Ada Vea")
    await looks_at(eva, "M6")
    await eva.taps("Open now", "Yes")
    stage.at("2018-03-20 11:29")
    await stage.fieldwork_round()
    start = ada.tap_on("Start")
    await looks_at(eva, "M6")
    await eva.taps("Back to planned")
    assert eva.sees("1 person has a message of IPR-OC-2017 M6 already.")
    await eva.taps("Yes, tell them")
    await stage.fieldwork_round()
    assert ada.sees("came too early. The questions come on 8 June.")
    await ada.sends(start)
    assert ada.text == "The questions come on 8 June."
    await stage.opens("M6", "2018-06-08 11:29")
    await ada.taps("Start")
    assert ada.sees("Question 1")


async def test_a_button_means_the_same_wave_after_the_plan_has_another_order(
    stage: Stage, eva: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.joined("Ada Vea")
    await looks_at(eva, "M6")
    hold = eva.tap_on("Hold")
    plans = stage.application.office.rules.plans
    plan = plans["standard"]
    later = Plan("standard", (*plan.waves[1:], plan.waves[0]))
    monkeypatch.setitem(plans, "standard", later)
    await eva.sends(hold)
    assert eva.notice.startswith("IPR-OC-2017 M6 is on hold.")
    await eva.taps("Release")
    assert eva.notice.startswith("IPR-OC-2017 M6 is released. It opens by itself on Fri 8 June")


async def test_a_notice_about_a_wave_that_needs_a_yes_has_a_button_that_decides(
    stage: Stage, eva: Person
) -> None:
    await stage.joined("Ada Vea")
    stage.at("2018-06-20 10:00")
    await eva.types(f"/move {SUVA.code} 2017-12-12")
    assert eva.sees("M6: Its day, Tue 12 June 2018, is past or near, so it needs your yes")
    await stage.fieldwork_round()
    assert eva.sees("IPR-OC-2017 M6 needs your yes")
    await eva.taps("Decide", "Skip")
    assert eva.notice == "IPR-OC-2017 M6 is skipped: nobody is asked in it."
    await eva.taps("Back to planned")
    assert eva.sees("Needs your yes")


async def test_days_are_typed_in_words_and_near_ones_are_asked_about(
    stage: Stage, eva: Person
) -> None:
    await stage.joined("Ada Vea")
    await eva.types("/days")
    assert eva.sees("Please send /days CODE WAVE")
    await eva.types(f"/days {SUVA.code} M9 11 June")
    assert "has no wave M9. Its waves: PRE, END, M3, M6" in eva.text
    await eva.types(f"/days {SUVA.code} M6 11/06/2018")
    assert eva.sees("is not a day")
    await eva.types(f"/days {SUVA.code} M6 21 March to 30 March")
    assert eva.sees("IPR-OC-2017 M6 opens by itself on Wed 21 March 2018")
    await eva.taps("Yes")
    assert eva.notice.startswith(
        "IPR-OC-2017 M6 has other days: Wed 21 March 2018 to Fri 30 March"
    )
