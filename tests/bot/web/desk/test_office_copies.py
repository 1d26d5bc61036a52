"""Copies at the desk: made in the background, downloaded by administrators, both in the log."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import Receive, Scope, Send

from bot.settings.office import Watch
from bot.web import Doors
from bot.web.connections import LONG_ANSWER
from storage.office.audit import Act, entries_of
from storage.office.staff import StaffRole
from tests.bot.stage import Stage
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.offices import desk_at_ease

ADMINISTRATOR = StaffRole.ADMINISTRATOR
WITH_FOLDER = pytest.mark.parametrize("folder", ["copies"])


@pytest.fixture
def folder() -> str:
    """Where copies go, "" for nowhere."""
    return ""


@pytest.fixture
async def app(stage: Stage, folder: str, tmp_path: Path) -> AsyncIterator[Doors]:
    """The desk of an office with a folder for copies."""
    working = stage.application
    watch = Watch(copies=tmp_path / folder if folder else None)
    office = replace(working.office, watch=watch)
    yield Doors(desk_at_ease(working.transactions, office, working.clock), None)


@WITH_FOLDER
async def test_a_copy_is_made_listed_and_downloaded(stage: Stage, signed_in: SignIn) -> None:
    """Takes a second: the copy is made by another process."""
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/copies")
    assert "There is no copy yet." in ann.text
    await ann.follows("Make a copy now …")
    assert "The newest 7 are kept: none goes now." in ann.panel
    await ann.presses("Make the copy")
    assert ann.note.startswith("The copy is made and checked: followup-")
    name = ann.tree.xpath('//td[@data-l="File"]')[0].text_content()
    assert f"copies/{name}" in ann.text
    await ann.follows(f"Download … {name}")
    assert "It holds the names, addresses and answers of all people." in ann.panel
    await ann.presses("Download it")
    assert ann.answer.content.startswith(b"SQLite format 3\0")
    assert ann.answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert ann.answer.headers["cache-control"] == "no-store"
    (line,) = await stage.application.transactions.read(entries_of, Act.COPY_GIVEN)
    assert (line.who, line.about) == ("S-DESKANN", name)


@WITH_FOLDER
async def test_a_download_may_take_long(app: Doors, signed_in: SignIn) -> None:
    """Takes a second: the copy is made by another process."""
    scopes: list[Scope] = []

    async def seen(scope: Scope, receive: Receive, send: Send) -> None:
        scopes.append(scope)
        await app(scope, receive, send)

    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/copies?do=make")
    await ann.presses("Make the copy")
    name = ann.tree.xpath('//td[@data-l="File"]')[0].text_content()
    cookies = ann.client.cookies
    transport = ASGITransport(seen)
    ann.client = AsyncClient(transport=transport, base_url=PUBLIC, cookies=cookies)
    await ann.follows(f"Download … {name}")
    await ann.presses("Download it")
    assert [LONG_ANSWER in one for one in scopes] == [False, True]


@WITH_FOLDER
async def test_a_copy_that_is_gone_is_said(signed_in: SignIn) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/copies?do=download&copy=../followup.sqlite3")
    assert "This copy is not there any more." in ann.errors


async def test_without_a_folder_the_page_says_how_to_have_one(signed_in: SignIn) -> None:
    ann = await signed_in(ADMINISTRATOR, "Ann")
    await ann.opens("/desk/office/copies")
    assert "Set backups.folder and restart the bot" in ann.text
    assert "Make a copy now …" not in ann.links
    await ann.opens("/desk/office/copies?do=make")
    assert "The configuration names no folder for copies." in ann.errors
