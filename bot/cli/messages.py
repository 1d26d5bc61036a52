"""followup messages list | settle | unsettle."""

from typing import Annotated

import typer

from bot.cli.common import Desk, Result, at_desk
from bot.wording.days import day_at

app = typer.Typer(no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The number of the message, as `list` shows it.")]


@app.callback()
def messages() -> None:
    """What people wrote to the office."""


@app.command("list")
@at_desk
def list_(here: Desk) -> Result:
    """Show the messages that wait, oldest first; that they were read is recorded."""
    from bot.desk.people.messages import read_messages

    found = here.act(read_messages, here.now)
    lines: list[str] = []
    for one in found.messages:
        workshops = ", ".join(one.workshops) or "no workshop"
        day = day_at(one.written_at, here.office.zone)
        head = f"{one.number}  {one.name} ({one.participant}), {workshops}, {day}"
        lines += [head, *(f"    {line}" for line in one.text.splitlines()), ""]
    if found.waiting > len(found.messages):
        lines.append(f"{found.waiting - len(found.messages)} more wait.")
    return Result(found, lines or ["No message to the office waits."])


@app.command()
@at_desk
def settle(here: Desk, number: Number) -> Result:
    """Note that a message was dealt with. `unsettle` takes it back."""
    from bot.desk.people.messages import settle_message

    done = here.act(settle_message, number, here.now)
    undo = [f"Undo: `followup messages unsettle {number}`"] if done.changed else []
    return Result(done, [done.said, *undo])


@app.command()
@at_desk
def unsettle(here: Desk, number: Number) -> Result:
    """Let a message wait again."""
    from bot.desk.people.messages import unsettle_message

    done = here.act(unsettle_message, number, here.now)
    undo = [f"Undo: `followup messages settle {number}`"] if done.changed else []
    return Result(done, [done.said, *undo])
