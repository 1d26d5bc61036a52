"""Files and forms that were made to harm, sent over HTTP to a desk that is served.

Each ends with a sentence or without an answer, and the desk answers the next one.
"""

import asyncio
import io
import shutil
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from bot.desk.office.signing_in import make_link
from bot.web import WebServer
from bot.web.connections import Limits
from bot.web.desk.guarding import form_token
from storage.database import Database
from storage.fieldwork.workshops import put_workshop
from storage.office.staff import StaffRole
from tests.bot.stage import SUVA
from tests.bot.web.desk.offices import NOW, OFFICE, Desk
from tests.patience import PATIENCE
from tests.staff import employ

LOCAL = "http://127.0.0.1"
IMPORT = f"/desk/workshops/{SUVA.code}/import"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


class Served:
    """A desk on a port of this machine, with an organiser who is signed in."""

    def __init__(self, client: AsyncClient, token: str, port: int) -> None:
        self.client, self.token, self.port = client, token, port

    async def sends(self, name: str, content: bytes) -> Response:
        """Send a file to the import of a workshop, and follow to the page about it."""
        fields = {"token": self.token, "do": "send"}
        files = {"file": (name, content, "application/octet-stream")}
        return await self.client.post(IMPORT, data=fields, files=files)

    async def answers(self) -> bool:
        """Return whether the desk still answers."""
        return (await self.client.get("/desk")).status_code == 200


@asynccontextmanager
async def served(database: Database, limits: Limits) -> AsyncIterator[Served]:
    desk = Desk(database, LOCAL)
    server = WebServer(desk.app, "127.0.0.1", 0, limits=limits)
    port = await server.start()
    try:
        write = desk.transactions.write
        await write(put_workshop, SUVA)
        code = await write(employ, ("demo", "ana"), StaffRole.ORGANISER, NOW, "Ana")
        link = await write(make_link, OFFICE, code, NOW)
        url = f"{LOCAL}:{port}"
        async with AsyncClient(base_url=url, follow_redirects=True, timeout=PATIENCE) as client:
            await client.post(link.path)
            yield Served(client, form_token(client.cookies["desk"]), port)
    finally:
        await server.stop()
        desk.transactions.close()


@pytest.fixture
async def ana(office_sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Served]:
    file = shutil.copy(office_sqlite_template, tmp_path / "office.sqlite3")
    async with served(Database(f"sqlite:///{file}"), Limits(body_seconds=1)) as one:
        yield one


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a workbook of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


MILLION = b"\0" * 1_000_000
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
PAGE = b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'


def workbook(sheet: bytes) -> bytes:
    """Return a workbook with this sheet."""
    return zipped({"[Content_Types].xml": TYPES, "xl/worksheets/sheet1.xml": sheet})


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a zip of 200 MB of zeros": ("people.xlsx", lambda: workbook(MILLION * 200)),
    "a sheet with entities in entities": ("people.xlsx", lambda: workbook(LAUGHS)),
    "a zip in a zip": ("people.xlsx", lambda: zipped({"inner.zip": zipped({"x": MILLION})})),
    "XHTML with a script": ("people.html", lambda: PAGE),
    "XHTML that says it is a table": ("people.csv", lambda: PAGE),
    "a picture that says it is a workbook": (
        "people.xlsx",
        lambda: b"\x89PNG\r\n\x1a\n" + MILLION,
    ),
    "a name that leaves the folder": (
        "../../../etc/cron.d/people.xlsx",
        lambda: b"PK\3\4" + MILLION,
    ),
}
"""Names of files and what makes them, by what is wrong with them: the first takes half a second."""


@pytest.mark.parametrize("what", BOMBS)
async def test_a_file_that_was_made_to_harm_ends_with_a_sentence(ana: Served, what: str) -> None:
    """Each is read in a process of its own, which takes half a second to start."""
    name, made = BOMBS[what]
    said = await ana.sends(name, made())
    assert said.status_code in (200, 409, 422)
    assert said.headers["content-type"].startswith("text/html")
    assert "Nothing can be saved yet" in said.text or 'role="alert"' in said.text
    assert "<script>alert" not in said.text
    assert await ana.answers()


async def test_huge_parts_and_endless_fields_are_refused(ana: Served) -> None:
    large = await ana.sends("people.csv", b"name\n" + b"x" * 3_500_000)
    assert large.status_code == 413
    fields = {f"answer {n}": "x" for n in range(3_000)} | {"token": ana.token, "do": "send"}
    assert (await ana.client.post(IMPORT, data=fields)).status_code == 400
    long = {"token": ana.token, "do": "send", "table": "x" * 3_200_000}
    assert (await ana.client.post(IMPORT, data=long)).status_code == 413
    assert await ana.answers()


async def test_an_upload_that_drips_is_ended_and_holds_nobody_up(ana: Served) -> None:
    """It takes the second that a body may take here."""
    reader, writer = await asyncio.open_connection("127.0.0.1", ana.port)
    head = f"POST {IMPORT} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1000000\r\n"
    kind = "content-type: multipart/form-data; boundary=x\r\n"
    cookie = f"cookie: desk={ana.client.cookies['desk']}\r\n\r\n"
    writer.write(f"{head}{kind}{cookie}--x\r\n".encode())
    assert await ana.answers()
    assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
    writer.close()
    assert await ana.answers()
