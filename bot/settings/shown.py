"""The configuration as it was read: each key with its value, and where that came from. No secrets.

Of a secret it is said whether there is one and where it comes from; never how long it is.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy import make_url

from bot.settings.config import Settings
from bot.settings.secrets import read_secret
from surveys.problems import BadInput

FILE, DEFAULT = "file", "default"
ENVIRONMENT = "environment"
ENV, IN_FILE = "_env", "_file"
"""How the keys end that name the variable and the file of a secret."""
SECRET_WORDS = ("password", "token", "secret", "dsn")
"""A key with one of them holds a secret, unless it only says where one is."""
HIDDEN = "hidden"
PASSWORD = "PGPASSWORD"  # noqa: S105 - the name of a variable
SET, MISSING, UNREADABLE = "set, not shown", "not set", "its file cannot be read"


@dataclass(frozen=True)
class ShownSetting:
    """A key of the configuration with its value in words, and where it came from."""

    key: str
    value: str
    source: str


def settings_shown(settings: Settings) -> tuple[ShownSetting, ...]:
    """Return all keys in the order of the configuration, each secret after the keys that name it."""
    return tuple(_part(settings, settings.given, ""))


def _part(part: BaseModel, given: frozenset[str], prefix: str) -> Iterator[ShownSetting]:
    for name, field in type(part).model_fields.items():
        key, value = prefix + (field.alias or name), getattr(part, name)
        if isinstance(value, BaseModel):
            yield from _part(value, given, f"{key}.")
            continue
        source = FILE if key in given else DEFAULT
        if name.endswith(ENV):
            usual = value == field.default
            yield ShownSetting(key, value if usual or value in os.environ else HIDDEN, source)
        else:
            yield ShownSetting(key, _value(key, value), source)
        if key == "database" and (password := _database_password(value)):
            yield password
        if name.endswith(IN_FILE) and name.removesuffix(IN_FILE) + ENV in type(part).model_fields:
            yield _secret(part, name.removesuffix(IN_FILE), prefix)


def _secret(part: BaseModel, name: str, prefix: str) -> ShownSetting:
    """Return whether there is a secret, and whether a file or a variable has it."""
    file, variable = getattr(part, name + IN_FILE), getattr(part, name + ENV)
    source = f"{FILE} of {prefix}{name}{IN_FILE}" if file else f"{ENVIRONMENT} {variable}"
    if not file and variable not in os.environ:
        return ShownSetting(prefix + name, MISSING, DEFAULT)
    try:
        there = read_secret(file, prefix + name, variable) is not None
    except BadInput:
        return ShownSetting(prefix + name, UNREADABLE, source)
    return ShownSetting(prefix + name, SET if there else MISSING, source)


def _database_password(url: str) -> ShownSetting | None:
    """Return where the password of a server comes from; None for SQLite."""
    if url.startswith("sqlite"):
        return None
    key = "database password"
    if make_url(url).password is not None:
        return ShownSetting(key, SET, "the address")
    if PASSWORD in os.environ:
        return ShownSetting(key, SET, f"{ENVIRONMENT} {PASSWORD}")
    return ShownSetting(key, "not in the address or the environment", "perhaps ~/.pgpass")


def _value(key: str, value: Any) -> str:
    if key == "database":
        return make_url(value).set(query={}).render_as_string()
    if value is None or value == "":
        return "none"
    name = key.rpartition(".")[2]
    if any(word in name for word in SECRET_WORDS) and not name.endswith(IN_FILE):
        return HIDDEN
    return _words(value)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ", ".join(map(_words, value)) or "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_words(one)}" for name, one in value.items()) or "none"
    return str(value)
