"""The office's fiscal year: from July to June, named after the year in which it begins."""

from dataclasses import dataclass
from datetime import date

from surveys.workshop import SURVEY

_FIRST_MONTH = 7


@dataclass(frozen=True)
class FiscalYear:
    """July of `begins` to June of the year after."""

    begins: int

    @property
    def name(self) -> str:
        """Such as 2017/18."""
        return f"{self.begins}/{(self.begins + 1) % 100:02d}"

    @property
    def first_day(self) -> date:
        return date(self.begins, _FIRST_MONTH, 1)

    @classmethod
    def of(cls, day: date) -> "FiscalYear":
        """Return the year in which a day is."""
        return cls(day.year - (day.month < _FIRST_MONTH))

    @property
    def last_day(self) -> date:
        return date(self.begins + 1, _FIRST_MONTH - 1, 30)

    def reports(self, kind: str, ends_on: date, *, stands: bool) -> bool:
        """Return whether a workshop is in the report of the year: confirmed, not cancelled, no survey.

        `stands` says that it is confirmed and not cancelled.
        """
        return stands and kind != SURVEY and ends_on in self

    def __contains__(self, day: date) -> bool:
        return FiscalYear.of(day) == self
