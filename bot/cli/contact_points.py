"""followup participant handover | hand-back | supervisor."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Person, Result, at_desk
from bot.cli.participant_acts import Yes, ask, shown

if TYPE_CHECKING:
    from bot.desk.people.handover import HandedOver


def add_to(app: typer.Typer) -> None:
    """Add these commands to the group of one person."""
    app.command("handover")(handover)
    app.command("hand-back")(hand_back)
    app.command("supervisor")(supervisor)


@at_desk
def handover(
    here: Desk,
    code: Person,
    name: Annotated[str, typer.Option("--name", help="The name of the successor.")],
    email: Annotated[
        str, typer.Option("--email", help="The successor's address: the handover is at once.")
    ] = "",
    yes: Yes = False,
) -> Result:
    """Give the task of a contact point to a successor, who takes over by a code or a link.

    With --email the successor takes over at once and gets a letter. `hand-back` takes it back.
    """
    from bot.desk.people.handover import Successor, hand_over, what_hands_over

    successor = Successor(name, email)
    if email and not yes:
        return ask(here.database.read(what_hands_over, here.office, code, successor))
    return here.act_and_tell(
        lambda done: Result(done, _lines(code, done)), hand_over, code, successor, here.now
    )


@at_desk
def hand_back(here: Desk, code: Person) -> Result:
    """Take a handover back: CODE is the contact point from before."""
    from bot.desk.people.handover import hand_back

    return shown(here.act(hand_back, code, here.now))


@at_desk
def supervisor(
    here: Desk,
    workshop: Code,
    code: Person,
    name: Annotated[str, typer.Option("--name", help="The name of a new person.")] = "",
    email: Annotated[str, typer.Option("--email", help="The address of a new person.")] = "",
    known: Annotated[str, typer.Option("--code", help="The code of a known person.")] = "",
) -> Result:
    """Ask a supervisor about a participant, as the column `about` of a list does."""
    from bot.desk.people.supervisors import Supervisor, tie_supervisor

    who = Supervisor(known, name, email)
    return shown(here.act(tie_supervisor, (workshop, code), who, here.now))


def _lines(code: str, done: "HandedOver") -> list[str]:
    back = f"Undo: `followup participant hand-back {code.upper()}`"
    where = ", ".join(done.workshops)
    if done.at_once:
        return [f"{done.successor} has taken over from {code.upper()} for {where}.", back]
    ways = [f"/start {done.secret}"]
    ways += ["or agrees on the page behind this link:", done.page] if done.page else []
    return [
        f"{done.successor} takes over from {code.upper()} for {where},",
        "as soon as the successor sends this to the bot:",
        *ways,
        back,
    ]
