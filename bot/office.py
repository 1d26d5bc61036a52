"""The office this installation serves: its name, its rules, and who works there.

Built once from the configuration and handed to the use cases; holds no state.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from storage.contacting import Rules

CONSENT_VERSION = 1
"""Version of the consent text in `bot.cards`; a changed text gets a new number."""


class StaffRole(StrEnum):
    """What somebody of the office may do in chat. Managers see reports only."""

    ORGANISER = "organiser"
    MANAGER = "manager"


@dataclass(frozen=True)
class Watch:
    """When somebody should look: rounds and contacts later than `late`; whether copies are daily."""

    late: timedelta = timedelta(minutes=30)
    daily_copies: bool = False


@dataclass(frozen=True)
class Office:
    """An office. `staff` maps addresses such as "telegram:12345" to their roles.

    `public_url` stands in front of personal links; None without a web page.
    """

    rules: Rules
    name: str = "WCO Regional Office for Capacity Building (ROCB A/P)"
    contact: str = "the ROCB A/P"
    staff: dict[str, frozenset[StaffRole]] = field(default_factory=dict)
    public_url: str | None = None
    watch: Watch = Watch()

    def roles(self, channel: str, identifier: str) -> frozenset[StaffRole]:
        """The roles of an address; none for everybody else."""
        return self.staff.get(f"{channel}:{identifier}", frozenset())

    def addresses(self, role: StaffRole) -> list[tuple[str, str]]:
        """Channel and identifier of everybody with a role."""
        found = [address for address, roles in self.staff.items() if role in roles]
        return [(address.partition(":")[0], address.partition(":")[2]) for address in found]
