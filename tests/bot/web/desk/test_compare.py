"""Figures beside each other at the desk: what is chosen, what stands there, and who sees it."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from storage.database import Database
from storage.office.audit import entries
from storage.office.staff import StaffRole
from storage.schema import workshops
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.bot.web.desk.told_office import ToldOffice

PAGE = "/desk/reports/compare"
MANAGER = StaffRole.MANAGER


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ToldOffice]:
    """Two workshops of twelve officers, of whom many use it in one and some in the other.

    Besides, a workshop of the year before, a donor of that alone, and a survey.
    """
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    story = Story(url).workshop("RM", "Risk management", donors=("JICA",)).workshop("AEO", "AEO")
    story.workshop("OLD", "Origin", donors=("JICA", "NORAD")).workshop("ASK", "A survey")
    before = {"starts_on": date(2016, 11, 7), "ends_on": date(2016, 11, 11)}
    for code, facts in {"OLD": before, "ASK": {"kind": "survey"}}.items():
        here = workshops.c.code == code
        story.connection.execute(update(workshops).where(here).values(facts))
    for code, most in (("RM", 9), ("AEO", 4)):
        for number, place in enumerate(PLACES[:12]):
            person = story.person(code, place)
            for wave in ("M3", "M6"):
                use = "regular" if number < most else "not_yet"
                story.answers(person, wave, use_1=use, actions="shared")
    story.connection.commit()
    story.close()
    office = ToldOffice(Database(url))
    office.now = CUT_OFF
    yield office
    office.transactions.close()


async def test_workshops_of_a_topic_stand_beside_each_other_on_the_same_axis(
    office: ToldOffice,
) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens("/desk/reports")
    await eva.follows("Compare")
    await eva.presses("Search", q="risk")
    assert "AEO" not in eva.text.partition("Waves of a workshop")[0]
    await eva.opens(PAGE)
    await eva.presses("Compare them", of=["RM"])
    assert "Tick two workshops or more." in eva.errors
    await eva.presses("Compare them", of=["RM", "AEO"])
    assert eva.heading == "2 workshops beside each other"
    titles = await eva.titles()
    assert any("9 of 12" in one for one in titles)
    assert any("4 of 12" in one for one in titles)
    assert "this is not a ranking" in eva.text
    assert not [place for place in PLACES[:12] if f"Administration {place}" in eva.text]


@pytest.mark.parametrize("of", ["RM", "donor:JICA", "all", "FY2017"])
async def test_waves_donors_and_years_are_compared(office: ToldOffice, of: str) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens(f"{PAGE}?of={of}&language=fr")
    assert eva.tree.xpath('//*[@id="report"]/div/@lang') == ["fr"]
    assert await eva.titles()


async def test_only_what_can_be_compared_is_offered(office: ToldOffice) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens(PAGE)
    assert "A survey" not in eva.text
    assert "NORAD" not in eva.tree.xpath("//select[@id='donor']/option/text()")
    assert "JICA" in eva.tree.xpath("//select[@id='donor']/option/text()")
    assert (await eva.opens(f"{PAGE}?of=donor:NORAD")).status == 409
    assert "Name OLD alone for its waves." in eva.text
    assert (await eva.opens(f"{PAGE}?of=RM,RM")).status == 409
    assert "RM is named twice." in eva.text


async def test_without_an_answer_no_file_is_offered(office: ToldOffice) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens(f"{PAGE}?of=OLD")
    assert "Nobody has answered a follow-up yet" in eva.text
    assert "Get the file" not in eva.text


async def test_a_page_of_a_comparison_is_for_the_office(office: ToldOffice) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens(f"{PAGE}?of=RM,AEO")
    assert "A page for the office (HTML)" in eva.text
    assert "to pass on" not in eva.text


async def test_a_comparison_is_taken_as_a_file_with_the_same_figures(office: ToldOffice) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens(f"{PAGE}?of=RM,AEO")
    shown = {one.text_content() for one in eva.tree.xpath('//*[@id="report"]//td')}
    await eva.presses("Get the file", form="xlsx")
    name = eva.answer.headers["content-disposition"]
    assert name == 'attachment; filename="compare-RM-AEO-CONFIDENTIAL.xlsx"'
    book = load_workbook(BytesIO(eva.answer.content))
    rows = book["Numbers"].iter_rows(min_row=2, values_only=True)
    printed = {str(row[7]) for row in rows if row[7]}
    assert any(one.startswith("9 of 12") for one in printed & shown)
    assert [one.about for one in office.database.read(entries)][-1].startswith("RM AEO compared")


async def test_a_manager_compares_only_what_the_manager_sees(office: ToldOffice) -> None:
    eva = await office.signs_in("Eva", MANAGER, ("JICA",))
    await eva.opens(PAGE)
    assert "AEO" not in eva.text
    assert "Show all years" not in eva.links
    for of in ("RM,AEO", "AEO", "all", "FY2017", "donor:Another", "RM,,XX"):
        assert (await eva.opens(f"{PAGE}?of={of}")).status == 404, of
    assert (await eva.opens(f"{PAGE}?of={','.join(['RM'] * 13)}")).status == 409
    assert (await eva.opens(f"{PAGE}?of=RM")).status == 200
