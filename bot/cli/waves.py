"""followup wave list | preview | add | drop | open | back | hold | release | skip | days | close | ...

A command that reaches people says what would happen, and does it with --yes.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.added_waves import add, drop
from bot.cli.common import Code, Desk, Reason, Remind, Result, Yes, asked_first, at_desk, typed
from bot.cli.printing import table

if TYPE_CHECKING:
    from bot.desk.waves.acts import Preview, WaveLine, WaveResult

app = typer.Typer(no_args_is_help=True)

app.command()(add)
app.command()(drop)

Key = Annotated[str, typer.Argument(help="The wave, such as M6.")]
Opens = Annotated[str | None, typer.Option("--opens", help='The first day, such as "11 June".')]
Closes = Annotated[str | None, typer.Option("--closes", help='The last day, such as "9 July".')]
UNDO = "followup wave {act} {wave}"
REACHES = frozenset({"close"})
"""Acts that are asked about, so that undoing by them needs --yes."""


@app.command("list")
@at_desk
def list_(here: Desk, code: Code) -> Result:
    """List all waves of a workshop with their days and states."""
    from bot.desk.waves.acts import list_waves

    waves = here.database.read(list_waves, here.office, code, here.now)
    return Result(waves, wave_table(waves))


def wave_table(waves: "Sequence[WaveLine]") -> list[str]:
    """Return waves as aligned text."""
    rows = [
        (
            one.key,
            f"{one.role}s".replace("_", " "),
            one.opens_on,
            one.closes_on,
            one.state,
            one.cases,
        )
        for one in waves
    ]
    lines = table(("wave", "asks", "opens", "closes", "state", "asked"), rows)
    return lines + [f"{one.key}: {said}" for one in waves for said in one.troubles]


@app.command()
@at_desk
def preview(here: Desk, code: Code, wave: Key) -> Result:
    """Show who will be asked, when in local time, through which channel; who is left out and why."""
    from bot.desk.waves.acts import preview_wave
    from bot.desk.waves.texts import preview_text

    found = here.database.read(preview_wave, here.office, code, wave, here.now)
    return Result(found, [preview_text(found), "", *message_table([found])])


def message_table(previews: "Sequence[Preview]") -> list[str]:
    """Return every message of some waves as aligned text, and who gets none and why."""
    rows: list[tuple[object, ...]] = []
    for preview in previews:
        for one in preview.messages:
            person = (preview.key, one.participant, one.name, one.administration)
            through = f"{one.channel}: {one.why_channel}" if one.channel else one.reason
            rows.append((*person, one.kind, one.local or "not sent", through))
            rows += [(*person, "reminder", later.local, one.channel) for later in one.later]
    people = ("wave", "code", "name", "administration")
    heading = (*people, "message", "local time", "through, or why not")
    return table(heading, rows, "Nobody is enrolled yet.")


@app.command("open")
@at_desk
def open_(
    here: Desk,
    code: Code,
    wave: Key,
    closes: Closes = None,
    yes: Yes = False,
    english: Annotated[
        bool,
        typer.Option(
            "--accept-english", help="Ask people who are waiting for a translation in English."
        ),
    ] = False,
) -> Result:
    """Open a wave now; its first message leaves after two minutes, and until then `back` undoes it."""
    from bot.desk.waves.acts import accept_english, open_question, open_wave

    question = here.database.read(open_question, here.office, code, wave, here.now)
    if question and not yes:
        return asked_first(question)
    lines = [here.act(accept_english, code, wave, here.now).said] if english else []
    last = typed(here, closes, "--closes")
    done = here.act(open_wave, code, wave, here.now, last)
    return _said(done, *lines, after=_after_opening(here, done))


def _after_opening(here: Desk, done: "WaveResult") -> list[str]:
    """Return what to know once a wave is open: when messages leave, and how many cannot."""
    from bot.desk.waves.acts import progress_now

    lines = ["Messages leave in the local morning, while `followup run` is running."]
    named = (done.workshop, done.key)
    lost = here.database.read(progress_now, here.office, *named, here.now).not_reached
    if lost:
        why = f"`followup wave preview {done.workshop} {done.key}` says why."
        lines.append(f"{lost} of them cannot be reached yet; {why}")
    return lines if done.changed else []


@app.command()
@at_desk
def back(
    here: Desk,
    code: Code,
    wave: Key,
    tell: Annotated[
        bool, typer.Option("--tell", help="Tell whoever has a message of it already.")
    ] = False,
    yes: Yes = False,
) -> Result:
    """Put a wave back to its plan: undo its opening while nobody has answered, a skip, or its days."""
    from bot.desk.waves.acts import back_question, put_back

    question = here.database.read(back_question, here.office, code, wave)
    if question and not yes:
        return asked_first(question, "With --tell they are told in a sentence.")
    return _said(here.act(put_back, code, wave, here.now, tell=tell))


@app.command()
@at_desk
def hold(here: Desk, code: Code, wave: Key, reason: Reason = "", remind: Remind = None) -> Result:
    """Hold a wave: it does not open, and nothing is sent until it is released."""
    from bot.desk.waves.acts import hold_wave

    why = (reason, typed(here, remind, "--remind"))
    return _said(here.act(hold_wave, code, wave, here.now, why))


@app.command()
@at_desk
def release(here: Desk, code: Code, wave: Key) -> Result:
    """Release a wave that is on hold."""
    from bot.desk.waves.acts import release_wave

    return _said(here.act(release_wave, code, wave, here.now))


@app.command()
@at_desk
def skip(here: Desk, code: Code, wave: Key) -> Result:
    """Skip a wave that has not opened: nobody is asked in it."""
    from bot.desk.waves.acts import skip_wave

    return _said(here.act(skip_wave, code, wave, here.now))


@app.command()
@at_desk
def days(
    here: Desk, code: Code, wave: Key, opens: Opens = None, closes: Closes = None, yes: Yes = False
) -> Result:
    """Change the days of a planned wave, or the last day of an open one."""
    from bot.desk.waves.acts import change_days, days_question

    wanted = (typed(here, opens, "--opens"), typed(here, closes, "--closes"))
    question = here.database.read(days_question, here.office, code, wave, here.now, wanted)
    if question and not yes:
        return asked_first(question)
    return _said(here.act(change_days, code, wave, here.now, wanted))


@app.command()
@at_desk
def close(here: Desk, code: Code, wave: Key, yes: Yes = False) -> Result:
    """Close a wave before its last day; what was answered stays."""
    from bot.desk.waves.acts import close_question, close_wave

    question = here.database.read(close_question, here.office, code, wave, here.now)
    if question and not yes:
        return asked_first(question)
    return _said(here.act(close_wave, code, wave, here.now))


@app.command()
@at_desk
def reopen(here: Desk, code: Code, wave: Key, closes: Closes = None) -> Result:
    """Open a closed wave again, past its last day with a new one; complete answers and refusals stay."""
    from bot.desk.waves.acts import reopen_wave

    last = typed(here, closes, "--closes")
    return _said(here.act(reopen_wave, code, wave, here.now, last))


@app.command()
@at_desk
def proceed(here: Desk) -> Result:
    """Send, open, close and delete what is due again, after a long gap between two rounds."""
    from bot.desk.waves.holding import continue_rounds

    said = here.act(continue_rounds, here.now)
    return Result({"said": said}, [said])


def _said(done: "WaveResult", *before: str, after: Sequence[str] = ()) -> Result:
    undo = [f"Undo: `{UNDO.format(act=done.undo, wave=f'{done.workshop} {done.key}')}`"]
    if done.undo in REACHES:
        undo = [undo[0][:-1] + " --yes`"]
    return Result(_data(done), [*before, done.said, *after, *(undo if done.undo else ())])


def _data(done: "WaveResult") -> dict[str, object]:
    """Return a change of a wave as data. Its keys are those that scripts know."""
    data = asdict(done) | {"already": not done.changed}
    if done.wave is not None:
        data["wave"]["half_way_told_at"] = data["wave"].pop("midpoint_told_at")
        data["wave"]["paused_at"] = done.wave.held_at
    return data


@app.command()
@at_desk
def progress(here: Desk, code: Code, wave: Key) -> Result:
    """Show how an open wave goes, in numbers of people."""
    from bot.desk.waves.acts import progress_now
    from bot.desk.waves.texts import languages_text, progress_text

    found = here.database.read(progress_now, here.office, code, wave, here.now)
    return Result(found, [progress_text(found), *languages_text(found.languages)])
