"""followup participant show | erase | merge | unmerge | move | relink | channel | email | language.

The acts on one person that can be taken back are in `bot.cli.participant_acts`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import contact_points, participant_acts
from bot.cli.common import Desk, DryRun, Person, Result, at_desk
from bot.cli.printing import table
from bot.wording.days import day_at, day_words

if TYPE_CHECKING:
    from bot.desk.people.person import PersonRecord

app = typer.Typer(no_args_is_help=True)

NOT_MOVED = (
    "Nothing was changed: {code} was in no list yet on {day}. If a list names a wrong administration, "
    "correct it there and import it again. For a move after the import, give its day with --from."
)
COPIES = "Copies made before still hold the data until they are deleted (backups.keep)."


@app.callback()
def participant() -> None:
    """One person."""


participant_acts.add_to(app)
contact_points.add_to(app)


@app.command("show")
@at_desk
def show_(here: Desk, code: Person) -> Result:
    """Show what is stored about a person; addresses are shortened."""
    from bot.desk.people.person import show_person

    record = here.database.read(show_person, here.office, code, here.now)
    return Result(record, record_lines(record, here.office.zone))


@app.command()
@at_desk
def erase(
    here: Desk,
    code: Person,
    keep_answers: Annotated[
        bool, typer.Option("--keep-answers", help="Only if the person agrees to that.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it is done.")] = False,
) -> Result:
    """Delete name, addresses, codes, links and answers of a person. It cannot be taken back.

    With --keep-answers all answers stay, under no name, that are not in the person's own words.
    """
    from bot.desk.people.person import erase_code
    from bot.operations.retention import scrub

    if not yes:
        typer.confirm(f"Delete everything about {code}? It cannot be taken back.", abort=True)
    done = here.act(erase_code, code, here.now, keep_answers=keep_answers)
    left = scrub(here.database)
    answers = "Answers without own words are kept." if done.answers_kept else "So are all answers."
    lines = [f"{done.participant} is erased. {answers}", *([left] if left else []), COPIES]
    return Result(done, lines, ok=not left)


@app.command()
@at_desk
def channel(
    here: Desk,
    code: Person,
    channel: Annotated[str, typer.Argument(help="telegram, email, or usual.")],
) -> Result:
    """Set the channel through which a person gets messages."""
    from bot.desk.people.contact_channels import choose_channel

    done = here.act(choose_channel, code, channel, here.now)
    data = {"participant": done.code, "channel": done.channel}
    by = f"by {done.channel}" if done.channel else "by the usual channel"
    return Result(data, [f"{done.code} is written to {by} from now on."])


@app.command()
@at_desk
def language(
    here: Desk,
    code: Person,
    language: Annotated[str, typer.Argument(help="The code of a language, such as fr.")],
) -> Result:
    """Set the language in which a person is written to."""
    from bot.desk.people.contact_channels import choose_language

    return participant_acts.shown(here.act(choose_language, code, language, here.now))


@app.command()
@at_desk
def email(
    here: Desk,
    code: Person,
    address: Annotated[str, typer.Argument(help="The new address.")],
) -> Result:
    """Give a person a new e-mail address; the old one and its links are out of use."""
    from bot.desk.people.contact_channels import put_email

    return participant_acts.shown(here.act(put_email, code, address, here.now))


@app.command()
@at_desk
def merge(
    here: Desk,
    keep: Annotated[str, typer.Argument(help="The code of the entry that stays.")],
    other: Annotated[str, typer.Argument(help="The code of the other entry of the same person.")],
    dry_run: DryRun = False,
) -> Result:
    """Merge two entries of one person. `unmerge OTHER` takes it back."""
    from bot.desk.people.person import merge_people
    from bot.wording.counts import counted

    done = here.act(merge_people, (keep, other), here.now, dry_run=dry_run)
    would = "Only looked, nothing was changed. " if dry_run else ""
    lines = [
        f"{would}{done.other} is merged into {done.kept}: "
        f"{counted(done.enrolments, 'enrolment')} and {counted(done.addresses, 'address', 'addresses')} "
        "moved.",
    ]
    if done.set_aside:
        both = counted(
            done.set_aside, "enrolment that both had is", "enrolments that both had are"
        )
        lines.append(f"{both} kept once.")
    if done.out_of_use:
        ways = counted(done.out_of_use, "e-mail address is", "e-mail addresses are")
        lines.append(f"{ways} out of use, and so are the links in letters sent there.")
    back = [] if dry_run else [f"Undo: `followup participant unmerge {done.other}`"]
    return Result(done, [*lines, *back])


@app.command()
@at_desk
def unmerge(here: Desk, code: Person, dry_run: DryRun = False) -> Result:
    """Take a merge back: CODE is the entry that was merged into another one."""
    from bot.desk.people.person import unmerge_people
    from bot.wording.counts import counted

    done = here.act(unmerge_people, code, here.now, dry_run=dry_run)
    would = "Only looked, nothing was changed. " if dry_run else ""
    lines = [f"{would}{done.other} and {done.kept} are two people again."]
    if done.lost:
        lost = counted(done.lost, "address", "addresses")
        lines.append(
            f"Not brought back: {lost} of {done.other}, deleted or replaced since the merge."
        )
    again = [] if dry_run else [f"Undo: `followup participant merge {done.kept} {done.other}`"]
    return Result(done, [*lines, *again])


@app.command()
@at_desk
def move(
    here: Desk,
    code: Person,
    administration: Annotated[str, typer.Argument(help="The code of the new administration.")],
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="Since when. [default: today]"),
    ] = None,
) -> Result:
    """Move a person to another administration, whose clock counts from now on.

    Reports go on to count the person where they were at the time of the workshop.
    """
    from bot.desk.people.person import move_person
    from bot.wording.counts import counted

    day = since.date() if since else here.office.day_of(here.now)
    changed = here.act(move_person, code, administration, day, here.now)
    follow = counted(changed, "enrolment follows", "enrolments follow")
    line = f"{code} works at {administration} since {day_words(day)}; {follow} its clock."
    if not changed:
        line = NOT_MOVED.format(code=code, day=day_words(day))
    return Result({"participant": code, "enrolments": changed}, [line])


@app.command()
@at_desk
def relink(
    here: Desk,
    code: Person,
    address: Annotated[str, typer.Argument(help="The new account, such as telegram:12345.")],
) -> Result:
    """Let a new account answer for a person; the old account cannot answer any more."""
    from bot.desk.people.relinking import relink_person

    done = here.act(relink_person, code, address, here.now)
    return Result({"participant": done.code}, [f"{done.code} answers from the new account now."])


def record_lines(record: "PersonRecord", zone: str) -> list[str]:
    """Return a record as an organiser reads it."""
    lines = [
        f"{record.participant}  {record.name or 'no name'}",
        f"language {record.language}, reached by {record.channel}",
        *record.addresses,
    ]
    if record.erased_at:
        lines.append(f"erased on {day_at(record.erased_at, zone)}")
    if record.stopped_at:
        how = record.stop_reason or "in person"
        lines.append(f"no messages since {day_at(record.stopped_at, zone)} ({how})")
    if record.paused_until:
        lines.append(f"paused until {day_words(record.paused_until)}")
    heading = ("workshop", "role", "administration", "now at", "consent", "answers")
    rows = [
        (one.workshop, one.role, one.administration, one.works_at, one.consent, one.answers)
        for one in record.enrolments
    ]
    return [*lines, "", *table(heading, rows, "In no workshop.")]
