"""followup plan import | undo | list | export | remove | follow."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.added_waves import NOT_DONE, Yes
from bot.cli.common import Code, Desk, Result, at_desk
from bot.cli.printing import content_of, table, write_to

app = typer.Typer(no_args_is_help=True)

Key = Annotated[str, typer.Argument(help="The key of the plan, such as standard.")]


@app.command("import")
@at_desk
def import_(
    here: Desk,
    file: Annotated[
        Path, typer.Argument(help="A plan as .yaml; `followup plan export` shows one.")
    ],
    yes: Yes = False,
) -> Result:
    """Store a plan of the office, or replace it; workshops name it in their column `plan`."""
    from bot.desk.workshops import plans

    text = content_of(file).decode("utf-8-sig", errors="replace")
    found = here.database.read(plans.look, here.office, text, file.name)
    if found.asks and not yes:
        return Result(found, [*found.said, NOT_DONE], ok=False)
    done = here.act(plans.import_plan, text, file.name, here.now)
    return Result(done, [*done.said, *_undo_line(done.key, done.number)])


def _undo_line(key: str, number: int) -> list[str]:
    return [f"Undo: `followup plan undo {key} {number}`"] if number else []


@app.command()
@at_desk
def undo(
    here: Desk,
    key: Key,
    number: Annotated[
        int, typer.Argument(help="The number of the change. [default: the newest]")
    ] = 0,
) -> Result:
    """Take back a change of a plan, or its removal, unless it was changed since."""
    from bot.desk.workshops.plans import put_plan_back

    done = here.act(put_plan_back, key, number, here.now)
    return Result(done, [done.said, *_undo_line(key, done.number)])


@app.command("list")
@at_desk
def list_(here: Desk) -> Result:
    """List the packaged plans and those of the office, with their waves."""
    from bot.desk.workshops.plans import list_plans

    found = here.database.read(list_plans, here.office)
    rows = [(one.key, one.whose, one.workshops, " ".join(one.waves)) for one in found]
    return Result(found, table(("plan", "whose", "workshops", "waves"), rows))


@app.command()
@at_desk
def export(
    here: Desk,
    key: Key,
    out: Annotated[Path | None, typer.Option("--out", help="The .yaml file to write.")] = None,
) -> Result:
    """Show a plan as a file that can be changed and imported under another key."""
    from bot.desk.workshops.plans import text_of

    text = here.database.read(text_of, here.office, key)
    if out is None:
        return Result({"key": key, "text": text}, text.splitlines())
    write_to(out, text.encode())
    return Result({"written": str(out)}, [f"Written: {out}"])


@app.command()
@at_desk
def remove(here: Desk, key: Key) -> Result:
    """Remove a plan of the office that no workshop follows."""
    from bot.desk.workshops.plans import remove_plan

    done = here.act(remove_plan, key, here.now)
    return Result(done, [done.said, *_undo_line(key, done.number)])


@app.command()
@at_desk
def follow(here: Desk, code: Code, key: Key) -> Result:
    """Let a workshop follow another plan; waves that have opened stay."""
    from bot.desk.waves.acts import with_what_follows
    from bot.desk.workshops.following import follow_plan
    from storage.fieldwork.workshops import get_workshop

    before = here.database.read(get_workshop, code).plan
    done = here.act(follow_plan, code, key, here.now)
    done = here.database.read(with_what_follows, here.office, done, here.now)
    undo = f"Undo: `followup plan follow {done.workshop.code} {before}`"
    return Result(done, [*done.said, *([undo] if done.changed else [])])
