"""Bad links, stop links, and the headers and limits of all pages."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.access.links import LIFETIME, new_link
from bot.web import build_app
from bot.web.guard import MOST_BYTES, AtOnce, RateLimit, address_in
from storage.people.links import Purpose, revoke_links
from storage.schema import answers, cases, enrolments, links, participants
from tests.bot.stage import Stage
from tests.bot.web.browser import PUBLIC, Browser
from tests.bot.web.conftest import Opening

TABLES = (answers, cases, enrolments, links, participants)
FORM = {"content-type": "application/x-www-form-urlencoded"}


async def everything(stage: Stage) -> list[object]:
    return [await stage.rows(select(table)) for table in TABLES]


async def test_looking_at_pages_changes_nothing(stage: Stage, browser: Opening) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start", "Same job")
    number = await stage.case_of(ada, "M6")
    window = await browser(ada)
    stop = await browser(ada, Purpose.STOP)
    before = await everything(stage)
    for show in ("", "answers", "languages", "stored", "stop", "nonsense"):
        for path in (f"{window.path}?show={show}", f"{window.path}?show={show}&case={number}"):
            assert (await window.client.get(path)).status_code == 200
            assert (await window.client.head(path)).status_code == 200
    await stop.opens()
    await window.client.head(stop.path)
    tap = f"{window.path}?tap=1q{number}&stop=1&case={number}&item=9&value=left"
    await window.client.get(tap)
    assert await everything(stage) == before


@pytest.mark.parametrize("wrong", ["x", "1", "x" * 22, "x" * 3000, "%00", "..%2f..%2fetc", "é"])
async def test_c04_c05_a_wrong_link_says_what_to_do_and_reveals_nothing(
    stage: Stage, browser: Opening, wrong: str
) -> None:
    window = await browser(await stage.joined("Ada Vea"))
    for path in (f"/q/{wrong}", f"/stop/{wrong}", window.path.replace("/q/", "/stop/")):
        await window.opens(path)
        assert window.answer.status_code == 404
        if "does not exist" not in window.screen.heading:
            assert window.screen.heading == "This link does not work."
            assert "copy the whole link" in window.screen.text
        assert "Ada" not in window.screen.html
        assert "Suva" not in window.screen.html
        posted = await window.client.post(path, content="tap=1y1&stop=1", headers=FORM)
        assert posted.status_code == 404
    assert (await stage.rows(select(participants.c.stopped_at))) == [(None,)]


async def test_an_old_link_and_one_that_was_taken_back_say_so_and_take_nothing(
    stage: Stage, browser: Opening
) -> None:
    ada = await stage.enrol("Ada Vea")
    old, revoked = await browser(ada), await browser(ada)
    agree = next(one.value for one in old.screen.controls if one.label == "I agree")
    await stage.application.transactions.write(
        revoke_links, ada.enrolments["IPR-OC-2017"].id, stage.now
    )
    await revoked.opens()
    assert revoked.answer.status_code == 410
    assert revoked.screen.heading == "This link is no longer in use."
    fresh = await browser(ada)
    stage.now += LIFETIME + timedelta(seconds=1)
    await fresh.sends([("tap", agree)])
    assert fresh.answer.status_code == 410
    assert "Ada" not in fresh.screen.html
    assert (await stage.enrolment(ada)).consented_at is None


async def test_a_stop_link_asks_before_it_stops_and_a_mail_program_need_not(
    stage: Stage, browser: Opening
) -> None:
    ada = await stage.joined("Ada Vea")
    window = await browser(ada, Purpose.STOP)
    assert window.screen.heading == "Do you want to stop our messages?"
    assert (await stage.enrolment(ada)).active
    posted = await window.client.post(
        window.path, content=urlencode({"List-Unsubscribe": "One-Click"}), headers=FORM
    )
    assert posted.status_code == 200
    assert "We will not send you any more messages." in posted.text
    assert not (await stage.enrolment(ada)).active
    again = await window.client.post(window.path, content="", headers=FORM)
    assert again.status_code == 200
    await window.opens()
    await window.presses("Send me messages again")
    assert (await stage.enrolment(ada)).active


async def test_every_answer_keeps_the_link_to_itself_and_runs_nothing(
    stage: Stage, browser: Opening
) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    for path in (window.path, "/", "/q/wrong", "/nothing/here", "/style.css"):
        answer = await window.client.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "set-cookie" not in answer.headers
        kept = "immutable" if path == "/style.css" else "no-store"
        assert kept in answer.headers["cache-control"]
        assert "<script" not in answer.text
        assert "style=" not in answer.text


async def test_c08_names_are_shown_and_never_run(stage: Stage, browser: Opening) -> None:
    window = await browser(await stage.enrol("<img src=x onerror=alert(1)>"))
    assert window.screen.heading == "Hello <img src=x onerror=alert(1)>."
    assert "<img" not in window.screen.html


async def test_a_page_is_served_under_its_own_name_only(stage: Stage, browser: Opening) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    for host in ("evil.example", "127.0.0.1", "localhost:8080", ""):
        answer = await window.client.get(window.path, headers={"host": host})
        assert answer.status_code == 400
        assert "Ada" not in answer.text


async def test_what_is_too_long_is_refused_also_without_a_length(
    stage: Stage, browser: Opening
) -> None:
    window = await browser(await stage.enrol("Ada Vea"))

    async def endless():  # type: ignore[no-untyped-def]
        for _ in range(3):
            yield b"value=" + b"x" * (MOST_BYTES // 2)

    for content in (b"x" * (MOST_BYTES + 1), endless()):
        answer = await window.client.post(window.path, content=content, headers=FORM)
        assert answer.status_code == 413
        assert "Your text is too long." in answer.text


async def test_files_and_too_many_fields_are_refused(stage: Stage, browser: Opening) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    file = await window.client.post(window.path, files={"value": b"x"})
    many = await window.client.post(window.path, content="a=1&" * 500, headers=FORM)
    assert (file.status_code, many.status_code) == (400, 400)


@pytest.mark.parametrize(
    "sent",
    [
        {"case": "x", "item": "1", "value": "same"},
        {"case": "99999999999999999999", "item": "1", "value": "same"},
        {"case": "1", "item": "999", "value": "same"},
        {"case": "1", "item": "9", "value": "made up"},
        {"case": "1", "item": "9", "value": "x" * 9000},
        {"tap": "1q"},
        {"tap": "1p1.9.999"},
        {"tap": "1O1"},
        {"tap": "\x00"},
        {"value": "same"},
        {},
    ],
)
async def test_made_up_forms_change_nothing_and_show_the_question(
    stage: Stage, browser: Opening, sent: dict[str, str]
) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    window = await browser(ada)
    await window.presses("Start")
    await window.sends(list(sent.items()))
    assert window.answer.status_code in (200, 422)
    assert window.screen.heading == "Are you still in the same job as in December 2017?"
    assert await stage.answers(ada, "M6") == {}
    assert (await stage.enrolment(ada)).active


async def test_c05_who_tries_many_links_is_told_to_wait(stage: Stage, browser: Opening) -> None:
    right = await browser(await stage.enrol("Ada Vea"))
    for number in range(30):
        await right.client.get(f"/q/{number:022}")
    assert (await right.client.get(f"/q/{'x' * 22}")).status_code == 429
    for number in range(30):
        answer = await right.client.get(f"/stop/{number:022}")
        assert answer.status_code == 429
    assert "Please wait a minute" in answer.text


async def test_sixty_wrong_links_do_not_lock_out_a_good_one_of_the_same_address(
    stage: Stage, browser: Opening
) -> None:
    good = await browser(await stage.enrol("Ada Vea"))
    for number in range(60):
        await good.client.get(f"/q/{number:022}")
    await good.opens()
    assert good.answer.status_code == 200
    await good.presses("I agree")
    assert good.answer.status_code == 200
    assert (await stage.enrolment(next(iter(stage.people.values())))).consented_at is not None


async def test_a_fault_of_ours_is_an_apology_without_particulars(stage: Stage) -> None:
    async def broken(_request: Request) -> Response:
        raise RuntimeError("Ada Vea")

    app = build_app(stage.application.pages, PUBLIC, [Route("/broken", broken)])
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url=PUBLIC) as client:
        answer = await client.get("/broken")
    assert answer.status_code == 500
    assert "Something went wrong here." in answer.text
    assert "Ada" not in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_routes_of_others_stand_beside_the_pages(stage: Stage) -> None:
    async def well(_request: Request) -> Response:
        return PlainTextResponse("well")

    window = Browser(build_app(stage.application.pages, PUBLIC, [Route("/well", well)]))
    assert (await window.client.get("/well")).text == "well"


async def test_the_page_may_stand_under_a_path(stage: Stage) -> None:
    ada = await stage.enrol("Ada Vea")
    secret = await stage.application.transactions.write(
        new_link, ada.enrolments["IPR-OC-2017"].id, Purpose.INTERVIEW, stage.now
    )
    window = Browser(build_app(stage.application.pages, f"{PUBLIC}/followup"), f"/q/{secret}")
    await window.opens()
    assert '"/followup/style.css?' in window.screen.html
    agree = next(one.value for one in window.screen.controls if one.label == "I agree")
    answer = await window.client.post(window.path, content=urlencode({"tap": agree}), headers=FORM)
    assert answer.headers["location"] == f"/followup/q/{secret}"


def test_a_pace_lets_a_burst_through_then_so_many_a_minute() -> None:
    clock = [0.0]
    pace = RateLimit(60, 3, lambda: clock[0], remembered=2)
    assert [pace.allows("a") for _ in range(4)] == [True, True, True, False]
    clock[0] = 1.0
    assert [pace.allows("a") for _ in range(2)] == [True, False]
    assert pace.allows("b")
    assert not pace.allows("a")
    assert pace.allows("c")
    assert pace.allows("b")


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8::7", "2001:db8::/64"),
        ("2001:db8::8:9", "2001:db8::/64"),
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        pytest.param("x" * 60_000, "x" * 45, id="no address"),
    ],
)
def test_addresses_of_one_network_count_as_one(host: str, network: str) -> None:
    assert address_in({"client": (host, 1)}) == network


def test_a_server_that_names_no_visitor_has_one_network() -> None:
    assert address_in({}) == ""


async def test_a_link_with_something_behind_it_leads_to_no_other_place(
    stage: Stage, browser: Opening
) -> None:
    window = await browser(await stage.enrol("Ada Vea"))
    answer = await window.client.get(
        f"{window.path}/", headers={"x-forwarded-host": "evil.example"}
    )
    assert answer.status_code == 404
    assert "location" not in answer.headers


async def test_pages_have_so_many_places_and_the_routes_of_others_are_not_among_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def pushed(_request: Request) -> Response:
        return PlainTextResponse("taken")

    monkeypatch.setattr("bot.web.interview.app.MOST_AT_ONCE", 0)
    app = build_app(stage.application.pages, PUBLIC, [Route("/telegram", pushed)])
    window = Browser(app)
    full = await window.client.get(f"/q/{'x' * 22}")
    assert (full.status_code, full.headers["retry-after"]) == (503, "5")
    assert (await window.client.get("/telegram")).text == "taken"


def test_a_place_is_free_again_after_a_request_and_after_a_fault() -> None:
    places = AtOnce(1)
    with places.one(), pytest.raises(HTTPException), places.one():
        pass
    with pytest.raises(ZeroDivisionError), places.one():
        _ = 1 / 0
    with places.one():
        pass
