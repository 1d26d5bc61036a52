"""What strangers, other sites and odd browsers send to the desk. Nothing of it is a fault of ours."""

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.access.links import address_of, new_link
from bot.desk.office.signing_in import make_link
from bot.web import Doors
from bot.web.desk.guarding import form_token
from storage.database import Database
from storage.office.staff import StaffRole
from storage.people.links import Purpose
from storage.schema import staff
from tests.bot.stage import KASHIWA, SUVA, Stage
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.offices import Desk, desk_over
from tests.bot.web.desk.window import Window

WORKSHOP = f"/desk/workshops/{SUVA.code}"
OURS = {"origin": PUBLIC}
LIST = b"name,administration\nAda Vea,Tonga\n"
ODD = (
    *("/workshops/%00", f"/workshops/{SUVA.code}/waves/%00", "/reports/%00", "/imports/%00"),
    *("/workshops?q=%00&page=%00", "/workshops?q=%ed%a0%80&page=-1", "/office/audit?q=%00"),
    *("/office?do=remove&member=%00", f"/workshops/{SUVA.code}/codes?do=renew&person=%00"),
    *("/workshops/year?fiscal=9999", "/workshops/year?fiscal=0000", "/reports/words?later=%00,,"),
    *("/workshops?page=99999999999999999999", f"/workshops/{SUVA.code}?do=move&days=1+May+9999"),
    *(f"/workshops/{SUVA.code}?do=move-list&list=%00", "/imports/99999999999", "/sign-in/%00"),
)


@pytest.fixture
async def desk(office_database: Database) -> AsyncIterator[Desk]:
    async with desk_over(office_database) as one:
        yield one


@pytest.fixture
async def ann(desk: Desk) -> Window:
    return await desk.signs_in()


def token_of(window: Window) -> str:
    return form_token(window.client.cookies["__Host-desk"])


async def test_no_address_is_too_odd(ann: Window) -> None:
    for path in ODD:
        answer = await ann.client.get(f"/desk{path}")
        assert answer.status_code in (200, 404, 409), (path, answer.status_code)


@pytest.mark.parametrize("codec", ["unicode_escape", "raw_unicode_escape", "utf-7", "idna"])
async def test_no_charset_brings_what_cannot_be_stored(ann: Window, codec: str) -> None:
    parts = {"token": token_of(ann), "do": "send", "table": "name\\ud800\\x00", "a\\ud800": "b"}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    kind = {"content-type": f"multipart/form-data; boundary=x; charset={codec}"}
    sent = await ann.client.post(
        f"{WORKSHOP}/import", content=f"{body}--x--\r\n", headers={**OURS, **kind}
    )
    assert sent.status_code in (303, 400, 403)


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/x-www-form-urlencoded", b"a=1&" * 100_000, 400),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * 5_000_000, 413),
        ("multipart/form-data", b"--x\r\n", 400),
        ("multipart/form-data; boundary=x", b"nothing", 400),
        ("application/json", b"{}", 400),
    ],
    ids=["fields", "megabytes", "no boundary", "no parts", "json"],
)
async def test_what_is_no_form_is_refused(
    signed_in: SignIn, kind: str, content: bytes, status: int
) -> None:
    ana = await signed_in()
    headers = {**OURS, "content-type": kind}
    sent = await ana.client.post("/desk/workshops", content=content, headers=headers)
    assert sent.status_code == status


@pytest.mark.parametrize(
    "name",
    ["x" * 300 + ".csv", "a\0b.csv", "../../etc/passwd.csv", "<img src=x onerror=alert(1)>.csv"],
    ids=["long", "nul", "path", "markup"],
)
async def test_a_file_may_have_any_name(ann: Window, name: str) -> None:
    await ann.opens(f"{WORKSHOP}/import")
    await ann.presses("Look at it", (name, LIST, "text/csv"))
    assert ann.heading == "1 new"
    assert "<img" not in ann.answer.text


async def test_a_list_is_not_kept_for_a_workshop_that_does_not_exist(ann: Window) -> None:
    data = {"token": token_of(ann), "do": "send", "table": LIST.decode()}
    sent = await ann.client.post("/desk/workshops/NOPE/import", data=data, headers=OURS)
    assert sent.status_code == 404
    assert (await ann.client.get("/desk/imports/1")).status_code == 404


async def test_addresses_lead_where_they_say(signed_in: SignIn) -> None:
    """No other server, no other door, and no page twice under other names."""
    ana = await signed_in()
    leads = {
        "/desk/": "/desk",
        "/desk/workshops/": "/desk/workshops",
        "/desk/a/?to=//b": "/desk/a",
    }
    for path, to in leads.items():
        assert (await ana.client.get(path)).headers["location"] == to
    assert (await ana.client.get("/desk//evil.example/")).headers["location"].startswith("/desk")
    for path in (
        "//desk",
        "/desk;x",
        "/DESK",
        "/desk/../q/x",
        "/desk/%2e%2e/q/x",
        "//desk/office",
    ):
        assert (await ana.client.get(PUBLIC + path)).status_code == 404, path
    for name in ("to", "note", "later", "next", "q"):
        answer = await ana.client.get("/desk", params={name: "//evil.example"})
        assert (answer.status_code, "evil.example" in answer.text) == (200, False)


async def test_a_token_of_another_session_does_nothing(stage: Stage, signed_in: SignIn) -> None:
    ana, bo = await signed_in(), await signed_in(StaffRole.ORGANISER, "Bo")
    data = {"token": token_of(bo), "do": "undo-calendar", "list": "1"}
    sent = await ana.client.post("/desk/workshops", data=data, headers=OURS)
    assert sent.status_code == 403


async def test_a_session_ends_when_its_browser_signs_in_anew(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    ana = await signed_in()
    thief = Window(app)
    thief.client.cookies.set("__Host-desk", ana.client.cookies["__Host-desk"])
    working = stage.application
    link = await working.transactions.write(make_link, working.office, "S-DESKANA", stage.now)
    await ana.opens(link.path)
    await ana.presses("Sign in")
    assert (await ana.opens("/desk")).status == 200
    assert (await thief.opens("/desk")).status == 401


async def test_a_cookie_that_was_set_before_is_not_the_one_of_the_session(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    await signed_in()
    working = stage.application
    link = await working.transactions.write(make_link, working.office, "S-DESKANA", stage.now)
    thief, victim = Window(app), Window(app)
    for window in (thief, victim):
        window.client.cookies.set("__Host-desk", "chosen-by-somebody-else")
    await victim.opens(link.path)
    sent = await victim.client.post(link.path, headers=OURS)
    assert "chosen-by-somebody-else" not in sent.headers["set-cookie"]
    assert (await thief.opens("/desk")).status == 401


async def test_nobody_is_signed_in_by_the_form_of_another_site(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    await signed_in()
    working = stage.application
    link = await working.transactions.write(make_link, working.office, "S-DESKANA", stage.now)
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        sent = await Window(app).client.post(link.path, headers=headers)
        assert (sent.status_code, "set-cookie" in sent.headers) == (403, False)
    assert (await Window(app).opens(link.path)).buttons == ["Sign in"]


async def test_a_role_that_was_changed_ends_the_session(stage: Stage, signed_in: SignIn) -> None:
    ana = await signed_in()
    lower = update(staff).where(staff.c.code == "S-DESKANA").values(role=StaffRole.MANAGER)
    await stage.application.transactions.write(lambda connection: connection.execute(lower))
    assert (await ana.opens("/desk")).status == 401


async def test_links_of_participants_and_of_staff_open_only_their_own_door(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    await signed_in()
    ada = await stage.joined("Ada Vea")
    working, number = stage.application, ada.enrolments[SUVA.code].id
    theirs = await working.transactions.write(new_link, number, Purpose.INTERVIEW, stage.now)
    ours = await working.transactions.write(make_link, working.office, "S-DESKANA", stage.now)
    window = Window(app)
    assert (await window.opens(f"/desk/sign-in/{theirs}")).status == 404
    secret = ours.path.rpartition("/")[2]
    assert (await window.opens(address_of("", Purpose.INTERVIEW, secret))).status == 404
    assert (await window.opens(address_of("", Purpose.INTERVIEW, theirs))).status == 200
    assert (await window.opens("/desk")).status == 401


async def test_a_wrong_link_is_slowed_down(app: Doors) -> None:
    window = Window(app)
    statuses = [(await window.opens(f"/desk/sign-in/{n}")).status for n in range(40)]
    assert (statuses[0], statuses[-1]) == (404, 429)


async def test_markup_in_all_that_people_and_staff_write_is_shown_as_it_is(
    stage: Stage, signed_in: SignIn
) -> None:
    """It takes two seconds, because a report is drawn for one of the pages."""
    bad = "<img src=x onerror=alert(1)>"
    await stage.workshop(replace(SUVA, title=bad, city=bad))
    await stage.enrol(f"Ada {bad}")
    ann = await signed_in(StaffRole.ADMINISTRATOR, bad)
    await ann.opens(f"{WORKSHOP}?do=hold")
    await ann.presses("Hold the workshop", reason=bad)
    pages = ("", "/codes", "/room", "/import", "/waves/M6", "/questions", "?do=move-list&list=1")
    paths = [WORKSHOP + one for one in pages]
    paths += ["/desk", "/desk/office", "/desk/office/audit", "/desk/workshops", "/desk/reports"]
    paths += [
        f"/desk/workshops?q={bad}",
        f"/desk/office/audit?q={bad}",
        f"/desk/reports/{SUVA.code}",
    ]
    for path in paths:
        answer = await ann.client.get(path)
        assert answer.status_code == 200, path
        assert "<img" not in answer.text, path


async def test_a_code_list_has_no_formulas(stage: Stage, signed_in: SignIn) -> None:
    stage.at("2017-11-20 10:00")
    await stage.workshop(SUVA)
    ana = await signed_in()
    await ana.opens(f"{WORKSHOP}/import")
    await ana.presses("Look at it", table="name\tadministration\n=HYPERLINK(1) Vea\tTonga\n")
    await ana.presses("Save 1")
    await ana.opens(f"{WORKSHOP}/codes")
    await ana.presses("Get the codes", **{"as": "list"})
    row = list(csv.reader(io.StringIO(ana.answer.content.decode("utf-8-sig"))))[1]
    assert row[0] == "'=HYPERLINK(1) Vea"


async def test_a_manager_bound_to_a_workshop_gets_nothing_of_another(
    stage: Stage, signed_in: SignIn
) -> None:
    await stage.joined("Ada Vea")
    max_ = await signed_in(StaffRole.MANAGER, "Max", (KASHIWA.code,))
    token = token_of(max_)
    for path in ("", "?readers=newsletter"):
        assert (await max_.opens(f"/desk/reports/{SUVA.code}{path}")).status == 404
    assert (await max_.opens(f"/desk/reports/{SUVA.code.lower()}")).status == 404
    for survey in ("", "M6"):
        data = {"do": "file", "token": token, "form": "pdf", "survey": survey}
        sent = await max_.client.post(f"/desk/reports/{SUVA.code}", data=data, headers=OURS)
        assert sent.status_code in (404, 409)
        assert sent.headers["content-type"].startswith("text/html")
    for path in ("/desk", "/desk/reports", "/desk/reports?q=counterfeiting"):
        assert SUVA.title not in (await max_.opens(path)).text


async def test_what_is_refused_quotes_no_command(signed_in: SignIn) -> None:
    ann = await signed_in(StaffRole.ADMINISTRATOR, "Ann")
    await ann.opens("/desk/workshops/NOPE")
    assert "There is no workshop NOPE. Today" in ann.text
    await ann.opens("/desk/office?do=remove&member=S-NOPE")
    assert ann.errors == "No member of staff has the code S-NOPE."


async def test_a_workshop_is_found_by_its_code_in_any_case_on_each_of_its_pages(
    stage: Stage, signed_in: SignIn
) -> None:
    ana = await signed_in()
    await stage.workshop(SUVA)
    for page in ("", "/codes", "/room", "/waves/M6", "/import"):
        await ana.opens(f"/desk/workshops/{SUVA.code.lower()}{page}")
        assert (ana.status, ana.path) == (200, f"{WORKSHOP}{page}")


async def test_a_clock_that_goes_back_opens_nothing_that_had_ended(
    stage: Stage, signed_in: SignIn, app: Doors
) -> None:
    ana = await signed_in()
    working = stage.application
    link = await working.transactions.write(make_link, working.office, "S-DESKANA", stage.now)
    window = Window(app)
    await window.opens(link.path)
    await window.presses("Sign in")
    await ana.presses("Sign out")
    stage.now -= timedelta(days=2)
    assert (await ana.opens("/desk")).status == 401
    assert (await Window(app).opens(link.path)).status == 404
    assert (await window.opens("/desk")).status == 200
