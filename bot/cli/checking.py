"""followup check."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Desk, Result, at_desk
from bot.cli.configuration import config_file, shown

if TYPE_CHECKING:
    from bot.fieldwork.untranslated import WaitingGroup
    from bot.settings.config import Settings
    from surveys.people import Administration

WRONG = "WRONG"
"""How the line of `check` begins that a person must act on."""
NOT_YET = "{place}, not made yet: the first `followup run` makes it, or `followup check --create`"
NO_DATABASE = "not looked at: there is no database"


@at_desk
def check(
    here: Desk,
    offline: Annotated[
        bool, typer.Option("--offline", help="Do not contact any other machine.")
    ] = False,
    create: Annotated[
        bool, typer.Option("--create", help="Make a new database if there is none.")
    ] = False,
) -> Result:
    """Check configuration, database, folders, ports, page, token, mail server and more.

    Everything that is wrong is said at once; exit code 2 then.
    """
    found = {name: _tried(part) for name, part in _parts(here, offline, create).items()}
    lines = [f"{name}: {value}" for name, value in found.items()]
    return Result(found, lines, ok=not any(str(one).startswith(WRONG) for one in found.values()))


def _parts(here: Desk, offline: bool, create: bool) -> dict[str, Callable[[], object]]:
    """Return what is looked at, by name. The database comes first, because others read it."""
    from bot.desk.reports.reporting import check_fonts, check_templates
    from bot.fieldwork.untranslated import unreviewed_translations
    from bot.operations import installation
    from bot.runtime.opening import administrations_of

    settings = here.settings
    return {
        "configuration": lambda: str(
            config_file(here.config) or "none, everything has its default"
        ),
        "database": lambda: _database(here, create),
        "folder": lambda: installation.check_folder_of_database(settings),
        "copies": lambda: installation.check_folder_of_copies(settings),
        "files": lambda: installation.check_folder_of_files(settings),
        "page": lambda: installation.check_page(settings),
        "ports": lambda: installation.check_ports(
            settings, here.database if here.is_open else None
        ),
        "administrations": lambda: len(administrations_of(settings)),
        "questionnaires": _questionnaires,
        "translations": unreviewed_translations,
        "languages": lambda: _languages(here),
        "fonts": check_fonts,
        "templates": lambda: check_templates(here.office),
        "error reports": lambda: _error_reports(settings),
        "secrets": lambda: "; ".join(settings.open_secrets()) or "no file is open to others",
        "holidays": lambda: _holidays(here),
        "telegram": lambda: _telegram(settings, offline),
        "email": lambda: _mail(settings, offline),
        "accounts": lambda: _accounts(settings, offline),
    }


def _tried(part: Callable[[], object]) -> object:
    """Return what a part says; if it fails, that it is wrong, and a way out."""
    from bot.channels.telegram import TokenRefused
    from bot.cli.mistakes import words_for

    try:
        return part()
    except TokenRefused as error:
        return f"{WRONG}: {error}"
    except Exception as error:
        words = words_for(error)
        if not words:
            raise
        return f"{WRONG}: {words}"


def _database(here: Desk, create: bool) -> str:
    """Return which database it is. With `create` one is made where there is none."""
    from bot.runtime.opening import NotMade, check_made, open_database

    place, made = shown(here.settings), ""
    try:
        check_made(here.settings)
    except NotMade:
        if not create:
            return _not_yet(here, place)
        open_database(here.settings, here.now).close()
        made = ", made now"
    here.open()
    return place + made


def _not_yet(here: Desk, place: str) -> str:
    """Return that `run` makes the database; without a configuration it does not, and this fails."""
    from bot.runtime.opening import NOT_MADE, NotMade

    if config_file(here.config) is None:
        raise NotMade(NOT_MADE.format(place=place))
    return NOT_YET.format(place=place)


def _questionnaires() -> int:
    """Return how many packaged questionnaires can be read."""
    from surveys.authoring.packaged import packaged_keys, packaged_questionnaire

    return len([packaged_questionnaire(key) for key in packaged_keys()])


def _telegram(settings: "Settings", offline: bool) -> str:
    """Return which bot the token belongs to; the messenger is asked unless `offline`."""
    from bot.channels.telegram import identity_of, number_of
    from bot.operations.installation import check_bot

    token = settings.telegram_token()
    if not token:
        return "no token: the bot cannot run yet"
    number = number_of(token)
    if offline:
        return f"the bot with the number {number}, not asked"
    found = asyncio.run(identity_of(token, settings.telegram.base_url))
    return check_bot(settings, number, found.username, found.number)


def _languages(here: Desk) -> str:
    """Return who waits for a translation in the waves to come, and what can be done."""
    from bot.fieldwork.untranslated import waiting_groups

    if not here.is_open:
        return NO_DATABASE
    return _waiting(here.database.read(waiting_groups, here.office, here.now))


def _waiting(found: "tuple[WaitingGroup, ...]") -> str:
    from bot.fieldwork.language_of_contact import TRANSLATION_ADVICE

    if not found:
        return "nobody waits for a translation"
    lines = "\n  ".join(str(one) for one in found)
    return f"some people wait for a translation\n  {lines}\n  {TRANSLATION_ADVICE}"


def _holidays(here: Desk) -> str:
    from storage.people.administrations import all_administrations

    if not here.is_open:
        return NO_DATABASE
    return _unknown_holidays(here.database.read(all_administrations), here.now.year)


def _unknown_holidays(known: "Mapping[str, Administration]", year: int) -> str:
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


def _accounts(settings: "Settings", offline: bool) -> str:
    """Return the state of the provider of the staff's accounts, which is asked unless `offline`."""
    from bot.access.accounts.provider import BACK, check_provider, provider_of
    from bot.service.web_page import desk_url

    provider = provider_of(settings.desk.oidc)
    if provider is None:
        return "not set up: staff sign in with links"
    if offline:
        return f"{provider.issuer}, not asked"
    asyncio.run(check_provider(provider))
    return f"{provider.issuer} can be used; let it lead back to {desk_url(settings)}{BACK}"


def _error_reports(settings: "Settings") -> str:
    reporter = settings.error_reports.reporter()
    return "none are sent" if reporter is None else f"sent to {reporter.host}"
