"""Import at the desk: a list and a calendar, dropped or pasted, asked about, saved, undone."""

from dataclasses import replace

import pytest

from storage.fieldwork.workshops import set_cancelled
from storage.office.staff import StaffRole
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

PAGE = f"/desk/workshops/{SUVA.code}/import"
PEOPLE = (
    b"name,administration,email\nAda Vea,Tonga,ada@example.org\nBen Qalo,Fiji,ben@example.org\n"
)
CALENDAR = (
    b"code,title,start,end,city,country,kind\n"
    b"RM-2018,Risk management,2018-06-04,2018-06-08,Kashiwa,JP,regional\n"
)


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    return await signed_in()


async def test_who_has_saved_a_list_is_led_to_the_workshops_without_one(
    stage: Stage, ana: Window
) -> None:
    await stage.workshop(replace(SUVA, code="RM-2017", title="Risk management"))
    await stage.workshop(replace(SUVA, code="GONE", title="Gone"))
    await stage.application.transactions.write(set_cancelled, "GONE", stage.now)
    await ana.opens(f"/desk/workshops/{SUVA.code}")
    assert "Without a list yet" not in ana.text
    await ana.presses("Look at it", ("people.csv", PEOPLE, "text/csv"))
    await ana.presses("Save 2")
    assert "Without a list yet: Risk management Waves" in ana.text
    await ana.follows("Risk management")
    assert "Look at it" in ana.buttons
    assert "Without a list yet" not in (await ana.opens(f"/desk/workshops/{SUVA.code}")).text


async def test_a_list_is_seen_saved_and_undone(ana: Window) -> None:
    """The page of a workshop without a list has the field for it."""
    await ana.opens(f"/desk/workshops/{SUVA.code}")
    await ana.presses("Look at it", ("people.csv", PEOPLE, "text/csv"))
    assert ana.heading == "2 new"
    assert ana.tree.xpath('//header//nav/a[@aria-current="page"]')[0].text == "Workshops"
    assert "Heading in row 1: 2 rows read." in ana.text
    assert "2 Ada Vea Tonga ada@example.org new" in ana.text
    await ana.presses("Save 2")
    assert ana.note.startswith("Saved: 2 new. PRE:")
    assert ana.path.startswith(f"/desk/workshops/{SUVA.code}?")
    assert "2 not joined yet, e-mail known" in ana.text
    await ana.presses("Undo")
    assert "is undone: 2 people" in ana.note
    await ana.presses("Save again")
    assert "is saved again: 2 people" in ana.note


async def test_a_pasted_table_with_mistakes_lists_all_of_them_with_their_cells(
    ana: Window,
) -> None:
    await ana.opens(PAGE)
    table = "name\tadministration\tlanguage\nAda Vea\tTonga\tDwarvish\nBen Qalo\tFiji\tElvish\n"
    await ana.presses("Look at it", table=table)
    assert ana.heading == "Nothing can be saved yet: 2 things to mend"
    assert "Dwarvish" in ana.text
    assert "Save" not in " ".join(ana.buttons)


async def test_a_column_that_is_not_known_is_chosen_with_its_first_cells(ana: Window) -> None:
    await ana.opens(PAGE)
    table = "who\twhere from\nAda Vea\tTonga\nBen Qalo\tFiji\n"
    await ana.presses("Look at it", table=table)
    assert not any(one.startswith("Save ") for one in ana.buttons)
    assert "A who Ada Vea, Ben Qalo" in ana.text
    await ana.presses(
        "Use these columns", **{"column 0 A": "name", "column 0 B": "administration"}
    )
    assert ana.heading == "2 new"
    await ana.presses("Save 2")
    assert ana.note.startswith("Saved: 2 new")


async def test_columns_that_were_chosen_are_shown_forgotten_and_remembered(ana: Window) -> None:
    table = "who\twhere from\nAda Vea\tTonga\n"
    await ana.opens(PAGE)
    await ana.presses("Look at it", table=table)
    chosen = {"column 0 A": "name"}
    await ana.presses("Use these columns", **chosen)
    await ana.presses("Save 1")
    await ana.opens(PAGE)
    await ana.follows("Columns that were chosen for earlier lists")
    assert "Columns 1 people name from A" in ana.text
    await ana.presses("Forget columns 1")
    assert ana.note == "Columns 1 are forgotten."
    await ana.opens(PAGE)
    await ana.presses("Look at it", table=table + "Ben Qalo\tFiji\n")
    assert not any(one.startswith("Save ") for one in ana.buttons)
    await ana.opens("/desk/workshops/columns")
    await ana.presses("Remember again columns 1")
    await ana.presses("Undo")
    assert ana.note == "Columns 1 are forgotten."
    await ana.presses("Remember again columns 1")
    await ana.opens(PAGE)
    await ana.presses("Look at it", table=table + "Ben Qalo\tFiji\n")
    assert ana.heading == "1 new, 1 as before"


async def test_a_question_is_answered_before_anything_is_saved(ana: Window) -> None:
    await ana.opens(PAGE)
    table = "name\tadministration\nAda Vea\tAtlantis\nBen Qalo\tFiji\n"
    await ana.presses("Look at it", table=table)
    assert "To decide" in ana.text
    assert "Atlantis" in ana.text
    assert not any(one.startswith("Save ") for one in ana.buttons)
    radios = ana.tree.xpath('//input[@type="radio"][starts-with(@name, "answer ")]')
    name = radios[0].get("name")
    other = name.replace("answer ", "other ", 1)
    await ana.presses("Use these answers", **{other: "TO"})
    assert ana.heading == "2 new"
    await ana.presses("Save 2")
    assert ana.note.startswith("Saved: 2 new")


async def test_each_row_says_what_becomes_of_it_before_and_after_the_answers(ana: Window) -> None:
    table = (
        "name\temail\tcountry\nMele Tupou\tm@example.org\tTO\nMele Tupou\tM@example.org\tTO\n"
        "Vai Moa\t\tAtlantis\nVae Moe\tm@example.org\tTO\n"
    )
    await ana.opens(PAGE)
    await ana.presses("Look at it", table=table)
    assert ana.heading.endswith(", 2 to ask about")
    assert "3 Mele Tupou is the person of row 2; one participant is kept." in ana.text
    assert "Tonga M@example.org kept once" in ana.text
    assert "4 Vai Moa Atlantis waits for an answer" in ana.text
    assert "5 Vae Moe Tonga m@example.org waits for an answer" in ana.text
    names = [one.get("name") for one in ana.tree.xpath('//input[@type="radio"]')]
    country = next(one for one in names if "row" not in one)
    same = next(one for one in names if "row" in one)
    await ana.presses("Use these answers", **{country: "leave out", same: "same person"})
    assert ana.heading == "1 new"
    assert "4 Vai Moa Atlantis left out" in ana.text
    assert "Tonga m@example.org kept once" in ana.text


async def test_what_changed_since_it_was_seen_is_not_saved(stage: Stage, ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it", ("people.csv", PEOPLE, "text/csv"))
    seen = ana.path
    other = Window(ana.app)
    other.client.cookies = ana.client.cookies
    await other.opens(PAGE)
    await other.presses("Look at it", ("people.csv", PEOPLE, "text/csv"))
    await other.presses("Save 2")
    await ana.presses("Save 2")
    assert ana.status == 409
    assert "Nothing was saved. Please look again." in ana.errors
    await ana.opens(seen)
    assert ana.heading.startswith("Same as saved today,")


async def test_a_calendar_is_saved_and_undone(ana: Window) -> None:
    await ana.opens("/desk/workshops/import")
    await ana.presses("Look at it", ("calendar.csv", CALENDAR, "text/csv"))
    assert ana.heading == "1 new"
    await ana.presses("Save 1")
    assert "Risk management" in ana.text
    await ana.presses("Undo")
    assert "undone" in ana.note
    assert "Risk management" not in ana.text


async def test_a_file_is_for_its_sender_until_it_is_put_aside(
    ana: Window, signed_in: SignIn
) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it", ("people.csv", PEOPLE, "text/csv"))
    address = ana.path
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    assert (await bo.opens(address)).status == 404
    await ana.presses("Finish later")
    assert "Put aside for a week" in ana.note
    assert "A list that was put aside" in ana.text
    assert (await bo.opens(address)).heading == "2 new"
    await bo.presses("Forget it")
    assert (await ana.opens(address)).status == 404


async def test_nothing_and_too_much_are_refused_in_a_sentence(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it")
    assert "Nothing was sent. Choose a file, or paste a table." in ana.errors
    await ana.presses("Look at it", ("big.csv", b"x" * (2 * 1024 * 1024 + 1), "text/csv"))
    assert "is larger than 2 MB." in ana.errors
    await ana.presses("Look at it", ("bad.xlsx", b"PK\x03\x04nothing", "application/zip"))
    assert ana.heading.startswith("Nothing can be saved yet")


async def test_a_template_is_read_as_it_was_filled(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.follows("français")
    assert ana.answer.headers["content-disposition"].endswith('"participants-fr.xlsx"')
    content = ana.answer.content
    await ana.opens(PAGE)
    await ana.presses("Look at it", ("participants-fr.xlsx", content, "application/zip"))
    assert ana.heading == "Nothing is listed"  # the example is left out
    await ana.opens("/desk/workshops/import")
    await ana.follows("A calendar")
    assert ana.answer.content.startswith(b"PK")


async def test_a_list_of_a_workshop_of_long_ago_says_that_no_wave_is_asked(
    stage: Stage, ana: Window
) -> None:
    stage.at("2018-03-20 10:00")
    old = "code,title,start,end,city,country,kind\nRM,Risk,2012-06-04,2012-06-08,Kashiwa,JP,regional\n"
    await ana.opens("/desk/workshops/import")
    await ana.presses("Look at it", table=old)
    assert "Mon 4 June 2012 to Fri 8 June 2012: Risk" in ana.text
    await ana.presses("Save 1")
    await ana.follows("Risk")
    await ana.presses("Look at it", ("people.csv", PEOPLE, "text/csv"))
    await ana.presses("Save 2")
    assert ana.note.endswith(
        "No wave is asked: the last day of each has passed. Each can be opened with new days."
    )
    assert "today, 04:00 by Ana List 2, a .csv file 2 new people nobody yet" in ana.text
