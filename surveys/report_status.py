"""The status of a report, who may read it, and when its next version may count more.

A presented or final version is what readers outside the office get; it stays as it is. Knows no
clock.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

STATUSES = ("draft", "presented", "final")
LEVELS = ("rocb", "members", "public")
"""Who may read a report, each level wider than the one before."""

LEAST_PEOPLE = 5
LEAST_ADMINISTRATIONS = 3
"""How many people, of how many administrations, must differ between two published figures."""


@dataclass(frozen=True)
class ReportStatus:
    """The status of a report. `cut_off` (aware) is the newest moment in a version that others get.

    `level` is empty until the office has set who may read it.
    """

    version: int = 1
    status: str = "draft"
    level: str = ""
    cut_off: datetime | None = None

    @property
    def final(self) -> bool:
        return self.status == "final"

    @property
    def published(self) -> bool:
        """Whether readers outside the office get this version.

        A version that was presented before versions had cut-offs is presented again first.
        """
        return self.status != "draft" and self.cut_off is not None


DRAFT = ReportStatus()
"""The status of a new report."""


class FinalVersion(Exception):
    """A final version was to be changed."""


@dataclass(frozen=True)
class NextVersion:
    """What a version made now would count: the newest moment in it, and whether that is new."""

    cut_off: datetime
    news: bool = True


def changed(now: ReportStatus, status: str, level: str | None, new: NextVersion) -> ReportStatus:
    """Return the status after a change.

    A draft after a published version is the next version; so is a presented version that is
    presented again when something new may be told. A presented version that becomes final keeps
    its figures. Raises FinalVersion for any change of a final version but a new draft.
    """
    wanted = replace(now, status=status, level=now.level if level is None else level)
    if now.final and status != "draft" and wanted != now:
        raise FinalVersion
    if status == "draft":
        return wanted if now.status == "draft" else _next(wanted, None)
    if not now.published:
        return replace(wanted, cut_off=new.cut_off)
    again = status == now.status == "presented" and new.news
    return _next(wanted, new.cut_off) if again else wanted


def _next(wanted: ReportStatus, cut_off: datetime | None) -> ReportStatus:
    return replace(wanted, version=wanted.version + 1, cut_off=cut_off)


def may_differ(people: Collection[tuple[int, str]], administrations: int) -> bool:
    """Return whether two published figures may differ by some people, as (person, administration).

    They may by nobody, or by five or more people of three or more administrations; where only one
    administration took part, by five or more people.
    """
    if not people:
        return True
    persons = {person for person, _ in people}
    places = {place for _, place in people}
    enough = len(places) >= LEAST_ADMINISTRATIONS or administrations == 1
    return len(persons) >= LEAST_PEOPLE and enough
