"""Share links of the report on a workshop: made, shown once, listed, ended and restored."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.desk.reports import sharing
from bot.desk.reports.choices import Wishes
from bot.desk.reports.sharing import ShareDone, SharePlan
from bot.desk.waves.typed_days import typed_day
from bot.web.desk.pages.reports import workshop_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Undo, Visit
from storage.database import Conflict
from storage.office.staff import StaffRole
from surveys.workshop import Workshop

ORGANISER = StaffRole.ORGANISER
USUAL = timedelta(days=60)
"""How long a link works if no day is typed."""
FOR_ALL = (Choice("rtc", "Heads of Regional Training Centres"), Choice("newsletter", "The public"))
WHAT = (
    "Whoever has the link sees the version that is presented now, as these readers see it: the page, "
    "one page on paper and the numbers. Nothing else.",
    "The address is shown once. Pass it on yourself.",
)


async def show(visit: Visit) -> Screen:
    """Show the links to the report on a workshop."""
    workshop = await workshop_of(visit)
    shares = await visit.read(sharing.shares_on, workshop.code)
    listed = [(one, sharing.last_day(one, visit.office)) for one in shares]
    data = {"workshop": workshop, "shares": listed, "now": visit.now}
    return Screen("sharing.html", f"Share links: {workshop.title}", data)


async def _ask_make(visit: Visit, form: Form) -> Panel:
    readers = _readers(await workshop_of(visit))
    fields = (
        Field("readers", "For", "radio", readers[0].value, choices=readers, required=True),
        Field("label", "To whom it goes; only staff see this"),
        Field("until", "Works until", hint="In words, such as 31 July. Empty: two months."),
        Field("passphrase", "Passphrase, if readers must type one", hint="10 letters or more."),
    )
    return Panel("Make a link to this report?", "Make the link", WHAT, fields)


def _readers(workshop: Workshop) -> tuple[Choice, ...]:
    return (*(Choice(f"donor:{donor}", donor) for donor in workshop.donors), *FOR_ALL)


async def _make(visit: Visit, form: Form) -> Screen:
    """Make a link, and show its address once."""
    workshop, until = await workshop_of(visit), form.text("until")
    if form.text("readers") not in {one.value for one in _readers(workshop)}:
        raise Conflict("Choose for whom the link is.")
    audience, _, whom = form.text("readers").partition(":")
    wishes = Wishes(audience, whom, contact=visit.office.contact)
    last = typed_day(until, visit.today, "Works until") if until else visit.today + USUAL
    plan = SharePlan([workshop.code], wishes, form.text("label"), last, form.text("passphrase"))
    making = (visit.transactions.patient, visit.office, plan, visit.now)
    made = await asyncio.to_thread(sharing.make_share, *making)
    undo = Undo(_address(workshop.code), "end", (("code", made.code),), "End it again")
    data = {"workshop": workshop, "made": made, "undo": undo}
    return Screen("shared.html", f"A link: {workshop.title}", data)


def _address(code: str) -> str:
    return f"/reports/{code}/share"


def _change(
    act: Callable[..., ShareDone], back: str, said: str
) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        workshop, code = await workshop_of(visit), form.text("code")
        done: ShareDone = await visit.write(act, visit.office, code, visit.now)
        if not done.changed:
            return Done(f"{code}: nothing was changed.")
        return Done(
            said.format(code=code), (Undo(_address(workshop.code), back, (("code", code),)),)
        )

    return run


ENDED = "{code} shows nothing any more. Whoever has saved a file keeps it."
PAGE = DeskPage(
    "/reports/{code}/share",
    ORGANISER,
    show,
    {
        "make": DeskAct(ORGANISER, _make, _ask_make),
        "end": DeskAct(ORGANISER, _change(sharing.end_share, "restore", ENDED)),
        "restore": DeskAct(
            ORGANISER, _change(sharing.restore_share, "end", "{code} works again.")
        ),
    },
)
