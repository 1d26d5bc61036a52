"""Who may do what on the web: every address of the server, for a stranger and for each kind of link.

An address or a method that is added without a row here fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.routing import Route

from bot.access.links import PATHS, new_link
from bot.channels.telegram import build_telegram
from bot.operations.housekeeping import Housekeeping
from bot.operations.metrics import Metrics
from bot.service.assembly import Service
from bot.service.web_page import web_app
from bot.settings.config import Settings
from storage.people.links import Purpose, revoke_links
from storage.schema import answers, cases, enrolments, participants
from tests.bot.stage import SUVA, Stage
from tests.bot.web.browser import PUBLIC, Browser

FORM = {"content-type": "application/x-www-form-urlencoded"}
OWN, OTHER, REVOKED, NO_LINK = "own", "other purpose", "revoked", "stranger"
"""What a visitor has: the right link, a link of another kind, an expired link, or none."""


@dataclass(frozen=True)
class Row:
    """A route: its methods, and the answers to the holder of each kind of link.

    `with_link` has the answers to GET and to a form that presses no button; `for_all` those to
    everybody where no link is wanted.
    """

    methods: frozenset[str]
    with_link: Mapping[str, tuple[int, int]] | None = None
    for_all: Mapping[str, int] | None = None


READ = frozenset({"GET", "HEAD"})
WITHOUT = {OTHER: (404, 404), REVOKED: (410, 410), NO_LINK: (404, 404)}
ROWS = {
    "/q/{secret}": Row(READ | {"POST"}, {OWN: (200, 422), **WITHOUT}),
    "/stop/{secret}": Row(READ | {"POST"}, WITHOUT),
    "/": Row(READ, for_all={"GET": 200, "POST": 405}),
    "/style.css": Row(READ, for_all={"GET": 200, "POST": 405}),
    # Share links have their own tests; this is no secret of one.
    "/r/{secret}": Row(READ | {"POST"}, for_all={"GET": 404, "POST": 404}),
    "/r/{secret}/{form}": Row(READ, for_all={"GET": 404, "POST": 405}),
    "/feed/{secret}/{form}": Row(READ, for_all={"GET": 404, "POST": 405}),
    "/robots.txt": Row(READ, for_all={"GET": 200, "POST": 405}),
    # Without the secret of the messenger.
    "/telegram": Row(frozenset({"POST"}), for_all={"GET": 405, "POST": 403}),
}


@pytest.fixture
def app(stage: Stage) -> object:
    """Everything that `followup run` serves to visitors, with the webhook."""
    given = {
        "web": {"public_url": PUBLIC},
        "telegram": {"webhook": True},
        "monitor": {"port": 0},
        "metrics": True,
    }
    application = stage.application
    housekeeping = Housekeeping(
        application.transactions.database,
        metrics=Metrics(application.transactions.database, application.clock),
    )
    service = Service(
        application,
        build_telegram("123456:" + "a" * 35, application.reception, application.inbox),
        housekeeping,
    )
    made, webhook = web_app(Settings.model_validate(given), service)
    assert webhook is not None
    return made


def routes_of(app: object) -> list[Route]:
    inner = app.pages.app  # type: ignore[attr-defined]
    assert isinstance(inner, Starlette)
    assert all(isinstance(one, Route) for one in inner.routes)
    return [one for one in inner.routes if isinstance(one, Route)]


def test_every_address_and_method_of_the_server_has_a_row(app: object) -> None:
    served = {route.path: frozenset(route.methods or ()) for route in routes_of(app)}
    assert served == {path: row.methods for path, row in ROWS.items()}


async def test_each_holder_of_a_link_gets_what_the_row_says_and_a_stranger_no_name(
    stage: Stage, app: object
) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.joined("Ben Qalo", "FJ")
    client = Browser(app).client
    before = await facts(stage)
    wrong = []
    for path, row in ROWS.items():
        for holder, status in (row.with_link or {}).items():
            secret = await secret_of(stage, ada.enrolments[SUVA.code].id, path, holder)
            for method, expected in zip(("GET", "POST"), status, strict=True):
                answer = await asked(client, method, path.replace("{secret}", secret))
                wrong += faults(method, path, answer, expected, knows=holder == OWN)
        for method, status in (row.for_all or {}).items():
            answer = await asked(client, method, path)
            wrong += faults(method, path, answer, status, knows=False)
    assert wrong == []
    assert await facts(stage) == before
    # The stop link needs no button: mail programs POST it themselves.
    stop = await secret_of(stage, ada.enrolments[SUVA.code].id, "/stop/", OWN)
    assert (await asked(client, "GET", f"/stop/{stop}")).status_code == 200
    assert await facts(stage) == before
    assert (await asked(client, "POST", f"/stop/{stop}")).status_code == 200
    stopped = select(participants.c.code).where(participants.c.stopped_at.is_not(None))
    assert await stage.rows(stopped) == [("P-101",)]


async def test_a_button_of_somebody_else_does_nothing_behind_ones_own_link(
    stage: Stage, app: object
) -> None:
    ada, ben = await stage.joined("Ada Vea"), await stage.joined("Ben Qalo", "FJ")
    await stage.opens("M6", "2018-06-08 10:00")
    number = await stage.case_of(ada, "M6")
    secret = await secret_of(stage, ben.enrolments[SUVA.code].id, "/q/", OWN)
    client, before = Browser(app).client, await facts(stage)
    fields = (f"case={number}&item=1&value=same", f"tap=1g{number}", f"tap=1q{number}")
    for body in fields:
        answer = await client.post(f"/q/{secret}?case={number}", content=body, headers=FORM)
        assert "Ada" not in answer.text
    for show in ("answers", "stored", "copy"):
        answer = await client.get(f"/q/{secret}?show={show}&case={number}")
        assert "Ada" not in answer.text
    assert await facts(stage) == before


async def secret_of(stage: Stage, enrolment: int, path: str, holder: str) -> str:
    purpose = next(one for one, name in PATHS.items() if path.startswith(f"/{name}/"))
    if holder == NO_LINK:
        return "x" * 22
    if holder == OTHER:
        purpose = next(one for one in Purpose if one is not purpose)
    secret = await stage.application.transactions.write(new_link, enrolment, purpose, stage.now)
    if holder == REVOKED:
        await stage.application.transactions.write(revoke_links, enrolment, stage.now)
    return secret


async def asked(client: AsyncClient, method: str, path: str) -> Response:
    send = (
        partial(client.post, content="nothing=1", headers=FORM) if method == "POST" else client.get
    )
    return await send(path)


def faults(method: str, path: str, answer: Response, status: int, *, knows: bool) -> list[str]:
    found = [] if answer.status_code == status else [f"{method} {path}: {answer.status_code}"]
    if not knows and ("Ada" in answer.text or "Ben" in answer.text):
        found.append(f"{method} {path} names somebody")
    return found


async def facts(stage: Stage) -> list[object]:
    return [
        await stage.rows(select(table)) for table in (participants, enrolments, cases, answers)
    ]
