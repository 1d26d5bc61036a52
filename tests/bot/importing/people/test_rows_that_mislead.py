"""Lists in which a careless reader loses half a name, or takes a line for a person. No database."""

import pytest

from bot.importing.people.found import People
from tests.bot.importing.nasty_lists import sheet
from tests.bot.importing.test_nasty_lists import asked, names, read


def problems(people: People) -> list[str]:
    return [str(one) for one in people.reading.problems if one.severity == "error"]


# Half a name


@pytest.mark.parametrize(
    ("head", "row", "name"),
    [
        ("ชื่อ,นามสกุล", "สมชาย,ใจดี", "สมชาย ใจดี"),
        ("First name,Name", "Ann,Vea", "Ann Vea"),
        ("Name,Surname", "Ann,Vea", "Ann Vea"),
        ("Prénom,Nom", "Ann,VEA", "Ann VEA"),
        ("Name,First name", "Ann Vea,Ann", "Ann Vea"),
        ("Full name,Surname", "Vea Ann,VEA", "Vea Ann"),
        ("姓名,名", "王伟,伟", "王伟"),
        ("نام,نام خانوادگی", "علی,رضایی", "علی رضایی"),
        ("Họ,Tên", "Nguyễn,An", "Nguyễn An"),
        ("Имя,Фамилия", "Анна,Ким", "Анна Ким"),
    ],
)
def test_a_name_beside_a_part_of_it_is_the_other_part_unless_it_holds_it(
    head: str, row: str, name: str
) -> None:
    assert names(read(f"{head},Country\n{row},FJ\n".encode())) == [(name, "FJ")]


def test_a_heading_with_vowels_of_two_signs_is_known() -> None:
    people = read("คำนำหน้า,ชื่อ,นามสกุล,Country\nนาย,สมชาย,ใจดี,TH\nนางสาว,ดี,งาม,TH\n".encode())
    assert [(one.title, one.name) for one in people.listed] == [
        ("นาย", "สมชาย ใจดี"),
        ("นางสาว", "ดี งาม"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Name,Who,Country\n1,Ann Vea,FJ\n2,Ben Oti,TO\n3,Cy Dee,TO\n",
        "Name,Who\nFJ,Ann Vea\nTO,Ben Oti\nTO,Cy Dee\n",
        "Name,Who,Country\na@x.org,Ann Vea,FJ\nb@x.org,Ben Oti,TO\nc@x.org,Cy Dee,TO\n",
    ],
)
def test_a_column_of_numbers_countries_or_addresses_is_not_the_name(text: str) -> None:
    people = read(text.encode())
    assert "column name" in asked(people)
    assert names(people) == []
    chosen = {"column name": "Who", "column administration": "C" if "Country" in text else "A"}
    assert names(read(text.encode(), chosen)) == [
        ("Ann Vea", "FJ"),
        ("Ben Oti", "TO"),
        ("Cy Dee", "TO"),
    ]


@pytest.mark.parametrize("cell", ["1. Ann Vea", "2) Ann Vea", "(3) Ann Vea", "4.Ann Vea"])
def test_the_number_of_a_row_is_no_part_of_a_name(cell: str) -> None:
    assert names(read(f"Name,Country\n{cell},FJ\n".encode())) == [("Ann Vea", "FJ")]


def test_a_remark_in_brackets_is_no_part_of_a_heading() -> None:
    text = b"Full name (as in passport),Country (required),E-mail (official)\nAnn Vea,FJ,a@x.org\n"
    people = read(text)
    assert (names(people), asked(people)) == ([("Ann Vea", "FJ")], [])
    assert people.listed[0].email == "a@x.org"


def test_a_column_of_offices_is_the_administration() -> None:
    text = (
        "Name,Organisation\nAnn Vea,Fiji Revenue and Customs Service\n"
        'Ben Oti,"Ministry of Revenue and Customs, Tonga"\nCy Dee,Samoa Customs\n'
    )
    people = read(text.encode())
    assert [code for _, code in names(people)] == ["FJ", "TO", "WS"]


# Two people


@pytest.mark.parametrize(
    "cell", ["Ann & Ben Oti", "Ann and Ben Oti", "Mr. and Mrs. Oti", "Ann Vea; Ben Oti"]
)
def test_a_word_between_two_names_makes_them_two_people(cell: str) -> None:
    (problem,) = problems(read(f"Name,Country\n{cell},FJ\n".encode()))
    assert "looks like two people" in problem


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('"Ann Vea, Head of Policy & Planning"', "Ann Vea"),
        ('"Ann Vea\nHead of Risk and Audit Unit"', "Ann Vea"),
        ("Siva s/o Raman", "Siva s/o Raman"),
        ('"DELA CRUZ, Juan Carlos"', "DELA CRUZ, Juan Carlos"),
        ("Ann Vea;", "Ann Vea"),
    ],
)
def test_a_post_or_a_family_name_is_no_second_person(cell: str, name: str) -> None:
    people = read(f"Name and title,Country\n{cell},FJ\n".encode())
    assert (names(people), asked(people), problems(people)) == ([(name, "FJ")], [], [])


def test_two_names_on_two_lines_or_beside_a_comma_are_asked_about() -> None:
    text = (
        b'Name,Country,E-mail\n"Ann Vea\nBen Oti",FJ,\n"Cy Dee, Eve Fa",TO,c@x.org; e@x.org\n'
        b'"Dela Cruz, Ma. Teresa",TO,m@x.org\n'
    )
    people = read(text)
    assert asked(people) == ["two names"]
    (question,) = people.questions.values()
    assert question.text == (
        "row 2: is 'Ann Vea Ben Oti' one person? The answer is also for row 3."
    )
    out = read(text, {"two names": "leave out"})
    assert names(out) == [("Dela Cruz, Ma. Teresa", "TO")]
    assert len(read(text, {"two names": "one person"}).listed) == 3


def test_merged_cells_of_a_name_are_one_person() -> None:
    rows = [["Country", "Name", "Email"], ["FJ", "Ann Vea", "a@x.org"], ["FJ", "", "b@x.org"]]
    people = read(sheet(rows, lambda made: made.merge_cells("B2:B3")))
    assert names(people) == [("Ann Vea", "FJ")]
    assert "row 3 goes on with the person of the row above" in "\n".join(people.notes)
    below = read(sheet([*rows, ["TO", "Ben Oti", ""]], lambda made: made.merge_cells("A2:A3")))
    assert names(below)[-1] == ("Ben Oti", "TO")


# Nobody


@pytest.mark.parametrize(
    "cell", ["TBC", "tbd", "To be nominated", "vacant", "-", "n/a", "---", "Nominee 2", "???"]
)
def test_a_place_that_is_kept_for_somebody_is_nobody_yet(cell: str) -> None:
    people = read(f"Name,Country\nAnn Vea,FJ\n{cell},TO\n".encode())
    assert (names(people), problems(people)) == ([("Ann Vea", "FJ")], [])
    assert f"row 3 names nobody yet ('{cell}') and was skipped." in people.notes


@pytest.mark.parametrize("cell", ["12", "2018-01-01", "(3)"])
def test_a_name_without_letters_is_pointed_at(cell: str) -> None:
    (problem,) = problems(read(f"Name,Country\nAnn Vea,FJ\n{cell},TO\n".encode()))
    assert "is not a name." in problem


def test_a_formula_without_a_result_loses_nobody_silently() -> None:
    rows = [["Name", "Country"], ["Ann Vea", "FJ"], ["=A2", "TO"]]
    (problem, _) = problems(read(sheet(rows)))
    assert "row 3" in problem


@pytest.mark.parametrize(
    "text",
    [
        "Name,Ann Vea,Ben Oti\nCountry,FJ,TO\nE-mail,a@x.org,b@x.org\n",
        "Name,Ann Vea\nCountry,FJ\n\nName,Ben Oti\nCountry,TO\n",
    ],
)
def test_people_beside_each_other_are_pointed_at(text: str) -> None:
    people = read(text.encode(), {"administration": "FJ"})
    assert "'Country' is a heading, not a name. Turn the table" in problems(people)[0]


def test_an_example_and_a_signature_beside_each_other_are_nobody() -> None:
    text = (
        b"Name,Country\ne.g. John Smith,Fiji\nAnn Vea,FJ\nApproved by,Ben Oti\n"
        b"Director General,Tonga Customs\n"
    )
    people = read(text)
    assert (names(people), asked(people)) == ([("Ann Vea", "FJ")], [])


def test_notes_below_a_list_are_nobody() -> None:
    text = "Name,Country\nAnn Vea,FJ\n* comes late,\nNote: hotel is booked,\nN.B. visa,\n"
    people = read(text.encode())
    assert (names(people), asked(people)) == ([("Ann Vea", "FJ")], [])
    long = read((text + "The list was agreed with all the delegations in June,\n").encode())
    assert asked(long) == ["the list was agreed with all the delegations in june"]


# Who does not come


def test_people_below_a_line_or_with_a_remark_that_they_do_not_come_are_asked_about() -> None:
    text = (
        b"Name,Country,E-mail,Remarks\nAnn Vea,FJ,a@x.org,vegetarian\nBen Oti,TO,b@x.org,Cancelled\n"
        b"Waiting list:,,,\nCy Dee,TO,c@x.org,\nParticipants,,,\nEve Fa,TO,e@x.org,no show\n"
    )
    people = read(text)
    assert asked(people) == ["not coming"]
    (question,) = people.questions.values()
    assert question.text == ("row 3, Ben Oti: 'Cancelled'. The answer is also for row 5, row 7.")
    assert names(read(text, {"not coming": "leave out"})) == [("Ann Vea", "FJ")]
    assert len(read(text, {"not coming": "take"}).listed) == 4


def test_who_did_not_attend_is_asked_about() -> None:
    people = read(b"Name,Country,Attended\nAnn Vea,FJ,Yes\nBen Oti,TO,No\n")
    assert (names(people), asked(people)) == ([("Ann Vea", "FJ")], ["not coming"])


# Roles


def test_a_word_that_is_no_role_is_asked_about() -> None:
    text = b"Name,Country,Role\nAnn Vea,FJ,Participant(e)\nBen Oti,TO,supervisr\n"
    people = read(text)
    assert (names(people), asked(people), problems(people)) == (
        [("Ann Vea", "FJ")],
        ["role supervisr"],
        [],
    )
    found = read(text, {"role supervisr": "supervisor"}).listed[1]
    assert found.role == "supervisor"
    assert len(read(text, {"role supervisr": "leave out"}).listed) == 1


def test_a_column_of_ranks_is_asked_about_once() -> None:
    ranks = ("Deputy-Director", "Officer", "Chief", "Inspector")
    rows = "".join(f"Ann V{rank[:3].lower()},FJ,{rank}\n" for rank in ranks)
    people = read(f"Name,Country,Role\n{rows}".encode())
    assert asked(people) == ["roles"]
    (question,) = people.questions.values()
    assert question.text.startswith("'Deputy-Director', 'Officer', 'Chief', 'Inspector' are no")
    assert len(read(f"Name,Country,Role\n{rows}".encode(), {"roles": "participant"}).listed) == 4


def test_a_person_is_not_their_own_supervisor() -> None:
    people = read(b"Name,Country,E-mail,Supervisor\nAnn Vea,FJ,a@x.org,Ms Vea Ann\n")
    assert [one.role for one in people.listed] == ["participant"]
    assert "is the participant too" in str(people.reading.problems[0])
