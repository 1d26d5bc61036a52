"""Lists with the shapes that the field has: what is read of each, said and asked. No database."""

from typing import Any

import pytest

from bot.importing.people.found import People
from bot.importing.people.reading import read_people
from bot.importing.rows.rows import Reading
from bot.importing.tables.reading import read_book
from surveys.planning.administrations import packaged_administrations
from surveys.problems import BadInput
from tests.bot.importing import nasty_lists
from tests.bot.importing.nasty_lists import country_blocks, document, sheet, workbook

KNOWN = packaged_administrations()


def read(content: bytes, answers: dict[str, str] | None = None) -> People:
    people = People(Reading("list"), dict(KNOWN), answers or {}, host="FJ")
    read_people(read_book(content), people)
    return people


def names(people: People) -> list[tuple[str, str]]:
    return [(one.name, one.administration) for one in people.listed]


def asked(people: People) -> list[str]:
    return list(people.questions)


def test_lines_of_countries_offices_totals_and_signatures_are_no_people() -> None:
    people = read(country_blocks())
    assert names(people) == [
        ("Semisi NAMOONA", "TO"),
        ("Ana Vea", "TO"),
        ("Hari Leota", "WS"),
        ("K. Soares", "TL"),
    ]
    assert [one.email.partition("@")[0] for one in people.listed] == [
        *("semisi", "ana", "hari", "ksoares")
    ]
    assert [one.phone for one in people.listed] == ["67620001", "", "685200002", ""]
    assert [one.title for one in people.listed] == ["Mr.", "Ms.", "Dr.", "Rev."]
    assert asked(people) == []
    told = "\n".join(people.notes)
    assert "row 9 'Ministry of Customs and Revenue' is the name of an office" in told
    assert "row 13 is not about a person and was skipped." in told
    assert "row 15 is a signature and was skipped." in told


def test_a_country_above_the_heading_counts_if_others_stand_below() -> None:
    rows = [
        ["FIJI"],
        ["Name", "Email"],
        ["Ann Vea", "ann@example.org"],
        ["TONGA"],
        ["Ben Oti", "ben@example.org"],
    ]
    assert names(read(sheet(rows))) == [("Ann Vea", "FJ"), ("Ben Oti", "TO")]
    (question,) = read(sheet(rows[:3])).questions.values()
    assert question.key == "administration"


def test_numbers_start_again_and_a_single_name_is_a_person() -> None:
    text = "No,Name,E-mail\nI. INDIA,,\n1,Ram,ram@example.org\n2,Karma,\nII. NEPAL,,\n1,Hari,\n"
    assert names(read(text.encode())) == [("Ram", "IN"), ("Karma", "IN"), ("Hari", "NP")]


def test_names_alone_below_countries_are_people() -> None:
    text = b"Name,E-mail\nINDIA,\nRam Das,\nSita Rai,\nNEPAL,\nHari Rai,hari@example.org\n"
    assert names(read(text)) == [("Ram Das", "IN"), ("Sita Rai", "IN"), ("Hari Rai", "NP")]


def test_a_line_among_countries_that_is_none_is_asked_about() -> None:
    text = b"Name,E-mail\nINDIA,\nRam Das,ram@example.org\nFreedonia,\nEve Tau,eve@example.org\n"
    people = read(text)
    assert asked(people) == ["freedonia"]
    assert names(read(text, {"freedonia": "FJ"})) == [("Ram Das", "IN"), ("Eve Tau", "FJ")]
    one = names(read(text, {"freedonia": "a person"}))
    assert one == [("Ram Das", "IN"), ("Freedonia", "IN"), ("Eve Tau", "IN")]


def test_a_second_table_gives_the_role_of_its_people_which_is_asked_about() -> None:
    text = (
        b"Name,Country,E-mail\nAnn Vea,FJ,ann@example.org\n\nResource persons,,\n"
        b"Country,Name,Phone\nJP,Ken Mori,81 3 0000 0000\n"
    )
    people = read(text)
    assert names(people) == [("Ann Vea", "FJ")]
    assert asked(people) == ["other roles"]
    assert names(read(text, {"other roles": "leave out"})) == [("Ann Vea", "FJ")]
    both = names(read(text, {"other roles": "participant"}))
    assert both == [("Ann Vea", "FJ"), ("Ken Mori", "JP")]


def test_hidden_and_struck_out_rows_are_asked_about() -> None:
    rows = [["Name", "Country"], ["Ann Vea", "FJ"], ["Ben Oti", "FJ"], ["Cy Dee", "FJ"]]
    content = sheet(rows, nasty_lists.hidden_and_struck)
    people = read(content)
    assert asked(people) == ["hidden rows", "struck-out rows"]
    assert people.questions["struck-out rows"].text.endswith("struck-out rows 4.")
    out = {"hidden rows": "leave out", "struck-out rows": "leave out"}
    assert names(read(content, out)) == [("Ann Vea", "FJ")]
    assert len(read(content, {"hidden rows": "take", "struck-out rows": "take"}).listed) == 3


def test_columns_of_two_people_below_two_headings_are_a_person_and_their_supervisor() -> None:
    text = (
        b"Participant,,Supervisor,,\nName,E-mail,Name,E-mail,Country\n"
        b"Ann Vea,ann@example.org,Mr Eve Tau,eve@example.org,FJ\n"
    )
    people = read(text)
    assert [(one.name, one.email, one.role) for one in people.listed] == [
        ("Ann Vea", "ann@example.org", "participant"),
        ("Eve Tau", "eve@example.org", "supervisor"),
    ]


@pytest.mark.parametrize(
    "cell", ["Ann Vea / Ben Oti", "Ann Vea and Ben Oti", '"Mr. A B\nMs. C D"']
)
def test_one_row_is_never_two_people(cell: str) -> None:
    people = read(f"Name,Country\n{cell},FJ\n".encode())
    (problem,) = people.reading.problems
    assert "looks like two people. Give each person a row of their own." in str(problem)


def test_a_name_on_two_lines_stays_whole_and_brackets_name_the_administration() -> None:
    text = 'Name,E-mail\n"Maria Josefa\nde la Cruz",a@example.org\nBen Oti (Tonga),b@example.org\n'
    people = read(text.encode(), {"administration": "FJ"})
    assert names(people) == [("Maria Josefa de la Cruz", "FJ"), ("Ben Oti", "TO")]


def test_several_sheets_are_one_list_and_others_are_named() -> None:
    rows: list[list[Any]] = [["Name", "Country"], ["Ann Vea", "FJ"]]
    book = workbook(
        {"A": rows, "B": [["Name", "Country"], ["Ben Oti", "TO"]], "Notes": [["x", "y"]]}
    )
    people = read(book)
    assert names(people) == [("Ann Vea", "FJ"), ("Ben Oti", "TO")]
    assert "Sheet 'Notes' has no column for names and was not read." in people.notes


def test_the_tables_of_a_document_are_read_with_the_lines_between_them() -> None:
    head = ["No", "Name", "E-mail"]
    content = document(
        [
            "List of participants",
            "INDIA",
            [head, ["1", "Mr. Ram Das\nInspector", "ram@example.org"]],
            "NEPAL",
            [head, ["1", "Ms. Sita Rai", "sita@example.org"]],
        ]
    )
    assert names(read(content)) == [("Ram Das", "IN"), ("Sita Rai", "NP")]


def test_an_administration_that_is_written_once_holds_for_the_rows_below_if_so_answered() -> None:
    text = b"Country,Name\nFJ,Ann Vea\n,Ben Oti\nTO,Cy Dee\n,Eve Tau\n"
    choices = read(text).questions["administration"].choices
    assert "as above" in [one.value for one in choices]
    people = read(text, {"administration": "as above"})
    assert [code for _, code in names(people)] == ["FJ", "FJ", "TO", "TO"]


# Columns


NAMELESS = b"1,Ann Vea,Fiji,ann@example.org\n2,Ben Oti,Tonga,ben@example.org\n"


def test_a_list_without_a_heading_makes_none_of_its_first_person() -> None:
    people = read(NAMELESS)
    (question,) = people.questions.values()
    assert [one.label for one in question.choices] == ["B: Ann Vea, Ben Oti"]
    people = read(NAMELESS, {"column name": "B"})
    assert names(people) == [("Ann Vea", "FJ"), ("Ben Oti", "TO")]
    assert people.listed[1].email == "ben@example.org"
    assert people.notes[0].startswith("No heading: 2 rows read.")


def test_it_is_asked_whether_a_first_row_is_the_heading_if_nothing_shows_it() -> None:
    text = b"Ann Vea,Chief\nBen Oti,Officer\n"
    assert asked(read(text)) == ["heading", "column name"]
    people = read(text, {"heading": "none", "column name": "A", "administration": "FJ"})
    assert len(people.listed) == 2
    people = read(text, {"heading": "1", "column name": "Ann Vea", "administration": "FJ"})
    assert [one.name for one in people.listed] == ["Ben Oti"]


def test_a_post_of_the_first_person_is_no_heading() -> None:
    text = b"Ann Vea,Fiji,Officer\nBen Oti,Tonga,Officer\n"
    assert asked(read(text)) == ["column name"]


def test_a_choice_that_names_no_column_says_which_there_are() -> None:
    people = read(NAMELESS, {"column name": "Z"})
    assert "'Z' is no column of the file. There are: A, B, C, D." in str(
        people.reading.problems[0]
    )
    people = read(NAMELESS, {"column nom": "B"})
    assert "'nom' is no column of such a file. Columns are: name, given," in str(
        people.reading.problems[0]
    )


def test_a_column_is_chosen_for_one_of_several_sheets() -> None:
    rows = [["Who", "Country"], ["Ann Vea", "FJ"]]
    book = workbook({"A": rows, "B": [["Chap", "Land"], ["Ben Oti", "Tonga"]]})
    assert asked(read(book)) == ["column A!name", "column B!name"]
    people = read(book, {"column A!name": "Who", "column B!name": "A"})
    assert names(people) == [("Ann Vea", "FJ"), ("Ben Oti", "TO")]


def test_a_hidden_sheet_is_read_if_it_is_named() -> None:
    def hide(made: Any) -> None:
        made.sheet_state = "hidden"

    rows = [["Name", "Country"], ["Ann Vea", "FJ"]]
    book = workbook({"A": [["Name", "Country"], ["Ben Oti", "TO"]], "Old": rows}, hide)
    people = read(book)
    assert names(people) == [("Ben Oti", "TO")]
    assert "Sheet 'Old' is hidden and was not read." in people.notes
    assert names(read(book, {"sheet": "Old"})) == [("Ann Vea", "FJ")]


def test_a_file_without_a_table_is_refused() -> None:
    with pytest.raises(BadInput, match="The list has no column name"):
        read(b"Dear all\nplease find the list\n")
