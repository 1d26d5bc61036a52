"""followup run | tick | check."""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Annotated, Any, TypeVar

import typer

from bot.cli.common import Config, Json, config_file, fail, moment_of, opened, settings_of, show
from bot.fieldwork.language_of_contact import TRANSLATION_ADVICE
from bot.fieldwork.untranslated import WaitingGroup, unreviewed_translations, waiting_groups
from bot.runtime.clock import utc_now
from bot.settings.config import Settings
from storage.people.administrations import all_administrations
from surveys.authoring.reading import packaged_keys, packaged_questionnaire
from surveys.people import Administration
from surveys.planning.calendar import LocalCalendar

T = TypeVar("T")
NOTHING_TO_RUN_WITH = (
    "There is no bot token. Put it into the environment variable {variable}, "
    "or into a file named by telegram.token_file. "
    "Without one, followup can run the web page only: set web.public_url."
)


def run(config: Config = None) -> None:
    """Run the bot, the web page and the fieldwork until SIGTERM or Ctrl-C."""
    from bot.service.process import run as run_bot
    from bot.settings.logs import set_up_logs

    settings = settings_of(config)
    token = settings.telegram_token()
    if token is None and settings.web.public_url is None:
        fail(NOTHING_TO_RUN_WITH.format(variable=settings.telegram.token_env))
    if token is None:
        runs = "the web page and e-mail run" if settings.email.host else "the web page runs"
        notice = f"There is no bot token: only {runs}, at {settings.web.public_url}"
        typer.echo(notice, err=True)
    set_up_logs(settings.logs)
    _talking(run_bot(settings, token))


def tick(
    now: Annotated[
        str | None, typer.Option("--now", help="A moment such as 2018-06-08T10:00+13:00.")
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """One round, for cron: opens, contacts, closes and copies what is due, then ends."""
    from bot.service.process import tick_once
    from bot.settings.logs import set_up_logs

    settings = settings_of(config)
    moment = moment_of(now, "--now") if now else None
    set_up_logs(settings.logs)
    # With a mail server there is something to send also without a bot.
    token = settings.telegram_token() if settings.email.host else _token(settings)
    done = _talking(tick_once(settings, token, lambda: moment or utc_now()))
    sent = ", ".join(f"{name} {number}" for name, number in sorted(done.outcomes.items()))
    line = f"opened {done.opened}, closed {done.closed}, new cases {done.cases}; {sent or 'no messages'}"
    show(done, [line], as_json)


def _talking(work: Coroutine[Any, Any, T]) -> T:
    """Run work that talks to the messenger; a refused token ends with words."""
    from bot.channels.telegram import TokenRefused

    try:
        return asyncio.run(work)
    except TokenRefused as error:
        fail(str(error))


def check(
    config: Config = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no other machine.")] = False,
    as_json: Json = False,
) -> None:
    """Check configuration, questionnaires, fonts, database and token."""
    from bot.desk.reports.reporting import check_fonts

    with opened(config) as here:
        found = {
            "configuration": str(config_file(config) or "none, everything has its default"),
            "database": here.database.url.render_as_string(hide_password=True),
            "questionnaires": len([packaged_questionnaire(key) for key in packaged_keys()]),
            "translations": unreviewed_translations(),
            "languages": _waiting(here.database.read(waiting_groups, here.office, here.now)),
            "fonts": check_fonts(),
            "holidays": _holidays(here.database.read(all_administrations), here.now.year),
        }
        settings = here.settings
    token = settings.telegram_token()
    if offline or not token:
        found["telegram"] = "not asked" if token else "no token: the bot cannot run yet"
    else:
        from bot.service.process import name_of_bot

        found["telegram"] = "@" + _talking(name_of_bot(settings, token))
    found["email"] = _mail(settings, offline)
    show(found, [f"{name}: {value}" for name, value in found.items()], as_json)


def _waiting(found: tuple[WaitingGroup, ...]) -> str:
    """Who waits for a translation in the waves to come, and what can be done."""
    if not found:
        return "nobody waits for a translation"
    lines = "\n  ".join(str(one) for one in found)
    return f"some people wait for a translation\n  {lines}\n  {TRANSLATION_ADVICE}"


def _holidays(known: Mapping[str, Administration], year: int) -> str:
    """Which public holidays of this year and the next are not known; only weekends count there."""
    missing = [
        f"{administration.name} {one}"
        for administration in known.values()
        for one in (year, year + 1)
        if not LocalCalendar.of(administration).holidays_known_in(one)
    ]
    if not missing:
        return "known for all administrations, this year and the next"
    return f"not known, so only weekends are respected: {', '.join(missing)}"


def _mail(settings: Settings, offline: bool) -> str:
    """What is known of the mail server; it is visited unless `offline`."""
    from bot.service.mail import check_mail, mail_of

    if mail_of(settings) is None:
        return "not set up"
    if offline:
        return f"{settings.email.host}, not asked"
    asyncio.run(check_mail(settings))
    return f"{settings.email.host} lets the bot in"


def _token(settings: Settings) -> str:
    token = settings.telegram_token()
    if token is None:
        fail(NOTHING_TO_RUN_WITH.format(variable=settings.telegram.token_env))
    return token
