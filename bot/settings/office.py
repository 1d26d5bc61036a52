"""The office: its name, its rules, and who acts for it.

Created once from the settings and passed to the use cases; immutable.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import BY_PLAN

CONSENT_VERSION = 2
"""The version of the consent text in `bot.wording.cards`; raise it with each change of the text."""


@dataclass(frozen=True)
class Watch:
    """What the health checks expect: nothing later than `late`, and a copy a day in `copies`.

    Of the copies, the newest `keep` are kept.
    """

    late: timedelta = timedelta(minutes=30)
    copies: Path | None = None
    keep: int = 7


@dataclass(frozen=True)
class Retention:
    """How long personal data is kept: addresses in days after the last wave of the person, open
    answers in months after they were written."""

    addresses_days: int = 30
    open_text_months: int = 24


@dataclass(frozen=True)
class ShownFiles:
    """Where files lie that are shown, and whether participants are asked for any (`asked`)."""

    folder: Path = Path("followup.sqlite3.files")
    asked: bool = False


@dataclass(frozen=True)
class Office:
    """An office with its rules.

    `public_url` is the prefix of personal links, None without a web page. `bot` is the user name of
    the bot for links to it, None if the settings do not name it. `acting` is who acts, for the audit
    log: "plan", the code of a member of the staff, or the command line. `zone` is the time zone in
    which staff read times. `templates` are the office's own for its reports, by format. `files` are
    those that people show and staff have seen.
    """

    rules: Rules
    name: str = "WCO Regional Office for Capacity Building (ROCB A/P)"
    contact: str = "ROCB A/P"
    public_url: str | None = None
    watch: Watch = Watch()
    retention: Retention = Retention()
    acting: str = BY_PLAN
    bot: str | None = None
    zone: str = "Asia/Bangkok"
    templates: Mapping[str, Path] = field(default_factory=dict)
    files: ShownFiles = ShownFiles()

    def acting_as(self, who: str) -> "Office":
        """Return the office with its acts recorded under `who` in the audit log."""
        return replace(self, acting=who)

    def day_of(self, moment: datetime) -> date:
        """Return the day that it is at the office at a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()
