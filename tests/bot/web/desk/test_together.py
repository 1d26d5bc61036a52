"""Two browsers at the same moment, on both databases: one effect, and both are told."""

import asyncio
import csv
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole
from storage.people.room_codes import room_with
from storage.schema import enrolments, participants
from tests.bot.stage import SUVA
from tests.bot.web.desk.offices import Desk, desk_over
from tests.bot.web.desk.window import Window

WORKSHOP = f"/desk/workshops/{SUVA.code}"
M6 = f"{WORKSHOP}/waves/M6"
CODE = re.compile(r"R-[A-Z0-9]{5}-[A-Z0-9]{5}")
TABLE = "name\tadministration\nAda Vea\tTonga\nBen Qalo\tFiji\n"
PLAN = """\
spec: 1
key: short
waves:
  - {{key: M3, role: participant, opens: end + {months} months, open_days: 28}}
"""
CHOICES = b"list_name,name,label\nneeds,seizure,How to seize goods\n"
Pressing = Callable[[Window], Awaitable[Window]]


@pytest.fixture
async def desk(office_database: Database) -> AsyncIterator[Desk]:
    async with desk_over(office_database) as one:
        yield one


@pytest.fixture
async def two(desk: Desk) -> tuple[Window, Window]:
    return (
        await desk.signs_in("Ana", StaffRole.ORGANISER),
        await desk.signs_in("Bo", StaffRole.ORGANISER),
    )


async def both(two: tuple[Window, Window], act: Pressing) -> list[Window]:
    return list(await asyncio.gather(act(two[0]), act(two[1])))


async def with_people(desk: Desk, window: Window) -> None:
    await window.opens(f"{WORKSHOP}/import")
    await window.presses("Look at it", table=TABLE)
    await window.presses("Save 2")
    assert window.note.startswith("Saved: 2 new"), window.text


async def done(desk: Desk, act: Act) -> int:
    return [one.act for one in await desk.transactions.read(entries)].count(act)


async def number_of(desk: Desk, table: object) -> int:
    counted = select(func.count()).select_from(table)  # type: ignore[arg-type]
    return int(await desk.transactions.read(lambda found: found.scalar(counted) or 0))


async def test_a_wave_is_opened_once(desk: Desk, two: tuple[Window, Window]) -> None:
    await with_people(desk, two[0])
    await both(two, lambda window: window.opens(f"{M6}?do=open"))
    ana, bo = await both(two, lambda window: window.presses("Open now"))
    assert await done(desk, Act.WAVE_OPENED) == 1
    told = [ana.note or ana.errors, bo.note or bo.errors]
    assert all(told), told
    assert sum("Nothing is sent before." in one for one in told) == 1, told


async def test_one_file_is_saved_once_by_two_windows(
    desk: Desk, two: tuple[Window, Window]
) -> None:
    ana = two[0]
    await ana.opens(f"{WORKSHOP}/import")
    await ana.presses("Look at it", table=TABLE)
    same = Window(ana.app)
    same.client.cookies = ana.client.cookies
    same.answer, same.path = ana.answer, ana.path
    pair = await both((ana, same), lambda window: window.presses("Save 2"))
    assert await number_of(desk, enrolments) == 2
    assert await number_of(desk, participants) == 2
    assert all(one.status < 500 for one in pair)
    assert sum(one.note.startswith("Saved: 2 new") for one in pair) <= 1
    assert all(one.note or one.errors or one.status == 404 for one in pair)


async def test_the_same_list_of_two_organisers_enrols_each_person_once(
    desk: Desk, two: tuple[Window, Window]
) -> None:
    async def looks(window: Window) -> Window:
        await window.opens(f"{WORKSHOP}/import")
        return await window.presses("Look at it", table=TABLE)

    await both(two, looks)
    pair = await both(two, lambda window: window.presses("Save 2"))
    assert await number_of(desk, enrolments) == 2
    assert await number_of(desk, participants) == 2
    assert all(one.note or one.errors for one in pair)


async def codes_of(window: Window) -> dict[str, str]:
    await window.opens(f"{WORKSHOP}/codes")
    await window.presses("Get the codes", **{"as": "list"})
    if window.status != 200 or "csv" not in window.answer.headers["content-type"]:
        return {}
    rows = list(csv.reader(io.StringIO(window.answer.content.decode("utf-8-sig"))))
    return {row[0]: row[2] for row in rows[1:]}


async def test_two_code_sheets_made_at_once_have_the_same_codes(
    desk: Desk, two: tuple[Window, Window]
) -> None:
    await with_people(desk, two[0])
    sheets = await asyncio.gather(codes_of(two[0]), codes_of(two[1]))
    given = [one for one in sheets if one]
    assert given
    assert all(one == given[0] for one in given)
    assert await codes_of(two[0]) == given[0]


async def test_two_room_codes_made_at_once_show_only_codes_that_work(
    desk: Desk, two: tuple[Window, Window]
) -> None:
    await both(two, lambda window: window.opens(f"{WORKSHOP}/room?do=make"))
    pair = await both(two, lambda window: window.presses("Make the code"))
    shown = [code for one in pair for code in CODE.findall(one.text)]
    assert len(shown) == 1
    assert await desk.transactions.read(room_with, shown[0], desk.now) is not None
    # The other is told before or after the question is looked at again, in one of two sentences.
    (other,) = [one for one in pair if not CODE.search(one.text)]
    assert "look again" in other.errors


async def test_a_plan_and_choices_are_put_back_once(
    desk: Desk, two: tuple[Window, Window]
) -> None:
    ana = two[0]
    for months in (3, 4):
        await ana.opens("/desk/workshops/plans")
        await ana.presses("Store the plan", plan=PLAN.format(months=months))
    await ana.opens(f"{WORKSHOP}/questions")
    await ana.presses("Look at it", ("choices.csv", CHOICES, "text/csv"))
    await ana.presses("Save the choices")
    for undo in ("Undo of plan changed short", f"Undo of imported {SUVA.code} lists"):
        await both(two, lambda window: window.opens("/desk"))
        pair = await both(two, lambda window, undo=undo: window.presses(undo))  # type: ignore[misc]
        told = [one.note for one in pair]
        assert all(" as before" in one for one in told), told
        assert sum("already. Nothing was changed." in one for one in told) == 1, told
    assert await done(desk, Act.PLAN_CHANGED) == 3


@pytest.mark.parametrize("act", ["hold", "close", "days", "skip", "reopen", "back", "release"])
async def test_each_question_about_an_open_wave_is_asked_on_both_databases(
    desk: Desk, two: tuple[Window, Window], act: str
) -> None:
    ana = two[0]
    await with_people(desk, ana)
    await ana.opens(f"{M6}?do=open")
    await ana.presses("Open now")
    assert (await ana.opens(f"{M6}?do={act}")).status in (200, 409)


async def test_answers_that_a_colleague_changed_are_not_saved_unseen(
    desk: Desk, two: tuple[Window, Window]
) -> None:
    ana, bo = two
    await ana.opens(f"{WORKSHOP}/import")
    await ana.presses("Look at it", table="name\tadministration\nAda Vea\tAtlantis\n")
    address = ana.path
    await ana.presses("Finish later")
    await ana.opens(address)
    await bo.opens(address)
    field = ana.tree.xpath('//select[starts-with(@name, "other ")]')[0].get("name")
    await ana.presses("Use these answers", **{field: "TO"})
    await bo.presses("Use these answers", **{field: "FJ"})
    await ana.presses("Save 1")
    assert "Nothing was saved. Please look again." in ana.errors
    assert await number_of(desk, enrolments) == 0


async def test_only_the_last_act_on_a_wave_is_undone_from_today(
    desk: Desk, two: tuple[Window, Window]
) -> None:
    ana = two[0]
    await with_people(desk, ana)
    await ana.opens(f"{M6}?do=days")
    await ana.presses("Change the days", days="11 June to 9 July")
    await ana.opens(f"{M6}?do=hold")
    await ana.presses("Hold this wave")
    await ana.opens("/desk")
    undo = [one for one in ana.buttons if one.startswith("Undo of") and "M6" in one]
    assert undo == [f"Undo of wave held {SUVA.code} M6"]
