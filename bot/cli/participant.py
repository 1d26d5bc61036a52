"""followup participant channel | email."""

from typing import Annotated

import typer

from bot import ways
from bot.cli.common import Config, Json, opened, show

app = typer.Typer(no_args_is_help=True)

Person = Annotated[str, typer.Argument(help="The code of the person, such as P-7KQ2MZ9D.")]


@app.callback()
def participant() -> None:
    """One person."""


@app.command()
def channel(
    code: Person,
    channel: Annotated[str, typer.Argument(help="telegram or email.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Note through which channel a person wants our messages."""
    with opened(config) as here:
        done = here.database.run(ways.choose_channel, here.office, code, channel, here.now)
    data = {"participant": done.code, "channel": done.channel}
    show(data, [f"{done.code} is written to by {done.channel} from now on."], as_json)


@app.command()
def email(
    code: Person,
    address: Annotated[str, typer.Argument(help="The new address.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Give a person a new e-mail address; the one before is not used any more."""
    with opened(config) as here:
        done = here.database.run(ways.put_email, here.office, code, address, here.now)
    show({"participant": done.code}, [f"{done.code} has a new e-mail address."], as_json)
