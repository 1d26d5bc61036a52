"""The monthly message: whether it is sent, how, and what it says about the last month."""

from bot.desk.office.digest_wishes import digest_way, set_digest
from bot.desk.today.digest import NOTHING, digest_head, digest_of, digest_parts
from bot.desk.today.digest_day import CLAIM_LASTS
from bot.web.desk.rows import DeskAct, DeskPage, Do
from bot.web.desk.visits import Done, Form, Screen, Undo, Visit
from storage.office.digests import Way, digest_in_doubt
from storage.office.staff import StaffRole
from surveys.planning.calendar import plus_months
from surveys.planning.channels import EMAIL

ADDRESS = "/monthly"
WAYS: dict[str, Way | None] = {"chat": Way.CHAT, "email": Way.EMAIL, "off": None}
"""The acts, which are named like the ways."""


async def show(visit: Visit) -> Screen:
    """Show the page; with `?month` also what the message says about the last month."""
    way = await visit.read(digest_way, visit.member)
    last = plus_months(visit.today.replace(day=1), -1)
    data: dict[str, object] = {"way": way, "last": last, "member": visit.member, "head": ""}
    doubt = await visit.read(digest_in_doubt, visit.member.id, visit.now - CLAIM_LASTS)
    data["doubt"] = plus_months(doubt, -1) if doubt else None
    data["letters"] = EMAIL in visit.office.rules.channels
    if "month" in visit.query:
        found = await visit.read(digest_of, visit.office, visit.member, last, visit.now)
        data |= {
            "head": digest_head(found),
            "parts_of_it": digest_parts(found),
            "nothing": NOTHING,
        }
    return Screen("monthly.html", "The monthly message", data)


def _set(way: Way | None) -> Do:
    async def do(visit: Visit, form: Form) -> Done:
        code = visit.member.code
        done = await visit.write(set_digest, visit.office, code, way, visit.now)
        before = next(name for name, one in WAYS.items() if one == done.before)
        return Done(done.said, (Undo(ADDRESS, before),) if done.changed else ())

    return do


ACTS = {name: DeskAct(StaffRole.MANAGER, _set(way)) for name, way in WAYS.items()}
PAGE = DeskPage(ADDRESS, StaffRole.MANAGER, show, ACTS)
