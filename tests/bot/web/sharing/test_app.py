"""Share links as readers and attackers meet them."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from bot.desk.reports.report_status import set_status
from bot.desk.reports.sharing import end_of, end_share, list_shares, restore_share
from bot.web.sharing import app
from storage.database import Conflict
from storage.office.audit import entries
from storage.schema import report_files
from tests.bot.desk.reports.conftest import CODE, RTC
from tests.bot.web.sharing.conftest import DONOR, LAST_DAY, SHARING, Shared, path_of
from tests.patience import PATIENCE

PASSPHRASE = "correct horse battery"


def opened(shared: Shared, code: str) -> int:
    found = shared.database.read(list_shares)
    return next(one.opened for one in found if one.code == code)


async def test_a_reader_without_an_account_sees_the_stored_version_and_its_files(
    shared: Shared,
) -> None:
    made = shared.shares()
    path = path_of(made)
    async with shared.reader() as reader:
        page = await reader.get(path)
        assert page.status_code == 200
        assert "version 1. The link works until Tue 31 July 2018." in page.text
        assert "Tokyo" not in page.text
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in page.headers["x-robots-tag"]
        links = re.findall(r'href="(/r/[^"]+)"', page.text)
        kinds = [(await reader.get(link)).headers["content-type"] for link in links]
        assert [kind.partition(";")[0] for kind in kinds][:2] == ["text/html", "application/pdf"]
        report = await reader.get(f"{path}/html")
    assert "sandbox" in report.headers["content-security-policy"]
    stored = shared.database.read
    assert opened(shared, made.code) == 1
    assert [one.about for one in stored(entries)][-1] == f"{made.code} {CODE} rtc"
    assert path.rpartition("/")[2] not in str(stored(entries)) + str(stored(list_shares))


async def test_an_ended_link_answers_410_at_once_and_works_again_when_restored(
    shared: Shared,
) -> None:
    made = shared.shares()
    path = path_of(made)
    async with shared.reader() as reader:
        assert shared.database.run(end_share, SHARING, made.code, shared.now).changed
        assert not shared.database.run(end_share, SHARING, made.code, shared.now).changed
        for address in (path, f"{path}/html", f"{path}/pdf"):
            answer = await reader.get(address)
            assert (answer.status_code, answer.headers["cache-control"]) == (410, "no-store")
        assert shared.database.run(restore_share, SHARING, made.code, shared.now).changed
        assert (await reader.get(path)).status_code == 200
        shared.now = end_of(LAST_DAY, SHARING) - timedelta(seconds=1)
        assert (await reader.get(path)).status_code == 200
        shared.now += timedelta(seconds=1)
        assert (await reader.get(path)).status_code == 410
        with pytest.raises(Conflict, match="last day"):
            shared.database.run(restore_share, SHARING, made.code, shared.now)


async def test_a_link_shows_nothing_while_its_report_is_a_draft_or_for_others(
    shared: Shared,
) -> None:
    path = path_of(shared.shares())
    async with shared.reader() as reader:
        for status in (("draft", None), ("presented", "rocb")):
            set_status(shared.database, SHARING, CODE, status, shared.now)
            assert (await reader.get(path)).status_code == 410
            assert (await reader.get(f"{path}/xlsx")).status_code == 410
        set_status(shared.database, SHARING, CODE, ("presented", "members"), shared.now)
        assert (await reader.get(path)).status_code == 200


@pytest.mark.parametrize("tail", ["?audience=staff", "?donor=A&form=json", "?version=2"])
async def test_parameters_change_nothing(shared: Shared, tail: str) -> None:
    path = path_of(shared.shares())
    async with shared.reader() as reader:
        assert (await reader.get(path + tail)).text == (await reader.get(path)).text
        whole = (await reader.get(f"{path}/html")).content
        assert (await reader.get(f"{path}/html{tail}")).content == whole


@pytest.mark.parametrize(
    "form", ["json", "txt", "docx", "staff", "..%2f..%2fdesk", "W0", "html.html", "%00"]
)
async def test_no_other_file_is_behind_a_link(shared: Shared, form: str) -> None:
    path = path_of(shared.shares())
    async with shared.reader() as reader:
        answer = await reader.get(f"{path}/{form}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


async def test_guesses_are_refused_and_paced(shared: Shared) -> None:
    path = path_of(shared.shares())
    async with shared.reader() as reader:
        for wrong in (path[:-1], path + "A", path.swapcase().replace("/R/", "/r/"), "/r/x"):
            assert (await reader.get(wrong)).status_code == 404
        found = {(await reader.get(f"/r/{number:022}")).status_code for number in range(40)}
    assert found == {404, 429}


async def test_head_and_range_give_no_more_and_count_nothing(shared: Shared) -> None:
    made = shared.shares()
    path = path_of(made)
    async with shared.reader() as reader:
        head = await reader.head(path)
        part = await reader.get(f"{path}/pdf", headers={"range": "bytes=0-3"})
    assert (head.status_code, head.content) == (200, b"")
    assert part.status_code == 200 and part.content.startswith(b"%PDF")
    assert opened(shared, made.code) == 0


async def test_a_passphrase_stands_before_the_page_and_each_file(shared: Shared) -> None:
    made = shared.shares(PASSPHRASE)
    path = path_of(made)
    async with shared.reader() as reader, shared.reader() as other:
        asked = await reader.get(path)
        assert "passphrase" in asked.text and "version 1" not in asked.text
        assert (await reader.get(f"{path}/pdf")).status_code == 303
        wrong = await reader.post(path, data={"passphrase": "a guess at it"})
        assert wrong.status_code == 403 and "set-cookie" not in wrong.headers
        right = await reader.post(path, data={"passphrase": PASSPHRASE})
        cookie = right.headers["set-cookie"]
        assert right.status_code == 303
        assert all(part in cookie for part in ("HttpOnly", "Secure", f"Path={path}"))
        assert "version 1" in (await reader.get(path)).text
        assert (await reader.get(f"{path}/pdf")).content.startswith(b"%PDF")
        other.cookies.set("share", "0" * 64)
        assert (await other.get(f"{path}/pdf")).status_code == 303
    assert opened(shared, made.code) == 1


async def test_a_link_shows_its_own_readers_report_whatever_is_asked(shared: Shared) -> None:
    for wishes, foot in (
        (DONOR, "Prepared for JICA."),
        (RTC, "For the Heads of Regional Training"),
    ):
        path = path_of(shared.shares(wishes=wishes))
        async with shared.reader() as reader:
            for tail in ("", "?audience=staff", "?audience=rtc&donor=JICA", "?whom=CCF"):
                report = (await reader.get(f"{path}/html{tail}")).text
                assert foot in report and "Confidential" not in report


async def test_the_passphrase_of_one_link_opens_no_other(shared: Shared) -> None:
    first, second = (path_of(shared.shares(PASSPHRASE)) for _ in range(2))
    async with shared.reader() as reader:
        right = await reader.post(first, data={"passphrase": PASSPHRASE})
        proof = right.headers["set-cookie"].partition(";")[0]
    async with shared.reader() as other:
        headers = {"cookie": proof}
        assert (await other.get(f"{first}/pdf", headers=headers)).status_code == 200
        assert (await other.get(f"{second}/pdf", headers=headers)).status_code == 303


async def test_wrong_passphrases_are_paced_whoever_sends_them(shared: Shared) -> None:
    path = path_of(shared.shares(PASSPHRASE))
    async with shared.reader() as reader:
        tries = [reader.post(path, data={"passphrase": f"guess {number}"}) for number in range(9)]
        found = [answer.status_code for answer in await asyncio.gather(*tries)]
        assert sorted(found) == [403] * 5 + [429] * 4
        # The right one waits too: otherwise it could be found among many.
        assert (await reader.post(path, data={"passphrase": PASSPHRASE})).status_code == 429
        shared.now += timedelta(minutes=1)
        assert (await reader.post(path, data={"passphrase": PASSPHRASE})).status_code == 303


async def test_a_file_that_a_quote_was_taken_out_of_is_drawn_again_apart_and_waited_for(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes seconds: another process begins, and draws."""
    path = path_of(shared.shares())
    async with shared.reader() as reader:
        before = (await reader.get(f"{path}/html")).content
        gone = delete(report_files).where(report_files.c.form == "html")
        shared.database.run(lambda connection: connection.execute(gone))
        monkeypatch.setattr(app, "SOON", 0.0)
        for _ in range(2):
            waiting = await reader.get(f"{path}/html")
            assert (waiting.status_code, waiting.headers["refresh"]) == (202, "5")
            assert "being drawn" in waiting.text
        monkeypatch.setattr(app, "SOON", PATIENCE)
        assert (await reader.get(f"{path}/html")).content == before
        stored = select(func.count()).where(report_files.c.form == "html")
        assert shared.database.read(lambda connection: connection.scalar(stored)) == 1


async def test_a_drawing_that_nobody_came_back_for_is_soon_forgotten(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken out of it since must not be shown. It takes seconds: another process draws."""
    path = path_of(shared.shares())
    monkeypatch.setattr(app, "SOON", 0.0)
    monkeypatch.setattr(app, "KEPT", 0.0)
    async with shared.reader() as reader:
        gone = delete(report_files).where(report_files.c.form == "html")
        shared.database.run(lambda connection: connection.execute(gone))
        assert (await reader.get(f"{path}/html")).status_code == 202
        await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})
        other = update(report_files).values(content=b"altered")
        shared.database.run(lambda connection: connection.execute(other))
        monkeypatch.setattr(app, "SOON", PATIENCE)
        assert (await reader.get(f"{path}/html")).status_code == 404


async def test_a_file_that_was_altered_is_not_shown(shared: Shared) -> None:
    path = path_of(shared.shares())
    other = update(report_files).where(report_files.c.form == "html").values(content=b"altered")
    shared.database.run(lambda connection: connection.execute(other))
    async with shared.reader() as reader:
        assert (await reader.get(f"{path}/html")).status_code == 404


def test_what_is_stored_of_a_passphrase_is_no_passphrase(shared: Shared) -> None:
    shared.shares(PASSPHRASE, RTC)
    assert PASSPHRASE not in str(shared.database.read(list_shares))
