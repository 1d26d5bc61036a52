"""followup wave list | preview | add | drop | open | pause | resume | close | reopen | progress ..."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.added_waves import add, drop
from bot.cli.common import Code, Desk, Result, at_desk
from bot.cli.printing import table

if TYPE_CHECKING:
    from bot.desk.waves.acts import OpenedWave, Preview, WaveLine, WaveResult

app = typer.Typer(no_args_is_help=True)

app.command()(add)
app.command()(drop)

Key = Annotated[str, typer.Argument(help="The wave, such as M6.")]


@app.command("list")
@at_desk
def list_(here: Desk, code: Code) -> Result:
    """List all waves of a workshop with their days and states."""
    from bot.desk.waves.acts import list_waves

    waves = here.database.read(list_waves, here.office, code)
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
    lines = table(("wave", "asks", "opens", "closes", "state", "people"), rows)
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
    english: Annotated[
        bool,
        typer.Option(
            "--accept-english", help="Ask people who are waiting for a translation in English."
        ),
    ] = False,
) -> Result:
    """Open a wave now; opening it again changes nothing."""
    from bot.desk.waves.acts import accept_english, open_wave
    from bot.fieldwork.progress import wave_progress
    from bot.wording.counts import counted

    lines = [here.act(accept_english, code, wave, here.now).said] if english else []
    done = here.act(open_wave, code, wave, here.now)
    lost = here.database.read(wave_progress, code, wave).not_reached
    since = done.wave.opened_at
    people = counted(done.cases, "person", "people")
    line = f"{code} {done.wave.key} is open until {done.wave.closes_on}: {people}."
    line += f"{done.soon} Messages leave in the local morning, while `followup run` is running."
    if done.already and since is not None:
        line = f"{code} {done.wave.key} was already open since {since:%Y-%m-%d %H:%M} UTC. "
        line += "Nothing was changed."
    lines.append(line)
    if lost and not done.to_come:
        why = f"`followup wave preview {code} {done.wave.key}` says why."
        lines.append(f"{lost} of them cannot be reached yet; {why}")
    return Result(_data(done), lines)


def _data(done: "OpenedWave | WaveResult") -> dict[str, object]:
    """Return a change of a wave as data. Its keys are those that scripts know."""
    data = asdict(done)
    data.pop("to_come", None)
    data["wave"]["half_way_told_at"] = data["wave"].pop("midpoint_told_at")
    return data


@app.command()
@at_desk
def pause(here: Desk, code: Code, wave: Key) -> Result:
    """Send nothing more in a wave until it is resumed."""
    from bot.desk.waves.acts import pause_wave

    return _said(here.act(pause_wave, code, wave, here.now))


@app.command()
@at_desk
def resume(here: Desk, code: Code, wave: Key) -> Result:
    """Let a paused wave go on."""
    from bot.desk.waves.acts import resume_wave

    return _said(here.act(resume_wave, code, wave, here.now))


@app.command()
@at_desk
def close(here: Desk, code: Code, wave: Key) -> Result:
    """Close a wave before its last day; what was answered stays."""
    from bot.desk.waves.acts import close_wave

    return _said(here.act(close_wave, code, wave, here.now))


@app.command()
@at_desk
def reopen(here: Desk, code: Code, wave: Key) -> Result:
    """Reopen a wave that was closed before its last day; complete answers and refusals stay."""
    from bot.desk.waves.acts import reopen_wave

    return _said(here.act(reopen_wave, code, wave, here.now))


@app.command()
@at_desk
def proceed(here: Desk) -> Result:
    """Send, open, close and delete what is due again, after a long gap between two rounds."""
    from bot.desk.waves.holding import continue_rounds

    said = here.act(continue_rounds, here.now)
    return Result({"said": said}, [said])


def _said(done: "WaveResult") -> Result:
    return Result(_data(done), [done.said])


@app.command()
@at_desk
def progress(here: Desk, code: Code, wave: Key) -> Result:
    """Show how an open wave goes, in numbers of people."""
    from bot.desk.waves.texts import languages_text, progress_text
    from bot.fieldwork.progress import wave_progress

    found = here.database.read(wave_progress, code, wave)
    return Result(found, [progress_text(found), *languages_text(found.languages)])
