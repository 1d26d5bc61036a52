"""Organisers send lists of people and calendars: looked at, asked about, saved once."""

from dataclasses import replace
from datetime import date

import pytest

from bot.desk.people.enrolments import list_people
from bot.messaging.messages import Uploaded
from storage.fieldwork.workshops import all_workshops
from tests.bot.importing.nasty_lists import country_blocks
from tests.bot.stage import SUVA, Person, Stage
from tests.hardening.large_files import merged
from tests.hardening.large_files import people as large_list
from tests.places import DATA

LISTS = DATA / "lists"
WORKSHOP = "Combating counterfeiting and piracy for Oceania, Suva, Mon 4 December 2017"


@pytest.fixture
async def eva(stage: Stage) -> Person:
    """Eva, an organiser; the workshop in Suva is known."""
    stage.at("2018-01-07 12:00")
    await stage.workshop(SUVA)
    return stage.visitor("Eva", "901")


async def sends(person: Person, name: str, content: bytes | None = None) -> None:
    data = (LISTS / name).read_bytes() if content is None else content
    await person.sends(Uploaded(person.sender, name, data))


async def people(stage: Stage) -> list[tuple[str, str]]:
    found = await stage.application.transactions.read(
        list_people, stage.application.office, SUVA.code
    )
    return [(one.name, one.administration) for one in found]


async def test_m15_a_list_is_asked_about_shown_and_saved_once(stage: Stage, eva: Person) -> None:
    await sends(eva, "p6_register_1904.xlsx")
    assert eva.text == "p6_register_1904.xlsx is a list of people. Which workshop is it for?"
    await eva.taps(WORKSHOP)
    assert "heading in row 6: 8 rows read." in eva.text
    assert (
        "'Kiribati' (sheet 'Attendance list', row 14, Teekoa Ioane): which administration?"
        in eva.text
    )
    assert not any(label.startswith("Save") for label in eva.labels)
    await eva.taps("kiribati: Add Kiribati, Pacific/Tarawa")
    assert "8 new." in eva.text
    assert eva.text.endswith("Nothing is saved yet.")
    assert await people(stage) == []
    tap = eva.tap_on("Save 8")
    await eva.sends(tap)
    assert eva.text.startswith("Saved: 8 new in IPR-OC-2017.")
    assert ("Teekoa Ioane", "KI") in await people(stage)
    await eva.sends(tap)
    assert eva.text.startswith("Already saved: 8 new")
    assert len(await people(stage)) == 8


async def test_m09_two_rows_that_may_be_one_person_are_asked_with_buttons(
    stage: Stage, eva: Person
) -> None:
    text = "Name,Country,E-mail\nLi Na,Tonga!,li@example.org\nNa Lee,Fiji,LI@example.org\n"
    await sends(eva, "people.csv", text.encode())
    await eva.taps(WORKSHOP, "tonga!: Other …", "Tonga")
    assert "row 3: same e-mail as row 2 (Li Na / Na Lee)." in eva.text
    await eva.taps("row 3: Two people")
    assert "this one is listed without it" in eva.text
    await eva.taps("Save 2")
    assert await people(stage) == [("Li Na", "TO"), ("Na Lee", "FJ")]


async def test_m03_a_list_in_a_local_coding_is_taken_and_cancelled(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, "people.csv", "name,country\nสมชาย ใจดี,TH\n".encode("cp874"))
    await eva.taps(WORKSHOP)
    assert "The text was read as Windows-874 (Thai)" in eva.text
    await eva.taps("Show all")
    assert "สมชาย ใจดี (TH), participant" in eva.text
    await eva.taps("Cancel")
    assert eva.text == "Nothing was saved."
    assert await people(stage) == []


async def test_f01_f36_calendars_are_known_by_their_content(stage: Stage, eva: Person) -> None:
    before = len(await stage.application.transactions.read(all_workshops))
    await sends(eva, "calendar_2018.txt")
    assert "Save 13" in eva.labels
    await eva.taps("Take the 7 meetings too", "Save 20")
    assert len(await stage.application.transactions.read(all_workshops)) == before + 20
    await sends(eva, "c2_events.ics")
    await eva.taps("Save 7")
    assert eva.text == "Saved: 7 new."


async def test_a_calendar_with_mistakes_names_them_all_and_offers_no_save(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, "c3_calendar.xlsx")
    assert eva.text.startswith("Nothing was saved. Please correct 3 problems in c3_calendar.xlsx.")
    assert eva.labels == ["Columns …", "Cancel"]


async def test_a_file_that_is_too_large_or_no_list_gets_one_sentence(
    stage: Stage, eva: Person
) -> None:
    for size in (0, 3_100_000):
        content = b"" if size else b"x" * 2_000_001
        await eva.sends(Uploaded(eva.sender, "list.csv", content, size))
        assert "MB; at most 2 MB are read. Send the list alone" in eva.text
    await sends(eva, "list.txt", b"")
    assert eva.text == "The file is empty. Save the list again."
    assert await people(stage) == []


async def test_a_new_organiser_comes_from_two_files_to_an_open_wave_in_chat(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, "calendar_2018.txt")
    await eva.taps("Save 13")
    await sends(eva, "p6_register_1904.xlsx")
    await eva.taps("WCO Regional Workshop on Accreditation of ROO Experts")
    while "Save 8" not in eva.labels:
        await eva.taps(next(one for one in eva.labels if "Add Kiribati, Pacific/Tarawa" in one))
    await eva.taps("Save 8")
    assert eva.text.startswith("Saved: 8 new")
    await eva.types("/wave")
    await eva.taps("WCO Regional Workshop on Accreditation of ROO Experts", "21 days before (PRE)")
    assert "8 people, 5 administrations" in eva.text
    assert "Needs your yes" in eva.text
    await eva.taps("Open for 28 days")
    assert " PRE opens at " in eva.notice
    assert "invited 0 of 8" in eva.text


async def test_a_list_with_lines_of_countries_comes_to_an_open_wave_with_three_buttons(
    stage: Stage, eva: Person
) -> None:
    await stage.workshop(
        replace(SUVA, code="IPR-2018", starts_on=date(2018, 1, 22), ends_on=date(2018, 1, 26))
    )
    await sends(eva, "participants.xlsx", country_blocks())
    await eva.taps("Combating counterfeiting and piracy for Oceania, Suva, Mon 22 January 2018")
    assert "'TONGA (2)': the administration of the rows below." in eva.text
    await eva.taps("Save 4")
    assert eva.text.startswith("Saved: 4 new")
    assert "PRE: Its day" in eva.text
    await eva.taps("PRE: open for 28 days")
    assert "IPR-2018 PRE opens at " in eva.notice
    assert "invited 0 of 4" in eva.text


async def test_columns_that_are_not_known_are_chosen_with_buttons_and_remembered(
    stage: Stage, eva: Person
) -> None:
    text = b"Who,Where,Reach\nAnn Vea,Tonga,ann@example.org\nBen Oti,Fiji,ben@example.org\n"
    await sends(eva, "people.csv", text)
    await eva.taps(WORKSHOP)
    assert "Which column is the name?" in eva.text
    assert not any(label.startswith("Save") for label in eva.labels)
    await eva.taps("name: A 'Who': Ann Vea, Ben Oti")
    await eva.taps("email: C 'Reach': ann@example.org, ben@example.org")
    await eva.taps("Save 2")
    assert await people(stage) == [("Ann Vea", "TO"), ("Ben Oti", "FJ")]
    await sends(eva, "people.csv", text.replace(b"Ben Oti,Fiji,ben", b"Cy Dee,Fiji,cy"))
    await eva.taps(WORKSHOP)
    assert "As Eva answered on Sun 7 January 2018: name from A, email from C." in eva.text
    assert "Save 2" in eva.labels
    await eva.taps("remembered columns: Forget, ask again")
    assert "Which column is the name?" in eva.text


async def test_a_column_that_is_read_wrongly_is_given_another_meaning(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, "people.csv", b"Name,Country,Officer,Role\nPost 7,Tonga,Ann Vea,boss\n")
    await eva.taps(WORKSHOP)
    assert "'boss' (row 2, Post 7) is no role that the bot knows. Which is it?" in eva.text
    await eva.taps("Columns …", "C 'Officer': not read (Ann Vea)", "the name")
    await eva.taps("D 'Role': role (boss)", "Nothing, do not read it", "Back", "Save 1")
    assert await people(stage) == [("Ann Vea", "TO")]


async def test_a_table_that_is_pasted_as_a_message_is_read_like_a_file(
    stage: Stage, eva: Person
) -> None:
    await eva.types("Name\tCountry\nAnn Vea\tTonga\nBen Oti\tFiji")
    await eva.taps(WORKSHOP, "Save 2")
    assert await people(stage) == [("Ann Vea", "TO"), ("Ben Oti", "FJ")]


async def test_it_is_asked_what_a_table_lists_that_says_nothing_of_it(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, "table.csv", b"Who,Where\nAnn Vea,Tonga\nBen Oti,Fiji\n")
    assert eva.text.startswith("table.csv is a table. What does it list?")
    await eva.taps("People", WORKSHOP, "name: A 'Who': Ann Vea, Ben Oti", "Save 2")
    assert await people(stage) == [("Ann Vea", "TO"), ("Ben Oti", "FJ")]


@pytest.mark.parametrize("name", ["people.xlsx", "form\x00.xlsx"])
async def test_a_list_that_states_too_much_is_answered_with_a_sentence(
    eva: Person, name: str
) -> None:
    await sends(eva, name, large_list(merged))
    assert "merged cells over too large a range: A1:XFD1048576" in eva.text


async def test_others_write_while_a_list_is_looked_at(stage: Stage, eva: Person) -> None:
    await sends(eva, "people.csv", b"name,administration\nAda Vea,TO\n")
    with stage.application.transactions.database.engine.begin():
        # The writer holds the lock of the database: a look that wrote would wait for it in vain.
        await eva.taps(WORKSHOP)
    assert "1 new." in eva.text


async def test_a_calendar_that_moves_and_cancels_asks_and_leads_to_the_way_back(
    stage: Stage, eva: Person
) -> None:
    head = b"title,starts_on,ends_on,place,status\n"
    old = b"Origin,2018-03-05,2018-03-09,Fiji,\nRisk,2018-04-05,2018-04-09,Fiji,\n"
    new = b"Origin,2018-03-05,2018-03-09,Fiji,cancelled\n"
    new += b"Risk,2018-05-05,2018-05-09,Fiji,\n"
    await sends(eva, "calendar.csv", head + old)
    await eva.taps("Save 2")
    await eva.types("/move origin-fj-2018 2018-03-16")
    await sends(eva, "calendar.csv", head + old)
    assert "ORIGIN-FJ-2018 was moved by hand to 12 to 16 Mar 2018" in eva.text
    assert "Save 2" in eva.labels
    await sends(eva, "calendar.csv", head + new)
    assert not any(label.startswith("Save") for label in eva.labels)
    await eva.taps("ORIGIN-FJ-2018 cancelled: Cancel the workshop")
    await eva.taps("RISK-FJ-2018 days: Move to 5 to 9 May 2018")
    await eva.taps("Save")
    assert eva.labels == [
        "Undo",
        "RISK-FJ-2018: look, or undo",
        "ORIGIN-FJ-2018: look, or undo",
    ]
    await eva.taps("ORIGIN-FJ-2018")
    await eva.taps("Restore the workshop")
    assert eva.sees("ORIGIN-FJ-2018 is no longer cancelled.")


async def test_n01_days_of_another_calendar_are_asked_with_a_button(
    stage: Stage, eva: Person
) -> None:
    text = "code,title,starts_on,ends_on,country\nTH-1,Origin,25/02/2561,27/02/2561,TH\n"
    await sends(eva, "calendar.csv", text.encode())
    assert "row 2: 25/02/2561 is 25 to 27 Feb 2018 (Buddhist)" in eva.text
    assert not any(label.startswith("Save") for label in eva.labels)
    await eva.taps("buddhist: Buddhist: 25 to 27 Feb 2018")
    await eva.taps("Save 1")
    workshops = await stage.application.transactions.read(all_workshops)
    assert {one.code: str(one.starts_on) for one in workshops}["TH-1"] == "2018-02-25"
