"""Earlier answers at the desk: a table is dropped, looked at, asked about, imported and taken back."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from storage.instruments.questionnaires import publish
from storage.office.staff import StaffRole
from tests.bot.importing.answers.tables import asking
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

PAGE = f"/desk/workshops/{SUVA.code}/answers"
TABLE = "name,date,used,conf\nAda Vea,2018-03-20,yes,4\nNed Nobody,2018-03-21,no,2\n"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """An organiser, after the third month, with one person on the list."""
    stage.at("2018-04-20 10:00")
    write = stage.application.transactions.write
    await write(publish, asking("S2").model_copy(update={"key": "M3"}), stage.now)
    await stage.enrol("Ada Vea")
    return await signed_in()


async def test_a_table_is_looked_at_asked_about_imported_and_taken_back(ana: Window) -> None:
    await ana.opens(f"/desk/workshops/{SUVA.code}")
    await ana.follows("Earlier answers")
    await ana.presses("Look at it", wave="M3", table=TABLE)
    assert ana.heading == "1 thing to decide before anything is imported"
    assert "Nobody on the list of this workshop is Ned Nobody." in ana.text
    assert "2 Ada Vea 2 answers Used? Yes How sure are you? 4" in ana.text
    assert "3 waits for an answer 2 answers" in ana.text
    await ana.presses("Use these answers", **{"answer people not found": "without a person"})
    assert ana.heading == f"{SUVA.code} M3: 2 responses to 2 questions, 1 without a person"
    assert "3 nobody known 2 answers" in ana.text
    await ana.presses("Import 2 responses")
    assert ana.note.startswith(f"{SUVA.code} M3: 2 responses to 2 questions")
    assert "Import 1, a .txt file M3 1 1 stored" in ana.text
    await ana.presses("Undo")
    assert ana.note.startswith(f"Import 1 of {SUVA.code} M3: 2 responses are taken back.")
    assert "M3 0 0 taken back" in ana.text


async def test_a_column_that_nobody_can_tell_is_named_from_a_list(ana: Window) -> None:
    await ana.opens(PAGE)
    table = "name,how certain,when,used\nAda Vea,4,2018-03-20,yes\n"
    await ana.presses("Look at it", wave="M3", table=table)
    assert "B how certain to decide 4" in ana.text
    assert "What is column" not in ana.text  # the table of columns asks it
    await ana.presses("Use these answers", **{"column B": "confidence", "column C": "date"})
    assert "column B: 'confidence' is no question and no kind of column." in ana.errors
    assert ana.tree.xpath('//input[@name="column B"]/@value') == ["confidence"]
    await ana.presses("Use these answers", **{"column B": "how SURE are you?", "column C": "date"})
    assert ana.heading == f"{SUVA.code} M3: 1 response to 2 questions"


async def test_columns_that_were_named_hold_for_the_next_table_until_forgotten(
    ana: Window,
) -> None:
    await ana.opens(PAGE)
    head = "name,how certain,date\n"
    await ana.presses("Look at it", wave="M3", table=f"{head}Ada Vea,4,2018-03-20\n")
    await ana.presses("Use these answers", **{"column B": "conf"})
    await ana.presses("Import 1 response")
    await ana.presses("Undo")
    await ana.presses("Look at it", wave="M3", table=f"{head}Ada Vea,5,2018-03-21\n")
    assert ana.heading == f"{SUVA.code} M3: 1 response to 1 question"
    assert "Chosen for you; change it if it is wrong" in ana.text
    await ana.presses("Use these answers", **{"answer remembered columns": "forget"})
    assert "B how certain to decide" in ana.text
    await ana.opens("/desk/workshops/columns")
    assert "answers conf from B" in ana.text


async def test_a_table_without_a_known_heading_is_read_once_its_columns_are_named(
    ana: Window,
) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it", wave="M3", table="who,how much\nAda Vea,4\n")
    assert ana.heading == "Nothing can be imported yet: 1 thing to mend"
    assert "No column is one of the questions of M3" in ana.text
    assert "Say below what its columns are." in ana.text
    assert "--" not in ana.text
    await ana.presses("Use these answers", **{"column A": "name", "column B": "conf"})
    assert "Some answers have no date." in ana.text
    await ana.presses("Use these answers", **{"other answered on": "the Monday"})
    assert "is not a day" in ana.errors
    await ana.presses("Use these answers", **{"other answered on": "1 May 2018"})
    assert "is to come" in ana.errors
    await ana.presses("Use these answers", **{"other answered on": "Tue 20 March 2018"})
    assert ana.heading == f"{SUVA.code} M3: 1 response to 1 question"


async def test_two_columns_for_one_question_are_parted_on_the_page(ana: Window) -> None:
    await ana.opens(PAGE)
    table = "name,date,conf,How sure are you?\nAda Vea,2018-03-20,4,5\n"
    await ana.presses("Look at it", wave="M3", table=table)
    assert "To decide" in ana.text
    await ana.presses("Use these answers", **{"answer column conf": "D"})
    assert ana.heading == f"{SUVA.code} M3: 1 response to 1 question"
    assert "How sure are you? 5" in ana.text


async def test_a_file_that_is_no_table_asks_nothing(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it", ("a.csv", b"hello", "text/csv"), wave="M3")
    assert ana.heading == "Nothing can be imported yet: 1 thing to mend"
    assert "To decide" not in ana.text


async def test_words_that_no_question_has_and_a_broken_date_are_shown(ana: Window) -> None:
    await ana.opens(PAGE)
    table = "name,date,used,conf\nAda Vea,2018-03-20,yes,six\nAda Vea,2019-03-20,no,2\n"
    await ana.presses("Look at it", wave="M3", table=table)
    assert ana.heading == "Nothing can be imported yet: 1 thing to mend"
    assert "row 3 2019-03-20 is a day to come." in ana.text
    await ana.follows("Send the mended file")
    await ana.presses("Look at it", wave="M3", table=table.replace("2019-03", "2018-02"))
    assert 'What does "six" mean as an answer to conf? (How sure are you?)' in ana.text
    await ana.presses("Use these answers", **{"answer conf: six": "5"})
    assert "is of the same person as row 2, which is later and counts." in ana.text
    assert "3 left out" in ana.text
    await ana.presses("Import 1 response")
    assert ana.note


async def test_another_sheet_of_a_workbook_can_be_read(ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it", ("a.xlsx", _workbook(), "application/zip"), wave="M3")
    assert f"{SUVA.code} M3: 1 response to 2 questions" == ana.heading
    await ana.presses("Use these columns", **{"column C": ""})
    assert ana.heading == f"{SUVA.code} M3: 1 response to 1 question"
    await ana.presses("Read this sheet", sheet="Second")
    assert ana.tree.xpath('//select[@name="sheet"]/option[@selected]/text()') == ["Second"]
    assert "2 Ada Vea 1 answer How sure are you? 5" in ana.text


def _workbook() -> bytes:
    """A workbook with a sheet of two questions and another one of one question."""
    book = Workbook()
    book.active.title = "First"
    for row in (["name", "date", "used", "conf"], ["Ada Vea", "2018-03-20", "yes", 4]):
        book.active.append(row)
    second = book.create_sheet("Second")
    for row in (["name", "date", "conf"], ["Ada Vea", "2018-03-20", 5]):
        second.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


async def test_a_table_is_put_aside_for_all_organisers_and_forgotten(
    ana: Window, signed_in: SignIn
) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it", wave="M3", table=TABLE)
    address = ana.path
    bo = await signed_in(StaffRole.ORGANISER, "Bo")
    assert (await bo.opens(address)).status == 404
    await ana.presses("Finish later")
    assert f"A table of answers that was put aside: {SUVA.code} M3" in ana.text
    await bo.opens("/desk")
    await bo.follows(f"Go on: A table of answers that was put aside: {SUVA.code} M3")
    assert bo.path == address
    assert bo.heading == "1 thing to decide before anything is imported"
    await bo.presses("Forget it")
    assert bo.note == "Nothing was imported, and the file is forgotten."
    assert (await ana.opens(address)).status == 404


async def test_what_changed_since_it_was_seen_is_not_imported(stage: Stage, ana: Window) -> None:
    await ana.opens(PAGE)
    await ana.presses("Look at it", wave="M3", table=TABLE)
    await ana.presses("Use these answers", **{"answer people not found": "without a person"})
    seen = ana.path
    await stage.enrol("Ned Nobody")
    await ana.presses("Import 2 responses")
    assert ana.status == 409
    assert "Please look again." in ana.errors
    await ana.opens(seen)
    await ana.presses("Import 2 responses")
    assert ana.note.startswith(f"{SUVA.code} M3: 2 responses to 2 questions.")
    await ana.opens(PAGE)
    await ana.presses("Look at it", wave="M3", table=TABLE)
    assert ana.heading.startswith("Same as imported on")


async def test_a_wave_to_come_takes_no_answers(stage: Stage, ana: Window) -> None:
    await ana.opens(PAGE)
    assert "M12" not in "".join(ana.tree.xpath('//select[@name="wave"]//text()'))
    await ana.presses("Look at it", wave="M12", table=TABLE)
    assert "'M12' takes no answers from before." in ana.errors
    assert "Ada Vea" in ana.tree.xpath("//textarea")[0].text
    stage.at("2017-06-01 10:00")
    ana = await ana.opens(PAGE)
    assert "Each wave of this workshop is still to come." in ana.text
