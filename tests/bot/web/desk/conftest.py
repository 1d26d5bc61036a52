"""The desk over a stage, and windows in which staff are signed in."""

from collections.abc import Awaitable, Callable

import pytest

from bot.desk.office.signing_in import make_link
from bot.web import Doors, build_app
from storage.office.staff import StaffRole
from tests.bot.stage import CHAT, Stage
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.offices import desk_at_ease
from tests.bot.web.desk.window import Window
from tests.staff import employ

SignIn = Callable[..., Awaitable[Window]]


@pytest.fixture
def app(stage: Stage) -> Doors:
    """Everything that is served to browsers."""
    working = stage.application
    parts = (working.transactions, working.office, working.clock)
    return Doors(desk_at_ease(*parts), build_app(working.pages, PUBLIC))


@pytest.fixture
def signed_in(stage: Stage, app: Doors) -> SignIn:
    """Return a function that signs a member in, as a role, and gives the window."""

    async def opened(
        role: StaffRole = StaffRole.ORGANISER, name: str = "Ana", scope: tuple[str, ...] = ()
    ) -> Window:
        transactions, office = stage.application.transactions, stage.application.office
        chat = (CHAT, f"desk{name}")
        code = await transactions.write(employ, chat, role, stage.now, name, scope)
        link = await transactions.write(make_link, office, code, stage.now)
        window = Window(app)
        await window.opens(link.path)
        return await window.presses("Sign in")

    return opened
