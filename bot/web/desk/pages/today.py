"""Today: what needs a person, worst first; what leaves next; what comes; what was done lately."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.desk.office.staff import may_see
from bot.desk.today.coming import Coming, coming
from bot.desk.today.lately import Lately, done_lately
from bot.desk.today.leaving import Ahead, Leaving, OpenWave, leaving, look_ahead, open_waves
from bot.desk.today.needs import Need, NeedKind, needs
from bot.settings.office import Office
from bot.web.desk.pages.earlier_answers import table_address
from bot.web.desk.pages.jobs import SHOWN, jobs_to_show
from bot.web.desk.pages.jobs import TAGS as JOB_TAGS
from bot.web.desk.pages.lately import undo_for, why_not
from bot.web.desk.pages.people.asked import ADDRESS as ASKED
from bot.web.desk.pages.wave_acts import wave_address
from bot.web.desk.rows import DeskPage
from bot.web.desk.times import heading_of
from bot.web.desk.visits import Screen, Visit
from storage.fieldwork.workshops import all_workshops, workshop_codes
from storage.office.jobs import Job, jobs_since
from storage.office.staff import Member, StaffRole
from surveys.planning.wave_states import WaveAct, WaveState

TAGS = {WaveState.OPEN: "ok", WaveState.PLANNED: "plan"}
MOST = 25
"""How many things to do stand on the page, and half of how many waves that send."""
MOST_OPEN = 12
"""How many open waves stand on the page, those that close first; the workshops have all."""
WHERE = {
    NeedKind.MESSAGES: "/people/messages",
    NeedKind.ROOMS: "/people/waiting",
    NeedKind.ACCOUNTS: "/people/waiting",
    NeedKind.CALLS: "/people/calls",
    NeedKind.HELP: ASKED,
}
"""Where each kind of thing is done."""


@dataclass(frozen=True)
class Today:
    """All that the page shows, read in one transaction."""

    needs: list[Need]
    leaving: list[Leaving]
    opened: int
    """How many waves are open."""
    open: list[OpenWave]
    coming: list[Coming]
    lately: list[Lately]
    jobs: list[Job]
    begun: bool
    """Whether there is a workshop."""


async def show(visit: Visit) -> Screen:
    """Show the page; managers see no names and no acts."""
    found = await visit.read(today, visit.office, visit.member, visit.now)
    return Screen(
        "today.html",
        heading_of(visit.now, visit.zone),
        {
            "found": found,
            "most": MOST,
            "jobs": jobs_to_show(visit, found.jobs),
            "job_tags": JOB_TAGS,
            "address": address_of,
            "wave_address": wave_address,
            "undo_of": partial(undo_for, visit),
            "why_not": why_not,
            "tags": TAGS,
            "hold": WaveAct.HOLD,
            "release": WaveAct.RELEASE,
        },
    )


def today(connection: Connection, office: Office, member: Member, now: datetime) -> Today:
    """Return what the page shows to a member: of the workshops that the member may see."""
    ahead = look_ahead(connection, office, now)
    waves = [one for one in ahead.waves if may_see(member, one.workshop)]
    opened, listed = open_waves(connection, office, now, MOST_OPEN, _seen(connection, member))
    acts = member.role.may(StaffRole.ORGANISER)
    return Today(
        needs(connection, office, waves, now) if acts else [],
        leaving(connection, office, Ahead(waves, ahead.messages), now),
        opened,
        listed,
        [one for one in coming(connection, office.day_of(now)) if may_see(member, one.workshop)],
        done_lately(connection, ZoneInfo(office.zone), now) if acts else [],
        jobs_since(connection, now - SHOWN),
        bool(waves or opened or workshop_codes(connection)),
    )


def _seen(connection: Connection, member: Member) -> list[str] | None:
    """Return the codes of the workshops that a member may see, None for all."""
    if not member.scope:
        return None
    return [one.code for one in all_workshops(connection) if may_see(member, one)]


def address_of(need: Need) -> str:
    """Return the address at which something is done."""
    if need.kind is NeedKind.WAVE:
        return wave_address(*need.about)
    if need.kind is NeedKind.LISTS:
        code, number = need.about
        return table_address(code, int(number)) if code else f"/imports/{number}"
    return WHERE[need.kind]


PAGE = DeskPage("", StaffRole.MANAGER, show)
