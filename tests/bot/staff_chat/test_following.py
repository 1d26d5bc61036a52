"""A wave opened by hand: at its time or now, followed in one message, and said by whom."""

from dataclasses import replace
from datetime import timedelta

from bot.desk.office import staff
from tests.bot.stage import SUVA, Person, Stage


async def looks_at_m6(stage: Stage, name: str, identifier: str) -> Person:
    person = stage.visitor(name, identifier)
    await person.types("/wave")
    await person.taps("Combating counterfeiting", "M6")
    return person


async def test_the_message_of_an_opened_wave_is_kept_up_to_date_and_is_one(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    stage.at("2018-06-07 10:00")
    eva = await looks_at_m6(stage, "Eva", "901")
    await eva.taps("Open now")
    followed = eva.looks_at
    assert "invited 0 of 1" in followed.card.text
    await stage.fieldwork_round()
    assert "invited 0 of 1" in followed.card.text
    stage.at("2018-06-07 11:29")
    await stage.fieldwork_round()
    assert "invited 1 of 1 · started 0" in followed.card.text
    edits = followed.edits
    await ada.taps("Start")
    await ada.taps("Same job")
    stage.now += timedelta(seconds=30)
    await stage.fieldwork_round()
    assert followed.edits == edits
    stage.now += timedelta(seconds=30)
    await stage.fieldwork_round()
    await stage.fieldwork_round()
    assert "started 1" in followed.card.text
    assert followed.edits == edits + 1
    assert ["(open)" in one.card.text for one in eva.screen].count(True) == 1


async def test_a_wave_left_to_its_time_says_so_once_and_then_how_it_goes(stage: Stage) -> None:
    await stage.joined("Ada Vea")
    stage.at("2018-06-01 10:00")
    eva = await looks_at_m6(stage, "Eva", "901")
    fay = await looks_at_m6(stage, "Fay", "902")
    await eva.taps("Open at the planned time")
    assert eva.sees("Planned. You will get a message when it opens")
    await fay.taps("Open at the planned time")
    assert fay.sees("Already planned by Eva at 31 May 21:00 UTC. Nothing was changed.")
    planned = eva.looks_at
    stage.at("2018-06-08 11:29")
    await stage.fieldwork_round()
    await stage.fieldwork_round()
    assert planned.card.text.startswith("M6 IPR-OC-2017 (open): invited 1 of 1")
    assert not any("(open)" in message.card.text for message in fay.screen)


async def test_a_wave_without_certain_days_is_not_left_to_a_time(stage: Stage) -> None:
    await stage.workshop(replace(SUVA, confirmed=False))
    eva = await looks_at_m6(stage, "Eva", "901")
    assert "Open at the planned time" not in eva.labels


async def test_somebody_who_works_here_no_more_follows_nothing(stage: Stage) -> None:
    await stage.joined("Ada Vea")
    stage.at("2018-06-07 10:00")
    eva = await looks_at_m6(stage, "Eva", "901")
    await eva.taps("Open now")
    await stage.application.transactions.write(
        staff.remove, stage.application.office, "S-901", stage.now
    )
    shown = eva.looks_at.card
    stage.at("2018-06-07 11:29")
    await stage.fieldwork_round()
    assert eva.looks_at.card == shown
