"""followup staff role | take-back | sessions | sign-out."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import TYPED_CODE, Desk, Result, asked_first, at_desk
from bot.cli.printing import table
from bot.wording.days import moment_words

if TYPE_CHECKING:
    from bot.desk.office.standing import Standing
    from storage.office.desk_sessions import Session

Member = Annotated[
    str, typer.Argument(metavar="CODE", help="The code of the person, such as S-7KQ2MZ9D.")
]
Workshops = Annotated[
    list[str] | None,
    typer.Option("--workshop", help="A manager sees this workshop only. [default: all]"),
    TYPED_CODE,
]
Donors = Annotated[
    list[str] | None,
    typer.Option("--donor", help="A manager sees the workshops of this donor."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without, only say what would happen.")]


class Role(StrEnum):
    """The roles of `storage.office.staff`, which takes too long to read for a help."""

    MANAGER = "manager"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"


def add_to(app: typer.Typer) -> None:
    """Add these commands to the group of the staff."""
    for name, command in COMMANDS.items():
        app.command(name)(command)


@at_desk
def role(
    here: Desk,
    code: Member,
    role: Annotated[
        Role, typer.Argument(metavar="ROLE", help="administrator, organiser or manager.")
    ],
    workshops: Workshops = None,
    donors: Donors = None,
) -> Result:
    """Give a member of the staff another role, or limit a manager to other workshops or donors.

    It holds at once, in chat and in the browser. With another role all browsers are signed out.
    """
    from bot.desk.office.staff import StaffInvitation, donors_known
    from bot.desk.office.standing import change_standing
    from storage.office.staff import StaffRole

    wanted = StaffInvitation(StaffRole(role), "", workshops or (), donors or ())
    done = here.act(change_standing, code, wanted, here.now)
    lines = [done.said]
    if done.changed:
        named = here.database.read(donors_known)
        lines.append(f"Undo: `{_role_command(done.member.code, done.before, named)}`")
    data = {"code": done.member.code, "role": done.after.role, "changed": done.changed}
    return Result({**data, "scope": done.after.scope}, lines)


def _role_command(code: str, standing: "Standing", donors: list[str]) -> str:
    """Return the command that gives a member a role and its limits."""
    import shlex

    limits = [("--donor" if one in donors else "--workshop", one) for one in standing.scope]
    words = ["followup", "staff", "role", code, str(standing.role)]
    return shlex.join([*words, *(word for pair in limits for word in pair)])


@at_desk
def take_back(here: Desk, code: Member) -> Result:
    """Give the access back to a member of the staff who was removed within a week."""
    from bot.desk.office import staff

    done = here.act(staff.take_back, code, here.now)
    code = done.member.code
    lines = [f"{code} has access already. Nothing was changed."]
    if done.changed:
        said = f"{code} has access again, as before. {staff.TO_SET_AGAIN}"
        lines = [said, f"Undo: `followup staff remove {code}`"]
    return Result({"code": code, "changed": done.changed}, lines)


@at_desk
def sessions(here: Desk) -> Result:
    """List the browsers in which somebody is signed in to the desk."""
    from bot.desk.office.sessions import list_sessions

    found = here.database.read(list_sessions, here.now)
    zone = here.office.zone
    rows = [
        (
            one.member.code,
            one.member.label or "-",
            one.browser,
            moment_words(one.seen_at, zone),
            moment_words(one.began_at, zone),
        )
        for one in found
    ]
    heading = ("code", "name", "browser", "used last", "since")
    data = [dict(zip(heading, row, strict=True)) for row in rows]
    return Result(data, table(heading, rows, "Nobody is signed in."))


@at_desk
def sign_out(
    here: Desk,
    code: Annotated[
        str, typer.Argument(metavar="[CODE]", help="Whose browsers. [default: those of everybody]")
    ] = "",
    yes: Yes = False,
) -> Result:
    """Sign a member of the staff out in every browser, or everybody."""
    from bot.desk.office.sessions import end_all, list_sessions
    from storage.office.staff import member_with

    if not yes:
        member = here.database.read(member_with, code) if code else None
        found = here.database.read(list_sessions, here.now)
        reached = [one for one in found if member is None or one.member.id == member.id]
        return asked_first(_question(reached))
    said = here.act(end_all, here.now, code)
    return Result({"said": said}, [said])


def _question(reached: "list[Session]") -> str:
    from bot.wording.counts import counted

    names = dict.fromkeys(one.member.label or one.member.code for one in reached)
    return f"Would sign out {counted(len(reached), 'browser')}: {', '.join(names) or 'nobody'}."


COMMANDS = {
    "role": role,
    "take-back": take_back,
    "sessions": sessions,
    "sign-out": sign_out,
}
