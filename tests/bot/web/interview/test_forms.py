"""What a form may be: the one that browsers send, in UTF-8, and short."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from bot.access.links import new_link
from bot.web import WebServer, build_app
from storage.people.links import Purpose
from surveys.wording import best_language, worded_languages
from tests.bot.stage import SUVA, Stage
from tests.bot.web.conftest import Opening
from tests.patience import PATIENCE

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
PUNYCODE = (
    b'--x\r\ncontent-disposition: form-data; name="tap"\r\n\r\n'
    + b"\xff" * 100
    + b"a-" * 20_000
    + b"\r\n--x--\r\n"
)
ENDLESS_TAG = "a-" * 30_000
LOCAL = "http://127.0.0.1"
MOMENT = 0.25
"""Seconds of processor time: what is refused costs a thousandth of that, and did cost a second."""


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        pytest.param(FORM, b"tap=%ff", id="quoted Latin"),
        pytest.param(FORM, b"tap=\xff", id="Latin"),
        pytest.param(FORM, b"value=%ED%A0%80&case=1&item=1", id="half a sign"),
        pytest.param(FORM, b"a=1&" * 500, id="many fields"),
        pytest.param(f"{FORM}; charset=punycode", b"tap=a-", id="punycode"),
        pytest.param(f'{FORM}; CHARSET = "latin-1"', b"tap=a", id="said to be Latin"),
        pytest.param(f"{PARTS}; charset=punycode", PUNYCODE, id="parts in punycode"),
        pytest.param(PARTS, PUNYCODE, id="parts"),
        pytest.param("application/json", b"{}", id="JSON"),
        pytest.param("", b"tap=1y1", id="unnamed"),
    ],
)
async def test_what_is_no_form_in_utf_8_is_refused_and_costs_nothing(
    stage: Stage, browser: Opening, kind: str, body: bytes
) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    used = time.process_time()
    answer = await window.client.post(window.path, content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert time.process_time() - used < MOMENT


@pytest.mark.parametrize("charset", ["utf-8", '"UTF-8"', "utf8"])
async def test_a_form_may_name_its_charset(stage: Stage, browser: Opening, charset: str) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    kind = {"content-type": f"{FORM};charset={charset}"}
    body = "language=zh&name=中文&x".encode()
    answer = await window.client.post(window.path, content=body, headers=kind)
    assert answer.status_code == 303


@pytest.mark.parametrize("kind", [PARTS, "text/plain", ""])
async def test_mail_programs_may_stop_with_any_form(
    stage: Stage, browser: Opening, kind: str
) -> None:
    ada = await stage.joined("Ada Vea")
    window = await browser(ada, Purpose.STOP)
    body = (
        b'--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--'
    )
    answer = await window.client.post(window.path, content=body, headers={"content-type": kind})
    assert answer.status_code == 200
    assert not (await stage.enrolment(ada)).active


@pytest.mark.parametrize(
    ("field", "status"),
    [("tap", 422), ("language", 422), ("case", 422), ("item", 422), ("value", 413)],
)
async def test_a_field_that_is_too_long_is_not_looked_at(
    stage: Stage, browser: Opening, field: str, status: int
) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    fields = {"case": "1", "item": "1", field: "1" * 20_000}
    answer = await window.client.post(window.path, data=fields)
    assert answer.status_code == status


async def test_a_long_language_costs_nothing(stage: Stage, browser: Opening) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    used = time.process_time()
    for path in ("/", "/q/wrong", "/nowhere"):
        await window.client.get(path, headers={"accept-language": ENDLESS_TAG})
    assert best_language(ENDLESS_TAG, worded_languages()) is None
    assert best_language("zh-Hans-CN-" + ENDLESS_TAG, worded_languages()) == "zh"
    assert time.process_time() - used < MOMENT


@pytest.fixture
async def port(stage: Stage) -> AsyncIterator[int]:
    """The page on a real port."""
    server = WebServer(build_app(stage.application.pages, LOCAL), "127.0.0.1", 0)
    yield await server.start()
    await server.stop()


async def test_a_visitor_who_hangs_up_in_the_middle_of_a_form_is_no_fault(
    stage: Stage, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    ada = await stage.enrol("Ada Vea")
    secret = await stage.application.transactions.write(
        new_link, ada.enrolments[SUVA.code].id, Purpose.INTERVIEW, stage.now
    )
    head = f"POST /q/{secret} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: {FORM}\r\n"
    for begun in (b"", b"tap="):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{head}content-length: 99\r\n\r\n".encode() + begun)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    async with AsyncClient(base_url=f"{LOCAL}:{port}", timeout=PATIENCE) as client:
        assert (await client.get(f"/q/{secret}")).status_code == 200
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []
