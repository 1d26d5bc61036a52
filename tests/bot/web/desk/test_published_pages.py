"""The page of a report, a share link and a feed tell the numbers of the published report and no others.

Two workshops, so that what one tells could be subtracted from what all tell. Takes seconds: the report
is drawn for each of its readers, and read back in each way out.
"""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from lxml import etree, html

from analysis.formats.json import report_of
from analysis.model import Report
from bot.desk.reports.report_status import set_status
from bot.desk.reports.reporting import reports
from bot.desk.reports.scopes import asked_for
from bot.desk.reports.viewing import View
from storage.database import Database
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.published import (
    Page,
    days,
    leaves,
    numbers,
    numbers_of_cells,
    numbers_of_tables,
    parts,
    strange,
    told,
)
from tests.analysis.test_attacks import HERE, THERE
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.told_office import SHARING, ToldOffice
from tests.bot.web.desk.window import Window

CLOSED = CUT_OFF - timedelta(days=1)
DONOR = "donor:CCF/Japan"
SCOPES = ("RM", DONOR, "all")
PUBLISHED = (
    ("RM", DONOR),
    (DONOR, DONOR),
    ("all", "newsletter"),
    ("all", "member:BD"),
)


@pytest.fixture(scope="module")
def presented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose reports are presented; few of one workshop name what many of the other do."""
    file = tmp_path_factory.mktemp("two") / "office.sqlite3"
    story = Story(f"sqlite:///{file}").workshop("RM", donors=("CCF/Japan",)).workshop("AEO")
    for code, said in (("RM", HERE), ("AEO", THERE)):
        for place, answer in zip(PLACES, said, strict=False):
            story.answers(story.person(code, place), "M6", use_1="tried", obstacles=answer)
        story.set("waves", story.wave(code, "M6"), closed_at=CLOSED)
    story.connection.commit()
    story.close()
    database = Database(f"sqlite:///{file}")
    for scope in SCOPES:
        set_status(database, SHARING, scope, ("presented", "public"), CUT_OFF)
    database.close()
    return file


@pytest.fixture
def office(presented: Path, tmp_path: Path) -> Iterator[ToldOffice]:
    copied = Path(copyfile(presented, tmp_path / "office.sqlite3"))
    office = ToldOffice(Database(f"sqlite:///{copied}"))
    office.now = CUT_OFF
    yield office
    office.transactions.close()


@pytest.fixture
async def ana(office: ToldOffice) -> Window:
    return await office.signs_in()


def handed_out(office: ToldOffice, scope: str, readers: str) -> Report:
    """What the files for these readers tell."""
    codes, wishes = asked_for(scope, View(scope, readers).wishes(SHARING))
    return report_of(
        reports(office.database, SHARING, codes, ["json"], office.now, wishes)["json"]
    )


def address(scope: str) -> str:
    return f"/desk/reports/{scope.replace('/', '%252F')}"


def once(window: Window) -> str:
    return str(window.tree.xpath('//*[@id="once"]/@value')[0]).removeprefix(PUBLIC)


@pytest.mark.parametrize(("scope", "readers"), PUBLISHED)
async def test_page_share_link_and_feed_tell_no_other_number(
    office: ToldOffice, ana: Window, scope: str, readers: str
) -> None:
    found = handed_out(office, scope, readers)
    known = {number for text in told(found) for number in numbers(text)}
    await ana.opens(f"{address(scope)}?readers={readers}")
    page = Page()
    page.feed(etree.tostring(ana.tree.xpath('//*[@id="report"]')[0], encoding="unicode"))
    assert len(page.pieces) > 10
    assert strange(iter(page.pieces), found) == set()
    titles = " ".join(one.text for one in ana.tree.xpath('//*[@id="report"]//svg//title'))
    assert numbers(titles) <= numbers_of_tables(found)

    await ana.opens(f"{address(scope)}/share?do=make&readers={readers}")
    await ana.presses("Make the link")
    link = once(ana)
    await ana.opens(f"{address(scope)}/share?do=feed&readers={readers}")
    await ana.presses("Make the feed")
    feed = once(ana)
    async with office.reader() as reader:
        shown = Page()
        shown.feed((await reader.get(f"{link}/html?audience=staff&scope=all")).text)
        assert strange(iter(shown.pieces), found) == set()
        book = (await reader.get(f"{link}/xlsx")).content
        assert strange(parts(book, r"sharedStrings", ("si",)), found) == set()
        whole = {one for one in numbers_of_cells(book) if "." not in one}
        assert whole <= known | days(found)
        rows = csv.reader(io.StringIO((await reader.get(f"{feed}?audience=staff")).text))
        read = (cell for row in rows for cell in row)
        assert strange(read, found) == set()
        figures = (await reader.get(feed.replace(".csv", ".json"))).json()
        assert set(leaves(figures)) <= told(found)


async def test_what_readers_outside_are_not_told_is_on_no_page_of_theirs(
    office: ToldOffice, ana: Window
) -> None:
    """Two people of one workshop have named an obstacle that many of the other have."""
    await ana.opens(f"{address('all')}")
    office_told = html.tostring(ana.tree.xpath('//*[@id="report"]')[0], encoding="unicode")
    await ana.opens(f"{address('all')}?readers=newsletter")
    outside = html.tostring(ana.tree.xpath('//*[@id="report"]')[0], encoding="unicode")
    assert "Administration" in office_told
    assert not [place for place in PLACES[:20] if f"Administration {place}" in outside]
