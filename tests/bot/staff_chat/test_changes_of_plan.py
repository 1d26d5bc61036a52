"""Organisers change a plan in chat: each order once, and never for another workshop."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import date

import pytest

from bot.staff_chat.workshop_choice import OLD_LIST
from storage.fieldwork.waves import find_wave
from storage.fieldwork.workshops import get_workshop
from surveys.planning.wave_states import UNDO_TIME
from surveys.workshop import Workshop
from tests.bot.stage import KASHIWA, SUVA, Person, Stage


@pytest.fixture
async def eva(stage: Stage) -> Person:
    stage.at("2018-06-07 12:00")
    await stage.workshop(SUVA)
    return stage.visitor("Eva", "901")


async def test_a_button_of_an_old_list_never_opens_a_wave_of_another_workshop(
    stage: Stage, eva: Person
) -> None:
    await eva.types("/wave")
    await eva.taps("Combating", "M6")
    earlier = replace(KASHIWA, starts_on=date(2017, 11, 6), ends_on=date(2017, 11, 10))
    await stage.workshop(earlier)  # stands before the other one in every list from now on
    await eva.taps("Open now", "Yes")
    assert eva.sees("M6 IPR-OC-2017 (opening)")
    assert await stage.application.transactions.read(find_wave, earlier.code, "M6") is None


async def test_two_organisers_close_a_wave_once(stage: Stage, eva: Person) -> None:
    await eva.types("/wave")
    await eva.taps("Combating", "M6", "Open now", "Yes")
    stage.now += UNDO_TIME
    await eva.taps("Refresh", "Close now")
    yes = eva.tap_on("Yes")
    await eva.together(yes, yes)
    assert len([one for one in eva.notices if "is closed: 0 people" in one]) == 1
    assert len([one for one in eva.notices if one.endswith("Nothing was changed.")]) == 1
    assert "Open again" in eva.labels


async def test_provisional_days_are_confirmed_in_chat(stage: Stage, eva: Person) -> None:
    await stage.workshop(replace(SUVA, confirmed=False))
    await eva.types("/workshops")
    await eva.taps(SUVA.code)
    assert eva.sees("not confirmed yet, so no wave will open")
    await eva.taps("Confirm the days")
    assert eva.sees("The days of IPR-OC-2017 are confirmed")
    assert "Confirm the days" not in eva.labels
    assert (await stage.application.transactions.read(get_workshop, SUVA.code)).confirmed
    stage.at("2017-11-07 12:00")
    await eva.types("/workshops")
    await eva.taps(SUVA.code, "Days are not certain")
    assert eva.sees("are not confirmed any more: no more waves open.")
    assert not (await stage.application.transactions.read(get_workshop, SUVA.code)).confirmed


async def test_s16_people_who_have_begun_may_finish_when_a_workshop_is_cancelled(
    stage: Stage, eva: Person
) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start", "Same job")
    await eva.types("/workshops")
    await eva.taps(SUVA.code, "Cancel the workshop", "Yes")
    await ada.taps("I have tried it")
    assert await stage.answers(ada, "M6") == {"job": "same", "use_any": "tried"}
    assert ada.sees("Question 3 of about 9")
    shown = len(ada.screen)
    stage.at("2018-12-11 10:50")
    await stage.fieldwork_round()
    assert len(ada.screen) == shown
    assert await stage.application.transactions.read(find_wave, SUVA.code, "M12") is None
    await eva.types("/workshops")
    await eva.taps(SUVA.code, "Restore the workshop")
    await stage.fieldwork_round()
    await eva.types("/wave")
    await eva.taps("Combating", "M12", "Open for 28 days")
    await stage.until_next_message()
    assert ada.sees("Start")
    assert await stage.application.transactions.read(find_wave, SUVA.code, "M12") is not None


async def test_no_changes_nothing_and_managers_may_not_change_anything(
    stage: Stage, eva: Person
) -> None:
    await eva.types("/workshops")
    tap = eva.tap_on(SUVA.code)
    await eva.taps(SUVA.code, "Cancel the workshop", "No")
    assert eva.sees("Nothing was changed.")
    manager = stage.visitor("Max", "903")
    await manager.sends(replace(tap, sender=manager.sender))
    assert manager.notice.startswith("You do not have access")
    await manager.types(f"/move {SUVA.code} 2018-01-01")
    assert manager.sees("You do not have access")
    assert await stage.application.transactions.read(get_workshop, SUVA.code) == SUVA


async def test_a_button_of_an_unknown_workshop_says_that_the_list_is_old(
    stage: Stage, eva: Person
) -> None:
    await eva.types("/wave")
    tap = eva.tap_on("Combating")
    await eva.sends(replace(tap, token="1Wzz"))
    assert eva.text == OLD_LIST


async def test_a_move_is_undone_by_its_button_unless_it_was_moved_again(
    stage: Stage, eva: Person
) -> None:
    def days() -> Awaitable[Workshop]:
        return stage.application.transactions.read(get_workshop, SUVA.code)

    await eva.types(f"/move {SUVA.code.lower()} 2018-07-13")
    assert (await days()).ends_on == date(2018, 7, 13)
    undo = eva.tap_on("Undo")
    await eva.sends(undo)
    assert (await days()).ends_on == SUVA.ends_on
    await eva.sends(undo)
    assert eva.text.endswith("Nothing was changed.")
    await eva.types(f"/move {SUVA.code} 2018-08-10")
    await eva.sends(undo)
    assert "was moved again since, to Mon 6 August 2018 to Fri 10 August 2018." in eva.text
    await eva.types("/move IPR-CO-2017 2018-08-10")
    assert f"Did you mean '{SUVA.code}'?" in eva.text
