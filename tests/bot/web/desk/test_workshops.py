"""The pages of workshops: the list, the year, one workshop and its acts, its codes and its room."""

import csv
import io

import pytest

from storage.fieldwork.workshops import get_workshop
from tests.bot.stage import SUVA, Person, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

PAGE = f"/desk/workshops/{SUVA.code}"


@pytest.fixture
async def ada(stage: Stage) -> Person:
    stage.at("2017-11-20 10:00")
    await stage.workshop(SUVA)
    return await stage.joined("Ada Vea")


@pytest.fixture
async def ana(ada: Person, signed_in: SignIn) -> Window:
    return await signed_in()


async def test_the_list_is_searched_and_says_who_has_joined(stage: Stage, ana: Window) -> None:
    await stage.enrol("Ben Qalo", "FJ")
    await ana.opens("/desk/workshops")
    assert "1 of 2 coming" in ana.text
    await ana.presses("Search", q="kashiwa")
    assert "No workshop has “kashiwa” in its title" in ana.text
    await ana.presses("Search", q="suva 2017")
    await ana.follows("Combating counterfeiting and piracy for Oceania")
    assert ana.path == PAGE


async def test_the_year_has_workshops_and_waves_by_month(ana: Window) -> None:
    await ana.opens("/desk/workshops/year?fiscal=2017")
    assert ana.heading == "Fiscal year 2017/18"
    assert "December 2017 Combating counterfeiting and piracy for Oceania 4 to 8 Dec" in ana.text
    assert "8: 6 months after" in ana.text
    assert (await ana.opens("/desk/workshops/year?fiscal=20x7")).status == 200


async def test_a_workshop_shows_its_people_by_state_and_its_waves(
    stage: Stage, ana: Window
) -> None:
    await stage.enrol("Ben Qalo", "FJ")
    await ana.opens(PAGE)
    assert "1 joined · 1 not joined yet" in ana.text
    assert "Ada Vea Tonga participant joined" in ana.text
    assert "6 months after M6, participants Fri 8 June 2018 to Fri 6 July 2018 planned" in ana.text


async def test_a_move_shows_what_moves_before_it_is_done_and_is_undone(
    stage: Stage, ana: Window
) -> None:
    await ana.opens(f"{PAGE}?do=move")
    await ana.presses("Show what would move", days="11 to 15 December")
    assert "Then: Mon 11 December 2017 to Fri 15 December 2017." in ana.panel
    assert "6 months after: Fri 8 June 2018 → Fri 15 June 2018." in ana.panel
    read = stage.application.transactions.read
    assert (await read(get_workshop, SUVA.code)).starts_on == SUVA.starts_on
    await ana.presses("Move the workshop")
    assert "is now on Mon 11 December 2017 to Fri 15 December 2017." in ana.note
    await ana.presses("Undo")
    assert "is now on Mon 4 December 2017 to Fri 8 December 2017." in ana.note
    await ana.presses("Undo")
    assert "is now on Mon 11 December 2017 to Fri 15 December 2017." in ana.note
    await ana.presses("Undo")


@pytest.mark.parametrize(
    ("asked", "verb", "said"),
    [
        ("cancel", "Cancel the workshop", "is cancelled"),
        ("hold", "Hold the workshop", "is on hold"),
    ],
)
async def test_a_cancellation_and_a_hold_are_undone_at_once(
    ana: Window, asked: str, verb: str, said: str
) -> None:
    await ana.opens(f"{PAGE}?do={asked}")
    await ana.presses(verb)
    assert said in ana.note
    await ana.presses("Undo")
    assert "Nothing was changed" not in ana.note
    await ana.opens(PAGE)
    assert "Cancel …" in ana.links


async def test_days_that_are_not_certain_are_confirmed_again(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Days are not certain")
    assert "not confirmed any more" in ana.note
    await ana.follows("Confirm the days …")
    await ana.presses("Confirm the days")
    assert "are confirmed" in ana.note


async def test_another_code_is_checked_kept_in_the_form_and_undone(ana: Window) -> None:
    await ana.opens(f"{PAGE}?do=rename")
    await ana.presses("Change the code", new="no code!")
    assert "'no code!' is not a code." in ana.errors
    assert ana.tree.xpath('//input[@name="new"]')[0].value == "no code!"
    await ana.presses("Change the code", new="IPR-2017")
    assert ana.path.startswith("/desk/workshops/IPR-2017?")
    await ana.opens(PAGE)
    assert ana.path == "/desk/workshops/IPR-2017"
    await ana.opens("/desk")
    await ana.opens("/desk/workshops/IPR-2017?do=rename")
    await ana.presses("Change the code", new=SUVA.code)
    assert f"is now {SUVA.code}" in ana.note


async def test_codes_are_the_same_again_until_new_ones_are_asked_for(
    stage: Stage, ana: Window
) -> None:
    await stage.enrol("Ben Qalo", "FJ")

    async def listed() -> list[str]:
        await ana.opens(f"{PAGE}/codes")
        await ana.presses("Get the codes", **{"as": "list"})
        assert ana.answer.headers["content-disposition"].endswith('-CONFIDENTIAL.csv"')
        rows = list(csv.DictReader(io.StringIO(ana.answer.content.decode("utf-8-sig"))))
        return [f"{row['name']} {row['code']}" for row in rows]

    await ana.opens(f"{PAGE}/codes?do=renew")
    assert "1 code works but cannot be shown again" in ana.text
    await ana.presses("Make new codes", **{"as": "list"})
    first = await listed()
    assert [one.rpartition(" ")[0] for one in first] == ["Ben Qalo"]
    assert await listed() == first
    await ana.opens(f"{PAGE}/codes")
    await ana.follows("New codes …")
    assert "1 unused code ends, on paper too." in ana.panel
    await ana.presses("Make new codes", **{"as": "strips"})
    assert ana.answer.content.startswith(b"%PDF")
    assert await listed() != first


async def test_a_room_code_is_shown_once_and_ended(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    stage.at("2017-12-05 09:00")
    ana = await signed_in()
    await ana.opens(f"{PAGE}/room")
    await ana.follows("Make a code …")
    await ana.presses("Make the code")
    assert "It works on Tue 5 December 2017 only." in ana.text
    code = ana.tree.xpath('//p[@class="huge"]')[0].text_content()
    await ana.opens(f"{PAGE}/room")
    assert code not in ana.text
    assert "has a room code for Tue 5 December 2017, made by Ana" in ana.text
    await ana.presses("End the code")
    assert "does not work any more" in ana.note


async def test_codes_and_room_of_an_unknown_workshop_are_not_found(ana: Window) -> None:
    for path in ("", "/codes", "/room"):
        assert (await ana.opens(f"/desk/workshops/NO-2017{path}")).status == 404
