"""followup workshop room | card: what is shown in the room: its code, a poster, and a card."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Result, at_desk, day_of
from bot.cli.printing import writable

if TYPE_CHECKING:
    from datetime import date

    from bot.desk.workshops.room_codes import RoomCode


@at_desk
def room(
    here: Desk,
    code: Code,
    day: Annotated[
        str | None, typer.Option("--on", help="The day it works. [default: today]")
    ] = None,
    end: Annotated[bool, typer.Option("--end", help="End the code that works now.")] = False,
    poster: Annotated[
        Path | None, typer.Option("--poster", help="A .pdf to hang up in the room.")
    ] = None,
) -> Result:
    """Make one code for everybody in the room, for one day of the host; the code before ends.

    People write it to the bot and say who they are. Organisers confirm each of them in chat.
    """
    from bot.desk.workshops.code_sheets import chat_link
    from bot.desk.workshops.room_codes import end_room_code, make_room_code
    from bot.desk.workshops.texts import code_lines

    wanted = day_of(day, "--on") if day else None
    if poster is not None and not end:
        return _room_poster(here, code, wanted, poster)
    if end:
        said = here.act(end_room_code, code, here.now)
        return Result({"said": said}, [said])

    def result(made: "RoomCode") -> Result:
        link = chat_link(here.office.bot, made.code)
        return Result({**asdict(made), "link": link}, code_lines(made, link))

    return here.act_and_tell(result, make_room_code, code, wanted, here.now)


def _room_poster(here: Desk, code: str, day: "date | None", file: Path) -> Result:
    """Write the poster of a new room code, and then store the code."""
    from bot.desk.workshops.posters import draw_poster, poster_facts
    from bot.desk.workshops.room_codes import keep_room_code, new_room_code
    from bot.desk.workshops.texts import code_lines
    from storage.files import beside, write_synced

    made = here.database.read(new_room_code, code, day, here.now)
    facts = here.database.read(poster_facts, made.workshop)
    content = draw_poster(facts, made, here.office.bot, here.now)
    with writable(file), beside(file) as new:
        write_synced(new, content)
        here.act(keep_room_code, made, here.now)
    lines = [*code_lines(made), f"Written: {file}", *filter(None, [facts.warning])]
    return Result({**asdict(made), "poster": str(file)}, lines)


@at_desk
def card(
    here: Desk,
    code: Code,
    out: Annotated[Path, typer.Option("--out", help="The .pdf to write.")],
) -> Result:
    """Write a card to project in the room: what will be asked, and how to join, in all languages."""
    from bot.cli.endings import check_ending
    from bot.cli.printing import write_to
    from bot.desk.workshops.room_cards import card_pages, draw_card

    check_ending(out, ("pdf",))
    pages = here.database.read(card_pages, here.office, code)
    write_to(out, draw_card(pages, here.now))
    named = ", ".join(str(page["named"]) for page in pages)
    return Result({"file": str(out), "languages": named}, [f"Written: {out}, in {named}"])
