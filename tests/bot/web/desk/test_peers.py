"""Faults that people reported of staff pages of other systems, each tried here.

Further ones have tests that are named by their fault in `test_attacks`, `test_together`,
`test_import`, `test_jobs` and `test_people`.
"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, insert, update

from bot.desk.office.signing_in import make_link
from bot.web import Doors
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole
from storage.schema import enrolments, participants, staff
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

IMPORT = f"/desk/workshops/{SUVA.code}/import"
HOLD = f"/desk/workshops/{SUVA.code}?do=hold"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    return await signed_in()


async def link_of(stage: Stage) -> str:
    """Return a new link of Ana."""
    working = stage.application
    made = await working.transactions.write(make_link, working.office, "S-DESKANA", stage.now)
    return made.path


async def test_w01_scanners_that_open_a_link_twenty_times_use_nothing_up_and_get_no_cookie(
    stage: Stage, ana: Window, app: Doors
) -> None:
    link = await link_of(stage)
    for number in range(20):
        scanner = Window(app)
        method = ("GET", "HEAD", "GET")[number % 3]
        answer = await scanner.client.request(method, link)
        assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
        assert "<script" not in answer.text
    window = Window(app)
    await window.opens(link)
    assert (await window.presses("Sign in")).sections[0] == "Today"


async def test_w02_who_comes_second_with_a_link_is_told_that_it_was_used_just_now(
    stage: Stage, ana: Window, app: Doors
) -> None:
    link = await link_of(stage)
    first, second = Window(app), Window(app)
    for window in (first, second):
        await window.opens(link)
    await first.presses("Sign in")
    await second.presses("Sign in")
    assert (second.status, second.heading) == (404, "This link was used just now")
    assert "send /desk to the bot" in second.text
    done = await stage.application.transactions.read(entries)
    assert [one.act for one in done].count(Act.SIGNED_IN) == 2
    assert (await second.opens("/desk")).status == 401


async def test_w03_a_form_of_a_session_that_was_ended_in_another_tab_is_refused_and_kept(
    ana: Window,
) -> None:
    await ana.opens(HOLD)
    tab = Window(ana.app)
    tab.client.cookies = ana.client.cookies
    await tab.opens("/desk")
    await tab.presses("Sign out")
    await ana.presses("Hold the workshop", reason="Elections")
    assert (ana.status, ana.tree.xpath("//textarea")[0].value) == (401, "Elections")


async def test_w03_a_role_that_was_taken_away_does_nothing_more_with_an_open_form(
    stage: Stage, ana: Window
) -> None:
    await ana.opens(HOLD)
    lower = update(staff).where(staff.c.code == "S-DESKANA").values(role=StaffRole.MANAGER)
    await stage.application.transactions.write(lambda connection: connection.execute(lower))
    await ana.presses("Hold the workshop", reason="Elections")
    assert (ana.status, ana.tree.xpath("//textarea")[0].value) == (401, "Elections")
    done = await stage.application.transactions.read(entries)
    assert Act.WORKSHOP_HELD not in [one.act for one in done]


async def test_w04_back_and_save_again_makes_no_second_import_and_says_what_the_first_did(
    stage: Stage, ana: Window
) -> None:
    await ana.opens(IMPORT)
    await ana.presses("Look at it", table="name\tadministration\nAda Vea\tTonga\n")
    answer, path = ana.answer, ana.path
    await ana.presses("Save 1")
    assert ana.note.startswith("Saved: 1 new")
    ana.answer, ana.path = answer, path
    await ana.presses("Save 1")
    assert ana.note == "" or "Nothing" in ana.note
    done = await stage.application.transactions.read(entries)
    assert [one.act for one in done].count(Act.IMPORTED) == 1
    await ana.opens(IMPORT)
    await ana.presses("Look at it", table="name\tadministration\nAda Vea\tTonga\n")
    assert ana.heading == "Same as saved today, 04:00 in Bangkok, by Ana. Nothing to do."


async def test_w05_what_a_colleague_did_while_a_question_was_open_is_said_and_done_once(
    stage: Stage, ana: Window, signed_in: SignIn
) -> None:
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    for window in (ana, bo):
        await window.opens(HOLD)
    await ana.presses("Hold the workshop", reason="Elections")
    await bo.presses("Hold the workshop", reason="Floods")
    assert "on hold" in f"{bo.errors} {bo.note}"
    assert "Elections" in (await bo.opens(HOLD.partition("?")[0])).text


@pytest.mark.parametrize(
    "table",
    ["Nom\tPays\nAda Vea\tTonga\n", "Pays\tNom\nTonga\tAda Vea\n", "Ada Vea\tTonga\nBen\tFiji\n"],
    ids=["in French", "in another order", "no headings"],
)
async def test_w06_columns_in_other_words_or_without_any_are_read_or_asked_never_guessed(
    ana: Window, table: str
) -> None:
    await ana.opens(IMPORT)
    await ana.presses("Look at it", table=table)
    saved = [one for one in ana.buttons if one.startswith("Save ")]
    if saved:
        assert "Ada Vea Tonga" in ana.text
    else:
        assert "Use these columns" in ana.buttons
        assert "Ada Vea" in ana.text


async def test_w07_what_columns_are_is_remembered_for_the_list_of_next_month_and_can_be_dropped(
    stage: Stage, ana: Window
) -> None:
    columns = {"column 0 A": "name", "column 0 B": "administration"}
    await ana.opens(IMPORT)
    await ana.presses("Look at it", table="who\twhere from\nAda Vea\tTonga\nBen Oti\tFiji\n")
    await ana.presses("Use these columns", **columns)
    await ana.presses("Save 2")
    await ana.opens(IMPORT)
    await ana.presses("Look at it", table="who\twhere from\nChi Lan\tVanuatu\nDan Roa\tFiji\n")
    assert "As Ana answered on Tue 20 March 2018: name from A." in ana.text
    assert "Forget, ask again" in ana.text
    await ana.opens(IMPORT)
    await ana.presses("Look at it", table="whom\twhere from\nEli Kau\tSamoa\nFay Leo\tFiji\n")
    assert "As Ana answered" not in ana.text


async def test_w13_a_person_is_shown_with_the_time_where_the_person_is(
    stage: Stage, signed_in: SignIn
) -> None:
    """The office is in Bangkok, the person in Apia, the server in UTC."""
    stage.now = datetime(2018, 6, 8, 3, 4, tzinfo=UTC)
    await stage.enrol("Sina Leo", administration="WS")
    window = await (await signed_in()).opens("/desk/people/P-101")
    assert "It is 16:04 there (Pacific/Apia)." in window.text
    footer = window.tree.xpath("//footer")[0].text_content()
    assert "Times are those of the office (Asia/Bangkok)" in footer
    assert "It is 10:04." in footer


def crowd(connection: Connection, names: list[str], first: int) -> None:
    """Enrol people with these names."""
    people = [
        {"id": first + n, "code": f"P-{first + n}", "name": name, "language": "en"}
        for n, name in enumerate(names)
    ]
    connection.execute(insert(participants), people)
    shared = {"workshop_code": SUVA.code, "administration_code": "TO", "role": "participant"}
    came = {"enrolled_at": datetime(2018, 3, 1, tzinfo=UTC)}
    connection.execute(
        insert(enrolments), [{"participant_id": one["id"], **shared, **came} for one in people]
    )


async def test_w14_the_next_page_goes_on_after_the_last_row_when_people_came_meanwhile(
    stage: Stage, ana: Window
) -> None:
    write = stage.application.transactions.write
    await write(crowd, [f"M{n:03}" for n in range(300)], 1000)
    await ana.opens("/desk/people")
    await ana.follows("Next")
    assert "M099" in ana.text
    await write(crowd, [f"A{n:03}" for n in range(50)], 5000)
    await ana.follows("Next")
    assert "M100" in ana.text
    assert "M099" not in ana.text


@pytest.mark.parametrize("name", ["A" * 200, "Ada \u202eaeV", "Ada\u200bVea", "<b>Ada</b> Vea"])
async def test_w17_a_name_that_is_long_turned_round_or_marked_up_stands_apart_as_it_is(
    stage: Stage, ana: Window, name: str
) -> None:
    await stage.application.transactions.write(crowd, [name], 1000)
    for path in ("/desk/people", "/desk/people/P-1000", f"/desk/workshops/{SUVA.code}"):
        await ana.opens(path)
        assert ana.status == 200
        assert "<b>Ada" not in ana.answer.text
        around = [one.tag for one in ana.tree.iter("bdi", "h1") if name in one.text_content()]
        assert around, path


async def test_w18_how_many_have_answered_stands_in_words_beside_each_bar(
    stage: Stage, signed_in: SignIn
) -> None:
    """A bar is an element of HTML with its numbers: there without script, in print and in the dark."""
    stage.at("2018-06-08 10:00")
    await stage.joined("Ada Vea")
    await stage.fieldwork_round()
    ana = await (await signed_in()).opens("/desk")
    (bar,) = ana.tree.xpath('//section[@id="open"]//progress')
    assert (bar.get("max"), bar.get("value")) == ("1", "0")
    assert "0 of 1" in ana.text
