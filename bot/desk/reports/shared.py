"""What readers get behind a share link: whether it works, its passphrase, and the stored files."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.access.links import is_secret
from bot.access.passphrases import matches
from bot.desk.reports.feeds import FEED, still_reads
from bot.desk.reports.handing_out import edition_of
from bot.desk.reports.report_status import check_level, check_published, get_status
from bot.desk.reports.reporting import reports_apart
from bot.desk.reports.sharing import FORMS, PAGE, asked_of
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.office.report_versions import file_of
from storage.office.share_links import (
    Share,
    clear_tries,
    count_opening,
    find_share,
    take_try,
)

PAUSE = timedelta(minutes=1)
"""How long each further passphrase waits after too many wrong ones."""


class Closed(StrEnum):
    """Why nothing is shown."""

    UNKNOWN = "unknown"
    OVER = "over"


@dataclass(frozen=True)
class Opened:
    """A share link that works, for the reader who has its secret. `key` proves its passphrase."""

    share: Share
    key: str

    def lets_in(self, key: str) -> bool:
        """Return whether a reader with this proof needs no passphrase."""
        return not self.share.passphrase or hmac.compare_digest(
            self.key.encode(), key.encode("utf-8", "replace")
        )


def open_share(
    connection: Connection, secret: str, now: datetime, kind: str = PAGE
) -> Opened | Closed:
    """Return the share link of a secret, if it works and its report is still for its readers."""
    share = find_share(connection, secret) if is_secret(secret) else None
    if share is None or share.kind != kind:
        return Closed.UNKNOWN
    if not share.works(now) or not _still_open(connection, share):
        return Closed.OVER
    key = hmac.digest(secret.encode(), share.passphrase.encode(), "sha256").hex()
    return Opened(share, key)


def _still_open(connection: Connection, share: Share) -> bool:
    """Return whether the report is published and open to the readers of a link."""
    edition = share.edition
    if share.kind == FEED and not still_reads(connection, share):
        return False
    try:
        found = get_status(connection, edition.scope)
        check_published(found, edition.audience)
        check_level(found, edition.audience)
    except (NotFound, Conflict):
        return False
    return True


def shared_file(connection: Connection, share: Share, form: str) -> bytes | None:
    """Return a stored file behind a link; None if it has none of this form, or it was altered."""
    found = file_of(connection, share.edition, form) if form in FORMS else None
    return found.content if found and found.intact else None


def drawn_again(
    database: Database, office: Office, share: Share, form: str, now: datetime
) -> bytes | None:
    """Return a file that is not stored any more, such as one from which a quote was taken out.

    It is made from the stored figures, in another process. None if a later version is presented, or if
    it was altered.
    """
    codes, wishes = asked_of(share, office)
    try:
        if form not in FORMS or database.read(edition_of, codes, wishes)[0] != share.edition:
            return None
        return reports_apart(database, office, codes, [form], now, wishes)[form]
    except (NotFound, Conflict):
        return None


def note_opened(connection: Connection, share: Share, now: datetime) -> None:
    """Count that somebody has opened a link."""
    count_opening(connection, share.id, now)


def may_try(connection: Connection, share: Share, now: datetime) -> bool:
    """Return whether a passphrase may be tried now; the try is counted before it is compared."""
    return take_try(connection, share.id, now, now - PAUSE)


def is_right(share: Share, passphrase: str) -> bool:
    """Return whether this is the passphrase of a link. It takes a while, and no database."""
    return matches(passphrase, share.passphrase)


def note_right(connection: Connection, share: Share) -> None:
    """Forget the wrong passphrases of a link."""
    clear_tries(connection, share.id)
