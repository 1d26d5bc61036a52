"""Share links: one stored edition of a report, at an address of its own, for readers without an account.

The link fixes version, audience and language. It shows the files that were stored when it was made,
and nothing while the report is a draft or is not open to its readers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.access.codes import opaque_code
from bot.access.links import link_secret
from bot.access.passphrases import hashed, too_short
from bot.audit import record
from bot.desk.reports.choices import Wishes
from bot.desk.reports.handing_out import TRAINER, edition_of
from bot.desk.reports.readers import known_readers
from bot.desk.reports.reporting import reports
from bot.desk.reports.scopes import asked_for
from bot.settings.office import Office
from bot.wording.days import day_words
from storage.database import Conflict, Database, NotFound
from storage.office.audit import Act
from storage.office.report_versions import Edition
from storage.office.share_links import (
    NewShare,
    Share,
    add_share,
    all_shares,
    set_share_ended,
    share_with,
)

FORMS = ("html", "pdf", "xlsx")
"""The files behind a link: the report as a page, on paper, and its numbers."""
Draw = Callable[
    [Database, Office, Sequence[str], Sequence[str], datetime, Wishes], Mapping[str, bytes]
]
PAGE = "page"
PATH = "/r/{secret}"
LONGEST = timedelta(days=366)
LONGEST_LABEL = 100
NO_PAGE = "Readers reach a share link over the web page, and there is none: set web.public_url."
NOT_SHARED = "A report for {audience} has no share link: it is not for readers outside the office."
PAST = "A link ends within a year from today: {day} is not among these days."


@dataclass(frozen=True)
class SharePlan:
    """A link to make: a report for somebody, its last day, and perhaps a passphrase."""

    codes: Sequence[str]
    wishes: Wishes
    label: str
    last_day: date
    passphrase: str = ""


@dataclass(frozen=True)
class MadeShare:
    """A link that was made; its address is shown only here."""

    code: str
    url: str
    edition: Edition
    last_day: date


@dataclass(frozen=True)
class ShareDone:
    """A link that was ended or restored; `changed` is False if it was so before."""

    share: Share
    changed: bool


def plan_share(database: Database, office: Office, plan: SharePlan, now: datetime) -> Edition:
    """Return the edition that a link would show. Raise Conflict for what cannot be shared."""
    _check(office, plan, now)
    wishes = database.read(known_readers, plan.wishes)
    if not wishes.outside or wishes.audience == TRAINER:
        raise Conflict(NOT_SHARED.format(audience=wishes.audience))
    return database.read(edition_of, plan.codes, wishes)[0]


def make_share(
    database: Database, office: Office, plan: SharePlan, now: datetime, draw: Draw = reports
) -> MadeShare:
    """Store the files of a report for its readers, and make a link to them.

    `draw` gives the files: `reports`, or `reports_apart` in a process that answers people.
    """
    edition = plan_share(database, office, plan, now)
    draw(database, office, plan.codes, FORMS, now, plan.wishes)
    return store_share(database, office, (PAGE, PATH), edition, plan, now)


def store_share(
    database: Database,
    office: Office,
    kind: tuple[str, str],
    edition: Edition,
    plan: SharePlan,
    now: datetime,
) -> MadeShare:
    """Make an address of a kind, with the path at which readers find it, and record it."""
    secret, code = link_secret(), opaque_code("L")
    label, ends_at = plan.label.strip()[:LONGEST_LABEL], end_of(plan.last_day, office)
    passphrase = hashed(plan.passphrase) if plan.passphrase else ""
    new = NewShare(code, kind[0], edition, label, passphrase, office.acting, now, ends_at)
    database.run(_store, office, secret, new)
    url = f"{office.public_url}{kind[1].format(secret=secret)}"
    return MadeShare(code, url, edition, plan.last_day)


def _store(connection: Connection, office: Office, secret: str, new: NewShare) -> None:
    add_share(connection, secret, new)
    about = f"{new.code} {new.edition.scope} {new.edition.audience}"
    record(connection, office, Act.SHARED, about, new.made_at, version=new.edition.version)


def _check(office: Office, plan: SharePlan, now: datetime) -> None:
    today = office.day_of(now)
    if not office.public_url:
        raise Conflict(NO_PAGE)
    if not today <= plan.last_day <= today + LONGEST:
        raise Conflict(PAST.format(day=day_words(plan.last_day)))
    if plan.passphrase and too_short(plan.passphrase):
        raise Conflict("A passphrase has 10 letters or more. No link was made.")


def end_of(day: date, office: Office) -> datetime:
    """Return when a day is over at the office."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(office.zone))


def asked_of(share: Share, office: Office) -> tuple[list[str], Wishes]:
    """Return the workshops and wishes with which the report behind a link is asked for."""
    one = share.edition
    return asked_for(
        one.scope, Wishes(one.audience, one.whom, one.language, contact=office.contact)
    )


def last_day(share: Share, office: Office) -> date:
    """Return the last day on which a link works, at the office."""
    return office.day_of(share.ends_at - timedelta(seconds=1))


def list_shares(connection: Connection) -> list[Share]:
    """Return all links, the newest first, also those that have ended."""
    return all_shares(connection)


def shares_on(connection: Connection, scope: str) -> list[Share]:
    """Return the links to the report on a scope, the newest first."""
    return [one for one in all_shares(connection) if one.edition.scope == scope]


def end_share(connection: Connection, office: Office, code: str, now: datetime) -> ShareDone:
    """End a link, at once. Raise NotFound for one that was never made."""
    share = _known(connection, code)
    if share.ended_at is not None:
        return ShareDone(share, False)
    set_share_ended(connection, share.id, now)
    record(connection, office, Act.SHARE_ENDED, code, now)
    return ShareDone(share, True)


def restore_share(connection: Connection, office: Office, code: str, now: datetime) -> ShareDone:
    """Let an ended link work again, until its last day. Raise Conflict if that is over."""
    share = _known(connection, code)
    if now >= share.ends_at:
        raise Conflict(f"{code} has come to its last day. Make a new link. Nothing was changed.")
    if share.ended_at is None:
        return ShareDone(share, False)
    set_share_ended(connection, share.id, None)
    record(connection, office, Act.SHARE_RESTORED, code, now)
    return ShareDone(share, True)


def _known(connection: Connection, code: str) -> Share:
    share = share_with(connection, code)
    if share is None:
        raise NotFound(f"There is no share link {code}. `followup share list` shows all.")
    return share
