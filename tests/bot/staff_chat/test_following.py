"""A wave opened by hand: followed in one message, and said by whom."""

from datetime import timedelta

from bot.desk.office import staff
from tests.bot.stage import Person, Stage


async def looks_at_m6(stage: Stage, name: str, identifier: str) -> Person:
    person = stage.visitor(name, identifier)
    await person.types("/wave")
    await person.taps("Combating counterfeiting", "M6")
    return person


async def test_the_message_of_an_opened_wave_is_kept_up_to_date_and_is_one(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    stage.at("2018-06-07 10:00")
    eva = await looks_at_m6(stage, "Eva", "901")
    await eva.taps("Open now", "Yes")
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


async def test_somebody_who_works_here_no_more_follows_nothing(stage: Stage) -> None:
    await stage.joined("Ada Vea")
    stage.at("2018-06-07 10:00")
    eva = await looks_at_m6(stage, "Eva", "901")
    await eva.taps("Open now", "Yes")
    await stage.application.transactions.write(
        staff.remove, stage.application.office, "S-901", stage.now
    )
    shown = eva.looks_at.card
    stage.at("2018-06-07 11:29")
    await stage.fieldwork_round()
    assert eva.looks_at.card == shown
