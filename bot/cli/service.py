"""followup run | tick | check."""

import asyncio
import gc
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.common import (
    Config,
    Desk,
    Result,
    at_desk,
    config_file,
    fail,
    moment_of,
    settings_of,
)

if TYPE_CHECKING:
    from bot.fieldwork.untranslated import WaitingGroup
    from bot.settings.config import Settings
    from surveys.people import Administration

T = TypeVar("T")
WRONG = "WRONG"
"""How the line of `check` begins that a person must act on."""
LONG_RUNNING = (700, 10, 10)
"""The thresholds of Python's garbage collector, for a process that goes on for months."""
NOTHING_TO_RUN_WITH = (
    "There is no bot token. Put it into the environment variable {variable}, "
    "or into a file named by telegram.token_file. "
    "Without one, followup can run the web page only: set web.public_url."
)


NO_ROUND_WITHOUT = (
    "There is nobody to run a round for: no bot token, no mail server and no web page. Put the token "
    "into the environment variable {variable}, or into a file named by telegram.token_file; or set "
    "email.host or web.public_url in the configuration."
)


def run(config: Config = None) -> None:
    """Run the bot, the web page and the fieldwork until SIGTERM or Ctrl-C."""
    from bot.service.process import run as run_bot
    from bot.settings.logs import set_up_logs

    settings = settings_of(config)
    for warning in settings.open_secrets():
        typer.echo(warning, err=True)
    token = settings.telegram_token()
    if token is None and settings.web.public_url is None:
        fail(NOTHING_TO_RUN_WITH.format(variable=settings.telegram.token_env))
    if token is None:
        runs = "the web page and e-mail run" if settings.email.host else "the web page runs"
        notice = f"There is no bot token: only {runs}, at {settings.web.public_url}"
        typer.echo(notice, err=True)
    set_up_logs(settings.logs)
    gc.set_threshold(*LONG_RUNNING)
    _talking(run_bot(settings, token))


@at_desk
def tick(
    here: Desk,
    now: Annotated[
        str | None, typer.Option("--now", help="A moment such as 2018-06-08T10:00+13:00.")
    ] = None,
) -> Result:
    """Run one round, for cron: open, contact, close and copy what is due, then end."""
    from bot.runtime.clock import utc_now
    from bot.service.process import tick_once
    from bot.settings.logs import set_up_logs

    settings = here.settings
    moment = moment_of(now, "--now") if now else None
    set_up_logs(settings.logs)
    token = settings.telegram_token()
    if token is None and settings.email.host is None and settings.web.public_url is None:
        fail(NO_ROUND_WITHOUT.format(variable=settings.telegram.token_env))
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


@at_desk
def check(
    here: Desk,
    offline: Annotated[
        bool, typer.Option("--offline", help="Do not contact any other machine.")
    ] = False,
) -> Result:
    """Check configuration, questionnaires, fonts, database, copies, token and mail server."""
    found = _checked_here(here)
    tried = {
        "copies": _copies(here.settings),
        "telegram": _tried(_telegram, here.settings, offline),
        "email": _tried(_mail, here.settings, offline),
    }
    lines = [f"{name}: {value}" for name, value in (found | tried).items()]
    well = not any(value.startswith(WRONG) for value in tried.values())
    return Result(found | tried, lines, ok=well)


def _tried(
    check_of: "Callable[[Settings, bool], str]", settings: "Settings", offline: bool
) -> str:
    """Return what a check of another machine says; if it fails, that it is wrong, and a way out."""
    from bot.channels.telegram import TokenRefused
    from bot.cli.mistakes import words_for
    from bot.messaging.messages import DeliveryError
    from surveys.problems import BadInput

    try:
        return check_of(settings, offline)
    except TokenRefused as error:
        return f"{WRONG}: {error}"
    except (BadInput, DeliveryError) as error:
        return f"{WRONG}: {words_for(error)}"


def _copies(settings: "Settings") -> str:
    """Return whether a copy can be written to the folder of daily copies, which is tried."""
    from bot.operations.backups import trouble_with_folder

    folder = settings.backups.folder
    if folder is None:
        return "not made daily: set backups.folder"
    trouble = trouble_with_folder(folder)
    if not trouble:
        return f"{folder}, can be written"
    fix = "Let the bot write there, or set backups.folder: see docs/administrators.md."
    return f"{WRONG}: {folder} cannot be written: {trouble}. {fix}"


def _checked_here(here: Desk) -> dict[str, object]:
    """Return what is found without asking another machine."""
    from bot.desk.reports.reporting import check_fonts
    from bot.fieldwork.untranslated import unreviewed_translations, waiting_groups
    from storage.people.administrations import all_administrations
    from surveys.authoring.packaged import packaged_keys, packaged_questionnaire

    return {
        "configuration": str(config_file(here.config) or "none, everything has its default"),
        "database": here.database.url.render_as_string(hide_password=True),
        "questionnaires": len([packaged_questionnaire(key) for key in packaged_keys()]),
        "translations": unreviewed_translations(),
        "languages": _waiting(here.database.read(waiting_groups, here.office, here.now)),
        "fonts": check_fonts(),
        "secrets": "; ".join(here.settings.open_secrets()) or "no file is open to others",
        "holidays": _holidays(here.database.read(all_administrations), here.now.year),
    }


def _telegram(settings: "Settings", offline: bool) -> str:
    """Return the name of the bot, which the messenger is asked for unless `offline`."""
    token = settings.telegram_token()
    if offline or not token:
        return "not asked" if token else "no token: the bot cannot run yet"
    from bot.service.process import name_of_bot

    return "@" + asyncio.run(name_of_bot(settings, token))


def _waiting(found: "tuple[WaitingGroup, ...]") -> str:
    """Return who waits for a translation in the waves to come, and what can be done."""
    from bot.fieldwork.language_of_contact import TRANSLATION_ADVICE

    if not found:
        return "nobody waits for a translation"
    lines = "\n  ".join(str(one) for one in found)
    return f"some people wait for a translation\n  {lines}\n  {TRANSLATION_ADVICE}"


def _holidays(known: "Mapping[str, Administration]", year: int) -> str:
    """Return which public holidays of this year and the next are not known."""
    from surveys.planning.calendar import LocalCalendar

    missing = [
        f"{administration.name} {one}"
        for administration in known.values()
        for one in (year, year + 1)
        if not LocalCalendar.of(administration).holidays_known_in(one)
    ]
    if not missing:
        return "known for all administrations, this year and the next"
    return f"not known, so only weekends are respected: {', '.join(missing)}"


def _mail(settings: "Settings", offline: bool) -> str:
    """Return the state of the mail server, which is asked unless `offline`."""
    from bot.service.mail import check_mail, mail_of

    if mail_of(settings) is None:
        return "not set up"
    if offline:
        return f"{settings.email.host}, not asked"
    asyncio.run(check_mail(settings))
    return f"{settings.email.host} lets the bot in"
