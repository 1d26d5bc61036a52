"""A report as a page: its readers, its figures beside those of its files, its status."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import copyfile

import pytest
from lxml import html
from openpyxl import load_workbook

from analysis.formats.json import report_of
from analysis.formats.tidy import numbers_of
from analysis.model import Report
from bot.desk.people.person import erase_code
from bot.desk.reports.reporting import reports
from bot.desk.reports.viewing import View
from bot.web.desk.running import Pace
from storage.database import Database
from storage.office.audit import entries
from storage.office.report_status import report_status_of
from storage.office.staff import StaffRole
from storage.people.participants import get_participant
from tests.bot.desk.reports.conftest import CODE, told_in
from tests.bot.web.desk.told_office import SHARING, ToldOffice

PAGE = f"/desk/reports/{CODE}"
MANAGER = StaffRole.MANAGER


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the office before anything is presented."""
    file = tmp_path_factory.mktemp("answered") / "office.sqlite3"
    for _ in told_in(f"sqlite:///{file}"):
        pass
    return file


@pytest.fixture
def office(answered: Path, tmp_path: Path) -> Iterator[ToldOffice]:
    copied = Path(copyfile(answered, tmp_path / "office.sqlite3"))
    office = ToldOffice(Database(f"sqlite:///{copied}"))
    yield office
    office.transactions.close()


def cells(text: str) -> list[str]:
    """The cells of all tables of a page below their headings, and its figures."""
    tree = html.fromstring(text)
    found = tree.xpath('//*[@id="report"]//tbody/tr/*[position() > 1] | //*[@id="report"]//dd/b')
    return sorted(" ".join(one.text_content().split()) for one in found)


def figures_of(report: Report) -> list[str]:
    """The figures that stand beside the tables of a report, without its annex."""
    parts = [one for one in report.sections if not one.annex]
    return [one.text for one in (*report.headlines, *(f for s in parts for f in s.figures))]


def cells_of(report: Report) -> list[str]:
    """The cells and figures of a report that a page shows."""
    tables = [one for part in report.sections if not part.annex for one in part.filled_tables]
    shown = [str(cell) for table in tables for row in table.rows for cell in row[1:]]
    return sorted(" ".join(one.split()) for one in (*shown, *figures_of(report)))


@pytest.mark.parametrize("readers", ["staff", "donor:JICA", "newsletter"])
async def test_page_pdf_excel_and_json_tell_the_same_figures(
    office: ToldOffice, readers: str, tmp_path: Path
) -> None:
    """Takes a second or two: it draws each file."""
    ana = await office.signs_in()
    await ana.opens(f"{PAGE}?do=present")
    await ana.presses("Present it", level="public")
    await ana.opens(f"{PAGE}?readers={readers}")
    wishes = View(CODE, readers).wishes(SHARING)
    forms = ["json", "xlsx", "full"]
    made = reports(office.database, SHARING, [CODE], forms, office.now, wishes)
    report = report_of(made["json"])
    assert ana.heading == report.title
    told = numbers_of(report)
    assert told
    assert cells(ana.answer.text) == cells_of(report)
    sheet = load_workbook(BytesIO(made["xlsx"]))["Numbers"]
    printed = [str(row[7]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [one for one in printed if one != "None"][-len(told) :] == [one.printed for one in told]
    file = tmp_path / "report.pdf"
    file.write_bytes(made["full"])
    paper = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    words = " ".join(paper.stdout.decode().split())
    assert [one for one in figures_of(report) if " ".join(one.split()) not in words] == []


async def test_each_mark_of_a_picture_says_what_it_counts(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    titles = await ana.titles()
    assert len(titles) >= 12
    assert any("12 of 12" in one for one in titles)
    assert "style=" not in ana.answer.text


async def test_a_draft_is_shown_as_its_readers_would_see_it_and_nothing_is_stored(
    office: ToldOffice,
) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    before = len(office.database.read(entries))
    await eva.opens(f"{PAGE}?readers=newsletter")
    assert "It is a draft: nobody outside can read it." in eva.text
    assert "They do not see" in eva.text
    assert "Get the file" not in eva.buttons
    assert "Present it …" not in eva.links
    assert len(office.database.read(entries)) == before
    staff = (await eva.opens(PAGE)).text
    assert "They do not see" not in staff
    assert "Get the file" in eva.buttons


async def test_a_report_is_presented_made_final_and_begun_anew(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.follows("Present it …")
    await ana.presses("Present it", level="members")
    assert ana.note == "Presented: version 1. Readers outside can be given it."
    await ana.presses("Undo")
    assert ana.note == "It is a draft of version 2."
    await ana.presses("Undo")
    assert ana.note.startswith("Presented: version 2.")
    await ana.opens(f"{PAGE}?readers=newsletter")
    assert "it is for members" in ana.text
    await ana.opens(f"{PAGE}?do=present")
    await ana.presses("Present it")
    assert ana.note.startswith("Nothing was changed: nothing new may be told yet.")
    await ana.opens(f"{PAGE}?do=final")
    await ana.presses("Make it final", scope="another")
    assert f"is not {CODE}" in ana.errors
    await ana.presses("Make it final", scope=CODE)
    assert ana.note == "Version 2 is final."
    assert "Undo" not in ana.buttons
    assert "Make it final …" not in ana.links
    await ana.follows("Begin a new version …")
    await ana.presses("Take it back")
    assert office.database.read(report_status_of, CODE).version == 3


async def test_readers_languages_and_surveys_that_there_are_not_show_nothing(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    for query in ("readers=donor:Another", "readers=trainer", "language=xx", "survey=M12"):
        assert (await ana.opens(f"{PAGE}?{query}")).status == 404, query
    for scope in ("donor:Another", "FY1990x", "W0/M12"):
        assert (await ana.opens(f"/desk/reports/{scope}")).status == 404, scope


async def test_a_report_on_a_donor_a_year_and_all_workshops_is_chosen_from_the_list(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    await ana.opens("/desk/reports")
    assert "ready" in ana.text
    for of, name in (("donor", "JICA"), ("year", "2017/18"), ("all", "All workshops")):
        await ana.opens("/desk/reports")
        await ana.presses("Show", of=of)
        assert ana.status == 200, of
        assert name in ana.text, of
    eva = await office.signs_in("Eva", MANAGER, ("another",))
    await eva.opens("/desk/reports")
    assert "There are no results yet." in eva.text
    for scope in (CODE, "donor:JICA", "FY2017", "all"):
        assert (await eva.opens(f"/desk/reports/{scope}")).status == 404


async def test_the_files_of_each_readers_have_their_name(office: ToldOffice) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens(f"{PAGE}?language=fr")
    await eva.presses("Get the file", form="xlsx")
    name = eva.answer.headers["content-disposition"]
    assert name == f'attachment; filename="{CODE}-CONFIDENTIAL-fr.xlsx"'
    await eva.opens(PAGE)
    await eva.presses("Get the file", form="html")
    given = eva.answer.headers
    assert given["content-disposition"].startswith("attachment")
    assert given["content-type"] == "application/octet-stream"
    assert given["x-content-type-options"] == "nosniff"
    ana = await office.signs_in()
    await ana.opens(f"{PAGE}?do=present")
    await ana.presses("Present it")
    await eva.opens(f"{PAGE}?readers=donor:JICA")
    await eva.presses("Get the file", form="pdf")
    name = eva.answer.headers["content-disposition"]
    assert name == f'attachment; filename="{CODE}-donor-JICA.pdf"'
    assert f"{CODE}: pdf for donor" in {one.about for one in office.database.read(entries)}


async def test_the_result_of_one_survey_is_shown_and_taken(office: ToldOffice) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens(f"{PAGE}?survey=M6&readers=staff")
    assert "12 of 12" in eva.text
    assert "Status" not in eva.text.partition("Files")[0].rpartition("Language")[2]
    assert await eva.titles()
    await eva.presses("Get the file", form="pdf")
    name = eva.answer.headers["content-disposition"]
    assert name == f'attachment; filename="{CODE}-M6-CONFIDENTIAL.pdf"'


async def test_what_has_changed_is_on_the_page_and_what_was_presented_stays(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    await ana.opens(f"{PAGE}?do=present")
    await ana.presses("Present it")
    for_all = (await ana.opens(f"{PAGE}?readers=rtc")).text
    assert "of 12 delegations" in (await ana.opens(PAGE)).heading
    one = office.database.read(get_participant, 1).code
    office.database.run(erase_code, SHARING, one, office.now, keep_answers=False)
    assert "of 11 delegations" in (await ana.opens(PAGE)).heading
    assert (await ana.opens(f"{PAGE}?readers=rtc")).text == for_all


async def test_a_report_that_takes_long_is_worked_out_while_nobody_waits(
    office: ToldOffice,
) -> None:
    office.app = office.doors(Pace(soon=0))
    ana = await office.signs_in()
    await ana.opens(f"{PAGE}?language=fr")
    assert "The report is being worked out." in ana.text
    assert ana.tree.xpath('//*[@id="report"]/@data-live') == ["2"]
    while "The report is being worked out." in ana.text:
        await ana.follows("Look again")
    assert ana.tree.xpath('//*[@id="report"]/div/@lang') == ["fr"]
