"""A report to be looked at: the office's own, or as readers outside see it, also before it is presented.

Looking hands nothing out and stores nothing. What is seen is what the files of these readers tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from analysis.reports.audiences import AUDIENCES
from bot.desk.reports.choices import Wishes
from bot.desk.reports.comparing import comparison
from bot.desk.reports.handing_out import counted, edition_of, report_of_edition
from bot.desk.reports.publications import publications
from bot.desk.reports.readers import known_readers
from bot.desk.reports.report_status import get_status
from bot.desk.reports.reporting import built
from bot.desk.reports.scopes import ALL, DONOR, YEAR, asked_for
from bot.desk.reports.versions import proposed
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.report_versions import Edition
from storage.operations.counters import last_answers

if TYPE_CHECKING:
    from analysis.formats.drawings import Drawings
    from analysis.model import Report


@dataclass(frozen=True)
class View:
    """What is looked at: a scope, for whom (such as staff or donor:JICA), a language, and a survey.

    `survey` is the key of a wave whose own result is wanted, by the office; '' for the impact.
    """

    scope: str
    readers: str = "staff"
    language: str = "en"
    survey: str = ""

    @property
    def audience(self) -> str:
        """The kind of the readers."""
        return self.readers.partition(":")[0]

    @property
    def outside(self) -> bool:
        """Whether the readers are not the office."""
        return AUDIENCES[self.audience].outside

    def wishes(self, office: Office) -> Wishes:
        """Return the wishes behind the view."""
        kind, _, whom = self.readers.partition(":")
        found = Wishes(kind, whom, self.language, contact=office.contact, office=office.name)
        return replace(found, survey=self.survey)


@dataclass(frozen=True)
class Viewed:
    """A report with its pictures. `edition` is the published version, None if there is none."""

    report: Report
    drawings: Drawings
    edition: Edition | None = None


@dataclass(frozen=True)
class Readable:
    """What readers find in a report: numbers, those that are not shown to them, and quotes."""

    numbers: int
    hidden: int
    quotes: int


def state_of_view(
    connection: Connection, office: Office, wanted: View, now: datetime
) -> tuple[object, ...]:
    """Return a fingerprint of what a view shows. While it is the same, nothing has to be worked out.

    What was said or decided changes it at once; what was only sent, within the hour.
    """
    edition = _edition(connection, *_asked(connection, office, wanted)) if wanted.outside else None
    if edition is not None:
        return (wanted, edition)
    several = wanted.outside or wanted.scope == ALL or wanted.scope.startswith(DONOR)
    code = "" if several or YEAR.fullmatch(wanted.scope) else wanted.scope
    hour = now.replace(minute=0, second=0, microsecond=0)
    return (wanted, hour, *last_answers(connection, code))


def _asked(connection: Connection, office: Office, wanted: View) -> tuple[list[str], Wishes]:
    codes, wishes = asked_for(wanted.scope, wanted.wishes(office))
    return codes, known_readers(connection, wishes)


def _edition(connection: Connection, codes: list[str], wishes: Wishes) -> Edition | None:
    """Return the published version that readers get; None while they get nothing."""
    try:
        return edition_of(connection, codes, wishes)[0]
    except Conflict:
        return None


def view(connection: Connection, office: Office, wanted: View, now: datetime) -> Viewed:
    """Return a report as some readers see it, or would if it was presented now."""
    from analysis.formats.drawings import drawings

    codes, wishes = _asked(connection, office, wanted)
    edition = _edition(connection, codes, wishes) if wanted.outside else None
    if edition is not None:
        status = get_status(connection, wanted.scope).report_status
        report = report_of_edition(connection, edition, replace(wishes, report_status=status))
    elif wanted.outside:
        report = _as_if_presented(connection, wanted, wishes, now)
    else:
        report = built(connection, codes, now, wishes)
    return Viewed(report, drawings(report), edition)


def _as_if_presented(
    connection: Connection, wanted: View, wishes: Wishes, now: datetime
) -> Report:
    """Return the report with the cut-offs that a version made now would have, stamped as a draft."""
    from analysis.facts.cut_offs import CutOffs

    new, waves = proposed(connection, wanted.scope, now)
    status = get_status(connection, wanted.scope).report_status
    draft = replace(status, status="draft", cut_off=None)
    who = (wishes.audience, wishes.whom, wishes.language)
    edition = Edition(wanted.scope, draft.version, draft.status, draft.level, *who)
    limits = CutOffs(new.cut_off, waves, publications(connection))
    return counted(connection, edition, limits, replace(wishes, report_status=draft))


def readable(report: Report) -> Readable:
    """Return how much of a report its readers see."""
    from analysis.disclosure.small_groups import HIDDEN
    from analysis.wording import ReportWords

    hidden = ReportWords(report.language)(HIDDEN)
    cells = list(_cells(report))
    withheld = sum(one == hidden for one in cells)
    quotes = sum(len(one.quotes) for one in report.sections)
    return Readable(len(cells) - withheld, withheld, quotes)


def _cells(report: Report) -> Iterator[str]:
    from analysis.formats.tidy import numbers_of

    return (one.printed for one in numbers_of(report))


def state_of_comparison(
    connection: Connection, scopes: Sequence[str], language: str, now: datetime
) -> tuple[object, ...]:
    """Return a fingerprint of what a comparison shows."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return (*scopes, language, hour, *last_answers(connection))


def beside(
    connection: Connection, office: Office, scopes: Sequence[str], language: str, now: datetime
) -> Viewed:
    """Return scopes beside each other, for the office."""
    from analysis.formats.drawings import drawings

    wishes = Wishes(language=language, contact=office.contact, office=office.name)
    report = comparison(connection, scopes, now, wishes)
    return Viewed(report, drawings(report))
