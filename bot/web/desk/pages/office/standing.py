"""The acts that change the role of a member, and what a manager may see; and their fields."""

from bot.desk.office import staff
from bot.desk.office.standing import Standing, change_standing, standing_of
from bot.web.desk.pages.office.common import ADMINISTRATOR, OFFICE
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Undo, Visit
from storage.office.staff import StaffRole, member_with
from surveys.problems import BadInput, Problem

ROLES = (
    Choice("manager", "Manager", "sees results and numbers, no names"),
    Choice("organiser", "Organiser", "workshops, waves, people, own words"),
    Choice("administrator", "Administrator", "all of it, and the office"),
)
ALL = "A manager of whom you name none sees all. The other roles always see all."


def role_field(value: str = "") -> Field:
    """Return the field in which a role is chosen."""
    return Field("role", "Role", "radio", value, choices=ROLES, required=True)


async def named_fields(visit: Visit, scope: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Return the fields with the donors and workshops that a manager may see."""
    donors = await visit.read(staff.donors_known)
    codes = ", ".join(one for one in scope if one not in donors)
    typed = Field(
        "workshops", "Workshops that a manager may see", value=codes, hint=f"Codes. {ALL}"
    )
    if not donors:
        return (typed,)
    ticked = "\n".join(one for one in scope if one in donors)
    choices = tuple(Choice(one, one) for one in donors)
    boxes = Field("donors", "Or all workshops of these donors", "boxes", ticked, "", choices)
    return (typed, boxes)


def invitation(form: Form, label: str = "") -> staff.StaffInvitation:
    """Return what a form says about a member. Raise BadInput without a role."""
    typed = form.text("workshops").replace(";", ",").replace("\n", ",").split(",")
    workshops = tuple(one.strip() for one in typed if one.strip())
    return staff.StaffInvitation(_role(form.text("role")), label, workshops, form.all("donors"))


def _role(typed: str) -> StaffRole:
    try:
        return StaffRole(typed)
    except ValueError:
        fix = "Choose manager, organiser or administrator."
        raise BadInput((Problem("Role", "", "is missing.", fix=fix),)) from None


async def _ask(visit: Visit, form: Form) -> Panel:
    member = await visit.read(member_with, form.text("member"))
    name = member.label or member.code
    lines = (
        f"{name} is {standing_of(member)}. Another role holds at once, in chat too, and signs the "
        "person out in every browser.",
    )
    fields = (role_field(member.role), *await named_fields(visit, member.scope))
    hidden = (("member", member.code),)
    return Panel(f"The role of {name}", "Save the role", lines, fields, hidden=hidden)


async def _change(visit: Visit, form: Form) -> Done:
    return await _changed(visit, form, invitation(form), None)


async def _back(visit: Visit, form: Form) -> Done:
    """Take a change back, unless somebody has changed the member since."""
    before = staff.StaffInvitation(_role(form.text("role")), workshops=form.all("named"))
    left = Standing(_role(form.text("left")), form.all("left_named"))
    return await _changed(visit, form, before, left)


async def _changed(
    visit: Visit, form: Form, wanted: staff.StaffInvitation, left: Standing | None
) -> Done:
    code = form.text("member")
    done = await visit.write(change_standing, visit.office, code, wanted, visit.now, left)
    undo = role_back(done.member.code, done.before, done.after)
    return Done(done.said, (undo,) if done.changed else ())


def role_back(code: str, before: Standing, after: Standing) -> Undo:
    """Return what gives a member the role of before, if it is still as it was left."""
    named = (("named", one) for one in before.scope)
    left = (("left_named", one) for one in after.scope)
    roles = (("member", code), ("role", str(before.role)), ("left", str(after.role)))
    return Undo(OFFICE, "role-back", (*roles, *named, *left))


ACTS = {
    "role": DeskAct(ADMINISTRATOR, _change, _ask),
    "role-back": DeskAct(ADMINISTRATOR, _back),
}
"""By the names that addresses and forms use."""
