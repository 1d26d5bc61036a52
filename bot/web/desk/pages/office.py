"""Office: the staff and their sessions, whether the bot is well, and the audit log."""

import asyncio
from datetime import timedelta

from bot.desk.office import signing_in, staff
from bot.desk.office.staff_addresses import AddressDone, put_address, put_address_back
from bot.desk.waves.holding import continue_rounds
from bot.operations.health import Level, health_of
from bot.web.desk.pages import account
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Undo, Visit
from bot.wording.days import moment_words
from storage.office.audit import Entry, entries
from storage.office.desk_sessions import sessions
from storage.office.staff import Member, StaffRole, member_with, members
from storage.office.staff_accounts import accounts_in_use
from surveys.problems import BadInput, Problem

ADMINISTRATOR = StaffRole.ADMINISTRATOR
ADDRESS = "/office"
LEVELS = {Level.WRONG: "now", Level.LOOK: "soon", Level.FINE: "ok"}
A_MONTH = timedelta(days=31)


async def show(visit: Visit) -> Screen:
    """Show the page."""
    health = await asyncio.to_thread(
        health_of, visit.transactions.database, visit.office, visit.now
    )
    order = list(LEVELS)
    people = await visit.read(staff.list_staff)
    data = {
        "people": people,
        "accounts": await visit.read(accounts_in_use),
        "state_of": lambda one: staff.state_of(one, visit.office, visit.now),
        "sessions": await visit.read(sessions, visit.now - signing_in.IDLE),
        "checks": sorted(health.checks, key=lambda one: order.index(one.level)),
        "levels": LEVELS,
    }
    return Screen("office.html", "Office", data)


async def show_audit(visit: Visit) -> Screen:
    """Show the audit log of the last month, the newest line first; words search in it."""
    words = visit.search.casefold().split()
    labels = {one.code: one.label for one in await visit.read(members)}
    log = reversed(await visit.read(entries, visit.now - A_MONTH))
    found = [one for one in log if _has(one, labels.get(one.who, ""), words)]
    pages, listed = page_of(found, visit.query)
    data = {"listed": listed, "pages": pages, "q": " ".join(words), "labels": labels}
    return Screen("audit.html", "Audit log", data)


def _has(one: Entry, label: str, words: list[str]) -> bool:
    text = f"{one.who} {label} {one.act} {one.about}".casefold()
    return all(word in text for word in words)


async def _ask_add(visit: Visit, form: Form) -> Panel:
    roles = (
        Choice("manager", "Manager", "sees results and numbers, no names"),
        Choice("organiser", "Organiser", "workshops, waves, people, own words"),
        Choice("administrator", "Administrator", "all of it, and the office"),
    )
    fields = (
        Field("name", "Name, as colleagues know the person", required=True),
        Field("role", "Role", "radio", choices=roles, required=True),
        Field(
            "scope",
            "Workshops or donors that a manager may see",
            hint="Codes with commas between. Empty: all.",
        ),
    )
    name = form.text("name").casefold()
    here = await visit.read(staff.list_staff)
    same = [f"{one.label} is here already, as {one.code}." for one in here if _is(one, name)]
    lines = ("The person joins with a code that works once, for a week.", *same)
    title = "Add somebody to the staff?"
    return Panel(title, "Make the code", lines, fields, grown=bool(same))


def _is(member: Member, name: str) -> bool:
    return bool(name) and member.label.casefold() == name


async def _add(visit: Visit, form: Form) -> Screen:
    wanted = staff.StaffInvitation(_role(form), form.text("name")[:60], _scope(form))
    added = await visit.write(staff.add, visit.office, wanted, visit.now)
    return _code(visit, added)


def _role(form: Form) -> StaffRole:
    try:
        return StaffRole(form.text("role"))
    except ValueError:
        fix = "Choose manager, organiser or administrator."
        raise BadInput((Problem("Role", "", "is missing.", fix=fix),)) from None


def _scope(form: Form) -> tuple[str, ...]:
    return tuple(part.strip() for part in form.text("scope").split(",") if part.strip())


async def _renew(visit: Visit, form: Form) -> Screen:
    return _code(
        visit, await visit.write(staff.renew_code, visit.office, form.text("member"), visit.now)
    )


def _code(visit: Visit, added: staff.AddedMember) -> Screen:
    until = moment_words(added.valid_until, visit.office.zone)
    data = {
        "member": added.member,
        "secret": added.secret,
        "until": until,
        "bot": visit.office.bot,
    }
    return Screen("staff_code.html", "A code for the staff", data)


async def _ask_address(visit: Visit, form: Form) -> Panel:
    member = await visit.read(member_with, form.text("member"))
    lines = (
        "On the page to sign in, the person types it and gets a letter with a link. Nobody is "
        "written to now.",
    )
    hint = "Empty: no letters."
    field = Field("email", "E-mail address", "email", member.email, hint=hint)
    title = f"The address of {member.label or member.code}"
    return Panel(title, "Save the address", lines, (field,), hidden=(("member", member.code),))


async def _address(visit: Visit, form: Form) -> Done:
    member, email = form.text("member"), form.text("email")
    return _of_address(await visit.write(put_address, visit.office, member, email, visit.now))


async def _address_back(visit: Visit, form: Form) -> Done:
    member = form.text("member")
    return _of_address(await visit.write(put_address_back, visit.office, member, visit.now))


def _of_address(done: AddressDone) -> Done:
    undo = Undo(ADDRESS, "address-back", (("member", done.member.code),))
    return Done(done.said, (undo,) if done.changed else ())


async def _ask_remove(visit: Visit, form: Form) -> Panel:
    member = await visit.read(member_with, form.text("member"))
    lines = (
        f"{member.label or member.code}, {member.role}. The access ends at once, in chat and in the "
        "browser.",
        "It cannot be undone; a new code makes a new member.",
    )
    hidden = (("member", member.code),)
    return Panel("End this access?", "End the access", lines, hidden=hidden, final=True)


async def _remove(visit: Visit, form: Form) -> Done:
    done = await visit.write(staff.remove, visit.office, form.text("member"), visit.now)
    name = done.member.label or done.member.code
    if not done.changed:
        return Done(f"{name} had no access any more. Nothing was changed.")
    return Done(f"{name} has no access any more.")


async def _link(visit: Visit, form: Form) -> Screen:
    """Make a link with which a member without the messenger signs in."""
    made = await visit.write(signing_in.make_link, visit.office, form.text("member"), visit.now)
    until = moment_words(made.valid_until, visit.office.zone)
    data = {"member": made.member, "path": made.path, "until": until}
    return Screen("staff_link.html", "A link to sign in", data)


async def _continue(visit: Visit, form: Form) -> Done:
    return Done(await visit.write(continue_rounds, visit.office, visit.now))


async def _ask_continue(visit: Visit, form: Form) -> Panel:
    lines = (
        "After a long stop of the bot nothing is sent, opened or closed until somebody says that the "
        "clock of its computer is right.",
        f"It says {moment_words(visit.now, visit.office.zone)}.",
    )
    return Panel("Is the clock right?", "It is right: go on", lines)


async def _end(visit: Visit, form: Form) -> Done:
    found = await visit.read(sessions, visit.now - signing_in.LONGEST)
    wanted = next((one for one in found if one.id == form.number("session")), None)
    if wanted is None:
        return Done("This session is over already. Nothing was changed.")
    await visit.write(signing_in.sign_out, wanted, visit.now)
    return Done(f"The session of {wanted.member.label or wanted.member.code} is over.")


PAGES = (
    DeskPage(
        ADDRESS,
        ADMINISTRATOR,
        show,
        {
            "add": DeskAct(ADMINISTRATOR, _add, _ask_add),
            "code": DeskAct(ADMINISTRATOR, _renew),
            "remove": DeskAct(ADMINISTRATOR, _remove, _ask_remove, always=True),
            "link": DeskAct(ADMINISTRATOR, _link),
            "address": DeskAct(ADMINISTRATOR, _address, _ask_address),
            "address-back": DeskAct(ADMINISTRATOR, _address_back),
            **account.OFFICE_ACTS,
            "end": DeskAct(ADMINISTRATOR, _end),
            "continue": DeskAct(ADMINISTRATOR, _continue, _ask_continue),
        },
    ),
    DeskPage("/office/audit", ADMINISTRATOR, show_audit),
)
