"""Reads answers from a file and from options, and makes a configuration of them."""

import difflib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.installing.questions import QUESTIONS, Answers, Question, applies
from bot.settings.config import Settings
from bot.settings.reading import checked_settings
from surveys.problems import BadInput, Problem

TOKEN, MAIL_PASSWORD, PASSWORD = "telegram-token", "email-password", "postgresql-password"
ACCOUNTS_SECRET = "accounts-secret"  # noqa: S105 - the name of a file
"""The names of the files with secrets, in the folder of the office."""
COPIES = "copies"
"""The folder of daily copies, in the folder of the office."""
BOT_NAME = "bot_name"
"""The answer that nobody is asked for: the messenger gives the user name with the token."""
NAMES = {
    "office.name": "name",
    "office.contact": "contact",
    "office.time_zone": "time_zone",
    "telegram.bot_name": "token",
    "telegram.base_url": "telegram_server",
    "web.public_url": "page",
    "web.port": "port",
    "monitor.port": "port",
    "email": "mail_from",
    "email.host": "mail_host",
    "email.port": "mail_port",
    "email.tls": "mail_tls",
    "email.from": "mail_from",
    "email.user": "mail_user",
    "desk.oidc.issuer": "accounts_issuer",
    "desk.oidc.client_id": "accounts_client",
    "backups.folder": "database",
}
"""Which answer a key of the configuration comes from."""


def read_answers(file: Path) -> dict[str, str]:
    """Return what an answers file says, by the key of its question. Raises BadInput."""
    try:
        found = yaml.safe_load(file.read_text("utf-8")) or {}
    except OSError as error:
        raise BadInput((Problem(str(file), "", f"cannot be read: {error.strerror}."),)) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BadInput((Problem(file.name, "", "is not YAML with one answer a line."),)) from None
    if not isinstance(found, dict):
        raise BadInput((Problem(file.name, "", "has no lines such as `name: My office`."),))
    problems = tuple(_misread(found, file.name))
    if problems:
        raise BadInput(problems)
    return {str(key): str(value) for key, value in found.items() if value is not None}


def _misread(found: dict[Any, Any], source: str) -> Iterator[Problem]:
    known = [question.key for question in QUESTIONS]
    for key, value in found.items():
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            fix = f"Did you mean {near[0]}?" if near else f"Answers are: {', '.join(known)}."
            yield Problem(source, str(key), "This question is not known.", "", fix)
        elif isinstance(value, dict | list):
            yield Problem(source, key, "This is not one answer.")


def taken(given: Answers) -> dict[str, str]:
    """Return answers by name, secrets from their files. Raises BadInput with all problems."""
    answers: dict[str, str] = {}
    problems: list[Problem] = []
    for question in QUESTIONS:
        value = given.get(question.key, "").strip()
        try:
            answers[question.name] = _secret(question, value) if question.secret else value
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return {name: value for name, value in answers.items() if value}


def _secret(question: Question, file: str) -> str:
    if not file:
        return ""
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        message, fix = "cannot be read.", "Name a text file with nothing else in it."
        raise BadInput((Problem("", question.key, message, file, fix),)) from None


def missing(answers: Answers) -> Iterator[Problem]:
    """Yield a problem for each needed answer that is not there."""
    for question in QUESTIONS:
        if question.needed and not answers.get(question.name):
            yield Problem("", question.key, "is needed.", "", f"{question.asks}.")


def with_defaults(answers: Answers) -> dict[str, str]:
    """Return the answers, with the defaults of the questions that have a meaning."""
    whole = dict(answers)
    for question in QUESTIONS:
        if question.default and applies(question, whole):
            whole.setdefault(question.name, question.default)
    return whole


def config_of(answers: Answers, folder: Path) -> dict[str, Any]:
    """Return the configuration of an office in a folder; what was not answered keeps its default."""
    parts: dict[str, dict[str, Any]] = {
        "office": {key: answers.get(key) for key in ("name", "contact", "time_zone")},
        "telegram": {
            "token_file": TOKEN if answers.get("token") else None,
            "bot_name": answers.get(BOT_NAME),
            "base_url": answers.get("telegram_server"),
        },
        "web": {"public_url": answers.get("page"), "port": _number(answers.get("port"))},
        "monitor": {"port": following(answers.get("port"))},
        "email": _mail(answers),
        "desk": {"oidc": _accounts(answers)},
        "backups": {"folder": None if password_of(answers) is not None else COPIES},
    }
    shown = {
        name: {k: v for k, v in part.items() if v is not None} for name, part in parts.items()
    }
    return {
        "database": database_of(answers, folder),
        **{name: part for name, part in shown.items() if part},
        "metrics": True,
    }


def _mail(answers: Answers) -> dict[str, Any]:
    if not answers.get("mail_host"):
        return {}
    return {
        "host": answers.get("mail_host"),
        "port": _number(answers.get("mail_port")),
        "tls": answers.get("mail_tls"),
        "from": answers.get("mail_from"),
        "user": answers.get("mail_user"),
        "password_file": MAIL_PASSWORD if answers.get("mail_password") else None,
    }


def _accounts(answers: Answers) -> dict[str, Any] | None:
    if not answers.get("accounts_issuer"):
        return None
    secret = ACCOUNTS_SECRET if answers.get("accounts_secret") else None
    return {
        "issuer": answers["accounts_issuer"],
        "client_id": answers.get("accounts_client", ""),
        **({"secret_file": secret} if secret else {}),
    }


def password_of(answers: Answers) -> str | None:
    """Return the password in the address of a PostgreSQL database, "" without one; None for SQLite."""
    try:
        url = make_url(answers.get("database") or "sqlite://")
    except ArgumentError:
        return None
    return None if url.get_backend_name() == "sqlite" else str(url.password or "")


def database_of(answers: Answers, folder: Path) -> str:
    """Return the address of the database for the configuration: its password is in a file."""
    given = answers.get("database") or ""
    if not password_of(answers):
        return given
    url = make_url(given)._replace(password=None)
    passfile = {"passfile": str(folder / PASSWORD)}
    return url.update_query_dict(passfile).render_as_string().replace("%2F", "/")


def settings_of(answers: Answers, folder: Path) -> Settings:
    """Return the settings that the answers make. Raises BadInput that names the answers."""
    try:
        return checked_settings(config_of(with_defaults(answers), folder), "", folder)
    except BadInput as error:
        raise about_answers(error) from None


def about_answers(error: BadInput) -> BadInput:
    """Return the problems of a configuration as problems of answers."""
    return BadInput(
        replace(one, source="", place=NAMES.get(one.place, one.place), fix=_fix(one.fix))
        for one in error.problems
    )


def _fix(fix: str) -> str:
    return "" if "config.example.yaml" in fix else fix


def _number(text: str | None) -> int | str | None:
    return int(text) if text and text.isdigit() else text


def following(port: str | None) -> int | str | None:
    """Return the port of the monitor, the next one; a free one where the page takes a free one."""
    number = _number(port)
    return number + 1 if isinstance(number, int) and number else number
