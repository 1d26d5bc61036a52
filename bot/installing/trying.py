"""Tries the answers to a topic at once: token, page, ports, mail server, database."""

import asyncio
import os
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy.exc import DBAPIError

from bot.access.accounts.provider import check_provider, provider_of
from bot.channels.telegram import TokenRefused, identity_of, number_of
from bot.installing.answers import BOT_NAME, about_answers, missing, settings_of, with_defaults
from bot.installing.questions import TOPICS, Answers, until
from bot.messaging.messages import DeliveryError
from bot.operations.installation import check_page, check_ports
from bot.service.mail import check_mail
from bot.settings.config import Settings
from storage.database import Database, trouble_of
from storage.operations.upgrading import TOO_NEW, SchemaState, schema_state
from surveys.problems import BadInput, Problem

SECONDS = 5.0
"""How long a page may take to answer."""
NOT_ASKED = "not asked"


class Unreached(BadInput):
    """Something outside did not answer as it should: perhaps only now."""


@dataclass(frozen=True)
class Tried:
    """What a topic says when its answers are right, and answers that were found with them."""

    says: str
    found: Answers


@dataclass(frozen=True)
class Place:
    """Where the office will be, and whether other machines may be asked."""

    folder: Path
    offline: bool = False


def try_topic(topic: str, answers: Answers, place: Place) -> Tried:
    """Return what the answers to a topic lead to. Raises BadInput with everything that is wrong.

    It is Unreached if the answers may be right, and only something outside did not answer.
    """
    asked = {question.name for question in TOPICS[topic]}
    needed = [one for one in missing(answers) if one.place in asked]
    if needed:
        raise BadInput(needed)
    try:
        known = until(topic, answers)
        return TRIED[topic](known, settings_of(known, place.folder), place)
    except Unreached as error:
        raise Unreached(about_answers(error).problems) from None
    except BadInput as error:
        raise about_answers(error) from None


def try_all(answers: Answers, place: Place) -> tuple[dict[str, str], list[str]]:
    """Return all answers with what was found, and what each topic says.

    Raises BadInput with the problems of all topics.
    """
    whole = with_defaults(answers)
    said: list[str] = []
    problems: list[Problem] = []
    for topic in TOPICS:
        try:
            tried = try_topic(topic, whole, place)
        except BadInput as error:
            problems += [one for one in error.problems if one not in problems]
        else:
            whole |= tried.found
            said.append(f"{topic}: {tried.says}")
    if problems:
        raise BadInput(problems)
    return whole, said


def _office(answers: Answers, settings: Settings, place: Place) -> Tried:
    return Tried(f"{settings.office.name}, {settings.office.time_zone}", {})


def _telegram(answers: Answers, settings: Settings, place: Place) -> Tried:
    token = answers.get("token")
    if not token:
        return Tried("no token: only the page and the desk run", {})
    try:
        number = number_of(token)
        if place.offline:
            return Tried(f"the bot with the number {number}, {NOT_ASKED}", {})
        found = asyncio.run(identity_of(token, settings.telegram.base_url))
    except TokenRefused as error:
        raise _wrong("token", str(error)) from None
    except DeliveryError as error:
        message = f"The messenger cannot be reached ({error.reason})."
        raise Unreached((Problem("", "token", message, fix="Check the network."),)) from None
    return Tried(f"@{found.username}", {BOT_NAME: found.username})


def _page(answers: Answers, settings: Settings, place: Place) -> Tried:
    checks = (lambda: check_page(settings), lambda: check_ports(settings, None))
    page, ports = _each(checks)
    url = settings.web.public_url
    if url and url.startswith("https") and not place.offline:
        page = f"{page}: {_looked_at(url)}"
    return Tried(f"{page}; {ports}" if url else f"none; {ports}", {})


def _each(checks: tuple[Callable[[], str], ...]) -> list[str]:
    """Return what checks say. Raises BadInput with the problems of all."""
    said: list[str] = []
    problems: list[Problem] = []
    for check in checks:
        try:
            said.append(check())
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return said


def _looked_at(url: str) -> str:
    """Return what is found at the address of the page. Nothing is no mistake: the proxy comes later."""
    context = ssl.create_default_context()
    try:
        found = httpx.head(url, timeout=SECONDS, verify=context, follow_redirects=False)
    except httpx.TransportError as error:
        why = _tls_trouble(error)
        if why:
            fix = "The proxy needs a certificate for this name that browsers know."
            raise Unreached(
                (Problem("", "page", f"does not speak https: {why}.", url, fix),)
            ) from None
        return "nothing answers there yet"
    return f"https works, and something answers there ({found.status_code})"


def _tls_trouble(error: BaseException) -> str:
    """Return why no secure connection could be made; "" if none was begun."""
    for one in _causes(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            return str(one.verify_message)
        if isinstance(one, ssl.SSLError):
            return "what answers there is not https"
    return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _email(answers: Answers, settings: Settings, place: Place) -> Tried:
    host = settings.email.host
    if host is None:
        return Tried("no letters are sent", {})
    if answers.get("mail_user") and not answers.get("mail_password"):
        raise _wrong("mail_password", "is needed for this user.")
    if place.offline:
        return Tried(f"{host}, {NOT_ASKED}", {})
    try:
        asyncio.run(check_mail(settings, answers.get("mail_password")))
    except BadInput as error:
        raise Unreached(error.problems) from None
    return Tried(f"{host} lets the bot in", {})


def _accounts(answers: Answers, settings: Settings, place: Place) -> Tried:
    given = settings.desk.oidc
    if given is None:
        return Tried("staff sign in with links", {})
    # The file with the secret is not written yet, and what the provider says of itself needs none.
    provider = provider_of(given.model_copy(update={"secret_file": None}))
    if provider is None or place.offline:
        return Tried(f"{given.issuer}, {NOT_ASKED}", {})
    try:
        asyncio.run(check_provider(provider))
    except BadInput as error:
        raise Unreached(error.problems) from None
    return Tried(f"{given.issuer} can be used", {})


def _database(answers: Answers, settings: Settings, place: Place) -> Tried:
    # The file with the password is not written yet.
    database = Database(
        settings.database if settings.database.startswith("sqlite") else answers["database"],
        settings.database_limits.limits(),
    )
    try:
        if database.path is not None:
            return Tried(_of_file(database, place.folder), {})
        return Tried("PostgreSQL, not asked" if place.offline else _state(database), {})
    except DBAPIError as error:
        fix = "Make it first, and let this user in."
        raise Unreached((Problem("", "database", trouble_of(error), fix=fix),)) from None
    finally:
        database.close()


def _of_file(database: Database, folder: Path) -> str:
    """Return the state of a SQLite file, whose folder must be there or be made for the office."""
    path = database.path
    assert path is not None  # noqa: S101 - a database in a file
    where = path.parent
    there = next(one for one in (where, *where.parents) if one.exists())
    if where != folder and not where.is_dir():
        raise _wrong("database", f"There is no folder {where}.", "Make it first.")
    if not os.access(there, os.W_OK):
        raise _wrong("database", f"{there} cannot be written.", "Choose another folder.")
    return f"{path}, {_state(database)}"


def _state(database: Database) -> str:
    state = schema_state(database)
    if state is SchemaState.NEWER:
        raise _wrong("database", TOO_NEW.format(database="database"))
    return "made by the first run" if state is SchemaState.MISSING else "it is there already"


def _wrong(place: str, message: str, fix: str = "") -> BadInput:
    return BadInput((Problem("", place, message, fix=fix),))


TRIED: dict[str, Callable[[Answers, Settings, Place], Tried]] = {
    "office": _office,
    "telegram": _telegram,
    "page": _page,
    "email": _email,
    "accounts": _accounts,
    "database": _database,
}
