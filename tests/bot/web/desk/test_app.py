"""Signing in and out, sessions, forms of other sites, and pages that do not exist."""

from datetime import timedelta

import pytest

from bot.desk.office import staff
from bot.desk.office.signing_in import make_link
from bot.web import Doors
from storage.office.audit import entries
from storage.office.staff import StaffRole
from tests.bot.stage import Stage
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window


async def test_a_link_signs_in_once_and_opening_it_does_not_use_it_up(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    ana = await signed_in()
    assert ana.sections == ["Today", "Workshops", "People", "Questionnaires", "Reports"]
    office, transactions = stage.application.office, stage.application.transactions
    link = await transactions.write(make_link, office, ana_code(), stage.now)
    first, second = Window(app), Window(app)
    for _ in range(3):
        assert (await first.opens(link.path)).buttons == ["Sign in"]
    await second.opens(link.path)
    assert "Today" in (await first.presses("Sign in")).sections
    late = await second.presses("Sign in")
    assert (late.status, late.heading) == (404, "This link was used just now")


def ana_code() -> str:
    return "S-DESKANA"


async def test_a_link_works_for_a_quarter_of_an_hour(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    await signed_in()
    office, transactions = stage.application.office, stage.application.transactions
    link = await transactions.write(make_link, office, ana_code(), stage.now)
    window = Window(app)
    await window.opens(link.path)
    stage.now += timedelta(minutes=15)
    assert (await window.presses("Sign in")).status == 404


@pytest.mark.parametrize("after", [timedelta(hours=12), timedelta(days=7)], ids=["idle", "week"])
async def test_a_session_ends_by_itself(stage: Stage, signed_in: SignIn, after: timedelta) -> None:
    ana = await signed_in()
    began = stage.now
    while stage.now < began + after - timedelta(hours=11):
        stage.now += timedelta(hours=11)
        assert (await ana.opens("/desk")).status == 200
    stage.now = max(began + after, stage.now + timedelta(hours=12))
    assert (await ana.opens("/desk")).status == 401


async def test_a_removed_member_is_out_at_once(stage: Stage, signed_in: SignIn) -> None:
    ana = await signed_in()
    office, transactions = stage.application.office, stage.application.transactions
    await transactions.write(staff.remove, office, ana_code(), stage.now)
    assert (await ana.opens("/desk/workshops")).status == 401


async def test_signing_out_ends_the_session_and_not_only_the_cookie(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    ana = await signed_in()
    thief = Window(app)
    thief.client.cookies = ana.client.cookies
    out = await ana.presses("Sign out")
    assert out.heading == "Sign in to the desk"
    assert (await thief.opens("/desk")).status == 401
    acts = [one.act for one in await stage.application.transactions.read(entries)]
    assert acts[-2:] == ["signed in", "signed out"]


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
)
async def test_a_form_of_another_site_changes_nothing(
    signed_in: SignIn, headers: dict[str, str]
) -> None:
    ana = await signed_in()
    token = ana.tree.xpath('//input[@name="token"]')[0].get("value")
    sent = await ana.client.post("/desk/sign-out", data={"token": token}, headers=headers)
    assert sent.status_code == 403
    assert (await ana.opens("/desk")).status == 200


@pytest.mark.parametrize("token", ["", "0" * 64])
async def test_a_form_without_the_token_of_the_session_changes_nothing(
    signed_in: SignIn, token: str
) -> None:
    ana = await signed_in()
    sent = await ana.client.post("/desk/sign-out", data={"token": token})
    assert sent.status_code == 403
    assert (await ana.opens("/desk")).status == 200


async def test_the_cookie_is_for_this_host_and_not_for_scripts(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    await signed_in()
    office, transactions = stage.application.office, stage.application.transactions
    link = await transactions.write(make_link, office, ana_code(), stage.now)
    sent = await Window(app).client.post(link.path, data={}, headers={"origin": PUBLIC})
    cookie = sent.headers["set-cookie"]
    assert cookie.startswith("__Host-desk=")
    assert "domain" not in cookie.lower()
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {
        "httponly",
        "path=/",
        "samesite=lax",
        "secure",
    }


async def test_pages_say_who_may_not_open_them_and_what_does_not_exist(
    signed_in: SignIn,
) -> None:
    max_ = await signed_in(StaffRole.MANAGER, "Max")
    assert max_.sections == ["Today", "Reports"]
    assert (await max_.opens("/desk/workshops")).heading == "You may not do this"
    assert (await max_.opens("/desk/nothing")).status == 404
    assert max_.heading == "There is no such page"


async def test_no_page_is_kept_framed_or_run_with_scripts_of_others(signed_in: SignIn) -> None:
    ana = await signed_in()
    headers = ana.answer.headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
