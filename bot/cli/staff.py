"""followup staff add | code | link | email | email-back | digest | account-end | list | remove."""

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Desk, Result, at_desk
from bot.cli.printing import table
from bot.cli.staff_access import Donors, Member, Role, Workshops, add_to
from bot.wording.days import moment_words

if TYPE_CHECKING:
    from bot.desk.office.accounts import AccountDone
    from bot.desk.office.signing_in import NewLink
    from bot.desk.office.staff import AddedMember
    from bot.desk.office.staff_addresses import AddressDone

app = typer.Typer(no_args_is_help=True)

HOW_TO_JOIN = "The code works once and until {until}. Its owner sends this to the bot:"
WITHOUT_BOT = "There is no bot yet: `followup staff link {code}` makes a link to the desk instead."


class DigestWay(StrEnum):
    """How a member gets the monthly message; see `storage.office.digests`."""

    CHAT = "chat"
    EMAIL = "email"
    OFF = "off"


@app.command()
@at_desk
def add(
    here: Desk,
    role: Annotated[Role, typer.Argument(help="administrator, organiser or manager.")],
    name: Annotated[
        str, typer.Option("--name", help="The name that colleagues use, such as Eva.")
    ] = "",
    workshops: Workshops = None,
    donors: Donors = None,
) -> Result:
    """Make a one-time code with which a member of the staff joins in chat."""
    from bot.desk.office import staff
    from storage.office.staff import StaffRole

    wanted = staff.StaffInvitation(StaffRole(role), name, workshops or (), donors or ())
    return here.act_and_tell(lambda added: _added(here, added), staff.add, wanted, here.now)


def _added(here: Desk, added: "AddedMember") -> Result:
    told = _joining(here, added)
    undo = f"Undo: `followup staff remove {added.member.code}`"
    return replace(told, lines=[*told.lines, undo])


@app.command()
@at_desk
def code(here: Desk, member: Member) -> Result:
    """Make a new one-time code for a member of the staff who has not joined yet; the old one ends."""
    from bot.desk.office import staff

    return here.act_and_tell(
        lambda added: _joining(here, added), staff.renew_code, member, here.now
    )


def _joining(here: Desk, added: "AddedMember") -> Result:
    """Return the code of a member who has not joined yet, and what to do with it."""
    role = added.member.role
    lines = [
        f"{added.member.code} is added as {role}.",
        HOW_TO_JOIN.format(until=moment_words(added.valid_until, here.office.zone)),
        f"/start {added.secret}",
    ]
    bot = here.settings.telegram.bot_name
    if bot:
        lines.append(f"Or they open https://t.me/{bot}?start={added.secret}")
    if here.settings.telegram_token() is None and here.settings.web.public_url:
        lines.append(WITHOUT_BOT.format(code=added.member.code))
    data = {"code": added.member.code, "role": role, "secret": added.secret}
    return Result({**data, "valid_until": added.valid_until}, lines)


@app.command()
@at_desk
def link(here: Desk, member: Member) -> Result:
    """Make a link with which a member of the staff signs in to the desk in a browser."""
    from bot.desk.office.signing_in import make_link
    from bot.service.web_page import desk_url

    def told(made: "NewLink") -> Result:
        url, until = (
            desk_url(here.settings) + made.path,
            moment_words(made.valid_until, here.office.zone),
        )
        lines = [
            f"{made.member.code} signs in with this link, once and until {until}:",
            url,
            "It opens the desk while `followup run` is working.",
        ]
        data = {"code": made.member.code, "url": url, "valid_until": made.valid_until}
        return Result(data, lines)

    return here.act_and_tell(told, make_link, member, here.now)


@app.command()
@at_desk
def email(
    here: Desk,
    code: Member,
    address: Annotated[
        str, typer.Argument(help="Where letters to sign in go. [default: nowhere any more]")
    ] = "",
) -> Result:
    """Set the e-mail address with which a member of the staff signs in to the desk by letter."""
    from bot.desk.office.staff_addresses import put_address

    return _with_address(here.act(put_address, code, address, here.now))


@app.command()
@at_desk
def email_back(here: Desk, code: Member) -> Result:
    """Put back the e-mail address of a member of the staff that the present one has replaced."""
    from bot.desk.office.staff_addresses import put_address_back

    return _with_address(here.act(put_address_back, code, here.now))


def _with_address(done: "AddressDone") -> Result:
    undo = [f"Undo: `followup staff email-back {done.member.code}`"] if done.changed else []
    return Result({"code": done.member.code, "changed": done.changed}, [done.said, *undo])


@app.command()
@at_desk
def account_end(here: Desk, code: Member) -> Result:
    """Let the account of a member of the staff not sign in to the desk any more."""
    from bot.desk.office.accounts import end_account

    return _of_account(here.act(end_account, code, here.now), "account-back")


@app.command()
@at_desk
def account_back(here: Desk, code: Member) -> Result:
    """Let the account of a member of the staff sign in again that has ended last."""
    from bot.desk.office.accounts import put_account_back

    return _of_account(here.act(put_account_back, code, here.now), "account-end")


def _of_account(done: "AccountDone", undo: str) -> Result:
    undone = [f"Undo: `followup staff {undo} {done.member.code}`"] if done.changed else []
    return Result({"code": done.member.code, "changed": done.changed}, [done.said, *undone])


@app.command()
@at_desk
def digest(
    here: Desk, code: Member, way: Annotated[DigestWay, typer.Argument(help="How it is sent.")]
) -> Result:
    """Send a member of the staff a short message about the surveys each month, or none any more."""
    from bot.desk.office.digest_wishes import set_digest
    from storage.office.digests import Way

    wanted = None if way is DigestWay.OFF else Way(way)
    done = here.act(set_digest, code, wanted, here.now)
    undo = [f"Undo: `{done.undo_command}`"] if done.changed else []
    return Result({"code": done.member.code, "changed": done.changed}, [done.said, *undo])


@app.command("list")
@at_desk
def list_(here: Desk) -> Result:
    """List the staff, with their role and what a manager may see."""
    from bot.desk.office import staff
    from storage.office.staff_accounts import accounts_in_use

    found = here.database.read(staff.list_staff)
    accounts = here.database.read(accounts_in_use)
    rows = [
        (
            one.code,
            one.label or "-",
            one.role,
            ", ".join(one.scope) or "all",
            one.email or "-",
            "yes" if one.id in accounts else "-",
            staff.state_of(one, here.office, here.now),
        )
        for one in found
    ]
    heading = ("code", "name", "role", "workshops", "e-mail", "account", "in chat")
    empty = "Nobody yet. `followup staff add administrator` makes the first code."
    data = [dict(zip(heading, row, strict=True)) for row in rows]
    return Result(data, table(heading, rows, empty))


@app.command()
@at_desk
def remove(here: Desk, code: Member) -> Result:
    """End the access of a member of the staff, at once."""
    from bot.desk.office import staff

    done = here.act(staff.remove, code, here.now)
    code = done.member.code
    lines = [f"{code} has no access any more.", f"Undo: `followup staff take-back {code}`"]
    if not done.changed:
        lines = [f"{code} had no access any more. Nothing was changed."]
    return Result({"code": code, "changed": done.changed}, lines)


add_to(app)
