"""Signing in with an account of the office, at a provider that runs here."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.access.accounts.tokens import Account
from bot.desk.office.accounts import enter
from bot.desk.office.signing_in import make_link
from bot.desk.office.staff import remove
from bot.desk.office.staff_addresses import put_address
from bot.runtime.transactions import Transactions
from bot.web import DESK_PAGES, DeskContext, Doors, desk_of
from bot.web.desk.guarding import form_token
from storage.database import Database
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole
from storage.schema import metadata
from tests.bot.access.accounts.provider_server import (
    OTHER_KEY,
    SHARED_KEY,
    ProviderServer,
    provider_server,
    through,
)
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.offices import NOW, OFFICE
from tests.bot.web.desk.window import Window
from tests.staff import employ
from tests.templates import ON_SQLITE

EVA = "eva.kula@example.org"
BUTTON, BIND = "Sign in with your account of the office", "Use my account of the office"
REFUSED, UNKNOWN = "This did not sign you in", "This account is not known here"
DOWN = "The accounts of the office cannot be reached"
ATTEMPT = "__Host-desk-attempt"


class Entrance:
    """A desk of an office with a provider; Eva is a member, and has an address."""

    def __init__(self, database: Database, server: ProviderServer) -> None:
        self.now, self.server = NOW, server
        self.transactions = Transactions(database)
        self.office = replace(OFFICE, public_url=PUBLIC)
        working = (self.transactions, self.office, lambda: self.now, PUBLIC, lambda: b"key")
        context = DeskContext(*working, provider=server.provider, letters=lambda: None)
        self.app = Doors(desk_of(context, DESK_PAGES), None)

    async def begins(
        self, window: Window | None = None, button: str = BUTTON
    ) -> tuple[Window, str]:
        """Press the button; return the window and the address at the provider."""
        window = window or await Window(self.app).opens("/desk")
        await window.presses(button)
        assert window.status == 200, window.text
        return window, window.tree.xpath("//main//a/@href")[0]

    async def comes(self, window: Window | None = None, button: str = BUTTON) -> Window:
        """Sign in at the provider and come back."""
        window, address = await self.begins(window, button)
        return await window.opens(await through(address))

    async def by_link(self, code: str = "S-EVA") -> Window:
        """Sign in with a link."""
        link = await self.transactions.write(make_link, self.office, code, self.now)
        window = await Window(self.app).opens(link.path)
        return await window.presses("Sign in")

    async def acts(self) -> list[tuple[str, Act]]:
        found = await self.transactions.read(entries)
        return [(one.who, one.act) for one in found]


@pytest.fixture
def server() -> Iterator[ProviderServer]:
    with provider_server(NOW) as one:
        yield one


@pytest.fixture
async def entrance(office_database: Database, server: ProviderServer) -> AsyncIterator[Entrance]:
    one = Entrance(office_database, server)
    write = one.transactions.write
    await write(employ, ("demo", "eva"), StaffRole.MANAGER, NOW, "Eva")
    await write(employ, ("demo", "bo"), StaffRole.ADMINISTRATOR, NOW, "Bo")
    await write(put_address, one.office, "S-EVA", EVA, NOW)
    yield one
    one.transactions.close()


def verified(email: str = EVA, **more: Any) -> dict[str, Any]:
    return {"sub": "u-1", "email": email, "email_verified": True, **more}


async def test_a_verified_address_of_the_staff_signs_in_and_the_account_stays_the_members(
    entrance: Entrance,
) -> None:
    claims = verified(EVA.upper(), role="administrator", roles=["administrator"], groups=["admin"])
    entrance.server.claims = claims
    window = await entrance.comes()
    assert window.sections == ["Today", "Reports"]
    assert window.path == "/desk"
    assert ATTEMPT not in window.client.cookies
    assert (await entrance.acts())[-2:] == [
        ("S-EVA", Act.ACCOUNT_BOUND),
        ("S-EVA", Act.SIGNED_IN),
    ]
    entrance.server.claims = {"sub": "u-1"}
    assert (await entrance.comes()).sections[0] == "Today"
    (asked, _) = entrance.server.asked
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"


@ON_SQLITE
@pytest.mark.parametrize(
    ("claims", "header", "key"),
    [
        ({"iss": "https://evil.example"}, {}, None),
        ({"aud": "another desk"}, {}, None),
        ({"aud": ["desk of the office", "another desk"]}, {}, None),
        ({"aud": ["desk of the office", "x"], "azp": "x"}, {}, None),
        ({"aud": None}, {}, None),
        ({"nonce": "of another attempt"}, {}, None),
        ({"nonce": None}, {}, None),
        ({"exp": NOW.timestamp() - 61}, {}, None),
        ({"exp": None}, {}, None),
        ({"exp": "soon"}, {}, None),
        ({"iat": NOW.timestamp() + 120}, {}, None),
        ({"sub": None}, {}, None),
        ({"sub": 7}, {}, None),
        ({"sub": ""}, {}, None),
        ({"sub": "u\0"}, {}, None),
        ({"sub": "u" * 256}, {}, None),
        ({"at_hash": "wrong"}, {}, None),
        ({}, {"alg": "none"}, None),
        ({}, {"alg": "HS256"}, SHARED_KEY),
        ({}, {}, OTHER_KEY),
        ({}, {"kid": "unknown"}, None),
    ],
)
async def test_a_token_that_is_not_right_signs_nobody_in(
    entrance: Entrance, claims: dict[str, Any], header: dict[str, Any], key: Any
) -> None:
    server = entrance.server
    server.claims, server.header = {**verified(), **claims}, {**server.header, **header}
    server.signed_by = key or server.signed_by
    window = await entrance.comes()
    assert (window.status, window.heading) == (401, REFUSED)
    assert BUTTON in window.buttons
    assert (await window.opens("/desk")).status == 401


@ON_SQLITE
@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "u-9"},
        {"sub": "u-9", "email": EVA},
        {"sub": "u-9", "email": EVA, "email_verified": False},
        {"sub": "u-9", "email": EVA, "email_verified": "true"},
        verified("nobody@example.org"),
        verified(f"{EVA}, bo@example.org"),
        verified(""),
        verified(f"{'a' * 10_000}@example.org"),
        verified(["eva"]),  # type: ignore[arg-type]
    ],
)
async def test_only_staff_whose_address_the_provider_has_verified_come_in(
    entrance: Entrance, claims: dict[str, Any]
) -> None:
    entrance.server.claims = claims
    window = await entrance.comes()
    assert (window.status, window.heading) == (401, UNKNOWN)
    assert Act.ACCOUNT_BOUND not in [act for _, act in await entrance.acts()]


@ON_SQLITE
@pytest.mark.parametrize(
    "email",
    [
        EVA.replace("e", "\uff45", 1),
        EVA.replace("v", "v\u200b", 1),
        EVA.replace("example", "\u24d4xample"),
        f"Eva <{EVA}>",
        f"{EVA}\neve@x",
        f"mailto:{EVA}",
        f"{EVA}.",
    ],
)
async def test_an_address_that_only_looks_like_one_of_the_staff_lets_nobody_in(
    entrance: Entrance, email: str
) -> None:
    """What staff type is put right; what a provider has verified is another mailbox."""
    account = Account(entrance.server.url, "u-9", email)
    assert await entrance.transactions.write(enter, account, "Firefox", NOW) is None


@ON_SQLITE
async def test_an_address_with_signs_that_no_database_takes_lets_nobody_in(
    entrance: Entrance,
) -> None:
    for email in ("\ud800@example.org", "eva\0@example.org", "\0"):
        account = Account(entrance.server.url, "u-9", email)
        assert await entrance.transactions.write(enter, account, "Firefox", NOW) is None


@ON_SQLITE
async def test_an_answer_works_once_and_in_its_own_browser(entrance: Entrance) -> None:
    entrance.server.claims = verified()
    window, address = await entrance.begins()
    cookie = window.client.cookies[ATTEMPT]
    answer = await through(address)
    stranger = await Window(entrance.app).opens(answer)
    assert (stranger.status, stranger.heading) == (401, REFUSED)
    assert (await window.opens(answer)).sections[0] == "Today"
    again = Window(entrance.app)
    again.client.cookies.set(ATTEMPT, cookie)
    another = await through(address)
    for replayed in (answer, another):
        assert (await again.opens(replayed)).heading == REFUSED
        again.client.cookies.set(ATTEMPT, cookie)


@ON_SQLITE
async def test_a_stolen_code_is_of_no_use(entrance: Entrance) -> None:
    """The thief begins too, and gives the code of somebody else with an own state."""
    entrance.server.claims = verified()
    _, of_eva = await entrance.begins()
    stolen = parse_qs(urlsplit(await through(of_eva)).query)["code"][0]
    thief, own = await entrance.begins()
    state = parse_qs(urlsplit(own).query)["state"][0]
    await thief.opens(f"/desk/sign-in/account/back?code={stolen}&state={state}")
    assert thief.heading == REFUSED


@ON_SQLITE
@pytest.mark.parametrize(
    "change",
    [
        lambda answer: {**answer, "state": "another"},
        lambda answer: {"code": answer["code"]},
        lambda answer: {**answer, "iss": "https://evil.example"},
        lambda answer: {"state": answer["state"], "error": "access_denied"},
        lambda answer: {**answer, "code": "x" * 5000},
        lambda answer: {**answer, "code": "another"},
    ],
)
async def test_another_answer_is_refused(
    entrance: Entrance, change: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    entrance.server.claims = verified()
    window, address = await entrance.begins()
    answer = {k: v[0] for k, v in parse_qs(urlsplit(await through(address)).query).items()}
    sent = await window.client.get("/desk/sign-in/account/back", params=change(answer))
    assert sent.status_code == 401
    assert "__Host-desk=" not in sent.headers.get("set-cookie", "")


@ON_SQLITE
async def test_a_session_that_was_there_before_ends_and_nobody_chooses_the_next_one(
    entrance: Entrance,
) -> None:
    entrance.server.claims = verified()
    window = await entrance.by_link("S-BO")
    before = window.client.cookies["__Host-desk"]
    headers = {"origin": PUBLIC}
    begun = await window.client.post("/desk/sign-in/account", data={"do": ""}, headers=headers)
    window.answer = begun
    await window.opens(await through(window.tree.xpath("//main//a/@href")[0]))
    assert window.sections == ["Today", "Reports"]
    old = Window(entrance.app)
    old.client.cookies.set("__Host-desk", before)
    assert (await old.opens("/desk")).status == 401


@ON_SQLITE
async def test_nothing_of_the_answer_or_of_the_form_says_where_it_goes_on(
    entrance: Entrance,
) -> None:
    entrance.server.claims = verified()
    entrance.server.answers = {"next": "https://evil.example", "redirect_uri": "//evil.example"}
    window, address = await entrance.begins()
    answer = await window.client.get(await through(address))
    assert answer.headers["location"] == "/desk"


@ON_SQLITE
async def test_no_other_site_begins(entrance: Entrance) -> None:
    window = await entrance.by_link()
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        sent = await window.client.post("/desk/sign-in/account", data={"do": ""}, headers=headers)
        assert sent.status_code == 403
    wrong = {"bind": "1", "token": form_token("another")}
    sent = await window.client.post(
        "/desk/sign-in/account", data=wrong, headers={"origin": PUBLIC}
    )
    assert sent.status_code == 403
    assert (await window.client.get("/desk/sign-in/account/back")).status_code == 401


async def test_who_is_signed_in_binds_an_account_and_takes_it_back(entrance: Entrance) -> None:
    """The provider has verified no address, as Microsoft's: the member who is signed in says whose."""
    entrance.server.claims = {"sub": "u-bo", "email": EVA}
    window = await (await entrance.by_link("S-BO")).follows("Your account")
    await entrance.comes(window, BIND)
    assert entrance.server.asked[-1]["prompt"] == "login"
    assert window.note == "From now on you can sign in with this account."
    assert (await entrance.comes()).sections[-1] == "Office"
    await window.presses("Undo")
    assert window.note.startswith("The account of S-BO signs nobody in any more.")
    entrance.server.claims = verified("bo@example.org", sub="u-bo")
    await entrance.transactions.write(
        put_address, entrance.office, "S-BO", "bo@example.org", entrance.now
    )
    assert (await entrance.comes()).heading == UNKNOWN
    await window.presses("Undo")
    assert window.note == "The account signs S-BO in again."
    assert (await entrance.comes()).sections[-1] == "Office"


async def test_two_windows_at_once_bind_one_account_and_both_are_signed_in(
    entrance: Entrance,
) -> None:
    entrance.server.claims = verified()
    windows = [await entrance.begins() for _ in range(3)]
    answers = [await through(address) for _, address in windows]
    pairs = zip(windows, answers, strict=True)
    found = await asyncio.gather(*(window.opens(answer) for (window, _), answer in pairs))
    assert [one.sections for one in found] == [["Today", "Reports"]] * 3
    assert [act for _, act in await entrance.acts()].count(Act.ACCOUNT_BOUND) == 1


@ON_SQLITE
async def test_an_account_is_one_members_only_and_needs_the_session_in_which_it_was_asked_for(
    entrance: Entrance,
) -> None:
    entrance.server.claims = verified()
    await entrance.comes()
    bo = await (await entrance.by_link("S-BO")).follows("Your account")
    await entrance.comes(bo, BIND)
    assert (bo.status, "signs somebody else in" in bo.text) == (409, True)
    entrance.server.claims = {"sub": "u-bo"}
    await bo.opens("/desk/account")
    bo, address = await entrance.begins(bo, BIND)
    bo.client.cookies.delete("__Host-desk")
    assert (await bo.opens(await through(address))).heading == REFUSED
    other = await entrance.by_link("S-EVA")
    other.client.cookies.set(ATTEMPT, bo.client.cookies.get(ATTEMPT, ""))
    assert (await other.opens(await through(address))).heading == REFUSED


@ON_SQLITE
async def test_an_account_goes_with_the_access_and_with_the_address_that_brought_it(
    entrance: Entrance,
) -> None:
    entrance.server.claims = verified()
    await entrance.comes()
    write = entrance.transactions.write
    await write(put_address, entrance.office, "S-EVA", "eva@other.example", NOW)
    assert (await entrance.comes()).heading == UNKNOWN
    await write(put_address, entrance.office, "S-EVA", EVA, NOW)
    window = await entrance.comes()
    assert window.sections[0] == "Today"
    await write(remove, entrance.office, "S-EVA", NOW)
    assert (await window.opens("/desk")).status == 401
    assert (await entrance.comes()).heading == UNKNOWN
    assert "u-1" not in await entrance.transactions.read(_everything)


def _everything(connection) -> str:  # type: ignore[no-untyped-def]
    return str([connection.execute(table.select()).all() for table in metadata.sorted_tables])


@ON_SQLITE
async def test_no_secret_of_an_attempt_is_stored_or_shown(entrance: Entrance) -> None:
    entrance.server.claims = verified()
    window, address = await entrance.begins()
    secret = window.client.cookies[ATTEMPT]
    assert secret not in address
    await window.opens(await through(address))
    stored = await entrance.transactions.read(_everything)
    assert secret not in stored
    assert window.client.cookies["__Host-desk"] not in stored


@ON_SQLITE
@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
    ],
)
async def test_a_provider_that_is_not_safe_is_not_used(
    entrance: Entrance, about: dict[str, Any]
) -> None:
    entrance.server.about = about
    window = await Window(entrance.app).opens("/desk")
    await window.presses(BUTTON)
    assert (window.status, window.heading) == (502, DOWN)


@ON_SQLITE
async def test_while_the_provider_is_down_the_other_ways_stay(entrance: Entrance) -> None:
    entrance.server.claims = verified()
    late, address = await entrance.begins()
    answer = await through(address)
    entrance.server.broken = 500
    window = await Window(entrance.app).opens("/desk")
    await window.presses(BUTTON)
    assert (window.status, window.heading) == (502, DOWN)
    assert window.buttons == [BUTTON, "Send me a link"]
    assert (await late.opens(answer)).heading == DOWN
    assert (await entrance.by_link()).sections[0] == "Today"


@ON_SQLITE
async def test_signing_out_leads_also_out_of_the_account(entrance: Entrance) -> None:
    entrance.server.claims = verified()
    window = await entrance.comes()
    await window.presses("Sign out")
    assert window.heading == "You are signed out"
    out = await window.client.get("/desk/sign-in/account/out")
    asked = parse_qs(urlsplit(out.headers["location"]).query)
    assert out.headers["location"].startswith(f"{entrance.server.url}/out?")
    assert asked["post_logout_redirect_uri"] == [f"{PUBLIC}/desk/sign-in"]
    entrance.server.about = {"end_session_endpoint": None}
    assert (await window.opens("/desk/sign-in/account/out")).buttons == [BUTTON, "Send me a link"]


@ON_SQLITE
async def test_the_way_to_the_provider_is_paced(entrance: Entrance) -> None:
    window = Window(entrance.app)
    sent = [
        await window.client.get("/desk/sign-in/account/back?state=x&code=y") for _ in range(31)
    ]
    assert [one.status_code for one in sent[-2:]] == [401, 429]


async def test_without_a_provider_nothing_is_offered(app: Doors) -> None:
    window = await Window(app).opens("/desk")
    assert BUTTON not in window.buttons
    for path in ("", "/back", "/out"):
        sent = await window.client.post(f"/desk/sign-in/account{path}", headers={"origin": PUBLIC})
        assert sent.status_code in (404, 405)
