"""followup participant show | erase | merge | unmerge | move | relink | channel | email | handover."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Config, Json, opened, show, table
from bot.desk.people import contact_channels
from bot.desk.people import person as records
from bot.desk.people.handover import hand_over
from bot.desk.people.person import PersonRecord
from bot.desk.people.relinking import relink_person
from surveys.people import Participant

app = typer.Typer(no_args_is_help=True)

COPIES = "Copies made before still hold the data until they are deleted (backups.keep)."
Person = Annotated[str, typer.Argument(help="The code of the person, such as P-7KQ2MZ9D.")]


@app.callback()
def participant() -> None:
    """One person."""


@app.command("show")
def show_(code: Person, config: Config = None, as_json: Json = False) -> None:
    """What is stored about a person; addresses are shortened."""
    with opened(config) as here:
        record = here.database.read(records.show_person, code, here.now)
    show(record, record_lines(record), as_json)


@app.command()
def erase(
    code: Person,
    keep_answers: Annotated[
        bool, typer.Option("--keep-answers", help="Only if the person agrees to that.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it is done.")] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Delete name, addresses, codes, links and answers of a person. It cannot be taken back.

    With --keep-answers all answers stay, under no name, that are not in the person's own words.
    """
    if not yes:
        typer.confirm(f"Delete everything about {code}? It cannot be taken back.", abort=True)
    with opened(config) as here:
        done = here.database.run(
            records.erase_code, here.office, code, here.now, keep_answers=keep_answers
        )
        here.database.scrub()
    answers = "Answers without own words are kept." if done.answers_kept else "So are all answers."
    show(done, [f"{done.participant} is erased. {answers}", COPIES], as_json)


@app.command()
def channel(
    code: Person,
    channel: Annotated[str, typer.Argument(help="telegram or email.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Note through which channel a person wants our messages."""
    done = _changed(contact_channels.choose_channel, code, channel, config)
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
    done = _changed(contact_channels.put_email, code, address, config)
    show({"participant": done.code}, [f"{done.code} has a new e-mail address."], as_json)


def _changed(
    order: Callable[..., Participant], code: str, value: str, config: Path | None
) -> Participant:
    """The person with a code after something of theirs was set to another value."""
    with opened(config) as here:
        return here.database.run(order, here.office, code, value, here.now)


@app.command()
def merge(
    keep: Annotated[str, typer.Argument(help="The code of the entry that stays.")],
    other: Annotated[str, typer.Argument(help="The code of the other entry of the same person.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Make two entries of one person one. `unmerge OTHER` takes it back."""
    with opened(config) as here:
        done = here.database.run(
            records.merge_people, here.office, (keep, other), here.now, dry_run=dry_run
        )
    would = "Only looked, nothing was changed. " if dry_run else ""
    lines = [
        f"{would}{done.other} is merged into {done.kept}: {done.enrolments} enrolments and "
        f"{done.addresses} addresses moved.",
    ]
    if done.set_aside:
        lines.append(f"{done.set_aside} enrolments that both had are kept once.")
    show(done, lines, as_json)


@app.command()
def unmerge(code: Person, config: Config = None, as_json: Json = False) -> None:
    """Take a merge back: CODE is the entry that was merged into another one."""
    with opened(config) as here:
        done = here.database.run(records.unmerge_people, here.office, code, here.now)
    show(done, [f"{done.other} and {done.kept} are two people again."], as_json)


@app.command()
def move(
    code: Person,
    administration: Annotated[str, typer.Argument(help="The code of the new administration.")],
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="Since when. [default: today]"),
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """A person works at another administration: its clock counts from now on.

    Reports go on to count the person where they were at the time of the workshop.
    """
    with opened(config) as here:
        day = (since or here.now).date()
        changed = here.database.run(
            records.move_person, here.office, code, administration, day, here.now
        )
    line = f"{code} works at {administration} since {day}; {changed} enrolments follow its clock."
    show({"participant": code, "enrolments": changed}, [line], as_json)


@app.command()
def relink(
    code: Person,
    address: Annotated[str, typer.Argument(help="The new account, such as telegram:12345.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Let a new account answer for a person; the one before cannot any more."""
    done = _changed(relink_person, code, address, config)
    show({"participant": done.code}, [f"{done.code} answers from the new account now."], as_json)


@app.command()
def handover(
    code: Person,
    name: Annotated[str, typer.Option("--name", help="The name of the successor.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """A code for the successor of a contact point, who takes over as soon as it is used."""
    with opened(config) as here:
        done = here.database.run(hand_over, here.office, code, name, here.now)
    lines = [
        f"{done.successor} takes over from {code.upper()} for {', '.join(done.workshops)},",
        "as soon as the successor sends this to the bot:",
        f"/start {done.secret}",
    ]
    show(done, lines, as_json)


def record_lines(record: PersonRecord) -> list[str]:
    """A record as an organiser reads it."""
    lines = [
        f"{record.participant}  {record.name or 'no name'}",
        f"language {record.language}, reached by {record.channel}",
        *record.addresses,
    ]
    if record.erased_at:
        lines.append(f"erased on {record.erased_at:%Y-%m-%d}")
    if record.stopped_at:
        lines.append(f"no messages since {record.stopped_at:%Y-%m-%d}")
    heading = ("workshop", "role", "administration", "now at", "consent", "answers")
    rows = [
        (one.workshop, one.role, one.administration, one.works_at, one.consent, one.answers)
        for one in record.enrolments
    ]
    return [*lines, "", *table(heading, rows, "In no workshop.")]
