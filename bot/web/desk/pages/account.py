"""Your account: whether the member signs in with an account of the office."""

from bot.desk.office.accounts import AccountDone, end_account, put_account_back
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Screen, Undo, Visit
from storage.office.staff import StaffRole
from storage.office.staff_accounts import account_of_member

ADDRESS, OFFICE = "/account", "/office"
MANAGER, ADMINISTRATOR = StaffRole.MANAGER, StaffRole.ADMINISTRATOR


async def show(visit: Visit) -> Screen:
    """Show the page."""
    account = await visit.read(account_of_member, visit.member.id)
    used = account is not None and account.ended_at is None
    data = {"bound": account.bound_at if account and used else None, "accounts": visit.accounts}
    return Screen("account.html", "Your account", data)


async def _end(visit: Visit, form: Form) -> Done:
    done = await visit.write(end_account, visit.office, visit.member.code, visit.now)
    return Done(done.said, (Undo(ADDRESS, "back"),) if done.changed else ())


async def _back(visit: Visit, form: Form) -> Done:
    code = visit.member.code
    return of_bound(await visit.write(put_account_back, visit.office, code, visit.now))


async def _end_of_member(visit: Visit, form: Form) -> Done:
    code = form.text("member")
    return _of_member(await visit.write(end_account, visit.office, code, visit.now), "back")


async def _back_of_member(visit: Visit, form: Form) -> Done:
    code = form.text("member")
    return _of_member(await visit.write(put_account_back, visit.office, code, visit.now), "end")


def _of_member(done: AccountDone, undo: str) -> Done:
    about = (("member", done.member.code),)
    return Done(done.said, (Undo(OFFICE, f"account-{undo}", about),) if done.changed else ())


def of_bound(done: AccountDone) -> Done:
    """Return what binding an account did, with its undo, on this page."""
    return Done(done.said, (Undo(ADDRESS, "end"),) if done.changed else (), ADDRESS)


ACTS = {"end": DeskAct(MANAGER, _end), "back": DeskAct(MANAGER, _back)}
OFFICE_ACTS = {
    "account-end": DeskAct(ADMINISTRATOR, _end_of_member),
    "account-back": DeskAct(ADMINISTRATOR, _back_of_member),
}
"""The same for an administrator, about another member."""
PAGE = DeskPage(ADDRESS, MANAGER, show, ACTS)
