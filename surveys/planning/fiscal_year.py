"""The office's fiscal year: from July to June, named after the year in which it begins."""

from dataclasses import dataclass
from datetime import date

_FIRST_MONTH = 7


@dataclass(frozen=True)
class FiscalYear:
    """July of `begins` to June of the year after."""

    begins: int

    @property
    def name(self) -> str:
        """Such as 2017/18."""
        return f"{self.begins}/{(self.begins + 1) % 100:02d}"

    def __contains__(self, day: date) -> bool:
        return day.year - (day.month < _FIRST_MONTH) == self.begins
