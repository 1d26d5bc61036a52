"""The configuration: one YAML file, checked whole; secrets from the environment or from a file.

Every mistake is listed at once with its key, the value, and a way out.
"""

import difflib
import os
import re
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.settings.office import Office, Retention, Watch
from storage.fieldwork.next_contact import Rules
from surveys.planning.channels import EMAIL
from surveys.planning.plans_file import packaged_plans
from surveys.problems import BadInput, Problem

BACKENDS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
"""The databases that can be used, with how their addresses begin."""
SECRETIVE = {"database", "telegram.token_env", "email.password_env"}
"""Keys whose wrong values may hold a password or a token, and are not repeated."""
MESSENGERS = ("telegram",)
"""Messengers through which people are contacted. Not a question of the token: a command that runs
without the token must plan the same contacts as the bot does."""
MAILBOX = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OfficeSettings(_Part):
    """How the office introduces itself."""

    name: str = "WCO Regional Office for Capacity Building (ROCB A/P)"
    contact: str = "the ROCB A/P"


class TelegramSettings(_Part):
    """The bot. The token itself stands in the environment or in a file, never here."""

    bot_name: str | None = Field(default=None, pattern=r"^[A-Za-z]\w{3,31}$")
    token_env: str = Field(default="FOLLOWUP_TELEGRAM_TOKEN", pattern=r"^[A-Za-z_]\w*$")
    token_file: Path | None = None
    base_url: str | None = None
    base_file_url: str | None = None
    webhook: bool = False


class WebSettings(_Part):
    """The web page: where it listens, and how people reach it from outside.

    `public_url` is the address in front of personal links; without one there is no web page.
    `trusted_proxies` are addresses whose word about the visitor's own address is believed.
    """

    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    trusted_proxies: tuple[str, ...] = ("127.0.0.1",)

    @field_validator("public_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "https://example.org")
        plain = not (parts.query or parts.fragment or parts.username)
        if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
            raise ValueError("This is not an address such as https://followup.example.org")
        return value.rstrip("/") if value else None


class EmailSettings(_Part):
    """The mail server and who writes. The password stands in the environment or in a file.

    Without a host there is no e-mail. `tls`: starttls (usual port 587), implicit (465) or none (25).
    """

    host: str | None = None
    port: int | None = Field(default=None, ge=1, le=65535)
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    sender: str = Field(default="", alias="from")
    reply_to: str = ""
    user: str | None = None
    password_env: str = Field(default="FOLLOWUP_EMAIL_PASSWORD", pattern=r"^[A-Za-z_]\w*$")
    password_file: Path | None = None
    per_minute: int = Field(default=60, ge=1, le=6000)

    @field_validator("sender", "reply_to")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not MAILBOX.fullmatch(parseaddr(value)[1]):
            raise ValueError("This is not an address such as Office <office@example.org>")
        return value

    @model_validator(mode="after")
    def _whole(self) -> "EmailSettings":
        if self.host and not self.sender:
            raise ValueError("A mail server needs email.from: who writes the letters")
        if self.user and self.tls == "none":
            raise ValueError("A password is not sent in the clear: set email.tls")
        return self


class FieldworkSettings(_Part):
    """How often due contacts are looked for, and when a person should look why they are late."""

    tick_seconds: int = Field(default=60, ge=1, le=3600)
    late_minutes: int = Field(default=30, ge=1)


class BackupSettings(_Part):
    """A copy of the SQLite database each day into a folder, the newest few kept."""

    folder: Path | None = None
    keep: int = Field(default=7, ge=1)


class RetentionSettings(_Part):
    """How long addresses and words of people's own are kept."""

    addresses_days: int = Field(default=30, ge=1, le=3650)
    open_text_months: int = Field(default=24, ge=1, le=240)


class Settings(_Part):
    """The whole configuration."""

    database: str = "sqlite:///followup.sqlite3"
    administrations: Path | None = None
    office: OfficeSettings = OfficeSettings()
    telegram: TelegramSettings = TelegramSettings()
    web: WebSettings = WebSettings()
    email: EmailSettings = EmailSettings()
    fieldwork: FieldworkSettings = FieldworkSettings()
    backups: BackupSettings = BackupSettings()
    retention: RetentionSettings = RetentionSettings()
    metrics: bool = False
    logs: Literal["json", "text"] = "json"

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: str) -> str:
        """An address of SQLite or PostgreSQL; its password is not repeated in the message."""
        try:
            drivername = make_url(value).drivername
        except ArgumentError:
            drivername = ""
        if BACKENDS.get(drivername.partition("+")[0]) != drivername:
            raise ValueError("This is not the address of a SQLite or PostgreSQL database")
        return value

    @model_validator(mode="after")
    def _the_page_has_an_address(self) -> "Settings":
        if self.email.host and not self.web.public_url:
            raise ValueError("Letters carry a link to the web page: set web.public_url")
        if self.telegram.webhook and not self.web.public_url:
            raise ValueError("Telegram brings updates to the web page: set web.public_url")
        return self

    def beside(self, folder: Path) -> "Settings":
        """The same settings with relative paths counted from a folder."""
        url = make_url(self.database)
        path = url.database
        if url.drivername == "sqlite" and path and path != ":memory:":
            url = url.set(database=str(folder / path))
        token_file, password_file = self.telegram.token_file, self.email.password_file
        return self.model_copy(
            update={
                "database": url.render_as_string(hide_password=False),
                "backups": self.backups.model_copy(
                    update={"folder": self.backups.folder and folder / self.backups.folder}
                ),
                "administrations": self.administrations and folder / self.administrations,
                "telegram": self.telegram.model_copy(
                    update={"token_file": token_file and folder / token_file}
                ),
                "email": self.email.model_copy(
                    update={"password_file": password_file and folder / password_file}
                ),
            }
        )

    @model_validator(mode="after")
    def _copies_are_of_sqlite(self) -> Self:
        if self.backups.folder and not self.database.startswith("sqlite"):
            raise ValueError("backups.folder is for SQLite; copy PostgreSQL with pg_dump")
        return self

    def telegram_token(self) -> str | None:
        """The bot's token from its file or from the environment; None without one."""
        return _secret(self.telegram.token_file, "telegram.token_file", self.telegram.token_env)

    def email_password(self) -> str | None:
        """The password at the mail server, likewise."""
        return _secret(self.email.password_file, "email.password_file", self.email.password_env)

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels of this installation: the messenger, and e-mail where it is set up."""
        return (*MESSENGERS, EMAIL) if self.email.host else MESSENGERS

    def office_of(self) -> Office:
        """The office with its rules."""
        return Office(
            Rules(packaged_plans(), self.channels),
            self.office.name,
            self.office.contact,
            self.web.public_url,
            Watch(timedelta(minutes=self.fieldwork.late_minutes), bool(self.backups.folder)),
            Retention(self.retention.addresses_days, self.retention.open_text_months),
            bot=self.telegram.bot_name,
        )


def read_settings(path: Path | None) -> Settings:
    """The settings of a file; the defaults without one. Raises BadInput with every problem.

    Relative paths in the file count from its folder, so that cron and a service, which start
    elsewhere, open the same database.
    """
    if path is None:
        return Settings()
    source = path.name
    try:
        data = yaml.safe_load(path.read_text("utf-8")) or {}
    except OSError as error:
        problem = Problem(source, "", f"cannot be read: {error.strerror}.", str(path))
        raise BadInput((problem,)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput((_unreadable(source, error),)) from None
    try:
        return Settings.model_validate(data).beside(path.resolve().parent)
    except ValidationError as error:
        raise BadInput(tuple(_problem(source, one) for one in error.errors())) from None


def _secret(file: Path | None, key: str, variable: str) -> str | None:
    """A secret from its file, else from the environment; None without one."""
    if file is None:
        return os.environ.get(variable, "").strip() or None
    try:
        return file.read_text("utf-8").strip() or None
    except OSError as error:
        message = f"cannot be read: {error.strerror}."
        fix = "Check the path and who may read it."
        raise BadInput((Problem("configuration", key, message, str(file), fix),)) from None


def _unreadable(source: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    message = getattr(error, "problem", None) or "is not text in UTF-8"
    return Problem(
        source, place, f"The file is not YAML: {message}.", "", "See config.example.yaml."
    )


def _problem(source: str, error: Any) -> Problem:
    """One mistake in the words of the file: the key, the value, the nearest known key."""
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(error["loc"][-1]), _keys(error["loc"][:-1]), n=1)
        fix = f"Did you mean {near[0]}?" if near else "See config.example.yaml for all keys."
        return Problem(source, place, "This key is not known.", "", fix)
    message = error["msg"].removeprefix("Value error, ")
    # A mistake in how keys go together comes with the whole file, which may hold secrets.
    # What is wrong with a whole part is said without the part, which may hold anything.
    whole = not place or isinstance(error["input"], dict)
    value = "" if whole or place in SECRETIVE else str(error["input"])
    return Problem(source, place, f"{message}.", value, "See config.example.yaml.")


def _keys(place: tuple[object, ...]) -> list[str]:
    """The known keys of a part of the file."""
    part: type[BaseModel] = Settings
    for name in place:
        found = part.model_fields[str(name)].annotation
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            return []
        part = found
    return [field.alias or name for name, field in part.model_fields.items()]
