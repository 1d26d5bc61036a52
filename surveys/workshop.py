"""A workshop: what it was, when it was, who paid for it, and which plan follows it up."""

from dataclasses import dataclass, field
from datetime import date, datetime

SURVEY = "survey"
"""The kind of a survey of administrations, which is no workshop."""
KINDS = ("regional", "sub-regional", "national", "accreditation", SURVEY)


@dataclass(frozen=True)
class AddedWave:
    """A wave that one workshop has beside those of its plan; `opens` as in a plan, or a day."""

    key: str
    role: str
    questionnaire: str
    opens: str
    open_days: int


@dataclass(frozen=True)
class Workshop:
    """A workshop with its first and last day (inclusive) and its donors.

    `confirmed` is False while the dates are provisional ("tbc"): nothing is opened then.
    `office_plan` is the text of its plan if the office has written it, '' for a packaged one.
    `planned_since` is when its days were given, confirmed or released last; `held_at` and what
    follows are about a hold by the office. A calendar says nothing of these.
    """

    code: str
    title: str
    kind: str
    starts_on: date
    ends_on: date
    city: str
    country: str
    donors: tuple[str, ...] = ()
    plan: str = "standard"
    confirmed: bool = True
    cancelled_at: datetime | None = None
    note: str = ""
    office_plan: str = ""
    added: tuple[AddedWave, ...] = ()
    planned_since: datetime | None = field(default=None, compare=False)
    held_at: datetime | None = field(default=None, compare=False)
    hold_reason: str = field(default="", compare=False)
    remind_on: date | None = field(default=None, compare=False)

    @property
    def running(self) -> bool:
        """Whether its waves may open."""
        return self.confirmed and self.cancelled_at is None
