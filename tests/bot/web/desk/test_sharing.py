"""Share links and feeds at the desk: what is asked before, the address shown once, the end and its undo.

Making a link takes a second: it draws the page for its readers.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from bot.desk.reports.sharing import list_shares
from storage.database import Database
from storage.office.audit import entries
from storage.office.share_links import Share
from storage.office.staff import StaffRole
from tests.bot.desk.reports.conftest import CODE, FIRST, told_in
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.told_office import ToldOffice
from tests.bot.web.desk.window import Window

SCOPES = (CODE, "donor:JICA", "FY2017", "all")
PAGE = f"/desk/reports/{CODE}/share"


@pytest.fixture(scope="module")
def presented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the office after its reports on all scopes were presented."""
    file = tmp_path_factory.mktemp("presented") / "office.sqlite3"
    for versions in told_in(f"sqlite:///{file}"):
        for scope in SCOPES:
            versions.present(FIRST, scope=scope)
    return file


@pytest.fixture
def office(presented: Path, tmp_path: Path) -> Iterator[ToldOffice]:
    copied = Path(copyfile(presented, tmp_path / "office.sqlite3"))
    office = ToldOffice(Database(f"sqlite:///{copied}"))
    yield office
    office.transactions.close()


def shares(office: ToldOffice) -> list[Share]:
    return office.database.read(list_shares)


def address_in(window: Window) -> str:
    """The address that is shown once, without the host."""
    return str(window.tree.xpath('//*[@id="once"]/@value')[0]).removeprefix(PUBLIC)


async def test_before_a_link_is_made_it_says_who_sees_what_with_a_look_at_it(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    await ana.opens(f"/desk/reports/{CODE}")
    await ana.follows("Share links")
    await ana.presses("Make a link …", readers="donor:JICA")
    assert "sees version 1 of the report on Trade Facilitation Agreement" in ana.panel
    assert "JICA. The page, one page on paper and the numbers; nothing else." in ana.panel
    assert shares(office) == []
    await ana.follows("See what they will see")
    assert "Prepared for JICA. Administrations are named only with permission." in ana.text
    assert "These readers see" in ana.text


async def test_a_link_is_made_shown_once_ended_and_restored(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.presses("Make a link …", readers="rtc")
    await ana.presses("Make the link", label="Tokyo", until="31 July")
    path = address_in(ana)
    (one,) = shares(office)
    assert (one.label, one.edition.audience) == ("Tokyo", "rtc")
    assert "Tue 31 July 2018" in ana.text
    await ana.opens("/desk/reports/shares")
    assert path not in ana.answer.text
    await ana.presses(f"End now link {one.code}")
    assert "shows nothing any more" in ana.note
    async with office.reader() as reader:
        assert (await reader.get(path)).status_code == 410
        await ana.presses("Undo")
        assert "works again" in ana.note
        assert (await reader.get(path)).status_code == 200
    await ana.opens("/desk")
    await ana.presses(f"Undo of share link works again {one.code}")
    assert "shows nothing any more" in ana.note


@pytest.mark.parametrize(
    ("scope", "readers"),
    [
        (CODE, "member:BD"),
        ("donor:JICA", "donor:JICA"),
        ("donor:JICA", "rtc"),
        ("FY2017", "good_practice"),
        ("all", "newsletter"),
    ],
)
async def test_what_is_shared_is_read_without_an_account(
    office: ToldOffice, scope: str, readers: str
) -> None:
    """Takes a second or two: three files are drawn, and one of them once more."""
    ana = await office.signs_in()
    await ana.opens(f"/desk/reports/{scope}/share")
    await ana.presses("Make a link …", readers=readers)
    await ana.presses("Make the link")
    path = address_in(ana)
    await ana.opens(f"/desk/reports/{scope}/share")
    await ana.presses("Make a feed …", readers=readers)
    await ana.presses("Make the feed")
    feed = address_in(ana)
    async with office.reader() as reader:
        page = await reader.get(f"{path}/html")
        assert (page.status_code, "<h1>" in page.text) == (200, True)
        figures = await reader.get(feed)
        assert (figures.status_code, len(figures.text.splitlines()) > 2) == (200, True)


async def test_a_link_works_alone_after_a_restart_and_days_later_until_its_end(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    await ana.opens(f"{PAGE}?do=make&readers=rtc")
    await ana.presses("Make the link", until="31 July")
    path = address_in(ana)
    await ana.client.post("/desk/sign-out")
    later = ToldOffice(office.database)
    later.now = FIRST + timedelta(days=4)
    async with later.reader() as reader:
        for _ in range(2):
            page = await reader.get(f"{path}/html")
            assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
        later.now = datetime(2018, 7, 31, 16, 59, tzinfo=UTC)
        assert (await reader.get(path)).status_code == 200
        later.now += timedelta(minutes=1)
        gone = await reader.get(path)
        assert (gone.status_code, gone.headers["cache-control"]) == (410, "no-store")


async def test_a_feed_is_listed_with_when_it_was_read_and_ends_with_a_press(
    office: ToldOffice,
) -> None:
    eva = await office.signs_in("Eva", StaffRole.MANAGER)
    assert (await eva.client.get(PAGE)).status_code == 403
    ana = await office.signs_in()
    await ana.opens(f"{PAGE}?do=feed&readers=rtc")
    await ana.presses("Make the feed", member="S-EVA")
    feed = address_in(ana)
    assert feed.endswith("/figures.csv")
    async with office.reader() as reader:
        assert (await reader.get(feed)).status_code == 200
        await ana.opens(PAGE)
        (one,) = shares(office)
        assert "Feed" in ana.text
        assert "1 last" in ana.text
        await ana.presses(f"End now link {one.code}")
        assert (await reader.get(feed)).status_code == 410
    assert feed.split("/")[2] not in str(office.database.read(entries))


async def test_a_draft_is_presented_before_it_is_shared(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(f"/desk/reports/{CODE}?do=draft")
    await ana.presses("Take it back")
    await ana.opens(PAGE)
    assert "Make a link …" not in ana.buttons
    await ana.opens(f"{PAGE}?do=make&readers=rtc")
    assert "draft" in ana.errors
    assert "followup report" not in ana.text
    await ana.opens(PAGE)
    await ana.follows("Present it first …")
    assert "Present the report on" in ana.panel


async def test_a_link_for_others_than_the_readers_of_the_report_is_not_made(
    office: ToldOffice,
) -> None:
    ana = await office.signs_in()
    for readers in ("staff", "donor:Another", "member:ZZ", "trainer", ""):
        await ana.opens(f"{PAGE}?do=make&readers={readers}")
        assert ana.errors == "Choose for whom it is.", readers
    assert shares(office) == []
