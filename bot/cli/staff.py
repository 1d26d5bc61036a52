"""followup staff add | list | remove, and followup audit."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.common import Config, Json, moment_of, opened, show, table
from bot.desk.office import staff
from storage.office.audit import entries
from storage.office.staff import StaffRole

app = typer.Typer(no_args_is_help=True)

HOW_TO_JOIN = (
    "The code works once and until {until:%Y-%m-%d %H:%M} UTC. Its owner sends this to the bot:"
)


@app.command()
def add(
    role: Annotated[StaffRole, typer.Argument(help="administrator, organiser or manager.")],
    name: Annotated[
        str, typer.Option("--name", help="How colleagues know them, such as Eva.")
    ] = "",
    workshops: Annotated[
        list[str] | None,
        typer.Option("--workshop", help="A manager sees this workshop only. [default: all]"),
    ] = None,
    donors: Annotated[
        list[str] | None,
        typer.Option("--donor", help="A manager sees the workshops of this donor."),
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """A one-time code that makes the chat of somebody of the office staff."""
    wanted = staff.StaffInvitation(role, name, workshops or (), donors or ())
    with opened(config) as here:
        added = here.database.run(staff.add, here.office, wanted, here.now)
        bot = here.settings.telegram.bot_name
    lines = [
        f"{added.member.code} is added as {role}.",
        HOW_TO_JOIN.format(until=added.valid_until),
        f"/start {added.secret}",
    ]
    if bot:
        lines.append(f"Or they open https://t.me/{bot}?start={added.secret}")
    data = {"code": added.member.code, "role": role, "secret": added.secret}
    show({**data, "valid_until": added.valid_until}, lines, as_json)


@app.command("list")
def list_(config: Config = None, as_json: Json = False) -> None:
    """Everybody who works here, with their role and what a manager may see."""
    with opened(config) as here:
        found = here.database.read(staff.list_staff)
    rows = [
        (
            one.code,
            one.label or "-",
            one.role,
            ", ".join(one.scope) or "all",
            staff.state_of(one, here.now),
        )
        for one in found
    ]
    heading = ("code", "name", "role", "workshops", "in chat")
    empty = "Nobody yet. `followup staff add administrator` makes the first code."
    data = [dict(zip(heading, row, strict=True)) for row in rows]
    show(data, table(heading, rows, empty), as_json)


@app.command()
def remove(
    code: Annotated[str, typer.Argument(help="The code of the person, such as S-7KQ2MZ9D.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """End the access of somebody of the office, at once."""
    with opened(config) as here:
        done = here.database.run(staff.remove, here.office, code, here.now)
    line = f"{done.member.code} has no access any more."
    if not done.changed:
        line = f"{done.member.code} had no access any more. Nothing was changed."
    show({"code": done.member.code, "changed": done.changed}, [line], as_json)


def audit(
    since: Annotated[
        str | None, typer.Option("--since", help="A moment such as 2018-06-08T00:00Z.")
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Who did what, and when: the log that nobody can change."""
    moment: datetime | None = moment_of(since, "--since") if since else None
    with opened(config) as here:
        found = here.database.read(entries, moment)
    rows = [
        (
            f"{one.at:%Y-%m-%d %H:%M}",
            one.who,
            one.act,
            one.about,
            ", ".join(f"{name} {number}" for name, number in one.counts.items()),
        )
        for one in found
    ]
    show(found, table(("when (UTC)", "who", "what", "about", "counts"), rows), as_json)
