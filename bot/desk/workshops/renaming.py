"""Give a workshop another code. One transaction; repeating it changes nothing and says so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.importing.calendars.codes import LONGEST_CODE, fault_of
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.fieldwork.workshop_names import code_of, rename_workshop
from storage.fieldwork.workshops import lock_workshop
from storage.office.audit import Act
from surveys.problems import BadInput, Problem


@dataclass(frozen=True)
class Renamed:
    """A workshop with its new code, the former one, and whether anything was changed."""

    code: str
    former: str
    changed: bool

    @property
    def said(self) -> str:
        """The result in one sentence."""
        if not self.changed:
            return f"{self.code} has this code already. Nothing was changed."
        return (
            f"{self.former} is now {self.code}. The former code, links and codes of people "
            "go on working; buttons in older messages of the office do not."
        )


def rename(connection: Connection, office: Office, code: str, new: str, now: datetime) -> Renamed:
    """Give a workshop another code; all that belongs to it follows.

    Raise BadInput for what is no short code, Conflict for the code of another workshop.
    """
    wrong, fix = fault_of(new, LONGEST_CODE)
    if wrong:
        raise BadInput((Problem("NEW", "", wrong, new, fix),))
    code = code_of(connection, code)
    if code == new:
        return Renamed(new, code, changed=False)
    other = _known(connection, new)
    if other not in ("", code):
        raise Conflict(f"{new} is a code of {other}, so it cannot be the code of {code}.")
    lock_workshop(connection, code)
    rename_workshop(connection, code, new)
    record(connection, office, Act.WORKSHOP_CHANGED, f"{code} renamed to {new}", now)
    return Renamed(new, code, changed=True)


def _known(connection: Connection, typed: str) -> str:
    try:
        return code_of(connection, typed)
    except NotFound:
        return ""
