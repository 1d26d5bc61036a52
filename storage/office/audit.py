"""The audit log: who did what to which object, and when. Written and read, never changed.

Contains codes and counts only: no names, no addresses, no answers. The database refuses to change or
delete a line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select

from storage.schema import audit, staff
from storage.types import UtcDateTime


class Act(StrEnum):
    """The acts that are written to the audit log."""

    IMPORTED = "imported"
    IMPORT_UNDONE = "import undone"
    IMPORT_SAVED_AGAIN = "import saved again"
    IMPORT_MOVED = "import moved"
    PUBLISHED = "questionnaire published"
    WAVE_PLANNED = "wave planned"  # left to its day, as it is without an act now
    WAVE_OPENED = "wave opened"
    WAVE_PAUSED = "wave paused"  # as holds were called earlier
    WAVE_RESUMED = "wave resumed"
    WAVE_HELD = "wave held"
    WAVE_RELEASED = "wave released"
    WAVE_BACK = "wave back to planned"
    WAVE_SKIPPED = "wave skipped"
    WAVE_DAYS = "days of a wave changed"
    WORKSHOP_HELD = "workshop held"
    WORKSHOP_RELEASED = "workshop released"
    WAVE_CLOSED = "wave closed"
    WAVE_REOPENED = "wave opened again"
    WAVE_ADDED = "wave added"
    WAVE_DROPPED = "wave dropped"
    PLAN_CHANGED = "plan changed"
    ROUNDS_CONTINUED = "rounds continued"
    ENGLISH_ACCEPTED = "English accepted"
    ANSWERS_ENTERED = "answers entered"
    ANSWERS_IMPORTED = "answers imported"
    ANSWERS_TAKEN_BACK = "imported answers taken back"
    WORKSHOP_CHANGED = "workshop changed"
    PROGRAMME_CHANGED = "programme changed"
    EXPORTED = "exported"
    REPORTED = "report made"
    TEXTS_READ = "own words read"
    TEXT_RELEASED = "text released"
    TEXT_WITHHELD = "text withheld"
    TEXT_UNREAD = "text to be read again"
    COPIED = "database copied"
    COPY_GIVEN = "copy of the database handed out"
    CODES_GIVEN = "codes given"
    LINK_GIVEN = "link given"
    PERSON_CHANGED = "person changed"
    PERSON_ERASED = "person erased"
    PEOPLE_MERGED = "people merged"
    MERGE_UNDONE = "merge undone"
    PEOPLE_APART = "two people"
    PERSON_MOVED = "person moved"
    LINKED_AGAIN = "linked again"
    LINK_REFUSED = "new account refused"
    ROOM_OPENED = "room code made"
    ROOM_CLOSED = "room code ended"
    ROOM_CONFIRMED = "linked in the room"
    FORGOTTEN = "kept too long, deleted"
    STAFF_ADDED = "staff added"
    STAFF_JOINED = "staff joined"
    STAFF_REMOVED = "staff removed"
    STAFF_ADDRESS = "address of staff changed"
    ACCOUNT_BOUND = "account of staff bound"
    ACCOUNT_ENDED = "account of staff ended"
    STAFF_CHANGED = "role of staff changed"
    STAFF_RESTORED = "staff taken back"
    SIGN_IN_LINK = "link to the desk made"
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    VERIFIED = "anchor verified"
    UNVERIFIED = "anchor not verified any more"
    DESCRIPTION_ACCEPTED = "anchor description accepted"
    DESCRIPTION_REJECTED = "anchor description rejected"
    DISPUTE_DECIDED = "anchor dispute decided"
    ANCHOR_UNDECIDED = "anchor decision taken back"
    REPORT_STATUS = "report status"
    RECOMMENDED = "recommendations proposed"
    RECOMMENDATION_CHANGED = "recommendation changed"
    RECOMMENDATION_RELEASED = "recommendation released"
    RECOMMENDATION_WITHDRAWN = "recommendation withdrawn"
    RECOMMENDATION_SETTLED = "recommendation settled"
    RECOMMENDATION_UNDONE = "recommendation change taken back"
    NEXT_STEP_CHANGED = "next step changed"
    NEXT_STEP_UNDONE = "next step change taken back"
    GUESSED = "codes guessed"
    RESTORED = "restored"
    PERSON_STOPPED = "person stopped"
    PERSON_STARTED = "person started again"
    PERSON_PAUSED = "person paused"
    PERSON_REMOVED = "person removed"
    PERSON_RESTORED = "person put back"
    LEFT_OUT = "left out of a wave"
    TAKEN_IN = "asked in a wave again"
    CASE_SET_ASIDE = "case set aside"
    CASE_PUT_BACK = "case put back"
    CASE_REOPENED = "case opened again"
    CASE_CLOSED = "case closed"
    ANSWERS_MOVED = "answers moved"
    WALK_IN_ADDED = "guest added in the room"
    WALK_IN_REFUSED = "guest in the room refused"
    MESSAGES_READ = "messages read"
    MESSAGE_SETTLED = "message settled"
    MESSAGE_UNSETTLED = "message not settled any more"
    COLUMNS_REMEMBERED = "columns of lists remembered"
    COLUMNS_FORGOTTEN = "columns of lists forgotten"
    ANSWERS_READ = "answers of a person read"
    CALLED = "called"
    SHARED = "share link made"
    SHARE_ENDED = "share link ended"
    SHARE_RESTORED = "share link works again"
    HELP_TAKEN = "help taken up"
    HELP_DONE = "help done"
    HELP_APPROVED = "sentence about help approved"
    HELP_UNDONE = "act about help taken back"
    DIGEST = "monthly message"
    FILE_ADDED = "file of an anchor added"
    FILE_OPENED = "file opened"
    FILE_REMOVED = "file of an anchor removed"
    THEME_CHANGED = "theme of the code book changed"
    THEME_UNDONE = "change of a theme taken back"
    THEMES_MARKED = "themes marked"
    THEMES_DECIDED = "themes decided"
    THEMES_UNDONE = "marked themes taken back"
    TEXT_TRANSLATED = "text translated"


@dataclass(frozen=True)
class Entry:
    """One line. `who` is a staff code, "plan", or "command line" with the account that ran it."""

    at: datetime
    who: str
    act: Act
    about: str
    counts: Mapping[str, int]


CHANGES_NOTHING = (
    Act.SIGNED_IN,
    Act.SIGNED_OUT,
    Act.SIGN_IN_LINK,
    Act.TEXTS_READ,
    Act.MESSAGES_READ,
    Act.COPY_GIVEN,
)
"""Acts after which there is nothing to take back."""
# Built once: building a statement costs more than running it. A list of values would be built anew.
_LATEST = (
    select(audit, staff.c.label)
    .join(staff, staff.c.code == audit.c.who, isouter=True)
    .where(
        audit.c.at >= bindparam("since", type_=UtcDateTime),
        *(audit.c.act != act for act in CHANGES_NOTHING),
    )
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)


def note_act(connection: Connection, entry: Entry) -> None:
    """Write a line in the transaction of the act itself: both are stored, or neither."""
    values = {
        "at": entry.at,
        "who": entry.who,
        "act": entry.act,
        "about": entry.about,
        "counts": dict(entry.counts),
    }
    connection.execute(insert(audit).values(values))


def entries(connection: Connection, since: datetime | None = None) -> list[Entry]:
    """Return all lines (since a moment), oldest first."""
    wanted = select(audit).order_by(audit.c.id)
    if since is not None:
        wanted = wanted.where(audit.c.at >= since)
    return [_entry(row) for row in connection.execute(wanted)]


def latest_entries(connection: Connection, since: datetime, most: int) -> list[tuple[Entry, str]]:
    """Return the last lines since a moment with the labels of who acted, the newest first.

    Lines of acts that change nothing are left out.
    """
    rows = connection.execute(_LATEST, {"since": since, "most": most})
    return [(_entry(row), row.label or row.who) for row in rows]


def entries_about(connection: Connection, *codes: str) -> list[Entry]:
    """Return the lines in which one of these codes stands, in any case, oldest first."""
    named = {code.lower() for code in codes}
    about = func.lower(audit.c.about)
    wanted = select(audit).where(or_(*(about.contains(one, autoescape=True) for one in named)))
    found = [_entry(row) for row in connection.execute(wanted.order_by(audit.c.id))]
    return [one for one in found if named & set(one.about.lower().replace(":", "").split())]


def entries_of(connection: Connection, act: Act) -> list[Entry]:
    """Return the lines of an act, oldest first."""
    wanted = select(audit).where(audit.c.act == act)
    return [_entry(row) for row in connection.execute(wanted.order_by(audit.c.id))]


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(row.at, row.who, Act(row.act), row.about, row.counts)
