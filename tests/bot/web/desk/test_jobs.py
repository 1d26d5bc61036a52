"""Long work at the desk: it goes on without the window, ends once, and is seen when it was lost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.web import DESK_PAGES
from bot.web.desk.app import desk_of
from bot.web.desk.context import DeskContext
from bot.web.desk.guarding import form_token
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Pace, Told
from bot.web.desk.visits import Done, Download, Form, Screen, Undo, Visit
from storage.database import Conflict, Ended
from storage.office.jobs import NewJob, begin_job, forget_jobs, has_old_results
from storage.office.staff import StaffRole, set_standing
from tests.bot.stage import Stage
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.offices import AT_EASE
from tests.bot.web.desk.window import Window
from tests.patience import PATIENCE

ORGANISER = StaffRole.ORGANISER
HASTE = Pace(beat=0.005, soon=0.01)
"""Of a desk that lets go of work that a test holds back."""
FILE = Download("sheet.pdf", b"%PDF of 300 codes", "application/pdf")


class Long:
    """A page whose long work waits until the test lets it go on."""

    def __init__(self) -> None:
        self.go_on, self.left = asyncio.Event(), asyncio.Event()
        self.began = 0
        self.endless = False
        self.problem: Exception | None = None
        self.heard: list[str] = []
        acts = {"go": DeskAct(ORGANISER, self._do)}
        self.page = DeskPage("/long", ORGANISER, self._show, acts)

    async def _show(self, visit: Visit) -> Screen:
        return Screen("note.html", "Long", {"text": "Here it begins."})

    async def _do(self, visit: Visit, form: Form) -> Done | Download:
        return await start(visit, JobKind.IMPORT, "SUVA-18", "/long", self._work)

    async def _work(self, told: Told) -> Finished:
        self.began += 1
        told.tell(140, 300)
        try:
            await self.go_on.wait()
            while self.endless:
                told.tell(300, 300)
                await asyncio.sleep(0)
        except Ended:
            self.heard.append("given up")
            raise
        finally:
            self.left.set()
        if self.problem:
            raise self.problem
        return Finished("300 people are on the list.", (Undo("/long", "go"),), FILE)


@pytest.fixture
async def long() -> Long:
    return Long()


@pytest.fixture
def desks(stage: Stage, long: Long) -> list[object]:
    """The desk in two processes over one database, each with the page of the long work."""
    return [desk_at(stage, long, HASTE) for _ in range(2)]


def desk_at(stage: Stage, long: Long, pace: Pace) -> object:
    """The desk with the page of the long work, at some pace."""
    working = stage.application
    parts = (working.transactions, working.office, working.clock, PUBLIC, lambda: b"key", pace)
    return desk_of(DeskContext(*parts), (*DESK_PAGES, long.page))


@pytest.fixture
async def ana(signed_in: SignIn, desks: list[object], long: Long) -> AsyncIterator[Window]:
    """Ana, an organiser, in a window of the first process."""
    yield _moved(await signed_in(), desks[0])
    long.go_on.set()
    await long.left.wait() if long.began else None


def _moved(window: Window, desk: object) -> Window:
    """Return a window of the same browser at another process."""
    there = Window(desk)
    there.client.cookies = window.client.cookies
    return there


async def begins(window: Window) -> Window:
    """Press the button that begins the long work."""
    token = form_token(window.client.cookies["__Host-desk"])
    sent = await window.client.post(
        "/desk/long", data={"do": "go", "token": token}, headers={"origin": PUBLIC}
    )
    return await window.opens(sent.headers["location"].partition("#")[0])


async def until(window: Window, path: str, text: str) -> Window:
    """Look at a page until it has a text."""
    async with asyncio.timeout(PATIENCE):
        while text not in (await window.opens(path)).text:
            await asyncio.sleep(0)
    return window


async def test_long_work_goes_on_without_the_window_and_its_file_is_there_later(
    ana: Window, desks: list[object], long: Long
) -> None:
    await begins(ana)
    assert ana.note == "It has begun. You can close this window."
    path = ana.path.partition("?")[0]
    await until(ana, path, "140 of 300 done.")
    assert 'data-live="3"' in ana.answer.text
    await ana.opens("/desk")
    assert "running Import: SUVA-18 begun" in ana.text
    long.go_on.set()
    other = _moved(ana, desks[1])
    await until(other, path, "300 people are on the list.")
    assert "data-live" not in other.answer.text
    assert "Undo" in other.buttons
    await other.presses("Get the file")
    assert other.answer.content == FILE.content
    assert "sheet.pdf" in other.answer.headers["content-disposition"]


async def test_the_same_is_not_begun_twice_in_any_process(
    ana: Window, desks: list[object], long: Long
) -> None:
    await begins(ana)
    other = await begins(_moved(ana, desks[1]))
    assert other.note == "This runs already. It was not begun twice."
    assert other.path.partition("?")[0] == ana.path.partition("?")[0]
    assert long.began == 1


async def test_quick_work_gives_its_file_at_once_and_keeps_no_copy(
    stage: Stage, ana: Window, long: Long
) -> None:
    ana = _moved(ana, desk_at(stage, long, AT_EASE))
    long.go_on.set()
    token = form_token(ana.client.cookies["__Host-desk"])
    sent = await ana.client.post(
        "/desk/long", data={"do": "go", "token": token}, headers={"origin": PUBLIC}
    )
    assert sent.content == FILE.content
    late = stage.now + timedelta(hours=2)
    assert not await stage.application.transactions.read(has_old_results, late)


async def test_what_fails_soon_is_said_on_the_page_that_began_it(
    stage: Stage, ana: Window, long: Long
) -> None:
    ana = _moved(ana, desk_at(stage, long, AT_EASE))
    long.problem = Conflict("Others change the people of SUVA-18.")
    long.go_on.set()
    token = form_token(ana.client.cookies["__Host-desk"])
    sent = await ana.client.post(
        "/desk/long", data={"do": "go", "token": token}, headers={"origin": PUBLIC}
    )
    assert sent.status_code == 409
    assert "Others change the people of SUVA-18." in sent.text


async def test_what_fails_later_stands_on_its_page_and_on_today(ana: Window, long: Long) -> None:
    await begins(ana)
    path = ana.path.partition("?")[0]
    long.problem = Conflict("Others change the people of SUVA-18.")
    long.go_on.set()
    await until(ana, path, "Others change the people of SUVA-18.")
    assert "Start it again there" in ana.links
    await ana.opens("/desk")
    assert "failed Import: SUVA-18" in ana.text


async def test_work_of_a_process_that_ended_is_interrupted_and_begun_again_once(
    stage: Stage, ana: Window, desks: list[object]
) -> None:
    new = NewJob("import", "SUVA-18", 1, "/long")
    began = (new, stage.now, stage.now)
    number, _ = await stage.application.transactions.write(begin_job, *began)
    stage.now += timedelta(minutes=2)
    await ana.opens(f"/desk/jobs/{number}")
    assert "interrupted" in ana.text
    assert "Start it again: what was done already is not done twice." in ana.text
    await ana.opens("/desk")
    assert "interrupted Import: SUVA-18" in ana.text
    await begins(ana)
    assert ana.note == "It has begun. You can close this window."
    await ana.opens("/desk")
    assert "interrupted" not in ana.text


async def test_work_whose_job_was_given_up_stops_at_its_next_step(
    stage: Stage, ana: Window, desks: list[object], long: Long
) -> None:
    """A process that slept comes back while another one has begun the work anew."""
    await begins(ana)
    path = ana.path.partition("?")[0]
    await until(ana, path, "140 of 300 done.")
    await stage.application.transactions.write(forget_jobs, stage.now + timedelta(minutes=1))
    assert (await ana.opens(path)).status == 404
    long.endless = True
    long.go_on.set()
    async with asyncio.timeout(PATIENCE):
        await long.left.wait()
    assert long.heard == ["given up"]


async def test_only_who_began_gets_the_file_and_managers_see_their_own_only(
    stage: Stage, ana: Window, desks: list[object], long: Long, signed_in: SignIn
) -> None:
    await begins(ana)
    path = ana.path.partition("?")[0]
    long.go_on.set()
    await until(ana, path, "300 people are on the list.")
    bo = _moved(await signed_in(name="Bo"), desks[0])
    assert "Get the file" not in (await bo.opens(path)).buttons
    max_ = _moved(await signed_in(StaffRole.MANAGER, "Max"), desks[0])
    assert (await max_.opens(path)).status == 404
    stage.now += timedelta(hours=2)
    await ana.opens(path)
    await ana.presses("Get the file")
    assert ana.errors == "The file was kept for an hour. Start it again to make it anew."


@pytest.mark.parametrize(
    ("role", "scope"), [(StaffRole.MANAGER, ()), (StaffRole.ORGANISER, ("RM",))], ids=str
)
async def test_whose_role_or_workshops_changed_does_not_get_the_file_begun_before(
    stage: Stage,
    ana: Window,
    desks: list[object],
    long: Long,
    signed_in: SignIn,
    role: StaffRole,
    scope: tuple[str, ...],
) -> None:
    await begins(ana)
    path = ana.path.partition("?")[0]
    long.go_on.set()
    await until(ana, path, "300 people are on the list.")
    await stage.application.transactions.write(set_standing, 1, role, scope)
    again = _moved(await signed_in(role), desks[0])
    await again.opens(path)
    await again.presses("Get the file")
    assert again.errors.startswith("Your role or your workshops have changed since.")
