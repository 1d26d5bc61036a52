"""followup wave add | drop."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Result, at_desk, day_of

if TYPE_CHECKING:
    from surveys.people import Role
    from surveys.workshop import AddedWave

NOT_DONE = "Nothing was changed. Add --yes to do it."
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without it, only say what would happen.")]


@at_desk
def add(  # noqa: PLR0913 - options of a command
    here: Desk,
    code: Code,
    questionnaire: Annotated[
        str, typer.Option("--questionnaire", help="Its key, such as RISKMATRIX.")
    ],
    after: Annotated[
        str, typer.Option("--after", help="Time after the last day, such as 3m, 2w or 10d.")
    ] = "",
    before: Annotated[
        str, typer.Option("--before", help="Time before the first day, such as 2w.")
    ] = "",
    on: Annotated[str, typer.Option("--on", help="A day, such as 2018-06-08.")] = "",
    role: Annotated[
        str, typer.Option("--role", help="participant, supervisor or contact_point.")
    ] = "participant",
    days: Annotated[
        int, typer.Option("--days", min=1, max=365, help="How many days it is open.")
    ] = 28,
    yes: Yes = False,
) -> Result:
    """Ask the people of one workshop one more questionnaire, beside the waves of its plan."""
    from bot.desk.workshops import added_waves

    opens = _opens(after, before, on)
    wanted = added_waves.NewWave(questionnaire.upper(), opens, _role_of(role), days)
    found = here.database.read(added_waves.look, here.office, code, wanted, here.now)
    if found.asks and not found.known and not yes:
        return Result(found, [found.said, NOT_DONE], ok=False)
    done = here.act(added_waves.add, code, wanted, here.now)
    undo = f"Undo: `followup wave drop {code} {done.wave.key}`"
    return Result(done, [done.said, *([undo] if done.changed else [])])


def _opens(after: str, before: str, on: str) -> str:
    """Return the day that three options say, as in a plan. Raises BadInput unless one is given."""
    from surveys.planning.plan_of_workshop import read_distance
    from surveys.problems import BadInput, Problem

    if [bool(after), bool(before), bool(on)].count(True) != 1:
        fix = "Give one of --after 3m, --before 2w and --on 2018-06-08."
        raise BadInput((Problem("--after, --before, --on", "", "When is it asked?", fix=fix),))
    if on:
        return day_of(on, "--on").isoformat()
    option, text = ("--after", after) if after else ("--before", before)
    distance = read_distance(text)
    if not distance:
        fix = "Write a number and d, w or m, such as 3m for three months."
        raise BadInput((Problem(option, "", "is not a length of time.", text, fix),))
    return f"end + {distance}" if after else f"start - {distance}"


def _role_of(text: str) -> "Role":
    from surveys.people import Role
    from surveys.problem_list import did_you_mean
    from surveys.problems import BadInput, Problem

    roles = [role.value for role in Role]
    if text not in roles:
        fix = did_you_mean(text, roles) or f"Use one of: {', '.join(roles)}."
        raise BadInput((Problem("--role", "", "is not a role.", text, fix),))
    return Role(text)


@at_desk
def drop(
    here: Desk,
    code: Code,
    wave: Annotated[str, typer.Argument(help="The added wave, such as RISKMATRIX.")],
) -> Result:
    """Take back a wave that was added to one workshop, as long as it has not opened."""
    from bot.desk.workshops import added_waves

    dropped = here.act(added_waves.drop, code, wave, here.now)
    said = f"{code} {dropped.key} is dropped. It reached nobody."
    return Result(dropped, [said, f"Undo: `{_again(code, dropped)}`"])


def _again(code: str, wave: "AddedWave") -> str:
    """Return the command that adds a wave again."""
    anchor, _, distance = wave.opens.replace(" + ", "|").replace(" - ", "|").partition("|")
    options = {"end": "--after", "start": "--before"}
    when = f'{options[anchor]} "{distance}"' if distance else f"--on {wave.opens}"
    command = f"followup wave add {code} --questionnaire {wave.questionnaire} {when}"
    role = "" if wave.role == "participant" else f" --role {wave.role}"
    days = "" if wave.open_days == 28 else f" --days {wave.open_days}"
    return command + role + days
