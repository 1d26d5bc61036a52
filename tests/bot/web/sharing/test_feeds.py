"""Feeds as spreadsheets read them, and as somebody does to whom an address was copied."""

import asyncio
import csv
import json
from typing import Any

import pytest
from sqlalchemy import delete

from bot.desk.office.staff import remove
from bot.desk.reports import reporting
from bot.desk.reports.feeds import FeedPlan, make_feed
from bot.desk.reports.report_status import set_status
from bot.desk.reports.reporting import reports
from bot.desk.reports.sharing import end_share, list_shares
from bot.runtime.apart import apart
from storage.database import Conflict
from storage.office.audit import entries
from storage.schema import report_files
from tests.bot.desk.reports.conftest import CODE, RTC
from tests.bot.web.browser import PUBLIC
from tests.bot.web.sharing.conftest import LAST_DAY, SHARING, Shared, employed, feed_of, path_of


@pytest.fixture
def address(shared: Shared) -> str:
    """The address of the feed of a manager."""
    return path_of(feed_of(shared, employed(shared)))


async def test_a_spreadsheet_reads_the_figures_that_are_handed_out(
    shared: Shared, address: str
) -> None:
    told = reports(shared.database, SHARING, [CODE], ["json"], shared.now, RTC)["json"]
    async with shared.reader() as reader:
        table = await reader.get(address)
        figures = await reader.get(address.replace(".csv", ".json"))
    assert figures.content == told
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(table.text.splitlines()))
    first = json.loads(told)["headlines"][0]
    assert {"row": first["label"], "value": first["text"]}.items() <= rows[0].items()
    cells = [
        str(cell)
        for section in json.loads(told)["sections"]
        for one in section["tables"]
        for row in one["rows"]
        for cell in row[1:]
    ]
    assert [one["value"] for one in rows if one["table"]] == cells
    (feed,) = [one for one in shared.database.read(list_shares) if one.kind == "feed"]
    assert (feed.opened, feed.opened_at) == (2, shared.now)


async def test_what_a_spreadsheet_has_already_is_not_sent_again(
    shared: Shared, address: str
) -> None:
    async with shared.reader() as reader:
        tag = (await reader.get(address)).headers["etag"]
        again = await reader.get(address, headers={"if-none-match": f"W/{tag}"})
        other = await reader.get(address, headers={"if-none-match": '"other"'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (other.status_code, other.headers["cache-control"]) == (200, "no-store")


async def test_figures_that_are_not_stored_are_drawn_once_for_all_who_read_at_once(
    shared: Shared, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes seconds: another process begins, and draws."""
    drawings: list[object] = []

    def counted(*work: Any) -> object:
        drawings.append(work)
        return apart(*work)

    monkeypatch.setattr(reporting, "apart", counted)
    async with shared.reader() as reader:
        before = (await reader.get(address)).content
        assert not drawings, "they are stored"
        shared.database.run(lambda connection: connection.execute(delete(report_files)))
        found = await asyncio.gather(*(reader.get(address) for _ in range(3)))
    assert [one.content for one in found] == [before] * 3
    assert len(drawings) == 1


async def test_an_ended_feed_and_that_of_a_removed_manager_give_nothing(shared: Shared) -> None:
    member = employed(shared)
    first, second = feed_of(shared, member), feed_of(shared, member)
    async with shared.reader() as reader:
        shared.database.run(end_share, SHARING, first.code, shared.now)
        assert (await reader.get(path_of(first))).status_code == 410
        assert (await reader.get(path_of(second))).status_code == 200
        shared.database.run(remove, SHARING, member, shared.now)
        assert (await reader.get(path_of(second))).status_code == 410


async def test_a_feed_of_a_draft_gives_nothing(shared: Shared, address: str) -> None:
    set_status(shared.database, SHARING, CODE, ("draft", None), shared.now)
    async with shared.reader() as reader:
        assert (await reader.get(address)).status_code == 410


async def test_a_feed_that_is_read_all_the_time_is_paced(shared: Shared, address: str) -> None:
    async with shared.reader() as reader:
        found = [(await reader.get(address)).status_code for _ in range(25)]
    assert found[:20] == [200] * 20
    assert 429 in found[20:]


async def test_a_feed_is_no_page_and_a_page_no_feed(shared: Shared, address: str) -> None:
    page = path_of(shared.shares())
    feed = address.rpartition("/")[0]
    tried = [
        feed.replace("/feed/", "/r/"),
        feed.replace("/feed/", "/r/") + "/html",
        page.replace("/r/", "/feed/") + "/figures.csv",
        f"{feed}/json",
        f"{feed}/figures.xlsx",
    ]
    async with shared.reader() as reader:
        assert {(await reader.get(one)).status_code for one in tried} == {404}
        head = await reader.head(address)
    assert (head.status_code, head.content) == (200, b"")


def test_a_manager_has_no_feed_of_what_the_manager_may_not_see(shared: Shared) -> None:
    member = employed(shared, ("another donor",))
    with pytest.raises(Conflict, match="may not see"):
        make_feed(shared.database, SHARING, FeedPlan([CODE], RTC, member, LAST_DAY), shared.now)
    assert PUBLIC not in str(shared.database.read(entries))
