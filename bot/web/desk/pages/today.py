"""Today: what needs a person, worst first; what leaves next; what comes; what was done lately."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.desk.office.staff import may_see
from bot.desk.today.coming import Coming, coming
from bot.desk.today.lately import Lately, done_lately
from bot.desk.today.leaving import Leaving, OpenWave, leaving, open_waves, waves_to_see
from bot.desk.today.needs import Need, NeedKind, needs
from bot.settings.office import Office
from bot.web.desk.pages.jobs import TAGS as JOB_TAGS
from bot.web.desk.pages.jobs import jobs_to_show
from bot.web.desk.pages.lately import undo_of
from bot.web.desk.pages.wave_acts import wave_address
from bot.web.desk.rows import DeskPage
from bot.web.desk.times import heading_of
from bot.web.desk.visits import Screen, Visit
from storage.fieldwork.workshops import all_workshops
from storage.office.staff import Member, StaffRole
from surveys.planning.wave_states import WaveAct, WaveState

TAGS = {WaveState.OPEN: "ok", WaveState.PLANNED: "plan"}
MOST_OPEN = 25
"""How many open waves stand on the page; the workshops have all."""
WHERE = {
    NeedKind.MESSAGES: "/people/messages",
    NeedKind.ROOMS: "/people/waiting",
    NeedKind.ACCOUNTS: "/people/waiting",
    NeedKind.CALLS: "/people/calls",
}
"""Where each kind of thing is done."""


@dataclass(frozen=True)
class Today:
    """All that the page shows, read in one transaction."""

    needs: list[Need]
    leaving: list[Leaving]
    open: list[OpenWave]
    coming: list[Coming]
    lately: list[Lately]
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
            "most": MOST_OPEN,
            "jobs": await jobs_to_show(visit),
            "job_tags": JOB_TAGS,
            "address": address_of,
            "wave_address": wave_address,
            "undo_of": undo_of,
            "tags": TAGS,
            "hold": WaveAct.HOLD,
            "release": WaveAct.RELEASE,
        },
    )


def today(connection: Connection, office: Office, member: Member, now: datetime) -> Today:
    """Return what the page shows to a member: of the workshops that the member may see."""
    waves = [one for one in waves_to_see(connection, office, now) if may_see(member, one.workshop)]
    return Today(
        needs(connection, office, waves, now),
        leaving(connection, office, waves, now),
        open_waves(connection, waves, now),
        [one for one in coming(connection, office.day_of(now)) if may_see(member, one.workshop)],
        done_lately(connection, ZoneInfo(office.zone), now),
        bool(waves or all_workshops(connection)),
    )


def address_of(need: Need) -> str:
    """Return the address at which something is done."""
    if need.kind is NeedKind.WAVE:
        return wave_address(*need.about)
    if need.kind is NeedKind.LISTS:
        return f"/imports/{need.about[0]}"
    return WHERE[need.kind]


PAGE = DeskPage("", StaffRole.MANAGER, show)
