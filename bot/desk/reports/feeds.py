"""Feeds: the figures of a published report at a secret address, for the spreadsheet of one manager.

A feed has the figures that are handed out to its audience, of the version that is published when it
is read. It ends with the access of its manager.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.desk.reports.choices import Wishes
from bot.desk.reports.handing_out import kept_files
from bot.desk.reports.readers import known_readers
from bot.desk.reports.reporting import reports_apart
from bot.desk.reports.scopes import sees_all
from bot.desk.reports.sharing import (
    MadeShare,
    SharePlan,
    asked_of,
    plan_share,
    store_share,
)
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.office.report_versions import FIGURES, Edition
from storage.office.share_links import Share
from storage.office.staff import member_with

FEED = "feed"
FORMS = {"figures.csv": "text/csv; charset=utf-8", "figures.json": "application/json"}
"""The files of a feed, with their content types."""
PATH = "/feed/{secret}/figures.csv"
NOT_YOURS = "{code} may not see all workshops of this report, so there is no feed for it."
REMOVED = "{code} was removed and has no access. No feed was made."


@dataclass(frozen=True)
class FeedPlan:
    """A feed to make: a report for an audience, for the spreadsheet of a member, and its last day."""

    codes: Sequence[str]
    wishes: Wishes
    member: str
    last_day: date


def plan_feed(database: Database, office: Office, plan: FeedPlan, now: datetime) -> Edition:
    """Return what a feed would give now. Raise Conflict for what its member may not see."""
    member = database.read(member_with, plan.member)
    if member.removed_at is not None:
        raise Conflict(REMOVED.format(code=member.code))
    edition = plan_share(database, office, _as_share(plan), now)
    if not database.read(sees_all, member, edition.scope):
        raise Conflict(NOT_YOURS.format(code=member.code))
    return edition


def make_feed(database: Database, office: Office, plan: FeedPlan, now: datetime) -> MadeShare:
    """Make a feed, whose address is shown only here."""
    edition = plan_feed(database, office, plan, now)
    member = database.read(member_with, plan.member)
    named = replace(_as_share(plan), label=member.code)
    return store_share(database, office, (FEED, PATH), edition, named, now)


def _as_share(plan: FeedPlan) -> SharePlan:
    return SharePlan(plan.codes, plan.wishes, plan.member, plan.last_day)


def still_reads(connection: Connection, share: Share) -> bool:
    """Return whether the member of a feed still has access to what it gives."""
    try:
        member = member_with(connection, share.label)
    except NotFound:
        return False
    return member.removed_at is None and sees_all(connection, member, share.edition.scope)


def read_feed(database: Database, office: Office, share: Share, form: str, now: datetime) -> bytes:
    """Return a file of a feed, of the published version. Raise Conflict if there is none now."""
    from analysis.exports.report_rows import report_csv
    from analysis.formats.json import report_of

    codes, wishes = asked_of(share, office)
    figures = reports_apart(database, office, codes, [FIGURES], now, wishes)[FIGURES]
    return figures if form == "figures.json" else report_csv(report_of(figures))


def has_figures(connection: Connection, office: Office, share: Share) -> bool:
    """Return whether the figures of a feed are stored. Raise Conflict if it gives nothing now."""
    codes, wishes = asked_of(share, office)
    return kept_files(connection, codes, [FIGURES], known_readers(connection, wishes)) is not None
