"""The pictures of a page of a report: files of their own, kept by the browser, and true to the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.people.person import erase_code
from storage.database import Database
from storage.office.staff import StaffRole
from storage.people.participants import get_participant
from tests.bot.desk.reports.conftest import CODE, told_in
from tests.bot.web.desk.told_office import SHARING, ToldOffice

PAGE = f"/desk/reports/{CODE}"
MANAGER = StaffRole.MANAGER
KEPT = ("image/svg+xml", "private, no-cache")
"""The type of a picture, and that the browser may keep it if it asks each time."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ToldOffice]:
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    for _ in told_in(url):
        pass
    office = ToldOffice(Database(url))
    yield office
    office.transactions.close()


async def test_a_picture_is_kept_by_the_browser_while_it_is_the_same(office: ToldOffice) -> None:
    eva = await office.signs_in("Eva", MANAGER)
    await eva.opens(PAGE)
    first = eva.tree.xpath("//figure/object/@data")[0]
    whole = await eva.client.get(first)
    headers = whole.headers
    assert (headers["content-type"], headers["cache-control"]) == KEPT
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'self'"
    same = await eva.client.get(first, headers={"if-none-match": headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    for other in (first.replace("readers=staff", "readers=rtc"), f"{PAGE}/pictures/0"):
        assert (await eva.client.get(other)).status_code == 404
    bo = await office.signs_in("Bo", MANAGER, ("another",))
    assert (await bo.client.get(first)).status_code == 404
    async with office.reader() as stranger:
        assert (await stranger.get(first)).status_code == 401


async def test_pictures_are_those_of_the_page_that_was_shown(office: ToldOffice) -> None:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    one = office.database.read(get_participant, 1).code
    office.database.run(erase_code, SHARING, one, office.now, keep_answers=False)
    assert any("12 of 12" in one for one in await ana.titles())
    await ana.opens(PAGE)
    assert not any("12 of 12" in one for one in await ana.titles())
