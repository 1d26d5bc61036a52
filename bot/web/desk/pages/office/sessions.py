"""Sessions: the browsers in which somebody is signed in."""

from bot.desk.office import sessions
from bot.web.desk.pages.office.common import ADMINISTRATOR, SESSIONS, office_screen
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Panel, Screen, Visit
from bot.wording.counts import counted
from storage.database import Conflict
from storage.office.staff import member_with


async def show(visit: Visit) -> Screen:
    """Show the page."""
    found = await visit.read(sessions.list_sessions, visit.now)
    here = visit.session.id
    several = {one.member.code for one in found if one.id != here}
    return office_screen(SESSIONS, {"sessions": found, "here": here, "others": bool(several)})


async def _end(visit: Visit, form: Form) -> Done:
    number = form.named("session")
    return Done(await visit.write(sessions.end_one, visit.office, number, visit.now))


async def _ask_all(visit: Visit, form: Form) -> Panel:
    """Ask before all are signed out, or all browsers of one member."""
    code = form.text("member")
    found = await visit.read(sessions.list_sessions, visit.now)
    reached = [
        one
        for one in found
        if one.id != visit.session.id and (not code or one.member.code == code)
    ]
    if not reached:
        raise Conflict(sessions.NOBODY)
    names = dict.fromkeys(one.member.label or one.member.code for one in reached)
    lines = (
        f"{counted(len(reached), 'browser')}: {', '.join(names)}.",
        "What is typed there and not sent yet is shown again after signing in. Links to sign in that "
        "were not used do not work any more. Your own browser stays.",
    )
    title = "Sign everybody else out?"
    if code:
        member = await visit.read(member_with, code)
        title = f"Sign {member.label or member.code} out everywhere?"
    return Panel(title, "Sign them out", lines, hidden=(("member", code),) if code else ())


async def _end_all(visit: Visit, form: Form) -> Done:
    who, here = form.text("member"), visit.session.id
    return Done(await visit.write(sessions.end_all, visit.office, visit.now, who, here))


PAGE = DeskPage(
    SESSIONS,
    ADMINISTRATOR,
    show,
    {
        "end": DeskAct(ADMINISTRATOR, _end),
        "all": DeskAct(ADMINISTRATOR, _end_all, _ask_all, always=True),
    },
)
