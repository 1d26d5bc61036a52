"""followup wave list | preview | open | pause | resume | close | reopen."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Code, Config, Json, opened, show, table
from bot.desk.waves import acts
from bot.desk.waves.texts import languages_text, preview_text, progress_text
from bot.fieldwork.progress import wave_progress

app = typer.Typer(no_args_is_help=True)

Key = Annotated[str, typer.Argument(help="The wave, such as M6.")]


@app.command("list")
def list_(code: Code, config: Config = None, as_json: Json = False) -> None:
    """All waves of a workshop with their days and states."""
    with opened(config) as here:
        waves = here.database.read(acts.list_waves, here.office, code)
    show(waves, wave_table(waves), as_json)


def wave_table(waves: Sequence[acts.WaveLine]) -> list[str]:
    """Waves as aligned text."""
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
    return lines + [f"{one.key}: {said}" for one in waves for said in one.problems]


@app.command()
def preview(code: Code, wave: Key, config: Config = None, as_json: Json = False) -> None:
    """Who will be asked, when in local time, through which channel; who is left out and why."""
    with opened(config) as here:
        found = here.database.read(acts.preview_wave, here.office, code, wave, here.now)
    show(found, [preview_text(found), "", *message_table([found])], as_json)


def message_table(previews: Sequence[acts.Preview]) -> list[str]:
    """Every message of some waves as aligned text, and who gets none and why."""
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
def open_(
    code: Code,
    wave: Key,
    english: Annotated[
        bool,
        typer.Option("--accept-english", help="Ask those in English who wait for a translation."),
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Open a wave now; twice changes nothing."""
    with opened(config) as here:
        lines = []
        if english:
            accepting = (here.office, code, wave, here.now)
            lines = [here.database.run(acts.accept_english, *accepting).said]
        done = here.database.run(acts.open_wave, here.office, code, wave, here.now)
        lost = here.database.read(wave_progress, code, wave).not_reached
    since = done.wave.opened_at
    line = f"{code} {done.wave.key} is open until {done.wave.closes_on}: {done.cases} people. "
    line += "Messages leave in the local morning, while `followup run` is running."
    if done.already and since is not None:
        line = f"{code} {done.wave.key} was already open since {since:%Y-%m-%d %H:%M} UTC. "
        line += "Nothing was changed."
    lines.append(line)
    if lost:
        why = f"`followup wave preview {code} {done.wave.key}` says why."
        lines.append(f"{lost} of them cannot be reached yet; {why}")
    show(done, lines, as_json)


@app.command()
def pause(code: Code, wave: Key, config: Config = None, as_json: Json = False) -> None:
    """Send nothing more in a wave until it is resumed."""
    _steer(acts.pause_wave, (code, wave), config, as_json)


@app.command()
def resume(code: Code, wave: Key, config: Config = None, as_json: Json = False) -> None:
    """Let a paused wave go on."""
    _steer(acts.resume_wave, (code, wave), config, as_json)


@app.command()
def close(code: Code, wave: Key, config: Config = None, as_json: Json = False) -> None:
    """Close a wave before its last day; what was answered stays."""
    _steer(acts.close_wave, (code, wave), config, as_json)


@app.command()
def reopen(code: Code, wave: Key, config: Config = None, as_json: Json = False) -> None:
    """Open a wave again that was closed before its last day; complete answers and refusals stay."""
    _steer(acts.reopen_wave, (code, wave), config, as_json)


def _steer(
    order: Callable[..., acts.Steered], which: tuple[str, str], config: Path | None, as_json: bool
) -> None:
    """Give an order for a wave (workshop and key) and say what came of it."""
    with opened(config) as here:
        done = here.database.run(order, here.office, *which, here.now)
    show(done, [done.said], as_json)


@app.command()
def progress(code: Code, wave: Key, config: Config = None, as_json: Json = False) -> None:
    """How an open wave goes, in numbers of people."""
    with opened(config) as here:
        found = here.database.read(wave_progress, code, wave)
    show(found, [progress_text(found), *languages_text(found.languages)], as_json)
