"""followup workshop list | rename."""

from typing import Annotated

import typer

from bot.cli.common import Code, Desk, Result, at_desk
from bot.cli.printing import place_words, table

MOST = 30
"""Workshops that a list shows unless all are asked for."""
NO_WORKSHOPS = "There are no workshops yet. `followup workshop import FILE` adds them."


@at_desk
def list_(
    here: Desk,
    search: Annotated[
        str, typer.Option("--search", help="Only those with these words in code, title or place.")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="All, not only the first 30.")] = False,
) -> Result:
    """List workshops: those that go on or are asked now, coming, past, then cancelled ones."""
    from bot.desk.workshops.listing import list_workshops

    found = here.database.read(list_workshops, here.office.day_of(here.now), search)
    shown = found if every else found[:MOST]
    left = len(found) - len(shown)
    rows = [
        (
            one.group,
            one.workshop.code,
            one.workshop.starts_on,
            one.workshop.ends_on,
            place_words(one.workshop),
            one.workshop.title,
        )
        for one in shown
    ]
    empty = "No workshop matches." if search else NO_WORKSHOPS
    lines = table(("", "code", "first day", "last day", "place", "title"), rows, empty)
    more = [f"{left} more: `followup workshop list --all` shows them, or --search WORDS some."]
    return Result([one.workshop for one in found], [*lines, *(more if left else [])])


@at_desk
def rename(
    here: Desk,
    code: Code,
    new: Annotated[str, typer.Argument(help="The new code, such as RM-2018.")],
) -> Result:
    """Give a workshop another code; links, codes of people and the former code go on working."""
    from bot.desk.workshops.renaming import rename as rename_workshop

    done = here.act(rename_workshop, code, new, here.now)
    undo = f"Undo: `followup workshop rename {done.code} {done.former}`"
    return Result(done, [done.said, *([undo] if done.changed else [])])
