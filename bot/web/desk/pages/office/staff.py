"""Staff: who works here, in which role, and what a manager may see."""

from bot.desk.office import signing_in, staff
from bot.desk.office.staff_addresses import AddressDone, put_address, put_address_back
from bot.web.desk.pages import account
from bot.web.desk.pages.office import standing
from bot.web.desk.pages.office.common import ADMINISTRATOR, OFFICE, office_screen
from bot.web.desk.pages.office.standing import invitation, named_fields, role_field
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Field, Form, Panel, Screen, Undo, Visit
from bot.wording.days import moment_words
from storage.office.staff import Member, member_with
from storage.office.staff_accounts import accounts_in_use


async def show(visit: Visit) -> Screen:
    """Show the page."""
    data = {
        "people": await visit.read(staff.list_staff),
        "accounts": await visit.read(accounts_in_use),
        "removed": await visit.read(staff.removed_lately, visit.now),
        "state_of": lambda one: staff.state_of(one, visit.office, visit.now),
    }
    return office_screen(OFFICE, data)


async def _ask_add(visit: Visit, form: Form) -> Panel:
    fields = (
        Field("name", "Name, as colleagues know the person", required=True),
        role_field(),
        *await named_fields(visit),
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
    wanted = invitation(form, form.text("name")[:60])
    added = await visit.write(staff.add, visit.office, wanted, visit.now)
    return _code(visit, added)


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
        "undo": Undo(OFFICE, "remove", (("member", added.member.code),), "End access …"),
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
    undo = Undo(OFFICE, "address-back", (("member", done.member.code),))
    return Done(done.said, (undo,) if done.changed else ())


async def _ask_remove(visit: Visit, form: Form) -> Panel:
    member = await visit.read(member_with, form.text("member"))
    lines = (
        f"{member.label or member.code}, {member.role}. The access ends at once, in chat and in every "
        "browser.",
        "For a week you can give it back here. The address for letters is erased.",
    )
    hidden = (("member", member.code),)
    return Panel("End this access?", "End the access", lines, hidden=hidden)


async def _remove(visit: Visit, form: Form) -> Done:
    done = await visit.write(staff.remove, visit.office, form.text("member"), visit.now)
    name = done.member.label or done.member.code
    if not done.changed:
        return Done(f"{name} had no access any more. Nothing was changed.")
    return Done(f"{name} has no access any more.", (removal_back(done.member.code),))


def removal_back(code: str) -> Undo:
    """Return what gives a member who was removed the access again."""
    return Undo(OFFICE, "take-back", (("member", code),))


async def _take_back(visit: Visit, form: Form) -> Done:
    done = await visit.write(staff.take_back, visit.office, form.text("member"), visit.now)
    name = done.member.label or done.member.code
    if not done.changed:
        return Done(f"{name} has access already. Nothing was changed.")
    undo = Undo(OFFICE, "remove", (("member", done.member.code),), "End access …")
    return Done(f"{name} has access again, as before. {staff.TO_SET_AGAIN}", (undo,))


async def _link(visit: Visit, form: Form) -> Screen:
    """Make a link with which a member without the messenger signs in."""
    made = await visit.write(signing_in.make_link, visit.office, form.text("member"), visit.now)
    until = moment_words(made.valid_until, visit.office.zone)
    data = {"member": made.member, "path": made.path, "until": until}
    return Screen("staff_link.html", "A link to sign in", data)


PAGE = DeskPage(
    OFFICE,
    ADMINISTRATOR,
    show,
    {
        "add": DeskAct(ADMINISTRATOR, _add, _ask_add),
        "code": DeskAct(ADMINISTRATOR, _renew),
        "remove": DeskAct(ADMINISTRATOR, _remove, _ask_remove, always=True),
        "take-back": DeskAct(ADMINISTRATOR, _take_back),
        "link": DeskAct(ADMINISTRATOR, _link),
        "address": DeskAct(ADMINISTRATOR, _address, _ask_address),
        "address-back": DeskAct(ADMINISTRATOR, _address_back),
        **standing.ACTS,
        **account.OFFICE_ACTS,
    },
)
