"""What one respondent of a table said, before anybody knows who that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Earlier:
    """An answer that the same respondent replaced later in the table."""

    item: str
    value: str
    at: datetime
    replaced_at: datetime


@dataclass(frozen=True)
class Told:
    """The answers of one respondent: where they stand, whose they may be, and when they were given.

    `number` is the first row of the file, `who` the texts of the columns `person`, `email` and `name`.
    `values` hold '' for a question with several options of which none is ticked.
    """

    number: int
    place: str
    who: Mapping[str, str]
    values: Mapping[str, str]
    at: datetime
    begun_at: datetime
    administration: str = ""
    moments: Mapping[str, datetime] = field(default_factory=dict)
    earlier: tuple[Earlier, ...] = ()

    @property
    def given(self) -> int:
        """How many questions have an answer."""
        return sum(1 for value in self.values.values() if value)

    def moment(self, item: str) -> datetime:
        """Return when a question was answered."""
        return self.moments.get(item, self.at)
