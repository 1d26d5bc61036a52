"""The office this installation serves: its name, its rules, and who acts for it.

Built once from the configuration and handed to the use cases; holds no state.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import BY_PLAN

CONSENT_VERSION = 1
"""Version of the consent text in `bot.wording.cards`; a changed text gets a new number."""


@dataclass(frozen=True)
class Watch:
    """When somebody should look: rounds and contacts later than `late`; whether copies are daily."""

    late: timedelta = timedelta(minutes=30)
    daily_copies: bool = False


@dataclass(frozen=True)
class Retention:
    """How long personal data is kept: addresses so many days after a person's last wave, words of
    their own so many months after they were written."""

    addresses_days: int = 30
    open_text_months: int = 24


@dataclass(frozen=True)
class Office:
    """An office. `public_url` stands in front of personal links; None without a web page.

    `bot` is the name of the bot for links to it, where the configuration says it.

    `acting` is who acts: "plan", the code of a member of the staff, or the command line.
    """

    rules: Rules
    name: str = "WCO Regional Office for Capacity Building (ROCB A/P)"
    contact: str = "the ROCB A/P"
    public_url: str | None = None
    watch: Watch = Watch()
    retention: Retention = Retention()
    acting: str = BY_PLAN
    bot: str | None = None

    def acting_as(self, who: str) -> "Office":
        """The same office with somebody at its desk, whose acts are written down under `who`."""
        return replace(self, acting=who)
