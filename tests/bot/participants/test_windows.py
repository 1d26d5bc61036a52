"""Time and restarts: closed waves, reminders, a process that died, a wave opened twice."""

from dataclasses import replace
from datetime import date

import pytest

from bot.desk.waves import acts
from storage.schema import attempts, cases
from surveys.planning.plan import Plan, Protocol
from tests.bot.stage import KASHIWA, SUVA, Person, Stage

EIGHT = "spec: 1\nkey: M6\ntitle: Six months after the workshop\nsurvey:\n" + "\n".join(
    f'  - {{type: text, name: q{number}, label: "Question of number {number}"}}'
    for number in range(1, 9)
)


async def four_of_eight(stage: Stage) -> Person:
    """Ada has answered half of the questions."""
    await stage.publish(EIGHT)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    for text in ("one", "two", "three", "four"):
        await ada.types(text)
    return ada


async def test_i15_after_a_restart_the_next_text_answers_the_next_question(stage: Stage) -> None:
    ada = await four_of_eight(stage)
    again = stage.reopened()
    await ada.types("five")
    assert (await again.answers(ada, "M6"))["q5"] == "five"
    await ada.types("/start")
    assert ada.text == "Question 6 of about 8\nQuestion of number 6\nPlease type your answer."
    again.close()


async def test_i15_ticks_and_a_way_back_survive_a_restart(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start", "Same job", "I have tried it", "Some officers use it")
    await ada.taps("A few colleagues", "Law or regulation")
    again = stage.reopened()
    await ada.taps("Budget or equipment")
    assert ada.sees("Done (2)")
    await ada.taps("‹ Back")
    last = again.reopened()
    await ada.types("most colleagues")
    assert (await last.answers(ada, "M6"))["others_use"] == "most"
    last.close()


async def test_i17_what_comes_after_the_last_day_is_not_stored(stage: Stage) -> None:
    ada = await four_of_eight(stage)
    tap = ada.tap_on("Skip")
    for moment in ("2018-07-07 00:00", "2018-07-08 12:00"):
        stage.at(moment)
        await ada.sends(tap)
        assert ada.notice == "This questionnaire is closed. Thank you."
        assert ada.text.startswith("What you just sent is not stored.")
        assert ada.sees("This questionnaire closed on 6 July. Thank you.")
        await ada.types("five")
        assert "You will get the next questionnaire in December 2018." in ada.text
        assert len(await stage.answers(ada, "M6")) == 4
        await stage.fieldwork_round()


async def test_i17_the_last_minute_of_the_last_local_day_still_counts(stage: Stage) -> None:
    ada = await four_of_eight(stage)
    stage.at("2018-07-06 23:59")
    await ada.types("five")
    assert (await stage.answers(ada, "M6"))["q5"] == "five"


async def test_i17_a_wave_closed_early_names_the_day_on_which_it_closed(stage: Stage) -> None:
    ada = await four_of_eight(stage)
    stage.at("2018-06-20 12:00")
    application = stage.application
    await application.transactions.write(
        acts.close_wave, application.office, SUVA.code, "M6", stage.now
    )
    await ada.taps("Skip")
    assert ada.sees("This questionnaire closed on 20 June. Thank you.")
    assert ada.sees("You will get the next questionnaire in December 2018.")


async def test_i19_a_reminder_leads_to_the_next_question_and_into_the_same_record(
    stage: Stage,
) -> None:
    ada = await four_of_eight(stage)
    await stage.until_next_message()
    assert ada.sees("Answered so far: 4 of about 8.")
    await ada.taps("Continue at question 5")
    assert ada.sees("Question of number 5")
    for text in ("five", "six", "seven", "eight"):
        await ada.types(text)
    assert len(await stage.answers(ada, "M6")) == 8
    assert len(await stage.rows(cases.select())) == 1
    assert (await stage.case(ada, "M6")).completed_at is not None


async def test_later_and_pause_only_say_until_when(stage: Stage) -> None:
    ada = await four_of_eight(stage)
    before = await stage.answers(ada, "M6")
    await ada.taps("⋯", "Pause and continue later")
    assert ada.sees("You can answer until 6 July. Send /continue when you are ready.")
    await ada.taps("Continue")
    assert ada.sees("Question of number 5")
    await stage.until_next_message()
    await ada.taps("Later")
    assert ada.notice.startswith("That is fine.")
    assert await stage.answers(ada, "M6") == before


async def test_d04_a_wave_opened_twice_and_by_the_plan_invites_everybody_once(
    stage: Stage,
) -> None:
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    dee = await stage.joined("Dee Leota")
    eva = stage.visitor("Eva", "901")
    await eva.types("/wave")
    await eva.taps("Combating counterfeiting and piracy for Oceania, Suva", "M6")
    await eva.taps("Open now")
    tap = eva.tap_on("Yes")
    await eva.together(tap, tap)
    # Two taps at once: either may be heard first.
    first, second = sorted(eva.notices, reverse=True)
    assert " was already opened on " in first
    assert " M6 opens at 06:02 in Bangkok" in second
    for hour in (9, 10, 11):
        stage.at(f"2018-06-08 {hour:02}:40")
        await stage.fieldwork_round()
        await stage.fieldwork_round()
    assert len(await stage.rows(attempts.select())) == 2
    for person in (ada, dee):
        invitations = [m for m in person.screen if "Six months" in m.card.text]
        assert len(invitations) == 1


async def test_the_menu_of_languages_keeps_the_codes(stage: Stage) -> None:
    await stage.publish(
        """
spec: 1
key: M6
title: {en: Six months, th: หกเดือน}
languages: [en, th]
choices:
  use:
    - {name: not_yet, label: {en: Not yet, th: ยังไม่ได้}}
    - {name: tried, label: {en: Tried it, th: ลองแล้ว}}
survey:
  - {type: select_one use, name: use, label: {en: "Do you use it?", th: "คุณใช้มันหรือไม่"}}
  - {type: select_one use, name: again, label: {en: "Again?", th: "อีกครั้ง"}}
"""
    )
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start", "Tried it", "⋯", "Language", "ไทย")
    assert ada.sees("อีกครั้ง")
    await ada.types("ยังไม่ได้")
    assert await stage.answers(ada, "M6") == {"use": "tried", "again": "not_yet"}


async def test_a_person_in_two_workshops_chooses_which_to_go_on_with(stage: Stage) -> None:
    ada = await four_of_eight(stage)
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")
    await stage.fieldwork_round()
    await ada.types("/continue")
    assert ada.sees(f"1. {SUVA.title}: Six months after the workshop (4/8)")
    assert ada.sees(f"2. {KASHIWA.title}: Six months after the workshop (0/8)")
    assert ada.labels == ["Combating counterfeiting…", "Risk management and…"]
    await ada.taps("Risk management and…")
    assert ada.sees("Question of number 1")


async def test_d13_half_way_she_goes_on_at_question_four_and_hears_nothing_after_the_last_day(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = stage.application.office.rules.plans
    waves = [
        replace(wave, open_days=14, protocol=Protocol(reminders=(7, 20)))
        for wave in plans["standard"].waves
        if wave.key == "M6"
    ]
    monkeypatch.setitem(plans, "standard", Plan("standard", tuple(waves)))
    await stage.publish(EIGHT)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    for text in ("one", "two", "three"):
        await ada.types(text)
    await stage.until_next_message()
    assert stage.now.date() == date(2018, 6, 14)  # Friday the 15th in Tonga: day 7
    assert ada.sees("Answered so far: 3 of about 8.")
    assert ada.sees("Continue at question 4")
    reminded = len(ada.screen)
    for day in (20, 22, 26, 28, 29):
        stage.at(f"2018-06-{day} 10:50")
        await stage.fieldwork_round()
    assert len(ada.screen) == reminded
    assert (await stage.case(ada, "M6")).disposition == "break_off"
