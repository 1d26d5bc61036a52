"""The settings: values from one YAML file; secrets from the environment or from files."""

from collections.abc import Iterable
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.settings.accounts import DeskSettings
from bot.settings.addresses import check_page_address, check_sender
from bot.settings.error_reports import ErrorReportSettings
from bot.settings.office import Office, Retention, Watch
from bot.settings.report_templates import ReportSettings
from bot.settings.secrets import kept_key, open_secrets, read_secret
from bot.settings.shown_files import FilesSettings
from storage.fieldwork.next_contact import Rules
from storage.limits import Limits
from surveys.planning.channels import EMAIL
from surveys.planning.plans_file import packaged_plans

BACKENDS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
"""The supported databases and the driver names of their addresses."""
UNKNOWN_DATABASE = (
    "This is no address of a database: write sqlite:///followup.sqlite3, or one such as "
    "postgresql+psycopg://user@host/followup"
)
SECRET_KEYS = {"database", "telegram.token_env", "email.password_env"}
"""Keys whose values may contain a password or token; messages do not repeat them."""
MESSENGERS = ("telegram",)
"""Messengers through which people are contacted. They do not depend on the token: a command without
the token must plan the same contacts as the bot."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseLimits(_Part):
    """The longest times that PostgreSQL may need, as in `storage.limits`."""

    connect_seconds: int = Field(default=5, ge=2, le=600)
    lock_seconds: int = Field(default=10, ge=1, le=3600)
    statement_seconds: int = Field(default=30, ge=1, le=3600)
    long_statement_seconds: int = Field(default=600, ge=1, le=86_400)

    def limits(self) -> Limits:
        """Return the limits of the process that answers people."""
        return Limits(**self.model_dump())


class OfficeSettings(_Part):
    """The name and the contact of the office, as people read them, and the time zone of its desk."""

    name: str = "WCO Regional Office for Capacity Building (ROCB A/P)"
    contact: str = "ROCB A/P"
    time_zone: str = "Asia/Bangkok"

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("This is not a time zone; write one such as Asia/Bangkok")
        return value


class TelegramSettings(_Part):
    """The bot. Its token comes from the environment or from a file."""

    bot_name: str | None = Field(default=None, pattern=r"^[A-Za-z]\w{3,31}$")
    token_env: str = Field(default="FOLLOWUP_TELEGRAM_TOKEN", pattern=r"^[A-Za-z_]\w*$")
    token_file: Path | None = None
    base_url: str | None = None
    base_file_url: str | None = None
    webhook: bool = False


class WebSettings(_Part):
    """The web page: where the server listens, and its public address.

    `public_url` is the prefix of personal links; without it there is no web page.
    `trusted_proxies` are addresses and networks whose X-Forwarded-For header is trusted.
    """

    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    trusted_proxies: tuple[IPvAnyNetwork, ...] = (ip_network("127.0.0.1"),)

    @field_validator("public_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        return check_page_address(value)


class MonitorSettings(_Part):
    """The address of `/healthz` and `/metrics`, which have one of their own; none without a port."""

    host: str = "127.0.0.1"
    port: int | None = Field(default=None, ge=0, le=65535)


class EmailSettings(_Part):
    """The mail server and the sender. The password comes from the environment or from a file.

    Without a host there is no e-mail. `tls` is starttls (port 587 by default), implicit (465) or
    none (25).
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
        return check_sender(value)

    @field_validator("user")
    @classmethod
    def _only_encrypted(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value and info.data.get("tls") == "none":
            raise ValueError("A password is not sent in the clear: choose starttls or implicit")
        return value

    @model_validator(mode="after")
    def _whole(self) -> "EmailSettings":
        if self.host and not self.sender:
            raise ValueError("A mail server needs a sender of the letters: set email.from")
        return self


class FieldworkSettings(_Part):
    """The interval of the rounds, and the delay after which contacts count as late.

    `substitute_days` after a wave opened, the next contact point is asked for one out of reach.
    """

    tick_seconds: int = Field(default=60, ge=1, le=3600)
    late_minutes: int = Field(default=30, ge=1)
    substitute_days: int = Field(default=7, ge=1, le=365)


class BackupSettings(_Part):
    """A daily copy of the SQLite database into a folder; the newest `keep` copies are kept."""

    folder: Path | None = None
    keep: int = Field(default=7, ge=1)


class CodesSettings(_Part):
    """The file with the key of one-time codes, made when codes are printed for the first time."""

    key_file: Path = Path("followup-codes.key")


class RetentionSettings(_Part):
    """How long addresses and open answers are kept."""

    addresses_days: int = Field(default=30, ge=1, le=3650)
    open_text_months: int = Field(default=24, ge=1, le=240)


class Settings(_Part):
    """All settings of an installation."""

    database: str = "sqlite:///followup.sqlite3"
    database_limits: DatabaseLimits = DatabaseLimits()
    administrations: Path | None = None
    office: OfficeSettings = OfficeSettings()
    telegram: TelegramSettings = TelegramSettings()
    web: WebSettings = WebSettings()
    monitor: MonitorSettings = MonitorSettings()
    email: EmailSettings = EmailSettings()
    fieldwork: FieldworkSettings = FieldworkSettings()
    backups: BackupSettings = BackupSettings()
    retention: RetentionSettings = RetentionSettings()
    codes: CodesSettings = CodesSettings()
    files: FilesSettings = FilesSettings()
    reports: ReportSettings = ReportSettings()
    desk: DeskSettings = DeskSettings()
    error_reports: ErrorReportSettings = ErrorReportSettings()
    metrics: bool = False
    logs: Literal["json", "text"] = "json"
    _file: Path | None = PrivateAttr(None)
    _given: frozenset[str] = PrivateAttr(frozenset())

    @property
    def file(self) -> Path | None:
        """The file from which the settings were read, None if everything has its default."""
        return self._file

    @property
    def given(self) -> frozenset[str]:
        """The keys that the file names, such as web.port."""
        return self._given

    def read_from(self, file: Path | None, given: Iterable[str]) -> Self:
        """Return the settings with where they were read from, for people who look at them."""
        found = self.model_copy()
        found._file, found._given = file, frozenset(given)
        return found

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: str) -> str:
        """Check that this is an address of SQLite or PostgreSQL, without quoting its password."""
        try:
            drivername = make_url(value).drivername
        except ArgumentError:
            drivername = ""
        if BACKENDS.get(drivername.partition("+")[0]) != drivername:
            raise ValueError(UNKNOWN_DATABASE)
        return value

    @model_validator(mode="after")
    def _what_is_served_has_an_address(self) -> "Settings":
        if self.email.host and not self.web.public_url:
            raise ValueError("Letters contain a link to the web page: set web.public_url")
        if self.telegram.webhook and not self.web.public_url:
            raise ValueError("The webhook is an address of the web page: set web.public_url")
        if self.metrics and self.monitor.port is None:
            raise ValueError("Metrics have an address of their own: set monitor.port")
        return self

    def beside(self, folder: Path) -> "Settings":
        """Return the settings with relative paths resolved against a folder."""
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
                "codes": CodesSettings(key_file=folder / self.codes.key_file),
                "files": self.files.beside(folder, self.database),
                "reports": self.reports.beside(folder),
                "desk": self.desk.beside(folder),
                "error_reports": self.error_reports.beside(folder),
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
        """Return the bot's token from its file or from the environment; None if there is none."""
        return read_secret(
            self.telegram.token_file, "telegram.token_file", self.telegram.token_env
        )

    def email_password(self) -> str | None:
        """Return the password of the mail server from its file or from the environment; None if none."""
        return read_secret(
            self.email.password_file, "email.password_file", self.email.password_env
        )

    def codes_key(self) -> bytes:
        """Return the key of one-time codes; a new one is stored if there is none."""
        return kept_key(self.codes.key_file, "codes.key_file")

    def open_secrets(self) -> list[str]:
        """Return a warning for each file with a secret that others can read."""
        files = (self.telegram.token_file, self.email.password_file, self.desk.secret_file)
        return open_secrets((*files, self.codes.key_file, self.error_reports.dsn_file))

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the channels through which people are contacted: messengers, and e-mail if set up."""
        return (*MESSENGERS, EMAIL) if self.email.host else MESSENGERS

    def office_of(self) -> Office:
        """Return the office that these settings describe."""
        return Office(
            Rules(packaged_plans(), self.channels, self.fieldwork.substitute_days),
            self.office.name,
            self.office.contact,
            self.web.public_url,
            Watch(
                timedelta(minutes=self.fieldwork.late_minutes),
                self.backups.folder,
                self.backups.keep,
            ),
            Retention(self.retention.addresses_days, self.retention.open_text_months),
            bot=self.telegram.bot_name,
            zone=self.office.time_zone,
            templates=self.reports.by_format(),
            files=self.files.of(self.database),
        )
