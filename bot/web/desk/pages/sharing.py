"""Share links and feeds of a report: made after a look at what readers will see, shown once, ended."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.desk.reports import feeds, sharing
from bot.desk.reports.feeds import FeedPlan
from bot.desk.reports.reader_choices import Readers, outside_readers
from bot.desk.reports.report_status import get_status
from bot.desk.reports.reporting import reports_apart
from bot.desk.reports.scopes import asked_for
from bot.desk.reports.sharing import MadeShare, ShareDone, SharePlan
from bot.desk.reports.viewing import View
from bot.desk.waves.typed_days import typed_day
from bot.web.desk.pages.report import query_of
from bot.web.desk.pages.reports import report_address, scope_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Undo, Visit
from storage.database import Conflict
from storage.office.share_links import Share
from storage.office.staff import StaffRole, members

ORGANISER = StaffRole.ORGANISER
ALL = "/reports/shares"
USUAL = timedelta(days=60)
"""How long a link works if no day is typed."""
SEES = (
    "Whoever has the link sees version {version} of the report on {name} as these readers see it: "
    "{whom}. The page, one page on paper and the numbers; nothing else."
)
READS = (
    "Whoever has the address reads the figures of the report on {name} as these readers see them: "
    "{whom}. It follows the version that is presented, and ends with the access of its reader."
)
ONCE = "The address is shown once. Pass it on yourself."
UNTIL = Field("until", "Works until", hint="In words, such as 31 July. Empty: two months.")
ENDED = "{code} shows nothing any more. Whoever has saved a file keeps it."


async def show(visit: Visit) -> Screen:
    """Show the links to the report on a scope."""
    scope, name = await scope_of(visit)
    stands = await visit.read(get_status, scope)
    shares = await visit.read(sharing.shares_on, scope)
    data = {
        **_listed(visit, shares),
        "name": name,
        "address": report_address(scope),
        "published": stands.report_status.published,
        "readers": await visit.read(outside_readers, scope),
        "chosen": visit.query.get("readers", ""),
    }
    return Screen("sharing.html", f"Share links: {name}", data)


async def show_all(visit: Visit) -> Screen:
    """Show the links to all reports."""
    shares = await visit.read(sharing.list_shares)
    return Screen("shares.html", "Share links and feeds", _listed(visit, shares))


def _listed(visit: Visit, shares: list[Share]) -> dict[str, object]:
    listed = [(one, sharing.last_day(one, visit.office)) for one in shares]
    return {"shares": listed, "now": visit.now, "address_of": report_address}


async def _wanted(visit: Visit, form: Form) -> tuple[str, str, Readers]:
    """Return the scope with its name, and the readers that were chosen."""
    scope, name = await scope_of(visit)
    known = {one.key: one for one in await visit.read(outside_readers, scope)}
    readers = known.get(form.text("readers"))
    if readers is None:
        raise Conflict("Choose for whom it is.")
    return scope, name, readers


async def _ask_make(visit: Visit, form: Form) -> Panel:
    """Say what readers of a link will see."""
    scope, name, readers = await _wanted(visit, form)
    plan = _plan(visit, scope, readers, Form(), visit.today)
    looking = (visit.transactions.patient, visit.office, plan, visit.now)
    edition = await asyncio.to_thread(sharing.plan_share, *looking)
    told = SEES.format(version=edition.version, name=name, whom=readers.name)
    fields = (
        Field("label", "To whom it goes; only staff see this"),
        UNTIL,
        Field("passphrase", "Passphrase, if readers must type one", hint="10 letters or more."),
    )
    return _asked(scope, readers, Panel("Make a link?", "Make the link", (told, ONCE), fields))


async def _ask_feed(visit: Visit, form: Form) -> Panel:
    """Say what a spreadsheet will read."""
    scope, name, readers = await _wanted(visit, form)
    there = await visit.read(members)
    choices = tuple(
        Choice(one.code, one.label or one.code) for one in there if one.removed_at is None
    )
    fields = (Field("member", "Whose spreadsheet", "select", choices=choices), UNTIL)
    lines = (READS.format(name=name, whom=readers.name), ONCE)
    return _asked(scope, readers, Panel("Make a feed?", "Make the feed", lines, fields))


def _asked(scope: str, readers: Readers, panel: Panel) -> Panel:
    look = f"{report_address(scope)}?{query_of(View(scope, readers.key))}"
    hidden = (("readers", readers.key),)
    return replace(panel, hidden=hidden, look=(look, "See what they will see"))


async def _make(visit: Visit, form: Form) -> Screen:
    """Make a link, and show its address once."""
    scope, _, readers = await _wanted(visit, form)
    plan = _plan(visit, scope, readers, form, _last_day(visit, form))
    making = (visit.transactions.patient, visit.office, plan, visit.now, reports_apart)
    return await _once(visit, scope, asyncio.to_thread(sharing.make_share, *making))


async def _feed(visit: Visit, form: Form) -> Screen:
    """Make a feed, and show its address once."""
    scope, _, readers = await _wanted(visit, form)
    codes, wishes = asked_for(scope, View(scope, readers.key).wishes(visit.office))
    plan = FeedPlan(codes, wishes, form.text("member"), _last_day(visit, form))
    making = (visit.transactions.patient, visit.office, plan, visit.now)
    return await _once(visit, scope, asyncio.to_thread(feeds.make_feed, *making))


def _plan(visit: Visit, scope: str, readers: Readers, form: Form, last: date) -> SharePlan:
    codes, wishes = asked_for(scope, View(scope, readers.key).wishes(visit.office))
    return SharePlan(codes, wishes, form.text("label"), last, form.text("passphrase"))


def _last_day(visit: Visit, form: Form) -> date:
    until = form.text("until")
    return typed_day(until, visit.today, "Works until") if until else visit.today + USUAL


async def _once(visit: Visit, scope: str, making: Awaitable[MadeShare]) -> Screen:
    made = await making
    address = f"{report_address(scope)}/share"
    undo = Undo(ALL, "end", (("code", made.code),), "End it again")
    data = {"address": address, "made": made, "undo": undo, "feed": "/feed/" in made.url}
    return Screen("shared.html", f"{made.code} is made", data)


def _change(
    act: Callable[..., ShareDone], back: str, said: str
) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        code = form.text("code")
        done: ShareDone = await visit.write(act, visit.office, code, visit.now)
        if not done.changed:
            return Done(f"{code}: nothing was changed.")
        return Done(said.format(code=code), (share_back(code, back),))

    return run


def share_back(code: str, act: str) -> Undo:
    """Return what ends a link, or lets it work again."""
    return Undo(ALL, act, (("code", code),))


CHANGES = {
    "end": DeskAct(ORGANISER, _change(sharing.end_share, "restore", ENDED)),
    "restore": DeskAct(ORGANISER, _change(sharing.restore_share, "end", "{code} works again.")),
}
PAGES = (
    DeskPage(ALL, ORGANISER, show_all, CHANGES),
    DeskPage(
        "/reports/{code}/share",
        ORGANISER,
        show,
        {
            "make": DeskAct(ORGANISER, _make, _ask_make),
            "feed": DeskAct(ORGANISER, _feed, _ask_feed),
            **CHANGES,
        },
    ),
)
