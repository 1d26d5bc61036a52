"""Answers from before on the command line: a look, questions with their answers, and the undo."""

from tests.cli.conftest import CODE, Terminal

TABLE = "E-mail,Submitted at,job,Mood\nben@example.org,2018-03-20,Same job,fine\n"


def undo_of(said: str) -> list[str]:
    line = next(line for line in said.splitlines() if line.startswith("Undo: "))
    return line.removeprefix("Undo: `followup ").rstrip("`").split()


def test_a_table_is_looked_at_asked_about_imported_and_taken_back(office: Terminal) -> None:
    office.write("people.csv", "name,administration,email\nBen Qalo,FJ,ben@example.org\n")
    office.says("participants", "import", CODE, "people.csv")
    office.write("answers.csv", TABLE)
    looked = office.says("answers", "import", CODE, "M3", "answers.csv", "--dry-run")
    assert "Only looked, nothing was changed." in looked
    assert '--column "D=leave out"' in looked
    asked = office.type("answers", "import", CODE, "M3", "answers.csv")
    assert asked.code == 2
    column = ("--column", "example=Mood")
    said = office.says("answers", "import", CODE, "M3", "answers.csv", *column)
    assert f"{CODE} M3: 1 response to 2 questions." in said
    assert "Nothing is sent to anybody." in said
    again = office.says("answers", "import", CODE, "M3", "answers.csv", *column)
    assert "Same as imported on" in again
    assert "M3" in office.says("answers", "imported", CODE)
    taken = office.says(*undo_of(said))
    assert f"{CODE} M3: 1 response is taken back." in taken
    assert "taken back" in office.says("answers", "imported", CODE)


def test_a_wrong_column_is_refused_with_the_names_there_are(office: Terminal) -> None:
    office.write("answers.csv", TABLE)
    refused = office.refuses("answers", "import", CODE, "M3", "answers.csv", "--column", "mood=D")
    assert "'mood' is no column of such a file" in refused
    assert "administration" in refused
