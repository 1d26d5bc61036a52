"""What strangers may send: the table of docs/architecture.md, tried row by row."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update

from bot.access.codes import LETTERS, LONGEST_TYPED, looks_like_code
from bot.access.links import new_link
from bot.access.room_codes import looks_like_room_code
from bot.channels.telegram.updates import read_update
from bot.desk.office import sign_in_letters
from bot.importing.files import open_list
from bot.importing.people.found import People
from bot.importing.people.reading import read_people
from bot.importing.rows.rows import Reading, book_of
from bot.importing.tables.cells import LONGEST_CELL
from bot.messaging.messages import (
    LARGEST_FILE,
    LONGEST_FILE_NAME,
    LONGEST_TEXT,
    Inbound,
    Odd,
    Typed,
    Uploaded,
)
from bot.messaging.tokens import MOST_BYTES as BUTTON_BYTES
from bot.messaging.tokens import read_token
from bot.web import (
    DESK_PAGES,
    WEBHOOK_PATH,
    DeskContext,
    Doors,
    WebServer,
    build_app,
    desk_of,
    webhook_route,
)
from bot.web.connections import Limits
from bot.web.desk import app as desk_app
from bot.web.desk import signing_in as desk_signing_in
from bot.web.guard import LONGEST_ADDRESS, LONGEST_HEADER, MOST_BYTES
from bot.web.interview import app as page_app
from bot.web.interview.forms import LONGEST_VALUE, MOST_DIGITS, MOST_FIELDS
from bot.web.webhook import MOST_BYTES as UPDATE_BYTES
from storage.people.links import Purpose
from storage.people.office_messages import messages_of
from surveys.items.base import Asked, Misread
from surveys.items.open_text import MOST_CHARACTERS, OpenText
from surveys.office_messages import LONGEST, MOST_WAITING
from surveys.planning.administrations import packaged_administrations
from surveys.questionnaire import Item
from surveys.wording import LONGEST_TAG, best_language
from tests.bot.stage import SUVA, Person, Stage
from tests.patience import PATIENCE
from tests.places import ROOT

LOCAL = "127.0.0.1"
FORM = "application/x-www-form-urlencoded"
USUAL = Limits()
SECRET_LETTERS = 22


@dataclass
class Site:
    """An office with a participant, whose page is served with some limits."""

    stage: Stage
    ada: Person
    link: str
    patch: pytest.MonkeyPatch

    @asynccontextmanager
    async def served(
        self, limits: Limits = USUAL, trusted: tuple[str, ...] = ()
    ) -> AsyncIterator["Door"]:
        """Serve the page, and a webhook behind it."""
        more = [webhook_route("secret", _take), Route("/slow", _slow)]
        working, url = self.stage.application, f"http://{LOCAL}"
        parts = (working.transactions, working.office, working.clock)
        context = DeskContext(*parts, url, lambda: b"key", letters=lambda: None)
        desk = desk_of(context, DESK_PAGES)
        app = Doors(desk, build_app(working.pages, url, more))
        server = WebServer(app, LOCAL, 0, trusted, limits)
        port = await server.start()
        try:
            async with AsyncExitStack() as connections:
                yield Door(port, connections)
        finally:
            await server.stop()


@dataclass
class Door:
    """A server, as strangers know it."""

    port: int
    connections: AsyncExitStack

    async def opened(self, sent: bytes = b"") -> asyncio.StreamReader:
        """Return a new connection to which something was sent, and which is left open."""
        reader, writer = await asyncio.open_connection(LOCAL, self.port)
        self.connections.callback(writer.close)
        writer.write(sent)
        return reader

    async def status(
        self, path: str = "/robots.txt", head: str = "", body: bytes | None = None
    ) -> int:
        """Return the status of the answer to a request, 0 if there is none."""
        method = "GET" if body is None else "POST"
        length = f"content-length: {len(body)}\r\n" if body is not None else ""
        start = f"{method} {path} HTTP/1.1\r\nhost: {LOCAL}\r\nconnection: close\r\n"
        content = f"{start}{length}{head}\r\n".encode() + (body or b"")
        said = await ended(await self.opened(content))
        return int(said.split()[1]) if said else 0

    async def form(self, path: str, body: bytes, kind: str = FORM) -> int:
        """Return the status of the answer to a form."""
        return await self.status(path, f"content-type: {kind}\r\n", body)


async def ended(reader: asyncio.StreamReader) -> bytes:
    """Return all that comes until the connection ends."""
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE)
    except ConnectionError:
        return b""


async def _take(_update: bytes) -> None:
    return None


async def _slow(request: Request) -> Response:
    """Answer when the visitor has gone."""
    await request.body()
    await request.receive()
    return PlainTextResponse("")


@pytest.fixture
async def site(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Site:
    ada = await stage.joined("Ada Vea")
    enrolment = ada.enrolments[SUVA.code].id
    secret = await stage.application.transactions.write(
        new_link, enrolment, Purpose.INTERVIEW, stage.now
    )
    return Site(stage, ada, f"/q/{secret}", monkeypatch)


async def connections(site: Site) -> None:
    async with site.served(Limits(connections=2), (LOCAL,)) as door:
        oldest = await door.opened()
        await door.opened()
        assert await door.status() == 200
        assert await ended(oldest) == b""


async def connections_of_an_address(site: Site) -> None:
    async with site.served(Limits(of_an_address=2)) as door:
        await door.opened()
        assert await door.status() == 200
        await door.opened()
        assert await door.status() == 0


async def time_for_a_head(site: Site) -> None:
    async with site.served(Limits(head_seconds=0.05)) as door:
        assert await ended(await door.opened(b"GET / HTTP/1.1\r\nhost: ")) == b""


async def time_for_a_body(site: Site) -> None:
    async with site.served(Limits(body_seconds=0.05)) as door:
        head = f"POST {site.link} HTTP/1.1\r\nhost: {LOCAL}\r\ncontent-length: 9\r\n\r\n"
        assert await ended(await door.opened(head.encode() + b"tap=")) == b""


async def time_for_an_answer(site: Site) -> None:
    async with site.served(Limits(answer_seconds=0.05)) as door:
        assert await door.status("/slow") == 0


async def time_between_two_requests(site: Site) -> None:
    async with site.served(Limits(idle_seconds=0)) as door:
        request = f"GET /robots.txt HTTP/1.1\r\nhost: {LOCAL}\r\n\r\n"
        assert b"200 OK" in await ended(await door.opened(request.encode()))


async def head(site: Site) -> None:
    async with site.served() as door:
        many = "".join(f"a{number}: {'x' * 1000}\r\n" for number in range(15))
        assert await door.status(head=many) == 200
        assert await door.status(head=many * 2) == 400


async def path_and_query(site: Site) -> None:
    async with site.served() as door:
        room = LONGEST_ADDRESS - len("/robots.txt")
        assert await door.status(f"/robots.txt?{'x' * room}") == 200
        assert await door.status(f"/robots.txt?{'x' * (room + 1)}") == 414


async def a_header(site: Site) -> None:
    async with site.served() as door:
        assert await door.status(head=f"a: {'x' * LONGEST_HEADER}\r\n") == 200
        assert await door.status(head=f"a: {'x' * (LONGEST_HEADER + 1)}\r\n") == 431


async def body_of_a_page(site: Site) -> None:
    async with site.served() as door:
        assert await door.form(site.link, b"x" * MOST_BYTES) == 422
        for more in (1, MOST_BYTES, 1_000_000):
            assert await door.form(site.link, b"x" * (MOST_BYTES + more)) == 413


async def body_of_the_webhook(site: Site) -> None:
    async with site.served() as door:
        secret = "x-telegram-bot-api-secret-token: secret\r\n"
        assert await door.status(WEBHOOK_PATH, secret, b"x" * UPDATE_BYTES) == 200
        assert await door.status(WEBHOOK_PATH, secret, b"x" * (UPDATE_BYTES + 1)) == 413


async def pages_at_the_same_time(site: Site) -> None:
    site.patch.setattr(page_app, "MOST_AT_ONCE", 0)
    async with site.served() as door:
        assert await door.status(site.link) == 503
        secret = "x-telegram-bot-api-secret-token: secret\r\n"
        assert await door.status(WEBHOOK_PATH, secret, b"{}") == 200


async def pages_of_an_address(site: Site) -> None:
    site.patch.setattr(page_app, "REQUESTS_PER_MINUTE", 2)
    async with site.served() as door:
        statuses = [await door.status(site.link) for _ in range(3)]
        assert statuses == [200, 200, 429]


async def pages_of_the_desk_of_an_address(site: Site) -> None:
    site.patch.setattr(desk_app, "REQUESTS_PER_MINUTE", 2)
    async with site.served() as door:
        assert [await door.status("/desk") for _ in range(3)] == [401, 401, 429]


async def letters_to_sign_in(site: Site) -> None:
    site.patch.setattr(desk_signing_in, "LETTERS_A_MINUTE", 2)
    async with site.served() as door:
        asked = [await door.form("/desk/sign-in", b"email=eva@example.org") for _ in range(3)]
        assert asked == [303, 303, 429]


async def wrong_links_of_an_address(site: Site) -> None:
    site.patch.setattr(page_app, "BAD_LINKS_PER_MINUTE", 2)
    async with site.served() as door:
        wrong = f"/q/{'x' * SECRET_LETTERS}"
        assert [await door.status(wrong) for _ in range(3)] == [404, 404, 429]
        assert await door.status(site.link) == 200


async def fields_of_a_form(site: Site) -> None:
    async with site.served() as door:
        assert await door.form(site.link, b"&".join([b"a=1"] * MOST_FIELDS)) == 422
        assert await door.form(site.link, b"&".join([b"a=1"] * (MOST_FIELDS + 1))) == 400


async def charset_of_a_form(site: Site) -> None:
    async with site.served() as door:
        assert await door.form(site.link, "a=中".encode(), f"{FORM}; charset=UTF-8") == 422
        assert await door.form(site.link, b"a=1", f"{FORM}; charset=punycode") == 400
        assert await door.form(site.link, b"a=%ff") == 400


async def value_of_a_field(site: Site) -> None:
    async with site.served() as door:
        fields = {"case": "1", "item": "1", "value": "x" * LONGEST_VALUE}
        assert await door.form(site.link, urlencode(fields).encode()) == 422
        fields["value"] += "x"
        assert await door.form(site.link, urlencode(fields).encode()) == 413


async def number_of_a_case(site: Site) -> None:
    async with site.served() as door:
        for digits in (MOST_DIGITS, MOST_DIGITS + 1, 4000):
            assert await door.status(f"{site.link}?case={'9' * digits}") == 200


async def language_of_a_browser(site: Site) -> None:
    parts = "zh" + "-a" * LONGEST_TAG
    assert best_language(parts, {"zh"}) == "zh"
    assert best_language(parts, {parts}) is None
    async with site.served() as door:
        assert await door.status("/", f"accept-language: {'a-' * 2000}\r\n") == 200


async def secret_of_a_link(site: Site) -> None:
    async with site.served() as door:
        assert len(site.link) == len("/q/") + SECRET_LETTERS
        assert await door.status(f"{site.link}x") == 404


async def code(site: Site) -> None:
    spaced = " " * (LONGEST_TYPED - LETTERS) + "A" * LETTERS
    assert looks_like_code(spaced)
    assert not looks_like_code(f" {spaced}")
    assert not looks_like_room_code(" " * LONGEST_TYPED + "RAAAAAAAAAA")


async def button(site: Site) -> None:
    numbers = ".".join(["1" * 11] * 5)
    fits = f"1p{numbers}.11"
    assert len(fits) == BUTTON_BYTES
    assert read_token(fits) is not None
    assert read_token(f"{fits}1") is None


async def answer_in_words(site: Site) -> None:
    item = Item(name="words", type="text", label={"en": "Words?"})
    asked = Asked(item, (), "en", date(2026, 1, 1))
    assert OpenText().read(asked, "x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS
    assert isinstance(OpenText().read(asked, "x" * (MOST_CHARACTERS + 1)), Misread)


async def text_in_a_chat(site: Site) -> None:
    assert isinstance(await read_update(_update(text="x" * LONGEST_TEXT)), Typed)
    assert isinstance(await read_update(_update(text="x" * (LONGEST_TEXT + 1))), Odd)


async def file(site: Site) -> None:
    sent = await _file("film.mp4")
    assert isinstance(sent, Uploaded)
    assert (sent.content, sent.size) == (b"", LARGEST_FILE + 1)


async def name_of_a_file(site: Site) -> None:
    sent = await _file("x" * 5000 + ".xlsx")
    assert isinstance(sent, Uploaded)
    assert sent.file_name.endswith(".xlsx")
    assert len(sent.file_name) == LONGEST_FILE_NAME


async def cell_of_a_table(site: Site) -> None:
    cell = "x" * (LONGEST_CELL + 1)
    content = f"name,administration\n{cell},FJ\n".encode()
    reading = Reading("list.csv")
    people = People(reading, dict(packaged_administrations()), {})
    read_people(book_of(open_list(content, "list.csv"), reading), people)
    (problem,) = reading.problems
    assert f"Write at most {LONGEST_CELL:,}." in str(problem)


async def _file(name: str) -> Inbound | None:
    large = {"file_id": "1", "file_unique_id": "1", "file_size": LARGEST_FILE + 1}
    return await read_update(_update(document=large | {"file_name": name}))


def _update(**content: object) -> Update:
    sender = {"id": 7, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": sender}
    update = Update.de_json({"update_id": 1, "message": message | content}, None)
    assert update is not None
    return update


async def message_to_the_office(site: Site) -> None:
    for number in range(MOST_WAITING + 1):
        await site.ada.types(f"{number} of many messages " + "x" * LONGEST)
    assert site.ada.sees("This one is not stored.")
    kept = await site.stage.application.transactions.read(messages_of, [site.ada.participant_id])
    assert [len(one.text) for one in kept] == [LONGEST] * MOST_WAITING


Proof = Callable[[Site], Awaitable[None]]
BYTES, SECONDS, CHARACTERS = "bytes", "seconds", "characters"
ROWS: dict[str, tuple[str, Proof]] = {
    "Connections": (f"{USUAL.connections}", connections),
    "Connections of an address, except trusted proxies": (
        f"{USUAL.of_an_address}",
        connections_of_an_address,
    ),
    "Time for a head": (f"{USUAL.head_seconds} {SECONDS}", time_for_a_head),
    "Time for a body": (f"{USUAL.body_seconds} {SECONDS}", time_for_a_body),
    "Time until an answer is made and fetched": (
        f"{USUAL.answer_seconds} {SECONDS}",
        time_for_an_answer,
    ),
    "Time between two requests": (f"{USUAL.idle_seconds} {SECONDS}", time_between_two_requests),
    "Head of a request": (f"{USUAL.head_bytes:,} {BYTES}", head),
    "Path and query": (f"{LONGEST_ADDRESS:,} {BYTES}", path_and_query),
    "A header": (f"{LONGEST_HEADER:,} {BYTES}", a_header),
    "Body of a page": (f"{MOST_BYTES:,} {BYTES}", body_of_a_page),
    "Body of the webhook": (f"{UPDATE_BYTES:,} {BYTES}", body_of_the_webhook),
    "Pages at the same time": (f"{page_app.MOST_AT_ONCE}", pages_at_the_same_time),
    "Pages of an address": (f"{page_app.REQUESTS_PER_MINUTE:,} a minute", pages_of_an_address),
    "Pages of the desk of an address": (
        f"{desk_app.REQUESTS_PER_MINUTE:,} a minute",
        pages_of_the_desk_of_an_address,
    ),
    "Letters to sign in that an address asks for": (
        f"{desk_signing_in.LETTERS_A_MINUTE} a minute, and {sign_in_letters.MOST} an hour to a mailbox",
        letters_to_sign_in,
    ),
    "Wrong links of an address": (
        f"{page_app.BAD_LINKS_PER_MINUTE} a minute",
        wrong_links_of_an_address,
    ),
    "Fields of a form": (f"{MOST_FIELDS}", fields_of_a_form),
    "Charset of a form": ("UTF-8", charset_of_a_form),
    "Value of a field": (f"{LONGEST_VALUE:,} {CHARACTERS}", value_of_a_field),
    "Number of a case or an item": (f"{MOST_DIGITS} digits", number_of_a_case),
    "Language of a browser": (f"{LONGEST_TAG} {CHARACTERS}", language_of_a_browser),
    "Secret of a link": (f"{SECRET_LETTERS} {CHARACTERS}", secret_of_a_link),
    "Code": (f"{LONGEST_TYPED} {CHARACTERS}", code),
    "Button": (f"{BUTTON_BYTES} {BYTES}", button),
    "Answer in words": (
        f"{MOST_CHARACTERS} {CHARACTERS}, or `max` of the question",
        answer_in_words,
    ),
    "Text in a chat": (f"{LONGEST_TEXT:,} {CHARACTERS}", text_in_a_chat),
    "Message to the office": (
        f"{LONGEST:,} {CHARACTERS}, and {MOST_WAITING} of a person that wait",
        message_to_the_office,
    ),
    "File": (f"{LARGEST_FILE:,} {BYTES}", file),
    "Name of a file": (f"{LONGEST_FILE_NAME} {CHARACTERS}", name_of_a_file),
    "Cell of a table": (f"{LONGEST_CELL:,} {CHARACTERS}", cell_of_a_table),
}


def test_the_table_names_each_bound_with_its_size_and_its_place() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    section = text.partition("\n## What strangers may send\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \| `([^|]+)` \|$", section, re.MULTILINE)
    assert [(name, bound) for name, bound, _ in rows] == [
        (name, bound) for name, (bound, _) in ROWS.items()
    ]
    assert all((ROOT / place).is_file() for _, _, place in rows)


@pytest.mark.parametrize("name", ROWS)
async def test_each_bound_of_the_table_holds(site: Site, name: str) -> None:
    await ROWS[name][1](site)
