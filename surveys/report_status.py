"""The status of a report and who may read it: draft, presented, final; public, members, rocb.

A final version is frozen at a moment; changes need the next version. Knows no clock.
"""

from dataclasses import dataclass, replace
from datetime import datetime

STATUSES = ("draft", "presented", "final")
LEVELS = ("rocb", "members", "public")
"""Who may read a report, each level wider than the one before."""


@dataclass(frozen=True)
class ReportStatus:
    """The status of a report. `cut_off` (aware) is set in a final version only.

    `level` is empty until the office has set who may read it.
    """

    version: int = 1
    status: str = "draft"
    level: str = ""
    cut_off: datetime | None = None

    @property
    def final(self) -> bool:
        return self.status == "final"


DRAFT = ReportStatus()
"""The status of a new report."""


class FinalVersion(Exception):
    """A final version was to be changed."""


def changed(now: ReportStatus, status: str, level: str | None, at: datetime) -> ReportStatus:
    """Return the status after a change: a draft after a final version is the next version.

    Raises Frozen for any other change of a final version. The same status again changes nothing.
    """
    wanted = now.level if level is None else level
    if (status, wanted) == (now.status, now.level):
        return now
    if now.final and status != "draft":
        raise FinalVersion
    return replace(
        now,
        version=now.version + now.final,
        status=status,
        level=wanted,
        cut_off=at if status == "final" else None,
    )
