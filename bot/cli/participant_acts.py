"""followup participant stop | start | pause | remove | restore | leave-out | take-in."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Person, Result, at_desk
from bot.cli.printing import table

if TYPE_CHECKING:
    from bot.desk.people.acts import Done


class Why(StrEnum):
    """Why the office removes a person from a workshop."""

    WRONG_LIST = "wrong-list"
    DID_NOT_COME = "did-not-come"


class How(StrEnum):
    """How the office learned that a person wants no more messages."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    LIST = "list"


Wave = Annotated[str, typer.Argument(help="The wave, such as M6.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without, only say what would happen.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the group of one person."""
    for name, command in COMMANDS.items():
        app.command(name)(command)


@at_desk
def stop(
    here: Desk,
    code: Person,
    why: Annotated[How, typer.Option("--why", help="How the office learned of it.")],
    yes: Yes = False,
) -> Result:
    """Stop all messages to a person who has told the office so. `start` takes it back."""
    from bot.desk.people.stopping import stop_person, what_stops
    from surveys.people import StopReason

    if not yes:
        return ask(here.database.read(what_stops, here.office, code))
    return shown(here.act(stop_person, code, StopReason(why), here.now))


@at_desk
def start(here: Desk, code: Person) -> Result:
    """Send a person messages again, after a pause or a stop by the office."""
    from bot.desk.people.stopping import start_person

    return shown(here.act(start_person, code, here.now))


@at_desk
def pause(
    here: Desk,
    code: Person,
    until: Annotated[
        str, typer.Option("--until", help="The day on which messages go on, such as 11 June 2018.")
    ],
) -> Result:
    """Send a person nothing before a day. `start` takes it back."""
    from bot.desk.people.stopping import day_to_come, pause_person

    return shown(
        here.act(pause_person, code, day_to_come(until, here.office.day_of(here.now)), here.now)
    )


@at_desk
def remove(
    here: Desk,
    workshop: Code,
    code: Person,
    why: Annotated[Why, typer.Option("--why", help="Why the person is removed.")],
) -> Result:
    """Take a person off a workshop; the answers stay, in no report. `restore` takes it back."""
    from bot.desk.people.removing import remove_person
    from surveys.people import RemovalReason

    return shown(here.act(remove_person, (workshop, code), RemovalReason(why), here.now))


@at_desk
def restore(here: Desk, workshop: Code, code: Person) -> Result:
    """Put a removed person back into a workshop."""
    from bot.desk.people.removing import restore_person

    return shown(here.act(restore_person, (workshop, code), here.now))


@at_desk
def leave_out(here: Desk, workshop: Code, wave: Wave, code: Person) -> Result:
    """Ask a person nothing in one wave, also one to come. `take-in` takes it back."""
    from bot.desk.people.leaving_out import leave_person_out

    return shown(here.act(leave_person_out, (workshop, wave, code), here.now))


@at_desk
def take_in(here: Desk, workshop: Code, wave: Wave, code: Person) -> Result:
    """Ask a person again in a wave that the office has left them out of."""
    from bot.desk.people.leaving_out import take_person_in

    return shown(here.act(take_person_in, (workshop, wave, code), here.now))


@at_desk
def email_back(here: Desk, code: Person) -> Result:
    """Use the e-mail address of a person again that the present one has replaced."""
    from bot.desk.people.contact_channels import put_email_back

    return shown(here.act(put_email_back, code, here.now))


@at_desk
def find(
    here: Desk, name: Annotated[str, typer.Argument(help="A code, or parts of a name.")]
) -> Result:
    """Find people by parts of their names."""
    from bot.desk.people.finding import find_people

    found = here.database.read(find_people, name)
    rows = [(one.participant, one.name, one.administration) for one in found.people]
    lines = table(("code", "name", "administration"), rows, f"Nobody is called {name!r}.")
    more = found.total - len(found.people)
    return Result(found, [*lines, *([f"{more} more: write more of the name."] if more else [])])


COMMANDS = {
    "find": find,
    "stop": stop,
    "start": start,
    "pause": pause,
    "remove": remove,
    "restore": restore,
    "leave-out": leave_out,
    "take-in": take_in,
    "email-back": email_back,
}


def shown(done: "Done") -> Result:
    """Return what an act did, with the command that takes it back."""
    return Result(done, [done.said, *([f"Undo: `{done.undo}`"] if done.undo else [])])


def ask(said: str) -> Result:
    """Return what an act would do, which `--yes` confirms. It ends with exit code 2."""
    return Result({"would": said}, [said, "Nothing was done. Add --yes to do it."], ok=False)
