"""Columns of a list are chosen on the command line, remembered, forgotten and remembered again."""

from tests.cli.conftest import CODE, Terminal

LIST = "Who,Where,Reach\nAnn Vea,TO,ann@example.org\nGil Oti,FJ,gil@example.org\n"
CHOSEN = ("--column", "name=A", "--column", "email=Reach")


def test_columns_that_are_not_known_are_asked_for_and_remembered(office: Terminal) -> None:
    office.write("people.csv", LIST)
    asked = office.type("participants", "import", CODE, "people.csv")
    assert asked.code == 2
    assert "Which column is the name? A 'Who': Ann Vea, Gil Oti (--column \"name=A\")" in asked.out
    assert '(--column "email=C"); None of them (--column "email=none")' in asked.out
    said = office.says("participants", "import", CODE, "people.csv", *CHOSEN)
    assert "People: 2 new" in said
    office.write("more.csv", LIST.replace("Gil Oti,FJ,gil", "Cy Dee,FJ,cy"))
    said = office.says("participants", "import", CODE, "more.csv", "--dry-run")
    assert "name from A, email from C." in said
    assert "1 new" in said


def test_what_is_remembered_is_shown_forgotten_and_remembered_again(office: Terminal) -> None:
    office.write("people.csv", LIST)
    office.says("participants", "import", CODE, "people.csv", *CHOSEN)
    (one,) = office.data("participants", "columns")
    assert (one["kind"], one["columns"]) == ("people", "name from A, email from C")
    number = str(one["number"])
    assert f"--remember {number}`" in office.says("participants", "columns", "--forget", number)
    again = office.says("participants", "columns", "--forget", number)
    assert again.strip() == f"Columns {number} were forgotten already."
    assert "forgotten" in office.says("participants", "columns")
    assert office.type("participants", "import", CODE, "people.csv").code == 2
    office.says("participants", "columns", "--remember", number)
    office.says("participants", "import", CODE, "people.csv")
    assert "There are no columns 99." in office.refuses(
        "participants", "columns", "--forget", "99"
    )
    acts = [line["act"] for line in office.data("audit")]
    assert acts.count("columns of lists forgotten") == 1
    assert acts.count("columns of lists remembered") == 2


def test_columns_of_a_calendar_are_chosen_too(office: Terminal) -> None:
    office.write("plan.csv", "slug,start_date,end_date,host_name\nRM,2018-03-05,2018-03-09,Risk\n")
    asked = office.type("workshop", "import", "plan.csv")
    assert "Which column is the title of the workshop? A 'slug': RM" in asked.out
    said = office.says("workshop", "import", "plan.csv", "--column", "title=host_name")
    assert "Workshops: 1 new" in said
    office.write(
        "plan.csv", "slug,start_date,end_date,host_name\nRA,2018-04-05,2018-04-09,Origin\n"
    )
    assert "title from D" in office.says("workshop", "import", "plan.csv", "--dry-run")


def test_rows_of_other_workshops_are_left_out_and_named(office: Terminal) -> None:
    office.write(
        "all.csv", f"Workshop,Name,Country\n{CODE},Ann Vea,TO\nRM-2017,Ben Oti,FJ\nOdd,Cy,FJ\n"
    )
    asked = office.type("participants", "import", CODE, "all.csv")
    assert f"'Odd' (row 4): is it the workshop {CODE}?" in asked.out
    said = office.says("participants", "import", CODE, "all.csv", "--answer", "odd=leave out")
    assert "People: 1 new" in said
    assert "1 row is for RM-2017, and left out here: import the list for RM-2017 too." in said
