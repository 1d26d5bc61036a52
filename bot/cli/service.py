"""followup run | tick."""

import asyncio
import gc
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.common import Config, Desk, Result, at_desk, fail, moment_of
from bot.cli.configuration import config_file, is_obvious, settings_of, shown, tell_database

if TYPE_CHECKING:
    from bot.settings.config import Settings

T = TypeVar("T")
LONG_RUNNING = (700, 10, 10)
"""The thresholds of Python's garbage collector, for a process that goes on for months."""
WITHOUT_BOT = (
    "There is no bot token: only {runs}. Put one into the environment variable {variable}, or into "
    "a file named by telegram.token_file."
)
NO_ROUND_WITHOUT = (
    "There is nobody to run a round for: no bot token, no mail server and no web page. Put the token "
    "into the environment variable {variable}, or into a file named by telegram.token_file; or set "
    "email.host or web.public_url in the configuration."
)


def run(
    config: Config = None,
    create: Annotated[
        bool,
        typer.Option("--create", help="Make a new database also without a configuration file."),
    ] = False,
) -> None:
    """Run the bot, the web page and the fieldwork until SIGTERM or Ctrl-C.

    With a configuration file, the first run makes the database.
    """
    from structlog import get_logger

    from bot.service.process import run as run_bot
    from bot.settings.logs import set_up_logs

    settings = settings_of(config)
    for warning in settings.open_secrets():
        typer.echo(warning, err=True)
    token = settings.telegram_token()
    if token is None:
        variable = settings.telegram.token_env
        typer.echo(WITHOUT_BOT.format(runs=_without_bot(settings), variable=variable), err=True)
    _say_if_new(settings, create or config_file(config) is not None)
    set_up_logs(settings.logs, settings.error_reports.reporter())
    if not is_obvious(config):
        get_logger("run").info("database", at=shown(settings))
    gc.set_threshold(*LONG_RUNNING)
    _talking(run_bot(settings, token))


def _without_bot(settings: "Settings") -> str:
    """Return what runs without a bot, and where."""
    url = settings.web.public_url
    if url is None:
        return f"the desk runs, on this computer, at http://127.0.0.1:{settings.web.port}/desk"
    return f"{'the web page and e-mail run' if settings.email.host else 'the web page runs'}, at {url}"


def _say_if_new(settings: "Settings", may_make: bool) -> None:
    """Say that a database is made. Raises NotMade if there is none and none may be made."""
    from bot.runtime.opening import NotMade, check_made

    try:
        check_made(settings)
    except NotMade:
        if not may_make:
            raise
        typer.echo(f"A new database is made: {shown(settings)}", err=True)


@at_desk
def tick(
    here: Desk,
    now: Annotated[
        str | None, typer.Option("--now", help="A moment such as 2018-06-08T10:00+13:00.")
    ] = None,
) -> Result:
    """Run one round, for cron: open, contact, close and copy what is due, then end."""
    from bot.runtime.clock import utc_now
    from bot.runtime.opening import check_made
    from bot.service.process import tick_once
    from bot.settings.logs import set_up_logs

    settings = here.settings
    moment = moment_of(now, "--now") if now else None
    set_up_logs(settings.logs, settings.error_reports.reporter())
    token = settings.telegram_token()
    if token is None and settings.email.host is None and settings.web.public_url is None:
        fail(NO_ROUND_WITHOUT.format(variable=settings.telegram.token_env))
    check_made(settings)
    tell_database(settings, here.config)
    done, trouble = _talking(tick_once(settings, token, lambda: moment or utc_now()))
    sent = ", ".join(f"{name} {number}" for name, number in sorted(done.outcomes.items()))
    line = f"opened {done.opened}, closed {done.closed}, new cases {done.cases}; {sent or 'no messages'}"
    return Result(done, [line, *([trouble] if trouble else [])], ok=not trouble)


def _talking(work: Coroutine[Any, Any, T]) -> T:
    """Run work that talks to the messenger; a refused token ends with words."""
    from bot.channels.telegram import TokenRefused

    try:
        return asyncio.run(work)
    except TokenRefused as error:
        fail(str(error))
