"""The summary of one round: waves opened and closed, messages by outcome, notices for organisers."""

from dataclasses import dataclass, field

from bot.fieldwork.wave_updates import WaveChanges


@dataclass
class RoundSummary:
    """What one round did, in numbers, and the notices that it leaves for the organisers.

    `outcomes` counts messages by kind and outcome, such as "invitation_sent". `troubled` says that
    the database has stopped something that the next round tries again.
    """

    opened: int = 0
    missed: int = 0
    cases: int = 0
    closed: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    troubled: bool = False

    def add(self, change: WaveChanges) -> None:
        """Add the changes to the waves of one workshop."""
        self.opened += change.opened
        self.missed += change.missed
        self.cases += change.cases
        self.closed += change.closed
        self.notices += change.notices

    def count(self, outcome: str) -> None:
        """Count one message under its outcome."""
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
